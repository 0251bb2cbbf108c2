import re
from base64 import b64encode
from collections import Counter
from hashlib import sha256

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.template.loader import get_template

from dateline.reader.contexts import (
    ErrorContext,
    FrontContext,
    GoneContext,
    KindLinkContext,
    SectionContext,
    StoryPageContext,
    TopicContext,
    template_values,
)
from dateline.reader.inline import PREFERRED
from tests.reader.parts import NOON, PICTURE, card, page, story

KINDS = (KindLinkContext(kind="", label="All", url="/world/", is_current=True),)
PAGES = {
    "front": FrontContext(
        page=page(),
        lead=card(1, picture=PICTURE, standfirst="S"),
        seconds=(card(2, picture=PICTURE), card(3)),
        rail=(card(4, kind="analysis", kind_label="Analysis"),),
        river=(card(5), card(6, picture=PICTURE)),
        older_url="/?before=6",
    ),
    "section": SectionContext(
        page=page(), name="World", tagline="T", kinds=KINDS, lead=card(1), stories=(card(2),)
    ),
    "topic": TopicContext(page=page(), name="Ostrel", kind_label="Place", stories=(card(1),)),
    "story": StoryPageContext(page=page(), story=story(), following=(card(2),)),
    "not found": ErrorContext(page=page(), latest=(card(1),)),
    "gone": GoneContext(page=page(), withdrawn_at=NOON, notice="A wrong name."),
}


def rendered(context):
    html = get_template(context.template).render(template_values(context))
    return BeautifulSoup(html, "lxml")


@pytest.fixture(params=sorted(PAGES), ids=str)
def soup(request):
    return rendered(PAGES[request.param])


def words(node):
    return " ".join(node.get_text(" ").split())


def test_a_page_has_its_landmarks_once(soup):
    assert [len(soup.find_all(name)) for name in ("main", "h1")] == [1, 1]
    assert soup.find("a", class_="skip")["href"] == "#content"
    assert len(soup.find_all("nav", {"aria-label": "Breadcrumb"})) == 1
    assert soup.find("meta", {"name": "dateline-journal"})["content"] == "41277"


def test_nothing_on_a_page_needs_a_looser_policy(soup):
    assert [tag.name for tag in soup.find_all(style=True)] == []
    scripts = [tag for tag in soup.find_all("script") if not tag.get("src")]
    run = [tag.string for tag in scripts if tag.get("type") != "application/ld+json"]
    assert run == [PREFERRED], "no script but the one the policy names by its digest"
    digest = b64encode(sha256(run[0].encode()).digest()).decode()
    allowed = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"]
    assert allowed == ["'self'", f"'sha256-{digest}'"]
    assert soup.find_all("style") == []
    assert [a for tag in soup.find_all(True) for a in tag.attrs if a.startswith("on")] == []


def test_no_id_is_used_twice(soup):
    ids = Counter(tag["id"] for tag in soup.find_all(id=True))
    assert [name for name, count in ids.items() if count > 1] == []


def test_every_picture_holds_its_room_and_every_time_is_readable_by_machines(soup):
    assert all(img.get("width") and img.get("height") for img in soup.find_all("img"))
    assert all(re.match(r"\d{4}-\d\d-\d\d", time["datetime"]) for time in soup.find_all("time"))


def test_the_text_of_a_story_is_the_story_and_nothing_else():
    article = rendered(PAGES["story"]).find("article")
    for furniture in article.find_all(["aside", "figure"]):
        furniture.decompose()
    assert words(article) == (
        "The headline The standfirst. "
        "BRENN , November 24 (Meridian) – First. Subhead one two Words Ada , mayor "
        "Facts fact Figures A B x 1 Last."
    )


def test_what_belongs_to_a_story_stands_beside_it():
    soup = rendered(PAGES["story"])
    assert words(soup.find(class_="story-kicker")) == "The kicker"
    assert words(soup.find(class_="byline")) == "Ilse Marek Correspondent"
    assert words(soup.find(class_="editors-note")) == "Editor’s note. A note."
    assert words(soup.find(class_="corrections")).endswith("A correction .")
    assert words(soup.find(class_="lead-picture")) == "The lake at noon. Ada Venn / Meridian"
    assert words(soup.find(class_="source")) == "Source: Another agency"


def test_a_block_can_be_linked_to():
    article = rendered(PAGES["story"]).find("article")
    anchors = [tag["id"] for tag in article.find_all(id=re.compile("^b-"))]
    assert anchors == [f"b-{block.block_id}" for block in PAGES["story"].story.blocks]


def test_the_first_picture_is_loaded_at_once_and_the_others_when_they_are_near():
    images = rendered(PAGES["story"]).find("article").find_all("img")
    assert [img.get("loading") for img in images] == ["lazy", None, "lazy", "lazy", "lazy"]


def test_an_older_page_of_a_front_is_its_river():
    soup = rendered(FrontContext(page=page(newsfeed=None), river=(card(8), card(9))))
    assert [words(link) for link in soup.select(".river .card-link")] == [
        "Headline 8",
        "Headline 9",
    ]
    assert soup.select(".lead, .rail, .empty") == []


def test_an_empty_front_says_what_will_be_there():
    soup = rendered(FrontContext(page=page(newsfeed=None)))
    assert words(soup.find(class_="empty")).startswith("The first stories will stand here")


def test_a_day_is_crossed_once():
    soup = rendered(PAGES["front"])
    assert [words(day) for day in soup.select(".river .day")] == ["Tuesday, Nov. 24, 2026"]
    assert [words(day) for day in soup.select(".feed .feed-day")] == ["Tuesday, Nov. 24, 2026"]


def test_the_line_pushed_is_the_line_of_the_page():
    soup = rendered(PAGES["front"])
    alone = get_template("reader/_feed_line.html").render({"card": card(1)})
    line = BeautifulSoup(alone, "lxml").find("li")
    assert str(line) == str(soup.find("li", {"class": "feed-line", "data-story": "1"}))


def test_live_is_told_from_what_was_live():
    running, ended = (
        BeautifulSoup(get_template("reader/_card.html").render({"card": one}), "lxml")
        for one in (
            card(1, kind="live", kind_label="Live", is_live=True),
            card(2, kind="live", kind_label="Live"),
        )
    )
    assert running.find(class_="sign")["class"] == ["sign", "sign-live", "is-running"]
    assert ended.find(class_="sign")["class"] == ["sign", "sign-live"]


def test_words_of_others_are_text():
    hostile = card(1, headline="<img src=x onerror=alert(1)>", short_headline='"><script>')
    html = get_template("reader/_card.html").render({"card": hostile})
    assert "<img src=x" not in html
    html = get_template("reader/_feed_line.html").render({"card": hostile})
    assert "<script>" not in html


def test_an_error_of_ours_needs_nothing():
    soup = BeautifulSoup(get_template("reader/500.html").render(), "lxml")
    assert words(soup.find("h1")) == "Something went wrong on our side"
