"""A chat's page, its slices and addresses, and the list of chats going on."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.chats import actions
from dateline.chats.enums import Mode
from dateline.chats.models import Message
from dateline.chats.queries import chats_by_number, messages_seen
from dateline.common import clock
from dateline.journal.queries import keys_after
from dateline.reader import chat as chat_page
from dateline.reader.faces import avatar_address
from dateline.readers.actions import set_avatar
from dateline.stories.actions import correct_story, kill_story
from tests.chats.talk import shown

pytestmark = pytest.mark.django_db


def page_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer
    return answer.content.decode()


@pytest.fixture
def short_pages(monkeypatch):
    monkeypatch.setattr(chat_page, "PER_PAGE", 3)


def number_of(message):
    return message.shown_as


def test_a_chat_reads_downwards_and_tells_machines_nothing_of_one_reader(talk, client):
    first = talk.say("One & <b>two</b>.")
    talk.say("Three.", by=talk.bo, answers=first)
    answer = client.get(talk.address)
    html = answer.content.decode()
    assert shown(html) == ["One & <b>two</b>.", "Three."]
    assert f'id="m-{first.key}"' in html
    assert "csrf" not in html
    keys = set(answer["Cache-Tag"].split())
    assert {f"chat:{talk.chat.pk}", f"message:{first.pk}", f"story:{talk.story.pk}"} <= keys
    assert f'after="{answer["Dateline-Journal"]}"' in html


def test_pages_are_slices_that_new_messages_do_not_touch(talk, client, short_pages):
    rows = [talk.say(f"{n}.", by=by) for n, by in enumerate((talk.ada, talk.bo, talk.cleo) * 2)]
    assert shown(page_of(client, talk.address)) == ["3.", "4.", "5."]
    earlier = f"{talk.address}?before={number_of(rows[3])}"
    assert f'href="{earlier}"' in page_of(client, talk.address)
    answer = client.get(earlier)
    assert shown(answer.content.decode()) == ["0.", "1.", "2."]
    assert f"chat:{talk.chat.pk}" not in answer["Cache-Tag"].split()
    assert shown(page_of(client, f"{talk.address}?order=oldest")) == ["0.", "1.", "2."]
    after = f"{talk.address}?after={number_of(rows[2])}"
    assert shown(page_of(client, after)) == ["3.", "4.", "5."]
    assert f"chat:{talk.chat.pk}" in client.get(after)["Cache-Tag"].split()


def test_an_address_has_one_spelling(talk, client):
    for asked in ("?order=newest", "?before=x", "?order=loud", "?thread=22222222"):
        answer = client.get(f"{talk.address}{asked}")
        assert (answer.status_code, answer["Location"]) == (301, talk.address)
    assert client.get(f"/world/{talk.address.rsplit('/', 3)[1]}/chat/").status_code == 404
    wrong = re.sub(r"/[a-z-]+-(\d+)\.html", r"/other-\1.html", talk.address)
    assert client.get(wrong)["Location"] == talk.address


def test_threads_most_replied_and_featured(talk, client):
    first, second = talk.say("One."), talk.say("Two.", by=talk.bo)
    for by in (talk.bo, talk.cleo):
        talk.say(f"{by.slug}.", by=by, answers=first)
    actions.feature_message(by=None, message=second)
    thread = page_of(client, f"{talk.address}?thread={first.key}")
    assert shown(thread) == ["One.", "bo-arner.", "cleo-stramm."]
    assert shown(page_of(client, f"{talk.address}?order=replied")) == ["One."]
    assert shown(page_of(client, f"{talk.address}?order=featured")) == ["Two."]


def test_most_replied_and_featured_have_further_pages(talk, client, short_pages):
    rows = [talk.say(f"{n}.", by=by) for n, by in enumerate((talk.ada, talk.bo, talk.cleo) * 2)]
    for row, by in zip(rows[:5], (talk.ada, talk.bo, talk.cleo) * 2, strict=False):
        talk.say(f"To {row.text}", by=by, answers=row)
        actions.feature_message(by=None, message=row)
    talk.say("Once more.", by=talk.cleo, answers=rows[1])
    for order, expected in (("replied", ["1.", "4.", "3."]), ("featured", ["4.", "3.", "2."])):
        first = page_of(client, f"{talk.address}?order={order}")
        further = unescape(re.search(r'href="([^"]+)" rel="next">Further messages', first)[1])
        second = page_of(client, further)
        left = {f"{n}." for n in range(5)} - set(expected)
        assert (shown(first), set(shown(second))) == (expected, left)
        assert "Further messages" not in second
    odd = client.get(f"{talk.address}?order=featured&past=3")
    assert odd["Location"] == f"{talk.address}?order=featured"


def test_where_nothing_is_chosen_it_is_said_in_other_words(talk, client):
    talk.say("One.")
    featured = page_of(client, f"{talk.address}?order=featured")
    assert "The newsroom has set no message before the others yet." in featured
    assert "No message has answers yet." in page_of(client, f"{talk.address}?order=replied")


def test_a_long_page_leads_to_its_end(talk, client):
    words = "To the newest message and the box"
    for n in range(9):
        talk.say(f"{n}.", by=(talk.ada, talk.bo, talk.cleo)[n % 3])
        assert (words in page_of(client, talk.address)) is (n == 8)
    html = page_of(client, talk.address)
    assert f'href="#say-{talk.chat.pk}"' in html
    assert f'id="say-{talk.chat.pk}"' in html


def test_the_picture_a_reader_brought_stands_beside_what_they_say(talk, client):
    talk.say("One.")
    talk.say("Two.", by=talk.bo)
    drawn = client.get(talk.address)
    assert '<img class="face"' not in drawn.content.decode()
    set_avatar(by=None, reader=talk.ada, data=b"a jpeg")
    [*_before, (_number, _kind, rung)] = keys_after(0, 500)
    assert set(rung) & set(drawn["Cache-Tag"].split()), "the page is drawn anew"
    html = page_of(client, talk.address)
    assert html.count('<img class="face"') == 1
    assert f'src="{avatar_address(talk.ada)}"' in html
    set_avatar(by=None, reader=talk.ada, data=b"")


def test_what_is_gone_is_marked_and_quoted_nowhere(talk, client):
    first = talk.say("A secret.")
    talk.say("I heard.", by=talk.bo, answers=first)
    actions.delete_message(by=talk.ada, message=first)
    html = page_of(client, talk.address)
    assert (shown(html), "secret" in html, "Ada Lind" in html) == ([None, "I heard."], False, False)


def test_a_permalink_lands_on_its_message(talk, client):
    talk.say("One.")
    second = talk.say("Two.", by=talk.bo)
    answer = client.get(f"/m/{second.key}")
    at, _, mark = answer["Location"].partition("#")
    assert (answer.status_code, mark) == (302, f"m-{second.key}")
    assert shown(page_of(client, at)) == ["Two."]
    assert client.get("/m/22222222").status_code == 404


def test_the_chat_of_a_killed_story_is_gone_everywhere(talk, client):
    message = talk.say("One.")
    assert "Ada Lind" in page_of(client, "/chats/")
    kill_story(by=None, story=talk.story, why="Wrong.", notice="It was wrong.")
    assert client.get(talk.address).status_code == 410
    assert client.get(f"/m/{message.key}").status_code == 404
    assert client.get(f"/m/{message.key}/act").status_code == 404
    assert client.get(f"/chats/{talk.chat.pk}/say").status_code == 404
    assert client.get(f"/chats/{talk.chat.pk}/index.json").status_code == 404
    assert "Ada Lind" not in page_of(client, "/chats/")


def test_a_correction_of_the_story_stands_over_its_chat(talk, client):
    correct_story(by=None, story=talk.story, text="The talks ended on Tuesday.")
    assert "The talks ended on Tuesday." in page_of(client, talk.address)


def test_a_story_leads_to_its_chat_and_does_not_change_with_it(talk, client):
    answer = client.get(talk.story.address)
    assert f'<story-chat href="{talk.address}"' in answer.content.decode()
    assert f"chat:{talk.chat.pk}" not in answer["Cache-Tag"].split()
    assert f"chat:{talk.chat.pk}:state" in answer["Cache-Tag"].split()


def test_a_section_has_a_chat_by_choice(talk, client):
    assert client.get("/culture/chat/").status_code == 404
    chat = actions.open_chat(by=None, of=talk.room.culture)
    assert "Nobody has said anything yet" in page_of(client, "/culture/chat/")
    assert (chat.closes_at, chat.mode) == (None, Mode.OPEN)
    assert 'href="/culture/chat/"' in page_of(client, "/culture/")
    assert "/world/chat/" not in page_of(client, "/world/")


def test_the_page_of_a_section_is_told_when_its_chat_opens(talk, client):
    keys = client.get("/culture/")["Cache-Tag"].split()
    actions.open_chat(by=None, of=talk.room.culture)
    [*_before, (_number, kind, rung)] = keys_after(0, 500)
    assert kind == "chat-opened"
    assert set(rung) & set(keys) == {f"section:{talk.room.culture.pk}:chat"}


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_asks_as_much_for_many_messages_as_for_one(talk, client, count):
    for number in range(count):
        talk.say(f"{number}.", by=(talk.ada, talk.bo, talk.cleo)[number])
    page_of(client, talk.address)
    with CaptureQueriesContext(connection) as asked:
        page_of(client, talk.address)
    assert len(asked) == 3, [one["sql"] for one in asked]


def test_the_places_of_messages_are_told_as_the_newsfeed_tells_its_own(talk, client):
    rows = [talk.say("One."), talk.say("Two.", by=talk.bo)]
    actions.delete_message(by=talk.ada, message=rows[0])
    told = client.get(f"/chats/{talk.chat.pk}/index.json").json()
    assert told["lines"] == [[rows[1].shown_as, rows[1].pk, [], "", [], "", 0]]
    assert (told["floor"], told["journal"] >= rows[1].shown_as) == (0, True)


def test_a_page_of_a_long_chat_walks_its_index(talk):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by the size of its tables")
    from dateline.chats.queries import messages_for_readers

    talk.say("One.")
    rows = messages_for_readers(talk.chat).order_by("-shown_as")[:40]
    plan = rows.explain().splitlines()
    assert any("USING INDEX message_page" in step for step in plan), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan


def test_the_same_words_of_others_are_found_by_their_index(talk):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by the size of its tables")
    message = talk.say("One.")
    since = message.posted_at - timedelta(days=1)
    rows = Message.objects.filter(fingerprint="a", posted_at__gt=since).exclude(author=1)[:10]
    assert "INDEX message_same" in rows.explain()


def test_messages_told_together_are_asked_for_together(talk, django_assert_num_queries):
    numbers = [talk.say(f"Line {n}.").pk for n in range(5)]
    chats = chats_by_number([talk.chat.pk], clock.now())
    with django_assert_num_queries(1):
        together = messages_seen(numbers, chats)
        assert {message.chat for message in together.values()} == {talk.chat}
    one_by_one = {number: messages_seen([number], chats)[number] for number in numbers}
    assert together == one_by_one
    assert not messages_seen(numbers, {})
