"""`dateline chats`: from what was typed to discussions in and out."""

import os
from pathlib import Path

from dateline.common import clock
from dateline.config.errors import CopyRefused, StartRefused
from dateline.standards.errors import CopyError
from dateline.standards.talk.facts import Talk
from dateline.standards.talk.reading import read_talk

_SHOWN = 20


def look_through(file: Path, system: str) -> Talk:
    """Read an export from end to end, before anything is opened for writing.

    Raises:
        StartRefused, CopyRefused: it cannot be read; says what and what to do.
    """
    if not file.is_file():
        raise CopyRefused(file=file, what="is not there, or no file")
    try:
        return read_talk(file, system=system)
    except CopyError as error:
        raise StartRefused(what=f"{file.name}: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CopyRefused(file=file, what=str(error)) from error


def take(talk: Talk, story: int | None) -> str:
    """Take a discussion in and return what to print of it.

    Raises:
        StartRefused: there is no such story.
    """
    from dateline.chats.actions.taking import take_talk  # noqa: PLC0415 - needs Django
    from dateline.stories.models import Story  # noqa: PLC0415

    place = Story.objects.filter(pk=story).select_related("edition").first()
    if story is not None and place is None:
        raise StartRefused(what=f"There is no story {story} in this newsroom.")
    done = take_talk(by=None, talk=talk, story=place)
    lines = [
        f"{done.taken:,} messages taken into {done.chats:,} chats, {done.known:,} known before"
    ]
    if done.homeless:
        lost = sum(done.homeless.values())
        lines.append(f"{lost:,} messages left out: no story of yours is at their address:")
        lines += [f"  {count:6,}  {where}" for where, count in [*done.homeless.items()][:_SHOWN]]
        more = len(done.homeless) - _SHOWN
        lines += [f"  and {more:,} more addresses"] if more > 0 else []
    return "\n".join(lines)


def export_to(target: Path, *, story: int | None, is_html: bool, is_whole: bool) -> str:
    """Write each chat into a file of its own and return what to print.

    Raises:
        CopyRefused: the folder cannot be written.
    """
    from django.conf import settings  # noqa: PLC0415 - needs Django

    from dateline.chats.export import as_html, as_json, chats_to_export  # noqa: PLC0415

    now, site, count = clock.now(), settings.DATELINE.base_url, 0
    try:
        target.mkdir(parents=True, exist_ok=True)
        for chat in chats_to_export(story):
            ending = "html" if is_html else "json"
            with (target / f"chat-{chat.pk}.{ending}").open("w", encoding="utf-8") as file:
                if is_html:
                    file.write(as_html(chat, site=site, now=now))
                else:
                    file.writelines(as_json(chat, site=site, now=now, is_whole=is_whole))
            count += 1
    except OSError as error:
        what = os.strerror(error.errno).lower() if error.errno else str(error)
        raise CopyRefused(file=target, what=what) from error
    return f"{count:,} chats written to {target}"
