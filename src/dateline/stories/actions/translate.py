"""Saying that two stories are one in two languages."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from dateline.journal.record import record
from dateline.people.models import Account
from dateline.stories.archive_queries import linked_numbers
from dateline.stories.entries import TranslationsChanged
from dateline.stories.models import Story
from dateline.stories.rules import day_text


@transaction.atomic
def link_translation(*, by: Account | None, story: Story) -> None:
    """Make a story one of the translations of the story it says it translates, or of none.

    All translations of one story share a key. Publishing calls this, so that what readers see
    follows the version they see.

    Records: TranslationsChanged if anything changed.
    """
    former = linked_numbers(story)
    key = _key_of(story)
    if key == story.translation_key:
        return
    story.translation_key = key
    Story.objects.filter(pk=story.pk).update(translation_key=key)
    touched = sorted({story.pk, *former, *linked_numbers(story)})
    record(
        TranslationsChanged(
            edition=story.edition.code,
            story=story.pk,
            stories=tuple(touched),
            months=_months(touched),
        )
    )


def _months(numbers: Sequence[int]) -> tuple[str, ...]:
    linked = Story.objects.filter(pk__in=numbers, published_at__isnull=False)
    rows = linked.values_list("edition__code", "published_at", "edition__timezone")
    return tuple(sorted({f"{code}:{day_text(at, zone)[:6]}" for code, at, zone in rows}))


def _key_of(story: Story) -> uuid.UUID | None:
    """Return the key a story should have: its original's, its own while others lean on it."""
    original = story.translation_of
    if original is not None and original.pk != story.pk:
        if original.translation_key is None:
            original.translation_key = uuid.uuid4()
            Story.objects.filter(pk=original.pk).update(translation_key=original.translation_key)
        shared: uuid.UUID | None = original.translation_key
        return shared
    if story.translation_key is None:
        return None
    leaning = Story.objects.filter(translation_of=story.pk).exclude(pk=story.pk)
    key: uuid.UUID | None = (
        leaning.filter(translation_key__isnull=False)
        .values_list("translation_key", flat=True)
        .first()
    )
    return key
