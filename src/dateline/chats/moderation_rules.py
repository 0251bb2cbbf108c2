"""Rules of the moderation: values in, answer out."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from dateline.chats.enums import MessageState
from dateline.chats.moderation_enums import Deed, Ground, Law

APPEAL_WITHIN = timedelta(days=183)
"""Source: Regulation (EU) 2022/2065, article 20(1): at least six months."""
ORIGIN_KEPT = timedelta(days=30)
LEAST_EXPLANATION = 20
"""Letters by which a notice of illegal content must say why."""

SANCTIONS = frozenset({Deed.WARN, Deed.SLOW, Deed.SUSPEND, Deed.BAN, Deed.SHADOW})
SILENCES = frozenset({Deed.BAN, Deed.SUSPEND, Deed.SHADOW})
"""By which nobody hears a reader: their reports take nothing away by themselves either."""
OF_MESSAGE = frozenset({Deed.APPROVE, Deed.REJECT, Deed.FEATURE, Deed.UNFEATURE})
CHANGES_MESSAGE = frozenset({Deed.HOLD, *OF_MESSAGE})
TOLD = frozenset({Deed.REJECT, Deed.HOLD, *SANCTIONS} - {Deed.SHADOW})
"""What a reader is told of, with a statement of reasons, and may appeal against."""
LASTING = frozenset({Deed.SLOW, Deed.SUSPEND, Deed.BAN})
"""What holds for a time, and stands before the reader as long."""
READ_WITHIN = timedelta(days=30)
"""How long a decision that holds no longer is put before a reader who has not read it."""
UNDOABLE = CHANGES_MESSAGE | SANCTIONS

FITS: Mapping[Deed, frozenset[MessageState]] = {
    Deed.APPROVE: frozenset(
        {
            MessageState.PUBLISHED,
            MessageState.HELD,
            MessageState.REJECTED,
            MessageState.REMOVED,
        }
    ),
    Deed.REJECT: frozenset({MessageState.PUBLISHED, MessageState.HELD}),
    Deed.FEATURE: frozenset({MessageState.PUBLISHED}),
    Deed.UNFEATURE: frozenset({MessageState.PUBLISHED}),
}
"""In which states each decision can be made; approving what is out says that it stays."""

TEACHES = frozenset({Ground.INSULT, Ground.HATE, Ground.THREAT, Ground.SPAM})
"""Grounds that lie in the words themselves, from which the local model can learn."""
LEARN_EVERY = 25
"""Decisions after which a model is trained anew."""

HOT_MESSAGES = 30
HOT_REPORTS = 3
HOT_WITHIN = timedelta(minutes=10)


def is_hot(*, messages: int, before: int, reports: int) -> bool:
    """Say whether a chat heats up: much more said in ten minutes than in those before, or reports.

    Shape: all three are counted in `HOT_WITHIN`, `before` in as long a time before that.
    """
    return reports >= HOT_REPORTS or (messages >= HOT_MESSAGES and messages >= 2 * before)


def what_lacks(*, law: str, text: str, name: str, mail: str, is_honest: bool) -> str | None:
    """Return the code of what a notice of illegal content lacks, or None where it is complete.

    Source: Regulation (EU) 2022/2065, article 16(2); who reports offences against children need
    give no name.
    """
    if law not in Law.values:
        return "law"
    if len(text.strip()) < LEAST_EXPLANATION:
        return "text"
    if law != Law.CHILDREN and not (name.strip() and mail.strip()):
        return "name"
    return None if is_honest else "honest"


def may_appeal(*, deed: str, decided_at: datetime, now: datetime) -> bool:
    """Say whether a decision may still be appealed against."""
    return deed in TOLD and now - decided_at <= APPEAL_WITHIN


def may_complain(*, deed: str, decided_at: datetime, now: datetime) -> bool:
    """Say whether whoever gave notice may still say that it was wrong to let a message stand.

    Source: Regulation (EU) 2022/2065, article 20(1).
    """
    return deed == Deed.APPROVE and now - decided_at <= APPEAL_WITHIN


def network_of(address: str) -> str:
    """Return the part of the network that an address lies in, empty for what is no address."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network(f"{found}/{24 if found.version == 4 else 48}", strict=False))
