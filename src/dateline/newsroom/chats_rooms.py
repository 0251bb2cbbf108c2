"""The chats themselves: which there are, opened and closed by hand, and how each takes messages."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dateline.chats.actions.arrange import arrange_chat, manner_of
from dateline.chats.actions.opening import change_mode, close_chat, open_chat, reopen_chat
from dateline.chats.enums import Mode
from dateline.chats.models import Chat
from dateline.chats.queries import is_open, rests
from dateline.chats.room_queries import (
    RoomsAsked,
    room_for_desk,
    rooms_for_desk,
    sections_without_chat,
    stories_without_chat,
)
from dateline.common import clock
from dateline.common.numbers import whole_number
from dateline.newsroom.chats_forms import ChatForm, ModeForm
from dateline.newsroom.rights import need
from dateline.stories.models import Story
from dateline.stories.queries import visible
from dateline.topics.models import Section

PERMISSION = "chats.moderate_chats"
_PER_PAGE = 40
_STORIES = 12


def rooms(request: HttpRequest) -> HttpResponse:
    """List the chats, and the stories and sections without one; open the chat of one."""
    need(request, PERMISSION)
    if request.method == "POST":
        return _opened(request)
    asked = RoomsAsked(
        words=request.GET.get("q", "").strip(),
        is_closed="closed" in request.GET,
        before=whole_number(request.GET.get("before", "")),
    )
    found, now = rooms_for_desk(asked, limit=_PER_PAGE + 1), clock.now()
    context = {
        "asked": asked,
        "rooms": [_room(chat) for chat in found[:_PER_PAGE]],
        "more": found[_PER_PAGE - 1].pk if len(found) > _PER_PAGE else None,
        "stories": stories_without_chat(asked.words, now, limit=_STORIES),
        "sections": sections_without_chat(),
    }
    return render(request, "newsroom/chats/rooms.html", context)


def _opened(request: HttpRequest) -> HttpResponse:
    by: Any = request.user
    chat = open_chat(by=by, of=_about(request))
    messages.success(request, _("The chat is open."))
    return redirect("chats-chat", chat.pk)


def _about(request: HttpRequest) -> Story | Section:
    """Return what a chat is to be opened about."""
    if "section" in request.POST:
        sections, number = Section.objects.select_related("edition"), request.POST["section"]
        return get_object_or_404(sections, pk=whole_number(number) or 0)
    seen = visible(clock.now()).select_related("edition", "section")
    return get_object_or_404(seen, pk=whole_number(request.POST.get("story", "")) or 0)


def _room(chat: Chat) -> dict[str, Any]:
    """Return a chat with whether it takes messages now."""
    now = clock.now()
    return {"chat": chat, "is_open": is_open(chat, now), "rests": rests(chat, now)}


def one_chat(request: HttpRequest, number: int) -> HttpResponse:
    """Show how a chat takes messages, and change it: close it, have it go on, arrange it."""
    need(request, PERMISSION)
    chat = room_for_desk(number)
    if chat is None:
        raise Http404
    form = ChatForm.of(manner_of(chat))
    if request.method == "POST":
        form = ChatForm(request.POST)
        said = _changed(request, chat, form)
        if said is None:
            return HttpResponseBadRequest("Say what to do: close, reopen, arrange, or a mode.\n")
        if said:
            messages.success(request, said)
            return redirect(_back(request, chat))
    context = {"room": _room(chat), "chat": chat, "form": form}
    return render(request, "newsroom/chats/room.html", context)


def _changed(request: HttpRequest, chat: Chat, form: ChatForm) -> str | None:
    """Do what a button says; empty where the form does not say what it must, None for no button."""
    by: Any = request.user
    action = request.POST.get("action", "")
    if action == "close":
        close_chat(by=by, chat=chat)
        return _("The chat is closed.")
    if action == "reopen":
        reopen_chat(by=by, chat=chat)
        return _("The chat goes on.")
    mode = ModeForm(request.POST)
    asked: forms.Form = form if action == "arrange" else mode
    if not asked.is_valid():
        return "" if asked is form else None
    if asked is form:
        arrange_chat(by=by, chat=chat, manner=form.manner())
    else:
        change_mode(by=by, chat=chat, mode=Mode(mode.cleaned_data["mode"]))
    return _("The chat is told.")


def _back(request: HttpRequest, chat: Chat) -> str:
    """Return where a button stood: in a queue, whose address it carries, or on the chat's page."""
    if "queue" in request.GET:
        return f"{reverse('chats-desk')}?{request.GET.urlencode()}"
    return reverse("chats-chat", args=[chat.pk])
