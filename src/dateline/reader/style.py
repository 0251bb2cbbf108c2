"""`/-/style`: every part of the reader's site in every state, for designers and for the tests."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from dateline.reader import stylebook
from dateline.reader.contexts import GoneContext, KindLinkContext
from dateline.reader.stylebook_words import Words
from dateline.stories.enums import Kind

THEMES = ("light", "dark")
DIRECTIONS = ("ltr", "rtl")
COLOURS = (
    "surface",
    "surface-sunk",
    "surface-pressed",
    "text",
    "text-quiet",
    "text-faint",
    "rule",
    "rule-strong",
    "link",
    "breaking",
    "mark",
    "strip",
)
SIZES = ("00", "0", "1", "2", "3", "4", "5", "6", "7", "8", "story")


@require_safe
def style(request: HttpRequest, look: str = "ltr-light") -> HttpResponse:
    """Show the parts in one direction of writing and one light.

    Args:
        request: Says nothing else that matters.
        look: As `rtl-dark`.
    """
    direction, _, theme = look.partition("-")
    if direction not in DIRECTIONS or theme not in THEMES:
        raise Http404
    words = stylebook.words_of(direction)
    with translation.override(words.language), timezone.override("UTC"):
        response = render(request, "reader/style/page.html", _values(words, look, theme))
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-cache"
    return response


def _values(words: Words, look: str, theme: str) -> dict[str, object]:
    page = stylebook.page(words, path=f"/-/style/{look}", title=words.headlines[0])
    cards = stylebook.cards(words)
    return {
        "page": page,
        "look": look,
        "looks": [f"{direction}-{light}" for direction in DIRECTIONS for light in THEMES],
        "theme": theme,
        "colours": COLOURS,
        "sizes": SIZES,
        "words": words,
        "cards": cards,
        "lead": cards[0],
        "seconds": cards[1:3],
        "rail": cards[1:5],
        "stories": [stylebook.story(words, kind) for kind in Kind],
        "following": cards[:4],
        "kinds": [
            KindLinkContext(kind=kind, label=str(kind.label), url="#", is_current=kind == Kind.NEWS)
            for kind in Kind
        ],
        "gone": GoneContext(page=page, withdrawn_at=stylebook.AT, notice=words.note),
    }
