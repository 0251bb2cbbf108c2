"""`dateline archive import`: from what was typed to an import, with its progress and report."""

import fcntl
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from dateline.common import clock
from dateline.config.errors import CopyRefused, StartRefused
from dateline.standards.archives.facts import Archive
from dateline.standards.archives.reading import Asked, read_archive
from dateline.standards.errors import CopyError

if TYPE_CHECKING:
    from dateline.archive.actions import Order, Step
    from dateline.archive.models import ImportRun
    from dateline.archive.old_site import OldSite
    from dateline.archive.report import Report
    from dateline.archive.rules import Plan

_KINDS = ("news", "live", "offbeat", "feature", "analysis")
_PLAIN_EVERY = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was typed."""

    files: tuple[Path, ...]
    plan: Path | None = None
    media: Path | None = None
    fetch: bool = False
    section: str | None = None
    edition: str | None = None
    site: str | None = None
    zone: str | None = None
    publish: bool | None = None
    drafts: bool = False
    pages: bool = False
    make_sections: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """An archive that was looked through, and the map for it."""

    archive: Archive
    plan: "Plan"
    old_site: "OldSite | None"


def look_through(wish: Wish) -> Found:
    """Read the map, and the archive from end to end, before anything is opened for writing.

    Raises:
        StartRefused: something of it cannot be used; says what and what to do.
    """
    if wish.publish is None and not wish.dry_run:
        raise StartRefused(what="Say --publish or --as-drafts, or try it first with --dry-run.")
    for path in (*wish.files, *filter(None, [wish.media])):
        if not path.exists():
            raise CopyRefused(file=path, what="is not there")
    if wish.media is not None and not wish.media.is_dir():
        raise CopyRefused(file=wish.media, what="is no folder")
    plan = _plan_in(wish.plan)
    old_site = _old_site() if wish.fetch else None
    asked = Asked(
        site=wish.site or plan.site.get("address", ""),
        zone=_zone(wish.zone or plan.site.get("zone", "")),
        pattern=plan.site.get("pattern", "/{slug}/"),
        fetch=old_site.page if old_site else None,
    )
    try:
        return Found(read_archive(wish.files, asked), plan, old_site)
    except CopyError as error:
        raise StartRefused(what=str(error)) from error
    except OSError as error:
        what = os.strerror(error.errno).lower() if error.errno else str(error)
        raise CopyRefused(file=error.filename or wish.files[0], what=what) from error


def _old_site() -> "OldSite":
    from dateline.archive.old_site import OldSite  # noqa: PLC0415 - quick start of the help

    return OldSite()


def _plan_in(path: Path | None) -> "Plan":
    from dateline.archive.rules import Plan, read_plan  # noqa: PLC0415 - quick start of the help

    if path is None:
        return Plan()
    try:
        return read_plan(path.read_text(encoding="utf-8"), kinds=_KINDS)
    except (OSError, ValueError) as error:
        raise CopyRefused(file=path, what=str(error)) from error


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise StartRefused(what=f"There is no time zone {name!r}; write Europe/Vienna.") from error


def run_import(wish: Wish, found: Found) -> None:
    """Take an archive in, with a progress bar on a terminal, and print and keep the report.

    Raises:
        StartRefused: the newsroom lacks what was asked for, or another import is running.
    """
    from dateline.archive.actions import import_archive  # noqa: PLC0415 - needs Django

    order = _order(wish, found)
    with _alone(), _progress(found.archive.total) as told:
        if wish.dry_run:
            report = import_archive(by=None, archive=found.archive, order=order, told=told)
        else:
            report = _kept(wish, found, order, told)
    click.echo(report.text)


def _order(wish: Wish, found: Found) -> "Order":
    from dateline.archive.actions import Order  # noqa: PLC0415 - needs Django
    from dateline.archive.rules import Wanted  # noqa: PLC0415
    from dateline.topics.queries import (  # noqa: PLC0415
        default_edition,
        edition_by_code,
        section_by_path,
    )

    defaults = found.plan.defaults
    code = wish.edition or defaults.get("edition", "")
    edition = edition_by_code(code) if code else default_edition()
    if edition is None:
        raise StartRefused(what=f"There is no edition {code or 'at all'!r} in this newsroom.")
    section = (wish.section or defaults.get("section", "")).strip("/")
    if section and not wish.make_sections and section_by_path(edition, section) is None:
        what = f"There is no section {section!r} in edition {edition.code!r}; make it first."
        raise StartRefused(what=what)
    return Order(
        edition=edition,
        plan=found.plan,
        section=section,
        wanted=Wanted(drafts=wish.drafts, pages=wish.pages),
        media=wish.media,
        old_site=found.old_site,
        publishes=bool(wish.publish),
        makes_sections=wish.make_sections,
        is_rehearsal=wish.dry_run,
    )


def _kept(wish: Wish, found: Found, order: "Order", told: "Callable[[Step], None]") -> "Report":
    """Import with a row that says how far it came, and the report in it and in the data folder."""
    from dateline.archive.actions import begin_run, end_run, import_archive  # noqa: PLC0415

    files = ", ".join(path.name for path in wish.files)
    run = begin_run(archive=found.archive, files=files)
    report = None
    try:
        report = import_archive(by=None, archive=found.archive, order=order, told=told)
    finally:
        end_run(run=run, report=report)
    _save_report(run, report)
    return report


def _save_report(run: "ImportRun", report: "Report") -> None:
    from dateline.common import house  # noqa: PLC0415 - needs Django

    folder = house.home() / "imports"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = f"{clock.now():%Y%m%d-%H%M%S}-{run.pk}.txt"
    (folder / name).write_text(report.text + "\n", encoding="utf-8")


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the one place for an import on this data folder."""
    from dateline.common import house  # noqa: PLC0415 - needs Django

    with (house.home() / "run" / "import.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            what = "Another import is running on this data folder; wait for its end."
            raise StartRefused(what=what) from error
        yield


@contextmanager
def _progress(total: int) -> "Iterator[Callable[[Step], None]]":
    """Show a bar on a terminal, and a line now and then where there is none."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    with click.progressbar(length=total, label="Items", file=sys.stderr, show_pos=True) as bar:

        def told(step: "Step") -> None:
            bar.label = step.what.capitalize()
            bar.length = max(step.total, 1)
            bar.pos = step.done
            bar.update(0)

        yield told


class _Lines:
    """Progress as plain lines, at most one in five seconds."""

    def __init__(self) -> None:
        self._began = self._last = monotonic()

    def __call__(self, step: "Step") -> None:
        now = monotonic()
        if now - self._last < _PLAIN_EVERY:
            return
        self._last = now
        speed = step.done / max(now - self._began, 0.001)
        click.echo(f"{step.done:,} of {step.total:,} {step.what}, {speed:.0f} a second", err=True)
