"""A pressed page against nginx serving the same bytes from files, one core each."""

from .load import Report, Request, Row, Side, interleave
from .peers import nginx
from .processes import asked
from .subjects import small

GOAL, MAX_P99_MS = 1.0, 4.0
BROWSER = (
    ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
    ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    ("Accept-Language", "en-GB,en;q=0.7,de;q=0.3"),
    ("DNT", "1"),
    ("Upgrade-Insecure-Requests", "1"),
    ("Sec-Fetch-Dest", "document"),
    ("Sec-Fetch-Mode", "navigate"),
    ("Sec-Fetch-Site", "none"),
    ("Priority", "u=0, i"),
)
GZIP, BROTLI = ("Accept-Encoding", "gzip"), ("Accept-Encoding", "br")


def run(options, subject=small) -> Report:
    """Compare every row; `subject` is the context manager that starts the server under test."""
    rows = []
    with subject() as ours:
        files = _files(ours)
        for label, tuned in (("", False), (", tuned", True)):
            with nginx(files, tuned=tuned) as peer:
                for name, asks in _rows(ours, peer):
                    if not options.only or options.only in name + label:
                        rows.append(_compare(name + label, (ours, peer), asks, options))
    title = "Pressed pages against nginx as installed and tuned, one core (ratio: ours/peer)"
    return Report(title, rows)


def _compare(name: str, servers, asks, options) -> Row:
    sides = [
        Side(label, server.port, server.pid, tuple(requests))
        for label, server, requests in zip(("press", "nginx"), servers, asks, strict=True)
    ]
    _check(*sides)
    row = Row(name, GOAL, MAX_P99_MS)
    return interleave(row, *sides, rounds=options.rounds, seconds=options.seconds)


def _files(ours) -> dict[str, bytes]:
    """Fetch what the server under test sends, so that nginx serves the very same bytes."""
    files = {}
    for target in (ours.page, *ours.pages):
        files[target] = _body(ours, target, {})
        files[target + ".gz"] = _body(ours, target, dict([GZIP]))
    files["/br" + ours.page] = _body(ours, ours.page, dict([BROTLI]))
    return files


def _body(ours, target: str, headers: dict[str, str]) -> bytes:
    status, _, body = asked(ours.port, target, {"Host": ours.host, **headers})
    if status != 200:
        raise SystemExit(f"{target} answers {status}")
    return body


def _rows(ours, peer):
    """Yield the rows: a name, and the requests for either side."""
    host = ("Host", ours.host)
    cookies = [("Cookie", f"sessionid={n:032x}; csrftoken={n:032d}") for n in range(64)]
    page = ours.page

    def both(*headers, target=page):
        request = Request(target, (host, *headers))
        return [request], [request]

    signed_in = [Request(page, (host, GZIP, cookie)) for cookie in cookies]
    pages = [Request(target, (host, GZIP)) for target in ours.pages]
    browser = [Request(page, (host, *BROWSER, GZIP, cookie)) for cookie in cookies]
    yield "gzip", both(GZIP)
    yield "signed in", (signed_in, signed_in)
    yield "1,000 pages", (pages, pages)
    yield "not modified", tuple(_unmodified(server, host, page) for server in (ours, peer))
    yield "brotli", ([Request(page, (host, BROTLI))], [Request("/br" + page, (host, BROTLI))])
    yield "a browser's head", (browser, browser)


def _unmodified(server, host, page: str) -> list[Request]:
    _, headers, _ = asked(server.port, page, dict([host, GZIP]))
    return [Request(page, (host, GZIP, ("If-None-Match", headers["etag"])))]


def _check(ours: Side, peer: Side) -> None:
    """Refuse to compare unless both sides give the same status and the same bytes."""
    for mine, theirs in zip(ours.requests, peer.requests, strict=True):
        status, _, body = asked(ours.port, mine.target, dict(mine.headers))
        other, _, other_body = asked(peer.port, theirs.target, dict(theirs.headers))
        if (status, body) != (other, other_body) or status not in (200, 304):
            raise SystemExit(f"{mine.target}: {status} and {other} are not the same answer")
