"""The moderators' screens: queues, a message with its surroundings, a reader's record, words."""

from typing import Any

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    JsonResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dateline.chats.actions.appeal import answer_appeal
from dateline.chats.actions.house_words import delete_word, save_word
from dateline.chats.actions.sanction import lift_sanction, sanction_reader, write_note
from dateline.chats.heat_queries import hot_chats
from dateline.chats.moderation_enums import Deed, WordSort
from dateline.chats.moderation_models import Appeal, HouseWord, Sanction
from dateline.chats.moderation_queries import (
    house_words,
    latest_decisions,
    messages_for_desk,
    queue_counts,
    record_of,
)
from dateline.common import clock
from dateline.common.client import wants_json
from dateline.common.numbers import whole_number
from dateline.newsroom.chats_deeds import Done, do
from dateline.newsroom.chats_figures import download, statistics
from dateline.newsroom.chats_forms import SanctionForm, WordForm
from dateline.newsroom.chats_rooms import PERMISSION, one_chat, rooms
from dateline.newsroom.chats_shown import asked_of, panel_of, queue_screen
from dateline.newsroom.rights import need
from dateline.readers.models import Reader

_PER_PAGE = 50


def queues(request: HttpRequest) -> HttpResponse:
    """Show a queue, and do what its buttons say to one message or many."""
    need(request, PERMISSION)
    by: Any = request.user
    asked = asked_of(request)
    if request.method != "POST":
        return render(request, "newsroom/chats/queue.html", queue_screen(asked, by))
    done = do(request)
    if done is None:
        return HttpResponseBadRequest("Say what to do: approve, reject:GROUND, feature, undo.\n")
    return _answered(request, done, f"{reverse('chats-desk')}?{asked.query}")


def _answered(request: HttpRequest, done: Done, back: str) -> HttpResponse:
    if not wants_json(request):
        messages.success(request, done.said)
        return redirect(back)
    return JsonResponse(
        {
            "said": done.said,
            "messages": done.messages,
            "decisions": done.decisions,
            "counts": queue_counts(asked_of(request).section),
        }
    )


@require_GET
def news(request: HttpRequest) -> HttpResponse:
    """Tell a script how much waits now, and which chats heat up."""
    need(request, PERMISSION)
    hot = " ".join(str(heat.chat.pk) for heat in hot_chats(clock.now()))
    return JsonResponse({"counts": queue_counts(asked_of(request).section), "hot": hot})


@require_GET
def heat(request: HttpRequest) -> HttpResponse:
    """Show a script the chats that heat up, as an open queue shows them."""
    need(request, PERMISSION)
    context = {"hot": hot_chats(clock.now()), "asked": asked_of(request)}
    return render(request, "newsroom/chats/_heat.html", context)


def one_message(request: HttpRequest, number: int) -> HttpResponse:
    """Show a message among its neighbours, beside its author's record; decide about it."""
    need(request, PERMISSION)
    found = messages_for_desk([number])
    if not found:
        raise Http404
    if request.method == "POST":
        done = do(request)
        if done is None:
            return HttpResponseBadRequest("Say what to do: approve, reject:GROUND, feature.\n")
        return _answered(request, done, reverse("chats-message", args=[number]))
    name = "_panel.html" if wants_json(request) else "message.html"
    return render(request, f"newsroom/chats/{name}", panel_of(found[0]))


def one_reader(request: HttpRequest, number: int) -> HttpResponse:
    """Show a reader's record; warn, slow down, suspend, ban; note; lift."""
    need(request, PERMISSION)
    reader = get_object_or_404(Reader, pk=number)
    form = SanctionForm()
    if request.method == "POST":
        form = SanctionForm(request.POST)
        said = _about_reader(request, reader, form)
        if wants_json(request):
            return _told(said, form)
        if said:
            messages.success(request, said)
            return redirect(_back_of(request))
    context = {"record": record_of(reader, limit=30), "sanction_form": form}
    return render(request, "newsroom/chats/reader.html", context)


def _told(said: str, form: SanctionForm) -> JsonResponse:
    """Answer a script that sent a form about a reader."""
    if said:
        return JsonResponse({"said": said})
    wrong = " ".join(str(one) for told in form.errors.values() for one in told)
    return JsonResponse({"message": wrong or _("Write the note first.")}, status=422)


def _back_of(request: HttpRequest) -> str:
    """Return where a form about a reader stood: beside a message, or on the reader's own page."""
    number = whole_number(request.POST.get("message", ""))
    return reverse("chats-message", args=[number]) if number else request.path


def _about_reader(request: HttpRequest, reader: Reader, form: SanctionForm) -> str:
    by: Any = request.user
    action = request.POST.get("action", "")
    if action == "note" and request.POST.get("note", "").strip():
        write_note(by=by, reader=reader, text=request.POST["note"])
        return _("The note is written.")
    if action == "lift":
        number = whole_number(request.POST.get("sanction", ""))
        sanction = get_object_or_404(Sanction, pk=number, reader=reader)
        lift_sanction(by=by, sanction=sanction)
        return _("The sanction is lifted.")
    if action != "sanction" or not form.is_valid():
        return ""
    found = messages_for_desk([whole_number(request.POST.get("message", "")) or 0])
    about = found[0] if found and found[0].author_id == reader.pk else None
    sanction_reader(by=by, reader=reader, terms=form.terms(), message=about)
    if form.terms().deed == Deed.SHADOW:
        return _("The sanction is in force; the reader is not told.")
    return _("The sanction is in force, and the reader is told why.")


@require_POST
def one_appeal(request: HttpRequest, number: int) -> HttpResponse:
    """Answer an appeal."""
    need(request, PERMISSION)
    appeal = get_object_or_404(Appeal, pk=number)
    action = request.POST.get("action", "")
    if action not in {"grant", "refuse"}:
        return HttpResponseBadRequest("Say what to do: grant or refuse.\n")
    answer = request.POST.get("answer", "")
    answer_appeal(by=request.user, appeal=appeal, is_granted=action == "grant", answer=answer)  # type: ignore[arg-type]
    messages.success(request, _("The appeal is answered."))
    return redirect(f"{reverse('chats-desk')}?queue=appeals")


@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """Show every act of moderation, the newest first."""
    need(request, PERMISSION)
    before = whole_number(request.GET.get("before", ""))
    found = latest_decisions(limit=_PER_PAGE + 1, before=before)
    more = found[_PER_PAGE - 1].pk if len(found) > _PER_PAGE else None
    context = {"decisions": found[:_PER_PAGE], "more": more}
    return render(request, "newsroom/chats/decisions.html", context)


def words(request: HttpRequest) -> HttpResponse:
    """Show the newsroom's own words; put one on the list, take one off."""
    need(request, PERMISSION)
    form = WordForm()
    if request.method == "POST":
        by: Any = request.user
        number = whole_number(request.POST.get("delete", ""))
        if number is not None:
            delete_word(by=by, word=get_object_or_404(HouseWord, pk=number))
            return redirect("chats-words")
        form = WordForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            sort, language = WordSort(given["sort"]), given["language"]
            save_word(by=by, written=given["written"], sort=sort, language=language)
            return redirect("chats-words")
    return render(request, "newsroom/chats/words.html", {"form": form, "words": house_words()})


urlpatterns: list[URLPattern] = [
    path("chats/", queues, name="chats-desk"),
    path("chats/news/", news, name="chats-news"),
    path("chats/heat/", heat, name="chats-heat"),
    path("chats/decisions/", decisions, name="chats-decisions"),
    path("chats/figures/", statistics, name="chats-figures"),
    path("chats/figures.csv", download, {"form": "csv"}, name="chats-figures-csv"),
    path("chats/figures.json", download, {"form": "json"}, name="chats-figures-json"),
    path("chats/words/", words, name="chats-words"),
    path("chats/message/<int:number>/", one_message, name="chats-message"),
    path("chats/reader/<int:number>/", one_reader, name="chats-reader"),
    path("chats/appeal/<int:number>/", one_appeal, name="chats-appeal"),
    path("chats/rooms/", rooms, name="chats-rooms"),
    path("chats/chat/<int:number>/", one_chat, name="chats-chat"),
]
