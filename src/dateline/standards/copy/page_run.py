"""The run of lines on a saved page that is the story's body."""

import re

from dateline.standards.copy.dateline import find_dateline
from dateline.standards.copy.lines import Line
from dateline.standards.copy.page_lines import LineKind, bare
from dateline.standards.text.clean import without_marks

_PASSED_OVER = ("skip", "machine", "caption", "foreign")
_LONGEST_GAP = 6
_MOST_DATELINES = 40
_BULLET = re.compile(r"^(?:[•·▪‣*]|-{1,2}|–)\s+\S")


def best_runs(lines: list[Line], kinds: list[LineKind]) -> list[list[int]]:
    """Find what may be the body: runs of indexes into the lines, the likeliest first.

    Order: runs that begin with a dateline before others, longer text before shorter; the first
    story on the page counts double, for the others are teasers.
    """
    runs = [_run(lines, kinds, at) for at in _datelines(lines, kinds)[:_MOST_DATELINES]]
    first = next((run for run in runs if len(run) > 1), None)
    runs.sort(key=lambda run: (_weight(lines, run) * (1 + (run is first)), run[0]), reverse=True)
    return runs + _undated(lines, kinds)


def _undated(lines: list[Line], kinds: list[LineKind]) -> list[list[int]]:
    runs: list[list[int]] = []
    for at, kind in enumerate(kinds):
        if kind == "prose" and (not runs or at > runs[-1][-1]):
            runs.append(_run(lines, kinds, at))
    good = [run for run in runs if _weight(lines, run) >= 120 or len(run) > 1]
    return sorted(good, key=lambda run: _weight(lines, run), reverse=True)


def _datelines(lines: list[Line], kinds: list[LineKind]) -> list[int]:
    found: list[int] = []
    for at, line in enumerate(lines):
        if kinds[at] in ("prose", "short", "crumb") and at > 0:
            read = find_dateline(without_marks(line.text), weak=False)
            if read and (read.rest or _prose_follows(kinds, at)):
                found.append(at)
    return found


def _prose_follows(kinds: list[LineKind], at: int) -> bool:
    for kind in kinds[at + 1 : at + 1 + _LONGEST_GAP]:
        if kind not in (*_PASSED_OVER, "stamp"):
            return kind == "prose"
    return False


def _run(lines: list[Line], kinds: list[LineKind], start: int) -> list[int]:
    run, gap = [start], 0
    for at in range(start + 1, len(lines)):
        kind = kinds[at]
        if kind in _PASSED_OVER or _is_passing_stamp(lines, kinds, at):
            gap += 1
        elif _belongs(lines, kinds, at, run):
            run.append(at)
            gap = 0
        else:
            break
        if gap > _LONGEST_GAP:
            break
    return run


def _is_passing_stamp(lines: list[Line], kinds: list[LineKind], at: int) -> bool:
    """Say whether a time stands between paragraphs; before anything shorter it heads a list."""
    long_next = at + 1 < len(lines) and len(lines[at + 1].text) > 100
    return kinds[at] == "stamp" and long_next and kinds[at + 1] == "prose"


def _belongs(lines: list[Line], kinds: list[LineKind], at: int, run: list[int]) -> bool:
    kind, text = kinds[at], lines[at].text
    if kind == "prose":
        again = bare(text) == bare(lines[run[-1]].text)
        return not again and not find_dateline(without_marks(text), weak=False)
    if _is_list_item(lines, kinds, at, run):
        return True
    if kind != "short" or at + 1 >= len(lines) or kinds[at + 1] != "prose":
        return False
    # After a piece of chrome a longer line may head another story; a subhead is short.
    close = at - 1 == run[-1] or len(text.split()) <= 4
    follows_prose = kinds[run[-1]] == "prose" and close
    return follows_prose and len(lines[at + 1].text) > len(text) and not _is_title(lines, at)


def _is_list_item(lines: list[Line], kinds: list[LineKind], at: int, run: list[int]) -> bool:
    """Say whether the line is an item of a list that a colon announced."""
    if kinds[at] not in ("short", "prose") or not _BULLET.match(lines[at].text):
        return False
    before = lines[run[-1]].text
    return before.endswith(":") or bool(_BULLET.match(before))


def _is_title(lines: list[Line], at: int) -> bool:
    """Say whether the line stands elsewhere on the page too, as a headline does."""
    line = bare(lines[at].text)
    return any(other != at and bare(one.text) == line for other, one in enumerate(lines))


def _weight(lines: list[Line], run: list[int]) -> int:
    return sum(len(lines[at].text) for at in run)
