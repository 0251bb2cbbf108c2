"""Contexts with every part in them, for the tests of the templates."""

from datetime import UTC, date, datetime

from django.utils.safestring import SafeString

from dateline.reader.contexts import (
    BylineContext,
    CorrectionContext,
    CrumbContext,
    DatelineContext,
    DocumentContext,
    EditionContext,
    EmbedContext,
    FactBoxContext,
    GalleryContext,
    LinkContext,
    ListContext,
    NewsfeedContext,
    PageContext,
    ParagraphContext,
    PictureBlockContext,
    PictureContext,
    PictureSourceContext,
    PullQuoteContext,
    QuoteContext,
    StoryCardContext,
    StoryContext,
    SubheadContext,
    TableContext,
    TopicLinkContext,
)

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
WORLD = LinkContext(label="World", url="/world/", is_current=True)
PICTURE = PictureContext(
    src="/p/1.jpg",
    width=1600,
    height=1067,
    alt="A lake.",
    srcset="/p/1-480.jpg 480w",
    sources=(PictureSourceContext(mime="image/webp", srcset="/p/1-480.webp 480w"),),
    caption="The lake at noon.",
    credit="Ada Venn / Meridian",
    usage_terms="Editorial use only.",
)


def card(number: int, **changes: object) -> StoryCardContext:
    given = {
        "story_id": number,
        "headline": f"Headline {number}",
        "short_headline": f"Short {number}",
        "url": f"/20261124/story-{number}.html",
        "section": WORLD,
        "published_at": NOON,
        **changes,
    }
    return StoryCardContext(**given)


def page(**changes: object) -> PageContext:
    edition = EditionContext(code="en", name="Meridian", agency="MNA", sections=(WORLD,))
    given = {
        "title": "A title",
        "description": "A description",
        "canonical_url": "https://example.org/x",
        "journal": 41277,
        "edition": edition,
        "crumbs": (CrumbContext(label="Meridian", url="/"), CrumbContext(label="Here")),
        "newsfeed": NewsfeedContext(channel="newsfeed:en", after=41277, lines=(card(1), card(2))),
        "now": NOON,
        **changes,
    }
    return PageContext(**given)


def story(**changes: object) -> StoryContext:
    dateline = DatelineContext(
        place="BRENN", filed_on=date(2026, 11, 24), date_text="November 24", agency="Meridian"
    )
    given = {
        "story_id": 7,
        "version": 3,
        "language": "en",
        "headline": "The headline",
        "url": "/20261124/x-7.html",
        "kicker": "The kicker",
        "standfirst": "The standfirst.",
        "section": WORLD,
        "bylines": (BylineContext(name="Ilse Marek", role="Correspondent", portrait=PICTURE),),
        "published_at": NOON,
        "updated_at": NOON,
        "picture": PICTURE,
        "editors_note": SafeString("A note."),
        "corrections": (CorrectionContext(at=NOON, html=SafeString("A <em>correction</em>.")),),
        "topics": (
            TopicLinkContext(
                label="Ostrel", url="/topics/ostrel/", kind="place", wikidata_id="Q42"
            ),
        ),
        "source": "Another agency",
        "blocks": (
            ParagraphContext(block_id="a", html=SafeString("First."), dateline=dateline),
            SubheadContext(block_id="b", text="Subhead"),
            ListContext(block_id="c", items=(SafeString("one"), SafeString("two"))),
            QuoteContext(block_id="d", html=SafeString("Words"), speaker="Ada", role="mayor"),
            PullQuoteContext(block_id="d2", html=SafeString("Words again"), speaker="Ada"),
            FactBoxContext(block_id="e", title="Facts", html=SafeString("<ul><li>fact</li></ul>")),
            TableContext(block_id="f", caption="Figures", header=("A", "B"), rows=(("x", "1"),)),
            PictureBlockContext(block_id="g", picture=PICTURE),
            GalleryContext(block_id="h", pictures=(PICTURE, PICTURE), title="Pictures"),
            EmbedContext(block_id="i", url="https://example.org/v", title="Talk", provider="Ex"),
            DocumentContext(block_id="j", url="/d.pdf", title="Paper", format="PDF"),
            ParagraphContext(block_id="k", html=SafeString("Last.")),
        ),
        **changes,
    }
    return StoryContext(**given)
