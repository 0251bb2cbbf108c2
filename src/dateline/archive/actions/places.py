"""Where an archive's items stand here: sections found or made for their categories."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from dateline.archive.report import Report
from dateline.archive.rules import LEAVE_OUT, Plan, fold, names_of
from dateline.people.models import Account
from dateline.standards.archives.facts import ArchiveItem, Category
from dateline.stories.rules import address_slug
from dateline.topics.actions import save_section
from dateline.topics.models import Edition, Section
from dateline.topics.queries import sections_of


@dataclass(frozen=True, slots=True)
class Placed:
    """A section by its path; in a rehearsal it may not be there yet. Or why there is none."""

    path: str = ""
    section: Section | None = None
    why: str = ""


class Places:
    """An edition's sections, and which category belongs to which."""

    def __init__(
        self, *, by: Account | None, edition: Edition, plan: Plan, default: str, report: Report
    ) -> None:
        self._by, self._edition, self._plan, self._report = by, edition, plan, report
        self._default = default.strip("/")
        self._sections = {one.path: one for one in sections_of(edition)}
        self._unmade: set[str] = set()
        self._known: dict[tuple[Category, ...], Placed] = {}
        self.makes = False
        self.is_rehearsal = False

    @property
    def paths(self) -> list[str]:
        """The paths of the edition's sections."""
        return list(self._sections)

    def find(self, item: ArchiveItem) -> Placed:
        """Return where an item stands."""
        known = self._known.get(item.categories)
        if known is None:
            known = self._find(item)
            if len(self._known) < 10_000:
                self._known[item.categories] = known
        if not known.why and not self._is_own(item, known):
            self._report.categories.update(one.slugs for one in item.categories[:1])
        return known

    def _is_own(self, item: ArchiveItem, placed: Placed) -> bool:
        """Say whether a section was meant for the item, and is not only the one for the rest."""
        return placed.path != self._default or self._matched(item) is not None

    def _find(self, item: ArchiveItem) -> Placed:
        matched = self._matched(item)
        if matched == LEAVE_OUT:
            return Placed(why="left out by the map")
        if matched is not None:
            return self._at(matched, f"the map's section “{matched}” is not there")
        if self.makes and item.categories:
            return self._made(item.categories[0])
        if self._default:
            return self._at(self._default, f"the section “{self._default}” is not there")
        self._report.categories.update(one.slugs for one in item.categories[:1])
        return Placed(why="no section for its category" if item.categories else "no category")

    def _matched(self, item: ArchiveItem) -> str | None:
        """Return the path the map gives, else the one that has a category's address or name."""
        for names in names_of(item):
            for name in names:
                if name in self._plan.sections:
                    return self._plan.sections[name].strip("/") or LEAVE_OUT
        named = {fold(one.name): path for path, one in self._sections.items()}
        known = {path: path for path in self._sections} | named
        main = item.categories[:1] if self.makes else item.categories
        ways = (way for category in main for way in _ways(category, exact=self.makes))
        return next((known[way] for way in ways if way in known), None)

    def _at(self, path: str, why: str) -> Placed:
        section = self._sections.get(path)
        if section is not None:
            return Placed(path, section)
        if self.makes:
            parts = tuple((part, part.replace("-", " ").capitalize()) for part in path.split("/"))
            return self._made(Category(path=parts))
        return Placed(why=why)

    def _made(self, category: Category) -> Placed:
        path, parent = "", None
        for slug, name in category.path:
            slug = address_slug(slug if slug.isascii() else name)[:60]
            path = f"{path}/{slug}".lstrip("/")
            try:
                parent = self._sections.get(path) or self._make(path, slug, name, parent)
            except ValidationError as refused:
                return Placed(why=f"section “{path}”: {' '.join(refused.messages)}")
        return Placed(path, parent)

    def _make(self, path: str, slug: str, name: str, parent: Section | None) -> Section | None:
        if path not in self._unmade:
            self._report.done["sections made"] += 1
        if self.is_rehearsal:
            self._unmade.add(path)
            return None
        section = Section(edition=self._edition, name=name[:80] or slug, slug=slug, parent=parent)
        section.position = len(self._sections)
        self._sections[path] = save_section(by=self._by, section=section)
        return section


def _ways(category: Category, *, exact: bool) -> Iterator[str]:
    """Yield the folded names a category's section may have; those it is part of come after."""
    slugs = [fold(slug) for slug, _ in category.path]
    yield "/".join(slugs)
    for depth in range(len(slugs), 0, -1):
        if exact and depth < len(slugs):
            return
        yield from (slugs[depth - 1], fold(category.path[depth - 1][1]))
