"""Letters to whoever gave notice of illegal content: it came, what was decided, what is answered.

In the language of the chat, which was that of the form.

Source: Regulation (EU) 2022/2065, articles 16(4), 16(5) and 20(5).
"""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from dateline.chats.moderation_enums import Deed
from dateline.chats.moderation_models import Report
from dateline.people.letters import drop_letters
from dateline.reader.account.mail import Letter, send_letter
from dateline.reader.present.furniture import furniture_of
from dateline.reader.views import speaking

UNDONE_WITHIN = timedelta(minutes=1)


def write_receipt(report: Report) -> None:
    """Write that a notice came."""
    _send(report, _receipt)


def write_decided(report: Report) -> None:
    """Write what was decided on a notice, why, and how to complain where a message stays.

    It leaves after a minute, in which the decision can be undone.
    """
    drop_decided(report)
    _send(report, _decided, about=_about_decision(report), after=UNDONE_WITHIN)


def drop_decided(report: Report) -> bool:
    """Drop the letter about a decision on a notice, and say whether it had not left yet."""
    return drop_letters(_about_decision(report)) > 0


def _about_decision(report: Report) -> str:
    return f"notice:{report.pk}"


def write_answered(report: Report) -> None:
    """Write what was answered to the appeal of a notice's sender."""
    _send(report, _answered)


def _send(
    report: Report,
    written: Callable[[Report], Letter],
    *,
    about: str = "",
    after: timedelta = timedelta(0),
) -> None:
    furniture = furniture_of(report.message.chat.edition.code)
    if furniture is None:
        return
    with speaking(furniture):
        send_letter(written(report), report.mail, furniture.context, about=about, after=after)


def _receipt(report: Report) -> Letter:
    return Letter(
        subject=_("We have your notice"),
        lines=(
            _about(report),
            _(
                "A person will look at it and decide. You will be written what was decided, "
                "and why."
            ),
            _("You can also read it on this page:"),
        ),
        url=_page_of(report),
    )


def _decided(report: Report) -> Letter:
    decision = report.settled_by
    is_gone = decision is not None and decision.deed == Deed.REJECT
    told = _("The message was removed.") if is_gone else _("The message stays.")
    by = _("A moderator decided.")
    return Letter(
        subject=_("What was decided on your notice"),
        lines=(_about(report), f"{told} {by}", decision.statement if decision else ""),
        url=_page_of(report),
        after=()
        if is_gone
        else (
            _("If that is wrong, say why on the same page: within six months, and without cost."),
            _("You may also go to a certified body for settling disputes, or to a court."),
        ),
    )


def _answered(report: Report) -> Letter:
    appeal = report.appeal
    told = _("Your appeal was granted.") if appeal.is_granted else _("Your appeal was refused.")
    return Letter(
        subject=told,
        lines=(_about(report), appeal.answer),
        url=_page_of(report),
        after=(_("You may also go to a certified body for settling disputes, or to a court."),),
    )


def _about(report: Report) -> str:
    return _("You told us that a message in the discussion of “%(about)s” is against the law.") % {
        "about": report.message.chat
    }


def _page_of(report: Report) -> str:
    return settings.DATELINE.base_url + reverse("chat-notice", args=[report.key])
