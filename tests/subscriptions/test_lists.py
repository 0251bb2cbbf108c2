"""Lists of subscribers in and out: choices and consent come along, and nobody who had left."""

from datetime import UTC, datetime

import pytest
from django.db.models import Count

from dateline.config.errors import CopyRefused, StartRefused
from dateline.config.subscribers import Wish, export_to, look_through, take
from dateline.journal.queries import head
from dateline.standards.subscribers.reading import read_subscribers
from dateline.subscriptions.actions import leave
from dateline.subscriptions.models import Consent, Subscriber, Subscription
from dateline.subscriptions.queries import subscriber_with_mail
from tests.standards.test_subscribers import LISTS
from tests.subscriptions.following import a_follower

pytestmark = [pytest.mark.django_db, pytest.mark.database]
GHOST = LISTS / "ghost.csv"


def wish(*files, **given):
    return Wish(files=files, **given)


def told(text):
    """Return how many each fate has."""
    return {
        words.strip(): int(count)
        for count, _, words in (line.strip().partition("  ") for line in text.splitlines())
        if count.isdigit()
    }


def followed(mail):
    rows = Subscription.objects.filter(subscriber__mail=mail).order_by("subject")
    return list(rows.values_list("subject", "pace", "channel"))


def test_members_of_ghost_follow_what_they_are_given(room):
    text = take(wish(GHOST, follow=("section:world", "breaking:en"), pace="weekly"))
    assert told(text) == {"new": 1, "left there, not written to": 2}
    assert followed("lena@reader.example") == [
        ("breaking:en", "weekly", "mail"),
        (f"section:{room.world.pk}", "weekly", "mail"),
    ]
    lena = subscriber_with_mail("lena@reader.example")
    consent = Consent.objects.get(subscriber=lena)
    assert (consent.deed, consent.at) == ("imported", datetime(2023, 9, 1, 10, tzinfo=UTC))
    gone = subscriber_with_mail("gone@reader.example")
    assert (gone.standing, gone.stopped_as) == ("stopped", "left")


def test_labels_stand_for_choices(room):
    take(wish(GHOST, follow=("front:en",), labels=("World = section:world",)))
    assert followed("lena@reader.example") == [(f"section:{room.world.pk}", "daily", "mail")]


def test_taken_twice_is_taken_once(room):
    order = wish(GHOST, follow=("front:en",))
    take(order)
    before = head()
    assert told(take(order)) == {"known already": 1, "left here before": 2}
    assert head() == before


def test_a_rehearsal_says_the_same_and_writes_nothing(room):
    before = head()
    order = wish(GHOST, LISTS / "listmonk.csv", follow=("front:en",), dry_run=True)
    text = take(order)
    assert text.startswith("Nothing was stored.")
    assert told(text)["new"] == 2
    assert (head(), Subscriber.objects.count()) == (before, 0)


def test_who_left_here_is_not_written_to_again(room):
    leave(by=None, subscriber=a_follower(room, "lena@reader.example", "front:en"))
    assert told(take(wish(GHOST, follow=("front:en",))))["left here before"] == 1
    assert followed("lena@reader.example") == []
    assert subscriber_with_mail("lena@reader.example").standing == "stopped"


def test_who_left_there_long_ago_and_subscribed_here_since_stays(room):
    a_follower(room, "gone@reader.example", "front:en")
    text = take(wish(LISTS / "unsubscribed_mailchimp.csv", follow=("front:en",)))
    assert told(text) == {"left there, then subscribed here": 1}
    assert subscriber_with_mail("gone@reader.example").standing == "active"


def test_who_left_there_after_subscribing_here_is_stopped(room):
    one = a_follower(room, "gone@reader.example", "front:en")
    Subscriber.objects.filter(pk=one.pk).update(made_at=datetime(2015, 1, 1, tzinfo=UTC))
    text = take(wish(LISTS / "unsubscribed_mailchimp.csv"))
    assert told(text) == {"left there, stopped here": 1}
    assert followed("gone@reader.example") == []


def test_those_who_complained_are_kept_out_as_such(room):
    take(wish(LISTS / "listmonk.csv", follow=("front:en",)))
    stopped = Subscriber.objects.filter(standing="stopped").values_list("stopped_as")
    assert dict(stopped.annotate(count=Count("pk"))) == {"left": 1, "complained": 1}


def test_without_anything_to_follow_nobody_is_made(room):
    assert told(take(wish(GHOST)))["nothing to follow"] == 1
    assert subscriber_with_mail("lena@reader.example") is None


def test_ours_goes_out_and_comes_in_again(room, tmp_path):
    subjects = (f"topic:{room.topic.pk}", f"section:{room.world.pk}", f"person:{room.person.pk}")
    a_follower(room, "lena@reader.example", *subjects, "front:en", "breaking:en")
    leave(by=None, subscriber=a_follower(room, "gone@reader.example", "front:en"))
    file = tmp_path / "list.csv"
    assert export_to(file) == f"2 subscribers written into {file}"
    assert file.stat().st_mode & 0o777 == 0o600
    lena, gone = read_subscribers(file)
    assert set(lena.choices) == {
        "mail at-once en topic:ostrel",
        "mail at-once en section:world",
        "mail at-once en person:ilse-marek",
        "mail at-once en front:en",
        "mail at-once en breaking:en",
    }
    assert (gone.listed_as, gone.choices) == ("left", ())
    before = followed("lena@reader.example")
    Subscriber.objects.all().delete()
    assert told(take(wish(file))) == {"new": 1, "left there, not written to": 1}
    assert followed("lena@reader.example") == before
    with pytest.raises(CopyRefused):
        export_to(file)


def test_what_cannot_be_read_is_refused_before_anything(room, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("name\nLena\n")
    with pytest.raises(StartRefused, match="bad"):
        look_through(wish(bad))
    with pytest.raises(CopyRefused):
        look_through(wish(tmp_path / "none.csv"))
    with pytest.raises(StartRefused, match="section:nowhere"):
        take(wish(GHOST, follow=("section:nowhere",)))
    with pytest.raises(StartRefused, match="xx"):
        take(wish(GHOST, edition="xx"))


def test_lines_that_name_nobody_are_told(room, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("email\n" + "nobody\n" * 25 + "lena@reader.example\n")
    text = take(wish(file, follow=("front:en",)))
    assert told(text) == {"new": 1, "lines that name nobody:": 25}
    assert "list.csv, line 2: “nobody” is no mail address" in text
    assert "and 5 more" in text


def test_an_export_asks_little(room, django_assert_num_queries):
    from dateline.subscriptions.export import listed_subscribers

    for number in range(30):
        a_follower(room, f"reader{number}@news.example", "front:en", f"topic:{room.topic.pk}")
    with django_assert_num_queries(5):
        assert len(list(listed_subscribers())) == 30
