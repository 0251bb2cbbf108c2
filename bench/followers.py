"""Followers of a topic, a story that goes out to them, and what the ledger says of it then."""

import subprocess
import sys


def step(module: str, env: dict[str, str], name: str, *more: object) -> str:
    """Do one step of a benchmark in a process of its own, and return what it printed."""
    done = subprocess.run(
        words_of(module, name, *more), env=env, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def words_of(module: str, name: str, *more: object) -> list[str]:
    """Return the command of a step."""
    return [sys.executable, "-m", module, name, *map(str, more)]


def gather(room, rows: list, channel: str) -> list:
    """Store subscribers and have each follow the topic of a newsroom by a channel."""
    from dateline.subscriptions.models import Subscriber, Subscription

    made = Subscriber.objects.bulk_create(rows, batch_size=500)
    subject, edition = f"topic:{room.topic.pk}", room.edition
    followed = [
        Subscription(subscriber=who, subject=subject, rank="2", channel=channel, edition=edition)
        for who in made
    ]
    Subscription.objects.bulk_create(followed, batch_size=500)
    return made


def send_out(room) -> None:
    """Publish a story about the topic and have it planned."""
    from dateline.journal.queries import replay
    from dateline.publishing.sendings import sendings_after
    from tests.factories import a_published_story

    a_published_story(room, standfirst="Nobody named a day for new ones.")
    for recorded in replay(0, 1000):
        sendings_after(recorded)


def post_named(name: str):
    """Return the post of a channel, as the runner has it."""
    from dateline.publishing.post import posts

    return next(one for one in posts() if one.name == name)


def check_done() -> None:
    """Raise where something still waits to be sent."""
    from dateline.subscriptions.models import Sending

    assert not Sending.objects.exclude(stage="done").exists()


def ledger() -> dict[str, int]:
    """Return how many deliveries are in each state."""
    from django.db.models import Count

    from dateline.subscriptions.models import Delivery

    rows = Delivery.objects.order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows)
