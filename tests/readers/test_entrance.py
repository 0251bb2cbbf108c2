"""The way in: codes, passwords, names; what it tells, and to whom."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from dateline.journal.queries import replay
from dateline.people.models import Account, Session
from dateline.readers.entries import ReaderJoined
from dateline.readers.models import Consent, Reader
from dateline.topics.actions import save_edition
from dateline.topics.models import Edition
from tests.readers.conftest import Visitor, delivered, last_code

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
BACK = "/20261124/talks-1.html%23chat"


def words(answer):
    """Return what a person reads on a page, without what is new in each."""
    main = BeautifulSoup(answer.content, "lxml").find("main")
    for token in main.find_all("input", {"name": "csrfmiddlewaretoken"}):
        token.decompose()
    return " ".join(main.get_text(" ").split())


def test_somebody_new_registers_and_is_back_at_the_line_they_came_from(visitor):
    asked = visitor.ask("Ada@Example.org", BACK)
    assert asked["Location"] == f"/account/code/?next={BACK.replace('/', '%2F')}"
    assert [letter.to for letter in delivered()] == [["ada@example.org"]]
    proved = visitor.type_code(f" {last_code()[:4]}-{last_code()[4:]} ", BACK)
    assert proved["Location"].startswith("/account/name/?next=")
    assert not Account.objects.filter(email="ada@example.org").exists()
    joined = visitor.choose_name("Ada Venn", BACK)
    assert (joined.status_code, joined["Location"]) == (302, "/20261124/talks-1.html#chat")
    reader = Reader.objects.get()
    assert (reader.display_name, reader.slug, reader.is_verified) == ("Ada Venn", "ada-venn", True)
    assert "Meridian" in Consent.objects.get(reader=reader).text
    [entry] = [one.entry for one in replay(0) if isinstance(one.entry, ReaderJoined)]
    assert entry == ReaderJoined(edition="", reader=reader.pk)
    told = visitor.me()["reader"]
    assert (told["id"], told["name"], told["verified"], told["staff"]) == (
        reader.pk,
        "Ada Venn",
        True,
        False,
    )


def test_a_reader_logs_in_by_a_code(ada):
    visitor = Visitor()
    assert visitor.log_in("ada@example.org", BACK)["Location"] == "/20261124/talks-1.html#chat"
    assert visitor.me()["reader"]["name"] == "Ada Venn"
    assert visitor.client.get("/account/").status_code == 200


def test_nothing_tells_whether_there_is_an_account(ada):
    answers = []
    for address in ("ada@example.org", "nobody@example.org"):
        visitor = Visitor()
        asked = visitor.ask(address, BACK)
        page = visitor.client.get(asked["Location"])
        wrong = visitor.type_code("00000000", BACK)
        letter = delivered()[-1]
        answers.append(
            [
                asked.status_code,
                asked["Location"],
                words(page).replace(address, ""),
                words(wrong).replace(address, ""),
                re.sub(r"\d{4} ?\d{4}", "", letter.subject + letter.body),
                sorted(asked.cookies),
            ]
        )
    assert answers[0] == answers[1]


def test_a_wrong_password_and_no_account_are_answered_alike(ada):
    ada.account.set_password("a-long-pass-phrase")
    ada.account.save()
    pages = [
        words(
            Visitor().client.post(
                "/account/login/", {"mail": address, "password": "wrong", "how": "password"}
            )
        )
        for address in ("ada@example.org", "nobody@example.org")
    ]
    assert pages[0] == pages[1]
    assert "The mail address or the password is wrong." in pages[0]


def test_a_password_logs_in(ada):
    ada.account.set_password("a-long-pass-phrase")
    ada.account.save()
    visitor = Visitor()
    given = {"mail": "ADA@example.org", "password": "a-long-pass-phrase", "how": "password"}
    answer = visitor.client.post("/account/login/?next=/world/", given)
    assert answer["Location"] == "/world/"
    assert visitor.me()["reader"]["id"] == ada.pk


def test_a_code_is_good_once_for_a_while_and_for_a_few_tries(room, time_machine):
    time_machine.move_to(NOON, tick=False)
    late, clumsy = Visitor(), Visitor()
    late.ask("late@example.org")
    code = last_code()
    time_machine.move_to(NOON + timedelta(minutes=15), tick=False)
    assert late.type_code(code)["Location"] == "/account/login/"
    clumsy.ask("clumsy@example.org")
    code = last_code()
    wrong = str((int(code) + 1) % 10**8).zfill(8)
    pages = [words(clumsy.type_code(wrong)) for _ in range(5)]
    assert "This is not the code" in pages[0]
    assert "no tries left" in pages[4]
    assert clumsy.type_code(code)["Location"] == "/account/login/"


def test_a_code_is_good_in_the_browser_that_asked_and_in_no_other(room):
    asking, other = Visitor(), Visitor()
    asking.ask("ada@example.org")
    code = last_code()
    assert other.type_code(code)["Location"] == "/account/login/"
    other.ask("other@example.org")
    assert other.type_code(code).status_code == 200


def test_digits_of_any_script_are_digits(visitor):
    visitor.ask("ada@example.org")
    eastern = last_code().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert visitor.type_code(eastern)["Location"] == "/account/name/"


@pytest.mark.parametrize(
    "back",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil",
        "javascript:alert(1)",
    ],
)
def test_nobody_is_led_off_the_site(ada, back):
    visitor = Visitor()
    visitor.client.post("/account/login/", {"mail": "ada@example.org", "how": "code", "next": back})
    answer = visitor.client.post("/account/code/", {"code": last_code(), "next": back})
    assert answer["Location"] == "/account/"


def test_a_plain_link_leads_back_to_the_page_it_stood_on(room):
    visitor = Visitor()
    led = {"HTTP_REFERER": "http://testserver/world/?kind=news"}
    page = visitor.client.get("/account/login/", **led)
    soup = BeautifulSoup(page.content, "lxml")
    assert soup.find("input", {"name": "next"})["value"] == "/world/?kind=news"
    led = {"HTTP_REFERER": "https://evil.example/world/"}
    page = visitor.client.get("/account/login/", **led)
    assert BeautifulSoup(page.content, "lxml").find("input", {"name": "next"})["value"] == ""


def test_where_one_came_from_lasts_through_every_page(room):
    visitor = Visitor()
    given = {"mail": "ada@example.org", "how": "code", "next": "/world/"}
    asked = visitor.client.post("/account/login/", given)
    assert asked["Location"] == "/account/code/?next=%2Fworld%2F"


def test_a_session_gets_a_new_key_when_somebody_logs_in(ada):
    visitor = Visitor()
    visitor.ask("ada@example.org")
    before = visitor.client.cookies["dateline_session"].value
    visitor.type_code(last_code())
    after = visitor.client.cookies["dateline_session"].value
    assert before != after
    assert list(Session.objects.values_list("pk", "account")) == [(after, ada.account_id)]


def test_who_logs_out_is_nobody_and_the_hint_goes(ada):
    visitor = Visitor()
    visitor.log_in("ada@example.org")
    assert visitor.client.cookies["dateline_hint"].value == "1"
    assert not visitor.client.cookies["dateline_hint"]["httponly"]
    assert visitor.client.get("/account/logout/").status_code == 200
    assert visitor.client.post("/account/logout/?next=/world/")["Location"] == "/world/"
    assert visitor.client.cookies["dateline_hint"].value == ""
    assert visitor.me() == {"reader": None, "csrf": "", "unread": {}, "follows": []}
    assert not Session.objects.exists()


def test_a_taken_or_reserved_name_is_said_to_be_and_nothing_is_stored(ada):
    visitor = Visitor()
    visitor.log_in("eve@example.org")
    for name, said in (
        ("Ada-Venn", "Another reader has this name"),
        ("Meridian News", "could be taken for somebody of the newsroom"),
        ("Ada\u202e", "that all readers can see"),
    ):
        assert said in words(visitor.choose_name(name))
    assert Reader.objects.count() == 1
    assert not Account.objects.filter(email="eve@example.org").exists()
    assert visitor.choose_name("Eve")["Location"] == "/account/"


def test_nobody_registers_without_agreeing(visitor):
    visitor.log_in("ada@example.org")
    visitor.choose_name("Ada Venn", agreed="")
    assert not Reader.objects.exists()


def test_one_mail_address_gets_so_many_codes_and_no_more(room, time_machine):
    time_machine.move_to(NOON, tick=False)
    answers = [Visitor(f"203.0.113.{n}").ask("ada@example.org") for n in range(11)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert answers[10]["Retry-After"] == "90"
    assert "Wait 2 minutes" in words(answers[10])
    assert len(delivered()) == 10


def test_one_network_may_not_ask_for_everybody(room):
    codes = [Visitor().ask(f"reader{n}@example.org").status_code for n in range(51)]
    assert codes == [302] * 50 + [429]


def test_a_closed_account_does_not_come_in(ada):
    Account.objects.filter(pk=ada.account_id).update(is_active=False)
    visitor = Visitor()
    assert visitor.log_in("ada@example.org")["Location"] == "/account/closed/"
    assert visitor.client.get("/account/closed/").status_code == 403
    assert visitor.me()["reader"] is None


def test_without_a_mail_server_it_says_so_and_passwords_still_work(ada, settings):
    from pydantic import SecretStr

    settings.DATELINE = settings.DATELINE.model_copy(update={"mail_server": SecretStr("")})
    visitor = Visitor()
    page = visitor.client.get("/account/login/")
    assert "by way of a house you know" in words(page)
    settings.DATELINE = settings.DATELINE.model_copy(update={"log_in_with": []})
    page = visitor.client.get("/account/login/")
    assert "sends no mail yet" in words(page)
    assert "Send me a code" not in words(page)
    assert visitor.ask("ada@example.org").status_code == 200
    assert delivered() == []


def test_every_form_needs_its_token(ada):
    visitor = Visitor()
    visitor.client.handler.enforce_csrf_checks = True
    for path in ("login", "code", "name", "logout", "rename", "leaving", "export"):
        assert (
            visitor.client.post(f"/account/{path}/", {"mail": "a@example.org"}).status_code == 403
        )


def test_pages_of_the_account_are_for_nobodys_cache(ada):
    visitor = Visitor()
    pages = [visitor.client.get(f"/account/{path}") for path in ("login/", "", "code/")]
    assert {page["Cache-Control"] for page in pages} == {"private, no-store"}
    assert not any("Cache-Tag" in page for page in pages)


@pytest.fixture
def arabic(room):
    return save_edition(
        by=None, edition=Edition(code="ar", name="Arabic", agency="Arabic", language="ar")
    )


def language_of(answer):
    return BeautifulSoup(answer.content, "lxml").html["lang"]


def test_the_way_in_keeps_the_language_it_began_in(visitor, arabic):
    browser = visitor.client
    assert language_of(browser.get("/account/login/")) == "en"
    assert language_of(browser.get("/account/login/?edition=ar")) == "ar"
    visitor.ask("ada@example.org")
    assert language_of(visitor.type_code("0000 0000")) == "ar"
    assert language_of(browser.get("/account/login/?next=/chats/notices/")) == "ar"
    assert language_of(browser.get("/account/login/?next=/20261124/talks-1.html")) == "en"
    assert language_of(browser.get("/account/login/?next=/ar/20261124/talks-1.html")) == "ar"


def test_a_new_browser_speaks_the_language_that_the_reader_chose(visitor, arabic):
    visitor.register("ada@example.org", "Ada Venn")
    Reader.objects.update(language="ar")
    del visitor.client.cookies["dateline_edition"]
    assert language_of(visitor.client.get("/account/")) == "ar"
