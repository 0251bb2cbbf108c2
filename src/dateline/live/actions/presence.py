"""Who has the writing screen of a coverage open."""

from django.db import transaction

from dateline.common import clock
from dateline.live.models import AtDesk, LiveStory
from dateline.people.models import Account


@transaction.atomic
def note_at_desk(*, by: Account, live_story: LiveStory, is_writing: bool) -> None:
    """Note that somebody's writing screen is open, and whether they are typing.

    Records: nothing: it is over in seconds, and nobody but the screens beside it asks.
    """
    now = clock.now()
    seen = {"seen_at": now, **({"wrote_at": now} if is_writing else {})}
    AtDesk.objects.update_or_create(live_story=live_story, account=by, defaults=seen)
