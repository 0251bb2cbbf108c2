"""Finding readers, and what belongs to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.text import slugify

from dateline.common import clock
from dateline.common.prepared import Prepared
from dateline.people.models import Account, Person, Session
from dateline.people.sessions import is_good
from dateline.readers.models import Departure, Reader
from dateline.readers.rules import name_key
from dateline.topics.models import Edition


def reader_of(account: Account | None) -> Reader | None:
    """Return the reader an account is, or None: staff need not be one."""
    if account is None or not account.is_authenticated:
        return None
    return _OF_ACCOUNT.first(account=account.pk)


_OF_ACCOUNT = Prepared(
    lambda account: Reader.objects.select_related("account").filter(account=account), account=int
)


def reader_in_session(key: str) -> Reader | None:
    """Return the reader whose browser holds a session's key, or None; asks the database once."""
    return reader_let_in(_SESSION.first(key=key, now=clock.now())) if key else None


def reader_let_in(session: Session | None) -> Reader | None:
    """Return the reader whom a session of `sessions_with_key` lets in, or None; asks nothing."""
    if session is None or not is_good(session):
        return None
    reader: Reader | None = getattr(session.account, "reader", None)
    return reader


def sessions_with_key(key: str, now: datetime) -> QuerySet[Session]:
    """Return the session with a key that has not ended, with its account and reader."""
    held = Session.objects.select_related("account__reader")
    return held.filter(pk=key, expire_date__gt=now, account__isnull=False)


_SESSION = Prepared(sessions_with_key, key=str, now=datetime)


def reader_by_slug(slug: str) -> Reader | None:
    """Return the reader who is mentioned by a slug, or None."""
    return Reader.objects.select_related("account").filter(slug=slug).first()


def readers_named(names: Sequence[str]) -> dict[str, Reader]:
    """Return the readers with some names or slugs, by what was asked for; others are left out.

    A name is found as it is compared with others: case and look-alike letters do not matter.
    """
    keys = {name: name_key(name) for name in names}
    rows = Reader.objects.filter(Q(name_key__in=keys.values()) | Q(slug__in=names))
    found = {text: row for row in rows for text in (row.name_key, row.slug)}
    asked = {name: found.get(keys[name]) or found.get(name) for name in names}
    return {name: reader for name, reader in asked.items() if reader is not None}


def account_with_mail(mail: str) -> Account | None:
    """Return the account that proved a mail address to be its own, or None."""
    found = EmailAddress.objects.select_related("user").filter(email=mail, verified=True).first()
    account: Account | None = found.user if found else None
    return account


def mail_of(account: Account) -> str:
    """Return the mail address an account proved to be its own; empty without one."""
    found = EmailAddress.objects.filter(user=account, verified=True).order_by("-primary", "pk")
    mail: str = found.values_list("email", flat=True).first() or ""
    return mail


def houses_of(reader: Reader) -> list[str]:
    """Return the ids of the other houses that may log a reader in."""
    rows = SocialAccount.objects.filter(user=reader.account).order_by("provider").distinct()
    return list(rows.values_list("provider", flat=True))


def newsroom_names(*, but: Account | None = None) -> Iterator[str]:
    """Yield the names no reader may have: of the newsroom, its editions and its people.

    A member of staff may be called what they are called.
    """
    yield settings.DATELINE.name
    for edition in Edition.objects.all():
        yield from (edition.name, edition.agency)
    people = Person.objects.all()
    staff = Account.objects.filter(is_staff=True)
    if but is not None:
        people, staff = people.exclude(account=but), staff.exclude(pk=but.pk)
    yield from people.values_list("name", flat=True)
    for account in staff.only("username", "first_name", "last_name"):
        yield from (account.get_username(), account.get_full_name())


def free_slug(name: str, *, but: Reader | None = None) -> str:
    """Return a slug for a name that no other reader has."""
    stem = slugify(name, allow_unicode=True)[:50].strip("-") or "reader"
    others = Reader.objects.filter(slug__startswith=stem).exclude(pk=but.pk if but else 0)
    taken = set(others.values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def due_departures(now: datetime) -> list[Departure]:
    """Return the departures whose day has come."""
    due = Departure.objects.filter(leaves_at__lte=now).select_related("reader__account")
    return list(due.order_by("leaves_at"))


@dataclass(frozen=True, slots=True)
class Mutes:
    """Whom, by slug, and which words a reader does not want to see."""

    slugs: list[str]
    words: list[str]


def mutes_of(reader: Reader) -> Mutes:
    """Return what a reader muted."""
    return Mutes(
        slugs=list(reader.muted_readers.order_by("pk").values_list("muted__slug", flat=True)),
        words=list(reader.muted_words.order_by("pk").values_list("word", flat=True)),
    )
