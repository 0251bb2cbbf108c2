"""JSON-LD: what a page says of itself to machines, in schema.org's words.

Made from contexts alone, so it asks no database and says nothing a reader does not see.

Source: schema.org 30.0; the properties follow its news markup and what search engines ask for.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString

from dateline.common.html import script_json
from dateline.reader.contexts import (
    BylineContext,
    CrumbContext,
    DatelineContext,
    EditionContext,
    PageContext,
    PartOfContext,
    PictureContext,
    StoryCardContext,
    StoryContext,
    TopicLinkContext,
)
from dateline.stories.paragraphs import plain_text

Node = dict[str, Any]
_TYPES = {
    "news": "ReportageNewsArticle",
    "feature": "ReportageNewsArticle",
    "analysis": "AnalysisNewsArticle",
    "offbeat": "NewsArticle",
    "live": "LiveBlogPosting",
}
_ABOUT = {"person": "Person", "organisation": "Organization", "place": "Place"}


def script_text(nodes: Iterable[Node]) -> SafeString:
    """Return nodes as the text of a script element."""
    return script_json({"@context": "https://schema.org", "@graph": list(nodes)})


def absolute(url: str) -> str:
    """Return an address of this site with scheme and host."""
    base: str = settings.DATELINE.base_url
    return url if url.startswith(("http://", "https://")) else f"{base}{url}"


def filled(**values: Any) -> Node:
    """Return the properties that have a value; `at_type` is written `@type`."""
    return {
        f"@{name[3:]}" if name.startswith("at_") else name: value
        for name, value in values.items()
        if value not in ("", None, [], 0)
    }


def agency_node(edition: EditionContext) -> Node:
    """Return the news agency with the policies the settings name."""
    given = settings.DATELINE
    return filled(
        at_type="NewsMediaOrganization",
        at_id=absolute("/#agency"),
        name=edition.agency or edition.name,
        url=absolute("/"),
        logo=filled(at_type="ImageObject", url=absolute(_icon())),
        publishingPrinciples=given.publishing_principles,
        correctionsPolicy=given.corrections_policy,
        ethicsPolicy=given.ethics_policy,
        ownershipFundingInfo=given.ownership_info,
    )


@cache
def _icon() -> str:
    return static("reader/icon.svg")


def story_node(page: PageContext, story: StoryContext) -> Node:
    """Return a story as a news article of its kind."""
    url = absolute(story.url)
    agency = agency_node(page.edition)
    dateline = _dateline_in(story)
    writers = [_person(one) for one in story.bylines if one.is_writer]
    return filled(
        at_type=_TYPES[story.kind],
        at_id=f"{url}#story",
        url=url,
        mainEntityOfPage={"@type": "WebPage", "@id": url},
        headline=story.headline,
        alternativeHeadline=story.short_headline if story.short_headline != story.headline else "",
        description=page.description,
        datePublished=story.published_at.isoformat(),
        dateModified=(story.updated_at or story.published_at).isoformat(),
        author=writers or [agency],
        contributor=[_person(one) for one in story.bylines if not one.is_writer],
        publisher=agency,
        image=[picture_node(story.picture)] if story.picture else [],
        dateline=_dateline_text(dateline) if story.kind != "live" else "",
        contentLocation=_place(dateline),
        articleSection=story.section.label,
        keywords=[topic.label for topic in story.topics],
        about=[_about(topic) for topic in story.topics],
        inLanguage=story.language,
        isAccessibleForFree=True,
        wordCount=story.word_count,
        timeRequired=f"PT{story.reading_minutes}M",
        version=story.version,
        correction=[
            filled(
                at_type="CorrectionComment",
                text=plain_text(one.html),
                datePublished=one.at.isoformat(),
            )
            for one in story.corrections
        ],
        workTranslation=[
            {"@type": "NewsArticle", "@id": f"{other.url}#story", "inLanguage": other.language}
            for other in page.alternates
            if other.url != url
        ],
        coverageStartTime=story.published_at.isoformat() if story.kind == "live" else "",
        coverageEndTime=_coverage_end(story),
        sourceOrganization=_source(page, story),
    )


def storyline_node(part_of: PartOfContext) -> Node:
    """Return the running story that a story is a part of."""
    return {"@type": "CreativeWorkSeries", "name": part_of.name, "url": absolute(part_of.url)}


def crumbs_node(page: PageContext) -> Node:
    """Return the way from the site to the page."""
    steps = [_step(n, crumb, page) for n, crumb in enumerate(page.crumbs, 1)]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def site_node(edition: EditionContext) -> Node:
    """Return the site in one language, with its search."""
    home = absolute(edition.home_url)
    target = {"@type": "EntryPoint", "urlTemplate": f"{home}search/?q={{search_term_string}}"}
    return filled(
        at_type="WebSite",
        at_id=f"{home}#site",
        url=home,
        name=edition.name,
        description=edition.tagline,
        inLanguage=edition.language,
        publisher=agency_node(edition),
        potentialAction={
            "@type": "SearchAction",
            "target": target,
            "query-input": "required name=search_term_string",
        },
    )


def list_node(page: PageContext, cards: Iterable[StoryCardContext]) -> Node:
    """Return a page that lists stories, with the stories in their order."""
    items = [
        {"@type": "ListItem", "position": n, "url": absolute(card.url), "name": card.headline}
        for n, card in enumerate(cards, 1)
    ]
    return filled(
        at_type="CollectionPage",
        at_id=page.canonical_url,
        url=page.canonical_url,
        name=page.title,
        description=page.description,
        inLanguage=page.edition.language,
        isPartOf={"@type": "WebSite", "@id": f"{absolute(page.edition.home_url)}#site"},
        mainEntity={"@type": "ItemList", "itemListElement": items} if items else None,
    )


def profile_node(page: PageContext, *, name: str, title: str, about: str) -> Node:
    """Return the page of somebody whose name stands over stories."""
    person = filled(
        at_type="Person",
        name=name,
        jobTitle=title,
        description=about,
        url=page.canonical_url,
        worksFor={"@type": "NewsMediaOrganization", "@id": absolute("/#agency")},
    )
    return filled(at_type="ProfilePage", url=page.canonical_url, name=page.title, mainEntity=person)


def largest(picture: PictureContext) -> tuple[str, int, int]:
    """Return address, width and height of a picture's largest rendition in the plain encoding."""
    last = picture.srcset.rsplit(", ", 1)[-1].split()
    if len(last) != len(("address", "width")):
        return picture.src, picture.width, picture.height
    width = int(last[1].removesuffix("w"))
    return last[0], width, round(picture.height * width / picture.width)


def picture_node(picture: PictureContext) -> Node:
    """Return a picture with its caption and who made it."""
    src, width, height = largest(picture)
    return filled(
        at_type="ImageObject",
        url=absolute(src),
        width=width,
        height=height,
        caption=picture.caption,
        creditText=picture.credit,
        creator=filled(at_type="Person", name=picture.credit.partition(" / ")[0])
        if picture.credit
        else None,
        copyrightNotice=picture.credit,
        usageInfo=filled(at_type="CreativeWork", text=picture.usage_terms)
        if picture.usage_terms
        else None,
    )


def _person(byline: BylineContext) -> Node:
    return filled(
        at_type="Person",
        name=byline.name,
        jobTitle=byline.role if byline.is_writer else "",
        url=absolute(byline.url) if byline.url else "",
    )


def _about(topic: TopicLinkContext) -> Node:
    known = f"https://www.wikidata.org/entity/{topic.wikidata_id}" if topic.wikidata_id else ""
    kind = _ABOUT.get(topic.kind, "Thing")
    return filled(at_type=kind, name=topic.label, url=absolute(topic.url), sameAs=known)


def _dateline_in(story: StoryContext) -> DatelineContext | None:
    placed = (getattr(block, "dateline", None) for block in story.blocks)
    return story.dateline or next((dateline for dateline in placed if dateline), None)


def _dateline_text(dateline: DatelineContext | None) -> str:
    parts = (dateline.place, dateline.date_text) if dateline else ()
    return ", ".join(part for part in parts if part)


def _place(dateline: DatelineContext | None) -> Node | None:
    if dateline is None or not dateline.place:
        return None
    place = dateline.place
    return {"@type": "Place", "name": place.title() if place.isupper() else place}


def _coverage_end(story: StoryContext) -> str:
    ended = story.kind == "live" and not story.is_live and story.updated_at
    return story.updated_at.isoformat() if ended and story.updated_at else ""


def _source(page: PageContext, story: StoryContext) -> Node | None:
    if not story.source or story.source in (page.edition.name, page.edition.agency):
        return None
    return {"@type": "Organization", "name": story.source}


def _step(number: int, crumb: CrumbContext, page: PageContext) -> Node:
    url = absolute(crumb.url) if crumb.url else page.canonical_url
    return {"@type": "ListItem", "position": number, "name": crumb.label, "item": url}
