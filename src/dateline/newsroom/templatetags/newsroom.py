"""What the newsroom's templates ask of the house."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def newsroom_name() -> str:
    """Return the newsroom's name from the settings."""
    name: str = settings.DATELINE.name
    return name
