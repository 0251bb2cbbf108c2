import asyncio

import pytest

from dateline.press.front import PressFront
from dateline.press.static import BRIEFLY, FOR_EVER, StaticFiles

from .parts import POLICY, Newsroom, corpus, store
from .test_front import ask


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "static"
    (root / "fonts").mkdir(parents=True)
    (root / "site.0f3a9c2b17de.css").write_text("p { margin: 0 }\n" * 100)
    (root / "site.css").write_text("p { margin: 0 }\n")
    (root / "fonts" / "news é.woff2").write_bytes(bytes(1000))
    (root / ".env").write_text("SECRET=1")
    (root / ".git").mkdir()
    (root / ".git" / "config").write_text("secret")
    (root / "big.bin").write_bytes(bytes(5000))
    (tmp_path / "outside.txt").write_text("secret")
    (root / "link.txt").symlink_to(tmp_path / "outside.txt")
    (root / "inside.txt").symlink_to(root / "site.css")
    return root


def served(tmp_path, folder, *asks):
    async def run():
        front = PressFront(
            Newsroom(), store(tmp_path), POLICY, static=StaticFiles(folder, max_bytes=4000)
        )
        replies = [await ask(front, target, **options) for target, options in asks]
        await front.stop()
        return front, replies

    return asyncio.run(run())


def test_files_are_served_from_memory(tmp_path, folder):
    target = "/static/site.0f3a9c2b17de.css"
    gzip = {"headers": [(b"accept-encoding", b"gzip")]}
    front, (first, again) = served(tmp_path, folder, (target, gzip), (target, gzip))
    assert (first.status, first.headers, first.body) == (again.status, again.headers, again.body)
    assert first.headers[b"content-type"] == b"text/css; charset=utf-8"
    assert first.headers[b"cache-control"] == FOR_EVER
    assert first.headers[b"content-encoding"] == b"gzip"
    assert first.headers[b"x-content-type-options"] == b"nosniff"
    assert front.app.renders == 0
    front.store.clear()
    assert list(front.store.pages) == [target]


def test_which_files_there_are(folder):
    files = StaticFiles(folder, max_bytes=4000)
    assert set(files._files) == {
        "/static/site.0f3a9c2b17de.css",
        "/static/site.css",
        "/static/fonts/news%20%C3%A9.woff2",
        "/static/inside.txt",
    }
    assert len(files) == 4


def test_a_name_without_a_hash_is_cached_briefly(tmp_path, folder):
    _, (reply, font) = served(
        tmp_path,
        folder,
        ("/static/site.css?v=1", {}),
        ("/static/fonts/news%20%C3%A9.woff2", {"method": "HEAD"}),
    )
    assert reply.headers[b"cache-control"] == BRIEFLY
    assert font.headers[b"content-type"] == b"font/woff2"
    assert (font.headers[b"content-length"], font.body) == (b"1000", b"")


def test_no_path_of_a_request_reaches_the_file_system(tmp_path, folder):
    paths = ["../outside.txt", ".env", ".git/config", "link.txt", "%2e%2e/outside.txt", "big.bin"]
    paths += [path for path in corpus("path_traversal")[:300] if path.isascii()]
    asks = [("/static/" + path.lstrip("/"), {}) for path in paths if "?" not in path]
    front, replies = served(tmp_path, folder, *asks)
    assert front.app.renders > 0
    assert all(b"secret" not in reply.body.lower() for reply in replies)
    assert all(key in front.static or page.keys for key, page in front.store.pages.items())
