"""What the reader's templates can say beside Django's own tags: times, and parts that are kept.

A page is mostly furniture and times that other pages show too. Both are made of plain frozen
values, so that the same values always give the same HTML, and it need not be made again.
"""

import json
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext

from dateline.reader.dates import day_with_weekday
from dateline.reader.inline import PREFERRED

register = template.Library()
MOST_KEPT = 1024


@register.simple_tag
def preferred_script() -> SafeString:
    """Put the reader's own settings in force before anything is painted."""
    return SafeString(f"<script>{PREFERRED}</script>")


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """Show a time with its day, in the language and zone of the page."""
    return _moment(at, timezone.get_current_timezone_name(), get_language())


@register.simple_tag
def fixed_moment(at: datetime) -> SafeString:
    """Show a time with its day where a sentence tells it, which "4 min" would not end."""
    return _time(at, timezone.get_current_timezone_name(), get_language())


@register.simple_tag
def hour(at: datetime) -> SafeString:
    """Show a time of a day that a heading names already."""
    return _hour(at, timezone.get_current_timezone_name(), get_language())


@register.simple_tag
def day(at: datetime) -> str:
    """Name a day with its weekday, as headings of lists do."""
    return _day(timezone.localtime(at).date(), get_language())


@register.simple_tag
def day_of_year(at: datetime) -> str:
    """Name a day with its weekday where a heading names the year already."""
    return _day_of_year(timezone.localtime(at).date(), get_language())


@lru_cache(maxsize=4096)
def _day_of_year(on: date, _language: str | None) -> str:
    return day_with_weekday(on, has_year=False)


@lru_cache(maxsize=4096)
def _day(on: date, _language: str | None) -> str:
    return day_with_weekday(on)


@lru_cache(maxsize=4096)
def _moment(at: datetime, zone: str, language: str | None) -> SafeString:
    return format_html("<relative-time>{}</relative-time>", _time(at, zone, language))


@lru_cache(maxsize=4096)
def _time(at: datetime, _zone: str, _language: str | None) -> SafeString:
    local = timezone.localtime(at)
    words = {
        "day": date_format(local, "DATE_FORMAT"),
        "hour": f"{local:%H:%M} {zone_beside(local)}",
    }
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(),
        _in_full(local),
        gettext("%(day)s, %(hour)s") % words,
    )


@lru_cache(maxsize=4096)
def _hour(at: datetime, _zone: str, _language: str | None) -> SafeString:
    local = timezone.localtime(at)
    return format_html(
        '<relative-time class="when"><time datetime="{}" title="{}">{}</time></relative-time>',
        local.isoformat(),
        _in_full(local),
        f"{local:%H:%M}",
    )


@register.simple_tag
def new_stories() -> str:
    """Say for each plural form of the language how many new stories there are, as JSON."""
    return _in_each_form(get_language() or "", _new_stories)


@register.simple_tag
def unread_stories() -> str:
    """Say for each plural form of the language how many stories are unread, as JSON."""
    return _in_each_form(get_language() or "", _unread_stories)


@register.simple_tag
def new_messages() -> str:
    """Say for each plural form of the language how many new messages there are, as JSON."""
    return _in_each_form(get_language() or "", _new_messages)


@register.simple_tag
def all_messages() -> str:
    """Say for each plural form of the language how many messages there are, as JSON."""
    return _in_each_form(get_language() or "", _all_messages)


@register.simple_tag
def unread_messages() -> str:
    """Say for each plural form of the language how many messages are unread, as JSON."""
    return _in_each_form(get_language() or "", _unread_messages)


@register.simple_tag
def unread_notices() -> str:
    """Say for each plural form how many replies and mentions are unread, as JSON."""
    return _in_each_form(get_language() or "", _unread_notices)


@register.simple_tag
def paragraph_messages() -> str:
    """Say for each plural form how many messages are about a paragraph, as JSON."""
    return _in_each_form(get_language() or "", _paragraph_messages)


@register.simple_tag
def present_readers() -> str:
    """Say for each plural form of the language how many readers are there, as JSON."""
    return _in_each_form(get_language() or "", _present_readers)


def _new_messages(number: int) -> str:
    return ngettext("{n} new message", "{n} new messages", number)


def _all_messages(number: int) -> str:
    return ngettext("{n} message", "{n} messages", number)


def _unread_messages(number: int) -> str:
    return ngettext("{n} unread message", "{n} unread messages", number)


def _unread_notices(number: int) -> str:
    return ngettext("{n} unread reply or mention", "{n} unread replies and mentions", number)


def _paragraph_messages(number: int) -> str:
    return ngettext("{n} message about this paragraph", "{n} messages about this paragraph", number)


def _present_readers(number: int) -> str:
    return ngettext("{n} reader here", "{n} readers here", number)


def _new_stories(number: int) -> str:
    return ngettext("{n} new story", "{n} new stories", number)


def _unread_stories(number: int) -> str:
    return ngettext("{n} unread story", "{n} unread stories", number)


# A number of each plural form, by its name in CLDR, where there are more than two.
_FORMS = {
    "ar": {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100},
    "ru": {"one": 1, "few": 2, "many": 5, "other": 5},
}


@lru_cache(maxsize=64)
def _in_each_form(language: str, say: Callable[[int], str]) -> str:
    numbers = _FORMS.get(language, {"one": 1, "other": 2})
    return json.dumps({form: say(n) for form, n in numbers.items()}, ensure_ascii=False)


def _in_full(local: datetime) -> str:
    return f"{date_format(local, 'DATETIME_FORMAT')} {zone_beside(local)}"


@register.filter(expects_localtime=True)
def zone_beside(local: datetime) -> str:
    """Name a time's zone, such as +04, whose sign would else go behind it from right to left.

    It is kept together by Unicode's own marks, which stay where tags cannot: in a `title`, and in
    words that a script puts back.
    """
    return f"\u2066{local:%Z}\u2069" if get_language_bidi() else f"{local:%Z}"


@register.tag
def keep(parser: Parser, token: Token) -> "Kept":
    """Keep a part's HTML for the values it is made of: `{% keep page.edition %}…{% endkeep %}`.

    The values must be hashable and name everything that the part shows.
    """
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodes = parser.parse(("endkeep",))
    parser.delete_first_token()
    return Kept(nodes, values)


class Kept(template.Node):
    """A part of a template that is rendered once for the values it is made of."""

    def __init__(self, nodelist: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self._values = values
        self._kept: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """Return the kept HTML, rendered now if these values are new."""
        values = [value.resolve(context) for value in self._values]
        key = (get_language(), timezone.get_current_timezone_name(), *values)
        html = self._kept.get(key)
        if html is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            html = self._kept[key] = SafeString(self.nodelist.render(context))
        return html
