"""Taking an archive in: batch by batch, each in one transaction, and again without harm."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from dateline.archive.actions.drafting import Drafted, Drafting
from dateline.archive.actions.linking import put_links_right
from dateline.archive.actions.names import People, Topics
from dateline.archive.actions.pictures import Pictures
from dateline.archive.actions.places import Places
from dateline.archive.models import ImportedItem
from dateline.archive.old_site import OldSite
from dateline.archive.report import Report
from dateline.archive.rules import Plan, Wanted, digest_of, host_of, paths_of, why_not
from dateline.common import clock
from dateline.people.models import Account
from dateline.standards.archives.facts import Archive, ArchiveItem
from dateline.standards.errors import CopyError
from dateline.stories.actions import (
    keep_old_addresses,
    publish_story,
    quietly,
    shelve_stories,
    write_story,
)
from dateline.stories.models import Story
from dateline.topics.models import Edition

BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to become of an archive here."""

    edition: Edition
    plan: Plan
    section: str = ""
    wanted: Wanted = field(default_factory=Wanted)
    media: Path | None = None
    old_site: OldSite | None = None
    publishes: bool = False
    makes_sections: bool = False
    is_rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """How far an import has come. Units: items, or stories while links are put right."""

    done: int
    total: int
    what: str = "items"


@dataclass(slots=True)
class _Taken:
    """An item on its way in: what was known of it, and its draft."""

    item: ArchiveItem
    key: str
    digest: str
    drafted: Drafted
    known: ImportedItem | None


def source_of(archive: Archive) -> str:
    """Return the name under which an archive's items are known here."""
    host = host_of(archive.site) or archive.site
    return f"{archive.system} {host}".strip()[:200]


def import_archive(
    *, by: Account | None, archive: Archive, order: Order, told: Callable[[Step], None]
) -> Report:
    """Take an archive in and return what was done.

    Items that are known and unchanged are passed over, so an import that was stopped goes on where
    it was. Stories a person has changed since are left alone. Nobody is told of the stories; their
    pages, lists and the search follow.

    Records: StoryImported for each story readers see; what making sections, people, topics and
        pictures records.
    """
    importing = _Importing(by, archive, order)
    done = 0
    items = iter(archive.read())
    while batch := list(islice(items, BATCH)):
        importing.take(batch)
        done += len(batch)
        told(Step(done, archive.total))
    if not order.is_rehearsal:
        right = put_links_right(by=by, source=source_of(archive), told=_links_told(told))
        importing.report.done["links put right"] += right
    return importing.report


def _links_told(told: Callable[[Step], None]) -> Callable[[int, int], None]:
    return lambda done, total: told(Step(done, total, "stories with links"))


class _Importing:
    """One import: its order, its report, and what it met so far."""

    def __init__(self, by: Account | None, archive: Archive, order: Order) -> None:
        self._by, self._archive, self._order = by, archive, order
        self._source = source_of(archive)
        self.report = Report(self._source, archive.total, order.is_rehearsal)
        plan, edition, report = order.plan, order.edition, self.report
        self._places = Places(
            by=by, edition=edition, plan=plan, default=order.section, report=report
        )
        people = People(by=by, plan=plan, report=report)
        topics = Topics(by=by, edition=edition, plan=plan, report=report)
        self._pictures = Pictures(
            by=by,
            source=self._source,
            shelf=archive.shelf,
            report=report,
        )
        self._pictures.look_in(order.media, order.old_site)
        for one in (self._places, people, topics, self._pictures):
            one.is_rehearsal = order.is_rehearsal
        self._places.makes = order.makes_sections
        self._drafting = Drafting(
            plan=plan,
            edition=edition,
            people=people,
            topics=topics,
            pictures=self._pictures,
            shelf=archive.shelf,
        )

    def take(self, batch: Sequence[ArchiveItem]) -> None:
        """Take some items in, in one transaction."""
        taken = self._drafts(batch)
        if self._order.is_rehearsal:
            for one in taken:
                self.report.done["changed stories" if one.known else "new stories"] += 1
            return
        try:
            self._store(taken)
        except ValidationError:
            for one in taken:
                self._store_alone(one)

    def _drafts(self, batch: Sequence[ArchiveItem]) -> list[_Taken]:
        """Draft some items; the people and topics they bring are one commit, not one each.

        While the network is waited for no transaction stays open.
        """
        if self._order.is_rehearsal or self._order.old_site is not None:
            return list(self._taken(batch))
        with transaction.atomic():
            return list(self._taken(batch))

    def _taken(self, batch: Sequence[ArchiveItem]) -> Iterator[_Taken]:
        now, keys = clock.now(), {_key(item) for item in batch}
        rows = ImportedItem.objects.filter(source=self._source, key__in=keys)
        known = {row.key: row for row in rows.select_related("story")}
        met: set[str] = set()
        for item in batch:
            why = why_not(item, self._order.plan, self._order.wanted, now)
            key = _key(item)
            if item.type == "attachment" or key in met:
                self.report.done["attachments" if item.type == "attachment" else "repeated"] += 1
            elif why:
                self.report.leave_out(why, _name(item))
            elif not self._is_settled(item, known.get(key)):
                met.add(key)
                yield from self._drafted(item, key, known.get(key))

    def _is_settled(self, item: ArchiveItem, known: ImportedItem | None) -> bool:
        """Say whether nothing is to be done about an item, and count why."""
        if known is None:
            return False
        if known.story is None:
            self.report.leave_out("its story was deleted here", _name(item))
            return True
        may_complete = known.missing > 0 and self._pictures.may_find
        if known.digest == digest_of(item) and not may_complete:
            self.report.done["known already"] += 1
            return True
        if known.story.latest_revision_id != known.revision or known.story.locked:
            self.report.leave_out("its story was changed here since", _name(item))
            return True
        return False

    def _drafted(self, item: ArchiveItem, key: str, known: ImportedItem | None) -> Iterator[_Taken]:
        placed = self._places.find(item)
        if placed.why:
            self.report.leave_out(placed.why, _name(item))
            return
        before = list(known.story.body.raw_data) if known and known.story else []
        try:
            drafted = self._drafting.draft(
                item, placed, hosts=self._hosts(item), before=before, report=self.report
            )
        except CopyError as error:
            self.report.leave_out(error.code, _name(item))
            return
        digest = digest_of(item)
        if drafted is None:
            self.report.leave_out("no text", _name(item))
        elif known and known.digest == digest and drafted.missing >= known.missing:
            self.report.done["known already"] += 1
        else:
            self.report.sections[placed.path] += 1
            yield _Taken(item, key, digest, drafted, known)

    def _hosts(self, item: ArchiveItem) -> frozenset[str]:
        return frozenset({host_of(self._archive.site), host_of(item.address)} - {""})

    def _store_alone(self, one: _Taken) -> None:
        try:
            self._store([one])
        except ValidationError as refused:
            self.report.leave_out(f"refused: {' '.join(refused.messages)[:80]}", _name(one.item))

    def _store(self, taken: Sequence[_Taken]) -> None:
        if not taken:
            return
        new = [one for one in taken if one.known is None]
        old = [one for one in taken if one.known is not None]
        with transaction.atomic(), quietly():
            pairs = [*self._new(new), *((one, self._again(one)) for one in old)]
            addresses = [(path, story) for one, story in pairs for path in paths_of(one.item)]
            taken_paths = keep_old_addresses(by=self._by, addresses=addresses)
            self._remember(pairs)
        self.report.done["new stories"] += len(new)
        self.report.done["changed stories"] += len(old)
        for path in taken_paths:
            self.report.leave_out("an old address that leads to another story", path)

    def _new(self, taken: Sequence[_Taken]) -> Iterator[tuple[_Taken, Story]]:
        public = [one for one in taken if self._is_public(one)]
        stories = shelve_stories(by=self._by, drafts=[one.drafted.draft for one in public])
        yield from zip(public, stories, strict=True)
        for one in taken:
            if not self._is_public(one):
                yield one, write_story(by=self._by, draft=one.drafted.draft)

    def _is_public(self, one: _Taken) -> bool:
        return self._order.publishes and one.item.status == "published"

    def _again(self, one: _Taken) -> Story:
        """Make a new version of a story whose item has changed; a draft stays a draft."""
        known = one.known.story if one.known else None
        story = write_story(by=self._by, draft=one.drafted.draft, story=known)
        if known is not None and known.live:
            story = publish_story(by=self._by, story=story)
        if one.drafted.draft.updated_at is not None:
            Story.objects.filter(pk=story.pk).update(updated_at=one.drafted.draft.updated_at)
        return story

    def _remember(self, pairs: Sequence[tuple[_Taken, Story]]) -> None:
        for one, story in pairs:
            row = one.known or ImportedItem(source=self._source, key=one.key)
            row.digest, row.story, row.revision = one.digest, story, story.latest_revision_id
            row.missing, row.has_links = one.drafted.missing, one.drafted.has_links
            one.known = row
        rows: list[Any] = [one.known for one, _ in pairs]
        ImportedItem.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["source", "key"],
            update_fields=["digest", "story", "revision", "missing", "has_links"],
        )


def _key(item: ArchiveItem) -> str:
    return item.key if len(item.key) < 64 else hashlib.sha256(item.key.encode()).hexdigest()


def _name(item: ArchiveItem) -> str:
    return f"{item.key} “{item.headline}”"
