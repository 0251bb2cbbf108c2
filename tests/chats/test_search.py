"""Searching inside one chat."""

import re
from html import unescape

import pytest

from dateline.chats import actions
from dateline.chats.rules import Piece, extract
from dateline.stories.actions import hold_story

DATABASE = pytest.mark.django_db
LINES = re.compile(r'<p class="chat-extract"[^>]*>(.*?)</p>')


def found(client, talk, query):
    answer = client.get(f"/chats/{talk.chat.pk}/search", {"q": query})
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    return [unescape(one) for one in LINES.findall(answer.text)]


@DATABASE
def test_all_words_must_stand_in_a_message_however_they_are_written(talk, client):
    talk.say("The harbour was CLOSED at noon.")
    talk.say("The harbour is lovely & old.", by=talk.bo)
    talk.say("Переговоры закончились вчера.", by=talk.cleo)
    assert found(client, talk, "harbour closed") == [
        "The <mark>harbour</mark> was <mark>CLOSED</mark> at noon."
    ]
    assert found(client, talk, "HARBOUR") == [
        "The <mark>harbour</mark> is lovely & old.",
        "The <mark>harbour</mark> was CLOSED at noon.",
    ]
    assert found(client, talk, "переговоры") == ["<mark>Переговоры</mark> закончились вчера."]


@DATABASE
def test_what_nobody_said_is_said_plainly(talk, client):
    talk.say("The harbour.")
    page = client.get(f"/chats/{talk.chat.pk}/search", {"q": "<script>"}).text
    assert "Nobody has said anything here with “&lt;script&gt;”." in page
    assert "Nobody has said" not in client.get(f"/chats/{talk.chat.pk}/search").text
    assert f'action="/chats/{talk.chat.pk}/search"' in client.get(talk.address).text


@DATABASE
def test_what_is_gone_or_kept_back_is_not_found(talk, client):
    message = talk.say("A secret harbour.")
    actions.delete_message(by=talk.ada, message=message)
    assert found(client, talk, "harbour") == []
    hold_story(by=None, story=talk.story, why="Check.")
    assert client.get(f"/chats/{talk.chat.pk}/search", {"q": "harbour"}).status_code == 404


@DATABASE
def test_more_is_a_page_further(talk, client, monkeypatch):
    monkeypatch.setattr("dateline.reader.chat_search.PER_PAGE", 2)
    rows = [talk.say(f"Harbour {n}.", by=by) for n, by in enumerate((talk.ada, talk.bo, talk.cleo))]
    page = client.get(f"/chats/{talk.chat.pk}/search", {"q": "harbour"}).text
    older = f"/chats/{talk.chat.pk}/search?q=harbour&amp;before={rows[1].shown_as}"
    assert (len(LINES.findall(page)), f'href="{older}"' in page) == (2, True)
    last = client.get(unescape(older)).text
    assert LINES.findall(last) == ["<mark>Harbour</mark> 0."]
    assert "before=" not in last


def test_an_extract_is_cut_at_words_around_the_first_that_was_found():
    text = f"{'before ' * 40}the harbour{' after' * 80}"
    made = extract(text, "Harbour")
    assert (made[0].text[:9], made[0].text[-11:]) == ("… before ", "before the ")
    assert made[1] == Piece("harbour", is_found=True)
    assert made[2].text.endswith(" after …")
    assert sum(len(one.text) for one in made) < 400
    assert extract("One (two).", "(two") == [
        Piece("One ", is_found=False),
        Piece("(two", is_found=True),
        Piece(").", is_found=False),
    ]
    assert extract("As it is.", "") == [Piece("As it is.", is_found=False)]
