"""The pages themselves; each states its template."""

from datetime import datetime
from typing import Any, ClassVar

from dateline.reader.contexts.furniture import PageContext
from dateline.reader.contexts.pieces import KindLinkContext, LinkContext, PictureContext
from dateline.reader.contexts.shape import context, says
from dateline.reader.contexts.stories import PartOfContext, StoryCardContext, StoryContext


@context
class FrontContext:
    """The front of an edition: one lead, two seconds, a rail, then a river."""

    template: ClassVar[str] = "reader/front.html"
    page: PageContext = says("Shared furniture.")
    lead: StoryCardContext | None = says("The first story; None on an empty site.", default=None)
    lead_related: tuple[StoryCardContext, ...] = says("Lines under the lead.", default=())
    seconds: tuple[StoryCardContext, ...] = says("Two stories beside the lead.", default=())
    rail: tuple[StoryCardContext, ...] = says("Short lines of the newest.", default=())
    river: tuple[StoryCardContext, ...] = says("The rest, newest first.", default=())
    older_url: str = says("The next page of the river; empty at the end.", default="")
    newest_url: str = says("Back to the first page; empty on it.", default="")


@context
class SectionContext:
    """A section with its name and tagline."""

    template: ClassVar[str] = "reader/section.html"
    page: PageContext = says("Shared furniture.")
    name: str = says("Name of the section.")
    tagline: str = says("One line under the name.", default="")
    children: tuple[LinkContext, ...] = says("Sections inside this one.", default=())
    kinds: tuple[KindLinkContext, ...] = says("The filter by kind.", default=())
    lead: StoryCardContext | None = says("First story on the first page.", default=None)
    seconds: tuple[StoryCardContext, ...] = says("What an editor placed beside it.", default=())
    stories: tuple[StoryCardContext, ...] = says("The others, newest first.", default=())
    older_url: str = says("The next page; empty at the end.", default="")
    newest_url: str = says("Back to the first page; empty on it.", default="")
    archive_url: str = says("The section's archive.", default="")
    chat_url: str = says("Its chat; empty where it has none.", default="")


@context
class TopicContext:
    """What has been written about one person, organisation, place or subject."""

    template: ClassVar[str] = "reader/topic.html"
    page: PageContext = says("Shared furniture.")
    name: str = says("Name of the topic.")
    kind_label: str = says("`Person`, `Place` … in the reader's language.", default="")
    description: str = says("One or two sentences; plain text.", default="")
    aliases: tuple[str, ...] = says("Other names of it.", default=())
    picture: PictureContext | None = says("A picture of it.", default=None)
    stories: tuple[StoryCardContext, ...] = says("Newest first.", default=())
    older_url: str = says("The next page; empty at the end.", default="")
    newest_url: str = says("Back to the first page; empty on it.", default="")
    archive_url: str = says("The topic's archive.", default="")


@context
class StoryPageContext:
    """A story on its own page."""

    template: ClassVar[str] = "reader/story.html"
    page: PageContext = says("Shared furniture.")
    story: StoryContext = says("The story.")
    translations: tuple[LinkContext, ...] = says("The story in other languages.", default=())
    part_of: PartOfContext | None = says("The storyline it is a part of.", default=None)
    related: tuple[StoryCardContext, ...] = says("Stories that belong with it.", default=())
    following: tuple[StoryCardContext, ...] = says("Newest of the same section.", default=())
    live: Any = says("Live coverage of the story, a LiveCoverageContext.", default=None)
    chat: Any = says("The story's chat, a StoryChatContext.", default=None)


@context
class NoticeChoiceContext:
    """One thing that a browser can notify its reader of."""

    subject: str = says("What the server knows it as, such as `section:3`.")
    label: str = says("What readers know it as.")
    is_first: bool = says("Whether it is offered as chosen.", default=False)


@context
class NoticesContext:
    """Notifications in this browser. Template: `_notices.html`."""

    key: str = says("The key that browsers agree to, in base64url.")
    choices: tuple[NoticeChoiceContext, ...] = says("What can be chosen, breaking news first.")


@context
class PreferencesContext:
    """How the site looks and behaves in this browser; all but notifications is kept there alone."""

    template: ClassVar[str] = "reader/preferences.html"
    page: PageContext = says("Shared furniture.")
    notices: NoticesContext | None = says("Notifications; None where there are none.", default=None)


@context
class SavedContext:
    """The stories saved in this browser: scripts fill the list."""

    template: ClassVar[str] = "reader/saved.html"
    page: PageContext = says("Shared furniture.")


@context
class OfflineContext:
    """What is shown instead of a page when there is no network."""

    template: ClassVar[str] = "reader/offline.html"
    page: PageContext = says("Shared furniture.")


@context
class PartsContext:
    """Dialogs and lines that scripts put into pages, each in a `<template>`."""

    template: ClassVar[str] = "reader/parts.html"
    page: PageContext = says("Shared furniture; its title is empty.")


@context
class ErrorContext:
    """A page that is not there (404). A 500 needs no context at all."""

    template: ClassVar[str] = "reader/404.html"
    page: PageContext = says("Shared furniture.")
    words: str = says("Words of the address asked for, to search by.", default="")
    latest: tuple[StoryCardContext, ...] = says("Stories to read instead.", default=())


@context
class GoneContext:
    """A story that was withdrawn (410)."""

    template: ClassVar[str] = "reader/410.html"
    page: PageContext = says("Shared furniture.")
    withdrawn_at: datetime | None = says("When it was withdrawn, aware.", default=None)
    notice: str = says("What the desk tells readers of it; plain text.", default="")
    latest: tuple[StoryCardContext, ...] = says("Stories to read instead.", default=())
