"""All that the house keeps of a reader, for the reader to take along.

Each room that keeps something of readers tells it here, under a name of its own.
"""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.serializers.json import DjangoJSONEncoder

from dateline.common import clock
from dateline.readers.models import Reader

Tells = Callable[[Reader], Any]
_tells: dict[str, Tells] = {}


def tells_of_reader(name: str, tells: Tells) -> None:
    """Have a room's part taken along as `name.json`; the value must be fit for JSON."""
    _tells[name] = tells


def zip_of(reader: Reader) -> bytes:
    """Return everything kept of a reader as JSON files in a zip."""
    parts = {"account": account_of(reader)} | {name: of(reader) for name, of in _tells.items()}
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            text = json.dumps(part, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            packed.writestr(f"{name}.json", text + "\n")
        if reader.avatar:
            with reader.avatar.open("rb") as file:
                packed.writestr("picture.jpg", file.read())
    return output.getvalue()


def account_of(reader: Reader) -> dict[str, Any]:
    """Return what this room keeps; secrets by which somebody logs in are left out."""
    account = reader.account
    return {
        "taken_at": clock.now(),
        "number": reader.pk,
        "name": reader.display_name,
        "slug": reader.slug,
        "registered_at": reader.created_at,
        "mail": list(EmailAddress.objects.filter(user=account).values("email", "verified")),
        "mail_proved_at": reader.verified_at,
        "has_password": account.has_usable_password(),
        "second_factors": list(
            Authenticator.objects.filter(user=account).values("type", "created_at", "last_used_at")
        ),
        "vouched_for_by": list(
            SocialAccount.objects.filter(user=account).values("provider", "uid", "date_joined")
        ),
        "last_login": account.last_login,
        "preferences": {
            "language": reader.language,
            "theme": reader.theme,
            "tells_replies": reader.tells_replies,
            "tells_mentions": reader.tells_mentions,
            "hides_chats": reader.hides_chats,
        },
        "consents": list(reader.consents.values("text", "given_at")),
        "muted_readers": list(reader.muted_readers.values_list("muted__display_name", flat=True)),
        "muted_words": list(reader.muted_words.values_list("word", flat=True)),
        "sessions": list(account.sessions.values("agent", "address", "began_at")),
    }
