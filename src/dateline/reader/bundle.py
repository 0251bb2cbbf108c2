"""Make the style sheets of the reader's site out of their parts.

A page may ask for one style before the first paint, and people want one file per part. So the
parts are joined here, in the order of their layers, and the result is kept beside them; a test
checks that it is up to date. What only scripts show (dialogs) is a second sheet, which comes with
the first of them; pages of an account, of chats, of storylines and lite pages have one of their
own. Run `python -m dateline.reader.bundle` after changing a part.
"""

import re
from collections.abc import Iterable
from pathlib import Path

CSS = Path(__file__).parent / "static" / "reader" / "css"
SHEET = CSS / "site.css"
LATER = CSS / "later.css"
ACCOUNT = CSS / "account.css"
LITE = CSS / "lite.css"
CHAT = CSS / "chat.css"
STORYLINE = CSS / "storyline.css"
LAYERS = "@layer reset, tokens, base, layout, parts, kinds, utilities;\n"
ORDER = (
    "fonts.css",
    "reset.css",
    "tokens.css",
    "base.css",
    "layout.css",
    "parts/strip.css",
    "parts/alert.css",
    "parts/nav.css",
    "parts/signs.css",
    "parts/cards.css",
    "parts/newsfeed.css",
    "parts/story.css",
    "parts/blocks.css",
    "parts/live.css",
    "parts/pages.css",
    "parts/own.css",
    "parts/search.css",
    "parts/archive.css",
    "parts/newsletters.css",
    "kinds.css",
    "utilities.css",
    "print.css",
)
LATER_ORDER = (
    "later/over.css",
    "later/dialogs.css",
    "later/feed.css",
    "later/lightbox.css",
    "later/print.css",
)
ACCOUNT_ORDER = ("account/account.css", "chat/decided.css")
LITE_ORDER = (
    "reset.css",
    "tokens.css",
    "base.css",
    "parts/alert.css",
    "parts/nav.css",
    "parts/signs.css",
    "parts/blocks.css",
    "lite/page.css",
    "lite/lists.css",
    "lite/story.css",
    "utilities.css",
)
CHAT_ORDER = (
    "chat/messages.css",
    "chat/chat.css",
    "chat/lists.css",
    "chat/notices.css",
    "chat/decided.css",
)
STORYLINE_ORDER = ("storyline/storyline.css",)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def tighten(css: str) -> str:
    """Return a part without comments, indents and blank lines; nothing inside a rule is touched."""
    lines = (line.strip() for line in COMMENT.sub("", css).splitlines())
    return "\n".join(line for line in lines if line)


def bundled(order: Iterable[str] = ORDER, folder: Path = CSS) -> str:
    """Return a style sheet as its parts say it should be."""
    parts = (tighten((folder / name).read_text(encoding="utf-8")) for name in order)
    return LAYERS + "\n".join(parts) + "\n"


def main() -> None:
    """Write the style sheets."""
    SHEET.write_text(bundled(), encoding="utf-8")
    LATER.write_text(bundled(LATER_ORDER), encoding="utf-8")
    ACCOUNT.write_text(bundled(ACCOUNT_ORDER), encoding="utf-8")
    LITE.write_text(bundled(LITE_ORDER), encoding="utf-8")
    CHAT.write_text(bundled(CHAT_ORDER), encoding="utf-8")
    STORYLINE.write_text(bundled(STORYLINE_ORDER), encoding="utf-8")


if __name__ == "__main__":
    main()
