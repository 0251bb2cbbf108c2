"""Notices of illegal content, statements of reasons, and appeals.

A notice and a decision have addresses that only who they concern was given; no cache keeps them, no
search engine lists them.

Source: Regulation (EU) 2022/2065, articles 16, 17 and 20.
"""

from dataclasses import replace
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _

from dateline.chats.actions.appeal import appeal, complain
from dateline.chats.actions.report import LegalNotice, report_illegal
from dateline.chats.actions.sanction import see_decision
from dateline.chats.errors import ChatRefused
from dateline.chats.models import Message
from dateline.chats.moderation_enums import Deed, Law
from dateline.chats.moderation_models import Appeal, Decision, Report
from dateline.chats.moderation_queries import decision_by_key, report_by_key
from dateline.chats.moderation_rules import may_appeal, may_complain
from dateline.chats.told_queries import decisions_told
from dateline.common import clock
from dateline.common.client import client_address
from dateline.common.errors import DatelineError
from dateline.people.logins import Try, begin, too_many
from dateline.reader.account.shell import account_page, back_to, page_for
from dateline.reader.chat_door import (
    at_chat,
    login_url,
    message_or_404,
    page_beside,
    private,
    reader_asking,
)
from dateline.reader.chat_law_contexts import (
    DecisionLineContext,
    DecisionsContext,
    LawContext,
    StatementContext,
)
from dateline.reader.contexts import LinkContext
from dateline.reader.present.chats import chat_url, message_context
from dateline.reader.visit import Visit

_SHOWN = 120


def law(request: HttpRequest, key: str) -> HttpResponse:
    """Show the form of a notice that a message is illegal, or take one."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    message = message_or_404(key)
    if not message.is_readable:
        raise Http404
    with at_chat(request, message.chat) as visit:
        page = _law_page(request, visit, message)
        if request.method != "POST":
            return private(page)
        try:
            report = _given(request, message)
        except DatelineError as error:
            return private(replace(page, trouble=str(error)), error.status)
    return HttpResponseRedirect(reverse("chat-notice", args=[report.key]))


def _given(request: HttpRequest, message: Message) -> Report:
    address, form = client_address(request), request.POST
    wait = begin(Try(f"notice from {address}", address))
    if wait:
        raise ChatRefused(why=too_many(wait))
    notice = LegalNotice(
        law=form.get("law", ""),
        text=form.get("text", ""),
        name=form.get("name", ""),
        mail=form.get("mail", ""),
        is_honest=form.get("is_honest") == "on",
    )
    return report_illegal(by=reader_asking(request), message=message, notice=notice)


def _law_page(request: HttpRequest, visit: Visit, message: Message) -> LawContext:
    form = request.POST
    return LawContext(
        page=page_beside(visit, message.chat, _("Report as illegal")),
        message=message_context(message, chat_url(message.chat)),
        laws=tuple(LinkContext(label=str(one.label), url=one.value) for one in Law),
        token=get_token(request),
        law=form.get("law", ""),
        text=form.get("text", ""),
        name=form.get("name", ""),
        mail=form.get("mail", ""),
    )


@account_page
def notice(request: HttpRequest, key: str) -> HttpResponse:
    """Show what has become of a notice, to whoever holds its address; take an appeal from them."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    report = report_by_key(key)
    if report is None:
        raise Http404
    if request.method == "POST":
        try:
            complain(report=report, text=request.POST.get("text", ""))
        except DatelineError as error:
            return private(replace(_notice(request, report), trouble=str(error)), error.status)
        return HttpResponseRedirect(request.path)
    return private(_notice(request, report))


def _notice(request: HttpRequest, report: Report) -> StatementContext:
    decision, page = report.settled_by, page_for(request, _("Your notice"))
    if decision is None:
        return StatementContext(page=page, is_notice=True)
    said, now = getattr(report, "appeal", None), clock.now()
    return StatementContext(
        page=page,
        is_notice=True,
        deed=_("Removed") if decision.deed == Deed.REJECT else _("It stays"),
        decided_at=decision.at,
        statement=decision.statement,
        is_by_rule=decision.by_id is None,
        is_undone=decision.undone_at is not None,
        may_appeal=said is None
        and may_complain(deed=decision.deed, decided_at=decision.at, now=now),
        token=get_token(request),
        **_said(said),
    )


def _said(appeal: Appeal | None) -> dict[str, Any]:
    """Return what was said against a decision and answered, as its page shows it."""
    if appeal is None:
        return {}
    return {"appeal": appeal.text, "answer": appeal.answer, "is_granted": appeal.is_granted}


@account_page
def statement(request: HttpRequest, key: str) -> HttpResponse:
    """Show a decision with its reasons to whom it concerns, and take an appeal."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    decision, reader = decision_by_key(key), reader_asking(request)
    if decision is None:
        raise Http404
    if reader is None:
        return HttpResponseRedirect(login_url(request.path, ""))
    if decision.reader_id != reader.pk:
        raise Http404
    if request.method == "POST":
        try:
            appeal(by=reader, decision=decision, text=request.POST.get("text", ""))
        except DatelineError as error:
            page = replace(_statement(request, decision), trouble=str(error))
            return private(page, error.status)
        return HttpResponseRedirect(request.path)
    return private(_statement(request, decision))


def _statement(request: HttpRequest, decision: Decision) -> StatementContext:
    said = getattr(decision, "appeal", None)
    sanction = getattr(decision, "sanction", None)
    message = decision.message
    now = clock.now()
    return StatementContext(
        page=page_for(request, _("A moderator's decision")),
        deed=str(decision.get_deed_display()),
        decided_at=decision.at,
        until=sanction.until if sanction else None,
        ground=str(decision.get_ground_display()) if decision.ground else "",
        statement=decision.statement,
        is_by_rule=decision.by_id is None,
        is_found_by_rule=decision.is_found_by_rule,
        is_undone=decision.undone_at is not None,
        message=message.text if message else "",
        about_url=chat_url(message.chat) if message else "",
        may_appeal=said is None
        and decision.undone_at is None
        and may_appeal(deed=decision.deed, decided_at=decision.at, now=now),
        token=get_token(request),
        **_said(said),
    )


@account_page
def decisions(request: HttpRequest) -> HttpResponse:
    """List what moderators decided about the reader who asks; note what they have read."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    reader = reader_asking(request)
    if reader is None:
        return HttpResponseRedirect(login_url(request.path, ""))
    if request.method == "POST":
        see_decision(by=reader, key=request.POST.get("seen", ""))
        return HttpResponseRedirect(back_to(request) or request.path)
    lines = tuple(_line(one) for one in decisions_told(reader))
    page = page_for(request, _("Moderators' decisions"))
    return private(DecisionsContext(page=page, decisions=lines))


def _line(decision: Decision) -> DecisionLineContext:
    words = decision.message.text if decision.message else ""
    return DecisionLineContext(
        url=reverse("chat-decision", args=[decision.key]),
        deed=str(decision.get_deed_display()),
        ground=str(decision.get_ground_display()) if decision.ground else "",
        at=decision.at,
        words=words[:_SHOWN],
        is_undone=decision.undone_at is not None,
    )
