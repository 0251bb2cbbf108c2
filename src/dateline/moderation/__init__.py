"""Judging what readers write: an ordered list of small phases, the last of them a local model.

Plain Python and numpy. It asks no database and no network: whoever calls gives the facts, and keeps
what was found.
"""

from dateline.moderation.drafts import Draft, Facts, House, Said
from dateline.moderation.letters import fingerprint
from dateline.moderation.pipeline import judge
from dateline.moderation.verdicts import Kind, Note, Reason, Verdict

__all__ = [
    "Draft",
    "Facts",
    "House",
    "Kind",
    "Note",
    "Reason",
    "Said",
    "Verdict",
    "fingerprint",
    "judge",
]
