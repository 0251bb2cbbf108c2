"""What the pages of subscribing share: whose link it is, which words, what is offered."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dateline.common import clock
from dateline.common.client import client_address
from dateline.people.models import Account
from dateline.reader.account.shell import account_page, edition_of, page_for, show
from dateline.reader.contexts import LinkContext
from dateline.reader.letters.subjects import Named, named
from dateline.reader.present.furniture import Furniture, every_furniture, furniture_of
from dateline.reader.subscribe.contexts import SubscribedContext
from dateline.reader.views import speaking
from dateline.readers.models import Reader
from dateline.readers.queries import mail_of, reader_of
from dateline.stories.queries import storyline_of
from dateline.subscriptions.actions import Told
from dateline.subscriptions.mail.links import Held, held_by, own_token_of, token_of
from dateline.subscriptions.models import Subscriber
from dateline.subscriptions.newsletter_queries import newsletters_of
from dateline.subscriptions.queries import subscriber_by_key
from dateline.subscriptions.rules import subject_of

View = Callable[..., HttpResponseBase]
GOOD_FOR = 7 * 24 * 3600
"""Seconds for which a link that asks for consent is good."""


def by_link(view: View) -> View:
    """Give a view the subscriber whose signed link it is, in their language and by their clock."""

    @account_page
    @wraps(view)
    def for_subscriber(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        held = held_by(token)
        subscriber = subscriber_by_key(held.key) if held else None
        if held is None or subscriber is None:
            return no_longer(request)
        request.held = held.at(subscriber.mail)  # type: ignore[attr-defined]
        furniture = furniture_of(subscriber.edition.code)
        request.furniture = furniture or edition_of(request)  # type: ignore[attr-defined]
        with speaking(furniture), by_clock_of(subscriber):
            response = view(request, subscriber, **kwargs)
            if hasattr(response, "render"):
                response.render()
        return response

    return for_subscriber


def by_clock_of(subscriber: Subscriber) -> AbstractContextManager[None]:
    """Return a block in which times are those of a subscriber's own clock."""
    return timezone.override(ZoneInfo(subscriber.zone))


def held_here(request: HttpRequest) -> Held:
    """Return what the link is good for by which somebody came."""
    found: Held = request.held  # type: ignore[attr-defined]
    return found


def no_longer(request: HttpRequest) -> HttpResponse:
    """Answer a link that is not ours, was ended, or is too old."""
    context = SubscribedContext(
        page=page_for(request, _("This link is no longer good")),
        lines=(_("It is too old, or was not copied whole. You can ask for another one."),),
        link=LinkContext(label=_("Subscribe"), url=subscribe_url(furniture(request))),
    )
    return show(request, context, status=404)


def furniture(request: HttpRequest) -> Furniture:
    """Return the edition a page is shown in."""
    found: Furniture = request.furniture  # type: ignore[attr-defined]
    return found


def subscribe_url(shown: Furniture) -> str:
    """Return where letters are asked for."""
    return f"/subscribe/?edition={shown.context.code}"


def choices_url(subscriber: Subscriber) -> str:
    """Return a subscriber's own page, as a letter leads there."""
    return f"/letters/{token_of(subscriber.key)}/"


def own_url(subscriber: Subscriber) -> str:
    """Return a subscriber's own page for somebody who has just shown that it is theirs."""
    return f"/letters/{own_token_of(subscriber.key, subscriber.mail)}/"


def reader_here(request: HttpRequest) -> tuple[Reader | None, str]:
    """Return who is logged in and their proved address; neither for others."""
    reader = reader_of(request.user) if isinstance(request.user, Account) else None
    return reader, mail_of(reader.account) if reader else ""


def told(request: HttpRequest, words: str) -> Told:
    """Return what is noted of a consent."""
    return Told(
        words=words,
        page=request.path,
        address=client_address(request),
        language=get_language() or "",
    )


def offered(shown: Furniture, to: str) -> list[Named]:
    """Return what can be followed here: what was asked for, or else the sections; then the rest.

    A story is offered with the storyline that it is a part of.
    """
    edition = shown.edition
    code = edition.code
    asked = subject_of(to)
    first = [to] if asked and asked.kind != "replies" else []
    if asked and asked.kind in {"story", "live"}:
        storyline = storyline_of(asked.number or 0, clock.now())
        first += [f"storyline:{storyline}"] if storyline else []
    if not first:
        first = [f"section:{one.pk}" for one in shown.sections.values() if one.parent_id is None]
    newsletters = [str(one.subject) for one in newsletters_of(edition)]
    texts = dict.fromkeys([*first, *newsletters, f"front:{code}", f"breaking:{code}"])
    return [one for text in texts if (one := named(text, edition)) is not None]


def feeds_offered(choices: Iterable[Named]) -> tuple[LinkContext, ...]:
    """Return the feeds of what is offered, without what has none: breaking news, one story."""
    return tuple(LinkContext(label=one.label, url=one.feed_url) for one in choices if one.feed_url)


_OF_AN_EDITION = frozenset({"section", "storyline", "topic"})


def other_languages(shown: Furniture, to: str) -> tuple[LinkContext, ...]:
    """Return where the same is followed in the other editions.

    A section, a topic or a storyline is of one edition; the others offer their own sections.
    """
    subject = subject_of(to)
    kept = f"&to={to}" if subject and subject.kind not in _OF_AN_EDITION else ""
    return tuple(
        LinkContext(
            label=link.label,
            url=f"/subscribe/?edition={one.context.code}{kept}",
            language=link.language,
        )
        for link in shown.context.languages
        for code, one in every_furniture().items()
        if code and one.edition.prefix == link.url
    )


def sealed(what: dict[str, Any], salt: str) -> str:
    """Return values as a signed text for a link."""
    return signing.dumps(what, salt=f"dateline.{salt}", compress=True)


def opened(text: str, salt: str) -> dict[str, Any] | None:
    """Return the values in a link of ours, or None for one that is not, or is too old."""
    try:
        values: dict[str, Any] = signing.loads(text, salt=f"dateline.{salt}", max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return values
