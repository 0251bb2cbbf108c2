import gzip

import brotli
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.press.negotiate import accepted, knows, piece
from dateline.press.page import QUICKLY_CODED, Asked, Pressing, press

from .parts import HTML, TEXT, page


def lines(head):
    assert head.endswith(b"\r\n")
    return dict(line.split(b": ", 1) for line in head.split(b"\r\n")[:-1])


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (None, ("identity",)),
        (b"", ("identity",)),
        (b"gzip", ("gzip", "identity")),
        (b"x-gzip", ("gzip", "identity")),
        (b"gzip, deflate, br, zstd", ("br", "gzip", "identity")),
        (b"GZIP;Q=0.5 , BR ; q=0.4", ("gzip", "br", "identity")),
        (b"br;q=0, gzip", ("gzip", "identity")),
        (b"br;q=0.000, *", ("gzip", "identity")),
        (b"*", ("br", "gzip", "identity")),
        (b"*;q=0", ("identity",)),
        (b"*;q=0, gzip", ("gzip", "identity")),
        (b"identity", ("identity",)),
        (b"identity;q=0.5, gzip;q=0.4, br;q=0.9", ("br", "identity")),
        (b"identity;q=0, gzip", ("gzip", "identity")),
        (b"gzip;q=2", ("identity",)),
        (b"gzip;q=", ("identity",)),
        (b"gzip;level=9", ("identity",)),
        (b"gzip\xff,br", ("br", "identity")),
        (b"br," * 1000, ("identity",)),
    ],
)
def test_accept_encoding(raw, wanted):
    assert accepted(raw) == wanted


WEIGHTS = st.sampled_from(
    ["", ";q=0", ";q=0.0", ";q=0.001", ";q=0.5", ";q=1", ";q=1.000", "; q=.3"]
)
NAMES = st.sampled_from(["br", "gzip", "x-gzip", "identity", "*", "zstd", "deflate", "GZIP", "Br"])


@given(st.lists(st.tuples(NAMES, WEIGHTS), max_size=6))
@example([])
def test_what_is_refused_is_never_chosen(members):
    raw = " ,\t".join(name + weight for name, weight in members).encode()
    got = accepted(raw)
    assert got[-1] == "identity"
    assert len(set(got)) == len(got)
    named = {}
    for name, weight in members:
        if weight != "; q=.3":
            named[name.lower().removeprefix("x-")] = float(weight[3:] or 1)
    weight_of = {name: named.get(name, named.get("*", 0.0)) for name in ("br", "gzip")}
    assert all(weight_of[name] > 0 for name in got[:-1])
    assert all(weight_of[name] >= named.get("identity", 0.0) for name in got[:-1])
    weights = [weight_of[name] for name in got[:-1]]
    assert weights == sorted(weights, reverse=True)


@given(st.binary(max_size=60))
def test_any_bytes_are_an_accept_encoding_of_some_kind(raw):
    assert set(accepted(raw)) <= {"br", "gzip", "identity"}


@pytest.mark.parametrize(
    ("raw", "known"),
    [
        (b'"a-gz"', True),
        (b'W/"a-gz"', True),
        (b'"b", W/"a-gz" , "c"', True),
        (b"*", True),
        (b'"a"', False),
        (b'"a-br"', False),
        (b"a-gz", False),
        (b'x"a-gz"', False),
        (b'"b"a-gz"', False),
        (b'""a-gz""', False),
        (b"", False),
        (b'"b",' * 2000 + b'"a-gz"', False),
    ],
)
def test_if_none_match(raw, known):
    assert knows(raw, b'"a-gz"') is known


@given(
    st.lists(st.from_regex(rb"\A(W/)?\"[a-c]{0,3}\"\Z"), max_size=5),
    st.sampled_from([b'"a"', b'"bc"']),
)
def test_if_none_match_lists(tags, etag):
    assert knows(b", ".join(tags), etag) is any(tag.removeprefix(b"W/") == etag for tag in tags)


@given(
    st.integers(0, 50),
    st.one_of(st.none(), st.integers(0, 60)),
    st.one_of(st.none(), st.integers(0, 60)),
)
def test_one_range_cuts_as_a_slice_would(size, first, last):
    raw = f"bytes={'' if first is None else first}-{'' if last is None else last}".encode()
    body = bytes(range(size))
    got = piece(raw, size)
    if first is None and last is None:
        assert got is None
    elif first is None:
        assert body[slice(*got)] == (body[-last:] if last else b"")
    elif last is not None and last < first:
        assert got is None
    else:
        assert body[slice(*got)] == body[first : None if last is None else last + 1]


@pytest.mark.parametrize(
    "raw", [b"bytes=0-1,3-4", b"lines=0-1", b"bytes 0-1", b"bytes=a-", b"bytes=0-" + b"9" * 30, b""]
)
def test_what_is_not_one_range_is_ignored(raw):
    assert piece(raw, 100) is None


def test_every_encoding_holds_the_page_and_its_own_strong_etag():
    pressed = page()
    plain, coded, small = (pressed.pick(raw) for raw in (None, b"gzip", b"br"))
    assert (plain.body, gzip.decompress(coded.body), brotli.decompress(small.body)) == (TEXT,) * 3
    assert len({variant.etag for variant in pressed.variants.values()}) == 3
    assert all(variant.etag.startswith(b'"') for variant in pressed.variants.values())
    assert page().pick(b"br").etag == small.etag
    assert page(body=TEXT + b".").pick(b"br").etag != small.etag
    assert pressed.pick(b"gzip") is coded


def test_a_page_says_what_it_is():
    pressed = page(keys=("story:12", "front:en"), headers=[(b"content-language", b"en")])
    variant = pressed.pick(b"gzip")
    assert lines(variant.head) == {
        b"vary": b"Accept-Encoding",
        b"accept-ranges": b"bytes",
        b"cache-control": b"public, max-age=0, must-revalidate, stale-if-error=86400",
        b"dateline-journal": b"7",
        b"cache-tag": b"front:en,story:12",
        b"etag": variant.etag,
        b"content-type": b"text/html; charset=utf-8",
        b"content-language": b"en",
        b"content-encoding": b"gzip",
        b"content-length": b"%d" % len(variant.body),
    }
    assert pressed.journal == 7


def test_only_listed_headers_are_passed_on():
    pressed = page(
        headers=[
            (b"content-security-policy", b"default-src 'self'"),
            (b"x-secret", b"1"),
            (b"vary", b"Cookie"),
            (b"content-length", b"1"),
            (b"cache-control", b"public, max-age=60"),
        ]
    )
    head = lines(pressed.pick(None).head)
    assert head[b"content-security-policy"] == b"default-src 'self'"
    assert head[b"vary"] == b"Accept-Encoding"
    assert head[b"cache-control"] == b"public, max-age=60"
    assert b"x-secret" not in head
    assert lines(pressed.pick(None).head_unchanged)[b"content-security-policy"]


@pytest.mark.parametrize("value", [b"a\r\nset-cookie: x", b"a\nb", b"a\0b"])
def test_a_header_with_a_line_break_is_refused(value):
    with pytest.raises(ValueError, match="control character"):
        page(headers=[(b"content-security-policy", value)])


def encodings(pressed):
    pressed.make_all()
    return set(pressed.variants)


def test_an_encoding_is_made_when_it_is_first_asked_for():
    pressed = page()
    assert set(pressed.variants) == {"identity"}
    assert pressed.pick(b"gzip, deflate, br") is pressed.variants["br"]
    assert set(pressed.variants) == {"identity", "br"}
    assert pressed.pick(b"gzip, br") is pressed.variants["br"]
    assert pressed.pick(b"gzip") is pressed.variants["gzip"]


def test_a_long_page_has_every_encoding_at_once():
    pressed = page(body=b"long " * QUICKLY_CODED)
    assert (set(pressed.variants), pressed.unmade) == ({"identity", "gzip", "br"}, {})


def test_small_bodies_and_pictures_are_not_coded():
    picture, drawing = ([(b"content-type", kind)] for kind in (b"image/png", b"image/svg+xml"))
    assert encodings(page(body=b"x" * 255)) == {"identity"}
    assert encodings(press(TEXT, picture, ["a"])) == {"identity"}
    assert encodings(press(TEXT, drawing, ["a"])) == {"identity", "gzip", "br"}


def test_a_coding_that_makes_it_longer_is_left_out():
    noise = bytes(range(256)) * 2
    pressed = press(noise[:300], [HTML], ["a"])
    assert encodings(pressed) <= {"identity", "br", "gzip"}
    assert all(len(v.body) <= 300 for v in pressed.variants.values())
    assert pressed.pick(b"br").body in {v.body for v in pressed.variants.values()}


def test_keys_can_be_kept_from_the_wire():
    pressed = press(TEXT, [HTML], ["a"], Pressing(show_keys=False, cache_control="no-cache"))
    head = lines(pressed.pick(None).head)
    assert b"cache-tag" not in head
    assert head[b"cache-control"] == b"no-cache"


def test_a_reader_who_has_it_gets_304_for_that_encoding_only():
    pressed = page()
    coded = pressed.pick(b"gzip")
    asked = Asked(accept_encoding=b"gzip", if_none_match=coded.etag)
    assert pressed.answer(asked) == (304, coded.head_unchanged, b"")
    other = Asked(accept_encoding=b"br", if_none_match=coded.etag)
    assert pressed.answer(other).status == 200


def test_head_has_the_length_and_no_body():
    pressed = page()
    assert pressed.answer(Asked(head=True)) == (200, pressed.pick(None).head, b"")


def test_a_range_is_cut_from_the_uncoded_page():
    pressed = page()
    answer = pressed.answer(Asked(accept_encoding=b"br", range=b"bytes=10-19"))
    head = lines(answer.head)
    assert (answer.status, answer.body) == (206, TEXT[10:20])
    assert head[b"content-range"] == b"bytes 10-19/%d" % len(TEXT)
    assert head[b"content-length"] == b"10"
    assert head[b"etag"] == pressed.pick(None).etag
    assert b"content-encoding" not in head


def test_a_range_past_the_end_is_416():
    answer = page().answer(Asked(range=b"bytes=999999-"))
    assert (answer.status, answer.body) == (416, b"")
    assert lines(answer.head)[b"content-range"] == b"bytes */%d" % len(TEXT)


def test_if_range_compares_strongly():
    pressed = page()
    etag = pressed.pick(None).etag
    ranged = {"range": b"bytes=0-0"}
    assert pressed.answer(Asked(**ranged, if_range=etag)).status == 206
    assert pressed.answer(Asked(**ranged, if_range=b"W/" + etag)).status == 200
    assert pressed.answer(Asked(**ranged, if_range=b'"other"')).status == 200
    assert pressed.answer(Asked(**ranged, if_range=b"Fri, 01 Jan 2027 00:00:00 GMT")).status == 200
    assert pressed.answer(Asked(**ranged, if_none_match=etag)).status == 304
    assert pressed.answer(Asked(**ranged, head=True)).status == 200
    assert pressed.answer(Asked(range=b"bytes=0-1,4-5")).status == 200


def test_what_is_remembered_per_page_is_bounded():
    pressed = page()
    for n in range(100):
        assert pressed.pick(b"gzip;q=0.%d" % (n + 1)) is pressed.variants["gzip"]
    assert len(pressed.picked) == 16
