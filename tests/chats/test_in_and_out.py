"""Discussions in from other systems, and chats out."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.chats.actions.taking import take_talk
from dateline.chats.enums import MessageState
from dateline.chats.export import as_html, as_json
from dateline.chats.models import Message
from dateline.chats.queries import newest_messages
from dateline.common import clock
from dateline.config.commands import commands
from dateline.standards.talk.facts import Said, Standing, Talk, Thread
from dateline.standards.talk.reading import read_talk
from dateline.stories.models import OldAddress
from tests.live.coverage import Recording

pytestmark = pytest.mark.django_db
EXPORTS = Path(__file__).parent.parent / "standards" / "talk"
SITE = "https://news.example"


@pytest.fixture
def disqus(talk):
    OldAddress.objects.create(path="/talks/", story_id=talk.story.pk)
    return read_talk(EXPORTS / "disqus.xml")


def test_a_discussion_goes_to_the_story_at_its_old_address(talk, disqus):
    with Recording() as told:
        done = take_talk(by=None, talk=disqus)
    assert (done.taken, done.known, done.chats, done.homeless) == (2, 0, 1, {})
    assert (told.kinds, told.channels) == (["message-taken"], set())
    first, spam = Message.objects.order_by("posted_at")
    assert (first.signed, first.author, first.state) == ("Anna V", None, MessageState.PUBLISHED)
    assert first.posted_at == datetime(2019, 3, 1, 10, tzinfo=UTC)
    assert (spam.state, spam.answers, spam.shown_as) == (MessageState.REJECTED, first, None)
    assert [one.pk for one in newest_messages(talk.chat, limit=9).messages] == [first.pk]
    talk.chat.refresh_from_db()
    assert (talk.chat.messages_shown, talk.chat.last) == (1, first)


def test_taking_it_again_changes_nothing(talk, disqus):
    take_talk(by=None, talk=disqus)
    with Recording() as told:
        done = take_talk(by=None, talk=disqus)
    assert (done.taken, done.known, told.kinds) == (0, 2, [])
    assert Message.objects.count() == 2


def test_an_answer_from_elsewhere_quotes_whom_it_answers(talk, client):
    one = Said(key="1", thread="t", text="Which bridge?", author="Anna V", at=clock.now())
    two = Said(key="2", thread="t", text="The old one.", author="Ben", at=clock.now(), answers="1")
    take_talk(by=None, talk=_one_thread(one, two), story=talk.story)
    gone = Said(key="3", thread="t", text="", author="", standing=Standing.DELETED, at=clock.now())
    later = [
        Said(key="4", thread="t", text="Which one?", author="Cy", at=clock.now(), answers="2"),
        Said(key="5", thread="t", text="Who?", author="Dee", at=clock.now(), answers="3"),
    ]
    take_talk(by=None, talk=_one_thread(one, two, gone, *later), story=talk.story)
    html = client.get(talk.address).content.decode()
    quotes = re.findall(r"<b><bdi>(.*?)</bdi></b> <span[^>]*>(.*?)</span>", html)
    assert quotes == [("Anna V", "Which bridge?"), ("Ben", "The old one.")]
    assert html.count("A message that is not there any more") == 1
    list_of_chats = client.get("/chats/").content.decode()
    assert "Dee" in list_of_chats
    assert "Somebody" not in list_of_chats


def _one_thread(*said):
    return Talk("coral", {"t": Thread(key="t")}, len(said), lambda: iter(said))


def test_what_has_no_story_is_reported_or_goes_where_one_says(talk):
    found = read_talk(EXPORTS / "wordpress.xml")
    assert take_talk(by=None, talk=found).homeless == {"https://old.example/bridge/": 2}
    assert Message.objects.count() == 0
    done = take_talk(by=None, talk=found, story=talk.story)
    assert (done.taken, done.homeless) == (2, {})
    assert Message.objects.get(state=MessageState.HELD).text == "Waits"


def test_a_chat_goes_out_and_comes_in_elsewhere(talk, tmp_path):
    first = talk.say("Which <b>is</b> it?\n\nSay.")
    talk.say("Неужели", by=talk.bo, answers=first)
    Message.objects.filter(pk=talk.say("Gone.", by=talk.cleo).pk).update(state="removed")
    path = tmp_path / "chat.json"
    path.write_text("".join(as_json(talk.chat, site=SITE, now=clock.now())), encoding="utf-8")
    about = json.loads(path.read_text(encoding="utf-8"))["chat"]
    assert about["address"] == f"{SITE}{talk.story.address}"
    assert (about["language"], about["mode"], about["closed"]) == ("en", "open", False)
    one, two, gone = read_talk(path).read()
    assert (one.text, one.author, one.author_key) == (first.text, "Ada Lind", talk.ada.slug)
    assert (two.answers, two.author, gone.standing) == (first.key, "Bo Arner", Standing.REJECTED)
    assert gone.text == ""


def test_held_messages_go_out_only_where_asked(talk):
    talk.say("You idiot.")
    assert json.loads("".join(as_json(talk.chat, site=SITE, now=clock.now())))["messages"] == []
    whole = json.loads("".join(as_json(talk.chat, site=SITE, now=clock.now(), is_whole=True)))
    assert [row["standing"] for row in whole["messages"]] == ["held"]


def test_a_page_needs_nothing_else_and_runs_nothing(talk):
    talk.say("<script>alert(1)</script> & more")
    page = as_html(talk.chat, site=SITE, now=clock.now())
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert not any(word in page for word in ("<script", "<link rel", "src="))


def test_the_command_says_what_is_in_a_file_before_anything_is_stored(tmp_path):
    run = CliRunner().invoke(
        commands, ["chats", "import", str(EXPORTS / "disqus.xml"), "--dry-run"]
    )
    assert (run.exit_code, run.output) == (0, "disqus: 2 messages in 1 discussions\n")
    lost = CliRunner().invoke(
        commands, ["chats", "import", str(tmp_path / "none.xml"), "--dry-run"]
    )
    assert "is not there" in str(lost.exception)
