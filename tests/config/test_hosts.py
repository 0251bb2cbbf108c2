"""The site answers to the name in its public address without being told it twice."""

import pytest

from dateline.config.server import policy_of
from dateline.config.settings_table import Settings


@pytest.mark.parametrize(
    ("target", "key"),
    [
        (b"/world/?kind=analysis", "/world/?kind=analysis"),
        (b"/world/?kind=comet", None),
        (b"/?p=12&utm_source=x", "/?p=12"),
        (b"/world/?p=12", "/world/"),
    ],
)
def test_a_list_is_pressed_for_the_kinds_there_are_and_nothing_else(target, key):
    assert policy_of(Settings()).key_for(target) == key


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ("https://news.example", "news.example"),
        ("https://News.example:8443", "News.example"),
        ("http://[::1]:8000", "[::1]"),
    ],
)
def test_the_public_address_is_one_of_the_hosts(base_url, host):
    chosen = Settings(base_url=base_url, hosts=["localhost"])
    assert chosen.every_host == ["localhost", host]
    assert policy_of(chosen).hosts == {"localhost", host.lower()}
    assert policy_of(chosen).admits_host(base_url.split("//")[1].encode())
