from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from dateline.reader.templatetags.shown import MOST_KEPT

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def shown(text, **values):
    return Template(text).render(Context(values))


@pytest.mark.parametrize(
    ("language", "zone", "words", "hour"),
    [
        ("en", "UTC", "Nov. 24, 2026, 12:00 UTC", "12:00"),
        ("en", "Europe/Vienna", "Nov. 24, 2026, 13:00 CET", "13:00"),
        ("ru", "Europe/Helsinki", "24 ноября 2026 г., 14:00 EET", "14:00"),
    ],
)
def test_a_time_is_said_in_the_language_and_zone_of_the_page(language, zone, words, hour):
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        assert f">{words}</time>" in shown("{% moment at %}", at=NOON)
        assert f">{hour}</time>" in shown("{% hour at %}", at=NOON)
        assert shown("{% fixed_moment at %}", at=NOON).startswith("<time ")
        local = NOON.astimezone(ZoneInfo(zone)).isoformat()
        assert f'datetime="{local}"' in shown("{% moment at %}", at=NOON)


@pytest.mark.parametrize(
    ("language", "zone", "name"),
    [
        ("ar", "Asia/Dubai", "\u2066+04\u2069"),
        ("ar", "America/Lima", "\u2066-05\u2069"),
        ("ar", "Europe/Vienna", "\u2066CET\u2069"),
        ("en", "Asia/Dubai", "+04"),
    ],
)
def test_a_zones_sign_stands_before_it_where_words_run_from_right_to_left(language, zone, name):
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        hour = f"{NOON.astimezone(ZoneInfo(zone)):%H:%M}"
        page = shown("{% moment at %}", at=NOON)
        assert page.count(f"{hour} {name}<") == page.count(f'{hour} {name}"') == 1
        assert shown("{{ at|zone_beside }}", at=NOON) == name


def test_a_kept_part_is_rendered_once_for_its_values():
    asked = []
    template = Template("{% keep name %}{{ name }}{{ told }}{% endkeep %}")

    def render(name):
        return template.render(Context({"name": name, "told": lambda: asked.append(name) or ""}))

    assert [render("<a>"), render("b"), render("<a>")] == ["&lt;a&gt;", "b", "&lt;a&gt;"]
    assert asked == ["<a>", "b"]


def test_a_kept_part_is_made_anew_in_another_language():
    template = Template("{% load i18n %}{% keep %}{% translate 'Archive' %}{% endkeep %}")
    found = []
    for language in ("en", "ru", "en"):
        with translation.override(language):
            found.append(template.render(Context({})))
    assert found == ["Archive", "Архив", "Archive"]


def test_what_is_kept_has_a_limit():
    template = Template("{% keep n %}{{ n }}{% endkeep %}")
    for number in range(2500):
        assert template.render(Context({"n": number})) == str(number)
    [node] = template.nodelist
    assert len(node._kept) <= MOST_KEPT
