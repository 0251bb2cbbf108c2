"""What the buttons of the Live screen do: one action each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dateline.common.numbers import whole_number
from dateline.live import actions
from dateline.live.enums import Deed, Order
from dateline.live.models import LivePost, LiveStory
from dateline.live.rules import UNDO_WITHIN, UNDOABLE, look_at_running_order, right_for
from dateline.newsroom.live_forms import (
    ArrangeForm,
    CorrectedPostForm,
    MergeForm,
    OrderForm,
    PostForm,
    SummaryForm,
    TimedPostForm,
    said_by,
)
from dateline.newsroom.rights import need


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a button.

    Shape: `said` is one sentence for whoever pressed it; `undo_seconds` is 0 where nothing can be
        undone; `go` is where it leads; `lines` is what was understood of a running order.
    """

    said: str = ""
    post: LivePost | None = None
    undo_seconds: int = 0
    go: str = ""
    lines: tuple[Any, ...] | None = None


def _need(request: HttpRequest, deed: Deed, post: LivePost | None = None) -> Any:
    need(request, right_for(deed, post.state) if post else right_for(deed))
    return request.user


def _done(said: str, deed: Deed, post: LivePost) -> Done:
    seconds = int(UNDO_WITHIN.total_seconds()) if deed in UNDOABLE else 0
    return Done(said=said, post=post, undo_seconds=seconds)


def _hand_in(request: HttpRequest, live_story: LiveStory, deed: Deed, said: str) -> Done:
    by = _need(request, deed)
    form = (TimedPostForm if deed is Deed.SCHEDULE else PostForm)(request.POST)
    given = said_by(form)
    wish = actions.HandIn(
        deed=deed, client_key=given["client_key"], at=given["at"], is_pinned=given["is_pinned"]
    )
    copy = form.copy(by)
    post = actions.hand_in_post(by=by, live_story=live_story, copy=copy, wish=wish)
    return _done(said, deed, post)


def _publish(request: HttpRequest, live_story: LiveStory) -> Done:
    return _hand_in(request, live_story, Deed.PUBLISH, _("Published."))


def _draft(request: HttpRequest, live_story: LiveStory) -> Done:
    return _hand_in(request, live_story, Deed.WRITE, _("Saved as a draft."))


def _submit(request: HttpRequest, live_story: LiveStory) -> Done:
    return _hand_in(request, live_story, Deed.SUBMIT, _("Sent for approval."))


def _schedule(request: HttpRequest, live_story: LiveStory) -> Done:
    return _hand_in(request, live_story, Deed.SCHEDULE, _("Scheduled."))


def _summarise(request: HttpRequest, live_story: LiveStory) -> Done:
    by = _need(request, Deed.SUMMARISE)
    points = said_by(SummaryForm(request.POST))["points"]
    actions.save_summary(by=by, live_story=live_story, points=points)
    return Done(said=_("The summary is saved."))


def _arrange(request: HttpRequest, live_story: LiveStory) -> Done:
    by = _need(request, Deed.ARRANGE)
    given = said_by(ArrangeForm(request.POST))
    actions.save_order(by=by, live_story=live_story, order=Order(given["order"]))
    if given["template"].strip() != live_story.template:
        actions.save_as_template(by=by, live_story=live_story, name=given["template"])
    return Done(said=_("Saved."))


def _close(request: HttpRequest, live_story: LiveStory) -> Done:
    actions.close_coverage(by=_need(request, Deed.CLOSE), live_story=live_story)
    return Done(said=_("The coverage is closed; its posts stay."))


def _reopen(request: HttpRequest, live_story: LiveStory) -> Done:
    actions.reopen_coverage(by=_need(request, Deed.REOPEN), live_story=live_story)
    return Done(said=_("The coverage goes on."))


def _merge(request: HttpRequest, live_story: LiveStory) -> Done:
    by = _need(request, Deed.MERGE)
    merged = said_by(MergeForm(request.POST))["merged"]
    actions.merge_coverages(by=by, merged=merged, into=live_story)
    return Done(said=_("The posts of both coverages stand here now."))


def _preview_order(request: HttpRequest, live_story: LiveStory) -> Done:
    _need(request, Deed.WRITE)
    text = said_by(OrderForm(request.POST))["text"]
    return Done(lines=tuple(look_at_running_order(text)))


def _import_order(request: HttpRequest, live_story: LiveStory) -> Done:
    given = said_by(OrderForm(request.POST))
    by = _need(request, Deed.SCHEDULE if given["is_scheduled"] else Deed.WRITE)
    order = actions.RunningOrder(**given)
    made = actions.import_running_order(by=by, live_story=live_story, order=order)
    return Done(said=_("Lines taken from the running order: {n}.").format(n=len(made)))


OF_COVERAGE: dict[str, Callable[[HttpRequest, LiveStory], Done]] = {
    "publish": _publish,
    "draft": _draft,
    "submit": _submit,
    "schedule": _schedule,
    "summarise": _summarise,
    "arrange": _arrange,
    "close": _close,
    "reopen": _reopen,
    "merge": _merge,
    "preview-order": _preview_order,
    "import-order": _import_order,
}


def _edit(request: HttpRequest, post: LivePost) -> Done:
    by = _need(request, Deed.EDIT, post)
    form = PostForm(request.POST)
    version = said_by(form)["version"]
    copy = form.copy(by, post)
    post = actions.edit_post(by=by, post=post, copy=copy, version=version)
    return _done(_("Saved."), Deed.EDIT, post)


def _correct(request: HttpRequest, post: LivePost) -> Done:
    by = _need(request, Deed.CORRECT, post)
    form = CorrectedPostForm(request.POST)
    given = said_by(form)
    text, version, copy = given["correction"], given["version"], form.copy(by, post)
    post = actions.correct_post(by=by, post=post, text=text, copy=copy, version=version)
    return _done(_("Corrected, in the open."), Deed.CORRECT, post)


def _publish_post(request: HttpRequest, post: LivePost) -> Done:
    by = _need(request, Deed.PUBLISH, post)
    version = whole_number(request.POST.get("version", ""))
    post = actions.publish_post(by=by, post=post, version=version)
    return _done(_("Published."), Deed.PUBLISH, post)


def _submit_post(request: HttpRequest, post: LivePost) -> Done:
    by = _need(request, Deed.SUBMIT, post)
    return _done(_("Sent for approval."), Deed.SUBMIT, actions.submit_post(by=by, post=post))


def _return_post(request: HttpRequest, post: LivePost) -> Done:
    by = _need(request, Deed.RETURN, post)
    why = request.POST.get("why", "").strip()[:500]
    return _done(_("A draft again."), Deed.RETURN, actions.return_post(by=by, post=post, why=why))


def _schedule_post(request: HttpRequest, post: LivePost) -> Done:
    by = _need(request, Deed.SCHEDULE, post)
    form = TimedPostForm(request.POST)
    given = said_by(form)
    at, version, copy = given["at"], given["version"], form.copy(by, post)
    post = actions.edit_post(by=by, post=post, copy=copy, version=version)
    post = actions.schedule_post(by=by, post=post, at=at)
    return _done(_("Scheduled."), Deed.SCHEDULE, post)


def _delete(request: HttpRequest, post: LivePost) -> Done:
    by = _need(request, Deed.DELETE, post)
    return _done(_("Deleted."), Deed.DELETE, actions.delete_post(by=by, post=post))


def _pin(request: HttpRequest, post: LivePost) -> Done:
    by = _need(request, Deed.PIN, post)
    return _done(_("Pinned on top."), Deed.PIN, actions.pin_post(by=by, post=post))


def _unpin(request: HttpRequest, post: LivePost) -> Done:
    by = _need(request, Deed.UNPIN, post)
    return _done(_("No longer pinned."), Deed.UNPIN, actions.unpin_post(by=by, post=post))


def _mark(request: HttpRequest, post: LivePost) -> Done:
    by = _need(request, Deed.MARK, post)
    marked = actions.mark_key(by=by, post=post, is_key=True)
    return _done(_("Marked as a key event."), Deed.MARK, marked)


def _unmark(request: HttpRequest, post: LivePost) -> Done:
    by = _need(request, Deed.UNMARK, post)
    unmarked = actions.mark_key(by=by, post=post, is_key=False)
    return _done(_("No longer a key event."), Deed.UNMARK, unmarked)


def _promote(request: HttpRequest, post: LivePost) -> Done:
    story = actions.promote_post(by=_need(request, Deed.PROMOTE, post), post=post)
    return Done(
        said=_("A story was made of it; it is a draft."),
        post=post,
        go=reverse("wagtailsnippets_stories_story:edit", args=[story.pk]),
    )


def _undo(request: HttpRequest, post: LivePost) -> Done:
    return Done(said=_("Undone."), post=actions.undo_post(by=_need(request, Deed.WRITE), post=post))


OF_POST: dict[str, Callable[[HttpRequest, LivePost], Done]] = {
    "edit": _edit,
    "correct": _correct,
    "publish": _publish_post,
    "submit": _submit_post,
    "return": _return_post,
    "schedule": _schedule_post,
    "delete": _delete,
    "pin": _pin,
    "unpin": _unpin,
    "mark": _mark,
    "unmark": _unmark,
    "promote": _promote,
    "undo": _undo,
}
