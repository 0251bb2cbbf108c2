"""Writes the letters of a window of deliveries: one form for all who get the same."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from email.utils import formataddr, parseaddr
from functools import cache
from pathlib import Path
from time import monotonic

import css_inline
from django.conf import settings
from django.template.loader import render_to_string

from dateline.common import clock
from dateline.reader.contexts import template_values
from dateline.reader.letters.contexts import LetterContext, reason_context
from dateline.reader.letters.digest import digest_letter, stories_for
from dateline.reader.letters.live import live_end_letter, live_letter
from dateline.reader.letters.newsletter import may_be_counted, newsletter_letter, with_subject
from dateline.reader.letters.replies import replies_letter
from dateline.reader.letters.single import (
    alert_letter,
    correction_letter,
    retraction_letter,
    story_letter,
    update_letter,
)
from dateline.reader.letters.subjects import named
from dateline.reader.present.furniture import furniture_of
from dateline.reader.views import speaking
from dateline.subscriptions.enums import Thing
from dateline.subscriptions.mail.compose import TOKEN, Form, Letter
from dateline.subscriptions.mail.links import mail_host
from dateline.subscriptions.models import Delivery, Sending
from dateline.subscriptions.reasons import you_get_this
from dateline.subscriptions.trial_queries import undecided

_KEPT = 200
_GOOD_FOR = 5.0
"""Seconds for which a form is filled again: what it says may be corrected or killed meanwhile."""
_STYLE = Path(__file__).parent.parent / "templates" / "reader" / "mail" / "letter.css"
_SINGLE: dict[str, Callable[[Sending], LetterContext | None]] = {
    Thing.STORY: story_letter,
    Thing.UPDATE: update_letter,
    Thing.CORRECTION: correction_letter,
    Thing.LIVE: live_letter,
    Thing.LIVE_END: live_end_letter,
    Thing.ALERT: alert_letter,
    Thing.RETRACTION: retraction_letter,
    Thing.REPLY: replies_letter,
    Thing.NEWSLETTER: newsletter_letter,
}


class Writer:
    """Writes letters and keeps the latest forms, by what they say."""

    def __init__(self) -> None:
        self._forms: OrderedDict[Hashable, tuple[float, Form | None]] = OrderedDict()

    def __call__(self, deliveries: Sequence[Delivery]) -> dict[int, Form]:
        """Return the form of each delivery's letter; without those that have nothing to say."""
        digests = [one for one in deliveries if one.sending.thing == Thing.DIGEST]
        chosen = stories_for(digests) if digests else {}
        trials = undecided({one.sending_id: one.sending for one in deliveries}.values())
        made = {}
        for one in deliveries:
            is_counted = one.sending_id in trials and may_be_counted(one)
            form = self._form(one, chosen.get(one.pk), is_counted=is_counted)
            if form is not None:
                made[one.pk] = form
        return made

    def _form(
        self, delivery: Delivery, stories: tuple[tuple[int, str], ...] | None, *, is_counted: bool
    ) -> Form | None:
        because = "" if stories is not None else delivery.because
        key = (delivery.sending_id, because, stories, delivery.variant, is_counted)
        made_at, form = self._forms.pop(key, (float("-inf"), None))
        now = monotonic()
        if now - made_at > _GOOD_FOR:
            made_at, form = now, _form_of(delivery, because, stories, is_counted=is_counted)
        self._forms[key] = made_at, form
        if len(self._forms) > _KEPT:
            self._forms.popitem(last=False)
        return form


def _form_of(
    delivery: Delivery,
    because: str,
    stories: tuple[tuple[int, str], ...] | None,
    *,
    is_counted: bool,
) -> Form | None:
    sending = delivery.sending
    furniture = furniture_of(sending.edition.code)
    if furniture is None:
        return None
    with speaking(furniture):
        write = _SINGLE.get(sending.thing)
        if stories is not None:
            context = digest_letter(sending, stories)
        else:
            context = write(sending) if write else None
        if context is not None:
            context = with_subject(context, delivery, is_counted=is_counted)
        return Form(letter_of(context, sending, because)) if context else None


def letter_of(context: LetterContext, sending: Sending, because: str) -> Letter:
    """Return a letter from what its template is given."""
    found = named(because, sending.edition)
    told = None
    if found is not None:
        why, url = you_get_this(found.kind, found.label), f"{context.site}{found.url}"
        told = reason_context(why, url=url)
    of = because or sending.pace
    leave = f"{choices_url(context.site)}stop/?of={of}&edition={sending.edition.code}"
    values = template_values(context)
    values |= {"because": told, "choices_url": choices_url(context.site), "leave_url": leave}
    return Letter(
        sender=_sender(context.sender_name),
        subject=context.subject,
        text=_no_html(render_to_string(context.template.replace(".html", ".txt"), values)),
        html=inlined(render_to_string(context.template, values)),
        list_id=f"{of.replace(':', '-')}.{sending.edition.code}.{mail_host()}",
        list_name=f"{context.edition.name}: {found.label}" if found else context.edition.name,
        unsubscribe_url=leave,
        at=clock.now(),
        is_left_by_mail=bool(settings.DATELINE.bounce_mailbox),
    )


def _no_html(text: str) -> str:
    """Return what a template made as text that no page takes for HTML that is safe."""
    return text + ""


def _sender(name: str) -> str:
    """Return who a letter comes from: a newsletter's own name before the house's address."""
    given, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or given, address), "utf-8")


def choices_url(site: str) -> str:
    """Return where a recipient chooses what to get, with a mark for what is their own."""
    return f"{site}/letters/{TOKEN}/"


def inlined(html: str) -> str:
    """Return a letter with its style on each element; what must stay in the head stays there."""
    return _inliner().inline(html)


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(
        keep_style_tags=True,
        load_remote_stylesheets=False,
        extra_css=_STYLE.read_text(encoding="utf-8"),
    )
