"""The overview of one's own account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from dateline.chats.own_queries import unseen_notices
from dateline.common import clock
from dateline.people.models import Account
from dateline.reader.account.contexts import AvatarContext, OwnAccountContext
from dateline.reader.account.shell import account_page, lead, page_for, show
from dateline.reader.chat_told import told_of
from dateline.reader.faces import avatar_address
from dateline.readers.models import Departure, Reader
from dateline.readers.queries import mail_of, reader_of

OwnView = Callable[..., HttpResponseBase]


def logged_in(view: OwnView) -> OwnView:
    """Give a view the account that is logged in; others log in first."""

    @account_page
    @wraps(view)
    def for_account(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, Account):
            return lead("account_login", request.get_full_path())
        return view(request, request.user, *args, **kwargs)

    return for_account


def own_page(view: OwnView) -> OwnView:
    """Give a view the reader who is logged in; others log in first, or choose a name."""

    @logged_in
    @wraps(view)
    def for_reader(
        request: HttpRequest, account: Account, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        reader = reader_of(account)
        if reader is None:
            return lead("account_name", request.get_full_path())
        return view(request, reader, *args, **kwargs)

    return for_reader


@own_page
def own(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show what the account is, and lead to everything that can be changed of it."""
    departure = Departure.objects.filter(reader=reader).first()
    context = OwnAccountContext(
        page=page_for(request, _("Your account")),
        name=reader.display_name,
        avatar=AvatarContext(url=avatar_address(reader), name=reader.display_name),
        mail=mail_of(reader.account),
        joined_at=reader.created_at,
        has_password=reader.account.has_usable_password(),
        has_second_factor=is_mfa_enabled(reader.account),
        sessions=reader.account.sessions.count(),
        leaves_at=departure.leaves_at if departure else None,
        notices=unseen_notices(reader, clock.now()),
        newsroom_url=f"/{settings.DATELINE.staff_path}/" if reader.account.is_staff else "",
        told=told_of(reader),
        back=request.path,
    )
    return show(request, context)
