"""What a reader's account can refuse."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from dateline.common.errors import DatelineError


class NameRefused(DatelineError):
    """A display name breaks a rule of names."""

    code = "name-refused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = _("This name cannot be used.")


class NameTooShort(NameRefused):
    """Fewer letters than a name needs."""

    code = "name-too-short"
    sentence = _("A name has at least {least} letters or digits.")


class NameTooLong(NameRefused):
    """More letters than fit beside a message."""

    code = "name-too-long"
    sentence = _("A name has at most {most} letters.")


class NameUnreadable(NameRefused):
    """Invisible letters, marks of direction, piles of accents."""

    code = "name-unreadable"
    sentence = _(
        "A name is made of letters, digits, spaces and simple signs that all readers can see."
    )


class NameMixed(NameRefused):
    """Letters of two alphabets that look alike in one word."""

    code = "name-mixed"
    sentence = _("One word of a name is written in one alphabet.")


class NameIsAddress(NameRefused):
    """A web or mail address instead of a name."""

    code = "name-is-address"
    sentence = _("A name is not an address.")


class NameReserved(NameRefused):
    """A name by which readers would take somebody for the newsroom."""

    code = "name-reserved"
    sentence = _("This name could be taken for somebody of the newsroom. Choose another.")


class NameTaken(NameRefused):
    """Another reader has the name, or one that looks the same."""

    code = "name-taken"
    status = HTTPStatus.CONFLICT
    sentence = _("Another reader has this name, or one that looks like it. Choose another.")


class MailTaken(DatelineError):
    """An account has the mail address already."""

    code = "mail-taken"
    status = HTTPStatus.CONFLICT
    sentence = _("This mail address is in use already.")
