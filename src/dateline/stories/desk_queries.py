"""What the desk asks of stories that readers do not: whose they are, and what keeps them back."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import Revision

from dateline.people.models import Account
from dateline.stories.enums import End
from dateline.stories.models import Byline, Embargo, Ending, Hold, Refusal, Story


def stories_by(account: Account) -> QuerySet[Story]:
    """Return the stories that somebody has written at, or that carry their byline."""
    kind = ContentType.objects.get_for_model(Story)
    revisions = Revision.objects.filter(content_type=kind, user=account)
    written = revisions.values(number=Cast("object_id", BigIntegerField()))
    signed = Byline.objects.filter(person__account=account).values("story")
    found: QuerySet[Story] = Story.objects.filter(Q(pk__in=written) | Q(pk__in=signed))
    return found


def with_obstacles(stories: QuerySet[Story]) -> QuerySet[Story]:
    """Return stories for the desk, each with why readers do not see it, by the row that says so.

    Shape: `refused`, `killed`, `held` and `embargoed` hold the reason, empty where none was given,
        and None where there is no such row; `embargo_until` is None for one without an end.
    """
    story = {"story": OuterRef("pk"), "lifted_at__isnull": True}
    kills = Ending.objects.filter(
        story_number=OuterRef("pk"), kind=End.KILL, lifted_at__isnull=True
    )
    embargoes = Embargo.objects.filter(**story).order_by(F("until").desc(nulls_first=True))
    reasons = {
        "refused": Refusal.objects.filter(**story).order_by("-at"),
        "killed": kills.order_by("-at"),
        "held": Hold.objects.filter(**story).order_by("-at"),
        "embargoed": embargoes,
    }
    told: QuerySet[Story] = stories.annotate(
        **{name: Subquery(rows.values("why")[:1]) for name, rows in reasons.items()},
        embargo_until=Subquery(embargoes.values("until")[:1]),
    )
    return told
