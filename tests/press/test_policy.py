import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.press.policy import FORWARDED, MAX_TARGET

from .parts import POLICY, corpus


@pytest.mark.parametrize(
    ("target", "key"),
    [
        (b"/", "/"),
        (b"/20261124/bridge-12.html", "/20261124/bridge-12.html"),
        (b"/world/?", "/world/"),
        (b"/%77orld/", "/world/"),
        (b"/caf%c3%a9/", "/caf%C3%A9/"),
        (b"/a%20b", "/a%20b"),
        (b"/a%3Fb", "/a%3Fb"),
        (b"/a%3fb%23", "/a%3Fb%23"),
        (b"/~x;v=1,2(3)", "/~x;v=1,2(3)"),
        (b"/a?utm_source=mail&fbclid=1&x[]=%ff", "/a"),
        (b"/world/?utm_source=mail&page=2", "/world/?page=2"),
        (b"/world/?page=2&kind=live", "/world/?kind=live&page=2"),
        (b"/world/?%70age=%32", "/world/?page=2"),
        (b"/elsewhere/?page=2", "/elsewhere/"),
        (b"/search/?q=two+words", "/search/?q=two%20words"),
        (b"/search/?q=%26page%3D2", "/search/?q=%26page%3D2"),
        (b"/world/?page=2;kind=live", None),
        (b"/world/?page=0", None),
        (b"/world/?page=", None),
        (b"/world/?page=2&page=3", None),
        (b"/search/?q=%ff", None),
        (b"", None),
        (b"*", None),
        (b"world", None),
        (b"http://evil.example/world/", None),
        (b"//evil.example/", None),
        (b"/a//b", None),
        (b"/a/../b", None),
        (b"/a/..", None),
        (b"/a/./b", None),
        (b"/a/%2e%2E/b", None),
        (b"/a%2fb", None),
        (b"/a%5cb", None),
        (b"/a\\b", None),
        (b"/a%00", None),
        (b"/a%0d%0ab", None),
        (b"/a%7f", None),
        (b"/%ff", None),
        (b"/%c0%ae%c0%ae/", None),
        (b"/%", None),
        (b"/%zz", None),
        (b"/a b", None),
        (b"/caf\xc3\xa9", None),
        (b"/" + b"a" * MAX_TARGET, None),
        (b"/newsroom", None),
        (b"/newsroom/", None),
        (b"/NewsRoom/x", None),
        (b"/%6eewsroom/x", None),
        (b"/newsroomy", "/newsroomy"),
        (b"/me", None),
        (b"/me/unread", None),
        (b"/media/a.jpg", "/media/a.jpg"),
    ],
)
def test_the_address_a_target_is_pressed_under(target, key):
    assert POLICY.key_for(target) == key


@given(
    st.one_of(
        st.binary(max_size=40).map(lambda tail: b"/" + tail),
        st.from_regex(rb"\A(/[a-c.%~]{0,4}|%[0-9a-f]{2}){1,5}(\?(page|q|z)=[0-9a%+]{0,4}&?)?\Z"),
        st.text(max_size=20).map(lambda text: b"/search/?q=" + text.encode("utf-8", "ignore")),
    )
)
def test_an_address_is_its_own_address(target):
    key = POLICY.key_for(target)
    if key is not None:
        assert POLICY.key_for(key.encode("ascii")) == key
        scope = POLICY.render_scope(key)
        assert ".." not in scope["path"].split("/")
        assert not any(ord(char) < 32 for char in scope["path"])


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        (b"news.example", True),
        (b"NEWS.example:8000", True),
        (b"www.news.example.", True),
        (b"127.0.0.1:80", True),
        (b"evil.example", False),
        (b"news.example.evil.example", False),
        (b"news.example:99999", False),
        (b"news.example:80:80", False),
        (b"news.example@evil.example", False),
        (b"evil.example/news.example", False),
        (b"news.example evil.example", False),
        (b"news.example,evil.example", False),
        (b"news.example\x00", False),
        (b"[::1]", False),
        (b"", False),
        (None, False),
    ],
)
def test_which_hosts_are_ours(host, ours):
    assert POLICY.admits_host(host) is ours
    assert POLICY.admits_host(host) is ours


def test_hosts_remembered_are_bounded():
    for port in range(1, 9000):
        POLICY.admits_host(b"news.example:%d" % port)
    assert len(POLICY.hosts_admitted) <= 256


def test_a_render_knows_the_address_and_nothing_of_the_reader():
    scope = POLICY.render_scope("/caf%C3%A9/?page=2")
    assert scope == {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "https",
        "path": "/café/",
        "raw_path": b"/caf%C3%A9/",
        "query_string": b"page=2",
        "root_path": "",
        "headers": [(b"host", b"news.example")],
        "client": None,
        "server": ("news.example", 443),
        "dateline.press": True,
    }


def test_forwarded_headers_are_not_believed_unless_trusted():
    headers = [(name, b"evil.example") for name in sorted(FORWARDED)]
    mine = [(b"cookie", b"a=b"), (b"accept", b"*/*")]
    assert POLICY.passed_headers([*headers, (b"x_forwarded_host", b"x"), *mine]) == mine


def test_no_odd_path_of_the_corpus_is_pressed_as_something_else():
    pressed = 0
    for payload in corpus("path_traversal"):
        target = b"/" + payload.encode("utf-8", "surrogatepass").lstrip(b"/")
        key = POLICY.key_for(target)
        if key is None:
            continue
        pressed += 1
        path = POLICY.render_scope(key)["path"]
        assert "/../" not in path + "/"
        assert "\\" not in path
        assert "\0" not in path
        assert not path.startswith("//")
    assert pressed > 0


def test_no_line_break_of_the_corpus_reaches_a_render():
    for payload in corpus("crlf_smuggling") + corpus("cache_poison"):
        for target in (payload, "/" + payload, "/?q=" + payload, "/search/?q=" + payload):
            key = POLICY.key_for(target.encode("utf-8", "surrogatepass"))
            if key is not None:
                scope = POLICY.render_scope(key)
                sent = scope["raw_path"] + scope["query_string"] + scope["path"].encode()
                assert not set(sent) & {0, 10, 13}
