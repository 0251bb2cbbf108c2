"""How a reader logs in, and that nobody else does."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from dateline.people.models import Session
from dateline.readers.models import Reader
from tests.readers.conftest import Visitor, delivered, last_code

pytestmark = pytest.mark.django_db
PHRASE = "correct-horse-battery"


@pytest.fixture
def visitor(ada):
    visitor = Visitor()
    visitor.log_in("ada@example.org")
    return visitor


def forget_confirmation(visitor):
    """Let the ten minutes pass in which nothing is asked again."""
    session = visitor.client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [one | {"at": one["at"] - 601} for one in records]
    session.save()


def code_of(secret, steps=0):
    counter = int(time.time()) // 30 + steps
    return format_hotp_value(hotp_value(secret, counter))


def use_an_app(visitor):
    page = visitor.client.get("/account/second-factor/totp/activate/")
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page.content.decode())[1]
    answer = visitor.client.post("/account/second-factor/totp/activate/", {"code": code_of(secret)})
    assert answer["Location"] == "/account/second-factor/recovery-codes/"
    return secret


def test_a_new_password_ends_every_other_session(visitor, ada):
    elsewhere = Visitor()
    elsewhere.log_in("ada@example.org")
    before = visitor.client.cookies["dateline_session"].value
    assert (
        visitor.client.post("/account/password/", {"password": PHRASE})["Location"] == "/account/"
    )
    assert visitor.me()["reader"]["id"] == ada.pk
    assert elsewhere.me()["reader"] is None
    assert Session.objects.count() == 1
    assert visitor.client.cookies["dateline_session"].value != before
    assert delivered()[-1].subject == "The password of your account was changed."
    given = {"mail": "ada@example.org", "password": PHRASE, "how": "password"}
    assert Visitor().client.post("/account/login/", given)["Location"] == "/account/"


def test_a_weak_password_is_refused_with_the_reason(visitor):
    page = visitor.client.post("/account/password/", {"password": "12345"}).content.decode()
    assert "too short" in page


def test_what_is_grave_is_asked_again_after_a_while(visitor):
    forget_confirmation(visitor)
    for name in ("password", "mail", "leaving", "export", "second-factor"):
        answer = visitor.client.get(f"/account/{name}/")
        assert answer["Location"] == f"/account/confirm/?next=%2Faccount%2F{name}%2F"
    page = visitor.client.post("/account/confirm/", {"how": "send"})
    assert b"one-time-code" in page.content
    answer = visitor.client.post(
        "/account/confirm/?next=/account/leaving/", {"how": "code", "code": last_code()}
    )
    assert answer["Location"] == "/account/leaving/"
    assert visitor.client.get("/account/leaving/").status_code == 200


def test_a_password_confirms_too_and_a_wrong_one_does_not(visitor):
    visitor.client.post("/account/password/", {"password": PHRASE})
    forget_confirmation(visitor)
    wrong = visitor.client.post("/account/confirm/", {"how": "password", "password": "wrong"})
    assert b"The password is wrong." in wrong.content
    right = {"how": "password", "password": PHRASE}
    assert visitor.client.post("/account/confirm/?next=/account/mail/", right)["Location"] == (
        "/account/mail/"
    )


def test_the_mail_address_changes_when_the_new_one_is_proved(visitor):
    visitor.client.post("/account/mail/", {"mail": "New@example.org"})
    assert delivered()[-1].to == ["new@example.org"]
    code = last_code()
    wrong = visitor.client.post("/account/mail/", {"code": "1"})
    assert b"This is not the code" in wrong.content
    assert visitor.client.post("/account/mail/", {"code": code})["Location"] == "/account/"
    assert delivered()[-1].to == ["ada@example.org"]
    assert Visitor().log_in("new@example.org")["Location"] == "/account/"
    assert Visitor().log_in("ada@example.org")["Location"] == "/account/name/"


def test_an_address_of_somebody_else_is_said_to_be_in_use_once_it_is_proved(visitor):
    other = Visitor()
    other.register("bea@example.org", "Bea")
    visitor.client.post("/account/mail/", {"mail": "bea@example.org"})
    page = visitor.client.post("/account/mail/", {"code": last_code()})
    assert b"in use already" in page.content


def test_a_reader_sees_their_sessions_and_ends_one(visitor):
    elsewhere = Visitor("203.0.113.77")
    elsewhere.client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (X11; Linux) Firefox/140.0"
    elsewhere.log_in("ada@example.org")
    page = visitor.client.get("/account/sessions/").content.decode()
    assert "Firefox on Linux" in page
    assert "203.0.113.77" in page
    assert elsewhere.client.cookies["dateline_session"].value not in page
    [key] = re.findall(r'name="key" value="(\w+)"', page)
    visitor.client.post("/account/sessions/", {"key": key})
    assert elsewhere.me()["reader"] is None
    assert visitor.me()["reader"] is not None


def test_nobody_ends_the_sessions_of_others(visitor):
    other = Visitor()
    other.register("bea@example.org", "Bea")
    page = other.client.get("/account/sessions/").content.decode()
    assert re.findall(r'name="key"', page) == []
    other.client.post("/account/sessions/", {"others": "1"})
    assert visitor.me()["reader"] is not None


def test_with_an_app_neither_mail_nor_password_is_enough(visitor, ada):
    secret = use_an_app(visitor)
    other = Visitor()
    answer = other.log_in("ada@example.org", "/world/")
    assert answer["Location"] == "/account/second-factor/authenticate/"
    assert other.me()["reader"] is None
    page = other.client.get("/account/second-factor/authenticate/")
    assert b"authenticator app" in page.content
    wrong = other.client.post("/account/second-factor/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    right = other.client.post("/account/second-factor/authenticate/", {"code": code_of(secret, 1)})
    assert right["Location"] == "/world/"
    assert other.me()["reader"]["id"] == ada.pk


def test_a_recovery_code_logs_in_once(visitor):
    use_an_app(visitor)
    page = visitor.client.get("/account/second-factor/recovery-codes/").content.decode()
    codes = re.findall(r"<li><code>(\w+)</code></li>", page)
    assert len(codes) == 10
    for expected in (302, 200):
        other = Visitor()
        other.log_in("ada@example.org")
        answer = other.client.post("/account/second-factor/authenticate/", {"code": codes[0]})
        assert answer.status_code == expected


def test_a_second_factor_cannot_be_guessed_at(visitor):
    use_an_app(visitor)
    other = Visitor("203.0.113.200")
    other.log_in("ada@example.org")
    answers = [
        other.client.post("/account/second-factor/authenticate/", {"code": f"{n:06}"}).status_code
        for n in range(11)
    ]
    assert answers == [200] * 10 + [429]


def test_the_secret_of_an_app_is_not_stored_in_clear(visitor):
    secret = use_an_app(visitor)
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_with_a_second_factor_it_is_that_which_confirms(visitor):
    use_an_app(visitor)
    forget_confirmation(visitor)
    answer = visitor.client.get("/account/confirm/?next=/account/leaving/")
    assert answer["Location"] == (
        "/account/second-factor/reauthenticate/?next=%2Faccount%2Fleaving%2F"
    )


@pytest.mark.parametrize(
    "path",
    [
        "",
        "recovery-codes/",
        "recovery-codes/generate/",
        "totp/activate/",
        "webauthn/",
        "webauthn/add/",
    ],
)
def test_the_librarys_pages_are_pages_of_the_house(visitor, path):
    use_an_app(visitor) if path.startswith("recovery") else None
    page = visitor.client.get(f"/account/second-factor/{path}").content.decode()
    assert 'class="own-page account-page"' in page
    assert 'class="strip"' in page


def test_a_reader_is_renamed_by_the_rules(visitor, ada):
    assert (
        b"could be taken" in visitor.client.post("/account/rename/", {"name": "Meridian"}).content
    )
    visitor.client.post("/account/rename/", {"name": "Ada V."})
    assert Reader.objects.get(pk=ada.pk).display_name == "Ada V."
    assert visitor.me()["reader"]["slug"] == "ada-v"
