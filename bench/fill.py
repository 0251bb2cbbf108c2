"""Rows for many stories, in bulk: as publishing would have left them.

Their places in the newsfeed are below zero, before all that the journal will number.
"""

import json
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from wagtail.models import ReferenceIndex, Revision

from bench.many import BATCH, PEOPLE, SECTIONS, TOPICS
from bench.words import some
from dateline.people.actions import save_person
from dateline.people.models import Person
from dateline.stories.models import Byline, Story, StoryMonth, StoryTopic, Version
from dateline.stories.rules import address_slug
from dateline.topics.actions import save_edition, save_section, save_topic
from dateline.topics.models import Edition, Section, Topic

NEWEST = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KINDS = ("news", "news", "news", "feature", "analysis", "offbeat")


def fill(count: int, chance: random.Random, *, only_stories: bool = False) -> None:
    """Fill an empty newsroom; `only_stories` leaves out versions, which search never reads."""
    edition = save_edition(
        by=None,
        edition=Edition(code="en", name="Bench", agency="Bench", language="en", is_default=True),
    )
    sections = [
        save_section(by=None, section=Section(edition=edition, name=f"Section {n}", slug=f"s{n}"))
        for n in range(SECTIONS)
    ]
    topics = [
        save_topic(by=None, topic=Topic(edition=edition, name=f"Topic {n}", slug=f"t{n}"))
        for n in range(TOPICS)
    ]
    people = [
        save_person(by=None, person=Person(name=f"Person {n}", slug=f"p{n}")) for n in range(PEOPLE)
    ]
    months: Counter[str] = Counter()
    step = timedelta(days=365 * 20) / max(count, 1)
    for start in range(0, count, BATCH):
        with transaction.atomic():
            numbers = range(start, min(start + BATCH, count))
            moments = [NEWEST - step * (count - n) for n in numbers]
            stories = Story.objects.bulk_create(
                [
                    _story(edition, chance.choice(sections), at, chance, announced_as=n - count)
                    for n, at in zip(numbers, moments, strict=True)
                ]
            )
            if not only_stories:
                _versions(stories)
            StoryTopic.objects.bulk_create(
                StoryTopic(story=story, topic=topic, published_at=story.published_at)
                for story in stories
                for topic in chance.sample(topics, 2)
            )
            Byline.objects.bulk_create(
                Byline(story=story, person=chance.choice(people), published_at=story.published_at)
                for story in stories
            )
            months.update(f"{at:%Y%m}" for at in moments)
    StoryMonth.objects.bulk_create(
        StoryMonth(edition=edition, month=month, stories=stories, changed_at=NEWEST)
        for month, stories in months.items()
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _versions(stories) -> None:
    kind = ContentType.objects.get_for_model(Story)
    contents = [_content(story) for story in stories]
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                content_type=kind,
                base_content_type=kind,
                object_id=str(story.pk),
                content=content,
                object_str=story.headline,
                created_at=story.published_at,
            )
            for story, content in zip(stories, contents, strict=True)
        ]
    )
    for story, revision in zip(stories, revisions, strict=True):
        story.live_revision = story.latest_revision = revision
    Story.objects.bulk_update(stories, ["live_revision", "latest_revision"])
    Version.objects.bulk_create(
        Version(
            story=story,
            number=1,
            revision=revision,
            headline=story.headline,
            content=content,
            published_at=story.published_at,
        )
        for story, revision, content in zip(stories, revisions, contents, strict=True)
    )
    _references(kind, stories)


def _references(kind, stories) -> None:
    """Keep Wagtail's reference index as large as it would be."""
    section = ContentType.objects.get_for_model(Section)
    ReferenceIndex.objects.bulk_create(
        ReferenceIndex(
            content_type=kind,
            base_content_type=kind,
            object_id=str(story.pk),
            to_content_type=section,
            to_object_id=str(story.section_id),
            model_path="section",
            content_path="section",
            content_path_hash=ReferenceIndex._get_content_path_hash("section"),
        )
        for story in stories
    )


def _story(edition, section, at, chance, *, announced_as) -> Story:
    headline = " ".join(some(chance, 8)).capitalize()
    paragraphs = [" ".join(some(chance, 40)).capitalize() + "." for _ in range(8)]
    body = [
        {"type": "paragraph", "value": f"<p>{text}</p>", "id": f"{chance.getrandbits(64):016x}"}
        for text in paragraphs
    ]
    return Story(
        edition=edition,
        section=section,
        kind=chance.choice(KINDS),
        urgency=chance.randint(4, 8),
        headline=headline,
        slug=address_slug(headline),
        standfirst=" ".join(some(chance, 20)).capitalize() + ".",
        dateline_place="BRENN",
        dateline_date=at.date(),
        body=json.dumps(body),
        live=True,
        has_unpublished_changes=False,
        published_at=at,
        first_published_at=at,
        last_published_at=at,
        announced_as=announced_as,
    )


def _content(story: Story) -> dict:
    content = story.serializable_data()
    content["pk"] = story.pk
    return content
