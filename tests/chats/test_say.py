"""Saying something: by a form of everyone's page, through a login, from a script."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from dateline.chats.actions import change_mode
from dateline.chats.enums import Mode
from dateline.chats.models import Message
from dateline.readers.actions import mute_words
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
        client.post(f"/m/{message.key}/act", {"deed": "mute"})
    mute_words(by=talk.ada.account, reader=talk.ada, words=["Dam"])
    muted = client.get("/chats/mine.json").json()["muted"]
    assert muted == {"readers": ["bo-arner"], "words": ["dam"]}


def test_those_who_spoke_can_be_mentioned(talk, client):
    talk.say("One.", by=talk.bo)
    told = client.get(f"/chats/{talk.chat.pk}/people?q=bo").json()["people"]
    assert told == [{"slug": "bo-arner", "name": "Bo Arner"}]
    assert client.get(f"/chats/{talk.chat.pk}/people?q=ada").json()["people"] == []
