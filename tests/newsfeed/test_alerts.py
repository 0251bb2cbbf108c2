"""An alert: raised, changed, linked, over; and never leading where readers may not go."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from dateline.common import clock
from dateline.newsfeed.actions import (
    change_alert,
    end_alert,
    follow_story,
    link_story,
    raise_alert,
    withdraw_alert,
)
from dateline.newsfeed.alert_queries import alert_in_force, due_alerts, latest_alerts
from dateline.newsfeed.entries import AlertRaised
from dateline.newsfeed.enums import Ended
from dateline.newsfeed.errors import AlertOver, AlertRefused
from dateline.newsfeed.models import Alert
from dateline.publishing.scheduler import run_due
from dateline.reader.memo import memo
from dateline.stories.actions import hold_story, kill_story, lift_hold, set_embargo
from dateline.stories.models import Story
from dateline.topics.actions import save_edition
from dateline.topics.models import Edition
from tests.factories import a_published_story, a_story
from tests.live.coverage import Recording

pytestmark = pytest.mark.django_db
FLASH, BULLETIN = 1, 2
RAISED, CHANGED, ENDED = "alert-raised", "alert-changed", "alert-ended"
SECOND = timedelta(seconds=1)


def flash(room, headline="Council recognises Ostrel", **given):
    given = {"urgency": FLASH, "edition": room.edition} | given
    return raise_alert(by=room.editor, headline=headline, **given)


def in_force(room):
    return alert_in_force(room.edition, clock.now())


def test_a_flash_is_a_headline_alone_and_its_story_follows(room):
    with Recording() as told:
        alert = flash(room)
        story = a_published_story(room)
        link_story(by=room.editor, alert=alert, story=story)
        link_story(by=room.editor, alert=alert, story=story)
    first, published, linked = told.entries
    assert told.kinds == [RAISED, "story-published", CHANGED]
    until = alert.raised_at + timedelta(minutes=60)
    assert first == AlertRaised(
        edition="en", alert=alert.pk, urgency=1, headline="Council recognises Ostrel", until=until
    )
    assert (linked.story, linked.address) == (story.pk, published.address)
    assert (first.keys, first.channels) == (("alert:en",), ("newsfeed:en",))
    assert (in_force(room), in_force(room).raised_by) == (alert, room.editor)


@pytest.mark.parametrize(("urgency", "minutes"), [(FLASH, 7), (BULLETIN, 3)])
def test_how_long_it_stands_is_a_setting(room, monkeypatch, urgency, minutes):
    given = settings.DATELINE.model_copy(update={"flash_minutes": 7, "bulletin_minutes": 3})
    monkeypatch.setattr(settings, "DATELINE", given)
    alert = flash(room, urgency=urgency)
    assert alert.until - alert.raised_at == timedelta(minutes=minutes)


def test_what_is_asked_for_twice_is_raised_once(room):
    with Recording() as told:
        first, again = flash(room), flash(room, "  Council recognises  Ostrel ")
    assert (told.kinds, again) == ([RAISED], first)


def test_a_new_alert_takes_the_place_of_the_one_in_force(room):
    first = flash(room)
    with Recording() as told:
        second = flash(room, "Talks fail", urgency=BULLETIN)
    first.refresh_from_db()
    assert told.kinds == [ENDED, RAISED]
    assert (first.ended_as, in_force(room)) == (Ended.REPLACED, second)
    assert list(latest_alerts()) == [second, first]


def test_two_alerts_cannot_be_in_force(room):
    copied = flash(room)
    copied.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copied.save()


@pytest.mark.parametrize(
    "given",
    [
        {"headline": "  "},
        {"headline": "x" * 61},
        {"urgency": 3},
        {"until": clock.now() - SECOND},
    ],
)
def test_what_cannot_be_shown_is_refused(room, given):
    with Recording() as told, pytest.raises(AlertRefused):
        flash(room, **given)
    assert (told.kinds, Alert.objects.count()) == ([], 0)


def test_another_editions_story_and_one_that_is_over_are_refused(room):
    other = Edition(code="ru", name="Меридиан", agency="Меридиан", language="ru")
    save_edition(by=None, edition=other)
    killed = a_published_story(room)
    kill_story(by=None, story=killed, why="Wrong.")
    withdrawn = a_published_story(room)
    withdrawn.unpublish()
    with pytest.raises(AlertRefused):
        flash(room, edition=other, story=a_story(room))
    alert = flash(room)
    for story, why in ((killed, "killed"), (withdrawn, "withdrawn")):
        for act in (lambda one: flash(room, story=one), lambda one: _link(alert, one)):
            with pytest.raises(AlertRefused, match=why):
                act(story)


def _link(alert, story):
    link_story(by=None, alert=alert, story=story)


def test_words_and_end_can_be_changed_until_it_is_over(room):
    alert = flash(room)
    later = alert.until + timedelta(minutes=5)
    with Recording() as told:
        change_alert(by=room.editor, alert=alert, headline="Council recognises Ostrel")
        change_alert(by=room.editor, alert=alert, headline="Council defers", until=later)
    assert (told.kinds, told.entries[0].headline) == ([CHANGED], "Council defers")
    assert told.entries[0].until == later
    withdraw_alert(by=room.editor, alert=alert)
    with pytest.raises(AlertOver):
        change_alert(by=None, alert=alert, headline="Too late")
    with pytest.raises(AlertOver):
        _link(alert, a_published_story(room))


def test_a_withdrawal_says_who_and_why_and_is_told_once(room):
    alert = flash(room)
    with Recording() as told:
        withdraw_alert(by=room.editor, alert=alert, why="Not confirmed.")
        withdraw_alert(by=None, alert=alert)
    alert.refresh_from_db()
    assert (told.kinds, told.entries[0].ended_as) == ([ENDED], "withdrawn")
    assert (alert.ended_by, alert.why, in_force(room)) == (room.editor, "Not confirmed.", None)


def test_it_ends_at_its_second_whether_or_not_anybody_notes_it(room, time_machine):
    time_machine.move_to("2026-11-24T12:00Z", tick=False)
    alert = flash(room)
    found = []
    for moment in (alert.until - SECOND, alert.until, alert.until + SECOND):
        time_machine.move_to(moment, tick=False)
        found.append((in_force(room), due_alerts(moment).count()))
        with Recording() as told:
            run_due(since=moment - SECOND, now=moment)
        found.append(told.kinds)
    assert found == [(alert, 0), [], (None, 1), [ENDED], (None, 0), []]
    assert Alert.objects.get().ended_as == Ended.EXPIRED


def test_one_whose_time_has_passed_is_not_called_replaced(room, time_machine):
    time_machine.move_to("2026-11-24T12:00Z", tick=False)
    first = flash(room)
    time_machine.move_to(first.until, tick=False)
    flash(room)
    first.refresh_from_db()
    assert first.ended_as == Ended.EXPIRED


def test_one_in_force_is_not_ended_by_the_clock(room):
    with Recording() as told:
        end_alert(by=None, alert=flash(room))
    assert told.kinds == [RAISED]


def test_it_leads_to_its_story_exactly_while_readers_see_it(room):
    story = a_story(room)
    with Recording() as told:
        flash(room, story=story)
    assert (told.entries[0].story, told.entries[0].address) == (None, "")
    story = a_published_story(room, "Seen")
    flash(room, story=story)
    held = hold_story(by=None, story=story, why="Check.")
    with Recording() as away:
        follow_story(by=None, story=story.pk)
        follow_story(by=None, story=story.pk)
    lift_hold(by=None, hold=held)
    with Recording() as back:
        follow_story(by=None, story=story.pk)
    assert (away.kinds, away.entries[0].story) == ([CHANGED], None)
    assert (back.kinds, back.entries[0].story) == ([CHANGED], story.pk)


@pytest.mark.parametrize("end", [lambda story: story.unpublish(), lambda story: story.delete()])
def test_a_story_that_is_withdrawn_or_deleted_ends_its_alert(room, end):
    story = a_published_story(room)
    number, alert = story.pk, flash(room, story=story)
    end(story)
    assert in_force(room) is None, "before anybody noted it"
    with Recording() as told:
        follow_story(by=None, story=number)
        follow_story(by=None, story=number)
    alert.refresh_from_db()
    assert (told.kinds, alert.ended_as) == ([ENDED], Ended.GONE)
    assert [one.story for one in latest_alerts()] == [Story.objects.filter(pk=number).first()]


def test_one_that_is_published_again_in_time_keeps_its_alert(room):
    story = a_published_story(room)
    alert = flash(room, story=story)
    story.unpublish()
    story.get_latest_revision().publish()
    with Recording() as told:
        follow_story(by=None, story=story.pk)
    assert (told.kinds, in_force(room)) == ([], alert)


def test_a_kill_ends_the_alert_also_of_a_draft_nobody_saw(room):
    for story in (a_published_story(room), a_story(room)):
        alert = flash(room, story=story)
        kill_story(by=None, story=story, why="Wrong.")
        assert in_force(room) is None, "before anybody noted it"
        with Recording() as told:
            run_due(since=clock.now(), now=clock.now())
            follow_story(by=None, story=story.pk)
        alert.refresh_from_db()
        assert (told.kinds, alert.ended_as) == ([ENDED], Ended.KILLED)


def test_readers_pages_show_it_or_ask_for_it(room, client):
    story = a_published_story(room)
    for until in (None, clock.now() + timedelta(days=1)):
        set_embargo(by=None, story=story, until=until)
    secret = a_published_story(room, "Seen by all")
    before = client.get(secret.address).content
    flash(room, "Council <recognises> Ostrel", story=story)
    for address in ("/", "/-/now"):
        html = client.get(address).content.decode()
        assert html.count("Council &lt;recognises&gt; Ostrel") == 1
        assert ("alert-words" in html, "talks-fail" in html) == (True, False)
        assert "alert:en" in client.get(address)["Cache-Tag"].split()
    answer = client.get(secret.address)
    assert "alert:en" not in answer["Cache-Tag"].split()
    assert b"recognises" not in answer.content
    assert len(answer.content) == len(before)


def test_without_an_alert_nothing_stands_there(room, client):
    for address in ("/", "/-/now"):
        assert "data-alert=" not in client.get(address).content.decode()


def test_flash_and_bulletin_look_different_and_lead_to_the_story(room, client):
    story = a_published_story(room)
    for urgency, words in ((FLASH, "is-flash"), (BULLETIN, "is-bulletin")):
        flash(room, urgency=urgency, story=story)
        memo._values.clear()
        html = client.get("/-/now").content.decode()
        assert (words in html, f'class="alert-words" href="{story.address}"' in html) == (
            True,
            True,
        )
