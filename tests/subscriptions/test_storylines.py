"""Following a storyline: who gets its stories, why, in which words; and what nobody learns of."""

from datetime import timedelta

import pytest
from django.conf import settings as live_settings
from pydantic import SecretStr

from dateline.common import clock
from dateline.config.subscribers import Wish, export_to, take
from dateline.journal.queries import head, replay
from dateline.publishing.sendings import sendings_after
from dateline.reader.letters.subjects import named
from dateline.standards.subscribers.reading import read_subscribers
from dateline.stories.actions import hold_story, kill_story, release_embargo, set_embargo
from dateline.stories.actions import publish_story as publish
from dateline.stories.models import Story
from dateline.subscriptions.mail.links import token_of
from dateline.subscriptions.models import Delivery, Sending, Subscriber
from tests.factories import a_published_story, a_story, a_storyline
from tests.subscriptions.following import a_follower, ledger, written

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def storyline(room):
    return a_storyline(room)


def subject(storyline):
    return f"storyline:{storyline.pk}"


def told_since(seq):
    """Carry out what the entries since then mean for followers, and return what goes out."""
    for recorded in replay(seq):
        sendings_after(recorded)
    return list(Sending.objects.order_by("pk"))


def test_several_follows_that_match_give_one_letter_with_the_reason_that_says_most(room, storyline):
    own, topic = subject(storyline), f"topic:{room.topic.pk}"
    a_follower(room, "all@news.example", "front:en", topic, own)
    a_follower(room, "storyline@news.example", own)
    a_follower(room, "topic@news.example", topic)
    seq = head()
    a_published_story(room, storyline=storyline)
    [sending] = told_since(seq)
    assert ledger(written(sending)) == {
        "all@news.example": ("planned", own),
        "storyline@news.example": ("planned", own),
        "topic@news.example": ("planned", topic),
    }


def test_a_story_of_no_storyline_is_not_for_its_followers(room, storyline):
    a_follower(room, "storyline@news.example", subject(storyline))
    seq = head()
    a_published_story(room)
    assert told_since(seq) == []


def test_nothing_goes_out_before_an_embargo_ends(room, storyline):
    a_follower(room, "storyline@news.example", subject(storyline))
    story = a_story(room, storyline=storyline)
    embargo = set_embargo(by=None, story=story, until=clock.now() + timedelta(hours=1))
    seq = head()
    publish(by=None, story=story)
    assert told_since(seq) == []
    seq = head()
    release_embargo(by=None, embargo=embargo)
    [sending] = told_since(seq)
    assert list(ledger(written(sending))) == ["storyline@news.example"]


def test_a_kill_stops_what_is_on_its_way(room, storyline):
    a_follower(room, "storyline@news.example", subject(storyline))
    seq = head()
    story = a_published_story(room, storyline=storyline)
    [sending] = told_since(seq)
    written(sending)
    seq = head()
    kill_story(by=None, story=story, why="wrong")
    told_since(seq)
    assert [row.state for row in Delivery.objects.filter(sending=sending)] == ["skipped"]


def test_its_name_is_told_once_readers_saw_a_story_of_it(client, room, storyline):
    text, ask = subject(storyline), f"/subscribe/?edition=en&to={subject(storyline)}"
    assert named(text, room.edition) is None
    assert storyline.name not in client.get(ask).text
    a_published_story(room, storyline=storyline)
    found = named(text, room.edition)
    assert (found.label, found.url) == (storyline.name, storyline.address)
    page = client.get(ask).text
    assert storyline.name in page
    assert f'href="{storyline.address}feed.xml"' in page


def test_a_story_is_offered_with_its_storyline_while_it_is_seen(
    client, room, storyline, settings, monkeypatch
):
    given = settings.DATELINE.model_copy(update={"mail_server": SecretStr("folder")})
    monkeypatch.setattr(live_settings, "DATELINE", given)
    story = a_published_story(room, storyline=storyline)
    ask = f"/subscribe/?edition=en&to=story:{story.pk}"
    assert f'value="{subject(storyline)}"' in client.get(ask).text
    hold_story(by=None, story=Story.objects.get(pk=story.pk), why="checking")
    assert f'value="{subject(storyline)}"' not in client.get(ask).text


def test_ones_own_page_and_feed_name_it(client, room, storyline):
    story = a_published_story(room, "Day one", storyline=storyline)
    a_published_story(room, "Of no storyline")
    who = a_follower(room, "storyline@news.example", subject(storyline))
    assert storyline.name in client.get(f"/letters/{token_of(who.key)}/").text
    items = client.get(f"/letters/feed/{who.feed_key}/feed.json").json()["items"]
    assert [item["title"] for item in items] == [story.headline]


def test_it_goes_out_in_a_file_by_its_address_and_comes_in_again(room, storyline, tmp_path):
    a_published_story(room, storyline=storyline)
    a_follower(room, "storyline@news.example", subject(storyline))
    file = tmp_path / "list.csv"
    export_to(file)
    [who] = read_subscribers(file)
    assert set(who.choices) == {f"mail at-once en storyline:{storyline.slug}"}
    Subscriber.objects.all().delete()
    take(Wish(files=(file,)))
    [row] = Subscriber.objects.get().subscriptions.all()
    assert (row.subject, row.rank) == (subject(storyline), "2")
