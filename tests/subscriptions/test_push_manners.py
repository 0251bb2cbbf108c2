"""Push services of strangers: slow, silent, dead, without end; nobody else waits for them."""

import socket
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest

from dateline.common import clock, turns
from dateline.common.fetch import Bounds
from dateline.common.turns import Manners, Turns, site_of
from dateline.publishing.push import _bounds, push_carrier
from dateline.subscriptions.actions import browser, forget_unused
from dateline.subscriptions.actions.endpoints import FAILS_FOR, MOST_FAILURES, UNUSED_FOR
from dateline.subscriptions.models import Consent, Delivery, Endpoint, Subscriber
from dateline.subscriptions.post import Post
from dateline.subscriptions.push import carrier as carriers
from dateline.subscriptions.push import lines
from tests.subscriptions.test_push import (
    Reader,
    after_all,
    an_alert,
    chosen,
    here,
    post,
    reader,
    service,
    states,
)
from tests.web_double import ELSEWHERE, LOOPBACK, silent_service

__all__ = ["chosen", "here", "post", "reader", "service"]
database = [pytest.mark.django_db, pytest.mark.database]


def quick():
    return Bounds(seconds=0.5, max_bytes=4096, inside=LOOPBACK, is_sealed=True)


class TestTurns:
    def test_one_site_never_has_all_lines_and_strangers_have_few(self):
        manners, running, most = Manners(), Counter(), Counter()
        lock = threading.Lock()
        manners.note("known.example", took=0.1, is_answered=True)

        def ask(site):
            with lock:
                running[site] += 1
                running["strangers"] += site != "known.example"
                most.update({site: max(0, running[site] - most[site])})
                most["strangers"] = max(most["strangers"], running["strangers"])
            time.sleep(0.01)
            with lock:
                running[site] -= 1
                running["strangers"] -= site != "known.example"
            return site == "known.example"  # No other gets to be known.

        work = [("known.example", "known.example")] * 40
        work += [(f"s{n}.example", f"s{n}.example") for n in range(40)]
        shared = Turns(work, manners, until=time.monotonic() + 20)
        threads = [threading.Thread(target=shared.each, args=(ask,)) for _ in range(32)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert turns.STRANGERS < most["known.example"] <= turns.MOST_OF_ONE
        assert 1 < most["strangers"] <= turns.STRANGERS
        assert max(most[f"s{n}.example"] for n in range(40)) == 1

    def test_what_is_too_late_is_not_begun(self):
        begun = []
        Turns([("a", 1), ("b", 2)], Manners(), until=time.monotonic()).each(begun.append)
        assert begun == []

    def test_a_stranger_rests_at_once_and_longer_each_time_and_a_known_one_after_some(self):
        manners = Manners()
        manners.note("known", took=0.1, is_answered=True)
        rests = []
        for _ in range(4):
            manners.note("new", took=5, is_answered=False)
            manners.note("known", took=5, is_answered=False)
            rests.append((round(manners.rest_of("new").total_seconds()), manners.knows("known")))
        assert rests == [(15, True), (30, True), (60, False), (120, False)]
        manners.note("new", took=0.1, is_answered=True)
        assert (manners.knows("new"), manners.rest_of("new")) == (True, timedelta(0))

    def test_one_slow_answer_stops_nobody_and_several_in_a_row_do(self):
        manners = Manners()
        manners.note("known", took=0.1, is_answered=True)
        seen = []
        for _ in range(4):
            for site in ("known", "new"):
                manners.note(site, took=turns.PROMPT + 1, is_answered=True)
            rests = [round(manners.rest_of(one).total_seconds()) for one in ("known", "new")]
            seen.append((*rests, manners.knows("known"), manners.knows("new")))
        calm, first, second = (0, 0, True, False), (15, 15, False, False), (30, 30, False, False)
        assert seen == [calm, calm, first, second]
        manners.note("new", took=0.1, is_answered=True)
        assert (manners.knows("new"), manners.rest_of("new")) == (True, timedelta(0))

    def test_ever_more_sites_fill_no_memory(self):
        manners = Manners()
        for number in range(3000):
            manners.note(f"{number}.example", took=0.1, is_answered=number % 2 == 0)
        kept = [manners._known, manners._until, manners._failed]
        assert [len(one) <= 1000 for one in kept] == [True] * 3

    @pytest.mark.parametrize(
        ("address", "site"),
        [
            ("https://a.b.evil.example/x", "evil.example"),
            ("https://EVIL.example:8443/y", "evil.example"),
            ("https://push.one.co.uk/x", "one.co.uk"),
            ("https://push.two.co.uk./x", "two.co.uk"),
            ("https://free.duckdns.org/x", "duckdns.org"),
            ("https://push.xn--e1afmkfd.xn--p1ai/x", "xn--e1afmkfd.xn--p1ai"),
            ("https://push/x", "push"),
            ("https://203.0.113.7:444/x", "203.0.113.7"),
            ("https://[2001:db8::1:2:3:4]/x", "2001:db8::"),
        ],
    )
    def test_all_below_a_name_and_a_network_are_one_site(self, address, site):
        assert site_of(address) == site


def test_lines_are_kept_and_not_without_end():
    kept = lines.Lines(quick)
    with kept.borrowed("http://a.example/1") as first:
        pass
    with kept.borrowed("http://a.example/2") as again, kept.borrowed("http://a.example/3") as other:
        assert again is first
        assert other is not first
    for number in range(100):
        with kept.borrowed(f"http://{number}.example/"):
            pass
    assert len(kept._idle) == lines.MOST_IDLE
    kept.close()
    assert kept._idle == []


class TestAttackers:
    pytestmark = database

    def test_who_does_not_answer_delays_nobody_elses_alert(
        self, here, client, service, monkeypatch
    ):
        monkeypatch.setattr(carriers, "LONGEST", 2.0)
        carrier = push_carrier()
        carrier._lines = lines.Lines(quick)
        with silent_service() as (port, came):
            for number in range(12):
                one = Reader(client, service, f"/silent/{number}")
                one.endpoint = f"http://{ELSEWHERE}:{port}{one.path}"
                one.follow("breaking:en")
            honest = [Reader(client, service, f"/p/{number}") for number in range(5)]
            for one in honest:
                one.follow("breaking:en")
            an_alert(here)
            after_all(_planner())
            began = time.monotonic()
            post = Post(carrier)
            post.work()
            took = time.monotonic() - began
            assert [len(one.shown) for one in honest] == [1] * 5
            assert took < 10
            assert len(came) == 1  # The others of its site wait until it has rested.
            assert Counter(state for state, _ in states()) == {"planned": 12, "sent": 5}
            assert Counter(
                Delivery.objects.filter(state="planned").values_list("cause", "tries")
            ) == {
                ("unreachable", 1): 1,
                ("resting", 0): 11,
            }
            carrier.close()

    def test_what_nobody_foresaw_is_about_one_browser(
        self, here, client, service, post, monkeypatch
    ):
        for number in range(3):
            Reader(client, service, f"/p/{number}").follow("breaking:en")
        broken = Endpoint.objects.order_by("pk").first()
        seal = carriers.seal

        def breaks(message, keys):
            if keys == carriers.BrowserKeys.of(broken.p256dh, broken.auth):
                raise KeyError("nobody foresaw it")
            return seal(message, keys)

        monkeypatch.setattr(carriers, "seal", breaks)
        monkeypatch.setattr(turns, "_FIRST_REST", 0.0)
        an_alert(here)
        after_all(post)
        assert Counter(state for state, _ in states()) == {"planned": 1, "sent": 2}

    def test_a_token_is_made_once_for_a_service(self, here, client, service, post, monkeypatch):
        made = []
        vapid_header = carriers.vapid_header
        monkeypatch.setattr(
            carriers, "vapid_header", lambda *a, **k: made.append(1) or vapid_header(*a, **k)
        )
        carriers._token.cache_clear()
        for number in range(6):
            Reader(client, service, f"/p/{number}").follow("breaking:en")
        an_alert(here)
        after_all(post)
        assert len(service.pushed) == 6
        assert len(made) <= turns.STRANGERS  # Threads that begin at once may make one each.


class TestEndpoints:
    pytestmark = database

    def test_without_tls_only_networks_inside_are_asked(self, here, reader, chosen, monkeypatch):
        answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 80))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer)
        reader.endpoint = "http://push.example/p/1"
        reader.follow("breaking:en")
        an_alert(here)
        post = Post(push_carrier())
        after_all(post)
        post.carrier.close()
        (told,) = Delivery.objects.values_list("cause", "answer")
        assert told == ("unreachable", "is not asked by https")
        chosen(networks_inside=[])
        answer = reader.tell(
            "follow", subscription=reader.subscription, edition="en", follows=["breaking:en/en"]
        )
        assert (answer.status_code, answer.json()) == (400, {"error": "endpoint-refused"})

    def test_a_name_without_an_answer_takes_no_longer_than_the_rest(self, here, monkeypatch):
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(30))
        began = time.monotonic()
        line = carriers.Lines(quick)
        with line.borrowed("https://push.example/x") as lent, pytest.raises(carriers.FetchRefused):
            lent.ask("POST", "https://push.example/x", body=b"")
        assert time.monotonic() - began < 5

    def test_one_that_fails_for_a_week_is_forgotten(self, here, reader, post, time_machine):
        reader.follow("breaking:en")
        reader.service.statuses[reader.path] = 500
        an_alert(here)
        after_all(post)
        one = Endpoint.objects.get()
        assert (one.failures, bool(one.failing_since), one.used_at) == (1, True, None)
        Endpoint.objects.update(failures=MOST_FAILURES)
        time_machine.move_to(one.failing_since + FAILS_FOR - timedelta(hours=1))
        an_alert(here)
        after_all(post)
        assert Endpoint.objects.exists()
        time_machine.move_to(one.failing_since + FAILS_FOR + timedelta(hours=1))
        an_alert(here)
        after_all(post)
        assert not Endpoint.objects.exists()

    def test_one_that_takes_something_again_is_well(self, here, reader, post):
        reader.follow("breaking:en")
        Endpoint.objects.update(failures=MOST_FAILURES, failing_since=clock.now() - FAILS_FOR)
        an_alert(here)
        after_all(post)
        one = Endpoint.objects.get()
        assert (one.failures, one.failing_since, bool(one.used_at)) == (0, None, True)

    def test_one_that_never_took_anything_is_forgotten_with_all_that_it_left(
        self, here, client, service, reader, post, time_machine
    ):
        reader.follow("breaking:en")
        an_alert(here)
        after_all(post)
        Reader(client, service, "/never").follow("breaking:en", f"section:{here.world.pk}")
        assert forget_unused(by=None, now=clock.now() + UNUSED_FOR - timedelta(days=1)) == 0
        assert forget_unused(by=None, now=clock.now() + UNUSED_FOR + timedelta(days=1)) == 1
        assert Endpoint.objects.get().address == reader.endpoint
        assert (Subscriber.objects.count(), Consent.objects.count()) == (1, 1)


class TestDoor:
    pytestmark = database

    def test_new_browsers_of_one_address_are_few_an_hour(self, here, client, service):
        browsers = [Reader(client, service, f"/p/{number}") for number in range(21)]
        for one in browsers[:20]:
            one.follow("breaking:en")
        told = browsers[20].tell(
            "follow",
            subscription=browsers[20].subscription,
            edition="en",
            follows=["breaking:en/en"],
        )
        assert (told.status_code, told.json()) == (429, {"error": "too-many"})
        assert int(told["Retry-After"]) > 0
        assert browsers[0].follow(f"section:{here.world.pk}")  # Who is known goes on.
        assert Subscriber.objects.count() == 20

    def test_only_what_is_there_is_followed_and_not_too_much(self, here, reader, monkeypatch):
        monkeypatch.setattr(browser, "MOST_OF_BROWSER", 1)
        world, culture = f"section:{here.world.pk}", f"section:{here.culture.pk}"
        assert reader.follow("topic:999999", world) == [f"{world}/en"]
        told = reader.tell(
            "follow", subscription=reader.subscription, edition="en", follows=[f"{culture}/en"]
        )
        assert (told.status_code, told.json()) == (409, {"error": "follows-full"})
        assert reader.follow(world) == [f"{world}/en"]
        for name in ("topic:999999/en", f"{world}/xx", "everything"):
            told = reader.tell(
                "follow", subscription=reader.subscription, edition="en", follows=[name]
            )
            assert (told.status_code, told.json()) == (404, {"error": "subject-unknown"})


def test_the_way_out_is_sealed_and_short():
    assert (_bounds().is_sealed, _bounds().seconds) == (True, 5.0)


def _planner():
    """Write recipients down, and let nothing leave."""
    made = Post(push_carrier())
    made.carrier.is_open = lambda: False
    return made
