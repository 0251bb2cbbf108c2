"""Finding what stands on fronts."""

from datetime import datetime

from django.db.models import Q, QuerySet

from dateline.fronts.entries import page_key
from dateline.fronts.models import Front, Placement
from dateline.fronts.rules import Candidate, compose_front, compose_section, is_standing
from dateline.stories.enums import Kind
from dateline.stories.models import Story
from dateline.stories.queries import (
    cards,
    newest_of_sections,
    section_and_below,
    stories_of_edition,
    visible,
)
from dateline.topics.models import Edition, Section

NEWEST = 24


def placed(
    edition: Edition, section: Section | None, now: datetime, *, live: bool = True
) -> dict[str, list[int]]:
    """Return the numbers of the stories placed on a front at an instant, by slot, in order.

    Readers may not see all of them: whoever shows them asks for visible ones.
    """
    rows = Placement.objects.filter(
        front__edition=edition, front__section=section, is_live=live
    ).values_list("slot", "story", "starts_at", "ends_at")
    found: dict[str, list[int]] = {}
    for slot, story, starts_at, ends_at in rows.order_by("position", "pk"):
        if is_standing(starts_at=starts_at, ends_at=ends_at, now=now):
            found.setdefault(slot, []).append(story)
    return found


def placements_of(front: Front, *, live: bool) -> QuerySet[Placement]:
    """Return a front's placements, in order, with their stories."""
    rows = Placement.objects.filter(front=front, is_live=live)
    return rows.select_related("story__section").defer("story__body").order_by("position", "pk")


def turned(early: datetime, late: datetime) -> set[str]:
    """Return the keys of pages whose front has a placement that begins or ends by `late`.

    What began or ended by `early` is left out. Asked every second, so by index.
    """
    times = Q(starts_at__gt=early, starts_at__lte=late) | Q(ends_at__gt=early, ends_at__lte=late)
    rows = Placement.objects.filter(times, is_live=True)
    found = rows.values_list("front__edition__code", "front__section")
    return {page_key(edition=edition, section=section) for edition, section in found}


def stories_to_place(edition: Edition, now: datetime, *, words: str = "") -> list[Story]:
    """Return an edition's newest stories for placing, those with all the words in the headline."""
    stories = cards(visible(now).filter(edition=edition))
    for word in words.split()[:5]:
        stories = stories.filter(headline__icontains=word)
    return list(stories.order_by("-published_at", "-pk")[:30])


def is_changed(front: Front) -> bool:
    """Say whether the draft differs from what readers see."""
    rows = Placement.objects.filter(front=front).order_by("slot", "position", "pk")
    what = ("slot", "story", "starts_at", "ends_at")
    draft, live = (list(rows.filter(is_live=live).values_list(*what)) for live in (False, True))
    return draft != live


def candidate(story: Story, now: datetime) -> Candidate:
    """Return what composing a front needs to know of a story."""
    return Candidate(
        number=story.pk,
        urgency=story.urgency,
        has_picture=story.lead_picture_id is not None,
        published_at=story.published_at or now,
        is_news=story.kind == Kind.NEWS,
    )


def filled(front: Front, now: datetime, *, seen: set[int]) -> dict[str, list[Story]]:
    """Return the stories that fill what the draft leaves open, by slot, as the page will do it.

    `seen` are the numbers of the placed stories that readers may see.
    """
    places = placed(front.edition, front.section, now, live=False)
    own = {
        slot: [number for number in numbers if number in seen] for slot, numbers in places.items()
    }
    if front.section is None:
        rows = list(stories_of_edition(front.edition, now)[:NEWEST])
        plan = compose_front([candidate(story, now) for story in rows], own)
    else:
        rows = newest_of_sections(section_and_below(front.section), now, limit=NEWEST)
        plan = compose_section([story.pk for story in rows], own)
    newest = {story.pk: story for story in rows}
    slots: dict[str, tuple[int | None, ...]] = {
        "lead": (plan.lead,),
        "second": plan.seconds,
        "rail": plan.rail,
    }
    taken = {number for numbers in own.values() for number in numbers}
    return {
        slot: [newest[n] for n in numbers if n in newest and n not in taken]
        for slot, numbers in slots.items()
    }
