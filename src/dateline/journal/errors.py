"""What can go wrong with the journal."""

from dateline.common.errors import DatelineError


class EntryRefused(DatelineError):
    """An entry that cannot be written or read."""

    code = "entry-refused"
    sentence = "Entry {kind} refused: {why}."


class OutsideTransaction(DatelineError):
    """An entry was about to be written apart from the change it tells of."""

    code = "outside-transaction"
    sentence = "Entry {kind} must be recorded in the transaction of its change."
