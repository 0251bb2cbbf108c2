"""The parts of the reader's site in every state, from fixed data: nothing is read from anywhere."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

from django.utils.safestring import SafeString

from dateline.reader.contexts import (
    BlockContext,
    BylineContext,
    CorrectionContext,
    CrumbContext,
    DatelineContext,
    DocumentContext,
    EditionContext,
    EmbedContext,
    FactBoxContext,
    FeedContext,
    GalleryContext,
    LinkContext,
    ListContext,
    PageContext,
    ParagraphContext,
    PictureBlockContext,
    PictureContext,
    PullQuoteContext,
    QuoteContext,
    StoryCardContext,
    StoryContext,
    SubheadContext,
    TableContext,
    TopicLinkContext,
)
from dateline.reader.stylebook_words import ARABIC, ENGLISH, Words
from dateline.stories.enums import Kind

AT = datetime(2024, 2, 14, 19, 42, tzinfo=UTC)
_DRAWING = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 2'>"
    "<path fill='#31586a' d='M0 0h3v2H0z'/><path fill='#e0b070' d='M0 1.2h3V2H0z'/>"
    "<path fill='#16323f' d='M0 1.4 1 .6l.7.5.5-.3L3 1.5V2H0z'/></svg>"
)


def words_of(direction: str) -> Words:
    """Return the texts of a direction of writing."""
    return ARABIC if direction == "rtl" else ENGLISH


def picture(words: Words, *, width: int = 1500, height: int = 1000) -> PictureContext:
    """Return a picture that needs no file."""
    return PictureContext(
        src=f"data:image/svg+xml,{quote(_DRAWING)}",
        width=width,
        height=height,
        alt=words.alt,
        caption=words.caption,
        credit=words.credit,
        usage_terms=words.terms,
    )


def page(words: Words, *, path: str, title: str) -> PageContext:
    """Return the furniture of the page of parts."""
    sections = tuple(
        LinkContext(label=name, url=f"#s{n}", is_current=n == 0)
        for n, name in enumerate(words.sections)
    )
    return PageContext(
        title=title,
        is_indexed=False,
        edition=EditionContext(
            code="en",
            name=words.name,
            tagline=words.tagline,
            agency=words.name,
            language=words.language,
            direction=words.direction,
            sections=sections,
            languages=(LinkContext(label="English", url="/-/style", language="en"),),
        ),
        crumbs=(
            CrumbContext(label=words.name, url="/"),
            CrumbContext(label=words.sections[0], url="#s0"),
            CrumbContext(label=title),
        ),
        feeds=(FeedContext(title="RSS", url=path),),
        now=AT,
    )


def cards(words: Words) -> tuple[StoryCardContext, ...]:
    """Return a card of each kind, then one of each state."""
    kinds = [card(words, number, kind=kind) for number, kind in enumerate(Kind)]
    states = [
        card(words, 11, is_breaking=True, urgency=1),
        card(words, 12, kind=Kind.LIVE, is_live=True),
        card(words, 13, with_picture=False),
        card(words, 14, with_picture=False, standfirst="", kicker=""),
    ]
    return (*kinds, *states)


def card(
    words: Words,
    number: int,
    *,
    kind: Kind = Kind.NEWS,
    with_picture: bool = True,
    **changes: object,
) -> StoryCardContext:
    """Return a story as lists show it."""
    given = {
        "story_id": number,
        "headline": words.headlines[number % len(words.headlines)],
        "short_headline": words.short_headlines[number % len(words.short_headlines)],
        "url": "#",
        "kicker": words.kicker,
        "standfirst": words.standfirst,
        "kind": kind.value,
        "kind_label": str(kind.label),
        "section": LinkContext(label=words.sections[0], url="#s0"),
        "byline": BylineContext(name=words.people[0]),
        "published_at": AT - timedelta(hours=number * 5),
        "picture": picture(words) if with_picture else None,
        **changes,
    }
    return StoryCardContext(**given)  # type: ignore[arg-type]


def story(words: Words, kind: Kind) -> StoryContext:
    """Return a story of a kind with the blocks that show its design."""
    dateline = DatelineContext(
        place=words.place, filed_on=date(2024, 2, 14), date_text=words.date, agency=words.name
    )
    stands_alone = kind is Kind.FEATURE
    blocks = _blocks(words, kind, None if stands_alone else dateline)
    number = list(Kind).index(kind)
    return StoryContext(
        story_id=number,
        version=3,
        language=words.language,
        direction=words.direction,
        headline=words.headlines[number],
        url="#",
        kicker=words.kicker,
        standfirst=words.standfirst,
        kind=kind.value,
        kind_label=str(kind.label),
        is_breaking=kind is Kind.NEWS,
        is_live=kind is Kind.LIVE,
        section=LinkContext(label=words.sections[0], url="#s0"),
        dateline=dateline if stands_alone else None,
        bylines=_bylines(words),
        published_at=AT,
        updated_at=AT + timedelta(hours=2) if kind is Kind.NEWS else None,
        reading_minutes=4,
        contents=_contents(blocks) if kind is Kind.LIVE else (),
        picture=picture(words),
        blocks=blocks,
        editors_note=SafeString(words.note) if kind is Kind.NEWS else SafeString(""),
        corrections=(CorrectionContext(at=AT + timedelta(hours=3), html=SafeString(words.note)),)
        if kind is Kind.NEWS
        else (),
        topics=tuple(TopicLinkContext(label=name, url="#") for name in words.topics),
        source=words.source,
    )


def _bylines(words: Words) -> tuple[BylineContext, ...]:
    face = picture(words, width=192, height=192)
    return (
        BylineContext(
            name=words.people[0], role=words.role, url="#", portrait=face, about=words.standfirst
        ),
        BylineContext(name=words.people[1], role=words.role, is_writer=False),
    )


def _contents(blocks: tuple[BlockContext, ...]) -> tuple[LinkContext, ...]:
    return tuple(
        LinkContext(label=f"{block.time_text} {block.text}", url=f"#b-{block.block_id}")
        for block in blocks
        if isinstance(block, SubheadContext)
    )


def _blocks(words: Words, kind: Kind, dateline: DatelineContext | None) -> tuple[BlockContext, ...]:
    name = kind.value
    text = [SafeString(one) for one in words.paragraphs]
    said = SafeString(words.quote)
    first = ParagraphContext(block_id=f"{name}-1", html=text[0], dateline=dateline)
    common: list[BlockContext] = [
        first,
        ParagraphContext(block_id=f"{name}-2", html=text[1]),
        SubheadContext(
            block_id=f"{name}-3",
            text=words.subhead,
            time_text="19:42" if kind is Kind.LIVE else "",
        ),
        ParagraphContext(block_id=f"{name}-4", html=text[2]),
        QuoteContext(block_id=f"{name}-5", html=said, speaker=words.people[1], role=words.role),
    ]
    if kind is Kind.FEATURE:
        common.append(PullQuoteContext(block_id=f"{name}-6", html=said, speaker=words.people[1]))
    if kind is Kind.NEWS:
        common += _every_block(words)
    return (*common, ParagraphContext(block_id=f"{name}-7", html=text[1]))


def _every_block(words: Words) -> list[BlockContext]:
    items = tuple(SafeString(one) for one in words.facts)
    names = tuple(SafeString(one) for one in words.topics)
    shown = picture(words)
    facts = "".join(f"<li>{one}</li>" for one in words.facts)
    return [
        ListContext(block_id="list", items=items),
        ListContext(block_id="numbers", items=names, is_ordered=True),
        FactBoxContext(
            block_id="facts", title=words.facts_title, html=SafeString(f"<ul>{facts}</ul>")
        ),
        TableContext(
            block_id="table",
            caption=words.table_title,
            header=words.table[0],
            rows=words.table[1:],
            source=words.source,
        ),
        PictureBlockContext(block_id="picture", picture=shown),
        GalleryContext(block_id="gallery", pictures=(shown,) * 3, title=words.facts_title),
        EmbedContext(
            block_id="embed", url="https://example.org/", title=words.subhead, provider=words.source
        ),
        DocumentContext(
            block_id="paper", url="/-/style", title=words.subhead, format="PDF", size_text="240 KB"
        ),
    ]
