"""Readers by whom another house vouches: who is let in, as whom, and what goes wrong clearly."""

import copy
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from bs4 import BeautifulSoup

from dateline.people.models import Account
from dateline.readers.actions import remove_reader
from dateline.readers.everything import account_of
from dateline.readers.models import Reader
from tests.openid_double import a_key, openid_double
from tests.readers.conftest import Visitor, delivered, last_code

pytestmark = pytest.mark.django_db
BACK = "/20261124/talks-1.html#say"
CAME = "http://localhost:8000/account/with/guild/answer/"


@pytest.fixture
def house(settings):
    with openid_double(sub="g-17", email="Ada@example.org", email_verified=True) as house:
        houses = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
        houses["openid_connect"]["APPS"][0]["settings"]["server_url"] = house.url
        settings.SOCIALACCOUNT_PROVIDERS = houses
        yield house


def to_house(visitor, back=BACK):
    """Press the button; return what the house is asked."""
    answer = visitor.client.post("/account/with/guild/", {"next": back})
    assert answer.status_code == 302, answer.content.decode()
    return {name: found[0] for name, found in parse_qs(urlsplit(answer["Location"]).query).items()}


def by_house(visitor, house, back=BACK):
    """Go to the house and come back with its answer."""
    back = house.authorize(to_house(visitor, back))
    assert back.startswith(CAME)
    return visitor.client.get(back.removeprefix("http://localhost:8000"))


def said(answer):
    main = BeautifulSoup(answer.content, "lxml").find("main")
    return main.find(role="alert").get_text(), main.select_one("a.main-button")["href"]


def test_somebody_new_chooses_a_name_and_is_back_at_the_line(room, visitor, house):
    came = by_house(visitor, house)
    assert came["Location"] == "/account/name/?next=%2F20261124%2Ftalks-1.html%23say"
    assert not Account.objects.filter(email="ada@example.org").exists()
    joined = visitor.choose_name("Ada Venn", BACK.replace("#", "%23"))
    assert joined["Location"] == BACK
    assert visitor.me()["reader"]["name"] == "Ada Venn"
    kept = SocialAccount.objects.get()
    assert (kept.provider, kept.uid, kept.extra_data) == ("guild", "g-17", {})
    assert not SocialToken.objects.exists()
    assert delivered() == []


def test_who_comes_again_is_known_by_the_subject_whatever_the_address(room, visitor, house):
    by_house(visitor, house)
    visitor.choose_name("Ada Venn")
    house.person |= {"email": "other@example.org"}
    again = Visitor()
    assert by_house(again, house)["Location"] == BACK
    assert again.me()["reader"]["name"] == "Ada Venn"
    assert Reader.objects.count() == 1


def test_a_verified_address_finds_its_account_and_its_owner_is_told(ada, visitor, house):
    assert by_house(visitor, house)["Location"] == BACK
    assert visitor.me()["reader"]["id"] == ada.pk
    [letter] = delivered()
    assert (letter.to, letter.subject) == (
        ["ada@example.org"],
        "From now on Press Guild can log you in to your account.",
    )
    [told] = account_of(ada)["vouched_for_by"]
    assert (told["provider"], told["uid"]) == ("guild", "g-17")


@pytest.mark.parametrize("claim", [{"email_verified": False}, {"email_verified": None}])
def test_an_address_that_is_only_named_opens_nothing_until_a_code_shows_it(
    ada, visitor, house, claim
):
    house.person |= claim
    came = by_house(visitor, house)
    words, link = said(came)
    assert "does not say that your mail address is yours" in words
    assert visitor.me()["reader"] is None
    assert not SocialAccount.objects.exists()
    page = BeautifulSoup(visitor.client.get(link).content, "lxml")
    assert page.find("input", {"name": "mail"})["value"] == "ada@example.org"
    visitor.ask("ada@example.org", "/world/")
    assert visitor.type_code(last_code(), "/world/")["Location"] == "/world/"
    assert SocialAccount.objects.get().user == ada.account


def test_who_shows_another_address_gets_nothing_of_the_word(room, visitor, house):
    house.person |= {"email": "mallory@example.org", "email_verified": False}
    by_house(visitor, house)
    visitor.register("ben@example.org", "Ben Oake")
    assert not SocialAccount.objects.exists()


def test_a_house_that_names_no_address_is_not_enough(room, visitor, house):
    del house.person["email"]
    words, link = said(by_house(visitor, house))
    assert words == "Press Guild does not tell us your mail address."
    assert link == "/account/login/?next=%2F20261124%2Ftalks-1.html%23say"


def test_staff_never_come_in_by_another_house(ada, visitor, house):
    ada.account.is_staff = True
    ada.account.save()
    came = by_house(visitor, house)
    assert came.status_code == 403
    assert said(came)[0] == "Members of staff log in at the newsroom."
    ada.account.is_staff = False
    ada.account.save()
    by_house(Visitor(), house)
    ada.account.is_staff = True
    ada.account.save()
    assert by_house(Visitor(), house).status_code == 403


def test_a_closed_account_stays_closed(ada, visitor, house):
    ada.account.is_active = False
    ada.account.save()
    assert by_house(visitor, house)["Location"] == "/account/closed/"
    assert visitor.me()["reader"] is None


def test_a_refusal_leads_to_the_other_ways_and_to_the_same_line(room, visitor, house):
    house.refuses = True
    came = by_house(visitor, house)
    assert came.status_code == 200
    assert said(came) == (
        "You did not let Press Guild tell us who you are.",
        "/account/login/?next=%2F20261124%2Ftalks-1.html%23say",
    )


@pytest.mark.parametrize("whose", ["of another browser", "made up", "used already"])
def test_an_answer_to_nothing_we_asked_is_refused(room, visitor, house, whose):
    back = house.authorize(to_house(visitor)).removeprefix("http://localhost:8000")
    if whose == "of another browser":
        visitor = Visitor()
    elif whose == "made up":
        back = back.rpartition("state=")[0] + "state=madeupmadeupmade"
    else:
        visitor.client.get(back)
    before = list(house.codes)
    came = visitor.client.get(back)
    assert came.status_code == 400
    assert "belongs to another browser" in said(came)[0]
    assert list(house.codes) == before
    assert visitor.me()["reader"] is None


@pytest.mark.parametrize(
    "misdeed",
    [
        {"claims": {"aud": "somebody-else"}},
        {"claims": {"iss": "https://elsewhere.example"}},
        {"claims": {"exp": 1}},
        {"claims": {"sub": ""}},
        {"userinfo": {"sub": "g-18", "email": "ada@example.org", "email_verified": True}},
        {"userinfo": {}},
        {"shown_key": a_key()},
        {"is_down": True},
    ],
    ids=lambda misdeed: str(misdeed)[:40],
)
def test_what_is_not_signed_for_us_by_the_house_lets_nobody_in(ada, visitor, house, misdeed):
    back = house.authorize(to_house(visitor)).removeprefix("http://localhost:8000")
    for name, value in misdeed.items():
        setattr(house, name, value)
    came = visitor.client.get(back)
    assert came.status_code == 502
    words, link = said(came)
    assert words.startswith("Press Guild does not answer as it should.")
    assert link == "/account/login/?next=%2F20261124%2Ftalks-1.html%23say"
    assert visitor.me()["reader"] is None
    assert not SocialAccount.objects.exists()


def test_a_house_that_is_down_is_said_to_be_and_nothing_is_lost(room, visitor, house):
    house.is_down = True
    came = visitor.client.post("/account/with/guild/", {"next": BACK})
    assert came.status_code == 502
    assert said(came)[1] == "/account/login/?next=%2F20261124%2Ftalks-1.html%23say"


def test_nobody_is_led_away_by_a_link_or_to_another_site(room, visitor, house):
    assert visitor.client.get("/account/with/guild/")["Location"] == "/account/login/"
    assert visitor.client.post("/account/with/nobody/").status_code == 404
    house.authorize(to_house(visitor, "https://elsewhere.example/"))
    assert by_house(visitor, house, "//elsewhere.example")["Location"] == "/account/name/"
    assert house.asked.count("/keys") == 1


def test_tries_are_counted(room, visitor, house):
    for _ in range(10):
        to_house(visitor)
    refused = visitor.client.post("/account/with/guild/")
    assert (refused.status_code, int(refused["Retry-After"]) > 0) == (429, True)


def test_a_second_factor_is_asked_for_all_the_same(ada, visitor, house):
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=ada.account, type="totp", data={"secret": "x"})
    assert by_house(visitor, house)["Location"].startswith("/account/second-factor/authenticate/")
    assert visitor.me()["reader"] is None


def test_what_a_house_said_goes_with_the_account(ada, visitor, house):
    by_house(visitor, house)
    remove_reader(by=None, reader=ada)
    assert not SocialAccount.objects.exists()


def test_the_policy_lets_a_form_lead_to_the_house(room, visitor):
    page = visitor.client.get("/account/login/")
    policy = page["Content-Security-Policy"]
    assert "form-action 'self' https://login.guild.example;" in f"{policy};"
    button = BeautifulSoup(page.content, "lxml").find("button", formaction="/account/with/guild/")
    assert button.text == "Log in with Press Guild"


def test_a_reader_ends_what_a_house_may_do(ada, visitor, house):
    by_house(visitor, house)
    page = BeautifulSoup(visitor.client.get("/account/sessions/").content, "lxml")
    assert page.find("button", {"name": "house"})["value"] == "guild"
    visitor.client.post("/account/sessions/", {"house": "guild"})
    assert not SocialAccount.objects.exists()
    assert visitor.me()["reader"]["id"] == ada.pk
