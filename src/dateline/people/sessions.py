"""Sessions that know whose they are, so that their owner can see and end them."""

from datetime import datetime
from typing import Any, cast

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from dateline.common import clock
from dateline.common.client import client_address
from dateline.people.models import Account, Session

_LOGGED_IN = "dateline_browser"


class SessionStore(DatabaseStore):
    """Django's store with the account, browser and beginning of each session in its row."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the model of the rows."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row of a session's data."""
        row = cast("Session", super().create_model_instance(data))
        row.account_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        told = data.get(_LOGGED_IN, {})
        row.agent, row.address = told.get("agent", ""), told.get("address", "")
        row.began_at = datetime.fromisoformat(told["at"]) if told else clock.now()
        return row


def note_browser(request: HttpRequest) -> None:
    """Note in a session that has just begun what its owner will know it by."""
    request.session[_LOGGED_IN] = {
        "agent": request.headers.get("User-Agent", "")[:200],
        "address": client_address(request),
        "at": clock.now().isoformat(),
    }


def is_good(session: Session) -> bool:
    """Say whether a session's account may still use it: it is active, its password is the same."""
    account: Account | None = session.account
    if account is None or not account.is_active:
        return False
    told = SessionStore().decode(session.session_data).get(HASH_SESSION_KEY, "")
    return bool(told) and constant_time_compare(told, account.get_session_auth_hash())


def end_sessions(account: Account, *, but: str | None = None) -> int:
    """Log an account out everywhere, or everywhere but in one session; return in how many."""
    return account.sessions.exclude(pk=but or "").delete()[0]
