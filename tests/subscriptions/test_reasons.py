"""Reasons: a whole sentence for each kind of what can be followed, in each language."""

import pytest
from django.conf import settings
from django.utils.translation import override

from dateline.reader.letters.subjects import named
from dateline.subscriptions.enums import Followed
from dateline.subscriptions.naming import called, reasons
from dateline.subscriptions.reasons import (
    because_you_follow,
    kind_of,
    label_of_kind,
    since_they_follow,
    you_get_this,
)
from dateline.topics.actions import save_topic
from dateline.topics.enums import TopicKind
from dateline.topics.models import Topic

KINDS = {kind_of(one) for one in Followed.values} | {
    kind_of("topic", one) for one in TopicKind.values
}
NAMELESS = {"front", "breaking", "replies"}


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_each_kind_has_sentences_of_its_own_around_the_name(language):
    with override(language):
        for say in (because_you_follow, you_get_this, since_they_follow):
            said = {kind: say(kind, "Ostrel") for kind in KINDS}
            nameless = NAMELESS if say != since_they_follow else {"replies"}
            assert {kind for kind, one in said.items() if not one.name} == nameless
            assert len({str(one) for one in said.values()}) == len(KINDS)
            assert "%(" not in "".join(map(str, said.values()))


def test_a_place_is_followed_as_its_topic_and_called_a_place():
    assert str(you_get_this("topic-place", "Ostrel")) == (
        "You get this because you follow the place Ostrel."
    )
    with override("ru"):
        assert str(because_you_follow("topic-place", "Острел")) == (
            "потому что вы подписаны на место Острел"
        )
    with override("ar"):
        assert str(since_they_follow("topic-place", "أوسترل")) == "لأنه يتابع المكان أوسترل"
    assert label_of_kind("topic", "subject") == "Topic"


@pytest.mark.django_db
def test_what_kind_of_topic_it_is_is_known_wherever_it_is_named(room, django_assert_num_queries):
    kinds = [TopicKind.PLACE, TopicKind.PERSON, TopicKind.ORGANISATION]
    topics = [
        save_topic(
            by=None,
            topic=Topic(edition=room.edition, kind=kind, name=f"Name {kind}", slug=kind.value),
        )
        for kind in kinds
    ]
    texts = [f"topic:{one.pk}" for one in topics]
    with django_assert_num_queries(1):
        assert list(map(str, map(reasons(texts).get, texts))) == [
            f"since they follow the {kind} Name {kind}" for kind in kinds
        ]
    assert called([texts[0], "topic:999", "gone", ""]) == {
        texts[0]: "Place: Name place",
        "topic:999": "Topic: 999",
        "gone": "gone",
        "": "",
    }
    found = named(texts[0], room.edition)
    assert (found.kind, found.titled) == ("topic-place", "Place: Name place")


@pytest.mark.django_db
def test_an_edition_is_called_by_its_name_and_who_writes_an_author(room, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert called(["front:en", "breaking:en", "front:xx"]) == {
            "front:en": "Every story: Meridian",
            "breaking:en": "Breaking news: Meridian",
            "front:xx": "Every story: xx",
        }
    assert str(reasons(["front:en"])["front:en"]) == "since they follow every story (Meridian)"
    assert called([f"person:{room.person.pk}"]) == {
        f"person:{room.person.pk}": "Author: Ilse Marek"
    }
