"""The screens of ours beside Wagtail's: their addresses, and who finds them in the menu."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from dateline.chats.moderation_queries import hot_chats
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
        url = reverse_lazy(self.url_name)
        made = _Item(self.label, url, name=self.name, icon_name=self.icon, order=self.order)
        made.rights, made.alarm = self.rights, self.alarm
        return made


class _Item(MenuItem):
    rights: tuple[str, ...] = ()
    alarm: Callable[[], int] = staticmethod(lambda: 0)

    def render_component(self, request: HttpRequest) -> Any:
        shown = super().render_component(request)
        if alarms := self.alarm():
            shown.label = f"{self.label} ({alarms})"
        return shown

    def is_shown(self, request: HttpRequest) -> bool:
        return holds(request, *self.rights)


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
    Screen("live", _("Live"), "live", "history", 105, live.ENTER, live.urlpatterns),
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
        "mail",
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
        lambda: len(hot_chats(clock.now())),
    ),
)
