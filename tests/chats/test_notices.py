"""Reporting by form, notices of illegal content, statements of reasons and appeals on the site."""

import pytest
from django.test import Client

from dateline.chats.actions.moderate import moderate
from dateline.chats.actions.note_decision import Why
from dateline.chats.models import Message
from dateline.chats.moderation_enums import Deed, Ground
from dateline.chats.moderation_models import Appeal, Decision, Origin, Report

pytestmark = pytest.mark.django_db
NOTICE = {
    "law": "honour",
    "text": "A court has found this untrue in spring.",
    "name": "Ines Wolff",
    "mail": "ines@wolff.example",
    "is_honest": "on",
}


def as_reader(reader):
    client = Client()
    client.force_login(reader.account)
    return client


@pytest.fixture(autouse=True)
def no_tries(monkeypatch):
    from datetime import timedelta

    monkeypatch.setattr("dateline.reader.chat_law.begin", lambda _tried: timedelta(0))


def test_a_reader_reports_by_form(talk):
    message = talk.say("One.")
    client = as_reader(talk.bo)
    page = client.get(f"/m/{message.key}/act")
    assert "Report the message of Ada Lind" in page.text
    form = {"deed": "report", "reason": "insult", "note": "Rude."}
    answer = client.post(f"/m/{message.key}/act", form)
    assert "The moderators will look at it." in answer.text
    report = Report.objects.get()
    assert (report.reader, report.ground, report.text) == (talk.bo, "insult", "Rude.")
    client.post(f"/m/{message.key}/act", {"deed": "report", "reason": "nonsense"})
    assert Report.objects.count() == 1


def test_anybody_gives_notice_and_reads_what_was_decided(client, talk):
    message = talk.say("One.")
    assert "Report as illegal" in client.get(f"/m/{message.key}/act").text
    page = client.get(f"/m/{message.key}/law")
    assert "No account is needed." in page.text
    assert page["Cache-Control"] == "private, no-store"
    lacking = client.post(f"/m/{message.key}/law", NOTICE | {"text": "Bad."})
    assert (lacking.status_code, Report.objects.count()) == (422, 0)
    assert "Ines Wolff" in lacking.text
    given = client.post(f"/m/{message.key}/law", NOTICE, follow=True)
    [(receipt, _status)] = given.redirect_chain
    assert "We have it." in given.text
    why = Why(ground=Ground.ILLEGAL, statement="The court's finding is public.")
    moderate(by=talk.room.editor, messages=[message], deed=Deed.REJECT, why=why)
    told = client.get(receipt).text
    assert "Removed" in told
    assert "The court&#x27;s finding is public." in told
    assert 'name="robots" content="noindex' in told
    assert client.get("/chats/notices/nothing-here/").status_code == 404
    assert client.get(f"/m/{message.key}/law").status_code == 404


def test_a_reader_reads_the_reasons_and_appeals(talk):
    message = talk.say("The mayor sold it.")
    why = Why(ground=Ground.FALSE, statement="The contract says otherwise.", note="Again!")
    [decision] = moderate(by=talk.room.editor, messages=[message], deed=Deed.REJECT, why=why)
    address = f"/chats/decisions/{decision.key}/"
    client = as_reader(talk.ada)
    assert address in client.get("/chats/decisions/").text
    page = client.get(address).text
    assert "False claim of fact" in page
    assert "The contract says otherwise." in page
    assert "Again!" not in page
    client.post(address, {"text": "It stood in the report."})
    assert Appeal.objects.get().decision == decision
    assert "A person will answer it here." in client.get(address).text
    assert client.post(address, {"text": "Again."}).status_code == 409


def test_nobody_else_reads_a_decision(client, talk):
    [decision] = moderate(by=talk.room.editor, messages=[talk.say("One.")], deed=Deed.REJECT)
    address = f"/chats/decisions/{decision.key}/"
    assert client.get(address).status_code == 302
    assert as_reader(talk.bo).get(address).status_code == 404
    assert decision.key not in as_reader(talk.bo).get("/chats/decisions/").text
    assert client.get("/chats/decisions/").status_code == 302


def test_posting_notes_the_network_and_no_address(talk):
    client = Client(enforce_csrf_checks=False, REMOTE_ADDR="203.0.113.9")
    client.force_login(talk.ada.account)
    page = client.get(f"/chats/{talk.chat.pk}/say")
    token = page.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    form = {"text": "A line.", "go": "post", "csrfmiddlewaretoken": token}
    client.post(f"/chats/{talk.chat.pk}/say", form)
    assert Message.objects.get().text == "A line."
    [origin] = Origin.objects.all()
    assert (origin.reader, len(origin.place)) == (talk.ada, 16)
    assert "203" not in origin.place or not origin.place.startswith("203.")
    assert not Decision.objects.exists()
