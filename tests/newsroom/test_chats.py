"""The moderators' screens: queues, decisions by form and by script, a reader's record, figures."""

from html import unescape

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.chats.actions import open_chat
from dateline.chats.actions.appeal import appeal
from dateline.chats.actions.learn import train_model
from dateline.chats.actions.moderate import moderate
from dateline.chats.actions.note_decision import Why
from dateline.chats.actions.report import LegalNotice, report_illegal, report_message
from dateline.chats.enums import MessageState
from dateline.chats.heat_queries import forget_heat
from dateline.chats.models import Chat, Message
from dateline.chats.moderation_enums import Deed, Ground
from dateline.chats.moderation_house import forget
from dateline.chats.moderation_models import Decision, HouseWord, Sanction, TrainedModel
from dateline.common import clock
from dateline.moderation.model.trained import SILENT
from dateline.people.models import Account
from tests.chats.talk import Talk
from tests.factories import a_newsroom, a_published_story, a_reader

pytestmark = pytest.mark.django_db
DESK = "/newsroom/chats/"
JSON = {"HTTP_ACCEPT": "application/json", "HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@pytest.fixture
def talk():
    forget()
    forget_heat()
    room = a_newsroom()
    story = a_published_story(room)
    chat = open_chat(by=None, of=story)
    return Talk(room, story, chat, *(a_reader(name) for name in ("Ada Lind", "Bo Arner", "Cleo S")))


@pytest.fixture
def desk(client, talk):
    account = Account.objects.create_user("mod", password="a-long-pass-phrase", is_staff=True)
    rights = Permission.objects.filter(codename__in=["access_admin", "moderate_chats"])
    account.user_permissions.add(*rights)
    client.force_login(account)
    return client


def state(message):
    return Message.objects.get(pk=message.pk).state


def test_only_who_moderates_enters(client, talk):
    account = Account.objects.create_user("anna", password="a-long-pass-phrase", is_staff=True)
    account.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(account)
    for path in ("", "news/", "decisions/", "figures/", "figures.csv", "figures.json", "words/"):
        assert client.get(f"{DESK}{path}")["Location"] == "/newsroom/"
    assert client.post(DESK, {"action": "undo"}, **JSON).status_code == 403


def test_an_empty_queue_says_what_will_stand_there(desk):
    assert "What readers report will stand here" in desk.get(DESK).text
    assert "What the rules hold will stand here" in desk.get(f"{DESK}?queue=held").text
    assert "No appeal waits for an answer." in desk.get(f"{DESK}?queue=appeals").text


def test_a_queue_shows_why_a_message_waits_and_who_wrote_it(desk, talk):
    talk.say("You idiot, see pills.shop/now")
    page = desk.get(f"{DESK}?queue=held").text
    assert "Held because:" in page
    assert "a newcomer&#x27;s link to an unknown site: pills.shop" in page
    assert "suspect words: idiot*" in page
    assert 'data-tab="held"' in page
    assert "Ada Lind" in page


def test_a_form_decides_and_comes_back_to_the_queue(desk, talk):
    one, two = talk.say("You idiot."), talk.say("Easy money here, casino.", by=talk.bo)
    answer = desk.post(f"{DESK}?queue=held", {"message": one.pk, "action": "approve"})
    assert answer["Location"] == f"{DESK}?queue=held"
    batch = {"message": [two.pk], "action": "reject:spam", "statement": "No advertising."}
    desk.post(f"{DESK}?queue=held", batch)
    assert (state(one), state(two)) == ("published", "rejected")
    decision = Decision.objects.get(message=two)
    assert (decision.ground, decision.statement) == ("spam", "No advertising.")
    assert desk.post(DESK, {"message": one.pk, "action": "burn"}).status_code == 400


def test_a_script_is_told_what_to_take_away_and_how_to_undo(desk, talk):
    message = talk.say("You idiot.")
    data = {"message": message.pk, "action": "reject:insult"}
    told = desk.post(f"{DESK}?queue=held", data, **JSON).json()
    assert (told["said"], told["messages"]) == ("1 message rejected.", [message.pk])
    assert told["counts"]["held"] == 0
    undo = {"action": "undo", "decision": told["decisions"]}
    told = desk.post(f"{DESK}?queue=held", undo, **JSON).json()
    assert (told["said"], told["counts"]["held"], state(message)) == ("Undone.", 1, "held")
    again = desk.post(f"{DESK}?queue=held", undo, **JSON)
    assert (again.status_code, again.json()["code"]) == (409, "nothing-to-undo")
    assert desk.get(f"{DESK}news/", **JSON).json()["counts"]["held"] == 1


def test_the_context_stands_beside_the_record(desk, talk):
    before, message = talk.say("Before it.", by=talk.bo), talk.say("You idiot.")
    page = desk.get(f"{DESK}message/{message.pk}/").text
    assert "Before it." in page
    assert "Ada Lind" in page
    part = desk.get(f"{DESK}message/{message.pk}/", **JSON).text
    assert part.startswith('<div class="mod-panel"')
    assert desk.get(f"{DESK}message/{before.pk + 999}/").status_code == 404
    desk.post(f"{DESK}message/{message.pk}/", {"message": message.pk, "action": "approve"})
    assert state(message) == MessageState.PUBLISHED


def test_moderators_are_told_whether_the_reader_is(desk, talk):
    address = f"{DESK}reader/{talk.ada.pk}/"
    for deed, words in (("warn", "the reader is told why"), ("shadow", "the reader is not told")):
        form = {"action": "sanction", "deed": deed, "ground": "spam"}
        assert words in desk.post(address, form, follow=True).text


def test_a_reader_is_sanctioned_noted_and_free_again(desk, talk):
    address = f"{DESK}reader/{talk.ada.pk}/"
    desk.post(address, {"action": "sanction", "deed": "suspend", "days": "7", "ground": "insult"})
    sanction = Sanction.objects.get()
    assert (sanction.kind, sanction.until is not None) == ("suspend", True)
    desk.post(address, {"action": "note", "note": "Third time this month."})
    page = desk.get(address).text
    assert "Suspended" in page
    assert "Third time this month." in page
    desk.post(address, {"action": "lift", "sanction": sanction.pk})
    assert Sanction.objects.get().lifted_at is not None
    refused = desk.post(address, {"action": "sanction", "deed": "suspend"})
    assert "without an end it would be a ban" in refused.text
    wrong = desk.post(address, {"action": "sanction", "deed": "exile"})
    assert wrong.status_code == 200


def test_a_script_hears_what_became_of_a_form_about_a_reader(desk, talk):
    address = f"{DESK}reader/{talk.ada.pk}/"
    refused = desk.post(address, {"action": "sanction", "deed": "suspend"}, **JSON)
    assert (refused.status_code, "how many days" in refused.json()["message"]) == (422, True)
    assert desk.post(address, {"action": "note", "note": " "}, **JSON).status_code == 422
    done = desk.post(address, {"action": "note", "note": "Third time."}, **JSON)
    assert done.json() == {"said": "The note is written."}


def test_reports_notices_and_appeals_have_their_queues(desk, talk):
    message = talk.say("The mayor sold the harbour.")
    report_message(by=talk.bo, message=message, ground=Ground.FALSE, text="Not so.")
    notice = LegalNotice(
        law="honour",
        text="A court has found this untrue.",
        name="Ines Wolff",
        mail="i@w.example",
        is_honest=True,
    )
    report_illegal(by=None, message=message, notice=notice)
    assert "Not so." in desk.get(DESK).text
    assert "Ines Wolff" in desk.get(f"{DESK}?queue=legal").text
    why = Why(ground=Ground.FALSE, statement="A court has found so.")
    [decision] = moderate(by=talk.room.editor, messages=[message], deed=Deed.REJECT, why=why)
    made = appeal(by=talk.ada, decision=decision, text="It stood in the report.")
    assert "It stood in the report." in desk.get(f"{DESK}?queue=appeals").text
    desk.post(f"{DESK}appeal/{made.pk}/", {"action": "grant", "answer": "You are right."})
    assert state(message) == MessageState.PUBLISHED


def test_a_section_narrows_a_queue(desk, talk):
    talk.say("You idiot.")
    assert "You idiot." in desk.get(f"{DESK}?queue=held&section={talk.room.world.pk}").text
    assert "You idiot." not in desk.get(f"{DESK}?queue=held&section={talk.room.culture.pk}").text


def test_a_hot_chat_is_slowed_from_the_queue(desk, talk):
    message = talk.say("One.")
    for name in ("Dora Vent", "Eva Mons", "Finn Ost"):
        report_message(by=a_reader(name), message=message, ground=Ground.OTHER)
    page = desk.get(DESK).text
    assert "heats up" in page
    assert "Chats (1)" in page, "the menu tells who is on another screen"
    assert desk.get(f"{DESK}news/").json()["hot"] == str(talk.chat.pk)
    assert "heats up" in desk.get(f"{DESK}heat/").text
    desk.post(f"{DESK}chat/{talk.chat.pk}/", {"mode": "premoderated"})
    talk.chat.refresh_from_db()
    assert talk.chat.mode == "premoderated"
    desk.post(f"{DESK}chat/{talk.chat.pk}/", {"action": "close"})
    talk.chat.refresh_from_db()
    assert talk.chat.closed_at is not None


def test_words_are_listed_and_taken_off(desk):
    desk.post(f"{DESK}words/", {"written": "Sproink*", "sort": "banned", "language": ""})
    word = HouseWord.objects.get()
    assert "sproink*" in desk.get(f"{DESK}words/").text
    desk.post(f"{DESK}words/", {"delete": word.pk})
    assert not HouseWord.objects.exists()


def test_figures_say_what_was_done_and_how_the_model_does(desk, talk):
    assert "Nobody spoke in these days." in desk.get(f"{DESK}figures/").text
    message = talk.say("You idiot.")
    moderate(by=talk.room.editor, messages=[message], deed=Deed.REJECT)
    train_model(by=None, language="en")
    page = desk.get(f"{DESK}figures/").text
    assert "Transparency report" in page
    assert "Held-out lines" in page
    assert "silent</strong>" not in page
    assert "A model may hold 2.0 % of what is harmless and no more." in page
    assert "Rejected" in desk.get(f"{DESK}decisions/").text
    TrainedModel.objects.update(threshold=SILENT)
    assert "<strong>silent</strong>" in desk.get(f"{DESK}figures/").text


@pytest.mark.parametrize("count", [1, 3])
def test_a_queue_asks_the_database_a_fixed_number_of_times(
    desk, talk, count, django_assert_num_queries
):
    for n in range(count):
        talk.say(f"You idiot {n}.", by=(talk.ada, talk.bo, talk.cleo)[n])
    desk.get(f"{DESK}?queue=held")
    with django_assert_num_queries(16):
        desk.get(f"{DESK}?queue=held")


def test_menu_and_queue_ask_once_in_ten_seconds_what_heats_up(desk):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for seconds, expected in ((0, 1), (9, 0), (1, 1)):
            traveller.shift(seconds)
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(DESK).status_code == 200
            assert sum("now_said" in one["sql"] for one in queries) == expected


def test_a_chat_is_arranged_closed_and_goes_on(desk, talk):
    address = f"{DESK}chat/{talk.chat.pk}/"
    assert "Put it in force" in desk.get(address).text
    terms = {"action": "arrange", "mode": "questions", "slow_seconds": "45", "hours": "07:30-23:00"}
    assert "Name at least one guest" in desk.post(address, terms).text
    told = desk.post(address, {**terms, "guests": "Bo Arner, Nobody Else"}).text
    assert "Nobody here has this name: Nobody Else" in told
    assert desk.post(address, {**terms, "guests": "bo arner"})["Location"] == address
    talk.chat.refresh_from_db()
    assert (talk.chat.mode, talk.chat.slow_seconds, talk.chat.hours) == (
        "questions",
        45,
        "07:30-23:00",
    )
    assert [one.display_name for one in talk.chat.guests.all()] == ["Bo Arner"]
    assert 'value="Bo Arner"' in desk.get(address).text
    desk.post(address, {"action": "close"})
    assert "takes no messages" in desk.get(address).text
    desk.post(address, {"action": "reopen"})
    talk.chat.refresh_from_db()
    assert talk.chat.closed_at is None


def test_a_form_that_is_wrong_changes_nothing(desk, talk):
    address = f"{DESK}chat/{talk.chat.pk}/"
    wrong = {
        "action": "arrange",
        "mode": "slow",
        "slow_seconds": "1",
        "hours": "8-22",
        "closes_at": "2020-01-01T10:00",
    }
    page = desk.post(address, wrong).text
    assert page.count('class="mod-why"') == 3
    talk.chat.refresh_from_db()
    assert talk.chat.mode == "open"
    assert desk.post(address, {"mode": "loud"}).status_code == 400
    assert desk.get(f"{DESK}chat/{talk.chat.pk + 99}/").status_code == 404


def test_chats_are_found_and_opened_for_a_story_without_one(desk, talk):
    late = a_published_story(talk.room, "Harbour opens again")
    page = desk.get(f"{DESK}rooms/?q=harbour").text
    assert "No chat has these words in its headline." in page
    assert "Open its chat" in page
    answer = desk.post(f"{DESK}rooms/", {"story": late.pk})
    assert answer["Location"] == f"{DESK}chat/{late.chat.pk}/"
    assert "Harbour opens again" in desk.get(f"{DESK}rooms/").text
    assert "Talks fail in Brenn" not in desk.get(f"{DESK}rooms/?q=harbour").text
    assert "No chat is closed." in desk.get(f"{DESK}rooms/?closed=on").text
    assert desk.post(f"{DESK}rooms/", {"story": 9999}).status_code == 404


def test_the_chat_of_a_section_is_opened_at_the_desk(desk, talk):
    world = talk.room.world
    option = f'<option value="{world.pk}">'
    assert option in desk.get(f"{DESK}rooms/").text
    answer = desk.post(f"{DESK}rooms/", {"section": world.pk})
    chat = Chat.objects.get(section=world)
    assert answer["Location"] == f"{DESK}chat/{chat.pk}/"
    assert option not in desk.get(f"{DESK}rooms/").text
    assert desk.post(f"{DESK}rooms/", {"section": "no"}).status_code == 404


def test_a_moderator_copies_a_message_for_the_desk(desk, talk):
    message = talk.say("They *left* at\nnoon.", by=talk.bo)
    part = unescape(desk.get(f"{DESK}message/{message.pk}/", **JSON).text)
    assert "“They *left* at noon.” – Bo Arner in the chat about “Talks fail in Brenn”, " in part
    assert f"/m/{message.key}</textarea>" in part
    held = talk.say("You idiot.")
    assert "<copy-quote" not in desk.get(f"{DESK}message/{held.pk}/", **JSON).text


def test_figures_are_of_the_days_that_are_asked_and_come_as_files(desk, talk):
    talk.say("You idiot.")
    today = clock.now().date()
    asked = f"?first={today}&last={today}"
    page = desk.get(f"{DESK}figures/{asked}").text
    assert f'name="first" value="{today}"' in page
    assert "Held by a rule alone</dt><dd>1</dd>" in page
    sent = desk.get(f"{DESK}figures.csv{asked}")
    assert sent["Content-Type"] == "text/csv; charset=utf-8"
    assert sent["Content-Disposition"] == f'attachment; filename="moderation-{today}-{today}.csv"'
    lines = sent.text.splitlines()
    assert lines[0] == "from,to,day,figure,of,value"
    assert f"{today},{today},{today},held,,1" in lines
    assert f"{today},{today},,deeds,reject,0" in lines
    told = desk.get(f"{DESK}figures.json{asked}").json()
    assert (told["format"], told["version"]) == ("dateline-moderation-figures", 1)
    assert told["period"] == {"from": str(today), "to": str(today)}
    assert told["days"][0] == {
        "day": str(today),
        "posted": 1,
        "held": 1,
        "rejected": 0,
        "reports": 0,
    }
    assert told["held_by_rule"] == 1


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2026-02-30", "2026-03-01", "Write a date as 2026-11-30."),
        ("", "2026-03-01", "This field is required."),
        ("2026-03-02", "2026-03-01", "The period ends before it begins."),
        ("2016-01-01", "2026-03-01", "Ask for ten years at most."),
        ("0001-01-01", "9999-12-31", "This day has not come yet."),
    ],
)
def test_days_that_are_no_period_get_a_clear_error(desk, first, last, told):
    asked = f"?first={first}&last={last}"
    page = desk.get(f"{DESK}figures/{asked}")
    assert page.status_code == 400
    assert told in page.text
    assert "Transparency report" not in page.text
    file = desk.get(f"{DESK}figures.csv{asked}")
    assert (file.status_code, told in file.text) == (400, True)


def test_the_periods_asked_for_most_are_links(desk):
    with time_machine.travel("2026-03-15T12:00:00Z", tick=False):
        page = unescape(desk.get(f"{DESK}figures/").text)
    for first, last, name in (
        ("2026-03-01", "2026-03-15", "This month"),
        ("2026-02-01", "2026-02-28", "Last month"),
        ("2026-01-01", "2026-03-15", "This year"),
        ("2025-01-01", "2025-12-31", "Last year"),
    ):
        here = ' aria-current="page"' if name == "This month" else ""
        assert f'<a href="?first={first}&last={last}"{here}>{name}</a>' in page
