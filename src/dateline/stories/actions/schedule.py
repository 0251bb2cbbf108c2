"""What becomes of a publication at a set time that cannot be done."""

from django.db import transaction
from wagtail.models import Revision

from dateline.common import clock
from dateline.people.models import Account
from dateline.stories.models import Refusal


@transaction.atomic
def refuse_scheduled(*, by: Account | None, revision: Revision, why: str) -> Refusal | None:
    """Take a draft out of the schedule, for a person to see why and to publish it again.

    Returns None for one that nobody waits for any more. Readers learn of nothing: the story stays
    as it is.
    """
    mine = Revision.objects.filter(pk=revision.pk, approved_go_live_at__isnull=False)
    due_at = mine.select_for_update(no_key=True).values_list("approved_go_live_at", flat=True)
    due = due_at.first()
    if due is None:
        return None
    mine.update(approved_go_live_at=None)
    number = int(revision.object_id)
    return Refusal.objects.create(story_id=number, due_at=due, by=by, at=clock.now(), why=why)
