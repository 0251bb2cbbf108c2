"""What one reader is told of: on a page of their own, with an exact count, and by nobody else."""

from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from dateline.chats import actions
from dateline.chats.models import Notice
from dateline.readers.actions import mute_reader, save_preferences
from dateline.stories.actions import hold_story, lift_hold

pytestmark = pytest.mark.django_db
PAGE = "/chats/notices/"


def as_reader(reader):
    client = Client()
    client.force_login(reader.account)
    return client


def unseen(client):
    return client.get("/chats/mine.json").json()["notices"]


@pytest.fixture
def ada(talk):
    return as_reader(talk.ada)


@pytest.fixture
def told(talk):
    """Return two messages that tell Ada something: a reply and a mention."""
    first = talk.say("The doors were open.")
    reply = talk.say("They were *not*.", by=talk.bo, answers=first)
    return reply, talk.say("Ask @ada-lind about it.", by=talk.cleo)


def test_replies_and_mentions_are_listed_for_whom_they_are(talk, ada, told):
    page = ada.get(PAGE)
    assert page["Cache-Control"] == "private, no-store"
    html = page.content.decode()
    at = [html.index(words) for words in ("Cleo Stramm mentioned you", "Bo Arner answered you")]
    assert at == sorted(at), "the newest first"
    assert (html.count("is-new"), "2 unread" in html, unseen(ada)) == (2, True, 2)
    assert "Nobody has answered or mentioned you yet." in as_reader(talk.bo).get(PAGE).text
    assert Client().get(PAGE)["Location"].startswith("/account/login/")


def test_me_tells_the_count_without_another_question(ada, told, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert ada.get("/me").json()["unread"] == {"notices": 2}


def test_following_one_leads_to_its_message_and_counts_it_as_read(talk, ada, told):
    notice = Notice.objects.get(message=told[0])
    answer = ada.get(f"{PAGE}{notice.pk}/open")
    assert (answer.status_code, answer["Location"], unseen(ada)) == (302, f"/m/{told[0].key}", 1)
    assert as_reader(talk.bo).get(f"{PAGE}{notice.pk}/open").status_code == 404
    assert ada.post(PAGE)["Location"] == PAGE
    assert (unseen(ada), ada.get(PAGE).text.count("is-new")) == (0, 0)


def test_who_reads_the_chat_has_seen_what_was_said_there(talk, ada, told):
    answer = ada.post(f"/chats/{talk.chat.pk}/read", {"number": told[0].shown_as})
    assert answer.json()["notices"] == 1
    assert (
        ada.post(f"/chats/{talk.chat.pk}/read", {"number": told[1].shown_as}).json()["notices"] == 0
    )


def test_a_form_without_its_token_marks_nothing(talk, told):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(talk.ada.account)
    assert strict.post(PAGE).status_code == 403
    assert Notice.objects.filter(seen_at=None).count() == 2


def test_nobody_is_told_what_they_cannot_read_or_do_not_want_to(talk, ada, told):
    held = hold_story(by=None, story=talk.story, why="Check.")
    assert (unseen(ada), "answered you" in ada.get(PAGE).text) == (0, False)
    lift_hold(by=None, hold=held)
    assert unseen(ada) == 2
    mute_reader(by=talk.ada.account, reader=talk.ada, muted=talk.cleo)
    assert (unseen(ada), "mentioned you" in ada.get(PAGE).text) == (1, False)
    actions.delete_message(by=talk.bo, message=told[0])
    assert (unseen(ada), ada.get("/me").json()["unread"]["notices"]) == (0, 0)


def test_who_wants_to_hear_of_neither_is_told_of_neither(talk, ada):
    chosen = {"tells_replies": False, "tells_mentions": False}
    save_preferences(by=talk.ada.account, reader=talk.ada, chosen=chosen)
    talk.say("No, @ada-lind.", by=talk.bo, answers=talk.say("One."))
    assert unseen(ada) == 0


def test_older_ones_are_a_page_further(talk, ada, monkeypatch):
    monkeypatch.setattr("dateline.reader.chat_own.PER_PAGE", 1)
    first = talk.say("One.")
    for by in (talk.bo, talk.cleo):
        talk.say(f"From {by.slug}.", by=by, answers=first)
    newest = Notice.objects.latest("pk")
    html = ada.get(PAGE).text
    assert ("Cleo Stramm" in html, "Bo Arner" in html) == (True, False)
    assert f'href="{PAGE}?before={newest.pk}"' in html
    older = ada.get(f"{PAGE}?before={newest.pk}").text
    assert ("Cleo Stramm" in older, "Bo Arner" in older, "?before" in older) == (False, True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_many_as_for_one(talk, ada, count, django_assert_num_queries):
    first = talk.say("One.")
    for number in range(count):
        talk.say(f"{number}.", by=(talk.bo, talk.cleo)[number % 2], answers=first)
    ada.get(PAGE)
    with django_assert_num_queries(8):
        ada.get(PAGE)


def test_a_chat_is_followed_by_a_form(talk):
    cleo = as_reader(talk.cleo)
    address = f"/chats/{talk.chat.pk}/follow"
    assert f'href="{address}"' in cleo.get(talk.address).text
    assert 'name="follow" value="yes"' in cleo.get(address).text
    assert cleo.post(address, {"follow": "yes"})["Location"] == talk.address
    assert 'name="follow" value="no"' in cleo.get(address).text
    own = {"chat": talk.chat.pk, "number": 0, "follows": True}
    assert cleo.get("/chats/mine.json").json()["chats"] == [own]
    assert f'data-chat="{talk.chat.pk}"' in cleo.get(PAGE).text
    told = cleo.post(address, {"follow": "no"}, headers={"Accept": "application/json"})
    assert told.json() == {"follows": False}
    assert cleo.get("/chats/mine.json").json()["chats"] == []
    assert f'data-chat="{talk.chat.pk}"' not in cleo.get(PAGE).text


def test_whoever_is_not_logged_in_follows_after_that(talk):
    address = f"/chats/{talk.chat.pk}/follow"
    assert f"next={address.replace('/', '%2F')}" in Client().get(address)["Location"]
    answer = Client().post(address, {"follow": "yes"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (401, {"code": "login-needed"})


def test_a_chat_of_a_story_that_is_held_back_is_in_nobodys_list(talk):
    cleo = as_reader(talk.cleo)
    actions.follow_chat(by=talk.cleo, chat=talk.chat)
    hold_story(by=None, story=talk.story, why="Check.")
    assert f'data-chat="{talk.chat.pk}"' not in cleo.get(PAGE).text
    assert cleo.get(f"/chats/{talk.chat.pk}/follow").status_code == 404


def test_who_wants_no_chats_says_so_in_the_account(talk, ada):
    assert ada.get("/me").json()["reader"]["chats"] == ""
    save_preferences(by=talk.ada.account, reader=talk.ada, chosen={"hides_chats": True})
    assert ada.get("/me").json()["reader"]["chats"] == "off"


def test_the_desk_copies_a_quotation_and_readers_are_not_offered_one(talk, ada):
    message = talk.say("They *left* at\nnoon.", by=talk.bo)
    address = f"/m/{message.key}/act"
    assert "Copy quote" not in ada.get(address).text
    talk.ada.account.user_permissions.add(Permission.objects.get(codename="moderate_chats"))
    page = unescape(ada.get(address).text)
    told = "“They *left* at noon.” – Bo Arner in the chat about “Talks fail in Brenn”, "
    assert told in page
    assert f"/m/{message.key}</textarea>" in page
    actions.delete_message(by=talk.bo, message=message)
    assert "Copy quote" not in ada.get(address).text
