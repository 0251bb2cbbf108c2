"""A page saved as text: the story found among the site's chrome.

Anchor first: the dateline whose paragraphs run on longest, or without one the longest run of prose.
Then upwards to the headline, by breadcrumb, repetition and words shared with the body; section and
tagline by their place; a summary that the first paragraph repeats stays a teaser and is not shown
twice (`Facts.standfirst`). What is not found to be story is left out.
"""

from dataclasses import dataclass, replace
from datetime import date

from dateline.standards.copy.body import blocks_of
from dateline.standards.copy.bylines import byline_in
from dateline.standards.copy.dateline import Found, complete, find_dateline
from dateline.standards.copy.lines import Line, lines_of, paragraphs_of
from dateline.standards.copy.page_lines import WEAK, LineKind, bare, kinds_of
from dateline.standards.copy.page_parts import (
    Above,
    date_in_address,
    find_headline,
    find_section,
    find_teaser,
    stamps_in,
)
from dateline.standards.copy.page_run import best_runs
from dateline.standards.copy.stamps import Stamp
from dateline.standards.copy.year import year_warnings
from dateline.standards.errors import CopyError
from dateline.standards.facts import Facts
from dateline.standards.text.clean import direction_of, without_marks


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page and what each is."""

    lines: list[Line]
    kinds: list[LineKind]


def page_in(text: str) -> Page | None:
    """Say whether clean text is a saved page: give its lines, or None when it is plain copy."""
    lines = lines_of(text)
    kinds = kinds_of(lines)
    apart = frozenset(
        line.number
        for line, kind in zip(lines, kinds, strict=True)
        if kind not in ("prose", "short")
    )
    joined = paragraphs_of(lines, apart=apart)
    if len(joined) < len(lines):
        lines, kinds = joined, kinds_of(joined)
    chrome = [
        line.text
        for line, kind in zip(lines, kinds, strict=True)
        if kind in ("stop", "skip", "crumb")
    ]
    sure = sum(not WEAK.match(bare(text)) for text in chrome)
    machine = sum(kind == "machine" for kind in kinds)
    is_page = sure >= 1 or len(chrome) >= 2 or machine >= 5
    return Page(lines, kinds) if is_page else None


def read_page(page: Page, *, document_date: date | None = None) -> Facts:
    """Read the story of a saved page.

    Raises:
        CopyError: `no-body` when nothing on the page reads like a story, `no-headline` when
            nothing above it reads like its headline.
    """
    runs = best_runs(page.lines, page.kinds)
    for run in runs:
        found = find_dateline(without_marks(page.lines[run[0]].text))
        body = _body(page, run, found)
        above = Above(page.lines[: run[0]], page.kinds[: run[0]], [line.text for line in body])
        at = find_headline(above) if body else None
        if at is not None:
            return _dated(page, _facts(page, above, at, body), found, run, document_date)
    if runs:
        raise CopyError(
            "no-headline",
            "the story on this saved page has no headline above it",
            cure="put the headline on a line of its own above the dateline",
            where=f"line {page.lines[runs[0][0]].number}",
        )
    what = "this looks like a saved page, and nothing on it reads like the text of a story"
    raise CopyError("no-body", what, cure="save the page of one story")


def _body(page: Page, run: list[int], found: Found | None) -> list[Line]:
    lines = [page.lines[at] for at in run]
    if found is None:
        return [line for line in lines if not byline_in(line.text)]
    first = [replace(lines[0], text=found.rest)] if found.rest else []
    return first + [line for line in lines[1:] if not byline_in(line.text)]


def _facts(page: Page, above: Above, at: int, body: list[Line]) -> Facts:
    headline = above.lines[at].text
    section, tagline = find_section(above, at)
    bylines = [read for line in above.lines[at:] if (read := byline_in(line.text))]
    byline, authors = bylines[0] if bylines else (None, ())
    captions = [
        line.text for line, kind in zip(page.lines, page.kinds, strict=True) if kind == "caption"
    ]
    address = page.lines[0].text if page.lines[0].text.startswith(("http://", "https://")) else None
    sample = headline + " ".join(line.text for line in body[:3])
    return Facts(
        headline=headline,
        teaser=find_teaser(above, at, tagline),
        section_name=section,
        section_tagline=tagline,
        byline=byline,
        authors=authors,
        caption=captions[0] if captions else None,
        guid=address,
        link=address,
        direction="rtl" if direction_of(sample) == "rtl" else "ltr",
        body=blocks_of(body),
    )


def _dated(
    page: Page, facts: Facts, found: Found | None, run: list[int], document_date: date | None
) -> Facts:
    stamp = _stamp(page, found, run)
    known = document_date or (stamp.day if stamp else date_in_address(facts.link or ""))
    dateline = complete(found.dateline, known) if found else None
    return replace(
        facts,
        dateline=dateline,
        version_created=stamp.instant if stamp else None,
        version_created_local=stamp.local if stamp and not stamp.instant else None,
        warnings=year_warnings(dateline, found.written if found else None, known),
    )


def _stamp(page: Page, found: Found | None, run: list[int]) -> Stamp | None:
    """Choose the publication time: the one that fits the dateline, else the nearest above."""
    stamps = stamps_in(page.lines, page.kinds)
    written = found.written if found else None
    if written:
        fits = [
            one for _, one in stamps if (one.day.month, one.day.day) == (written.month, written.day)
        ]
        if fits:
            return next((one for one in fits if one.instant), fits[0])
    above = [one for at, one in stamps if at < run[0]]
    below = [one for at, one in stamps if at > run[0]]
    return above[-1] if above else below[0] if below and not written else None
