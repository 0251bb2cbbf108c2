"""Plain-text copy: headline, standfirst, byline, dateline, paragraphs."""

from dataclasses import dataclass, field, replace
from datetime import date

from dateline.standards.copy.body import blocks_of
from dateline.standards.copy.bylines import byline_in
from dateline.standards.copy.dateline import Found, complete, find_dateline
from dateline.standards.copy.lines import Line, ends_sentence, lines_of, paragraphs_of
from dateline.standards.copy.marks import (
    is_dropped_mark,
    is_end_mark,
    labelled_in,
    note_in,
    slugline_in,
)
from dateline.standards.copy.stamps import Stamp, stamp_in
from dateline.standards.copy.year import year_warnings
from dateline.standards.errors import CopyError
from dateline.standards.facts import Block, Facts, Note
from dateline.standards.text.clean import direction_of, without_marks

_LONGEST_HEADLINE = 250
_HEAD_PARTS = 8


@dataclass(slots=True)
class _Copy:
    """Copy on its way from lines to facts."""

    story: list[Line] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    slugline: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    stamp: Stamp | None = None


def read_copy(text: str, *, document_date: date | None = None) -> Facts:
    """Read clean text as copy.

    Raises:
        CopyError: `no-headline` or `no-body`.
    """
    copy = _sift(paragraphs_of(lines_of(text)))
    _byline_at_end(copy)
    known = document_date or (copy.stamp.day if copy.stamp else None)
    at, found = _dateline_in(copy.story, known)
    head, body = _divide(copy, at, found)
    facts = _headed(copy, head)
    blocks = blocks_of(body)
    if not blocks:
        where = f"line {copy.story[-1].number}" if copy.story else "the file"
        what = f"no body text follows the headline “{(facts.headline or '')[:60]}”"
        raise CopyError("no-body", what, cure="send the whole story", where=where)
    return _finished(facts, blocks, found, known)


def _sift(paragraphs: list[Line]) -> _Copy:
    copy = _Copy()
    ended = False
    for line in paragraphs:
        if ended:
            copy.notes.append(Note(text=line.text))
        elif is_end_mark(line.text) and copy.story:
            ended = True
        elif not is_dropped_mark(line.text) and not _taken_aside(copy, line):
            copy.story.append(line)
    return copy


def _taken_aside(copy: _Copy, line: Line) -> bool:
    note = note_in(line.text)
    if note:
        copy.notes.append(Note(text=note))
        return True
    if len(copy.story) > _HEAD_PARTS:
        return False
    labelled = labelled_in(line.text) if len(copy.story) < 2 else None
    if labelled:
        copy.labels.setdefault(*labelled)
        copy.stamp = copy.stamp or stamp_in(line.text)
        return True
    slugline = slugline_in(line.text) if len(copy.story) < 2 else None
    if slugline and copy.slugline is None:
        copy.slugline = slugline
        return True
    return _aside_in_head(copy, line)


def _aside_in_head(copy: _Copy, line: Line) -> bool:
    stamp = stamp_in(line.text) if copy.story or line.number > 1 else None
    if stamp:
        copy.stamp = copy.stamp or stamp
        return True
    byline = byline_in(line.text) if copy.story else None
    if byline and copy.byline is None:
        copy.byline, copy.authors = byline
        copy.story.append(replace(line, text=""))
        return True
    return False


def _byline_at_end(copy: _Copy) -> None:
    """Take a byline that closes the copy, as Russian agencies set it."""
    read = byline_in(copy.story[-1].text) if len(copy.story) > 2 and copy.byline is None else None
    if read:
        copy.byline, copy.authors = read
        copy.story.pop()


def _dateline_in(story: list[Line], known: date | None) -> tuple[int, Found | None]:
    prose = 0
    for at, line in enumerate(story[:_HEAD_PARTS]):
        if not line.text:
            continue
        found = find_dateline(without_marks(line.text), known=known, weak=0 < at < 5)
        if found:
            return at, found
        prose += at > 0 and len(line.text) > 90 and ends_sentence(line.text)
        if prose > 2:
            break
    return 0, None


def _divide(copy: _Copy, at: int, found: Found | None) -> tuple[list[str], list[Line]]:
    """Part the story into the texts above its body and the body."""
    story = copy.story
    labelled = copy.labels.get("headline") or copy.labels.get("title")
    if found is None:
        at = 0 if labelled else _body_start(story)
        return [line.text for line in story[:at] if line.text], [
            one for one in story[at:] if one.text
        ]
    if at == 0 and not labelled:
        raise CopyError(
            "no-headline",
            "there is no headline, the copy begins with its dateline",
            cure="put the headline on a line of its own above it",
            where=f"line {story[0].number}",
        )
    rest = [replace(story[at], text=found.rest)] if found.rest else []
    body = rest + [line for line in story[at + 1 :] if line.text]
    return [line.text for line in story[:at] if line.text], body


def _body_start(story: list[Line]) -> int:
    """Where the body begins when no dateline tells: after the headline, or after the byline."""
    byline = next((at for at, line in enumerate(story[:5]) if not line.text), None)
    if byline is not None:
        return byline + 1
    return 2 if len(story) > 2 and _is_kicker(story[0].text, story[1].text) else 1


def _headed(copy: _Copy, head: list[str]) -> Facts:
    labels = copy.labels
    headline = labels.get("headline") or labels.get("title")
    kicker = labels.get("kicker")
    if not headline and len(head) > 1 and _is_kicker(head[0], head[1]):
        kicker, head = head[0].rstrip(":"), head[1:]
    if not headline and head:
        headline, head = head[0], head[1:]
    if not headline or len(headline) > _LONGEST_HEADLINE:
        raise CopyError(
            "no-headline",
            "there is no headline, the first line is already a paragraph",
            cure=f"put a headline of at most {_LONGEST_HEADLINE} characters on the first line",
            where=f"line {copy.story[0].number}" if copy.story else "the file",
        )
    subheadline = head.pop(0) if len(head) > 1 and not ends_sentence(head[0]) else None
    teaser = labels.get("standfirst") or labels.get("summary") or labels.get("abstract")
    return _with_labels(copy, headline, kicker, subheadline, teaser or " ".join(head) or None)


def _with_labels(
    copy: _Copy, headline: str, kicker: str | None, subheadline: str | None, teaser: str | None
) -> Facts:
    labels, stamp = copy.labels, copy.stamp
    keywords = (word.strip() for word in labels.get("keywords", "").split(","))
    return Facts(
        headline=headline,
        kicker=kicker,
        subheadline=subheadline,
        teaser=teaser,
        slugline=copy.slugline,
        byline=copy.byline,
        authors=copy.authors,
        keywords=tuple(word for word in keywords if word),
        language=labels.get("language"),
        section_name=labels.get("section"),
        category=labels.get("category"),
        source=labels.get("source"),
        credit=labels.get("credit"),
        notes=tuple(copy.notes),
        version_created=stamp.instant if stamp else None,
        version_created_local=stamp.local if stamp and not stamp.instant else None,
    )


def _finished(
    facts: Facts, blocks: tuple[Block, ...], found: Found | None, known: date | None
) -> Facts:
    dateline = complete(found.dateline, known) if found else None
    sample = (facts.headline or "") + " ".join(block.text for block in blocks[:3])
    return replace(
        facts,
        body=blocks,
        dateline=dateline,
        direction="rtl" if direction_of(sample) == "rtl" else "ltr",
        warnings=year_warnings(dateline, found.written if found else None, known),
    )


def _is_kicker(first: str, second: str) -> bool:
    words = first.split()
    if len(words) > 4 or len(first) > 32 or ends_sentence(first.rstrip(":")):
        return False
    return first.endswith(":") or (first.isupper() and not second.isupper())
