"""Changing storylines; each change records its entry."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dateline.journal.record import record, record_all
from dateline.people.models import Account
from dateline.topics.entries import StorylineChanged, StorylineEnded
from dateline.topics.models import OldStorylineSlug, Storyline
from dateline.topics.queries import pairs_of


@transaction.atomic
def save_storyline(*, by: Account | None, storyline: Storyline) -> Storyline:
    """Store a storyline; the address it had before redirects.

    Records: StorylineEnded if it ends by this, else StorylineChanged; the latter also for those of
        other editions that its shared key paired it with.

    Raises:
        ValidationError: a field does not fit, or the storyline would leave its edition.
    """
    before = Storyline.objects.filter(pk=storyline.pk).first() if storyline.pk else None
    if before is not None and before.edition_id != storyline.edition_id:
        text = _("A storyline stays in its edition; make one of its own in the other.")
        raise ValidationError({"edition": text})
    storyline.full_clean()
    storyline.save()
    if before is not None and before.slug != storyline.slug:
        OldStorylineSlug.objects.update_or_create(
            edition=before.edition, slug=before.slug, defaults={"storyline": storyline}
        )
    OldStorylineSlug.objects.filter(edition=storyline.edition, slug=storyline.slug).delete()
    ends = not storyline.is_running and (before is None or before.is_running)
    entry = StorylineEnded if ends else StorylineChanged
    record(entry(edition=storyline.edition.code, storyline=storyline.pk))
    for other in pairs_of(storyline, before):
        record(StorylineChanged(edition=other.edition.code, storyline=other.pk))
    return storyline


@transaction.atomic
def add_storylines(*, by: Account | None, storylines: Sequence[Storyline]) -> list[Storyline]:
    """Store many new storylines at once.

    Records: StorylineChanged, for each.

    Raises:
        ValidationError: a field does not fit.
        django.db.IntegrityError: an address is taken in its edition.
    """
    for storyline in storylines:
        storyline.clean_fields(exclude={"edition"})
    stored: list[Storyline] = Storyline.objects.bulk_create(storylines)
    record_all([StorylineChanged(edition=one.edition.code, storyline=one.pk) for one in stored])
    return stored


@transaction.atomic
def delete_storyline(*, by: Account | None, storyline: Storyline) -> None:
    """Remove a storyline; its stories stay and belong to none.

    Records: StorylineChanged, as `save_storyline` does.
    """
    code, number = storyline.edition.code, storyline.pk
    pairs = pairs_of(storyline)
    storyline.delete()
    for where, one in [(code, number), *((pair.edition.code, pair.pk) for pair in pairs)]:
        record(StorylineChanged(edition=where, storyline=one))
