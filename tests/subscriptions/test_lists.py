"""Lists of subscribers in and out: choices and consent come along, and nobody who had left."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db.models import Count

from dateline.common import clock
from dateline.config.errors import CopyRefused, StartRefused
from dateline.config.subscribers import Wish, export_to, look_through, take
from dateline.journal.queries import head
from dateline.standards.subscribers.reading import read_subscribers
from dateline.subscriptions.actions import Choice, Told, follow, leave, subscriber_for
from dateline.subscriptions.enums import Pace
from dateline.subscriptions.models import Consent, Subscriber, Subscription
from dateline.subscriptions.queries import subscriber_with_mail
from dateline.subscriptions.rules import subject_of
from dateline.topics.models import Edition
from tests.standards.test_subscribers import LISTS
from tests.subscriptions.following import a_follower

pytestmark = [pytest.mark.django_db, pytest.mark.database]
GHOST = LISTS / "ghost.csv"
UNDATED = "lines with a date that cannot be read; a consent has the time of this import instead"


def wish(*files, **given):
    return Wish(files=files, **given)


def told_of(text):
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
    assert told_of(text) == {"new": 1, "left there, not written to": 2}
    assert followed("lena@reader.example") == [
        ("breaking:en", "weekly", "mail"),
        (f"section:{room.world.pk}", "weekly", "mail"),
    ]
    lena = subscriber_with_mail("lena@reader.example")
    agreed = datetime(2023, 9, 1, 10, tzinfo=UTC)
    assert agreements(lena) == [
        ("imported", subject, "mail", "en", "weekly", "ghost.csv", agreed)
        for subject in (f"section:{room.world.pk}", "breaking:en")
    ]
    gone = subscriber_with_mail("gone@reader.example")
    left = datetime(2024, 1, 1, tzinfo=UTC)
    assert (gone.standing, gone.stopped_as, gone.stopped_at) == ("stopped", "left", left)
    assert agreements(gone) == [("left", "", "", "", "", "ghost.csv", left)]


def agreements(who):
    """Return the lines of consent of a subscriber, without words and places."""
    told = ("deed", "subject", "channel", "edition", "pace", "file", "at")
    return list(who.consents.order_by("pk").values_list(*told))


def test_who_is_stopped_by_a_list_has_a_line_for_each_choice_that_ends(room):
    one = a_follower(room, "gone@reader.example", "front:en", "breaking:en")
    Subscriber.objects.filter(pk=one.pk).update(made_at=datetime(2015, 1, 1, tzinfo=UTC))
    take(wish(LISTS / "unsubscribed_mailchimp.csv"))
    left = [row for row in agreements(one) if row[0] == "left"]
    assert [(row[1], row[3], row[5]) for row in left] == [
        ("front:en", "en", "unsubscribed_mailchimp.csv"),
        ("breaking:en", "en", "unsubscribed_mailchimp.csv"),
    ]


def test_an_address_that_takes_no_mail_there_keeps_what_it_chose_here(room, tmp_path):
    one = a_follower(room, "gone@reader.example", "front:en")
    file = tmp_path / "list.csv"
    Subscriber.objects.filter(pk=one.pk).update(made_at=datetime(2015, 1, 1, tzinfo=UTC))
    head = "email,clean_time,optin_time,confirm_time,leid"
    file.write_text(f"{head}\ngone@reader.example,2020-01-01 08:00:00,,,1\n")
    take(wish(file))
    one.refresh_from_db()
    assert (one.standing, one.stopped_as) == ("stopped", "bounced")
    assert followed("gone@reader.example") == [("front:en", "at-once", "mail")]


def test_labels_stand_for_choices(room):
    take(wish(GHOST, follow=("front:en",), labels=("World = section:world",)))
    assert followed("lena@reader.example") == [(f"section:{room.world.pk}", "daily", "mail")]


def test_taken_twice_is_taken_once(room):
    order = wish(GHOST, follow=("front:en",))
    take(order)
    before = head()
    assert told_of(take(order)) == {"known already": 1, "left here before": 2}
    assert head() == before


def test_a_rehearsal_says_the_same_and_writes_nothing(room):
    before = head()
    order = wish(GHOST, LISTS / "listmonk.csv", follow=("front:en",), dry_run=True)
    text = take(order)
    assert text.startswith("Nothing was stored.")
    assert told_of(text)["new"] == told_of(text)["known already"] == 1
    assert (head(), Subscriber.objects.count()) == (before, 0)


MIXED = """email;Status;left_at;tags;subscribed_at
"Lena@Reader.example";subscribed;;
lena@reader.EXAMPLE;subscribed;;
"lena@reader.example";subscribed;;"World
"
gone@reader.example;unsubscribed;2020-01-01;
GONE@reader.example;subscribed;;
maria@bücher.example;active;;World
maria@xn--bcher-kva.example;active;;
later@reader.example;active;;;2020-01-01
later@reader.example;unsubscribed;2021-01-01;
later@reader.example;active;;
never@reader.example;pending;;
=cmd|'/c calc'!A0;active;;
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_rehearsal_says_exactly_what_will_be(room, tmp_path, encoding):
    known = a_follower(room, "known@reader.example", "front:en")
    Subscriber.objects.filter(pk=known.pk).update(made_at=datetime(2015, 1, 1, tzinfo=UTC))
    file = tmp_path / "list.csv"
    text = MIXED + "known@reader.example;unsubscribed;2021-01-01;\nKnown@reader.example;active;;\n"
    file.write_text(text, encoding=encoding)
    order = wish(file, follow=("front:en", "breaking:en"), labels=("World=section:world",))
    before = head()
    rehearsed = told_of(take(replace(order, dry_run=True)))
    assert (head(), Subscriber.objects.count()) == (before, 1)
    assert told_of(take(order)) == rehearsed
    assert rehearsed == {
        "new": 3,
        "more choices": 2,
        "known already": 1,
        "left here before": 3,
        "left there, not written to": 1,
        "left there, stopped here": 2,
        "never confirmed": 1,
        "lines that name nobody:": 1,
    }
    assert len(followed("lena@reader.example")) == 3
    assert len(followed("maria@xn--bcher-kva.example")) == 3
    assert not followed("gone@reader.example") + followed("later@reader.example")


def test_the_same_in_two_editions_is_two_choices(room, tmp_path):
    other = Edition(code="ar", name="خط", agency="خط", language="ar", tagline="أخبار")
    other.save()
    who = a_follower(room, "lena@reader.example", f"person:{room.person.pk}")
    choice = Choice(subject=subject_of(f"person:{room.person.pk}"), edition=other)
    follow(by=None, subscriber=who, choice=choice)
    file = tmp_path / "list.csv"
    export_to(file)
    before = Subscription.objects.count()
    Subscriber.objects.all().delete()
    take(wish(file))
    assert (before, Subscription.objects.count()) == (2, 2)


def test_who_left_here_is_not_written_to_again(room):
    leave(by=None, subscriber=a_follower(room, "lena@reader.example", "front:en"))
    assert told_of(take(wish(GHOST, follow=("front:en",))))["left here before"] == 1
    assert followed("lena@reader.example") == []
    assert subscriber_with_mail("lena@reader.example").standing == "stopped"


def test_who_left_there_long_ago_and_subscribed_here_since_stays(room):
    a_follower(room, "gone@reader.example", "front:en")
    text = take(wish(LISTS / "unsubscribed_mailchimp.csv", follow=("front:en",)))
    assert told_of(text) == {"left there, then subscribed here": 1}
    assert subscriber_with_mail("gone@reader.example").standing == "active"


def test_who_left_there_after_subscribing_here_is_stopped(room):
    one = a_follower(room, "gone@reader.example", "front:en")
    Subscriber.objects.filter(pk=one.pk).update(made_at=datetime(2015, 1, 1, tzinfo=UTC))
    text = take(wish(LISTS / "unsubscribed_mailchimp.csv"))
    assert told_of(text) == {"left there, stopped here": 1}
    assert followed("gone@reader.example") == []


def test_those_who_complained_are_kept_out_as_such(room):
    take(wish(LISTS / "listmonk.csv", follow=("front:en",)))
    stopped = Subscriber.objects.filter(standing="stopped").values_list("stopped_as")
    assert dict(stopped.annotate(count=Count("pk"))) == {"left": 1, "complained": 1}


def test_without_anything_to_follow_nobody_is_made(room):
    for is_dry in (True, False):
        text = take(wish(GHOST, dry_run=is_dry))
        assert told_of(text)["nothing to follow"] == 1
        assert "say with --follow what they follow, or with --label" in text
    assert "--follow" not in take(wish(GHOST, follow=("front:en",), dry_run=True))
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
    assert told_of(take(wish(file))) == {"new": 1, "left there, not written to": 1}
    assert followed("lena@reader.example") == before
    with pytest.raises(CopyRefused):
        export_to(file)


ONCE = Told(
    words="أرسلوا إليّ رسائل",
    page="/ar/subscribe/",
    address="192.0.2.7",
    language="ar",
    at=datetime(2025, 3, 1, 10, tzinfo=UTC),
)
LATER = Told(
    words="Send me letters.\nOften.",
    page="=1+1",
    language="en",
    at=datetime(2026, 3, 1, 10, 0, 30, tzinfo=UTC),
)


def test_each_choice_goes_out_and_comes_in_with_its_own_consent(room, tmp_path):
    one = subscriber_for(by=None, mail="lena@reader.example", edition=room.edition)
    follows = (("front:en", Pace.DAILY, ONCE), (f"topic:{room.topic.pk}", Pace.WEEKLY, ONCE))
    for subject, pace, told in (*follows, ("breaking:en", Pace.AT_ONCE, LATER)):
        choice = Choice(subject=subject_of(subject), edition=room.edition, pace=pace)
        follow(by=None, subscriber=one, choice=choice, told=told)
    told = ("subject", "channel", "edition", "pace", "words", "language", "page", "address", "at")
    before = set(one.consents.values_list(*told))
    file = tmp_path / "list.csv"
    assert export_to(file) == f"1 subscribers written into {file}"
    Subscriber.objects.all().delete()
    assert told_of(take(wish(file))) == {"new": 1, "more choices": 1}
    lena = subscriber_with_mail("lena@reader.example")
    after = set(lena.consents.values_list(*told))
    # Line ends of words are spaces in a list; all else is as it was.
    assert after == {(*row[:4], row[4].replace("\n", " "), *row[5:]) for row in before}
    assert set(lena.consents.values_list("deed", "file")) == {("imported", "list.csv")}


def test_what_cannot_be_read_is_refused_before_anything(room, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("name\nLena\n")
    with pytest.raises(StartRefused, match="bad"):
        look_through(wish(bad))
    bad.write_text("")
    with pytest.raises(StartRefused) as refused:
        look_through(wish(bad))
    assert str(refused.value).count("bad.csv") == 1
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
    assert told_of(text) == {"new": 1, "lines that name nobody:": 25}
    assert "list.csv, line 2: “nobody” is no mail address" in text
    assert "and 5 more" in text


def test_dates_that_cannot_be_read_are_told_and_nobody_is_refused(room, tmp_path):
    file = tmp_path / "list.csv"
    dates = ["2025-02-28", "31/02/2025", "", *["yesterday"] * 22]
    rows = [f"reader{number}@news.example,{date}\n" for number, date in enumerate(dates)]
    file.write_text("email,Subscribed at\n" + "".join(rows))
    order, before = wish(file, follow=("front:en",)), clock.now()
    rehearsed, text = take(replace(order, dry_run=True)), take(order)
    assert rehearsed.splitlines()[1:] == text.splitlines()
    assert told_of(text) == {"new": 25, f"{UNDATED}:": 23}
    assert "list.csv, line 3: “31/02/2025” cannot be read as a date\n" in text
    assert "line 4:" not in text
    assert text.endswith("and 3 more")
    dated, *undated = Consent.objects.order_by("pk").values_list("deed", "file", "at")
    assert dated == ("imported", "list.csv", datetime(2025, 2, 28, tzinfo=UTC))
    assert all(before <= at <= clock.now() for *_, at in undated)


def test_an_export_asks_little(room, django_assert_num_queries):
    from dateline.subscriptions.export import listed_subscribers

    for number in range(30):
        a_follower(room, f"reader{number}@news.example", "front:en", f"topic:{room.topic.pk}")
    with django_assert_num_queries(5):
        assert len(list(listed_subscribers())) == 30
