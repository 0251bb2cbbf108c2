"""From an archive's item to the draft of a story."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from dateline.archive.actions.names import People, Topics
from dateline.archive.actions.pictures import Pictures
from dateline.archive.actions.places import Placed
from dateline.archive.report import Report
from dateline.archive.rules import Part, Plan, kind_of, links_in, with_ids
from dateline.media.models import Picture
from dateline.standards.archives.bodies import ArchiveBody, body_of
from dateline.standards.archives.facts import ArchiveItem, ArchivePicture
from dateline.standards.archives.shelf import Shelf, plain_path
from dateline.standards.facts import Block
from dateline.standards.text.clean import repeats
from dateline.stories.actions import Draft
from dateline.stories.enums import Role
from dateline.stories.parts import parts_of
from dateline.topics.models import Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A draft and what is to be remembered of its item."""

    draft: Draft
    missing: int
    has_links: bool


class Drafting:
    """Makes drafts of items, with the people, topics and pictures they name."""

    def __init__(
        self,
        *,
        plan: Plan,
        edition: Edition,
        people: People,
        topics: Topics,
        pictures: Pictures,
        shelf: Shelf,
    ) -> None:
        self._plan, self._edition = plan, edition
        self._people, self._topics, self._pictures = people, topics, pictures
        self._shelf = shelf

    def draft(
        self,
        item: ArchiveItem,
        placed: Placed,
        *,
        hosts: frozenset[str],
        before: list[Part],
        report: Report,
    ) -> Drafted | None:
        """Return the draft of an item, None where no text is left of it.

        Raises:
            CopyError: its markup nests too deep.
        """
        body = body_of(item, self._shelf)
        for name in body.odd:
            report.leave_out(f"in the text: {name}", f"{item.key} “{item.headline}”")
        already = report.done["pictures not found"]
        lead = self._pictures.find(item.lead) if item.lead else None
        parts = list(self._parts(body, item.lead, lead))
        lead, parts = _led(lead, parts)
        if not parts:
            return None
        draft = Draft(
            fields=self._fields(item, placed, body, lead),
            body=with_ids(parts, before, f"{item.address}#{item.key}"),
            bylines=[(person, Role.WRITER) for person in self._people.named(item.authors)],
            topics=self._topics.named(item.tags),
            published_at=item.published.instant if item.status == "published" else None,
            updated_at=_updated(item),
        )
        return Drafted(
            draft=draft,
            missing=report.done["pictures not found"] - already,
            has_links=bool(links_in(draft.body, hosts)),
        )

    def _fields(
        self, item: ArchiveItem, placed: Placed, body: ArchiveBody, lead: Picture | None
    ) -> dict[str, Any]:
        dateline = body.dateline
        language = self._plan.defaults.get("language") or item.language
        first = next((block.text for block in body.blocks if block.kind == "paragraph"), "")
        is_own = language.split("-")[0].casefold() != self._edition.language.split("-")[0]
        return {
            "section": placed.section,
            "kind": kind_of(item, self._plan),
            "headline": item.headline[:255],
            "standfirst": "" if repeats(item.standfirst, first) else item.standfirst[:2000],
            "dateline_place": dateline.place[:120] if dateline else "",
            "dateline_date": dateline.date if dateline else None,
            "dateline_agency": (dateline.agency or "")[:80] if dateline else "",
            "language": language[:20] if language and is_own else "",
            "lead_picture": lead,
        }

    def _parts(
        self, body: ArchiveBody, led: ArchivePicture | None, lead: Picture | None
    ) -> Iterator[Part]:
        is_first = True
        for block in body.blocks:
            gallery = body.galleries.marked(block.text) if block.kind == "paragraph" else ()
            if gallery:
                yield from self._gallery(gallery)
            elif block.kind == "picture":
                is_again = is_first and lead is not None and _is_same(block, led)
                yield from () if is_again else self._picture(block)
            else:
                yield from parts_of([block])
            is_first = False

    def _picture(self, block: Block) -> Iterator[Part]:
        given = block.picture
        if given is None or not given.renditions:
            return
        address, caption = given.renditions[0].href, given.caption or ""
        told = ArchivePicture(address=address, caption=caption, alt=given.headline or "")
        found = self._pictures.find(told)
        if found is not None:
            own = caption if caption != found.caption else ""
            yield {"type": "picture", "value": {"picture": found.pk, "caption": own[:400]}}

    def _gallery(self, pictures: tuple[ArchivePicture, ...]) -> Iterator[Part]:
        rows: list[Part] = []
        for number, one in enumerate(pictures):
            found = self._pictures.find(one)
            if found is not None:
                own = one.caption if one.caption != found.caption else ""
                value = {"picture": found.pk, "caption": own[:400]}
                made = str(uuid5(NAMESPACE_URL, f"{one.address}#{number}"))
                rows.append({"type": "item", "value": value, "id": made})
        if rows:
            yield {"type": "gallery", "value": {"title": "", "pictures": rows}}


def _is_same(block: Block, led: ArchivePicture | None) -> bool:
    renditions = block.picture.renditions if block.picture else ()
    return bool(renditions and led) and plain_path(renditions[0].href) == plain_path(
        led.address if led else ""
    )


def _led(lead: Picture | None, parts: list[Part]) -> tuple[Picture | None, list[Part]]:
    """Make a picture that stands first in the text the lead, where there is none."""
    if lead is not None or len(parts) < 2 or parts[0]["type"] != "picture":
        return lead, parts
    value = parts[0]["value"]
    if value["caption"]:
        return lead, parts
    return Picture.objects.filter(pk=value["picture"]).first(), parts[1:]


def _updated(item: ArchiveItem) -> Any:
    """Return when the old system changed an item, if that was after it came out."""
    first, last = item.published.instant, item.updated.instant
    return last if first is not None and last is not None and last > first else None
