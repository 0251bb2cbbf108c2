"""What receiving servers will find out about this newsroom's letters, as far as settings tell.

Nothing is asked of the DNS: what must stand there is printed, ready to be copied.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from dateline.config.dkim import key_troubles, keys_there, zone_line
from dateline.config.errors import LetterUnreadable
from dateline.config.setting_checks import MAIL_FOLDER
from dateline.config.settings_table import Settings
from dateline.standards.dkim import DkimKey
from dateline.standards.dmarc import (
    SIGNED_FOR_ONE_CLICK,
    Alignment,
    Received,
    Signature,
    alignment_of,
    read_received,
)
from dateline.standards.errors import CopyError

Say = Callable[[str], object]
_SPEAKS = {
    Alignment.SAME: "it is the sender's own domain: aligned, strictly too",
    Alignment.BELOW: "it is aligned, unless the DMARC record says aspf=s",
    Alignment.SIBLINGS: "it is aligned only if both belong to one registered domain",
    Alignment.NONE: "it is not aligned: DMARC rests on DKIM alone",
}


@dataclass(frozen=True, slots=True)
class Ways:
    """By which names mail leaves: addresses of sender and envelope, hosts of links and server."""

    sender: str
    returns_to: str
    links_to: str
    server: str

    @property
    def domain(self) -> str:
        """Return the domain in From, which DMARC is about."""
        return self.sender.rpartition("@")[2]

    @property
    def envelope(self) -> str:
        """Return the domain that SPF is about."""
        return self.returns_to.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Brought:
    """What an operator has brought: a letter that arrived, and a key's record as the DNS has it."""

    letter: bytes = b""
    received: Received | None = None
    record: str = ""


def examine_mail(
    chosen: Settings, say: Say, brought: Brought = Brought(), folder: Path = Path()
) -> int:
    """Print what is known of this newsroom's mail and each problem; return how many there are.

    Shape: `folder` is that of its data, where its keys are.
    """
    ways, received = ways_of(chosen), brought.received
    keys = keys_there(folder, chosen)
    for line in (*_facts(ways, chosen, keys), *(_of_received(received) if received else ())):
        say(line)
    for line in _records(ways, received, keys) if _is_public(ways.domain) else ():
        say(line)
    say("")
    own = key_troubles(folder, chosen, letter=brought.letter, record=brought.record)
    theirs = _troubles_of(received) if received else ()
    troubles = [*_troubles(chosen, ways), *own, *theirs]
    for trouble in troubles:
        say(f"Problem: {trouble}")
    say("No problem found." if not troubles else f"{len(troubles)} problem(s).")
    return len(troubles)


def ways_of(chosen: Settings) -> Ways:
    """Return by which names a newsroom's mail leaves."""
    sender = parseaddr(chosen.sender)[1]
    server = chosen.mail_server.get_secret_value()
    return Ways(
        sender=sender,
        returns_to=chosen.bounce_mailbox or sender,
        links_to=urlsplit(chosen.base_url).hostname or "",
        server=server
        if server == MAIL_FOLDER
        else chosen.provider or urlsplit(server).hostname or "",
    )


def brought_in(letter: Path | None = None, record: Path | None = None) -> Brought:
    """Return what a saved letter says of its way, and what a saved record says.

    Raises:
        LetterUnreadable: there is no such file, or it is no letter.
    """
    data = _read(letter) if letter else b""
    text = _read(record).decode("ascii", "replace") if record else ""
    try:
        return Brought(data, read_received(data) if letter else None, text)
    except CopyError as error:
        raise LetterUnreadable(file=letter, why=str(error).rstrip(".")) from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise LetterUnreadable(file=path, why=error.strerror or str(error)) from error


def _facts(ways: Ways, chosen: Settings, keys: Sequence[DkimKey]) -> Iterator[str]:
    yield f"Letters come from      {ways.sender}   [mail_from]"
    yield f"and come back to       {ways.returns_to}   [bounce_mailbox, or mail_from]"
    yield f"They are ended         {_way_out(chosen)}"
    yield f"Their links lead to    {ways.links_to}   [base_url; Message-ID and List-Id too]"
    how = ", by its own interface" if chosen.provider else ""
    yield f"They are handed to     {ways.server or 'nobody'}{how}   [mail_server]\n"
    yield f"SPF is asked of {ways.envelope}: {_SPEAKS[alignment_of(ways.envelope, ways.domain)]}."
    if chosen.provider:
        yield f"DKIM: {chosen.provider} signs as d={ways.domain}, once it knows that is yours."
    elif keys:
        names = ", ".join(f"{key.selector} ({key.kind})" for key in keys)
        yield f"DKIM: letters are signed here as d={chosen.signing_domain}, by {names}."
    else:
        yield f"DKIM: the server signs as d={ways.domain}, and covers From, List-Unsubscribe and"
        yield "List-Unsubscribe-Post, without which no mail program offers one click (RFC 8058)."
    yield f"DMARC is asked of {ways.domain}: one of the two must pass and be aligned."
    if alignment_of(ways.links_to, ways.domain) is Alignment.NONE:
        yield f"Links lead away from {ways.domain}: no rule forbids it, some filters dislike it."


def _way_out(chosen: Settings) -> str:
    local, _, domain = chosen.bounce_mailbox.partition("@")
    if not local:
        return "by one click   [set bounce_mailbox, and by a mail too]"
    return f"by one click, or by a mail to {local}+leave-…@{domain}   [bounce_mailbox]"


def _of_received(received: Received) -> Iterator[str]:
    yield f"\nThe letter that arrived came from {received.sender}"
    noted = ", ".join(f"{name} {result}" for name, result in sorted(received.results.items()))
    yield f"  The server that took it noted: {noted or 'nothing'}"
    for one in received.signatures:
        yield f"  Signed by {one.domain}, key {one.selector}: {_aligned(one, received)}"


def _aligned(signature: Signature, received: Received) -> str:
    is_theirs = alignment_of(signature.domain, received.sender) is not Alignment.NONE
    return "aligned" if is_theirs else "not aligned"


def _records(ways: Ways, received: Received | None, keys: Sequence[DkimKey]) -> Iterator[str]:
    own = [one for one in received.signatures if one.domain == ways.domain] if received else []
    selector = own[0].selector if own else "SELECTOR"
    yield "\nTo be published in the DNS, each name once:\n"
    yield f'{ways.envelope}. IN TXT "v=spf1 {_mechanism(ways.server)} ~all"'
    theirs = f'{selector}._domainkey.{ways.domain}. IN TXT "v=DKIM1; k=rsa; p=KEY"'
    yield from map(zone_line, keys) if keys else (theirs,)
    dmarc = f"v=DMARC1; p=none; rua=mailto:postmaster@{ways.domain}"
    yield f'_dmarc.{ways.domain}. IN TXT "{dmarc}"\n'
    yield "A provider names an include: of its own for the first. Whoever signs gives SELECTOR and"
    yield "KEY; `dateline dkim` makes a key of ours. ADDRESS is that of the sending machine on the"
    yield "internet. When the reports to rua show nothing but your own letters, let p=none become"
    yield "p=quarantine, then p=reject."


def _mechanism(server: str) -> str:
    if _is_public(server):
        return f"a:{server}"
    try:
        address = ip_address(server)
    except ValueError:
        return "ip4:ADDRESS"
    return f"ip4:{server}" if address.is_global else "ip4:ADDRESS"


def _is_public(host: str) -> bool:
    """Say whether a host can be a name on the internet: neither one of this house nor a number."""
    last = host.rpartition(".")[2]
    return "." in host and not last.isdecimal() and last not in {"localhost", "local", "internal"}


def _troubles(chosen: Settings, ways: Ways) -> Iterator[str]:
    if not ways.server:
        yield "No mail is sent; set mail_server, such as smtp://name:password@mail.example:587."
    elif ways.server == MAIL_FOLDER:
        yield "Mail is written into a folder and sent to nobody; name a server in mail_server."
    if not chosen.mail_from:
        yield f"Nobody may read {ways.sender}; set mail_from to an address that somebody reads."
    if not _is_public(ways.domain):
        yield f"{ways.domain} is no domain of the internet; set mail_from to an address in yours."
    if not chosen.tls:
        yield f"{chosen.base_url} is not https: no mail program offers one click; change base_url."
    if chosen.provider and (name := chosen.lacks_for_events):
        yield f"Nobody hears what the provider tells of letters; set {name} in [esp]."
    signs = chosen.signing_domain if chosen.dkim_selectors else ways.domain
    if alignment_of(signs, ways.domain) is Alignment.NONE:
        yield f"Letters are signed for {signs}, not {ways.domain}; change dkim_domain or mail_from."
    if alignment_of(ways.envelope, ways.domain) is Alignment.NONE:
        yield (
            f"Letters come back to {ways.envelope}, which SPF cannot speak for {ways.domain} with; "
            f"put bounce_mailbox in {ways.domain} or below it."
        )


def _troubles_of(received: Received) -> Iterator[str]:
    for name, result in sorted(received.results.items()):
        if result != "pass":
            yield f"The server that took the letter noted {name} {result}; compare with the above."
    own = [
        one
        for one in received.signatures
        if alignment_of(one.domain, received.sender) is not Alignment.NONE
    ]
    if not own:
        yield f"Nobody signed the letter for {received.sender}; have the mail server sign (DKIM)."
    elif not any(one.covers.issuperset(SIGNED_FOR_ONE_CLICK) for one in own):
        names = ", ".join(SIGNED_FOR_ONE_CLICK)
        yield f"The signature leaves out one of {names}; have the mail server sign all of them."
