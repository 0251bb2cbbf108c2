"""From a publication to a letter: what it says, why it was sent, and what must never leave."""

from datetime import timedelta
from email import message_from_bytes, policy
from time import monotonic

import pytest
from django.conf import settings

from dateline.common import clock
from dateline.journal.queries import replay
from dateline.publishing.sendings import sendings_after
from dateline.reader.letters.writer import Writer
from dateline.stories.actions import (
    hold_story,
    kill_story,
    lift_hold,
    publish_story,
    set_embargo,
)
from dateline.subscriptions.actions import stop_sending, take
from dateline.subscriptions.enums import Cause, Thing
from dateline.subscriptions.mail.compose import MESSAGE_ID, TO, TOKEN
from dateline.subscriptions.models import Delivery, Sending
from dateline.topics.actions import save_edition
from tests.factories import a_published_story, a_story
from tests.subscriptions.following import a_follower, a_sending, ledger, written
from tests.subscriptions.test_post import PlainCarrier, Post, work_off

pytestmark = pytest.mark.django_db
READER = "reader@news.example"


def follow_up(after=0):
    """Run the effect on every entry after a number."""
    for recorded in replay(after, 1000):
        sendings_after(recorded)


def letters():
    """Return subject, text and html of each letter that is due."""
    taken = take(by="test", channel="mail", most=100)
    forms = Writer()(taken)
    made = {}
    for one in taken:
        if one.pk in forms:
            data = forms[one.pk].filled(
                {TO: one.subscriber.mail, MESSAGE_ID: "<1@x>", TOKEN: "k.s"}
            )
            read = message_from_bytes(data, policy=policy.default)
            text, html = (part.get_content() for part in read.iter_parts())
            made[one.subscriber.mail] = (read["subject"], text, html)
    return made


def topic(room):
    return f"topic:{room.topic.pk}"


def test_a_published_story_is_sent_with_the_reason(room):
    a_follower(room, READER, "front:en", topic(room))
    story = a_published_story(room, standfirst="Nobody named a day.")
    follow_up()
    written(Sending.objects.get())
    subject, text, html = letters()[READER]
    assert subject == "Talks fail in Brenn"
    assert "You get this because you follow the topic Ostrel." in text
    assert f"{settings.DATELINE.base_url}{story.address}" in text
    assert "The talks ended without a date for new ones." in text
    for part in (text, html):
        assert "/letters/k.s/" in part
        assert f"/letters/k.s/stop/?of={topic(room)}" in part.replace("&amp;", "&")
    assert 'style="' in html
    assert "<script" not in html
    assert len(html.encode()) < 30_000


def test_nothing_goes_out_before_readers_may_see_it(room):
    a_follower(room, READER, "front:en")
    story = a_story(room)
    set_embargo(by=room.editor, story=story, until=clock.now() + timedelta(hours=1))
    publish_story(by=room.editor, story=story)
    held = a_published_story(room, "Held back")
    follow_up()
    hold = hold_story(by=room.editor, story=held, why="Lawyers")
    follow_up()
    assert [one.stage for one in Sending.objects.all()] == ["stopped"]
    assert ledger(Sending.objects.get()) == {}
    lift_hold(by=room.editor, hold=hold)
    follow_up()
    assert list(ledger(written(Sending.objects.get()))) == [READER]


def test_what_the_desk_stopped_stays_stopped(room):
    a_follower(room, READER, "front:en")
    story = a_published_story(room)
    follow_up()
    stop_sending(by=room.editor, sending=Sending.objects.get(), why=Cause.DESK)
    hold = hold_story(by=room.editor, story=story, why="Lawyers")
    follow_up()
    lift_hold(by=room.editor, hold=hold)
    follow_up()
    assert Sending.objects.get().stage == "stopped"


def test_a_letter_says_what_readers_may_see_now(room, monkeypatch):
    for name in ("one", "two"):
        a_follower(room, f"{name}@news.example", "front:en")
    story = a_published_story(room)
    follow_up()
    written(Sending.objects.get())
    taken, write = take(by="test", channel="mail", most=2), Writer()
    first, second = write(taken).values()
    assert first is second
    hold = hold_story(by=room.editor, story=story, why="Lawyers")
    now = monotonic()
    monkeypatch.setattr("dateline.reader.letters.writer.monotonic", lambda: now + 6)
    assert write(taken) == {}
    lift_hold(by=room.editor, hold=hold)
    monkeypatch.setattr("dateline.reader.letters.writer.monotonic", lambda: now + 12)
    assert len(write(taken)) == 2


def test_a_story_of_long_ago_is_no_news(room):
    a_follower(room, READER, "front:en")
    a_published_story(room)
    [line] = [one for one in replay(0, 1000) if one.entry.kind == "story-published"]
    object.__setattr__(line.entry, "published_at", clock.now() - timedelta(days=2))
    sendings_after(line)
    assert Sending.objects.count() == 0


def test_who_follows_only_since_a_story_is_out_is_not_sent_it(room):
    a_follower(room, READER, "front:en")
    a_published_story(room)
    a_follower(room, "late@news.example", "front:en")
    follow_up()
    assert list(ledger(written(Sending.objects.get()))) == [READER]


def test_a_story_that_leads_back_to_another_is_what_followed_it(room):
    first = a_published_story(room, "Talks begin")
    a_follower(room, READER, f"story:{first.pk}")
    follow_up()
    paragraph = f'As <a href="{first.address}">reported</a>, talks had begun.'
    a_published_story(room, paragraph=paragraph)
    follow_up()
    told = [ledger(written(one)) for one in Sending.objects.order_by("pk")]
    assert told == [{READER: ("planned", f"story:{first.pk}")}]


def test_who_had_a_story_that_was_killed_is_told_without_its_words(room):
    a_follower(room, READER, "front:en")
    story = a_published_story(room, "Minister resigns")
    follow_up()
    work_off(Post(PlainCarrier()))
    kill_story(by=room.editor, story=story, why="Another minister", notice="It was untrue.")
    follow_up()
    sending = Sending.objects.get(thing=Thing.RETRACTION)
    written(sending)
    subject, text, html = letters()[READER]
    assert subject == "A story we sent you was withdrawn"
    assert "It was untrue." in text
    for part in (text, html):
        assert "Minister" not in part
        assert "Another minister" not in part


def test_nobody_is_told_of_a_withdrawal_who_had_nothing(room):
    a_follower(room, "weekly@news.example", "front:en", pace="weekly")
    story = a_published_story(room)
    follow_up()
    work_off(Post(PlainCarrier()))
    story.unpublish()
    follow_up()
    assert [one.thing for one in Sending.objects.all()] == [Thing.STORY]


def test_a_digest_brings_what_is_new_of_all_that_is_followed(room):
    everything = a_follower(room, "all@news.example", "front:en", pace="daily")
    a_follower(room, "all@news.example", topic(room), pace="daily")
    a_follower(room, "culture@news.example", f"section:{room.culture.pk}", pace="daily")
    a_published_story(room, "Talks fail")
    had = a_published_story(room, "A play opens", section=room.culture)
    early = a_sending(room, "front:en", key=f"story:{had.pk}", story=had.pk)
    Delivery.objects.create(sending=early, subscriber=everything, channel="mail", state="sent")
    digest = a_sending(
        room,
        key="digest:en:daily:1",
        thing=Thing.DIGEST,
        pace="daily",
        since=clock.now() - timedelta(days=1),
        due_at=clock.now(),
    )
    Sending.objects.filter(pk=early.pk).update(stage="done", closed_at=clock.now())
    written(digest)
    made = letters()
    subject, text, _ = made["all@news.example"]
    assert (subject, "A play opens" in text, "1 new story" in text) == ("Talks fail", False, True)
    assert "You get this once a day." in text
    assert made["culture@news.example"][0] == "A play opens"


def test_a_digest_without_news_is_not_sent(room):
    a_follower(room, READER, topic(room), pace="daily")
    digest = a_sending(
        room, key="digest:en:daily:1", thing=Thing.DIGEST, pace="daily", due_at=clock.now()
    )
    written(digest)
    assert letters() == {}


def test_an_arabic_letter_reads_from_the_right(room):
    room.edition.language, room.edition.direction = "ar", "rtl"
    save_edition(by=None, edition=room.edition)
    a_follower(room, READER, topic(room))
    a_published_story(room, "فشل المحادثات")
    follow_up()
    written(Sending.objects.get())
    subject, _text, html = letters()[READER]
    assert subject == "فشل المحادثات"
    assert '<html lang="ar" dir="rtl"' in html
    assert "تصلك" in html or "تصلكم" in html or "لأنك" in html
