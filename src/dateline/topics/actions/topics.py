"""Changing topics; each change records its entry."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dateline.journal.record import record, record_all
from dateline.people.models import Account
from dateline.topics.entries import TopicChanged
from dateline.topics.models import OldTopicSlug, Topic, TopicAlias
from dateline.topics.queries import pairs_of
from dateline.topics.rules import initial_of


@transaction.atomic
def save_topic(*, by: Account | None, topic: Topic) -> Topic:
    """Store a topic with its aliases; the address it had before redirects.

    Records: TopicChanged, also for the topics of other editions that its shared key paired it with.

    Raises:
        ValidationError: a field does not fit, or the topic would leave the edition of its stories.
    """
    before = Topic.objects.filter(pk=topic.pk).first() if topic.pk else None
    if before is not None and before.edition_id != topic.edition_id:
        _refuse_to_leave_stories(topic)
    topic.initial = initial_of(topic.name)
    topic.full_clean()
    topic.save()
    if before is not None and (before.edition_id, before.slug) != (topic.edition_id, topic.slug):
        OldTopicSlug.objects.update_or_create(
            edition=before.edition, slug=before.slug, defaults={"topic": topic}
        )
    OldTopicSlug.objects.filter(edition=topic.edition, slug=topic.slug).delete()
    record(TopicChanged(edition=topic.edition.code, topic=topic.pk))
    if before is not None and before.edition_id != topic.edition_id:
        record(TopicChanged(edition=before.edition.code, topic=topic.pk))
    for other in pairs_of(topic, before):
        record(TopicChanged(edition=other.edition.code, topic=other.pk))
    return topic


def _refuse_to_leave_stories(topic: Topic) -> None:
    if topic.story_topics.exists():
        text = _("There are stories about this topic; make one of its own in the other edition.")
        raise ValidationError({"edition": text})


@transaction.atomic
def add_topics(*, by: Account | None, topics: Sequence[Topic]) -> list[Topic]:
    """Store many new topics at once.

    Records: TopicChanged, for each.

    Raises:
        ValidationError: a field does not fit.
        django.db.IntegrityError: an address is taken in its edition.
    """
    for topic in topics:
        topic.initial = initial_of(topic.name)
        topic.clean_fields(exclude={"edition"})
    stored: list[Topic] = Topic.objects.bulk_create(topics)
    record_all([TopicChanged(edition=one.edition.code, topic=one.pk) for one in stored])
    return stored


@transaction.atomic
def add_aliases(*, by: Account | None, names: Iterable[tuple[Topic, Sequence[str]]]) -> None:
    """Give new topics other names in their edition's language, in the change that made them."""
    TopicAlias.objects.bulk_create(
        TopicAlias(topic=topic, name=name) for topic, others in names for name in others
    )


@transaction.atomic
def delete_topic(*, by: Account | None, topic: Topic) -> None:
    """Remove a topic; stories lose it.

    Records: TopicChanged, as `save_topic` does.
    """
    code, number = topic.edition.code, topic.pk
    pairs = pairs_of(topic)
    topic.delete()
    for where, one in [(code, number), *((pair.edition.code, pair.pk) for pair in pairs)]:
        record(TopicChanged(edition=where, topic=one))
