"""The lite version of a page: the same words, without pictures and scripts."""

import re

import pytest
from bs4 import BeautifulSoup

from dateline.config.server import policy_of
from dateline.config.settings_table import Settings
from dateline.reader.lighter import Instead, lightened
from dateline.stories.actions import kill_story
from dateline.stories.models import Story
from dateline.topics.actions import save_edition, save_section
from dateline.topics.models import Edition, Section
from tests.factories import a_newsroom, a_published_story

INSTEAD = Instead(head="<!--head-->", top="<!--top-->", picture="Picture: %(what)s")


@pytest.fixture
def room():
    return a_newsroom()


def page_at(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return BeautifulSoup(answer.text, "lxml")


@pytest.mark.parametrize(
    ("full", "lite"),
    [
        ("<p>a&amp;b &#8211; <em>c</em><br>d</p>", "<p>a&amp;b &#8211; <em>c</em><br>d</p>"),
        ("<p>a<script>if (1 < 2) b()</script>c</p>", "<p>ac</p>"),
        (
            '<li class="card"><picture><source><img src="/p" alt="x"></picture>y</li>',
            '<li class="card">y</li>',
        ),
        ('<div hidden><img src="/p"><b>x</b></div>y', "y"),
        (
            '<button type="button">x</button><button type="submit">y</button>',
            '<button type="submit">y</button>',
        ),
        ('<a href="/world/" data-x="1">x</a>', '<a href="/lite/world/">x</a>'),
        ('<form action="/search/">', '<form action="/lite/search/">'),
        ('<a href="/media/a.jpg">', '<a href="/media/a.jpg">'),
        ('<a href="/world/feed.xml">', '<a href="/world/feed.xml">'),
        ('<form action="/chats/7/say">', '<form action="/chats/7/say">'),
        ('<a href="/20261124/x-7/chat/">', '<a href="/lite/20261124/x-7/chat/">'),
        ('<a href="/account/login/?a=b">', '<a href="/account/login/?a=b">'),
        ('<a href="//elsewhere.example/">', '<a href="//elsewhere.example/">'),
        ('<a href="https://e.example/a.html">', '<a href="https://e.example/a.html">'),
        ('<a href="#corrections">', '<a href="#corrections">'),
        ('<p data-a data-b="&quot;">x<wbr/>y</p>', "<p>x<wbr>y</p>"),
        ("<input value='a data-x b'>", '<input value="a data-x b">'),
        ('<header class="strip">x</header>', '<!--top--><header class="strip">x</header>'),
        ("<head><title>x</title></head>", "<head><title>x</title><!--head--></head>"),
        ('<link rel="preload" href="/f">x', "x"),
        (
            '<link rel="canonical" href="https://e.example/">',
            '<link rel="canonical" href="https://e.example/">',
        ),
        ('<meta property="og:title" content="x"><meta charset="utf-8">', '<meta charset="utf-8">'),
    ],
)
def test_what_is_heavy_is_left_out_and_the_rest_stays_letter_by_letter(full, lite):
    assert lightened(full, INSTEAD) == lite


def test_a_picture_in_a_story_becomes_a_link_and_a_portrait_goes():
    picture = '<picture><img src="/media/a.jpg" alt="A &quot;lake&quot;"></picture>'
    portrait = '<picture><img src="/media/b.jpg" alt=""></picture>'
    full = f'<article class="story"><figure>{picture}</figure>{portrait}x</article>{picture}'
    link = '<a href="/media/a.jpg">Picture: A &quot;lake&quot;</a>'
    lite = f'<article class="story"><figure>{link}</figure>x</article>'
    assert lightened(full, INSTEAD) == lite


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "world/", "topics/", "archive/", "newsfeed/", "search/"])
def test_a_lite_page_has_no_picture_no_script_and_leads_only_to_its_like(client, room, path):
    a_published_story(room)
    page = page_at(client, f"/lite/{path}")
    assert page.find_all(["script", "img", "picture", "template"]) == []
    assert [link["rel"] for link in page.find_all("link")] in (
        [["canonical"], ["stylesheet"]],
        [["stylesheet"]],
    )
    inside = [a["href"] for a in page.find_all("a", href=re.compile("^/"))]
    files = re.compile(r"/media/|/account/|.+\.(?:xml|atom|json)$")
    full = [href for href in inside if not href.startswith("/lite/") and not files.match(href)]
    assert full == [f"/{path}"]


@pytest.mark.django_db
def test_it_is_the_page_for_everyone_and_for_no_search_engine(client, room):
    story = Story.objects.get(pk=a_published_story(room).pk)
    for path in ("/", "/world/", story.address):
        full, lite = client.get(path), client.get(f"/lite{path}")
        same = ("Cache-Tag", "Dateline-Journal", "Content-Type")
        assert [lite.headers[name] for name in same] == [full.headers[name] for name in same]
        assert lite.headers["X-Robots-Tag"] == "noindex"
        assert "Speculation-Rules" not in lite.headers
        assert "script-src" not in lite.headers["Content-Security-Policy"]
        assert "default-src 'none'" in lite.headers["Content-Security-Policy"]
        lite_page, full_page = page_at(client, f"/lite{path}"), page_at(client, path)
        assert lite_page.find("meta", {"name": "robots"})["content"] == "noindex"
        addresses = [page.find("link", rel="canonical")["href"] for page in (lite_page, full_page)]
        assert addresses[0] == addresses[1]
        there = full_page.find("a", href=f"/lite{path}")
        assert (there["rel"], there.text) == (["nofollow"], "Lite version")
        assert lite_page.find("nav", class_="lite-top").a["href"] == path


@pytest.mark.django_db
def test_a_story_says_the_same_in_both(client, room):
    story = Story.objects.get(pk=a_published_story(room).pk)
    pages = [page_at(client, path) for path in (story.address, f"/lite{story.address}")]
    said = [
        [page.h1.text, page.find(class_="story-text").text.split(), page.find(class_="topics").text]
        for page in pages
    ]
    assert said[0] == said[1]


@pytest.mark.django_db
def test_what_leads_on_leads_to_the_lite_version(client, room):
    story = Story.objects.get(pk=a_published_story(room).pk)
    folder = story.address.rpartition("/")[0]
    for path in (f"{folder}/x-{story.pk}.html", f"/s/{story.pk}"):
        answer = client.get(f"/lite{path}")
        assert (answer.status_code, answer["Location"]) == (301, f"/lite{story.address}")
    assert client.get("/lite")["Location"] == "/lite/"
    for file in ("/feed.xml", "/sitemap.xml", "/manifest.webmanifest"):
        answer = client.get(f"/lite{file}")
        assert (answer.status_code, answer["Location"]) == (301, file)


@pytest.mark.django_db
def test_what_is_not_there_is_not_there(client, room):
    story = Story.objects.get(pk=a_published_story(room).pk)
    kill_story(by=None, story=story, why="wrong")
    assert page_at(client, f"/lite{story.address}", 410).find("script") is None
    for path in ("/lite/nowhere/", "/lite/lite/", "/lite//elsewhere.example/a/", "/lite/newsroom/"):
        page = page_at(client, path, 404)
        assert not any(a["href"].startswith("//") for a in page.find_all("a", href=True)), path


@pytest.mark.django_db
def test_an_edition_keeps_its_language_and_direction(client, room):
    given = {"name": "مريديان", "agency": "م", "language": "ar", "direction": "rtl"}
    arabic = save_edition(by=None, edition=Edition(code="ar", **given))
    save_section(by=None, section=Section(edition=arabic, name="العالم", slug="world"))
    page = page_at(client, "/lite/ar/world/")
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert page.find("nav", class_="lite-top").a["href"] == "/ar/world/"
    assert page.find("nav", class_="lite-top").a.text != "Full version"


@pytest.mark.parametrize(
    ("target", "key"),
    [
        (b"/lite/ru/topics/?letter=A&x=1", "/lite/ru/topics/?letter=A"),
        (b"/lite/world/?kind=feature&before=1-2", "/lite/world/?before=1-2&kind=feature"),
        (b"/lite/ru/newsfeed/?kind=news", "/lite/ru/newsfeed/?kind=news"),
        (b"/lite/ru/20261124/x-7.html?order=oldest", "/lite/ru/20261124/x-7.html?order=oldest"),
        (b"/lite/search/?q=x", None),
        (b"/lite/ru/search/?q=x", None),
    ],
)
def test_the_press_knows_the_same_arguments(target, key):
    assert policy_of(Settings()).key_for(target) == key
