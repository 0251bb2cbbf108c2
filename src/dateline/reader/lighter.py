"""A page without what is heavy: a walk along the tags of one of our own pages.

Our pages are well formed, which a test holds them to, so a plain walk is enough: nothing has to be
guessed or put right, and the text is kept letter by letter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from dateline.reader.links import LITE, has_lite

Attribute = tuple[str, str | None]
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})
_GONE = frozenset({"img", "picture", "script", "story-actions", "template"})
_GONE_CLASSES = frozenset({"list-picture", "needs-scripts", "newsfeed", "with-scripts"})
_TOLD = frozenset({"color-scheme", "dateline-journal", "theme-color", "viewport"})
_EMPTY_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """What a lite page has in place of what was taken out.

    Shape: `head` and `top` are HTML, put at the end of the head and above the page; `picture` is a
        sentence with `%(what)s` for what a picture shows.
    """

    head: str
    top: str
    picture: str


def lightened(html: str, instead: Instead) -> str:
    """Return a page without scripts, pictures and what only these bring to life.

    Links to other pages lead to their lite versions. A picture in a story becomes a link to it.
    """
    walk = _Walk(instead)
    walk.feed(html)
    walk.close()
    return _EMPTY_LINES.sub("\n", "".join(walk.kept))


class _Walk(HTMLParser):
    """Keeps each piece of a page, or leaves it out with everything in it."""

    def __init__(self, instead: Instead) -> None:
        super().__init__(convert_charrefs=False)
        self.kept: list[str] = []
        self._instead = instead
        self._left_out = 0
        self._is_in_story = False

    def handle_starttag(self, tag: str, attrs: list[Attribute]) -> None:
        """Keep a tag, or begin to leave out; the first header is that of the page."""
        given = dict(attrs)
        if self._left_out or self._is_left_out(tag, given):
            self._left_out += tag not in _VOID
            self._name_picture(tag, given)
            return
        if tag == "article" and "story" in _classes(given):
            self._is_in_story = True
        if tag == "header" and "strip" in _classes(given):
            self.kept.append(self._instead.top)
        self.kept.append(_rewritten(tag, attrs))

    def handle_startendtag(self, tag: str, attrs: list[Attribute]) -> None:
        """Take a tag that closes itself as both."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Keep a tag, or leave out one more."""
        if self._left_out:
            self._left_out -= 1
            return
        if tag == "article":
            self._is_in_story = False
        if tag == "head":
            self.kept.append(self._instead.head)
        self.kept.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        """Keep `&name;` as it is written."""
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Keep `&#name;` as it is written."""
        self._keep(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        """Keep the doctype."""
        self._keep(f"<!{decl}>")

    def _keep(self, text: str) -> None:
        if not self._left_out:
            self.kept.append(text)

    def _is_left_out(self, tag: str, given: dict[str, str | None]) -> bool:
        if tag in ("link", "meta"):
            return not _is_told(tag, given)
        if tag == "figure" and not self._is_in_story:
            return True
        is_inert = tag == "button" and given.get("type") != "submit"
        is_marked = "hidden" in given or "data-full" in given
        return (
            tag in _GONE or is_inert or is_marked or not _GONE_CLASSES.isdisjoint(_classes(given))
        )

    def _name_picture(self, tag: str, given: dict[str, str | None]) -> None:
        """Put a link where a story has a picture; a portrait has no words of its own."""
        what, where = given.get("alt"), given.get("src")
        if tag == "img" and self._is_in_story and what and where:
            words = escape(self._instead.picture % {"what": what})
            self.kept.append(f'<a href="{escape(where)}">{words}</a>')


def _classes(given: dict[str, str | None]) -> set[str]:
    return set((given.get("class") or "").split())


def _is_told(tag: str, given: dict[str, str | None]) -> bool:
    """Say whether something in the head matters to a page that no search engine lists."""
    if tag == "link":
        return given.get("rel") == "canonical"
    return "charset" in given or given.get("name") in _TOLD


def _rewritten(tag: str, attrs: Sequence[Attribute]) -> str:
    """Return a start tag with links to pages made lite, and without what scripts would read."""
    kept = (_attribute(*one) for one in attrs if not one[0].startswith("data-"))
    return f"<{' '.join([tag, *kept])}>"


def _attribute(name: str, value: str | None) -> str:
    if value is None:
        return name
    leads_on = name in {"href", "action"} and has_lite(value)
    return f'{name}="{escape(LITE + value if leads_on else value)}"'
