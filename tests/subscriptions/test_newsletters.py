"""Issues of newsletters: counted, called back, sent once, kept back with a story that is gone."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.chats.actions import Words, open_chat, post_message
from dateline.common import clock
from dateline.journal.queries import replay
from dateline.publishing.scheduler import run_due
from dateline.publishing.sendings import sendings_after
from dateline.reader.issue_parts import stories_of_issue
from dateline.stories.actions import hold_story, kill_story, lift_hold, set_embargo
from dateline.subscriptions.actions import (
    call_back,
    clear_issue,
    compose_issue,
    leave,
    pause_subscriber,
    save_newsletter,
    schedule_issue,
    set_clock,
    subscriber_for,
    unfollow,
)
from dateline.subscriptions.enums import Source, Stage, Thing
from dateline.subscriptions.errors import IssueRefused
from dateline.subscriptions.mail.links import token_of
from dateline.subscriptions.models import Delivery, Issue, Sending
from dateline.subscriptions.newsletter_queries import (
    Subscribers,
    copy_of,
    subscriber_counts,
)
from dateline.subscriptions.newsletter_rules import IssueCopy, PartCopy
from dateline.subscriptions.post import Post
from dateline.subscriptions.queries import taken_back
from dateline.subscriptions.recipients import count_recipients
from dateline.topics.actions import save_edition
from dateline.topics.models import Edition
from tests.factories import a_published_story, a_reader
from tests.stories.records import assert_records
from tests.subscriptions.following import a_follower, a_sending, ledger, written
from tests.subscriptions.lettering import UNDO, Later, a_newsletter, an_issue, sent
from tests.subscriptions.test_letters import letters
from tests.subscriptions.test_post import PlainCarrier, work_off

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def later(monkeypatch):
    return Later(monkeypatch)


@pytest.fixture
def morning(room):
    newsletter = a_newsletter(room)
    for name in ("one", "two", "three"):
        a_follower(room, f"{name}@news.example", str(newsletter.subject))
    return newsletter


def follow_up():
    for recorded in replay(0, 1000):
        sendings_after(recorded)


def look_at_clock():
    now = clock.now()
    run_due(since=now - SECOND, now=now)


def test_the_number_before_is_the_number_that_is_written_down(room, morning, later):
    away = a_follower(room, "away@news.example", str(morning.subject))
    pause_subscriber(by=None, subscriber=away, length=timedelta(days=7))
    back = a_follower(room, "back@news.example", str(morning.subject))
    pause_subscriber(by=None, subscriber=back, length=-SECOND)
    left = a_follower(room, "left@news.example", str(morning.subject))
    leave(by=None, subscriber=left)
    a_follower(room, "other@news.example", "front:en")
    issue = sent(room, an_issue(room, morning), later)
    assert count_recipients(issue.sending) == 4
    written(issue.sending)
    lines = ledger(issue.sending)
    assert lines.pop("away@news.example") == ("skipped", "paused")
    assert sorted(lines) == [f"{name}@news.example" for name in ("back", "one", "three", "two")]
    assert {state for state, _ in lines.values()} == {"planned"}


def test_who_pauses_and_who_left_are_counted_apart(room, morning):
    quiet = a_newsletter(room, slug="quiet", title="Quiet letter")
    names = ("away", "back", "gone", "ended", "again")
    who = {name: a_follower(room, f"{name}@news.example", str(morning.subject)) for name in names}
    pause_subscriber(by=None, subscriber=who["away"], length=timedelta(days=7))
    pause_subscriber(by=None, subscriber=who["back"], length=-SECOND)
    leave(by=None, subscriber=who["gone"])
    ends = {"subject": str(morning.subject), "edition": room.edition}
    for name in ("ended", "again"):
        unfollow(by=None, subscriber=who[name], **ends)
    a_follower(room, "again@news.example", str(morning.subject))
    before = 3  # Those of every test here.
    assert subscriber_counts([morning, quiet], clock.now()) == {
        morning.pk: Subscribers(written_to=before + 2, paused=1, left=2),
        quiet.pk: Subscribers(),
    }


def test_nothing_leaves_before_the_time_to_call_it_back_is_over(room, morning, later):
    issue = an_issue(room, morning)
    with assert_records("issue-scheduled"):
        schedule_issue(by=room.editor, issue=issue)
    later.forward(UNDO - SECOND)
    look_at_clock()
    work_off(Post(PlainCarrier()))
    assert not Sending.objects.exists()
    with assert_records("issue-called-back"):
        assert call_back(by=room.editor, issue=issue)
    later.forward(UNDO)
    look_at_clock()
    issue.refresh_from_db()
    assert (issue.is_draft, issue.why, Sending.objects.exists()) == (True, "called-back", False)


def test_it_leaves_once_however_often_the_clock_is_looked_at(room, morning, later):
    issue = an_issue(room, morning)
    schedule_issue(by=room.editor, issue=issue)
    with pytest.raises(IssueRefused):
        schedule_issue(by=room.editor, issue=issue)
    with pytest.raises(IssueRefused):
        compose_issue(by=room.editor, issue=issue, copy=IssueCopy(title="Other words"))
    later.forward(UNDO)
    with assert_records("sending-planned", "issue-sent"):
        look_at_clock()
    look_at_clock()
    carrier = PlainCarrier()
    work_off(Post(carrier))
    look_at_clock()
    work_off(Post(carrier))
    assert sorted(carrier.carried) == [f"{one}@news.example" for one in ("one", "three", "two")]
    issue.refresh_from_db()
    assert (issue.is_waiting, issue.sending.stage) == (False, Stage.DONE)


def test_called_back_on_its_way_the_rest_stays(room, morning, later):
    for number in range(4):
        a_follower(room, f"more{number}@news.example", str(morning.subject))
    issue = sent(room, an_issue(room, morning), later)
    carrier = PlainCarrier()
    carrier.meanwhile = lambda: call_back(by=room.editor, issue=issue)
    work_off(Post(carrier))
    assert len(carrier.carried) == carrier.window
    states = Delivery.objects.values_list("state", flat=True)
    assert sorted(states) == ["sent"] * 3 + ["skipped"] * 4


@pytest.mark.parametrize(
    ("words", "parts"), [({"title": ""}, ()), ({"intro": ""}, ())], ids=["no subject", "nothing"]
)
def test_an_issue_without_words_is_not_sent(room, morning, words, parts):
    with pytest.raises(IssueRefused):
        schedule_issue(by=room.editor, issue=an_issue(room, morning, parts=parts, **words))


def test_a_newsletter_that_ended_sends_nothing(room, morning):
    morning.is_active = False
    save_newsletter(by=room.editor, newsletter=morning)
    with pytest.raises(IssueRefused):
        schedule_issue(by=room.editor, issue=an_issue(room, morning))


def test_it_stays_with_a_chosen_story_that_readers_may_not_see(room, morning, later):
    story = a_published_story(room)
    issue = an_issue(room, morning, story)
    schedule_issue(by=room.editor, issue=issue)
    set_embargo(by=room.editor, story=story, until=clock.now() + timedelta(hours=1))
    later.forward(UNDO)
    look_at_clock()
    issue.refresh_from_db()
    assert (issue.is_draft, bool(issue.why), Sending.objects.exists()) == (True, True, False)


def test_a_kill_calls_back_what_waits(room, morning, later):
    story = a_published_story(room)
    issue = an_issue(room, morning, story)
    schedule_issue(by=room.editor, issue=issue)
    kill_story(by=room.editor, story=story, why="Wrong")
    follow_up()
    issue.refresh_from_db()
    assert (issue.is_draft, issue.why) == (True, "hidden")


def test_a_kill_on_its_way_stops_the_rest_and_tells_those_who_have_it(room, morning, later):
    for number in range(4):
        a_follower(room, f"more{number}@news.example", str(morning.subject))
    gone, stays = a_published_story(room, "Minister resigns"), a_published_story(room, "A play")
    issue = sent(room, an_issue(room, morning, gone, stays), later)
    carrier = PlainCarrier()

    def kill():
        carrier.meanwhile = lambda: None
        kill_story(by=room.editor, story=gone, why="Another minister", notice="It was untrue.")

    carrier.meanwhile = kill
    work_off(Post(carrier))
    first = list(carrier.carried)
    assert len(first) == carrier.window
    follow_up()
    follow_up()
    [told] = Sending.objects.filter(thing=Thing.RETRACTION)
    assert sorted(ledger(written(told))) == sorted(first)
    assert taken_back([issue.sending]) == {issue.sending_id}
    for subject, text, html in letters().values():
        assert subject == "A story we sent you was withdrawn"
        assert "It was untrue." in text
        assert "Minister" not in text + html

    clear_issue(by=room.editor, issue=issue)
    written(issue.sending)
    assert list(stories_of_issue(issue, clock.now()).values()) == [[stays.pk]]


def test_cleared_it_goes_on_to_those_who_have_not_got_it(room, morning, later):
    gone, stays = a_published_story(room, "Minister resigns"), a_published_story(room, "A play")
    issue = sent(room, an_issue(room, morning, gone, stays), later)
    hold = hold_story(by=room.editor, story=gone, why="Lawyers")
    follow_up()
    assert not Sending.objects.filter(thing=Thing.RETRACTION).exists()
    carrier = PlainCarrier()
    work_off(Post(carrier))
    assert carrier.carried == []
    clear_issue(by=room.editor, issue=issue)
    written(Sending.objects.get())
    for _subject, text, html in letters().values():
        assert ("A play" in text, "Minister" in text + html) == (True, False)
    lift_hold(by=room.editor, hold=hold)
    assert copy_of(issue).parts[0].stories == (stays.pk,)


def test_parts_fill_themselves_and_no_story_stands_twice(room, morning, later):
    old = a_published_story(room, "Old news")
    sent(room, an_issue(room, morning, old), later)
    later.forward(timedelta(hours=1))
    play = a_published_story(room, "A play opens", section=room.culture)
    talks = a_published_story(room, "Talks fail")
    draft = an_issue(
        room,
        morning,
        parts=(
            PartCopy(source=Source.TOP, section=room.culture.pk, most=1),
            PartCopy(source=Source.SINCE, most=5),
        ),
    )
    assert list(stories_of_issue(draft, clock.now() + SECOND).values()) == [[play.pk], [talks.pk]]
    issue = sent(room, draft, later)
    a_published_story(room, "Too late")
    assert list(stories_of_issue(issue, clock.now()).values()) == [[play.pk], [talks.pk]]


def test_what_is_talked_about_comes_by_how_much(room, morning):
    ada = a_reader("Ada")
    quiet, loud = a_published_story(room, "Quiet"), a_published_story(room, "Loud")
    said = {quiet: ["The doors were open."], loud: ["Who counted?", "Snow fell on the pass."]}
    for story, words in said.items():
        chat = open_chat(by=room.editor, of=story)
        for text in words:
            post_message(by=ada, chat=chat, words=Words(text=text))
    draft = an_issue(room, morning, parts=(PartCopy(source=Source.TALKED, most=2),))
    assert list(stories_of_issue(draft, clock.now()).values()) == [[loud.pk, quiet.pk]]


def test_an_hour_of_each_reader_is_that_of_their_clock_or_their_edition(room, morning, later):
    room.edition.timezone = "Europe/Vienna"
    save_edition(by=None, edition=room.edition)
    far = Edition(code="ar", name="م", agency="م", language="ar", direction="rtl")
    far.timezone = "Asia/Dubai"
    far = save_edition(by=None, edition=far)
    reader = subscriber_for(by=None, mail="dubai@news.example", edition=far)
    a_follower(room, reader.mail, str(morning.subject))
    west = a_follower(room, "lisbon@news.example", str(morning.subject))
    set_clock(by=None, subscriber=west, timezone="Europe/Lisbon")
    hour = datetime(clock.now().year + 1, 1, 11, 6, tzinfo=UTC)  # Seven o'clock in Vienna.
    issue = an_issue(room, morning)
    schedule_issue(by=room.editor, issue=issue, at=hour, is_local=True)
    issue.refresh_from_db()
    assert issue.due_at == hour - timedelta(hours=3)
    later.forward(issue.due_at - clock.now())
    look_at_clock()
    written(Sending.objects.get())
    due = {row.subscriber.mail: row.due_at for row in Delivery.objects.all()}
    assert due["one@news.example"] == hour
    assert due["lisbon@news.example"] == hour + timedelta(hours=1)
    assert due["dubai@news.example"] - issue.due_at < timedelta(seconds=5)


def test_the_clock_furthest_east_decides_when_an_issue_is_fixed(room, morning):
    east = a_follower(room, "suva@news.example", str(morning.subject))
    set_clock(by=None, subscriber=east, timezone="Pacific/Fiji")
    hour = datetime(clock.now().year + 1, 1, 11, 7, tzinfo=UTC)
    issue = an_issue(room, morning)
    schedule_issue(by=room.editor, issue=issue, at=hour, is_local=True)
    issue.refresh_from_db()
    assert issue.due_at == hour - timedelta(hours=12)


def test_the_letter_says_it_all_and_runs_nothing(room, morning, later, settings):
    morning.sender_name = "Ilse at Meridian"
    save_newsletter(by=room.editor, newsletter=morning)
    story = a_published_story(room, standfirst="Nobody named a day.")
    words = {
        "intro": "<p>Good <b>morning</b>.</p><script>x</script>",
        "preheader": "And a play",
        "sponsor": "Brenn Ferries",
        "sponsor_url": "https://ferries.example/",
    }
    issue = sent(room, an_issue(room, morning, story, **words), later)
    written(issue.sending)
    subject, text, html = letters()["one@news.example"]
    assert subject == issue.title
    assert f"{settings.DATELINE.base_url}/newsletters/morning/{issue.pk}/" in text
    assert "You get this because you subscribe to the newsletter Morning letter." in text
    assert f"/letters/k.s/stop/?of={morning.subject}" in html.replace("&amp;", "&")
    for part in (text, html):
        for words in ("Good", "Talks fail in Brenn", "Nobody named a day.", "Brenn Ferries"):
            assert words in part
    assert "<script" not in html
    assert len(html.encode()) < 30_000


def test_other_letters_come_from_the_house(room):
    a_follower(room, "one@news.example", "front:en")
    story = a_published_story(room)
    written(a_sending(room, "front:en", story=story.pk))
    assert list(letters()) == ["one@news.example"]


def test_drafts_are_nobodys_business(room, morning):
    an_issue(room, morning)
    assert [one.is_draft for one in Issue.objects.all()] == [True]
    assert not Sending.objects.exists()


def test_a_newsletter_is_offered_and_comes_by_itself(client, room, morning):
    assert "Morning letter" in client.get("/subscribe/").content.decode()
    who = a_follower(room, "four@news.example", str(morning.subject))
    page = client.get(f"/letters/{token_of(who.key)}/").content.decode()
    assert "Morning letter" in page
    assert 'value="daily"' not in page
    morning.is_active = False
    save_newsletter(by=room.editor, newsletter=morning)
    assert "Morning letter" not in client.get("/subscribe/").content.decode()
