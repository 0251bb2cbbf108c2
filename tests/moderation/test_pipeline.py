"""Every phase alone, and the order in which they decide."""

from datetime import timedelta

import pytest

from dateline.moderation import Draft, Facts, House, Kind, Said, fingerprint, judge
from dateline.moderation.phases import PHASES
from dateline.moderation.words import list_of

KNOWN = Facts(accepted=50, account_age=timedelta(days=400))
NEW = Facts()
HOUSE = House(known_sites=frozenset({"news.example"}))


def verdict(text, facts=KNOWN, house=HOUSE, **draft):
    found = judge(Draft(text, **draft), facts, house)
    return found.kind, found.reason


def said(*lines):
    return tuple(Said(fingerprint(text), timedelta(seconds=ago)) for text, ago in lines)


def test_plain_talk_is_accepted_without_a_note():
    found = judge(Draft("I read the report, and the numbers do not add up."), NEW, HOUSE)
    assert (found.kind, found.phase, found.reason, found.notes) == (Kind.ACCEPT, "", "", ())


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "empty"), (" \n ", "empty"), ("...", "empty"), ("x" * 3001, "too-long")],
)
def test_what_says_nothing_or_too_much_is_rejected_for_staff_too(text, reason):
    assert verdict(text) == (Kind.REJECT, reason)
    assert verdict(text, Facts(is_staff=True)) == (Kind.REJECT, reason)


def test_an_emoji_says_something():
    assert verdict("👏") == (Kind.ACCEPT, "")


def test_a_flood_is_rejected_and_ends():
    lately = said(*((f"line {n}", n * 5) for n in range(6)))
    facts = Facts(recent=lately, accepted=50)
    assert verdict("one more", facts) == (Kind.REJECT, "too-fast")
    assert verdict("an edit", facts, is_edit=True) == (Kind.ACCEPT, "")
    calm = House(flood_window=timedelta(seconds=20))
    assert verdict("one more", facts, calm) == (Kind.ACCEPT, "")


def test_saying_the_same_again():
    facts = Facts(recent=said(("Vote for the bridge now", 600), ("Thanks!", 30)), accepted=9)
    assert verdict("VOTE for the bridge - now!", facts) == (Kind.REJECT, "said-already")
    assert verdict("Thanks", facts) == (Kind.ACCEPT, "")
    assert verdict("thanks", Facts(recent=said(("Thanks!", 30)))) == (Kind.REJECT, "said-already")
    old = Facts(recent=said(("Vote for the bridge now", 7200)))
    assert verdict("Vote for the bridge now", old) == (Kind.ACCEPT, "")


def test_a_text_that_goes_round_is_held():
    facts = Facts(same_by_others=3, accepted=9)
    assert verdict("Vote for the bridge now", facts) == (Kind.HOLD, "said-by-others")
    assert verdict("Well said", facts) == (Kind.ACCEPT, "")


def test_listed_words():
    assert verdict("go and die already") == (Kind.REJECT, "banned-word")
    assert verdict("you are an 1d10t") == (Kind.HOLD, "suspect-word")
    assert verdict("Ты просто идиoт", language="ru") == (Kind.HOLD, "suspect-word")
    assert verdict("earn money at home, casino bonus") == (Kind.HOLD, "spam-words")
    assert verdict("you are an idiot", language="ru-RU") == (Kind.ACCEPT, "")


def test_a_newsrooms_own_words_are_read_beside_ours():
    own = {"en": list_of([("gazump*", "banned")]), "": list_of([("sproink", "suspect")])}
    house = House(own_words=own)
    assert verdict("they gazumped us", house=house) == (Kind.REJECT, "banned-word")
    assert verdict("what a sproink", house=house, language="ru") == (Kind.HOLD, "suspect-word")
    assert verdict("they gazumped us", house=house, language="ru") == (Kind.ACCEPT, "")


def test_links():
    one = "See https://www.other.example/page, it says the opposite."
    assert verdict(one) == (Kind.ACCEPT, "")
    assert verdict(one, NEW) == (Kind.HOLD, "unknown-site")
    assert verdict("See pills-now.shop/buy today", NEW) == (Kind.HOLD, "unknown-site")
    assert verdict("See https://www.news.example/s/12 for that", NEW) == (Kind.ACCEPT, "")
    assert verdict("See https://old.news.example/s/12 for that", NEW) == (Kind.ACCEPT, "")
    assert verdict("See https://fakenews.example/s/12 for that", NEW) == (Kind.HOLD, "unknown-site")
    many = " ".join(f"https://a{n}.example/" for n in range(4))
    assert verdict(f"All here: {many}") == (Kind.HOLD, "too-many-links")
    assert verdict("I said no.But you said yes, at 10.30 in St.Brenn", NEW) == (Kind.ACCEPT, "")


def test_capitals():
    assert verdict("WHY DOES NOBODY LISTEN TO THE FISHERMEN") == (Kind.HOLD, "shouting")
    assert verdict("ПОЧЕМУ НИКТО НЕ СЛУШАЕТ РЫБАКОВ", language="ru") == (Kind.HOLD, "shouting")
    assert verdict("The MNA and UNHCR, WHO, ITU said so in their report") == (Kind.ACCEPT, "")
    assert verdict("لماذا لا يستمع أحد إلى الصيادين", language="ar") == (Kind.ACCEPT, "")
    assert verdict("GOAL!!!") == (Kind.ACCEPT, "")


def test_the_author():
    text = "An ordinary line."
    assert verdict(text, Facts(accepted=4, rejected=3)) == (Kind.HOLD, "author-rejected")
    assert verdict(text, Facts(accepted=40, rejected=3)) == (Kind.ACCEPT, "")
    assert verdict(text, Facts(banned_neighbours=1)) == (Kind.HOLD, "neighbourhood")
    assert verdict(text, Facts(banned_neighbours=1, accepted=12)) == (Kind.ACCEPT, "")
    assert verdict(text, NEW, House(first_held=2)) == (Kind.HOLD, "first-messages")
    assert verdict(text, Facts(accepted=2), House(first_held=2)) == (Kind.ACCEPT, "")


def test_a_chat_whose_messages_are_looked_at_first():
    assert verdict("A line.", Facts(is_pre_moderated=True)) == (Kind.HOLD, "pre-moderated")
    staff = Facts(is_pre_moderated=True, is_staff=True)
    assert verdict("A line.", staff) == (Kind.ACCEPT, "")


def test_the_first_decides_and_all_is_noted():
    facts = Facts(is_pre_moderated=True)
    found = judge(Draft("You idiot, read https://x.example/ and SHUT UP"), facts, HOUSE)
    assert (found.kind, found.phase, found.reason) == (Kind.HOLD, "pre-moderation", "pre-moderated")
    assert [note.reason for note in found.notes] == [
        "pre-moderated",
        "unknown-site",
        "suspect-word",
    ]
    assert found.notes[2].details == ("shut up", "idiot*")
    assert found.as_json()["notes"][1] == {
        "phase": "links",
        "kind": "hold",
        "reason": "unknown-site",
        "details": ["x.example"],
    }


def test_what_rejects_comes_before_what_holds():
    """A rejected draft is answered at once; it must never wait behind a hold."""
    worst = [
        ("x" * 3001, KNOWN),
        ("say", Facts(recent=said(*((str(n), 1) for n in range(6))))),
        ("said it twice here", Facts(recent=said(("said it twice here", 5)))),
        ("go and die", Facts(is_pre_moderated=True, banned_neighbours=2)),
    ]
    for text, facts in worst:
        found = judge(Draft(f"{text}"), facts, HOUSE)
        assert [note.kind for note in found.notes] == [Kind.REJECT]
    assert len(PHASES) == len(set(PHASES))
