"""Who is at the other end of a request, as far as limits and answers need to know."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the reader's address as limits count it: an IPv4 address, or the /64 of an IPv6 one.

    Behind a proxy that the settings name, it is the last address in X-Forwarded-For that is not
    such a proxy itself; what stands before that one is anybody's claim.
    """
    direct = request.META.get("REMOTE_ADDR") or ""
    proxies = set(settings.DATELINE.proxies)
    told = request.headers.get("X-Forwarded-For", "").split(",") if direct in proxies else []
    hops = [direct, *(hop for hop in (part.strip() for part in reversed(told)) if hop)]
    farthest = direct
    for hop in hops:
        if not _is_address(hop):
            break
        farthest = hop
        if hop not in proxies:
            break
    return network_of(farthest)


def wants_json(request: HttpRequest) -> bool:
    """Say whether a request comes from a script of ours that reads answers, refusals included."""
    return request.headers.get("Accept", "").startswith("application/json")


def network_of(address: str) -> str:
    """Return what stands for one subscriber: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Address(int(found) >> 64 << 64))


def _is_address(text: str) -> bool:
    try:
        ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return True
