"""How the library of logins (django-allauth) asks another house who somebody is.

Only what the house calls its subject is kept. What it says of a name, a picture or anything else is
read and forgotten.
"""

from typing import Any

import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from dateline.reader.account.coming import come_in, trouble

log = structlog.get_logger()


class Asking(OpenIDConnectOAuth2Adapter):
    """The conversation with a house: it is led back to the site's public address."""

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Return where the house sends the reader back to."""
        path = reverse("openid_connect_callback", kwargs={"provider_id": self.provider_id})
        return f"{settings.DATELINE.base_url}{path}"

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """Return what a token says, once its signature, issuer, audience and time are right."""
        told: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return told


class Provider(OpenIDConnectProvider):
    """A house of the settings table."""

    oauth2_adapter_class = Asking

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> Any:
        """Return who came; token and user info must speak of the same person."""
        token, person = response.get("id_token", {}), response.get("userinfo", {})
        if not token.get("sub") or token["sub"] != person.get("sub"):
            raise OAuth2Error("the token and the user info are not of one person")
        return super().sociallogin_from_response(request, response)

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keep nothing that a house tells beside the subject."""
        return {}


class Adapter(DefaultSocialAccountAdapter):
    """Knows the houses of the settings table alone, and hands on who comes from one."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Return the houses of that id; rows of the library's own are never read."""
        houses: list[dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        return [
            SocialApp(provider="openid_connect", **house)
            for house in houses
            if provider in {None, house["provider_id"]}
        ]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Lead on whom a house vouches for, by our own rules."""
        raise ImmediateHttpResponse(come_in(request, sociallogin))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Provider,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Say what went wrong, and lead back to the other ways in."""
        state = (extra_context or {}).get("state")
        kind = "late" if state is None else "silent"
        if state is not None and error == AuthError.CANCELLED:
            kind = "refused"
        if exception:
            log.warning("house-answers-wrongly", house=provider.app.provider_id, why=str(exception))
        back = (state or {}).get("next") or ""
        raise ImmediateHttpResponse(trouble(request, kind, provider.app.name, back))
