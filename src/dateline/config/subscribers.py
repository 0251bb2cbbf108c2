"""`dateline subscribers`: lists in and out."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.config.errors import CopyRefused, StartRefused
from dateline.standards.errors import CopyError
from dateline.standards.subscribers.facts import Listed, Unreadable
from dateline.standards.subscribers.reading import read_subscribers

if TYPE_CHECKING:
    from dateline.subscriptions.actions import Choice
    from dateline.subscriptions.actions.listed_choices import ListOrder

_SHOWN = 20
_UNDATED = "lines with a date that cannot be read; a consent has the time of this import instead"
_SAY_WHAT = "left out: say with --follow what they follow, or with --label what their labels mean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for on the command line."""

    files: tuple[Path, ...]
    system: str = ""
    edition: str = ""
    follow: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    pace: str = "daily"
    dry_run: bool = False


def look_through(wish: Wish) -> None:
    """Read every file from end to end, before anything is opened for writing.

    Raises:
        StartRefused, CopyRefused: one cannot be read; says what and what to do.
    """
    for file in wish.files:
        if not file.is_file():
            raise CopyRefused(file=file, what="is not there, or no file")
        try:
            for _ in read_subscribers(file, system=wish.system):
                pass
        except CopyError as error:
            named = str(error) if error.where == file.name else f"{file.name}: {error}"
            raise StartRefused(what=named) from error


def take(wish: Wish) -> str:
    """Take the lists in, or rehearse it, and return what to print.

    Raises:
        StartRefused: there is no such edition, or nothing of that name to follow.
    """
    from dateline.subscriptions.actions.listing import (  # noqa: PLC0415 - needs Django
        BATCH,
        rehearse_listed,
        take_listed,
    )
    from dateline.subscriptions.actions.rehearsal import Rehearsal  # noqa: PLC0415

    order, tally = _order(wish), _Tally()
    with closing(Rehearsal()) as rehearsal:
        for file in wish.files:
            order = replace(order, file=file.name)
            lines = tally.named(file, read_subscribers(file, system=wish.system))
            while batch := list(islice(lines, BATCH)):
                tally.fates += (
                    rehearse_listed(lines=batch, order=order, rehearsal=rehearsal)
                    if wish.dry_run
                    else take_listed(by=None, lines=batch, order=order)
                )
    return "\n".join(tally.told(is_rehearsed=wish.dry_run))


@dataclass(slots=True)
class _Oddities:
    """Lines that are odd in one way: how many, and the first of them."""

    what: str
    count: int = 0
    shown: list[str] = field(default_factory=list)

    def note(self, file: Path, line: int, why: str) -> None:
        """Count a line."""
        self.count += 1
        if self.count <= _SHOWN:
            self.shown.append(f"{file.name}, line {line}: {why}")

    def told(self) -> Iterable[str]:
        """Yield what to print, if there is any."""
        if self.count:
            yield f"{self.count:8,}  {self.what}:"
            yield from (_under(line) for line in self.shown)
        if self.count > _SHOWN:
            yield _under(f"and {self.count - _SHOWN:,} more")


def _under(line: str) -> str:
    """Return a line that says more of a count above it."""
    return f"{'':10}{line}"


@dataclass(slots=True)
class _Tally:
    """What became of how many lines, and which of them are odd."""

    fates: "Counter[str]" = field(default_factory=Counter)
    undated: _Oddities = field(default_factory=lambda: _Oddities(_UNDATED))
    unread: _Oddities = field(default_factory=lambda: _Oddities("lines that name nobody"))

    def named(self, file: Path, lines: Iterable[Listed | Unreadable]) -> Iterator[Listed]:
        """Yield lines that name somebody, and note those that are odd."""
        for line in lines:
            if isinstance(line, Unreadable):
                self.unread.note(file, line.line, line.why)
                continue
            if line.odd_dates:
                dates = ", ".join(f"“{date}”" for date in line.odd_dates)
                self.undated.note(file, line.line, f"{dates} cannot be read as a date")
            yield line

    def told(self, *, is_rehearsed: bool) -> Iterable[str]:
        """Yield what to print."""
        from dateline.subscriptions.listing_rules import Fate  # noqa: PLC0415 - needs Django

        if is_rehearsed:
            yield "Nothing was stored. This would be done:"
        for fate, count in self.fates.most_common():
            yield f"{count:8,}  {fate}"
            if fate == Fate.NO_CHOICE:
                yield _under(_SAY_WHAT)
        yield from self.undated.told()
        yield from self.unread.told()


def _order(wish: Wish) -> "ListOrder":
    from dateline.subscriptions.actions.listed_choices import (  # noqa: PLC0415 - needs Django
        ListOrder,
        choice_named,
    )
    from dateline.topics.queries import default_edition, edition_by_code  # noqa: PLC0415

    edition = edition_by_code(wish.edition) if wish.edition else default_edition()
    if edition is None:
        raise StartRefused(what=f"There is no edition {wish.edition or 'yet'} in this newsroom.")

    def choice(name: str) -> "Choice":
        made = choice_named(name, pace=wish.pace, edition=edition)
        if made is None:
            raise StartRefused(what=f"There is nothing to follow called {name!r}.")
        return made

    labels = {}
    for label in wish.labels:
        word, _, name = label.partition("=")
        labels[word.strip().lower()] = choice(name.strip())
    usual = tuple(choice(name) for name in wish.follow)
    return ListOrder(edition=edition, usual=usual, labels=labels)


def export_to(target: Path) -> str:
    """Write everybody into a file for its owner alone and return what to print.

    Raises:
        CopyRefused: it cannot be written, or is there already.
    """
    from dateline.standards.subscribers.writing import written  # noqa: PLC0415
    from dateline.subscriptions.export import listed_subscribers  # noqa: PLC0415 - needs Django

    count = Counter[str]()
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.writelines(written(_counted(listed_subscribers(), count)))
    except OSError as error:
        raise CopyRefused(file=target, what=str(error.strerror or error).lower()) from error
    return f"{count['people']:,} subscribers written into {target}"


def _counted(lines: Iterable[Listed], count: "Counter[str]") -> Iterator[Listed]:
    """Count whom lines name: several that follow each other may name one."""
    last = ""
    for line in lines:
        count["people"] += line.address != last
        last = line.address
        yield line


def take_returned(mails: Iterable[bytes]) -> str:
    """Take mails that came back and return what to print."""
    from dateline.subscriptions.mail.returns import take_mail  # noqa: PLC0415 - needs Django

    came = [take_mail(data) for data in mails]
    reports, known = sum(one.is_report for one in came), sum(one.known for one in came)
    news = sum(one.news for one in came)
    left = Counter(one.why for one in came if not one.is_report)
    whys = ", ".join(f"{count} {why}" for why, count in left.most_common())
    told = f"{len(came)} mails: {reports} reports, {known} about letters of ours, {news} new"
    return f"{told}; for a person: {whys}" if whys else told
