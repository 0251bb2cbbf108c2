"""What the search page is given; see `contexts`."""

from typing import ClassVar

from django.utils.safestring import SafeString

from dateline.reader.contexts import (
    NO_HTML,
    LinkContext,
    PageContext,
    StoryCardContext,
    context,
    says,
)


@context
class SearchResultContext:
    """One story that was found. Partial: `_search_result.html`."""

    card: StoryCardContext = says("The story as lists show it.")
    headline: SafeString = says("The headline as escaped html, the words found in `<mark>`.")
    extract: SafeString = says(
        "The place where the words stand, escaped, in `<mark>`; may be empty.", default=NO_HTML
    )


@context
class SearchChoiceContext:
    """One choice of a filter. Partial: `_search_choice.html`."""

    value: str = says("What is sent; empty for no limit.")
    label: str = says("The words shown.")
    is_chosen: bool = says("Whether it is the one in force.", default=False)


@context
class SearchContext:
    """Stories found by their words, with the form that asks for them."""

    template: ClassVar[str] = "reader/search.html"
    page: PageContext = says("Shared furniture.")
    query: str = says("What was asked for, as it was typed.", default="")
    is_asked: bool = says("Whether something was looked for.", default=False)
    is_cut: bool = says("Whether the question was longer than is read.", default=False)
    is_too_slow: bool = says("Whether the search was given up.", default=False)
    sections: tuple[SearchChoiceContext, ...] = says("The filter by section.", default=())
    kinds: tuple[SearchChoiceContext, ...] = says("The filter by kind.", default=())
    sorts: tuple[SearchChoiceContext, ...] = says("The orders.", default=())
    since: str = says("First day, as `2026-11-24`; empty for none.", default="")
    until: str = says("Last day, as `2026-11-24`; empty for none.", default="")
    has_filter: bool = says("Whether any filter is in force.", default=False)
    topic: LinkContext | None = says(
        "The topic it is limited to; the link lifts that.", default=None
    )
    topic_slug: str = says("The topic's slug, sent along; empty for none.", default="")
    results: tuple[SearchResultContext, ...] = says("What was found, in order.", default=())
    total: int | None = says("How many were found; None on further pages.", default=None)
    is_more: bool = says("Whether there are more than `total`.", default=False)
    guess: LinkContext | None = says("The question that may have been meant.", default=None)
    older_url: str = says("The next page; empty at the end.", default="")
    suggest_url: str = says("Where suggestions come from while typing.", default="")
