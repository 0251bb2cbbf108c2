"""What the templates of letters are given; see `reader.contexts`.

A letter is made once for all who get it for the same reason: what is one reader's own, such as the
links in its foot, holds a mark that is filled in when it leaves.
"""

from datetime import datetime
from typing import ClassVar

from django.utils.safestring import SafeString

from dateline.reader.contexts import EditionContext, LinkContext, context, says
from dateline.reader.contexts.shape import NO_HTML
from dateline.subscriptions.reasons import Reason


@context
class LetterPictureContext:
    """A picture in a letter: one size, since mail programs choose none."""

    url: str = says("Whole address of a JPEG.")
    alt: str = says("What it shows.", default="")
    caption: str = says("Caption as plain text.", default="")
    credit: str = says("Who made it.", default="")


@context
class LetterStoryContext:
    """A story in a letter. Partials: `mail/_story.html`, `mail/_line.html`."""

    number: int = says("The story's number; 0 for what is none.", default=0)
    headline: str = says("The headline.")
    url: str = says("Whole address.")
    kicker: str = says("Words above the headline; may be empty.", default="")
    standfirst: str = says("The summary as plain text.", default="")
    dateline: str = says("Place, date and agency, as printed.", default="")
    authors: tuple[str, ...] = says("Who wrote it.", default=())
    published_at: datetime = says("First publication, aware.")
    section: str = says("Name of the section.", default="")
    picture: LetterPictureContext | None = says("Lead picture.", default=None)
    paragraphs: tuple[SafeString, ...] = says("How it begins, as sanitised html.", default=())
    plain: tuple[str, ...] = says("The same paragraphs as plain text.", default=())
    is_whole: bool = says("Whether the paragraphs are all of it.", default=False)
    because: str = says("What the reader follows, in a digest.", default="")


@context
class LetterPartContext:
    """Some stories of a newsletter under one heading. Partial: `mail/_part.html`."""

    heading: str = says("What stands over them; may be empty.", default="")
    stories: tuple[LetterStoryContext, ...] = says("In their order.")


@context
class ReasonContext:
    """Why somebody was sent something: a sentence around the name of what they follow."""

    before: str = says("The sentence up to the name; all of it where there is none.")
    name: str = says("What is followed.", default="")
    after: str = says("The sentence from the name on.", default="")
    url: str = says("Whole address of what is followed.", default="")


def reason_context(reason: Reason, *, url: str = "") -> ReasonContext:
    """Return a reason as templates are given it."""
    return ReasonContext(before=reason.before, name=reason.name, after=reason.after, url=url)


@context
class LetterContext:
    """Any letter to subscribers. Templates: `mail/base.html` and the one of its kind."""

    template: ClassVar[str] = "reader/mail/stories.html"
    edition: EditionContext = says("Language, direction, name.")
    site: str = says("Scheme and host that stand before every path.")
    subject: str = says("What stands in the list of a mail program.")
    preview: str = says("What stands beside the subject there.", default="")
    heading: str = says("What stands over the stories; empty for one story.", default="")
    lines: tuple[str, ...] = says("Words of the newsroom before the stories.", default=())
    lead: LetterStoryContext | None = says("The one story, with how it begins.", default=None)
    stories: tuple[LetterStoryContext, ...] = says("Stories as a list.", default=())
    because: ReasonContext | None = says("Why it was sent, by what is followed.", default=None)
    because_words: str = says("Why it was sent, where nothing is followed.", default="")
    choices_url: str = says("Where its reader chooses what to get; holds their mark.")
    leave_url: str = says("Where one click ends it; holds their mark.")
    intro: SafeString = says("What an editor wrote above the stories, sanitised.", default=NO_HTML)
    sender_name: str = says("Whose name stands before the sender's address.", default="")


@context
class IssueLetterContext(LetterContext):
    """An issue of a newsletter as a letter. Partials: `mail/_part.html`, `mail/_lead.html`."""

    template: ClassVar[str] = "reader/mail/newsletter.html"
    title: str = says("What the newsletter is called.")
    tagline: str = says("What it is, in a line; may be empty.", default="")
    at: datetime = says("When it left, aware; now, before it does.")
    intro_text: str = says("The intro as plain text.", default="")
    parts: tuple[LetterPartContext, ...] = says("What an editor put together.", default=())
    sponsor: LinkContext | None = says("Who paid for a line in it.", default=None)
    browser_url: str = says("Where the same is read on the site.")
    opening_url: str = says(
        "Its own picture, where it is counted whether it is opened.", default=""
    )
