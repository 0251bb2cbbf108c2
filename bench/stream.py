"""One event to 10,000 open browsers, through the real publish path, beside nchan."""

import re
import statistics
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection

from .newsroom import await_rest, memory_mib, newsroom
from .peers import nchan
from .processes import LOAD_CORE, SERVER_CORE, asked, cpu_seconds, family, pin
from .publisher import MARK
from .readers import Publishing, Readers, allow_files, publishing, readers

CONNECTIONS, EVENTS, POSTS = 10_000, 4, 2000
LOOK_EVERY, AT_REST, PATIENCE = 0.4, 0.05, 30.0
MOST_P99_MS, GOAL, MOST_KB, MOST_PAGE_BYTES = 400.0, 1.0, 6.0, 20 * 1024
_FIRST = 2
"""The number of the first event that counts; those before it are for warming up."""


@dataclass
class Side:
    """What one of both did.

    Shape: `called` and `told` hold the 99th percentile of each event, from the call and from the
    commit, for a peer from its request; `wrong` counts what was lost, twice and out of order.
    Units: milliseconds; seconds of processor time for a million deliveries; KB a connection.
    """

    called: list[float] = field(default_factory=list)
    told: list[float] = field(default_factory=list)
    middle: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    kb: float = 0.0
    wrong: tuple[int, int, int] = (0, 0, 0)

    def figures(self) -> dict:
        return {
            "median_ms": round(statistics.median(self.middle), 1),
            "p99_ms": round(statistics.median(self.told), 1),
            "p99_from_call_ms": round(statistics.median(self.called), 1),
            "worst_p99_from_call_ms": round(max(self.called), 1),
            "cpu_s_per_million": round(statistics.median(self.cpu), 2),
            "kb_per_connection": round(self.kb, 2),
            "lost_twice_disordered": self.wrong,
        }


@dataclass
class Row:
    """One sort of event, to `count` readers on either side."""

    name: str
    count: int
    ours: Side = field(default_factory=Side)
    peer: Side = field(default_factory=Side)

    @property
    def slower(self) -> float:
        """Our 99th percentile over the peer's."""
        return statistics.median(self.ours.told) / statistics.median(self.peer.told)

    @property
    def dearer(self) -> float:
        """Our processor time over the peer's."""
        return statistics.median(self.ours.cpu) / statistics.median(self.peer.cpu)

    @property
    def met(self) -> bool:
        quick = statistics.median(self.ours.called) <= MOST_P99_MS and self.slower <= GOAL
        small = self.dearer <= GOAL and self.ours.kb <= MOST_KB
        return quick and small and not any(self.ours.wrong)


@dataclass
class Report:
    """All rows, and the compressed bytes of the long coverage's first page."""

    rows: list[Row]
    page_bytes: int

    @property
    def met(self) -> bool:
        return self.page_bytes <= MOST_PAGE_BYTES and all(row.met for row in self.rows)

    def as_dict(self) -> dict:
        rows = [_figures(row) for row in self.rows]
        return {"met": self.met, "page_bytes": self.page_bytes, "rows": rows}

    def as_table(self) -> str:
        page = f"first page of a coverage of {POSTS:,} posts: {self.page_bytes / 1024:.1f} KB"
        return "\n".join([*(line for row in self.rows for line in _lines(row)), page])


def _figures(row: Row) -> dict:
    return {
        "name": row.name,
        "connections": row.count,
        "met": row.met,
        "p99_ratio": round(row.slower, 3),
        "cpu_ratio": round(row.dearer, 3),
        "ours": row.ours.figures(),
        "nchan": row.peer.figures(),
    }


def _lines(row: Row):
    yield (
        f"{row.name}, {row.count:,} connections: p99 {row.slower:.2f} and CPU {row.dearer:.2f}"
        f" of nchan's: {'met' if row.met else 'MISSED'}"
    )
    for name, side in (("ours", row.ours), ("nchan", row.peer)):
        at = side.figures()
        yield (
            f"  {name:6} median {at['median_ms']} ms, p99 {at['p99_ms']} ms"
            f" (from the call {at['p99_from_call_ms']}, at worst {at['worst_p99_from_call_ms']});"
            f" CPU {at['cpu_s_per_million']} s for a million; {at['kb_per_connection']} KB each;"
            f" lost, twice, out of order: {', '.join(map(str, side.wrong))}"
        )


def run(options) -> Report:
    """Tell both sides of one event after the other, in turns of a few."""
    count = options.connections or CONNECTIONS
    allow_files(count)
    rows = []
    with hall() as (room, publish), nchan(count) as peer:
        covered = publish("coverage", POSTS)
        await_rest(room.pid)  # a newsroom that has just begun counts months and opens chats
        accepted = {"Host": f"localhost:{room.port}", "Accept-Encoding": "gzip"}
        _, _, page = asked(room.port, covered["address"], accepted)
        for name, what, channel, event in (
            ("a story", "story", "newsfeed:en", "story-published"),
            (f"a post, of {POSTS:,}", "post", f"live:{covered['story']}", "live-post-published"),
        ):
            if not options.only or options.only in name:
                case = _Case(what, channel, event)
                rows.append(_compare(Row(name, count), case, (room, publish, peer), options.rounds))
    return Report(rows, len(page))


@contextmanager
def hall():
    """Run a newsroom whose server has a core of its own; yields it and what publishes in it."""
    quiet = "sample_pictures = false\n"
    with (
        newsroom(core=LOAD_CORE, settings=quiet) as room,
        publishing(room.environment) as publish,
    ):
        pin(room.server, SERVER_CORE)
        yield room, publish


@dataclass(frozen=True)
class _Case:
    """What is published, on which channel it is heard, and as which event."""

    what: str
    channel: str
    event: str

    @property
    def target(self) -> str:
        return f"/-/stream?channels={self.channel}"


def _compare(row: Row, case: _Case, sides, rounds: int) -> Row:
    room, publish, peer = sides
    tell = _Teller(peer.port, case.event, _words(room, publish, case))
    moments: dict[str, dict[int, dict]] = {"ours": {}, "peer": {}}
    with ExitStack() as held:
        ours = _hold(held, row, row.ours, (room.port, case.target, case.event), [room.server])
        tell(1)
        theirs = _hold(held, row, row.peer, (peer.port, "/hear", case.event), family(peer.pid))
        for number in range(rounds):
            first = _FIRST + number * EVENTS
            events = range(first, first + EVENTS)
            for side, name, pid, does in (
                (row.ours, "ours", room.server, lambda n: publish(case.what, n)),
                (row.peer, "peer", peer.pid, tell),
            ):
                before = cpu_seconds(pid)
                moments[name] |= {n: _and_rest(does, n, pid) for n in events}
                side.cpu.append((cpu_seconds(pid) - before) / (EVENTS * row.count) * 1e6)
        _look(row.ours, ours, moments["ours"])
        _look(row.peer, theirs, moments["peer"])
    return row


def _and_rest(does, number: int, pid: int) -> dict:
    """Publish, and wait until the process that tells of it has little left to do."""
    said = does(number)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        before = cpu_seconds(pid)
        time.sleep(LOOK_EVERY)
        if cpu_seconds(pid) - before < LOOK_EVERY * AT_REST:
            break
    return said


def _hold(held: ExitStack, row: Row, side: Side, at: tuple, pids: list[int]) -> Readers:
    """Open the streams of a side and weigh the processes that hold them, before and after."""
    port, target, event = at
    before = memory_mib(pids)
    found = held.enter_context(readers(port, target, row.count, event))
    time.sleep(2)
    side.kb = (memory_mib(pids) - before) * 1024 / row.count
    return found


def _look(side: Side, held: Readers, moments: dict[int, dict]) -> None:
    heard = held.heard()
    for number, said in moments.items():
        told = heard.lateness(number, said["committed"])
        called = heard.lateness(number, said["began"])
        if told:
            side.middle.append(statistics.median(told))
            side.told.append(told[int(len(told) * 0.99)])
            side.called.append(called[int(len(called) * 0.99)])
    side.wrong = (heard.lost(moments), heard.twice(), heard.disorder)


def _words(room, publish: Publishing, case: _Case) -> str:
    """Publish once and return the data that an open page is told, so that both send as much."""
    _, _, ready = asked(room.port, "/-/ready", {"Host": "localhost"})
    newest = re.search(r"\d+", ready.decode())[0]
    publish(case.what, 1)
    target = f"{case.target}&after={newest}&once"
    _, _, body = asked(room.port, target, {"Host": "localhost"})
    blocks = [block for block in body.decode().split("\n\n") if f"event: {case.event}" in block]
    return blocks[0].partition("data: ")[2]


class _Teller:
    """Publishes on the peer."""

    def __init__(self, port: int, event: str, words: str) -> None:
        self._line = HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = {"X-EventSource-Event": event, "Content-Type": "application/json"}
        self._words = words

    def __call__(self, number: int) -> dict[str, float]:
        words = self._words.replace(f"{MARK}1", f"{MARK}{number}").encode()
        began = time.monotonic()
        self._line.request("POST", "/tell", words, self._headers)
        self._line.getresponse().read()
        return {"began": began, "committed": began}
