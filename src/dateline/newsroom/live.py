"""The Live screen: live coverages, and the writing screen of one of them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET, require_POST

from dateline.common.client import wants_json
from dateline.common.numbers import whole_number
from dateline.live.actions import note_at_desk, open_coverage, open_from_template
from dateline.live.enums import Deed
from dateline.live.models import LivePost, LiveStory
from dateline.live.queries import (
    Place,
    coverages_for_desk,
    desk_changes,
    live_story_of,
    post_for_desk,
    stories_to_cover,
    templates,
)
from dateline.live.rules import Right, right_for
from dateline.live.typed import to_text
from dateline.newsroom.live_deeds import OF_COVERAGE, OF_POST, Done
from dateline.newsroom.live_forms import (
    FormRefusedError,
    FromTemplateForm,
    OpenForm,
    PostForm,
    form_of,
    said_by,
)
from dateline.newsroom.live_shown import (
    rendered_head,
    rendered_post,
    rendered_posts,
    rights_of,
    row_of,
    screen_of,
    who_is_there,
)
from dateline.newsroom.rights import need
from dateline.stories.models import Story

ENTER = (Right.WRITE, Right.PUBLISH, Right.LEAD)
"""One of these opens the Live screen: who writes, publishes or leads coverage."""


def coverages(request: HttpRequest) -> HttpResponse:
    """List the coverages, and open a new one."""
    need(request, *ENTER)
    if request.method == "POST":
        need(request, right_for(Deed.OPEN))
        try:
            return redirect(_address(_opened(request)))
        except FormRefusedError as refused:
            _tell_errors(request, refused.form)
    context = {
        "running": coverages_for_desk(is_running=True),
        "closed": coverages_for_desk(is_running=False),
        "stories": stories_to_cover(),
        "templates": templates(),
        "may": rights_of(request),
    }
    return render(request, "newsroom/live/coverages.html", context)


def _opened(request: HttpRequest) -> LiveStory:
    by: Any = request.user
    if "template" in request.POST:
        given = said_by(FromTemplateForm(request.POST))
        return open_from_template(by=by, **given)
    return open_coverage(by=by, story=said_by(OpenForm(request.POST))["story"])


def coverage(request: HttpRequest, story: int) -> HttpResponse:
    """Show the writing screen of a coverage, and do what its buttons say."""
    need(request, *ENTER)
    live_story = _live_story(story)
    if request.method != "POST":
        if live_story.merged_into is not None:
            return redirect(_address(live_story.merged_into))
        before = _place(request, live_story)
        return render(
            request, "newsroom/live/coverage.html", screen_of(request, live_story, before=before)
        )
    deed = OF_COVERAGE.get(request.POST.get("action", ""))
    if deed is None:
        return _unknown(OF_COVERAGE)
    live_story = live_story.merged_into or live_story
    return _answered(request, live_story, lambda: deed(request, live_story), _whole_screen)


def _whole_screen(request: HttpRequest, live_story: LiveStory, form: Any) -> HttpResponse:
    mine: dict[str, Any] = {"form": form} if isinstance(form, PostForm) else {}
    context = screen_of(request, live_story, **mine)
    return render(request, "newsroom/live/coverage.html", context, status=422)


def post(request: HttpRequest, story: int, number: int) -> HttpResponse:
    """Show the forms that change one post, and do what its buttons say."""
    need(request, *ENTER)
    live_story = _live_story(story)
    live_story = live_story.merged_into or live_story
    one = post_for_desk(live_story, number)
    if one is None:
        raise Http404
    if request.method != "POST":
        return _forms(request, one, form_of(one))
    deed = OF_POST.get(request.POST.get("action", ""))
    if deed is None:
        return _unknown(OF_POST)
    return _answered(
        request,
        live_story,
        lambda: deed(request, one),
        lambda r, _, form: _forms(r, one, form, 422),
    )


def _forms(request: HttpRequest, one: LivePost, form: Any, status: int = 200) -> HttpResponse:
    context = {"row": row_of(request, one), "form": form, "live_story": one.live_story}
    name = "_forms.html" if wants_json(request) else "post.html"
    return render(request, f"newsroom/live/{name}", context, status=status)


def _answered(
    request: HttpRequest,
    live_story: LiveStory,
    deed: Callable[[], Done],
    again: Callable[[HttpRequest, LiveStory, Any], HttpResponse],
) -> HttpResponse:
    """Do a deed; answer a script with what came of it, a person with the screen."""
    try:
        done = deed()
    except FormRefusedError as refused:
        if wants_json(request):
            return _refusal(refused.form)
        _tell_errors(request, refused.form)
        return again(request, live_story, refused.form)
    if wants_json(request):
        return JsonResponse(_told(request, live_story, done))
    if done.lines is not None:
        context = screen_of(request, live_story, lines=done.lines, typed_order=request.POST)
        return render(request, "newsroom/live/coverage.html", context)
    messages.success(request, done.said)
    return redirect(done.go or f"{_address(live_story)}{_fragment(done)}")


def _fragment(done: Done) -> str:
    return f"#post-{done.post.key}" if done.post else ""


def _told(request: HttpRequest, live_story: LiveStory, done: Done) -> dict[str, Any]:
    told: dict[str, Any] = {
        "said": done.said,
        "undo_seconds": done.undo_seconds,
        "go": done.go,
    }
    if done.post is not None:
        told["post"] = str(done.post.pk)
        told["key"] = done.post.key
        told["html"] = rendered_post(request, live_story, done.post.pk)
        told["typed"] = {
            "headline": done.post.headline,
            "text": to_text(list(done.post.body.raw_data)),
            "client_key": done.post.client_key or "",
            "is_draft": done.post.state == "draft",
        }
    if done.lines is not None:
        told["lines"] = render_to_string(
            "newsroom/live/_lines.html", {"lines": done.lines}, request
        )
    return told


@require_GET
def news(request: HttpRequest, story: int) -> HttpResponse:
    """Tell a script what has happened in a coverage after an entry, and who is there."""
    need(request, *ENTER)
    live_story = _live_story(story)
    if live_story.merged_into is not None:
        return JsonResponse({"go": _address(live_story.merged_into)})
    after = whole_number(request.GET.get("after", ""))
    changes = desk_changes(live_story, -1 if after is None else after)
    told: dict[str, Any] = {
        "after": changes.seq,
        "who": who_is_there(request, live_story),
        "posts": {str(n): rendered_post(request, live_story, n) for n in sorted(changes.posts)},
        "is_whole": changes.is_whole,
    }
    if changes.is_whole:
        told["head"] = rendered_head(request, live_story)
        told["posts"] = rendered_posts(request, live_story)
    return JsonResponse(told)


@require_POST
def here(request: HttpRequest, story: int) -> HttpResponse:
    """Note that somebody has the screen open, and whether they are typing."""
    need(request, *ENTER)
    by: Any = request.user
    is_writing = request.POST.get("writing") == "1"
    note_at_desk(by=by, live_story=_live_story(story), is_writing=is_writing)
    return HttpResponse(status=204)


def _live_story(number: int) -> LiveStory:
    found = live_story_of(Story(pk=number))
    if found is None:
        raise Http404
    return found


def _place(request: HttpRequest, live_story: LiveStory) -> Place | None:
    number = whole_number(request.GET.get("before", ""))
    before = post_for_desk(live_story, number) if number else None
    return (before.published_at, before.pk) if before and before.published_at else None


def _address(live_story: LiveStory) -> str:
    return reverse("live-coverage", kwargs={"story": live_story.story_id})


def _unknown(known: dict[str, Any]) -> HttpResponse:
    return HttpResponseBadRequest(f"Say what to do: {', '.join(known)}.\n")


def _refusal(form: Any) -> JsonResponse:
    fields = {name: " ".join(map(str, told)) for name, told in form.errors.items()}
    message = " ".join(fields.values())
    return JsonResponse({"code": "not-valid", "message": message, "fields": fields}, status=422)


def _tell_errors(request: HttpRequest, form: Any) -> None:
    for name, told in form.errors.items():
        label = form.fields[name].label or name if name in form.fields else ""
        messages.error(request, f"{label}: {' '.join(map(str, told))}")


urlpatterns: list[URLPattern] = [
    path("live/", coverages, name="live"),
    path("live/<int:story>/", coverage, name="live-coverage"),
    path("live/<int:story>/news/", news, name="live-news"),
    path("live/<int:story>/here/", here, name="live-here"),
    path("live/<int:story>/<int:number>/", post, name="live-post"),
]
