"""What the newsroom's templates ask of the house."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail.rich_text import RichText

from dateline.common.html import Markup, for_readers
from dateline.newsroom.rights import holds
from dateline.stories.ownership import CHANGE, WRITE

register = template.Library()


@register.simple_tag
def newsroom_name() -> str:
    """Return the newsroom's name from the settings."""
    name: str = settings.DATELINE.name
    return name


@register.simple_tag(takes_context=True)
def leads_to(context: dict[str, Any], name: str) -> SafeString:
    """Return the attributes of a link to a screen, and whether it is the one that is open."""
    match = context["request"].resolver_match
    here = ' aria-current="page"' if match and match.url_name == name else ""
    return format_html('href="{}"{}', reverse(name), SafeString(here))


@register.simple_tag(takes_context=True)
def plain_menu(context: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the screens that somebody may enter, where Wagtail's menu never comes."""
    from dateline.newsroom.screens import SCREENS  # noqa: PLC0415 - the screens load templates

    request = context["request"]
    found = [screen for screen in SCREENS if holds(request, *screen.rights)]
    writes = holds(request, WRITE, CHANGE)
    desk = [(gettext("Desk"), reverse("desk"))] if writes else []
    ordered = sorted(found, key=lambda screen: screen.order)
    return desk + [(str(screen.label), reverse(screen.url_name)) for screen in ordered]


@register.filter
def shown(value: object) -> SafeString:
    """Return stored rich text, cleaned again on its way out."""
    source = value.source if isinstance(value, RichText) else str(value or "")
    return for_readers(Markup.BLOCK, source)
