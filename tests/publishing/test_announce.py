"""What the stream is told is what the page shows."""

import asyncio
import json
import re

import pytest
from django.db import transaction

from dateline.journal.models import JournalLine
from dateline.journal.queries import head, replay
from dateline.newsfeed.actions import link_story, raise_alert, withdraw_alert
from dateline.publishing import wiring
from dateline.publishing.announce import JournalSource, _read, announcements_of
from dateline.reader.memo import memo
from dateline.stories.actions import hold_story, publish_story
from dateline.topics.actions import save_topic
from tests.factories import a_newsroom, a_published_story, a_story

ALERT = re.compile(r"<aside.*?</aside>", re.DOTALL)
LINE = re.compile(r'<li class="feed-line.*?</li>', re.DOTALL)


@pytest.fixture
def room():
    memo._values.clear()
    yield a_newsroom()
    memo._values.clear()


def told_after(seq):
    return announcements_of(replay(seq))


def words(html):
    return html.split()


@pytest.mark.django_db
@pytest.mark.parametrize("urgency", [1, 5])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_line_of_the_stream_is_the_pages_own(room, client, urgency, language):
    room.edition.language, room.edition.timezone = language, "Asia/Tokyo"
    room.edition.save()
    story = a_published_story(room, 'Talks <i>fail</i> & "stop"', urgency=urgency)
    [*_, told] = told_after(0)
    assert (told.channels, told.event) == (("newsfeed:en",), "story-published")
    data = json.loads(told.data)
    assert (data["story"], data["urgency"]) == (story.pk, urgency)
    [line] = LINE.findall(client.get("/").content.decode())
    assert words(data["html"]) == words(line)
    assert "<i>fail</i>" not in data["html"]


@pytest.mark.django_db
def test_each_public_entry_is_announced_and_no_other(room):
    story, seq = a_published_story(room), head()
    publish_story(by=None, story=story)
    hold_story(by=None, story=story, why="Only the desk knows why.")
    publish_story(by=None, story=story)
    save_topic(by=None, topic=room.topic)
    told = told_after(seq)
    assert [one.event for one in told] == ["story-updated", "story-withdrawn"]
    assert json.loads(told[1].data) == {"story": story.pk}
    assert [one.seq for one in told] == sorted(one.seq for one in told)


@pytest.mark.django_db
def test_a_line_for_an_edition_that_is_gone_is_still_rendered(room):
    a_published_story(room)
    [*_, recorded] = replay(0)
    object.__setattr__(recorded.entry, "edition", "xx")
    [told] = announcements_of([recorded])
    assert "Talks fail" in json.loads(told.data)["html"]


@pytest.mark.database
def test_what_cannot_be_read_is_skipped_and_counted(committed):
    memo._values.clear()
    with transaction.atomic():
        room = a_newsroom()
        first, seq = a_published_story(room, "First"), head()
        lost, last = a_published_story(room, "Lost"), a_published_story(room, "Last")
    JournalLine.objects.filter(subject=f"story:{lost.pk}").update(kind="comet-landed")

    async def follow():
        source = JournalSource()
        try:
            told, until = await source.after(seq - 1, 10)
            return [json.loads(one.data)["story"] for one in told], until, source.unreadable
        finally:
            source.close()

    assert asyncio.run(follow()) == ([first.pk, last.pk], head(), 1)
    memo._values.clear()


@pytest.mark.database
def test_the_source_follows_the_journal_and_is_woken(committed):
    wiring._bells[0].close()
    memo._values.clear()
    with transaction.atomic():
        room = a_newsroom()
        story = a_story(room)

    async def follow():
        source = JournalSource()
        try:
            seq = await source.head()
            assert await source.after(seq, 10) == ([], seq)
            waiting = asyncio.create_task(source.wait())
            await asyncio.sleep(0.05)
            await asyncio.to_thread(publish_and_close, story)
            await asyncio.wait_for(waiting, 0.8)
            told, until = await source.after(seq, 10)
            assert ([one.event for one in told], until) == (["story-published"], seq + 1)
            assert await source.after(until + 50, 10) == ([], until)
            return until
        finally:
            source.close()

    assert asyncio.run(follow()) == head()
    wiring._bells[0].close()
    memo._values.clear()


def publish_and_close(story):
    from django.db import connection

    publish_story(by=None, story=story)
    connection.close()


@pytest.mark.django_db
def test_an_alert_is_told_as_it_is_now_and_not_at_all_when_it_is_over(room, client):
    story, seq = a_published_story(room), head()
    first = raise_alert(by=None, edition=room.edition, urgency=1, headline="<b> flash")
    link_story(by=None, alert=first, story=story)
    shown = [json.loads(one.data) for one in _read(seq, 100)[0]]
    [banner] = ALERT.findall(client.get("/-/now").content.decode())
    assert [words(one["html"]) for one in shown] == [words(banner)] * 2
    assert (story.address in banner, "<b>" in banner) == (True, False)
    hold_story(by=None, story=story, why="Check.")
    [*_, changed, _gone] = [json.loads(one.data) for one in _read(seq, 100)[0]]
    assert (changed["alert"], story.address in changed["html"]) == (first.pk, False)
    withdraw_alert(by=None, alert=first)
    told = [one for one in _read(seq, 100)[0] if one.event.startswith("alert")]
    assert [json.loads(one.data) for one in told] == [{"alert": first.pk}] * 3
    assert [(one.about, one.recalls) for one in told] == [
        (f"alert:{first.pk}", recalls) for recalls in (False, True, True)
    ]
