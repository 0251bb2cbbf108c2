"""The newsroom's addresses: Wagtail's, through our door and under a policy of their own."""

from collections.abc import Callable

from csp.decorators import csp
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from dateline.newsroom.account import Account
from dateline.newsroom.answers import session
from dateline.newsroom.door import door
from dateline.newsroom.links import LinkView
from dateline.newsroom.login import Login, Reset
from dateline.newsroom.rights import holds
from dateline.newsroom.screens import SCREENS
from dateline.stories.ownership import CHANGE, WRITE


def _desk(request: HttpRequest) -> HttpResponseBase:
    """Lead to the Desk, or to the first screen somebody has rights for; else to their account."""
    if not request.user.is_authenticated or holds(request, WRITE, CHANGE):
        return redirect("wagtailsnippets_stories_story:list")
    own = (one.url_name for one in SCREENS if holds(request, *one.rights))
    return redirect(next(own, "wagtailadmin_account"))


def _signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    guarded: Callable[..., HttpResponseBase] = never_cache(require_admin_access(view))
    return guarded


_OURS: list[URLPattern | URLResolver] = [
    path("session/", _signed_in(session), name="session"),
    path("login/", never_cache(Login.as_view()), name="wagtailadmin_login"),
    path("account/", _signed_in(Account.as_view()), name="wagtailadmin_account"),
    path("password_reset/", never_cache(Reset.as_view()), name="wagtailadmin_password_reset"),
    # The link button asks for a page first; there are none to choose from.
    path("choose-page/", _signed_in(LinkView.as_view()), name="wagtailadmin_choose_page"),
    path(
        "choose-external-link/",
        _signed_in(LinkView.as_view()),
        name="wagtailadmin_choose_page_external_link",
    ),
]
_with_slash = RedirectView.as_view(url=f"/{settings.DATELINE.staff_path}/%(rest)s/")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", _desk, name="desk"),
    *decorate_urlpatterns(
        decorate_urlpatterns([*_OURS, *wagtailadmin_urls.urlpatterns], door),
        csp(settings.STAFF_SECURITY_POLICY),
    ),
    re_path(r"^(?P<rest>.*[^/])$", _with_slash),
]
