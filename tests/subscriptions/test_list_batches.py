"""Lists are taken in batches: as line by line, by few statements, and again after anything."""

import random
import threading
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from dateline.config.subscribers import Wish, take
from dateline.journal.models import JournalLine
from dateline.standards.subscribers.facts import Listed, ListedAs
from dateline.subscriptions.actions import Choice, leave, listing
from dateline.subscriptions.actions.listed_choices import ListOrder
from dateline.subscriptions.actions.listing import take_listed
from dateline.subscriptions.enums import Channel
from dateline.subscriptions.models import Consent, Subscriber, Subscription
from dateline.subscriptions.rules import subject_of
from tests.committing import committed
from tests.factories import a_newsroom
from tests.subscriptions.following import a_follower

__all__ = ["committed"]
pytestmark = pytest.mark.database
database = pytest.mark.django_db
HEAD = "address,listed_as,choices,agreed_at,agreed_from,words,left_at\n"


def random_list(file, seed):
    """Write sixty lines about nine addresses: they follow, leave, fail, and come again."""
    chance, lines = random.Random(seed), [HEAD]
    for _ in range(60):
        mail = chance.choice(("Lena", "lena", "ivan", "amal", "known", "other", "gone"))
        stands = chance.choice((*["active"] * 6, "left", "bounced", "complained", "unconfirmed"))
        kinds = ("front:en", "breaking:en", "section:world", "section:nowhere")
        words = {f"mail {chance.choice(('daily', 'weekly'))} en {one}" for one in kinds}
        chosen = ";".join(chance.sample(sorted(words), chance.randrange(3)))
        times = [f"20{chance.randint(10, 25)}-01-0{n}T10:00:00Z" for n in (1, 2)]
        lines.append(f'{mail}@news.example,{stands},"{chosen}",{times[0]},here,Yes,{times[1]}\n')
    file.write_text("".join(lines))


def a_start(room):
    """Have three here before: one who follows by two channels, one who was told less, one gone."""
    for mail, subjects in (("known", ("front:en", "breaking:en")), ("other", ("front:en",))):
        a_follower(room, f"{mail}@news.example", *subjects)
    known = a_follower(room, "known@news.example", "front:en", channel=Channel.PUSH)
    leave(by=None, subscriber=a_follower(room, "gone@news.example", "front:en"))
    times = {"made_at": "2018-01-01T10:00:00Z"}
    Subscriber.objects.filter(pk__gte=known.pk).update(**times)


def all_there_is():
    """Return what is stored about everybody, without numbers."""
    who = ("mail", "standing", "stopped_as", "stopped_at", "made_at", "edition__code")
    row = ("subscriber__mail", "subject", "channel", "pace", "rank", "edition__code")
    consent = ("subscriber__mail", "deed", "subject", "channel", "edition", "pace", "file")
    more = ("words", "page", "at")
    lines = JournalLine.objects.filter(kind__startswith="subscriber-").values_list("kind")
    return (
        sorted(Subscriber.objects.exclude(mail="gone@news.example").values_list(*who), key=str),
        sorted(Subscription.objects.values_list(*row)),
        sorted(Consent.objects.exclude(file="").values_list(*consent, *more), key=str),
        Counter(lines),
    )


@database
@pytest.mark.parametrize("seed", range(12))
def test_batches_do_what_single_lines_do(room, tmp_path, monkeypatch, seed):
    file, found, told = tmp_path / "list.csv", [], []
    random_list(file, seed)
    wish = Wish(files=(file,), follow=("front:en",))
    for lines in (1, 7, 200):
        monkeypatch.setattr(listing, "BATCH", lines)
        for table in (Subscriber, JournalLine):
            table.objects.all().delete()
        a_start(room)
        rehearsed = take(Wish(files=(file,), follow=("front:en",), dry_run=True))
        told += [set(rehearsed.splitlines()[1:]), set(take(wish).splitlines())]
        found.append(all_there_is())
        take(wish)
        assert all_there_is() == found[-1]
    assert told == [told[0]] * 6
    assert found == [found[0]] * 3


def lines_of(count, **given):
    return [Listed(address=f"reader{number}@news.example", **given) for number in range(count)]


def order_of(room):
    names = ("front:en", "breaking:en")
    usual = [Choice(subject=subject_of(name), edition=room.edition) for name in names]
    return ListOrder(edition=room.edition, file="list.csv", usual=tuple(usual))


LEFT = {"listed_as": ListedAs.LEFT, "left_at": datetime(2020, 1, 1, tzinfo=UTC)}


@database
@pytest.mark.parametrize(
    ("before", "lines", "asked"),
    [(None, {}, 7), ({}, {}, 4), (None, LEFT, 7), ({}, LEFT, 10)],
    ids=["new", "known", "kept out", "stopped"],
)
def test_thirty_lines_ask_as_much_as_three(room, before, lines, asked):
    counts = []
    for count in (3, 30):
        Subscriber.objects.all().delete()
        if before is not None:
            take_listed(by=None, lines=lines_of(count), order=order_of(room))
            Subscriber.objects.update(made_at=datetime(2018, 1, 1, tzinfo=UTC))
        with CaptureQueriesContext(connection) as queries:
            take_listed(by=None, lines=lines_of(count, **lines), order=order_of(room))
        counts.append(len(queries))
    turn = connection.vendor == "postgresql" and asked > 4  # Whoever writes the journal takes it.
    assert counts == [asked + turn] * 2


def test_who_subscribes_this_moment_is_looked_up_again(committed):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    room, came = a_newsroom(), []

    def subscribe():
        a_follower(room, "reader1@news.example", "front:en")
        connection.close()

    def between(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "subscriptions_subscriber"') and not came:
            came.append(threading.Thread(target=subscribe))
            came[0].start()
            came[0].join()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(between):
        fates = take_listed(by=None, lines=lines_of(3), order=order_of(room))
    assert fates == {"new": 2, "more choices": 1}
    rows = Subscription.objects.filter(subscriber__mail="reader1@news.example")
    assert sorted(rows.values_list("subject", flat=True)) == ["breaking:en", "front:en"]
    assert Consent.objects.filter(deed="imported").count() == 5


@database
def test_what_cannot_be_stored_stops_the_list(room):
    order = order_of(room)

    def full(execute, sql, params, many, context):
        if sql.startswith("INSERT"):
            raise OperationalError("disk full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(full), pytest.raises(OperationalError, match="disk full"):
        take_listed(by=None, lines=lines_of(3), order=order)
    assert not Subscriber.objects.exists()
    assert take_listed(by=None, lines=lines_of(3), order=order) == {"new": 3}
