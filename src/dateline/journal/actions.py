"""Moving a reader's cursor."""

from dateline.common import clock
from dateline.journal.models import Cursor


def move_cursor(*, name: str, seq: int) -> None:
    """Say that a reader has done everything up to `seq`. A cursor never moves back."""
    now = clock.now()
    moved = Cursor.objects.filter(name=name, seq__lt=seq).update(seq=seq, moved_at=now)
    if not moved:
        Cursor.objects.get_or_create(name=name, defaults={"seq": seq, "moved_at": now})
