"""What each address answers, and with which headers."""

import pytest

from dateline.common import clock
from dateline.journal.queries import head, replay
from dateline.reader.memo import memo
from dateline.stories.actions import (
    hold_story,
    kill_story,
    lift_kill,
    publish_story,
    write_story,
)
from dateline.stories.models import Story
from dateline.stories.queries import visible
from dateline.topics.actions import save_section
from dateline.topics.models import Edition, Section
from tests.addresses import reverse
from tests.factories import a_draft, a_newsroom, a_published_story, a_story
from tests.newsroom.test_paths import form
from tests.search.house import an_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    memo._values.clear()
    yield a_newsroom()
    memo._values.clear()


def answer(client, address):
    got = client.get(address)
    return got.status_code, got.headers.get("Location")


def test_the_pages_of_a_site(client, room):
    story = a_published_story(room)
    pages = ["/", "/world/", "/culture/", "/topics/ostrel/", story.address]
    pages += ["/topics/", "/people/ilse-marek/", "/archive/", "/feed.xml", "/sitemap.xml"]
    pages += ["/?before=1-1", "/world/?kind=news", "/world/?kind=live&before=99-9"]
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)


@pytest.mark.parametrize(
    "address",
    [
        "/nothing/",
        "/nothing",
        "/topics/nothing/",
        "/topics/?kind=gossip",
        "/topics/?letter=x",
        "/people/nobody/",
        "/nothing/feed.xml",
        "/archive/2008/",
        "/archive/2026/13/",
        "/archive/2026/02/30/",
        "/sitemaps/en/2008-11.xml",
        "/sitemaps/xx/news.xml",
        "/.well-known/nothing.txt",
        "/topics/ostrel",
        "/20261124/talks-999.html",
        "/20261124/talks-999999999999999999.html",
        "/world/?kind=gossip",
        "/world/inner/",
        "/a/b/c/d",
        "/%00/",
        "/ru/",
        "/-/nothing",
        "/media/x.jpg",
        "/media/../secrets.toml",
        "/" + "x" * 3000 + "/",
    ],
)
def test_what_is_not_there_is_404_and_never_pressed(client, room, address):
    got = client.get(address)
    assert got.status_code == 404
    assert "Cache-Tag" not in got.headers
    assert "Dateline-Journal" not in got.headers


def test_what_is_not_there_is_not_repeated_as_markup(client, room):
    html = client.get('/<script>alert(1)</script>/"onx="/').content.decode()
    assert "<script>alert" not in html
    assert '"onx="' not in html


def test_a_changed_headline_leads_to_the_new_address_for_ever(client, room):
    story = a_published_story(room)
    old = story.address
    write_story(by=None, draft=a_draft(room, "Talks go on"), story=story)
    publish_story(by=None, story=Story.objects.get())
    new = Story.objects.get().address
    assert new != old
    assert answer(client, old) == (301, new)
    for spelling in (f"/20261124/{story.pk}.html", f"/20000101/x-{story.pk}.html"):
        assert answer(client, spelling) == (301, new)
    assert client.get(new).status_code == 200


def test_a_renamed_section_and_what_is_below_it_lead_on(client, room):
    inner = Section(edition=room.edition, parent=room.world, name="Balkans", slug="balkans")
    save_section(by=None, section=inner)
    room.world.slug = "planet"
    save_section(by=None, section=room.world)
    memo._values.clear()
    assert answer(client, "/world/") == (301, "/planet/")
    assert answer(client, "/world/balkans/") == (301, "/planet/balkans/")
    room.world.slug = "world"
    save_section(by=None, section=room.world)
    memo._values.clear()  # Nothing is rung before a commit.
    assert client.get("/world/balkans/").status_code == 200
    assert answer(client, "/planet/balkans/") == (301, "/world/balkans/")


def test_a_404_offers_to_search_for_the_words_of_its_address(client, room):
    an_edition("ru")
    for home in ("/", "/ru/"):
        html = client.get(f"{home}fair-winds-7.html").content.decode()
        assert f'<a href="{home}search/?q=fair%20winds">' in html


def test_a_missing_slash_is_added(client, room):
    assert answer(client, "/world") == (301, "/world/")


def test_an_address_of_an_earlier_system_leads_to_its_story(client, room):
    story, held = a_published_story(room), a_published_story(room)
    story.old_addresses.create(path="/news/index.php/12.htm")
    held.old_addresses.create(path="/news/index.php/13.htm")
    hold_story(by=None, story=held, why="Check.")
    assert answer(client, "/news/index.php/12.htm") == (301, story.address)
    assert client.get("/news/index.php/13.htm").status_code == 404


def kill_and_lift(story):
    kill_story(by=None, story=story, why="Wrong country.", notice="It was not so.")
    lift_kill(by=None, story=story)


@pytest.mark.parametrize(
    "take_away", [lambda story: story.unpublish(), kill_and_lift], ids=["withdrawn", "killed"]
)
def test_what_was_taken_away_by_mistake_comes_back_where_it_was_and_once(client, room, take_away):
    story = a_published_story(room)
    take_away(story)
    assert client.get(story.address).status_code == 410
    publish_story(by=None, story=story)
    entries = [recorded.entry for recorded in replay(0) if recorded.channels]
    assert [(entry.kind, entry.is_newest) for entry in entries] == [
        ("story-published", True),
        ("story-withdrawn", False),
        ("story-published", False),
    ]
    assert entries[2].address == story.address
    assert client.get(story.address).status_code == 200
    assert [card.pk for card in visible(clock.now())] == [story.pk]


OLD = {
    "/news/12/": ["/news/12/", "/news/12", "/news/12/?from=mail"],
    "/news/12": ["/news/12", "/news/12/"],
    "/index.php?id=12&lang=en": ["/index.php?id=12&lang=en"],
    "/?p=12": ["/?p=12"],
    "/topics/peace/": ["/topics/peace/"],
    "/20080213/talks-99.html": ["/20080213/talks-99.html"],
    "/\u043d\u043e\u0432\u043e\u0441\u0442\u0438/12/": [
        "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/12/"
    ],
}


@pytest.mark.parametrize("path", OLD)
def test_old_addresses_of_every_shape_lead_on_and_say_when_the_story_is_gone(client, room, path):
    story, gone = a_published_story(room), a_published_story(room)
    old = story.old_addresses.create(path=path)
    assert {answer(client, asked) for asked in OLD[path]} == {(301, story.address)}
    story.unpublish()
    assert {client.get(asked).status_code for asked in OLD[path]} == {410}
    old.story = gone
    old.save()
    gone.delete()
    assert {client.get(asked).status_code for asked in OLD[path]} == {410}


def test_of_two_old_addresses_the_one_with_the_query_is_meant(client, room):
    first, second = a_published_story(room), a_published_story(room)
    first.old_addresses.create(path="/index.php")
    second.old_addresses.create(path="/index.php?id=2")
    assert answer(client, "/index.php?id=2") == (301, second.address)
    assert answer(client, "/index.php?id=1") == (301, first.address)


def test_a_number_of_an_earlier_system_that_is_ours_too_is_the_earlier_one(client, room):
    ours, imported = a_published_story(room), a_published_story(room)
    path = f"/20080213/other-words-{ours.pk}.html"
    assert answer(client, path) == (301, ours.address)
    imported.old_addresses.create(path=path)
    assert answer(client, path) == (301, imported.address)


def test_the_front_under_a_number_nobody_knows_is_the_front(client, room):
    assert answer(client, "/?p=404") == (301, "/")


def test_withdrawn_is_410_with_its_notice_and_held_is_404(client, room):
    killed, held, draft = a_published_story(room), a_published_story(room), a_story(room)
    notice = "The source took it back."
    kill_story(by=None, story=killed, why="Only for the desk: see the judge.", notice=notice)
    hold_story(by=None, story=held, why="Only for the desk.")
    kill_story(by=None, story=draft, why="Only for the desk.")
    got = client.get(killed.address)
    html = got.content.decode()
    assert (got.status_code, notice in html, "Only for the desk" in html) == (410, True, False)
    assert ("Talks fail" in html, "Cache-Tag" in got.headers) == (False, False)
    assert "<p>Withdrawn: <time " in html
    for address in (held.address, f"/20261124/x-{draft.pk}.html"):
        got = client.get(address)
        assert (got.status_code, b"Only for the desk" in got.content) == (404, False)


def test_other_methods_are_refused(client, room):
    for method in (client.post, client.put, client.patch, client.delete):
        got = method("/")
        assert (got.status_code, got.headers["Allow"]) == (405, "GET, HEAD")


def test_a_page_says_what_it_was_made_from(client, room):
    story = a_published_story(room)
    got = client.get(story.address)
    keys = set(got.headers["Cache-Tag"].split())
    wanted = {f"story:{story.pk}", f"section:{room.world.pk}:name", "edition:en", "editions"}
    wanted |= {f"person:{room.person.pk}", f"topic:{room.topic.pk}:name", "day:en"}
    assert wanted <= keys
    assert got.headers["Dateline-Journal"] == str(head())


def test_nothing_of_one_reader_is_in_a_page_or_its_headers(client, room):
    story = a_published_story(room)
    stranger = {page: client.get(page).content for page in ("/", "/world/", story.address)}
    client.force_login(room.editor)
    client.cookies["dateline_csrf"] = "abc"
    headers = {"X-Forwarded-Host": "evil.example", "Accept-Language": "ru", "Referer": "http://x/"}
    for page, html in stranger.items():
        got = client.get(page, headers=headers)
        assert got.content == html
        assert not got.cookies
        assert "Vary" not in got.headers
        assert b"evil.example" not in got.content


def test_the_preview_is_never_pressed_and_nobody_keeps_it(client, room):
    client.force_login(room.editor)
    story = a_story(room)
    address = reverse("wagtailsnippets_stories_story:preview_on_edit", args=[story.pk])
    assert client.post(address, form(room, "A draft seen")).json()["is_valid"]
    got = client.get(address)
    assert b"A draft seen" in got.content
    assert "Cache-Tag" not in got.headers
    assert got.headers["Cache-Control"].startswith("private, no-store")
    assert got.headers["X-Robots-Tag"] == "noindex"


def test_another_edition_stands_under_its_code(client, room):
    russian = Edition.objects.create(
        code="ru", name="Меридиан", agency="Меридиан", language="ru", position=1
    )
    section = save_section(
        by=None, section=Section(edition=russian, name="Мир", slug="mir", tagline="")
    )
    story = a_published_story(room, "Переговоры", section=section)
    assert story.address == f"/ru/{clock.now():%Y%m%d}/peregovory-{story.pk}.html"
    assert [client.get(page).status_code for page in ("/ru/", "/ru/mir/", story.address)] == [
        200
    ] * 3
    assert client.get("/mir/").status_code == 404
    assert answer(client, story.address.removeprefix("/ru")) == (301, story.address)


def test_an_empty_house_says_what_to_do(client):
    memo._values.clear()
    got = client.get("/")
    assert (got.status_code, b"no edition yet" in got.content) == (404, True)
    memo._values.clear()


@pytest.mark.parametrize("before", ["x", "1", "-1-1", "9" * 30 + "-1", "9" * 19 + "-" + "9" * 18])
def test_a_place_in_a_list_that_is_none_is_the_lists_beginning(client, room, before):
    a_published_story(room)
    got = client.get("/", {"before": before})
    assert got.status_code == 200


def test_no_page_shows_the_notes_of_the_desk(client, room):
    story = a_published_story(
        room, note_to_editors="zqnote", slugline="zqslugline", standfirst="A summary"
    )
    for page in ("/", "/world/", "/topics/ostrel/", story.address):
        html = client.get(page).content
        assert b"zqnote" not in html
        assert b"zqslugline" not in html
