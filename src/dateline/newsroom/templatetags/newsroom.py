"""What the newsroom's templates ask of the house."""

from django import template
from django.conf import settings
from django.utils.safestring import SafeString
from wagtail.rich_text import RichText

from dateline.common.html import Markup, for_readers

register = template.Library()


@register.simple_tag
def newsroom_name() -> str:
    """Return the newsroom's name from the settings."""
    name: str = settings.DATELINE.name
    return name


@register.filter
def shown(value: object) -> SafeString:
    """Return stored rich text, cleaned again on its way out."""
    source = value.source if isinstance(value, RichText) else str(value or "")
    return for_readers(Markup.BLOCK, source)
