"""What others name is fetched only from the open internet, and never costs more than was said."""

import re
import socket
import time
from ipaddress import ip_address
from pathlib import Path

import pytest

import dateline
from dateline.common.fetch import Bounds, FetchRefused, fetch, is_public
from tests.web_double import LOOPBACK, web_double

INSIDE = Bounds(inside=LOOPBACK, seconds=5.0, max_bytes=200_000)


@pytest.fixture
def double():
    with web_double() as made:
        yield made


def refusal(url, bounds=INSIDE):
    with pytest.raises(FetchRefused) as refused:
        fetch(url, bounds)
    return refused.value.data["why"]


def test_what_is_there_comes_as_it_is(double):
    url = double.put("/a%20b?c=1", b"\x00\xff" * 9, "image/png; charset=x")
    got = fetch(double.url + "/a%20b?c=1#part", INSIDE)
    assert (got.url, got.media_type, got.body) == (f"{url}#part", "image/png", b"\x00\xff" * 9)


def test_letters_of_any_script_are_asked_for_in_bytes(double):
    double.put("/%D0%B2%D0%B8%D0%B4", b"x")
    assert fetch(f"{double.url}/вид", INSIDE).body == b"x"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(double, status):
    there = double.put("/b", b"found")
    first = double.lead("/a", "/b", status)
    got = fetch(first, INSIDE)
    assert (got.url, got.body) == (there, b"found")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:8000/",
        "http://127.1/",
        "http://0/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://017700000001/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:a00:1]/",
        "http://[::7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[2001:0:7f00:1::]/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://[fec0::1]/",
        "http://[ff02::1]/",
    ],
)
def test_what_is_not_public_is_never_asked(url):
    assert refusal(url, Bounds()) in {"is not public", "its name is not known"}


def test_addresses_of_the_open_internet_are_public():
    for text in ("93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"):
        assert is_public(ip_address(text)), text


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/etc/passwd",
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "http://",
        "http:///path",
        "http://name:password@example.org/",
        "http://example.org:22/",
        "http://example.org:99999/",
        "http://exa mple.org/",
        "http://example.org/a b",
        "http://example.org/\r\nX: y",
        "http://example.org\n.elsewhere.example/",
        "http://[::1/",
        f"http://{'a' * 70}.example/",
    ],
)
def test_what_is_no_plain_address_is_refused(url):
    assert refusal(url)


def test_a_redirect_inside_is_refused(double):
    for to in ("http://10.0.0.1/", "http://[::1]/", "file:///etc/passwd", "//192.168.0.1/x"):
        first = double.lead("/out", to)
        assert refusal(first) in {"is not public", "is no address of the web"}, to
    assert double.asked == ["/out"] * 4


class Names:
    """A name server that gives another answer each time it is asked, as a rebinding one does."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def look_up(self, host, port, *args, **named):
        self.asked.append(host)
        found = self.answers.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]


def test_a_name_is_looked_up_once_and_the_connection_goes_there(double, monkeypatch):
    names = Names(["127.0.0.1"], ["10.0.0.1"])
    monkeypatch.setattr(socket, "getaddrinfo", names.look_up)
    double.put("/a", b"x")
    url = f"http://two-faced.example:{double.url.rpartition(':')[2]}/a"
    assert fetch(url, INSIDE).body == b"x"
    assert names.asked == ["two-faced.example"]


def test_a_name_that_means_one_private_address_among_others_is_refused(monkeypatch):
    names = Names(["93.184.215.14", "10.0.0.1"])
    monkeypatch.setattr(socket, "getaddrinfo", names.look_up)
    assert refusal("http://two-faced.example/", Bounds()) == "is not public"


def test_a_redirect_looks_the_name_up_anew(double, monkeypatch):
    names = Names(["127.0.0.1"], ["10.0.0.1"])
    monkeypatch.setattr(socket, "getaddrinfo", names.look_up)
    double.lead("/a", "/b")
    double.put("/b", b"x")
    url = f"http://two-faced.example:{double.url.rpartition(':')[2]}/a"
    assert refusal(url) == "is not public"
    assert double.asked == ["/a"]


def test_what_leads_round_in_a_circle_ends(double):
    first = double.lead("/a", "/a")
    assert refusal(first) == "leads on too often"
    assert len(double.asked) == INSIDE.max_redirects + 1


def test_more_than_was_allowed_is_not_read(double):
    assert refusal(double.put("/a", b"x" * 200_001)) == "holds more than 200,000 bytes"

    def endless(request):
        request.send_response(200)
        request.end_headers()
        while True:
            request.wfile.write(b"x" * 65_536)

    assert refusal(double.answer("/b", endless)) == "holds more than 200,000 bytes"


def drip_body(request):
    request.send_response(200)
    request.end_headers()
    _drip(request)


def drip_head(request):
    request.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    _drip(request)


def _drip(request):
    for _ in range(100):
        request.wfile.write(b"x")
        request.wfile.flush()
        time.sleep(0.05)


@pytest.mark.parametrize("drip", [drip_body, drip_head])
def test_a_server_that_takes_its_time_is_left(double, drip):
    url = double.answer("/slow", drip)
    began = time.monotonic()
    assert refusal(url, Bounds(inside=LOOPBACK, seconds=0.4)) == "takes too long"
    assert time.monotonic() - began < 2.0


def test_redirects_share_one_measure_of_time(double):
    def late(request):
        time.sleep(0.15)
        request.send_response(302)
        request.send_header("Location", "/late")
        request.end_headers()

    url = double.answer("/late", late)
    assert refusal(url, Bounds(inside=LOOPBACK, seconds=0.4)) == "takes too long"


def test_what_is_not_whole_plain_and_there_is_refused(double):
    def cut(request):
        request.send_response(200)
        request.send_header("Content-Length", "100")
        request.end_headers()
        request.wfile.write(b"half")

    assert refusal(f"{double.url}/none") == "answers 404"
    assert refusal(double.put("/gz", b"x", Content_Encoding="gzip")).startswith("is packed")
    assert refusal(double.answer("/cut", cut)) == "ends before its end"
    bad = double.answer("/bad", lambda request: request.wfile.write(b"SSH-2.0-x\r\n"))
    assert refusal(bad) == "does not answer as the web does"


def test_a_server_without_a_true_certificate_is_refused(double):
    double.put("/a", b"x")
    secure = double.url.replace("http://", "https://")
    assert refusal(f"{secure}/a") == "does not answer as the web does"


WAYS_OUT = re.compile(
    r"^\s*(?:from|import) (?:http\.client|http import client|urllib\.request|urllib import request"
    r"|urllib3|requests|httpx|aiohttp|smtplib|imaplib|poplib|ftplib)\b|create_connection\(",
    re.MULTILINE,
)


def test_nobody_goes_round_the_one_way_out():
    files = sorted(Path(dateline.__file__).parent.rglob("*.py"))
    found = [file.name for file in files if WAYS_OUT.search(file.read_text(encoding="utf-8"))]
    # The holder speaks to the operator's own nginx, a library asks the houses readers log in with,
    # letters go by the operator's mail server and come back to their mailbox: all at addresses of
    # the settings. What posts does so by the connections of fetch.
    of_settings = ["holder.py", "houses.py", "imap.py", "pop.py", "signing.py", "smtp.py"]
    assert sorted(found) == sorted(["fetch.py", "posting.py", *of_settings])
