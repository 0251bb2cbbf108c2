"""Talk about a paragraph: what is quoted stands there, it is counted, and a correction is told."""

import pytest
from django.test import Client

from dateline.chats.actions import delete_message, mark_corrected
from dateline.chats.enums import NoticeKind
from dateline.chats.models import Notice
from dateline.journal.queries import head
from dateline.stories.actions import publish_story, write_story
from tests.factories import a_draft
from tests.live.coverage import Recording

pytestmark = pytest.mark.django_db
WORDS = "The talks ended without a date for new ones."


@pytest.fixture
def block(talk):
    return talk.story.body.raw_data[0]["id"]


def about(talk, block, quote="without a date", **given):
    return talk.say("Is that so?", block=block, version=1, block_quote=quote, **given)


def rewrite(talk, block, text):
    draft = a_draft(talk.room)
    draft.body[0] |= {"id": block, "value": f"<p>{text}</p>"}
    publish_story(by=None, story=write_story(by=None, draft=draft, story=talk.story))


def test_nobody_is_quoted_with_words_that_are_not_there(talk, block):
    said = about(talk, block)
    assert (said.block, said.version, said.block_quote) == (block, 1, "without a date")
    forged = about(talk, block, "The talks were a success", by=talk.bo)
    assert forged.block_quote == WORDS
    lost = about(talk, "no-such-block", by=talk.cleo)
    assert (lost.block, lost.version, lost.block_quote) == ("", 0, "")


def test_messages_of_a_paragraph_are_counted_and_have_a_page(talk, block, client):
    first, other = about(talk, block), talk.say("Of the whole.", by=talk.bo)
    about(talk, block, by=talk.cleo)
    answer = client.get(f"/chats/{talk.chat.pk}/blocks.json")
    told = answer.json()
    assert (told["blocks"], told["messages"]) == ({block: 2}, 3)
    assert told["journal"] == head()
    assert f"chat:{talk.chat.pk}" in answer["Cache-Tag"].split()
    page = client.get(f"{talk.address}?about={block}").text
    assert (f"m-{first.key}" in page, f"m-{other.key}" in page) == (True, False)
    assert f'href="{talk.story.address}#b-{block}"' in page
    delete_message(by=talk.ada, message=first)
    told = client.get(f"/chats/{talk.chat.pk}/blocks.json").json()
    assert (told["blocks"], told["messages"]) == ({block: 1}, 2)


def test_the_page_of_the_story_does_not_know_of_it(talk, block, client):
    before = client.get(talk.story.address)
    about(talk, block)
    after = client.get(talk.story.address)
    assert f"chat:{talk.chat.pk}" not in after["Cache-Tag"].split()
    named = f'data-chat="{talk.chat.pk}" data-talk="Talk about this paragraph"'
    assert named in before.text
    assert named in after.text


def test_a_correction_is_told_where_it_was_talked_about_and_to_who_did(talk, block, client):
    said = about(talk, block)
    whole = talk.say("Of the whole.", by=talk.bo)
    rewrite(talk, block, "The talks ended with a date.")
    with Recording() as told:
        mark_corrected(by=None, story=talk.story.pk)
        mark_corrected(by=None, story=talk.story.pk)
    assert told.kinds == ["paragraph-corrected"]
    [entry] = told.entries
    assert (entry.message, set(entry.keys)) == (
        said.pk,
        {f"chat:{talk.chat.pk}", "chats:en", f"message:{said.pk}"},
    )
    page = client.get(talk.address).text
    assert page.count("The paragraph was corrected since.") == 1
    assert "without a date" in page
    whole.refresh_from_db()
    assert whole.block_changed_at is None
    notice = Notice.objects.get()
    assert (notice.reader, notice.kind) == (talk.ada, NoticeKind.CORRECTION)
    ada = Client()
    ada.force_login(talk.ada.account)
    assert "The paragraph you wrote about was corrected" in ada.get("/chats/notices/").text


def test_a_version_that_leaves_the_paragraph_alone_is_no_correction(talk, block):
    about(talk, block)
    rewrite(talk, block, WORDS)
    with Recording() as told:
        mark_corrected(by=None, story=talk.story.pk)
    assert told.kinds == []
