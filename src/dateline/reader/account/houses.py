"""To another house and back: the two addresses by which OpenID Connect is spoken.

Imported only where the settings name a house.
"""

from collections.abc import Callable

import structlog
from allauth.socialaccount.internal.statekit import get_states
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path
from requests import RequestException

from dateline.common.client import client_address
from dateline.people.logins import Try, begin
from dateline.reader.account.coming import trouble
from dateline.reader.account.limits import refused
from dateline.reader.account.shell import account_page, back_to, lead
from dateline.reader.account.vouching import Asking

log = structlog.get_logger()
Talk = Callable[[HttpRequest, Asking, str], HttpResponse]


def _with_house(talk: Talk) -> Callable[..., HttpResponseBase]:
    """Give a view the house of its address; one that does not answer is said to be silent."""

    @account_page
    def view(request: HttpRequest, provider_id: str) -> HttpResponse:
        back = back_to(request) or _begun_from(request)
        asking = Asking(request, provider_id)
        try:
            name = asking.get_provider().app.name
        except SocialApp.DoesNotExist:
            raise Http404 from None
        if request.user.is_authenticated:
            return HttpResponseRedirect(back) if back else lead("account")
        try:
            return talk(request, asking, back)
        # The library reads what the house tells without asking whether it is all there.
        except (RequestException, OAuth2Error, KeyError, TypeError, ValueError) as error:
            log.warning("house-is-silent", house=provider_id, why=repr(error))
            return trouble(request, "silent", name, back)

    return view


def _begun_from(request: HttpRequest) -> str:
    """Return where the reader began what a house answers; looking uses nothing up."""
    begun = get_states(request).get(request.GET.get("state", ""))
    return (begun[0].get("next") or "") if begun else ""


@_with_house
def ask(request: HttpRequest, asking: Asking, back: str) -> HttpResponse:
    """Lead to a house; `back` is where the reader will be in the end."""
    if request.method != "POST":
        return lead("account_login", back)
    address = client_address(request)
    wait = begin(Try(f"house {asking.provider_id} from {address}", address))
    if wait:
        return refused(request, wait)
    there: HttpResponse = asking.get_provider().redirect(request, process="login", next_url=back)
    return there


@_with_house
def answer(request: HttpRequest, asking: Asking, back: str) -> HttpResponse:
    """Take a house's answer."""
    came: HttpResponse = OAuth2CallbackView.adapter_view(asking)(request)
    return came


urlpatterns = [
    path("with/<slug:provider_id>/", ask, name="openid_connect_login"),
    path("with/<slug:provider_id>/answer/", answer, name="openid_connect_callback"),
]
