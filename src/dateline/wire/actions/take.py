"""Taking items in: what was read becomes a story, once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from dateline.common import clock
from dateline.people.actions import save_person
from dateline.people.models import Account, Person
from dateline.standards.facts import Facts, Reading
from dateline.standards.facts_json import item_json
from dateline.stories.actions import (
    Draft,
    hold_story,
    kill_story,
    publish_story,
    set_embargo,
    write_story,
)
from dateline.stories.enums import Role
from dateline.stories.models import Story
from dateline.topics.models import Edition, Section
from dateline.topics.queries import default_edition, edition_by_code, sections_of
from dateline.wire.body import note_text, public_note, stored_body
from dateline.wire.errors import DoesNotFit, NoEdition, NoPlace, NotNews
from dateline.wire.models import WireItem


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOrder:
    """Where what is taken goes. An empty section is found from the item itself."""

    section: str = ""
    edition: str = ""
    publish: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The document an item came in."""

    file: str
    data: bytes
    format: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one item."""

    what: str
    story: Story

    def __str__(self) -> str:
        address = self.story.address or f"story {self.story.pk}"
        return f"{self.what}: {self.story.headline} ({address})"


def take_reading(
    *, by: Account | None, reading: Reading, source: Source, order: TakeOrder
) -> Iterator[Taken]:
    """Take every item of a document, each in a transaction of its own.

    Raises:
        NoEdition, NoPlace: there is nowhere to put the copy; nothing of that item is stored.
        NotNews, DoesNotFit: the item is not a text, or does not fit into a story.
    """
    for facts in reading.items:
        yield take_item(by=by, facts=facts, source=source, order=order)


@transaction.atomic
def take_item(*, by: Account | None, facts: Facts, source: Source, order: TakeOrder) -> Taken:
    """Make or update the story of one item; the same guid and version again changes nothing.

    An embargo, a withheld state and a kill are heeded before anything could reach a reader.

    Records: what publishing and keeping record.

    Raises:
        NoEdition, NoPlace: there is nowhere to put the copy.
        NotNews: the item is a picture or an event, not a text.
        DoesNotFit: a field is longer than a story's, or not one of its values.
    """
    guid, version = identity(facts)
    known = WireItem.objects.filter(guid=guid, version=version).select_related("story").first()
    if known is not None and known.story is not None and not _brings_the_year(known.story, facts):
        return Taken("known already", known.story)
    _refuse_what_is_no_story(facts, guid)
    last = _last_taken(guid)
    earlier = last.story if last else None
    if earlier is not None and order.section:
        find_section(facts, order)  # An order that cannot be followed is refused, not passed over.
    if last is not None and earlier is not None and is_newer(last.version, version):
        _store(facts, source, earlier, guid, version)
        return Taken("older than what is known", earlier)
    section = earlier.section if earlier else find_section(facts, order)
    try:
        story = write_story(by=by, draft=_draft(by, facts, section), story=earlier)
    except ValidationError as error:
        raise DoesNotFit(file=source.file, guid=guid, why=_in_one_line(error)) from error
    _keep_back(by, facts, story)
    _store(facts, source, story, guid, version)
    if order.publish and facts.pub_status != "canceled":
        story = publish_story(by=by, story=story)
    return Taken("updated" if earlier else "taken", story)


def _in_one_line(error: ValidationError) -> str:
    told = error.message_dict if hasattr(error, "error_dict") else {"it": error.messages}
    return " ".join(f"{field}: {' '.join(texts)}" for field, texts in told.items())


def _brings_the_year(story: Story, facts: Facts) -> bool:
    """Say whether the item now tells the day of a dateline that had no year before."""
    return story.dateline_date is None and facts.dateline is not None and bool(facts.dateline.date)


def _refuse_what_is_no_story(facts: Facts, guid: str) -> None:
    if facts.type != "text":
        raise NotNews(guid=guid, what=f"is a {facts.type}, not a text")
    if not (facts.headline or "").strip():
        raise NotNews(guid=guid, what="has no headline")
    if not facts.body:
        raise NotNews(guid=guid, what="has no text")


def identity(facts: Facts) -> tuple[str, str]:
    """Return what makes an item the same one: guid and version, or a digest of what it says."""
    if facts.guid:
        version = facts.version if facts.version is not None else facts.version_created
        return facts.guid[:400], str(version if version is not None else _digest(facts))[:40]
    return f"copy:{_digest(facts)}", "1"


def _digest(facts: Facts) -> str:
    text = "\n".join([facts.headline or "", *(block.text for block in facts.body)])
    return sha256(text.encode()).hexdigest()[:32]


def _last_taken(guid: str) -> WireItem | None:
    """Return the newest version of an item that became a story."""
    items = WireItem.objects.filter(guid=guid, story__isnull=False).select_related("story__section")
    newest: WireItem | None = None
    for item in items.order_by("taken_at", "pk"):
        if newest is None or not is_newer(newest.version, item.version):
            newest = item
    return newest


def is_newer(version: str, than: str) -> bool:
    """Say whether a version is surely newer than another: by number, or by time."""
    for read in (float, datetime.fromisoformat):
        try:
            return bool(read(version) > read(than))  # type: ignore[operator]
        except (ValueError, TypeError):
            continue
    return False


def find_section(facts: Facts, order: TakeOrder) -> Section:
    """Return the section to put an item in: the one ordered, else the one it names.

    Raises:
        NoEdition: there is no such edition, or none at all.
        NoPlace: no section is ordered or named, or there is no such section.
    """
    edition = edition_by_code(order.edition) if order.edition else default_edition()
    if edition is None:
        raise NoEdition(edition=order.edition or "default")
    sections = list(sections_of(edition))
    for section in sections:
        if order.section and order.section.strip("/") == section.path:
            return section
        if not order.section and _fold(facts.section_name) in {_fold(section.name), section.path}:
            return section
    known = ", ".join(section.path for section in sections)
    raise NoPlace(
        section=order.section or facts.section_name or "",
        edition=edition.code,
        known=f"name one with --section: {known}" if known else "make one in the newsroom first",
    )


def _fold(name: str | None) -> str:
    return (name or "\0").casefold().strip()


def _draft(by: Account | None, facts: Facts, section: Section) -> Draft:
    dateline = facts.dateline
    edition: Edition = section.edition
    headline = (facts.headline or "").strip()
    fields: dict[str, Any] = {
        "section": section,
        "headline": headline,
        "slugline": (facts.slugline or "")[:80],
        "kicker": (facts.kicker or "")[:80],
        "standfirst": facts.standfirst or "",
        "urgency": facts.urgency or 5,
        "language": facts.language if facts.language not in {None, edition.language} else "",
        "source": (facts.source or "")[:120],
        "editors_note": public_note(facts),
        "note_to_editors": note_text(facts),
        "dateline_place": dateline.place[:120] if dateline else "",
        "dateline_date": dateline.date if dateline else None,
        "dateline_agency": (dateline.agency or "")[:80] if dateline else "",
    }
    people = [(_person(by, name), Role.WRITER) for name in facts.authors if name.strip()]
    return Draft(fields=fields, body=stored_body(facts), bylines=people)


def _person(by: Account | None, name: str) -> Person:
    name = name.strip()[:120]
    known = Person.objects.filter(name=name).first()
    if known is not None:
        return known
    slug = slugify(name)[:100] or f"person-{sha256(name.encode()).hexdigest()[:8]}"
    if Person.objects.filter(slug=slug).exists():
        slug = f"{slug}-{sha256(name.encode()).hexdigest()[:8]}"
    return save_person(by=by, person=Person(name=name, slug=slug))


def _keep_back(by: Account | None, facts: Facts, story: Story) -> None:
    if facts.embargo_until == "hold":
        set_embargo(by=by, story=story, until=None, why="The wire's embargo could not be read.")
    elif facts.embargo_until is not None and facts.embargo_until > clock.now():
        set_embargo(by=by, story=story, until=facts.embargo_until, why="Embargo of the wire.")
    if facts.pub_status == "withheld":
        hold_story(by=by, story=story, why="Withheld by the source.")
    elif facts.pub_status == "canceled":
        kill_story(by=by, story=story, why="Cancelled by the source.")


def _store(facts: Facts, source: Source, story: Story, guid: str, version: str) -> None:
    WireItem.objects.update_or_create(
        guid=guid,
        version=version,
        defaults={
            "format": source.format,
            "file_name": source.file[:255],
            "facts": item_json(facts),
            "raw": source.data,
            "story": story,
            "taken_at": clock.now(),
        },
    )
