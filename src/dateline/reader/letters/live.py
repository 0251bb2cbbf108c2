"""Letters about live coverage: a key event, and how it ended."""

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from dateline.common import clock
from dateline.live.models import LivePost
from dateline.live.queries import coverages_seen, key_events, posts_seen
from dateline.reader.letters.contexts import LetterContext, LetterStoryContext
from dateline.reader.letters.single import letter
from dateline.reader.letters.stories import letter_stories, with_beginning
from dateline.reader.links import post_path
from dateline.reader.present.furniture import put_in_place
from dateline.stories.paragraphs import plain_text
from dateline.subscriptions.models import Sending

_MOST_EVENTS = 10
_MOST_WORDS = 120


def live_letter(sending: Sending) -> LetterContext | None:
    """Return the letter about a key event, or None once readers may not see it."""
    number = sending.thing_number or 0
    post = posts_seen([number], clock.now()).get(number)
    if post is None:
        return None
    lead = with_beginning(_event(post), post.body.raw_data)
    coverage = post.live_story.story.headline
    lines = (_("Correction: %(text)s") % {"text": post.correction},) if post.correction else ()
    subject = lead.headline if lead.headline == coverage else f"{lead.headline} · {coverage}"
    return letter(
        sending,
        subject=subject,
        preview=lead.plain[0] if lead.plain else "",
        lead=lead,
        lines=lines,
    )


def live_end_letter(sending: Sending) -> LetterContext | None:
    """Return the letter that ends a coverage: what is known, and its key events, newest first."""
    number = sending.story or 0
    live_story = coverages_seen([number], clock.now()).get(number)
    if live_story is None or live_story.is_running:
        return None
    heading = _("Live coverage has ended")
    events = key_events(live_story, _MOST_EVENTS)
    for post in events:
        post.live_story = live_story
    lines = tuple(plain_text(point) for point in live_story.summary)
    return letter(
        sending,
        subject=f"{live_story.story.headline}: {heading}",
        heading=heading,
        preview=" ".join(lines),
        lines=lines,
        stories=(*letter_stories([number], clock.now()), *map(_event, events)),
    )


def _event(post: LivePost) -> LetterStoryContext:
    """Return a post as a story of a letter, under the name of its coverage."""
    story = put_in_place(post.live_story.story)
    assert post.published_at is not None, "a post that readers see was published"  # noqa: S101
    signed = post.person.name if post.person else post.byline
    words = plain_text(" ".join(str(part["value"]) for part in post.body.raw_data))
    return LetterStoryContext(
        headline=post.headline or Truncator(words).chars(_MOST_WORDS),
        url=f"{settings.DATELINE.base_url}{post_path(story.pk, post.key)}",
        kicker=story.headline,
        authors=(signed,) if signed else (),
        published_at=post.published_at,
        section=story.section.name,
    )
