"""Two subjects of one issue: drawn, counted where that is wanted, decided; nothing else known."""

from collections import Counter
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.conf import settings

from dateline.common import clock
from dateline.publishing.scheduler import run_due
from dateline.reader.letters.writer import Writer
from dateline.stories.actions import kill_story
from dateline.subscriptions.actions import (
    Told,
    call_back,
    compose_issue,
    set_counting,
    withdraw_from_issue,
)
from dateline.subscriptions.actions.merge import merge_subscribers
from dateline.subscriptions.enums import State, Variant, Verdict
from dateline.subscriptions.errors import IssueRefused
from dateline.subscriptions.mail.compose import MESSAGE_ID, OPENING, TO, TOKEN
from dateline.subscriptions.mail.links import delivery_opened, message_id, opening_of
from dateline.subscriptions.models import Consent, Delivery, Opening, Subscriber, Trial
from dateline.subscriptions.newsletter_rules import IssueCopy
from dateline.subscriptions.post import Post
from dateline.subscriptions.rules import Outcome
from dateline.subscriptions.trial_queries import figures_now
from dateline.subscriptions.trial_rules import Figures, drawn, is_telling, judged
from tests.factories import a_published_story
from tests.subscriptions.following import a_follower
from tests.subscriptions.lettering import Later, a_newsletter, an_issue, sent

pytestmark = [pytest.mark.django_db, pytest.mark.database]
READERS = 60
SECOND = "No date after Brenn"


class Reading:
    """A carrier that keeps each letter as its reader gets it."""

    channel, window = "mail", 25

    def __init__(self):
        self.had, self._write = {}, Writer()

    def is_open(self):
        return True

    def carry(self, deliveries):
        forms = self._write(deliveries)
        for one in deliveries:
            own = {TO: one.subscriber.mail, MESSAGE_ID: message_id(one.pk), TOKEN: "k.s"}
            data = forms[one.pk].filled(own | {OPENING: opening_of(one.pk)})
            assert one.subscriber.mail not in self.had
            plain = data.replace(b"\r\n..", b"\r\n.")
            self.had[one.subscriber.mail] = message_from_bytes(plain, policy=policy.default)
            yield Outcome(one.pk, State.SENT)

    def close(self):
        pass


@pytest.fixture
def chosen(monkeypatch):
    def choose(**changes):
        monkeypatch.setattr(settings, "DATELINE", settings.DATELINE.model_copy(update=changes))

    choose(counts_opens=True)
    return choose


@pytest.fixture
def morning(room):
    newsletter = a_newsletter(room)
    for number in range(READERS):
        a_follower(room, f"reader{number}@news.example", str(newsletter.subject))
    return newsletter


@pytest.fixture
def later(monkeypatch):
    return Later(monkeypatch)


@pytest.fixture
def post():
    return Post(Reading())


def tried(room, morning, *stories, share=50, hours=2):
    words = {"second_title": SECOND, "share": share, "hours": hours}
    return an_issue(room, morning, *stories, **words)


def work_off(post):
    while post.work():
        pass


def subjects(post):
    return Counter(letter["subject"] for letter in post.carrier.had.values())


def picture_in(letter):
    html = letter.get_body(("html",)).get_content()
    return html.partition("/letters/opened/")[2].partition('"')[0]


def open_some(client, post, subject, count):
    """Have so many of those who got a subject open their letters, twice each."""
    letters = [one for one in post.carrier.had.values() if one["subject"] == subject]
    for letter in letters[:count] * 2:
        assert client.get(f"/letters/opened/{picture_in(letter)}").status_code == 200


class TestRules:
    def test_the_same_are_drawn_by_anybody_and_half_of_them_get_either(self):
        found = Counter(drawn("issue:1", number, 20) for number in range(10_000))
        assert found == Counter(drawn("issue:1", number, 20) for number in range(10_000))
        assert all(900 < found[one] < 1100 for one in Variant)
        assert found != Counter(drawn("issue:2", number, 20) for number in range(10_000))

    @pytest.mark.parametrize(
        ("first", "second", "won", "verdict"),
        [
            (Figures(100, 40), Figures(100, 20), Variant.FIRST, Verdict.MORE),
            (Figures(100, 20), Figures(100, 21), Variant.SECOND, Verdict.MORE),
            (Figures(100, 20), Figures(50, 11), Variant.SECOND, Verdict.MORE),
            (Figures(100, 20), Figures(100, 20), Variant.FIRST, Verdict.TIE),
            (Figures(100, 0), Figures(100, 9), Variant.FIRST, Verdict.FEW),
            (Figures(0, 0), Figures(0, 0), Variant.FIRST, Verdict.FEW),
        ],
    )
    def test_which_goes_to_the_rest(self, first, second, won, verdict):
        assert judged(first, second) == (won, verdict)

    @pytest.mark.parametrize(
        ("first", "second", "tells"),
        [
            (Figures(100, 40), Figures(100, 20), True),  # z = 3.09
            (Figures(100, 30), Figures(100, 20), False),  # z = 1.63
            (Figures(1000, 300), Figures(1000, 250), True),  # z = 2.50
            (Figures(10, 9), Figures(10, 1), True),  # z = 3.58, five expected of each
            (Figures(8, 8), Figures(8, 0), False),  # Too few, whatever they say.
            (Figures(100, 100), Figures(100, 100), False),
            (Figures(), Figures(), False),
        ],
    )
    def test_how_much_it_says(self, first, second, tells):
        assert is_telling(first, second) is tells


def test_the_rest_gets_the_one_that_more_opened(client, room, chosen, morning, later, post):
    issue = sent(room, tried(room, morning), later)
    work_off(post)
    first, second = issue.title, SECOND
    had = subjects(post)
    assert set(had) == {first, second}
    assert 10 < sum(had.values()) < 50
    opened = had[first] // 4, had[second]  # How many were drawn for either is not given.
    open_some(client, post, first, opened[0])
    open_some(client, post, second, opened[1])
    trial = Trial.objects.get()
    assert tuple(one.opened for one in figures_now(trial).values()) == opened
    assert Delivery.objects.filter(state="planned", variant="").count() == READERS - len(
        post.carrier.had
    )
    later.forward(timedelta(hours=2))
    run_due(since=clock.now(), now=clock.now())
    work_off(post)
    assert subjects(post) == {first: had[first], second: READERS - had[first]}
    trial = Trial.objects.select_related("issue__sending").get()
    assert (trial.won, trial.verdict, trial.second_opened) == ("second", "more", opened[1])
    assert trial.subjects == {Variant.FIRST: first, Variant.SECOND: second}
    assert (trial.issue.title, trial.issue.sending.title) == (second, second)
    for page in (morning.address, issue.address, f"{morning.address}feed.json"):
        shown = client.get(page).content.decode()
        assert (first in shown, second in shown) == (False, True)
    assert not Opening.objects.exists()
    by_subject = Counter(Delivery.objects.values_list("variant", flat=True))
    assert by_subject == {"first": had[first], "second": READERS - had[first]}
    # The rest is not counted, and what is opened late changes nothing.
    pictures = Counter(bool(picture_in(one)) for one in post.carrier.had.values())
    assert pictures[True] == sum(had.values())
    open_some(client, post, first, 1)
    assert not Opening.objects.exists()


def test_the_rest_waits_for_the_decision_even_where_nobody_decides(
    room, chosen, morning, later, post
):
    sent(room, tried(room, morning), later)
    work_off(post)
    tried_on = len(post.carrier.had)
    later.forward(timedelta(hours=3))
    work_off(post)
    assert len(post.carrier.had) == tried_on
    run_due(since=clock.now(), now=clock.now())
    later.forward(timedelta(seconds=2))
    work_off(post)
    assert len(post.carrier.had) == READERS
    trial = Trial.objects.get()
    assert (trial.won, trial.verdict) == ("first", "few")


def test_one_picture_is_one_letters_own_and_keeps_nothing(
    client, room, chosen, morning, later, post
):
    sent(room, tried(room, morning), later)
    work_off(post)
    letter = next(iter(post.carrier.had.values()))
    assert "whether it was opened" in letter.get_body(("plain",)).get_content()
    name = picture_in(letter).removesuffix(".gif")
    number = delivery_opened(name)
    assert letter["message-id"].strip("<>").split("@")[0] != name
    answer = client.get(f"/letters/opened/{name}.gif", headers={"User-Agent": "Mail 1"})
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/gif", "no-store")
    assert not answer.cookies
    assert len(answer.content) < 50
    assert Opening._meta.get_fields()[0].name == "delivery"
    assert len(Opening._meta.get_fields()) == 1
    assert list(Opening.objects.values_list("pk", flat=True)) == [number]
    for made_up in (f"{number + 1}.{name.partition('.')[2]}", f"{number}.x", "x", "9" * 30):
        other = client.get(f"/letters/opened/{made_up}.gif")
        assert (other.status_code, other.content) == (200, answer.content)
    assert client.head(f"/letters/opened/{opening_of(number + 1)}.gif").status_code == 200
    assert Opening.objects.count() == 1


def test_with_the_setting_off_no_letter_can_be_counted(room, chosen, morning, later, post):
    issue = tried(room, morning)
    chosen(counts_opens=False)
    sent(room, issue, later)
    work_off(post)
    assert subjects(post) == {issue.title: READERS}
    for letter in post.carrier.had.values():
        html, text = (letter.get_body((one,)).get_content() for one in ("html", "plain"))
        for part in (html, text):
            assert "opened" not in part
        assert "<img" not in html
    other = an_issue(room, morning)
    copy = IssueCopy(title="One", second_title="Two")
    with pytest.raises(IssueRefused):
        compose_issue(by=room.editor, issue=other, copy=copy)


def test_switched_off_meanwhile_nothing_is_counted_any_more(
    client, room, chosen, morning, later, post
):
    sent(room, tried(room, morning), later)
    work_off(post)
    chosen(counts_opens=False)
    open_some(client, post, SECOND, 5)
    assert not Opening.objects.exists()


def test_who_refuses_is_never_drawn_and_forgotten(client, room, chosen, morning, later, post):
    refuses, *_ = Subscriber.objects.order_by("pk")
    set_counting(by=None, subscriber=refuses, is_counted=False, told=Told(words="Do not."))
    assert Consent.objects.filter(subscriber=refuses, words="Do not.").exists()
    sent(room, tried(room, morning, share=50), later)
    work_off(post)
    assert refuses.mail not in post.carrier.had
    mail, letter = next(iter(post.carrier.had.items()))
    client.get(f"/letters/opened/{picture_in(letter)}")
    assert Opening.objects.count() == 1
    who = Subscriber.objects.get(mail=mail)
    set_counting(by=None, subscriber=who, is_counted=False, told=Told())
    client.get(f"/letters/opened/{picture_in(letter)}")
    assert not Opening.objects.exists()


def test_a_second_runner_and_a_crash_draw_the_same(room, chosen, morning, later, post):
    issue = sent(room, tried(room, morning), later)
    work_off(post)
    variants = {
        one.subscriber_id: drawn(issue.sending.key, one.subscriber_id, 50) or ""
        for one in Delivery.objects.all()
    }
    assert dict(Delivery.objects.values_list("subscriber", "variant")) == variants


def test_what_is_called_back_and_killed_stays(room, chosen, morning, later, post):
    story = a_published_story(room)
    issue = sent(room, tried(room, morning, story), later)
    work_off(post)
    had = len(post.carrier.had)
    kill_story(by=None, story=story, why="Wrong.")
    withdraw_from_issue(by=None, issue=issue)
    call_back(by=room.editor, issue=issue)
    later.forward(timedelta(hours=3))
    run_due(since=clock.now(), now=clock.now())
    work_off(post)
    assert len(post.carrier.had) == had
    assert not Trial.objects.get().is_running


def test_a_readers_own_hour_holds(room, chosen, morning, later, post):
    issue = sent(room, tried(room, morning), later)
    rest = Delivery.objects.filter(sending=issue.sending, variant="")
    far = clock.now() + timedelta(hours=9)
    work_off(post)
    rest.update(due_at=far)
    later.forward(timedelta(hours=3))
    run_due(since=clock.now(), now=clock.now())
    assert set(rest.values_list("due_at", flat=True)) <= {far}
    work_off(post)
    assert len(post.carrier.had) < READERS


def test_two_that_are_one_are_not_counted_where_either_refused(room):
    kept, other = (a_follower(room, f"{name}@news.example", "front:en") for name in ("a", "b"))
    set_counting(by=None, subscriber=other, is_counted=False, told=Told())
    merge_subscribers(by=None, kept=kept, other=other, is_asked=False)
    kept.refresh_from_db()
    assert not kept.is_counted
