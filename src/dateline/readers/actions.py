"""Changing what a reader's account is; each change records its entry."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from dateline.common import clock
from dateline.journal.record import record
from dateline.people.letters import forget_letters
from dateline.people.models import Account
from dateline.people.sessions import end_sessions
from dateline.readers.entries import (
    ReaderChanged,
    ReaderJoined,
    ReaderLeaving,
    ReaderRemoved,
    ReaderStayed,
)
from dateline.readers.errors import MailTaken, NameTaken
from dateline.readers.models import GRACE, Consent, Departure, MutedReader, MutedWord, Reader
from dateline.readers.queries import account_with_mail, free_slug, mail_of, newsroom_names
from dateline.readers.rules import check_name, name_key, plain_name

Forgets = Callable[[Reader], Callable[[], None]]
_forgets: list[Forgets] = []


def before_removal(forgets: Forgets) -> None:
    """Have another room forget what it keeps of a reader, before their account is deleted.

    It does what takes long first, in transactions of its own; what it returns does the rest in that
    of the removal.
    """
    if forgets not in _forgets:
        _forgets.append(forgets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """What somebody who registers gives; the mail address is proved, or empty for staff."""

    mail: str
    name: str
    language: str
    consents: Sequence[str] = ()
    password: str = ""


@transaction.atomic
def register_reader(*, by: Account | None, joining: Joining) -> Reader:
    """Make the account of somebody whose mail address is proved, or give a member of staff a name.

    Records: ReaderJoined.

    Raises:
        NameRefused: the name breaks a rule, or is taken.
        MailTaken: an account has the mail address.
    """
    name = _free_name(joining.name, account=by)
    account = by or _new_account(joining)
    if joining.mail:
        _give_mail(account, joining.mail)
    reader = Reader(
        account=account,
        display_name=name,
        name_key=name_key(name),
        slug=free_slug(name),
        language=joining.language,
        verified_at=clock.now() if joining.mail else None,
    )
    _save_name(reader)
    Consent.objects.bulk_create(Consent(reader=reader, text=text) for text in joining.consents)
    record(ReaderJoined(edition="", reader=reader.pk))
    return reader


def _save_name(reader: Reader, **how: Any) -> None:
    """Store a reader whose name somebody else may be taking this very moment."""
    try:
        with transaction.atomic():
            reader.save(**how)
    except IntegrityError as error:
        raise NameTaken from error


def _new_account(joining: Joining) -> Account:
    account = Account(username=f"reader-{secrets.token_hex(8)}", email=joining.mail)
    account.set_password(joining.password or None)
    account.save()
    return account


def _free_name(typed: str, *, account: Account | None, but: Reader | None = None) -> str:
    name = plain_name(typed)
    check_name(name, reserved=newsroom_names(but=account if account and account.is_staff else None))
    same = Reader.objects.filter(name_key=name_key(name))
    if same.exclude(pk=but.pk if but else 0).exists():
        raise NameTaken
    return name


def _give_mail(account: Account, mail: str) -> None:
    owner = account_with_mail(mail)
    if owner is not None and owner != account:
        raise MailTaken
    EmailAddress.objects.filter(user=account).exclude(email=mail).delete()
    EmailAddress.objects.update_or_create(
        user=account, email=mail, defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def rename_reader(*, by: Account | None, reader: Reader, name: str) -> Reader:
    """Give a reader another name; old messages show it too.

    Records: ReaderChanged.

    Raises:
        NameRefused: the name breaks a rule, or is taken.
    """
    reader.display_name = _free_name(name, account=reader.account, but=reader)
    reader.name_key = name_key(reader.display_name)
    reader.slug = free_slug(reader.display_name, but=reader)
    _save_name(reader, update_fields=["display_name", "name_key", "slug"])
    record(ReaderChanged(edition="", reader=reader.pk))
    return reader


@transaction.atomic
def change_mail(*, by: Account | None, reader: Reader, mail: str) -> Reader:
    """Note a mail address that was proved to be the reader's.

    Records: ReaderChanged.

    Raises:
        MailTaken: another account has it.
    """
    _give_mail(reader.account, mail)
    Account.objects.filter(pk=reader.account_id).update(email=mail)
    reader.verified_at = clock.now()
    reader.save(update_fields=["verified_at"])
    record(ReaderChanged(edition="", reader=reader.pk, has_new_mail=True))
    return reader


@transaction.atomic
def trust_house(*, by: Account | None, reader: Reader, house: str, subject: str) -> None:
    """Let another house log a reader in as the one it calls `subject`, unless it is somebody else.

    Records: ReaderChanged.
    """
    SocialAccount.objects.get_or_create(
        provider=house, uid=subject, defaults={"user": reader.account}
    )
    record(ReaderChanged(edition="", reader=reader.pk))


@transaction.atomic
def leave_house(*, by: Account | None, reader: Reader, house: str) -> None:
    """Let another house log a reader in no longer. Records: ReaderChanged."""
    SocialAccount.objects.filter(user=reader.account, provider=house).delete()
    record(ReaderChanged(edition="", reader=reader.pk))


@transaction.atomic
def save_preferences(
    *, by: Account | None, reader: Reader, chosen: dict[str, str | bool]
) -> Reader:
    """Store how a reader likes the site.

    Shape: any of `language`, `theme`, `tells_replies`, `tells_mentions`, `hides_chats`.

    Records: ReaderChanged.

    Raises:
        ValidationError: a value does not fit.
    """
    for name, value in chosen.items():
        setattr(reader, name, value)
    reader.clean_fields()
    reader.save(update_fields=list(chosen))
    record(ReaderChanged(edition="", reader=reader.pk))
    return reader


@transaction.atomic
def set_password(*, by: Account | None, reader: Reader, password: str) -> None:
    """Give an account another password. Records: ReaderChanged."""
    reader.account.set_password(password)
    reader.account.save(update_fields=["password"])
    record(ReaderChanged(edition="", reader=reader.pk))


@transaction.atomic
def set_avatar(*, by: Account | None, reader: Reader, data: bytes) -> Reader:
    """Store a picture that was drawn anew, under a name nobody can guess; none for no bytes.

    Records: ReaderChanged.
    """
    _forget_avatar(reader)
    if data:
        reader.avatar.save(f"{secrets.token_hex(12)}.jpg", ContentFile(data), save=False)
    else:
        reader.avatar = ""
    reader.save(update_fields=["avatar"])
    record(ReaderChanged(edition="", reader=reader.pk))
    return reader


@transaction.atomic
def mute_reader(*, by: Account | None, reader: Reader, muted: Reader) -> None:
    """Hide somebody's messages from a reader. Records: ReaderChanged."""
    MutedReader.objects.get_or_create(reader=reader, muted=muted)
    record(ReaderChanged(edition="", reader=reader.pk))


@transaction.atomic
def hear_reader(*, by: Account | None, reader: Reader, muted: Reader) -> None:
    """Show a reader somebody's messages again. Records: ReaderChanged."""
    MutedReader.objects.filter(reader=reader, muted=muted).delete()
    record(ReaderChanged(edition="", reader=reader.pk))


@transaction.atomic
def mute_words(*, by: Account | None, reader: Reader, words: Sequence[str]) -> None:
    """Replace the words with which messages are hidden from a reader. Records: ReaderChanged."""
    wanted = {plain_name(word).casefold()[:60] for word in words} - {""}
    reader.muted_words.all().delete()
    MutedWord.objects.bulk_create(
        MutedWord(reader=reader, word=word) for word in sorted(wanted)[:MOST_WORDS]
    )
    record(ReaderChanged(edition="", reader=reader.pk))


MOST_WORDS = 200


@transaction.atomic
def ask_to_leave(*, by: Account | None, reader: Reader) -> Departure:
    """Have a reader's account deleted when the days of grace are over.

    Records: ReaderLeaving, unless it was asked before.
    """
    now = clock.now()
    departure, is_new = Departure.objects.get_or_create(
        reader=reader, defaults={"asked_at": now, "leaves_at": now + GRACE}
    )
    if is_new:
        record(ReaderLeaving(edition="", reader=reader.pk))
    return departure


@transaction.atomic
def stay(*, by: Account | None, reader: Reader) -> None:
    """Take a request for deletion back.

    Records: ReaderStayed, if there was one.
    """
    if Departure.objects.filter(reader=reader).delete()[0]:
        record(ReaderStayed(edition="", reader=reader.pk))


def remove_reader(*, by: Account | None, reader: Reader) -> None:
    """Delete a reader with all that is theirs; a member of staff keeps the account.

    Records: ReaderRemoved.
    """
    rests = [forgets(reader) for forgets in _forgets]
    with transaction.atomic():
        for forget_rest in rests:
            forget_rest()
        _remove(reader)


def _remove(reader: Reader) -> None:
    number, account = reader.pk, reader.account
    _forget_avatar(reader)
    if account.is_staff:
        reader.delete()
    else:
        end_sessions(account)
        forget_letters(mail_of(account))
        account.delete()
    record(ReaderRemoved(edition="", reader=number))


def _forget_avatar(reader: Reader) -> None:
    name, storage = reader.avatar.name, reader.avatar.storage
    if name:
        transaction.on_commit(partial(storage.delete, name))
