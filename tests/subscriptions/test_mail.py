"""Letters on the line: what a server says decides, and what it may have taken is in doubt."""

import time
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from dateline.common import clock
from dateline.subscriptions.mail.carrier import MailCarrier
from dateline.subscriptions.mail.compose import LEAVE, MESSAGE_ID, TO, TOKEN, Form, Letter
from dateline.subscriptions.mail.links import (
    delivery_in,
    held_by,
    message_id,
    own_token_of,
    token_of,
)
from dateline.subscriptions.mail.smtp import Lost, Refused, Server, SmtpLine
from dateline.subscriptions.models import Delivery
from dateline.subscriptions.post import Post
from tests.factories import a_published_story
from tests.subscriptions.following import a_follower, a_sending, ledger
from tests.subscriptions.smtp_double import a_sink, fine
from tests.subscriptions.test_post import work_off

LONG = "Слово за словом. " * 30
URL = f"https://news.example/letters/{TOKEN}/"


def letter(**given):
    fields = {
        "sender": "Меридиан <desk@news.example>",
        "subject": "Переговоры в Бренне сорвались, и новой даты никто не назвал",
        "text": f"{LONG}\n.\n..two dots\nChoose: {URL}\n",
        "html": f'<p>{LONG}</p><p><a href="{URL}">Choose</a></p>',
        "list_id": "topic-8.en.news.example",
        "list_name": "Meridian: Ostrel",
        "unsubscribe_url": f"{URL}stop/",
        "at": datetime(2026, 11, 29, 20, 0, tzinfo=UTC),
    }
    return Letter(**(fields | given))


def values(**given):
    return {TO: "reader@news.example", MESSAGE_ID: "<1.ab@news.example>", TOKEN: "k.s"} | given


@pytest.fixture
def sink():
    with a_sink() as made:
        yield made


@pytest.fixture
def line(sink):
    made = SmtpLine(Server("127.0.0.1", sink.port, timeout=2))
    yield made
    made.close()


def test_a_letter_arrives_as_it_was_written():
    form = Form(letter())
    data = form.filled(values())
    assert all(len(row) <= 78 for row in data.split(b"\r\n"))
    assert data.isascii()
    read = message_from_bytes(data, policy=policy.default)
    text, html = (
        part.get_content().replace("\r\n", "\n").rstrip("\n") for part in read.iter_parts()
    )
    assert text == letter().text.replace(TOKEN, "k.s").rstrip("\n")
    assert html == letter().html.replace(TOKEN, "k.s")
    assert read["subject"] == letter().subject
    assert str(read["from"]) == letter().sender
    assert read["list-unsubscribe"] == "<https://news.example/letters/k.s/stop/>"
    assert read["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    assert read["list-id"] == "Meridian: Ostrel <topic-8.en.news.example>"
    assert (read["to"], read["message-id"]) == ("reader@news.example", "<1.ab@news.example>")


def test_one_click_stands_before_the_address_that_ends_it_too():
    to = "bounces+leave-2n-abcdefghijklmnop@news.example"
    data = Form(letter(is_left_by_mail=True)).filled(values(**{LEAVE: to}))
    read = message_from_bytes(data, policy=policy.default)
    click, mail = read["list-unsubscribe"].split(", ")
    assert click == "<https://news.example/letters/k.s/stop/>"
    assert mail == f"<mailto:{to}?subject=unsubscribe>"
    assert b"@@" not in data


@pytest.mark.parametrize("bad", ["Fine\r\nBcc: all@news.example", "Fine\nX: y"])
def test_nothing_is_added_to_a_head(bad):
    read = message_from_bytes(Form(letter(subject=bad, list_name=bad)).filled(values()))
    assert (read["bcc"], read["x"]) == (None, None)


@pytest.mark.parametrize("pipelines", [True, False])
def test_a_line_goes_on_after_a_refusal(sink, line, pipelines):
    sink.pipelines = pipelines
    sink.answers = lambda step, to: (
        "550 5.1.1 Nobody" if (step, to) == ("RCPT", "nobody@news.example") else fine(step, to)
    )
    data = Form(letter()).filled(values())
    line.hand_over(sender="desk@news.example", to="one@news.example", data=data)
    with pytest.raises(Refused, match="Nobody"):
        line.hand_over(sender="desk@news.example", to="nobody@news.example", data=data)
    line.hand_over(sender="desk@news.example", to="two@news.example", data=data)
    assert [to for to, _ in sink.taken if to != "nobody@news.example"] == [
        "one@news.example",
        "two@news.example",
    ]


@pytest.mark.parametrize("pipelines", [True, False])
def test_a_letter_that_is_forwarded_is_taken(sink, line, pipelines):
    sink.pipelines = pipelines
    sink.answers = lambda step, to: "251 Forwarded" if step == "RCPT" else fine(step, to)
    data = Form(letter()).filled(values())
    line.hand_over(sender="desk@news.example", to="one@news.example", data=data)
    assert [(to, read["to"]) for to, read in sink.taken] == [("one@news.example", values()[TO])]


@pytest.mark.parametrize(("step", "doubt"), [("MAIL", False), ("DATA", False), ("TAKEN", True)])
def test_only_after_the_letter_is_it_in_doubt(sink, line, step, doubt):
    sink.answers = lambda asked, to: "" if asked == step else fine(asked, to)
    with pytest.raises(Lost) as lost:
        line.hand_over(sender="desk@news.example", to="one@news.example", data=b"x\r\n")
    assert lost.value.is_in_doubt == doubt


def test_a_server_that_is_not_there_is_lost_without_doubt():
    nowhere = SmtpLine(Server("127.0.0.1", 9, timeout=1))
    with pytest.raises(Lost) as lost:
        nowhere.hand_over(sender="desk@news.example", to="one@news.example", data=b"x\r\n")
    assert not lost.value.is_in_doubt


def test_links_and_names_of_letters_are_signed(settings):
    held, own = held_by(token_of("abcd2345")), held_by(own_token_of("abcd2345", "a@b.example"))
    assert (held.key, held.is_sure, held.is_old) == ("abcd2345", False, False)
    assert (own.key, own.is_sure, own.is_old) == ("abcd2345", True, False)
    assert (own.at("a@b.example").is_sure, own.at("moved@b.example").is_sure) == (True, False)
    assert held_by(token_of("abcd2345")[:-2] + "__") is None
    assert (held_by("abcd2345"), held_by("")) == (None, None)
    assert delivery_in(message_id(12)) == 12
    assert delivery_in(message_id(12).replace("12.", "13.")) is None


@pytest.fixture
def carrier(sink):
    made = MailCarrier(
        write=lambda all_: {one.pk: Form(letter()) for one in all_},
        line=lambda: SmtpLine(Server("127.0.0.1", sink.port, timeout=2)),
        sender=lambda: "Desk <desk@news.example>",
        is_open=lambda: True,
    )
    yield made
    made.close()


@pytest.mark.django_db
def test_each_follower_has_one_letter_whatever_the_server_says(room, sink, carrier):
    story = a_published_story(room)
    names = [f"reader{number}" for number in range(30)] + ["nobody", "later", "doubt"]
    for name in names:
        a_follower(room, f"{name}@news.example", "front:en")
    answers = {
        ("RCPT", "nobody@news.example"): "550 5.1.1 Nobody",
        ("RCPT", "later@news.example"): "451 4.7.1 Greylisted",
        ("TAKEN", "doubt@news.example"): "",
    }
    sink.answers = lambda step, to: answers.get((step, to), fine(step, to))
    sending = a_sending(room, "front:en", story=story.pk)
    post = Post(carrier)
    for _ in range(4):
        post.work()
    end = time.monotonic() + 30
    while waits := {"resting", "server-away"} & {cause for _, cause in ledger(sending).values()}:
        # The line that was lost had the server rest for two seconds, and others wait behind it.
        assert time.monotonic() < end, waits
        time.sleep(0.05)
        post.work()
    told = ledger(sending)
    assert told["nobody@news.example"] == ("bounced", "550 5.1.1")
    assert told["later@news.example"] == ("planned", "451 4.7.1")
    assert told["doubt@news.example"] == ("uncertain", "line-lost")
    took = [to for to, _ in sink.taken]
    assert len(took) == len(set(took))
    sent = {to for to, (state, _cause) in told.items() if state == "sent"}
    assert sent == set(took)


@pytest.mark.django_db
def test_letters_wait_for_a_server_that_is_away(room, sink, carrier):
    story = a_published_story(room)
    a_follower(room, "reader@news.example", "front:en")
    sink.answers = lambda step, to: "421 Closing" if step == "MAIL" else fine(step, to)
    sending = a_sending(room, "front:en", story=story.pk)
    post = Post(carrier)
    work_off(post)
    assert ledger(sending) == {"reader@news.example": ("planned", "server-away")}
    assert (carrier.is_open(), sink.taken) == (False, [])


@pytest.mark.django_db
def test_what_cannot_be_written_waits_and_is_told(room, sink, carrier):
    def broken(deliveries):
        raise KeyError("template")

    carrier._write = broken
    story = a_published_story(room)
    a_follower(room, "reader@news.example", "front:en")
    sending = a_sending(room, "front:en", story=story.pk)
    work_off(Post(carrier))
    assert ledger(sending) == {"reader@news.example": ("planned", "not-written")}


@pytest.mark.django_db
def test_what_cannot_be_written_holds_up_no_other_and_not_for_ever(room, sink, carrier):
    def half_broken(deliveries):
        if {one.sending_id for one in deliveries} == {bad.pk}:
            raise KeyError("template")
        return {one.pk: Form(letter()) for one in deliveries}

    carrier._write = half_broken
    story = a_published_story(room)
    a_follower(room, "reader@news.example", "front:en")
    bad, good = (
        a_sending(room, "front:en", key=key, story=story.pk) for key in ("story:1", "story:2")
    )
    work_off(Post(carrier))
    assert ledger(good) == {"reader@news.example": ("sent", "front:en")}
    Delivery.objects.filter(sending=bad).update(tries=7, due_at=clock.now())
    work_off(Post(carrier))
    assert ledger(bad) == {"reader@news.example": ("bounced", "not-written")}


@pytest.mark.django_db
def test_only_the_letter_whose_fate_is_unknown_is_in_doubt(room, sink, carrier, monkeypatch):
    hand_over = SmtpLine.hand_over

    def breaks(line, *, sender, to, data):
        if to == "doubt@news.example":
            raise KeyError("nobody foresaw it")
        return hand_over(line, sender=sender, to=to, data=data)

    monkeypatch.setattr(SmtpLine, "hand_over", breaks)
    story = a_published_story(room)
    names = ["doubt@news.example", *(f"reader{number}@news.example" for number in range(20))]
    for name in names:
        a_follower(room, name, "front:en")
    sending = a_sending(room, "front:en", story=story.pk)
    work_off(Post(carrier))
    told = ledger(sending)
    assert told.pop("doubt@news.example") == ("uncertain", "broken")
    assert set(told.values()) == {("sent", "front:en")}
    assert sorted(to for to, _ in sink.taken) == sorted(names[1:])


@pytest.mark.django_db
def test_a_letter_that_cannot_be_filled_or_has_no_return_address_waits(room, sink, carrier):
    def returns(delivery, sender):
        raise KeyError("mailbox")

    carrier._returns = returns
    story = a_published_story(room)
    a_follower(room, "reader@news.example", "front:en")
    sending = a_sending(room, "front:en", story=story.pk)
    work_off(Post(carrier))
    assert ledger(sending) == {"reader@news.example": ("planned", "not-written")}
