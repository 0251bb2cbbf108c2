"""Behind a proxy that speaks https, by the site's own address alone."""

import pytest

from dateline.config.settings_table import Settings


@pytest.mark.parametrize(
    ("base_url", "tls"), [("https://news.example", True), ("http://localhost:8000", False)]
)
def test_secure_cookies_and_hsts_follow_the_sites_address(base_url, tls):
    assert Settings(base_url=base_url).tls is tls


def test_hsts_is_sent_where_a_request_came_by_the_sites_scheme(client, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    answer = client.get("/-/live", secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in client.get("/-/live").headers
