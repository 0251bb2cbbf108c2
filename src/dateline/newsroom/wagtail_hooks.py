"""What the newsroom adds to Wagtail's screens and what it hides."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, reverse_lazy
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.search import SearchArea
from wagtail.admin.widgets.button import ListingButton
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet

from dateline.common import clock
from dateline.newsroom import alerts
from dateline.newsroom.screens import SCREENS
from dateline.newsroom.viewsets import (
    EditionViewSet,
    PersonViewSet,
    SectionViewSet,
    StorylineViewSet,
    StoryViewSet,
    TopicViewSet,
)
from dateline.stories.models import Story

register_snippet(StoryViewSet)

_NEWS = timedelta(days=1)

# Wagtail's page tree is not used: stories, sections and editions are models of their own.
_HIDDEN = {"explorer", "documents", "help", "redirects", "snippets"}
_RENAMED = {"images": _("Pictures")}


@hooks.register("register_admin_viewset")
def our_screens() -> list[Any]:
    """Return the screens around the Desk."""
    return [
        SectionViewSet(),
        StorylineViewSet(),
        TopicViewSet(),
        PersonViewSet(),
        EditionViewSet(),
    ]


@hooks.register("register_admin_urls")
def our_addresses() -> list[URLPattern]:
    """Return the addresses of all screens that are no snippets."""
    return [address for screen in SCREENS for address in screen.addresses]


for screen in SCREENS:
    hooks.register("register_admin_menu_item", screen.item)


@hooks.register("register_permissions")
def live_permissions() -> QuerySet[Permission]:
    """Let groups be given the rights to write, to publish and to lead live coverage."""
    names = ("add_livepost", "publish_livepost", "change_livestory")
    return Permission.objects.filter(content_type__app_label="live", codename__in=names)


@hooks.register("register_permissions")
def chats_permission() -> QuerySet[Permission]:
    """Let groups be given the right to moderate chats."""
    return Permission.objects.filter(content_type__app_label="chats", codename="moderate_chats")


def _is_news(story: Story) -> bool:
    published = story.published_at if story.live else None
    return published is not None and clock.now() - published < _NEWS


@hooks.register("register_snippet_listing_buttons")
def alert_in_list(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[ListingButton]:
    """Offer an alert for each story of the Desk that is still news."""
    if isinstance(snippet, Story) and _is_news(snippet) and user.has_perm(alerts.PERMISSION):
        url = alerts.address_for(snippet)
        yield ListingButton(_("Alert readers"), url, icon_name="warning", priority=60)


@hooks.register("register_snippet_action_menu_item")
def alert_in_editor(model: type[Any]) -> ActionMenuItem | None:
    """Offer an alert for the story in the editor."""
    return _AlertAction(order=60) if model is Story else None


class _AlertAction(ActionMenuItem):
    name = "alert-readers"
    label = _("Alert readers")
    icon_name = "warning"

    def is_shown(self, context: Any) -> bool:
        is_kept = context.get("instance") is not None
        return is_kept and bool(context["request"].user.has_perm(alerts.PERMISSION))

    def get_url(self, parent_context: Any) -> str:
        return alerts.address_for(parent_context["instance"])


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def ask_for_alert(request: HttpRequest, instance: Any) -> None:
    """Ask whether readers are to be alerted of an urgent story that was just published."""
    if isinstance(instance, Story):
        alerts.offer_alert(request, instance)


@hooks.register("register_permissions")
def letters_permissions() -> QuerySet[Permission]:
    """Let groups be given the rights to make newsletters, and to send and stop letters."""
    names = ("change_issue", "change_sending")
    return Permission.objects.filter(content_type__app_label="subscriptions", codename__in=names)


@hooks.register("register_permissions")
def imports_permission() -> QuerySet[Permission]:
    """Let groups be given the right to read what imports came to."""
    return Permission.objects.filter(content_type__app_label="archive", codename="view_importrun")


@hooks.register("register_permissions")
def rundown_permission() -> QuerySet[Permission]:
    """Let groups be given the right to compose fronts."""
    return Permission.objects.filter(content_type__app_label="fronts", codename="change_front")


@hooks.register("construct_main_menu")
def hide_unused(request: HttpRequest, menu_items: list[Any]) -> None:
    """Leave out of the menu what this product does not use, and use its own words."""
    menu_items[:] = [item for item in menu_items if item.name not in _HIDDEN]
    for item in menu_items:
        item.label = _RENAMED.get(item.name, item.label)


@hooks.register("construct_homepage_summary_items")
def no_page_counts(request: HttpRequest, summary_items: list[Any]) -> None:
    """Count no pages: there are none."""
    summary_items.clear()


@hooks.register("insert_global_admin_css")
def our_style() -> SafeString:
    """Dress Wagtail's screens; what stands on some of ours alone, these load themselves."""
    sheets = ((static(f"newsroom/{name}.css"),) for name in ("newsroom", "mark", "notices"))
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("register_admin_search_area")
def search_stories() -> SearchArea:
    """Have the search in the menu look for stories."""
    return SearchArea(
        label=_("Stories"),
        url=reverse_lazy("wagtailsnippets_stories_story:list"),
        name="stories",
        icon_name="doc-full-inverse",
        order=50,
    )


@hooks.register("construct_search")
def hide_page_search(request: HttpRequest, search_areas: list[Any]) -> None:
    """Offer no search for pages or documents: there are none."""
    search_areas[:] = [area for area in search_areas if area.name not in {"pages", "documents"}]
