"""The desk sees what went out and why it failed; a demonstration's mail is for few."""

import html
import re
from datetime import timedelta

import pytest
from django.conf import settings as live_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pydantic import SecretStr

from dateline.common import house
from dateline.newsroom import letters, letters_shown
from dateline.newsroom.letters_shown import BAR, Shown
from dateline.people.mail_folder import EmailBackend
from dateline.subscriptions.actions import (
    Told,
    leave,
    move_subscriber,
    pause_subscriber,
    settle,
    stop_sending,
    take,
)
from dateline.subscriptions.enums import Channel, State
from dateline.subscriptions.models import Delivery, Sending, Subscriber
from dateline.subscriptions.rules import Outcome
from tests.factories import a_published_story
from tests.subscriptions.conftest import room  # noqa: F401 - a fixture
from tests.subscriptions.following import a_follower, a_sending, written
from tests.subscriptions.lettering import Later, a_newsletter, an_issue, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, room):  # noqa: F811
    client.force_login(room.editor)
    return client


@pytest.fixture
def failed(room):  # noqa: F811
    for name in ("one", "two", "three"):
        a_follower(room, f"{name}@news.example", "front:en")
    paused = a_follower(room, "paused@news.example", "front:en")
    pause_subscriber(by=None, subscriber=paused, length=timedelta(days=3))
    sending = written(a_sending(room, "front:en", story=1))
    taken = take(by="test", channel="mail", most=10)
    outcomes = [Outcome(one.pk, State.BOUNCED, "550 5.7.1", "Policy") for one in taken[:2]]
    settle(by="test", outcomes=[*outcomes, Outcome(taken[2].pk, State.SENT)])
    return sending


def test_failures_are_grouped_by_cause_and_can_be_sent_again(desk, failed):
    page = desk.get(f"/newsroom/letters/{failed.pk}/").content.decode()
    assert "Its mail server refuses letters like this" in page
    assert "Settled: 4 of 4 (100 %)" in page
    again = {"state": "bounced", "channel": "mail", "cause": "550 5.7.1"}
    deeds = f"/newsroom/letters/{failed.pk}/deed/"
    assert desk.post(deeds, {**again, "state": "sent", "cause": ""}).status_code == 409
    assert desk.post(deeds, {**again, "channel": "push"}).status_code == 302
    assert states() == ["bounced", "bounced", "sent", "skipped"]
    desk.post(deeds, again)
    assert states() == ["planned", "planned", "sent", "skipped"]
    assert "Settled: 2 of 4 (50 %)" in desk.get(deeds.removesuffix("deed/")).content.decode()
    desk.post(deeds, {"stop": "1"})
    assert states() == ["sent", "skipped", "skipped", "skipped"]
    page = desk.get(deeds.removesuffix("deed/")).content.decode()
    assert "Stopped: Stopped at the desk" in page
    desk.post(deeds, {"go-on": "1"})
    assert states() == ["planned", "planned", "sent", "skipped"]


def test_a_sending_leads_to_what_was_sent(desk, room, monkeypatch):  # noqa: F811
    def about(sending):
        page = desk.get(f"/newsroom/letters/{sending.pk}/").content.decode()
        return re.findall(r'<a href="([^"]+)">What was sent</a>', page)

    story = a_published_story(room)
    of_story = a_sending(room, "front:en", key=f"story:{story.pk}", story=story.pk)
    assert about(of_story) == [f"/newsroom/stories/edit/{story.pk}/"]
    assert about(a_sending(room, "front:en", key="story:0", story=999_999)) == []
    issue = sent(room, an_issue(room, a_newsletter(room)), Later(monkeypatch))
    assert about(issue.sending) == [f"/newsroom/newsletters/issues/{issue.pk}/review/"]


def test_who_gets_nothing_again_is_told_only_where_something_can_be_sent_again(desk, failed):
    address = f"/newsroom/letters/{failed.pk}/"
    again = "What is perhaps sent may have arrived"
    assert again in desk.get(address).content.decode()
    stop_sending(by=None, sending=failed)
    assert again not in desk.get(address).content.decode()


def states():
    return sorted(Delivery.objects.values_list("state", flat=True))


def test_what_was_withdrawn_does_not_go_on_by_hand(desk, failed):
    Delivery.objects.filter(state="bounced").update(state="planned", cause="")
    stop_sending(by=None, sending=failed)
    page = desk.get(f"/newsroom/letters/{failed.pk}/").content.decode()
    assert ("Go on with it" in page, "Withdrawn" in page) == (False, True)
    desk.post(f"/newsroom/letters/{failed.pk}/deed/", {"go-on": "1"})
    assert states() == ["sent", "skipped", "skipped", "skipped"]


def test_a_bar_has_a_part_for_each_state_and_is_full_when_nothing_is_left(desk, room):  # noqa: F811
    def parts(**states):
        shown = Shown(Sending(), {name: n for name, n in states.items() if n})
        lengths = [(part.state.value, part.at, part.length) for part in shown.parts]
        assert sum(length for _, _, length in lengths) == (BAR if shown.total else 0)
        return lengths, shown.percent

    assert parts() == ([], 100)
    assert parts(sent=1, bounced=1, skipped=2) == (
        [("sent", 0, 250), ("bounced", 250, 250), ("skipped", 500, 500)],
        100,
    )
    lengths, percent = parts(planned=1, sent=999_999)
    assert (lengths[-1], percent) == (("planned", 999, 1), 99)


def test_who_is_in_a_state_is_listed_page_by_page(desk, failed, monkeypatch):
    monkeypatch.setattr(letters, "PER_PAGE", 1)
    url = f"/newsroom/letters/{failed.pk}/?state=bounced&channel=mail&cause=550+5.7.1"
    first = desk.get(url).content.decode()
    mails = re.findall(r"(\w+)@news", first)
    older = html.unescape(re.search(r'href="(\?[^"]*before=\d+)"', first)[1])
    mails += re.findall(r"(\w+)@news", desk.get(url.partition("?")[0] + older).content.decode())
    assert sorted(mails) == sorted(
        row.subscriber.mail.split("@")[0] for row in Delivery.objects.filter(state="bounced")
    )
    assert "Nobody." in desk.get(f"{url}x").content.decode()
    Delivery.objects.all().delete()
    Sending.objects.update(folded={"bounced": 2})
    assert "not kept any more" in desk.get(url).content.decode()


def test_the_list_goes_on_page_by_page(desk, room, monkeypatch):  # noqa: F811
    monkeypatch.setattr(letters, "PER_PAGE", 2)
    for number in range(5):
        a_sending(room, "front:en", key=f"story:{number}", title=f"Letter no. {number}")
    url, seen = "/newsroom/letters/", []
    while url:
        page = desk.get(url).content.decode()
        seen.append(re.findall(r"Letter no\. (\d)", page))
        found = re.search(r'href="(\?before=\d+)"', page)
        url = f"/newsroom/letters/{found[1]}" if found else ""
    assert seen == [["4", "3"], ["2", "1"], ["0"]]
    for bad in ("x", "-1", "9" * 30, ""):
        assert "Letter no. 4" in desk.get(f"/newsroom/letters/?before={bad}").content.decode()
    assert (
        "Nothing went out before that" in desk.get("/newsroom/letters/?before=0").content.decode()
    )


def test_the_list_asks_as_much_for_three_as_for_one(desk, room, failed):  # noqa: F811
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get("/newsroom/letters/").status_code == 200
        return len(queries)

    asked()
    once = asked()
    for number in (2, 3):
        a_sending(room, "front:en", key=f"story:{number}")
    assert asked() == once


def test_the_desk_can_say_what_one_reader_was_sent_and_why(desk, failed):
    page = about(desk, "one@news.example")
    assert "since they follow every story (Meridian)" in page
    assert "Did not arrive · 30" not in page
    assert "Its mail server refuses letters like this" in page
    assert "550 5.7.1 Policy" in page
    assert "Nobody is subscribed with this address" in about(desk, "nobody@news.example")


def about(desk, mail, more=""):
    """Return the words of what the desk knows about a reader."""
    page = desk.get(f"/newsroom/letters/?reader={mail}{more}").content.decode()
    text = re.sub(r"<[^>]+>", "", page[page.index("<main") :])
    return " ".join(html.unescape(text).split())


def test_a_page_asks_how_far_a_sending_is_until_all_is_settled(desk, failed):
    address = f"/newsroom/letters/{failed.pk}/"
    page = desk.get(address).content.decode()
    assert ("data-open" in page, "sending-progress.js" in page) == (False, False)
    Delivery.objects.filter(state="bounced").update(state="planned", settled_at=None)
    assert "sending-progress.js" in desk.get(address).content.decode()
    news = desk.get(f"{address}progress/").content.decode()
    assert re.match(r"\s*<sending-progress [^>]*data-open>", news)
    assert "Settled: 2 of 4 (50 %)" in news
    Sending.objects.update(stage="planning")
    Delivery.objects.all().delete()
    assert "data-open" in desk.get(f"{address}progress/").content.decode()


def test_the_field_holds_the_reader_who_is_shown(desk, failed):
    who = Subscriber.objects.get(mail="paused@news.example")
    page = desk.get(f"/newsroom/letters/?subscriber={who.pk}").content.decode()
    assert 'name="reader" value="paused@news.example"' in page


def test_who_moved_to_another_address_is_not_said_never_to_have_been_there(desk, room):  # noqa: F811
    who = a_follower(room, "before@news.example", f"topic:{room.topic.pk}")
    move_subscriber(by=None, subscriber=who, mail="now@news.example", told=Told())
    page = desk.get("/newsroom/letters/", {"reader": "before@news.example"}).content.decode()
    assert "Who has another one now stands under that one." in page


def test_the_desk_can_say_why_nothing_came(desk, failed):
    page = about(desk, "paused@news.example")
    assert re.search(r"Paused until .* 20\d\d", page)
    assert "Not sent" in page
    assert ": Paused" in page.partition("What we sent them, and why")[2]
    gone = Subscriber.objects.get(mail="one@news.example")
    told = Told(words="Stop everything.", page="/letters/x/", address="203.0.113.7")
    leave(by=None, subscriber=gone, told=told)
    page = about(desk, "one@news.example")
    assert "Left everything on" in page
    assert "nothing is planned for them" in page
    consents = page.partition("What they agreed to")[2].partition("What we sent them")[0]
    assert "Mail · At once · Meridian · /letters/…/ · 203.0.113.7 Stop everything." in consents
    assert consents.index("Left everything") < consents.index("Subscribed: Every story: Meridian")


def test_the_desk_sees_every_channel_of_a_reader_page_by_page(desk, room, failed, monkeypatch):  # noqa: F811
    monkeypatch.setattr(letters_shown, "PER_PAGE", 2)
    who = a_follower(room, "one@news.example", "front:en", "breaking:en", channel=Channel.PUSH)
    for number in range(3):
        written(a_sending(room, "front:en", key=f"story:1{number}", title=f"Story no. {number}"))
    url, seen = f"/newsroom/letters/?subscriber={who.pk}", []
    while url:
        page = desk.get(url).content.decode()
        part = page[page.index('id="sent"') :]
        seen += re.findall(r"(Mail|Notification) · Story", part)
        found = re.search(r'href="(\?[^"]*before=\d+)#sent"', part)
        url = f"/newsroom/letters/{html.unescape(found[1])}" if found else ""
    assert sorted(seen) == ["Mail"] * 4 + ["Notification"] * 3
    consents = desk.get(f"/newsroom/letters/?subscriber={who.pk}").content.decode()
    older = re.search(r'href="(\?[^"]*consents=\d+)#consents"', consents)[1]
    assert "Subscribed" in desk.get(f"/newsroom/letters/{html.unescape(older)}").content.decode()
    assert desk.get("/newsroom/letters/?subscriber=99999999").status_code == 200


def test_one_reader_asks_as_much_for_three_letters_as_for_one(desk, room):  # noqa: F811
    who = a_follower(room, "one@news.example", "front:en")

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(f"/newsroom/letters/?subscriber={who.pk}").status_code == 200
        return len(queries)

    written(a_sending(room, "front:en", key="story:1"))
    asked()
    once = asked()
    a_follower(room, "one@news.example", f"topic:{room.topic.pk}", f"section:{room.world.pk}")
    with_kinds = asked()
    for number in (2, 3):
        written(a_sending(room, "front:en", key=f"story:{number}"))
    assert asked() == with_kinds == once + 2  # A question for each kind of what is followed.


def test_the_mail_of_a_demonstration_runs_nothing(desk, room, monkeypatch, tmp_path, settings):  # noqa: F811
    given = settings.DATELINE.model_copy(update={"mail_server": SecretStr("folder")})
    monkeypatch.setattr(live_settings, "DATELINE", given)
    monkeypatch.setattr(live_settings, "DATELINE_HOME", tmp_path)
    from django.core.mail import EmailMultiAlternatives

    message = EmailMultiAlternatives("A letter", "Words", "desk@news.example", ["r@news.example"])
    message.attach_alternative(
        "<html><head></head><body><script>x</script></body></html>", "text/html"
    )
    EmailBackend().send_messages([message])
    name = next(house.mail_folder().glob("*.eml")).stem
    assert "A letter" in desk.get("/newsroom/mail/").content.decode()
    assert "r@news.example" in desk.get(f"/newsroom/mail/{name}/").content.decode()
    answer = desk.get(f"/newsroom/mail/{name}/html/")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script-src 'none'" in answer["Content-Security-Policy"]
    assert desk.get("/newsroom/mail/other/").status_code == 404
    monkeypatch.setattr(
        live_settings,
        "DATELINE",
        settings.DATELINE.model_copy(update={"mail_server": SecretStr("")}),
    )
    assert desk.get("/newsroom/mail/").status_code in {302, 403}
