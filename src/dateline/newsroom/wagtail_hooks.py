"""What the newsroom adds to Wagtail's screens and what it hides."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.widgets.button import ListingButton
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet

from dateline.common import clock
from dateline.newsroom import (
    alerts,
    chats,
    chats_rooms,
    imports,
    letters,
    live,
    newsletters,
    newsletters_issue,
    rundown,
)
from dateline.newsroom.viewsets import (
    EditionViewSet,
    PersonViewSet,
    SectionViewSet,
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
    return [SectionViewSet(), TopicViewSet(), PersonViewSet(), EditionViewSet()]


@hooks.register("register_admin_urls")
def rundown_addresses() -> list[URLPattern]:
    """Return the addresses of the Rundown."""
    return rundown.urlpatterns


@hooks.register("register_admin_menu_item")
def rundown_in_menu() -> MenuItem:
    """Show the Rundown to those who compose fronts."""
    return _RundownItem(
        _("Rundown"), reverse_lazy("rundowns"), name="rundown", icon_name="list-ol", order=110
    )


@hooks.register("register_admin_urls")
def live_addresses() -> list[URLPattern]:
    """Return the addresses of the Live screen."""
    return live.urlpatterns


@hooks.register("register_admin_menu_item")
def live_in_menu() -> MenuItem:
    """Show the Live screen to those who write live posts."""
    return _LiveItem(_("Live"), reverse_lazy("live"), name="live", icon_name="history", order=105)


@hooks.register("register_permissions")
def live_permissions() -> QuerySet[Permission]:
    """Let groups be given the rights to write, to publish and to lead live coverage."""
    names = ("add_livepost", "publish_livepost", "change_livestory")
    return Permission.objects.filter(content_type__app_label="live", codename__in=names)


@hooks.register("register_admin_urls")
def imports_addresses() -> list[URLPattern]:
    """Return the address of the list of imports."""
    return imports.urlpatterns


@hooks.register("register_admin_menu_item")
def imports_in_menu() -> MenuItem:
    """Show the imports to those who may see them."""
    return _ImportsItem(
        _("Imports"), reverse_lazy("imports"), name="imports", icon_name="download", order=230
    )


@hooks.register("register_admin_urls")
def alert_addresses() -> list[URLPattern]:
    """Return the addresses of the alerts."""
    return alerts.urlpatterns


@hooks.register("register_admin_menu_item")
def alerts_in_menu() -> MenuItem:
    """Show the alerts to those who may raise one."""
    return _AlertsItem(
        _("Alerts"), reverse_lazy("alerts"), name="alerts", icon_name="warning", order=120
    )


@hooks.register("register_admin_urls")
def letters_addresses() -> list[URLPattern]:
    """Return the addresses of the letters."""
    return letters.urlpatterns


@hooks.register("register_admin_menu_item")
def letters_in_menu() -> MenuItem:
    """Show the letters to those who publish."""
    return _LettersItem(
        _("Letters"), reverse_lazy("sendings"), name="letters", icon_name="mail", order=125
    )


@hooks.register("register_admin_urls")
def newsletters_addresses() -> list[URLPattern]:
    """Return the addresses of the newsletters."""
    return newsletters.urlpatterns


@hooks.register("register_admin_menu_item")
def newsletters_in_menu() -> MenuItem:
    """Show the newsletters to those who write."""
    return _NewslettersItem(
        _("Newsletters"),
        reverse_lazy("newsletters"),
        name="newsletters",
        icon_name="mail",
        order=123,
    )


@hooks.register("register_admin_urls")
def chats_addresses() -> list[URLPattern]:
    """Return the addresses of the moderators' screens."""
    return chats.urlpatterns


@hooks.register("register_admin_menu_item")
def chats_in_menu() -> MenuItem:
    """Show the chats to those who moderate them."""
    return _ChatsItem(
        _("Chats"), reverse_lazy("chats-desk"), name="chats", icon_name="comment", order=107
    )


@hooks.register("register_permissions")
def chats_permission() -> QuerySet[Permission]:
    """Let groups be given the right to moderate chats."""
    return Permission.objects.filter(content_type__app_label="chats", codename="moderate_chats")


class _ChatsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(chats_rooms.PERMISSION))


class _AlertsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(alerts.PERMISSION))


class _NewslettersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(newsletters_issue.MAKE))


class _LettersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(letters.PERMISSION))


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


class _LiveItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return live.may_enter(request)


class _ImportsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(imports.PERMISSION))


class _RundownItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(rundown.PERMISSION))


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
    """Dress Wagtail's screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/newsroom.css"))


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
