"""The reader's page of live coverage, its feeds and its posts' addresses."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.journal.queries import head, replay
from dateline.live import actions
from dateline.live.enums import Order
from dateline.publishing.announce import announcements_of
from dateline.reader import live as live_page
from dateline.stories import actions as stories
from tests.factories import a_published_story
from tests.live.coverage import copy
from tests.reader.test_feeds import CHECKS

pytestmark = pytest.mark.django_db
POST = re.compile(r'<li class="live-post.*?</li>', re.DOTALL)
SHOWN = re.compile(r'<li class="live-post[^>]*data-post="([^"]+)"')
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(autouse=True)
def short_pages(monkeypatch):
    monkeypatch.setattr(live_page, "PER_PAGE", 3)


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code, answer.get("Location"))
    return SHOWN.findall(answer.content.decode())


def keys(posts):
    return [post.key for post in posts]


def next_page(client, address):
    found = re.search(r'class="older" href="([^"]+)"', client.get(address).content.decode())
    return found[1].replace("&amp;", "&") if found else ""


def told_after(seq):
    lines = list(replay(seq))
    return announcements_of(lines)


def test_pages_in_both_orders(live, client):
    posts = [live.send(f"Post {n}.") for n in range(7)]
    address = live.story.address
    assert shown(client, address) == keys(posts[:3:-1])
    second = next_page(client, address)
    assert shown(client, second) == keys(posts[3:0:-1])
    assert shown(client, next_page(client, second)) == keys(posts[:1])
    oldest = f"{address}?order=oldest"
    assert shown(client, oldest) == keys(posts[:3])
    assert shown(client, next_page(client, oldest)) == keys(posts[3:6])
    actions.save_order(by=None, live_story=live.live_story, order=Order.OLDEST)
    assert shown(client, address) == keys(posts[:3])
    assert client.get(oldest)["Location"] == address


@pytest.mark.parametrize(
    "query", ["post=23456789", "before=x", "order=newest", "after=5-5", "order=odd"]
)
def test_an_address_has_one_spelling(live, client, query):
    answer = client.get(f"{live.story.address}?{query}")
    assert (answer.status_code, answer["Location"]) == (301, live.story.address)


def test_a_story_without_coverage_has_no_pages(room, client):
    story = a_published_story(room)
    answer = client.get(f"{story.address}?before=5-5")
    assert (answer.status_code, answer["Location"]) == (301, story.address)
    assert "live-coverage" not in client.get(story.address).content.decode()


def test_a_permalink_lands_on_its_post_wherever_it_is(live, client):
    posts = [live.send(f"Post {n}.") for n in range(7)]
    for post in (posts[6], posts[0]):
        answer = client.get(f"/s/{live.story.pk}/{post.key}")
        place, _, fragment = answer["Location"].partition("#")
        assert (answer.status_code, fragment) == (302, f"post-{post.key}")
        assert post.key in shown(client, place)
    other = a_published_story(live.room, "Live: the vote", kind="live")
    into = actions.open_coverage(by=None, story=other)
    actions.merge_coverages(by=None, merged=live.live_story, into=into)
    answer = client.get(f"/s/{live.story.pk}/{posts[0].key}")
    assert answer["Location"].startswith(other.address)
    answer = client.get(f"{live.story.address}?post={posts[0].key}")
    assert (answer.status_code, answer["Location"]) == (301, f"{other.address}?post={posts[0].key}")
    actions.delete_post(by=None, post=posts[0])
    assert client.get(f"/s/{live.story.pk}/{posts[0].key}")["Location"] == other.address


def test_a_page_of_one_post_is_shared_as_it(live, client):
    post = live.send("Nine votes.", headline="The Council votes")
    page = client.get(f"{live.story.address}?post={post.key}").content.decode()
    assert "<title>The Council votes · Live: the Council meets" in page
    picture = re.search(r'og:image" content="https?://[^/]+([^"]+)"', page)[1]
    assert picture == f"/-/share/{live.story.pk}-{post.key}-1.jpg"
    answer = client.get(picture)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert client.get(picture.replace("-1.jpg", "-7.jpg"))["Location"] == picture
    actions.delete_post(by=None, post=post)
    assert client.get(picture).status_code == 404


def test_the_pinned_post_stands_on_top_and_once(live, client):
    posts = [live.send(f"Post {n}.") for n in range(5)]
    actions.pin_post(by=None, post=posts[0])
    assert shown(client, live.story.address) == keys([posts[0], *posts[:1:-1]])
    assert shown(client, next_page(client, live.story.address)) == keys([posts[1]])


def test_summary_and_key_events(live, client):
    posts = [live.send(f"Post {n}.", is_key=n in {0, 4}) for n in range(5)]
    actions.save_summary(by=None, live_story=live.live_story, points=["Nine votes decide."])
    page = client.get(live.story.address).content.decode()
    assert "<li>Nine votes decide.</li>" in page
    links = re.findall(r'<li data-key="[^"]+"[^>]*><a href="([^"]+)"', page)
    assert links == [f"#post-{posts[4].key}", f"/s/{live.story.pk}/{posts[0].key}"]


def test_a_closed_coverage_looks_finished_and_says_when(live, client):
    live.send("Nine votes.", headline="The Council votes")
    actions.close_coverage(by=None, live_story=live.live_story)
    page = client.get(live.story.address).content.decode()
    assert "This coverage has ended." in page
    assert "is-running" not in page
    live.live_story.refresh_from_db()
    [story, _crumbs] = json.loads(DATA.search(page)[1])["@graph"]
    assert story["@type"] == "LiveBlogPosting"
    assert story["coverageStartTime"] == live.live_story.opened_at.isoformat()
    assert story["coverageEndTime"] == live.live_story.closed_at.isoformat()
    [update] = story["liveBlogUpdate"]
    assert (update["headline"], update["articleBody"]) == ("The Council votes", "Nine votes.")


def test_a_running_coverage_has_no_end(live, client):
    live.send()
    page = client.get(live.story.address).content.decode()
    [story, _crumbs] = json.loads(DATA.search(page)[1])["@graph"]
    assert "coverageEndTime" not in story
    assert "is-running" in client.get("/").content.decode()


def test_the_stream_tells_the_pages_own_post(live, client):
    seq = head()
    post = live.send("Nine <i>votes</i> & more.", headline="The Council votes", is_key=True)
    actions.edit_post(by=None, post=post, copy=copy("Ten votes.", headline="It voted"))
    [first, second] = told_after(seq)
    assert (first.channels, first.event) == ((f"live:{live.story.pk}",), "live-post-published")
    data = json.loads(second.data)
    [line] = POST.findall(client.get(live.story.address).content.decode())
    assert data["html"].split() == line.split()
    assert (data["post"], data["pinned"]) == (post.key, False)


def test_what_was_deleted_is_not_told_again(live):
    seq = head()
    post = live.send("Nine votes.")
    actions.delete_post(by=None, post=post)
    [first, second] = told_after(seq)
    assert json.loads(first.data) == {"story": live.story.pk, "post": post.key}
    assert (second.event, second.recalls, second.about) == (
        "live-post-deleted",
        True,
        f"story:{live.story.pk}/live/post:{post.pk}",
    )


def test_of_a_story_held_meanwhile_nothing_is_told_but_names(live):
    seq = head()
    post = live.send("Nine votes.")
    actions.save_summary(by=None, live_story=live.live_story, points=["Nine."])
    stories.hold_story(by=None, story=live.story, why="Check.")
    [first, second, third] = told_after(seq)
    assert json.loads(first.data) == {"story": live.story.pk, "post": post.key}
    assert json.loads(second.data) == {"story": live.story.pk}
    assert third.channels == ("newsfeed:en", f"live:{live.story.pk}")


@pytest.mark.parametrize("ending", ["xml", "atom", "json"])
def test_a_coverage_has_feeds(live, client, ending):
    posts = [live.send(f"Post {n}.") for n in range(4)]
    actions.pin_post(by=None, post=posts[2])
    answer = client.get(f"/s/{live.story.pk}/feed.{ending}")
    text = answer.content.decode()
    assert answer.status_code == 200
    CHECKS[ending](answer.content)
    places = [text.index(f"/s/{live.story.pk}/{post.key}") for post in reversed(posts)]
    assert places == sorted(places)
    assert f"live:{live.story.pk}" in answer["Cache-Tag"].split()


def test_no_feed_of_what_has_no_coverage(room, client):
    story = a_published_story(room)
    assert client.get(f"/s/{story.pk}/feed.atom").status_code == 404
    assert client.get("/s/99999/feed.atom").status_code == 404


@pytest.mark.parametrize("keep", ["embargo", "hold", "withdraw"])
def test_nothing_of_a_kept_story_is_at_any_address(live, client, keep):
    post = live.send("A secret.")
    picture = f"/-/share/{live.story.pk}-{post.key}-1.jpg"
    addresses = [
        live.story.address,
        f"{live.story.address}?post={post.key}",
        f"/s/{live.story.pk}/{post.key}",
        f"/s/{live.story.pk}/feed.atom",
        picture,
    ]
    if keep == "embargo":
        stories.set_embargo(by=None, story=live.story, until=None)
    elif keep == "hold":
        stories.hold_story(by=None, story=live.story, why="Check.")
    else:
        live.story.unpublish()
    answers = [client.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} <= {404, 410}
    assert [a for a in answers if b"secret" in a.content] == []


def test_a_post_leads_to_its_story_once_readers_see_it(live, client):
    post = live.send("Nine votes.", headline="The Council votes")
    story = actions.promote_post(by=None, post=post)
    assert "The whole story" not in client.get(live.story.address).content.decode()
    story = stories.publish_story(by=None, story=story)
    page = client.get(live.story.address).content.decode()
    assert f'The whole story: <a href="{story.address}">The Council votes</a>' in page
    assert f'href="/s/{live.story.pk}/{post.key}"' in client.get(story.address).content.decode()


def test_a_page_costs_the_same_for_one_post_and_for_three(live, client):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(live.story.address)
        return len(queries)

    client.get("/")
    live.send("One.")
    one = asked()
    for _ in range(2):
        live.send("More.")
    assert (one, asked()) == (one, one)
    assert one <= 11


def test_days_are_crossed(live, client):
    with time_machine.travel(datetime(2026, 11, 24, 23, 50, tzinfo=UTC), tick=False) as now:
        live.send("One.")
        now.shift(timedelta(minutes=20))
        live.send("Two.")
        page = client.get(live.story.address).content.decode()
    assert re.findall(r'<li class="day" data-day="([^"]+)"', page) == ["2026-11-25", "2026-11-24"]
