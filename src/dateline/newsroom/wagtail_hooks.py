"""What the newsroom adds to Wagtail's screens and what it hides."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from dateline.newsroom.viewsets import (
    EditionViewSet,
    PersonViewSet,
    SectionViewSet,
    StoryViewSet,
    TopicViewSet,
)

register_snippet(StoryViewSet)

# Wagtail's page tree is not used: stories, sections and editions are models of their own.
_HIDDEN = {"explorer", "documents", "help", "redirects", "snippets"}


@hooks.register("register_admin_viewset")
def our_screens() -> list[Any]:
    """Return the screens around the Desk."""
    return [SectionViewSet(), TopicViewSet(), PersonViewSet(), EditionViewSet()]


@hooks.register("construct_main_menu")
def hide_unused(request: HttpRequest, menu_items: list[Any]) -> None:
    """Leave out of the menu what this product does not use."""
    menu_items[:] = [item for item in menu_items if item.name not in _HIDDEN]
