"""The screens of ours beside Wagtail's: their addresses, and who finds them in the menu."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from dateline.chats.heat_queries import hot_lately
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
from dateline.newsroom.rights import holds


@dataclass(frozen=True, slots=True)
class Screen:
    """One item of the menu, for those who hold one of its rights; `order` is its place there.

    Shape: `alarm` counts what somebody should look at now; it stands beside the label.
    """

    name: str
    label: Any
    url_name: str
    icon: str
    order: int
    rights: tuple[str, ...]
    addresses: list[URLPattern]
    alarm: Callable[[], int] = lambda: 0

    def item(self) -> MenuItem:
        """Return the item as Wagtail wants it."""
        return _Item(self)


class _Item(MenuItem):
    def __init__(self, screen: Screen) -> None:
        url = reverse_lazy(screen.url_name)
        icon, order = screen.icon, screen.order
        super().__init__(screen.label, url, name=screen.name, icon_name=icon, order=order)
        self.screen = screen

    def is_shown(self, request: HttpRequest) -> bool:
        return holds(request, *self.screen.rights)

    def render_component(self, request: HttpRequest) -> Any:
        shown = super().render_component(request)
        if alarms := self.screen.alarm():
            shown.label = f"{self.label} ({alarms})"
        return shown


SCREENS = (
    Screen(
        "rundown",
        _("Rundown"),
        "rundowns",
        "list-ol",
        110,
        (rundown.PERMISSION,),
        rundown.urlpatterns,
    ),
    Screen("live", _("Live"), "live", "radio-full", 105, live.ENTER, live.urlpatterns),
    Screen(
        "imports",
        _("Imports"),
        "imports",
        "download",
        230,
        (imports.PERMISSION,),
        imports.urlpatterns,
    ),
    Screen(
        "alerts",
        _("Alerts"),
        "alerts",
        "warning",
        120,
        (alerts.PERMISSION,),
        alerts.urlpatterns,
    ),
    Screen(
        "letters",
        _("Letters"),
        "sendings",
        "mail",
        125,
        (letters.PERMISSION,),
        letters.urlpatterns,
    ),
    Screen(
        "newsletters",
        _("Newsletters"),
        "newsletters",
        "form",
        123,
        (newsletters_issue.MAKE,),
        newsletters.urlpatterns,
    ),
    Screen(
        "chats",
        _("Chats"),
        "chats-desk",
        "comment",
        107,
        (chats_rooms.PERMISSION,),
        chats.urlpatterns,
        lambda: len(hot_lately(clock.now())),
    ),
)
