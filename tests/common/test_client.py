"""Whose request it is, where proxies stand in front and where somebody says they do."""

import pytest
from django.test import RequestFactory

from dateline.common.client import client_address, network_of


def seen(settings, direct, told=None, proxies=("127.0.0.1", "10.0.0.7")):
    settings.DATELINE = settings.DATELINE.model_copy(update={"proxies": list(proxies)})
    headers = {} if told is None else {"x-forwarded-for": told}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=direct, headers=headers))


@pytest.mark.parametrize(
    ("direct", "told", "address"),
    [
        ("203.0.113.9", None, "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.7", "198.51.100.1"),
        ("127.0.0.1", "not an address", "127.0.0.1"),
        ("127.0.0.1", "not an address, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", " , ,", "127.0.0.1"),
    ],
)
def test_only_named_proxies_are_believed_and_only_for_the_last_hop(settings, direct, told, address):
    assert seen(settings, direct, told) == address


def test_an_ipv6_subscriber_is_one_whatever_address_they_take():
    assert network_of("2001:db8:1:2:aaaa::1") == network_of("2001:db8:1:2:bbbb::2")
    assert network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1")
    assert network_of("::ffff:203.0.113.9") == "203.0.113.9"
    assert network_of("fe80::1%eth0") == "fe80::"
