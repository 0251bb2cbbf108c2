"""Small worlds for tests: an edition with two sections, and stories in them."""

from dataclasses import dataclass
from typing import Any

from dateline.common import clock
from dateline.people.models import Account, Person
from dateline.readers.models import Reader
from dateline.readers.rules import name_key
from dateline.stories.actions import Draft, publish_story, write_story
from dateline.stories.enums import Role
from dateline.stories.models import Story
from dateline.topics.actions import save_edition, save_section, save_storyline, save_topic
from dateline.topics.models import Edition, Section, Storyline, Topic


@dataclass
class Newsroom:
    """An edition, two sections, a topic, a person and an editor."""

    edition: Edition
    world: Section
    culture: Section
    topic: Topic
    person: Person
    editor: Account


def a_newsroom() -> Newsroom:
    edition = save_edition(
        by=None,
        edition=Edition(
            code="en",
            name="Meridian",
            agency="Meridian News Agency",
            language="en",
            tagline="News by the hour",
            is_default=True,
        ),
    )
    sections = [
        save_section(by=None, section=Section(edition=edition, name=n, slug=s, tagline=f"All {n}"))
        for n, s in (("World", "world"), ("Culture", "culture"))
    ]
    topic = save_topic(by=None, topic=Topic(edition=edition, name="Ostrel", slug="ostrel"))
    person = Person.objects.create(name="Ilse Marek", slug="ilse-marek")
    editor = Account.objects.create_superuser("editor", password="a-long-pass-phrase")
    return Newsroom(edition, *sections, topic, person, editor)


def a_draft(room: Newsroom, headline: str = "Talks fail in Brenn", **fields: Any) -> Draft:
    paragraph = fields.pop("paragraph", "The talks ended without a date for new ones.")
    return Draft(
        fields={"section": room.world, "headline": headline, **fields},
        body=[{"type": "paragraph", "value": f"<p>{paragraph}</p>"}],
        bylines=[(room.person, Role.WRITER)],
        topics=[room.topic],
    )


def a_story(room: Newsroom, headline: str = "Talks fail in Brenn", **fields: Any) -> Story:
    """Return a draft that nobody has published."""
    return write_story(by=None, draft=a_draft(room, headline, **fields))


def a_published_story(
    room: Newsroom, headline: str = "Talks fail in Brenn", **fields: Any
) -> Story:
    return publish_story(by=None, story=a_story(room, headline, **fields))


def a_storyline(room: Newsroom, name: str = "The status of Ostrel", **fields: Any) -> Storyline:
    """Return a running story of the newsroom's edition; its slug is its name in small letters."""
    slug = name.lower().replace(" ", "-")
    return save_storyline(
        by=None, storyline=Storyline(edition=room.edition, name=name, slug=slug, **fields)
    )


def a_reader(name: str, **fields: Any) -> Reader:
    """Return somebody who may speak in chats."""
    slug = name.lower().replace(" ", "-")
    account = fields.pop("account", None) or Account.objects.create_user(slug)
    given = {"display_name": name, "name_key": name_key(name), "slug": slug}
    given |= {"verified_at": clock.now(), **fields}
    return Reader.objects.create(account=account, **given)
