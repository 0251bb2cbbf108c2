"""Saying something: by a form of everyone's page, through a login, from a script."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from dateline.chats.actions import change_mode
from dateline.chats.actions.note_decision import Why
from dateline.chats.actions.sanction import Terms, sanction_reader
from dateline.chats.enums import Mode
from dateline.chats.export import as_json
from dateline.chats.models import Message
from dateline.chats.moderation_enums import Deed, Ground
from dateline.chats.muted_queries import muted_messages
from dateline.common import clock
from dateline.journal.queries import head, replay
from dateline.readers.actions import mute_reader, mute_words
from tests.chats.talk import shown

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def strict():
    """Return a browser whose forms need their token, as all browsers' do."""
    return Client(enforce_csrf_checks=True)


def say_address(talk):
    return f"/chats/{talk.chat.pk}/say"


def test_nobody_posts_without_a_login_and_the_text_survives_it(talk, strict):
    answer = strict.post(say_address(talk), {"text": "Typed before.", "go": "login"})
    assert answer.status_code == 302
    back = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    assert back.startswith(say_address(talk))
    strict.force_login(talk.ada.account)
    html = strict.get(back).content.decode()
    assert ("Typed before." in html, Message.objects.count()) == (True, 0)


def test_a_form_without_its_token_is_shown_once_more_and_posted_by_a_click(talk, strict):
    strict.force_login(talk.ada.account)
    answer = strict.post(say_address(talk), {"text": "Looked at.", "go": "post"})
    assert (answer.status_code, Message.objects.count()) == (200, 0)
    html = answer.content.decode()
    form = {
        name: html.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("csrfmiddlewaretoken", "client_key")
    }
    posted = strict.post(say_address(talk), {**form, "text": "Looked at.", "go": "post"})
    [message] = Message.objects.all()
    assert (posted.status_code, posted["Location"]) == (302, f"/m/{message.key}")
    again = strict.post(say_address(talk), {**form, "text": "Looked at.", "go": "post"})
    assert (again["Location"], Message.objects.count()) == (f"/m/{message.key}", 1)


def test_a_draft_that_was_forged_or_is_of_nobody_is_nothing(talk, client):
    html = client.get(f"{say_address(talk)}?draft=WyJ4Il0:x").content.decode()
    assert ("Traceback" in html, "log in" in html) == (False, True)


def test_a_login_leads_back_here_and_nowhere_else(talk, client):
    for back in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"):
        answer = client.post(say_address(talk), {"text": "x", "go": "login", "back": back})
        assert "elsewhere" not in answer["Location"]
    answer = client.post(say_address(talk), {"text": "x", "go": "login", "back": "/a.html#say-1"})
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == ["/a.html#say-1"]


def test_a_script_is_told_what_became_of_it(talk, client):
    form = {"text": "From a script.", "go": "post"}
    assert client.post(say_address(talk), form, **JSON).json() == {"code": "login-needed"}
    client.force_login(talk.ada.account)
    told = client.post(say_address(talk), form, **JSON).json()
    assert (told["state"], told["notice"]) == ("published", "")
    refused = client.post(say_address(talk), {**form, "text": " "}, **JSON)
    assert (refused.status_code, refused.json()["code"]) == (422, "chat-refused")
    assert refused.json()["message"] == "This message cannot be posted: it has no words."


def test_a_script_without_the_token_posts_nothing(talk, strict):
    strict.force_login(talk.ada.account)
    answer = strict.post(say_address(talk), {"text": "x", "go": "post"}, **JSON)
    assert (answer.status_code, Message.objects.count()) == (403, 0)


def test_what_is_held_is_said_to_be(talk, client):
    change_mode(by=None, chat=talk.chat, mode=Mode.PREMODERATED)
    client.force_login(talk.ada.account)
    html = client.post(say_address(talk), {"text": "Wait.", "go": "post"}).content.decode()
    assert "A moderator will look at your message first." in html
    assert shown(client.get(talk.address).content.decode()) == []


def test_deeds_of_a_message_are_forms(talk, client):
    message = talk.say("One.")
    address = f"/m/{message.key}/act"
    assert client.post(address, {"react": "agree"})["Location"].startswith("/account")
    client.force_login(talk.bo.account)
    client.post(address, {"react": "agree"})
    message.refresh_from_db()
    assert message.reactions == {"agree": 1}
    refused = client.post(address, {"deed": "edit", "text": "Mine."})
    assert (refused.status_code, b"Only its author" in refused.content) == (403, True)
    client.force_login(talk.ada.account)
    html = client.get(address).content.decode()
    assert ('value="edit"' in html, 'value="delete"' in html) == (True, True)
    client.post(address, {"deed": "edit", "text": "Two."})
    assert shown(client.get(talk.address).content.decode()) == ["Two."]
    client.post(address, {"deed": "delete"}, **JSON)
    assert shown(client.get(talk.address).content.decode()) == [None]


def test_ones_own_chats_and_how_far_they_are_read(talk, client):
    assert client.get("/chats/mine.json").status_code == 401
    message = talk.say("One.", by=talk.bo)
    client.force_login(talk.ada.account)
    assert client.get("/chats/mine.json").json()["chats"] == []
    client.post(f"/chats/{talk.chat.pk}/read", {"number": message.shown_as})
    client.post(f"/chats/{talk.chat.pk}/follow", {"follow": "yes"})
    assert client.get("/chats/mine.json").json()["chats"] == [
        {"chat": talk.chat.pk, "number": message.shown_as, "follows": True}
    ]


def test_somebody_is_muted_from_their_message_and_nobody_mutes_themselves(talk, client):
    theirs, own = talk.say("One.", by=talk.bo), talk.say("Two.")
    client.force_login(talk.ada.account)
    assert "Mute Bo Arner" in client.get(f"/m/{theirs.key}/act").content.decode()
    assert "Mute Ada Lind" not in client.get(f"/m/{own.key}/act").content.decode()
    for message in (theirs, own, theirs):
        said = client.post(f"/m/{message.key}/act", {"deed": "mute"}).content.decode()
    assert "Their messages are hidden where scripts run" in said
    mute_words(by=talk.ada.account, reader=talk.ada, words=["Dam"])
    muted = client.get("/chats/mine.json").json()["muted"]
    assert muted == {"readers": ["bo-arner"], "words": ["dam"]}


def test_those_who_spoke_can_be_mentioned(talk, client):
    talk.say("One.", by=talk.bo)
    told = client.get(f"/chats/{talk.chat.pk}/people?q=bo").json()["people"]
    assert told == [{"slug": "bo-arner", "name": "Bo Arner"}]
    assert client.get(f"/chats/{talk.chat.pk}/people?q=ada").json()["people"] == []


def as_reader(reader):
    client = Client()
    client.force_login(reader.account)
    return client


def test_who_says_what_has_to_wait_sees_it_changes_it_and_takes_it_back(talk):
    client, form = as_reader(talk.ada), {"text": "You are an idiot.", "go": "post"}
    answer = client.post(say_address(talk), form)
    [message] = Message.objects.all()
    own = f"/m/{message.key}/act"
    assert f'href="{own}"' in answer.text
    told = client.post(say_address(talk), {"text": "You idiot, you.", "go": "post"}, **JSON).json()
    assert (told["notice"][:11], "html" in told) == ("A moderator", False)
    assert told["url"] == f"/m/{told['message']}/act"
    page = client.get(own)
    assert ("You are an idiot." in page.text, "look at your message first" in page.text) == (
        True,
    ) * 2
    assert (shown(page.text), page["Cache-Control"]) == (["You are an idiot."], "private, no-store")
    assert client.get(f"/m/{message.key}")["Location"] == own
    for other in (Client(), as_reader(talk.bo)):
        assert [other.get(at).status_code for at in (own, f"/m/{message.key}")] == [404, 404]
        assert other.post(own, {"deed": "delete"}).status_code == 404
    client.post(own, {"deed": "edit", "text": "You are a friend, idiot."})
    message.refresh_from_db()
    assert (message.state, message.text) == ("held", "You are a friend, idiot.")
    client.post(own, {"deed": "delete"})
    message.refresh_from_db()
    assert (message.state, message.text) == ("deleted", "")
    assert client.get(own).status_code == 404


@pytest.fixture
def spammer(talk):
    """Return the browser of somebody whom a moderator shows to nobody else."""
    before = talk.say("Said before.")
    terms = Terms(deed=Deed.SHADOW, why=Why(ground=Ground.SPAM))
    sanction_reader(by=talk.room.editor, reader=talk.ada, terms=terms)
    client = as_reader(talk.ada)
    client.before = before
    return client


def test_who_is_shown_to_nobody_else_sees_their_own_line_and_no_word_about_it(talk, spammer):
    told = spammer.post(say_address(talk), {"text": "Cheap watches.", "go": "post"}, **JSON).json()
    assert (told["state"], told["notice"], told["url"]) == ("published", "", "")
    assert shown(told["html"]) == ["Cheap watches."]
    plain = spammer.post(say_address(talk), {"text": "Cheap hats.", "go": "post"}, follow=True)
    assert shown(plain.content.decode()) == ["Cheap hats."]
    own = f"/m/{told['message']}/act"
    spammer.post(own, {"react": "thanks"})
    edited = spammer.post(own, {"deed": "edit", "text": "Cheaper watches."}, follow=True)
    assert shown(edited.content.decode()) == ["Cheaper watches."]
    for text in (told["html"], plain.text, edited.text):
        assert not any(word in text for word in ("moderator", "held", "shadow"))
    spammer.post(f"/m/{spammer.before.key}/act", {"deed": "edit", "text": "Cheap boots."})
    assert [row.state for row in Message.objects.order_by("pk")] == ["published", "held", "held"]


def test_of_who_is_shown_to_nobody_else_nobody_learns_anything(talk, spammer):
    before = head()
    told = spammer.post(say_address(talk), {"text": "@bo-arner: watches.", "go": "post"}, **JSON)
    key = told.json()["message"]
    for client in (Client(), as_reader(talk.bo)):
        assert [client.get(f"/m/{key}{at}").status_code for at in ("", "/act", "/law")] == [404] * 3
        page = client.get(talk.address).content.decode()
        assert shown(page) == ["Said before."]
        assert key not in page
        lines = client.get(f"/chats/{talk.chat.pk}/index.json").json()["lines"]
        assert [row[1] for row in lines] == [spammer.before.pk]
    heard = [one.entry for one in replay(before)]
    assert [(one.kind, one.channels) for one in heard] == [("message-held", ())]
    assert as_reader(talk.bo).get("/chats/mine.json").json()["notices"] == 0
    whole = "".join(as_json(talk.chat, site="", now=clock.now()))
    assert key not in whole


def test_what_a_reader_muted_is_not_unread(talk, client):
    first = talk.say("One.", by=talk.cleo)
    theirs = talk.say("Two.", by=talk.bo)
    talk.say("Three, a madam.", by=talk.cleo)
    worded = talk.say("The *DAM*!", by=talk.cleo)
    talk.say("My own dam.")
    address = f"/chats/muted.json?after={talk.chat.pk}:"
    assert client.get(f"{address}0").status_code == 401
    client.force_login(talk.ada.account)
    assert client.get(f"{address}0").json() == {"muted": []}
    mute_reader(by=talk.ada.account, reader=talk.ada, muted=talk.bo)
    assert client.get(f"{address}0").json() == {"muted": [theirs.pk]}
    mute_words(by=talk.ada.account, reader=talk.ada, words=["dam"])
    assert client.get(f"{address}{first.shown_as}").json() == {"muted": [theirs.pk, worded.pk]}
    assert client.get(f"{address}{theirs.shown_as}").json() == {"muted": [worded.pk]}
    for nothing in ("", "x:y", ":", "999999:0", "x:2:3"):
        assert client.get(f"/chats/muted.json?after={nothing}").json() == {"muted": []}


def test_what_is_muted_is_found_with_a_fixed_number_of_questions(talk, django_assert_num_queries):
    mute_reader(by=talk.ada.account, reader=talk.ada, muted=talk.bo)
    mute_words(by=talk.ada.account, reader=talk.ada, words=["dam"])
    for count in (1, 3):
        for n in range(count):
            talk.say(f"Number {count} {n}.", by=talk.bo)
        with django_assert_num_queries(4):
            muted_messages(talk.ada, {talk.chat.pk: 0})
