"""The picture of a shared link: where it is, and what answers there."""

from dataclasses import replace
from threading import BoundedSemaphore

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
)

from dateline.common import clock
from dateline.journal.queries import head
from dateline.live.models import LivePost
from dateline.live.queries import post_by_key, posts_seen
from dateline.media.models import Picture
from dateline.press.touch import touch
from dateline.reader.drawing.share import Shared, draw_share_picture
from dateline.reader.links import post_picture_path, share_picture_path
from dateline.reader.present.furniture import put_in_place
from dateline.reader.present.live import label_of
from dateline.reader.present.pictures import renditions_of
from dateline.reader.views import ended, not_found
from dateline.stories.models import Story
from dateline.stories.queries import story_for_reader

_AT_ONCE = BoundedSemaphore(2)


def short(request: HttpRequest, number: str) -> HttpResponse:
    """Lead from a story's short address to where it stands now."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    story = story_for_reader(int(number), clock.now())
    if story is None:
        return ended(request, int(number))
    return HttpResponsePermanentRedirect(put_in_place(story).address)


def picture(request: HttpRequest, number: str, version: str) -> HttpResponse:
    """Answer with a story's share picture, for as long as readers may see the story.

    The press keeps it. Few are drawn at once: a page must never wait for pictures.
    """
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    journal = head()
    story = story_for_reader(int(number), clock.now())
    if story is None:
        return not_found(request)
    if story.version != int(version):
        return HttpResponsePermanentRedirect(share_picture_path(story.pk, story.version))
    return _drawn(request, journal, _shared(put_in_place(story)))


def _drawn(request: HttpRequest, journal: int, shared: Shared) -> HttpResponse:
    if not _AT_ONCE.acquire(blocking=False):
        return HttpResponse(status=503, headers={"Retry-After": "1"})
    try:
        drawn = draw_share_picture(shared)
    finally:
        _AT_ONCE.release()
    request.pressed_at = journal  # type: ignore[attr-defined]
    return HttpResponse(drawn, content_type="image/jpeg")


def post_picture(request: HttpRequest, number: str, key: str, version: str) -> HttpResponse:
    """Answer with a live post's share picture, for as long as readers may see the post."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    journal = head()
    post = post_by_key(key)
    shown = posts_seen([post.pk], clock.now()).get(post.pk) if post else None
    if shown is None:
        return not_found(request)
    if shown.version != int(version) or shown.live_story.story_id != int(number):
        place = post_picture_path(shown.live_story.story_id, key, shown.version)
        return HttpResponsePermanentRedirect(place)
    return _drawn(request, journal, _shared_post(shown))


def _shared_post(post: LivePost) -> Shared:
    """Return what the picture says: the post's own words, over the name of the section."""
    touch(f"live-post:{post.pk}")
    whole = _shared(put_in_place(post.live_story.story))
    return replace(whole, headline=label_of(post), picture=None)


def _shared(story: Story) -> Shared:
    touch(f"story:{story.pk}", f"section:{story.section_id}:name", f"edition:{story.edition.code}")
    lead = story.lead_picture
    return Shared(
        headline=story.headline,
        section=story.section.name,
        agency=story.edition.name,
        is_rtl=story.edition.direction == "rtl",
        picture=_file(lead) if lead else None,
        focus=_focus(lead) if lead else (0.5, 0.5),
    )


def _file(picture: Picture) -> bytes | None:
    """Return the largest rendition of a picture, or None until one is made."""
    touch(f"picture:{picture.pk}")
    made = renditions_of([picture.pk])[picture.pk]
    for rendition in reversed(made):
        try:
            with rendition.file.open("rb") as file:
                return bytes(file.read())
        except OSError:
            continue
    return None


def _focus(picture: Picture) -> tuple[float, float]:
    point = picture.get_focal_point()
    if point is None:
        return 0.5, 0.5
    return point.centroid_x / picture.width, point.centroid_y / picture.height
