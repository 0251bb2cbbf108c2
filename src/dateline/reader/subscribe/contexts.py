"""What the pages of subscribing are given; see `reader.contexts`."""

from datetime import datetime
from typing import Any, ClassVar

from dateline.reader.contexts import FeedContext, LinkContext, PageContext, context, says
from dateline.reader.letters.contexts import ReasonContext


@context
class SubscribeContext:
    """Following something by the ways there are here: mail, a browser's notifications, a feed."""

    template: ClassVar[str] = "reader/subscribe/subscribe.html"
    page: PageContext = says("Shared furniture.")
    form: Any = says("The form: `what`, `pace`, and `mail` where it is not known.")
    mail: str = says("The proved address of whoever is logged in; empty for others.", default="")
    consent: str = says("What whoever sends the form agrees to.")
    sends_mail: bool = says("Whether this newsroom can write to anybody.")
    feeds: tuple[LinkContext, ...] = says("The same as feeds, and the whole edition's.")
    push_key: str = says("The key that browsers agree to; empty without notifications.", default="")
    languages: tuple[LinkContext, ...] = says("The same in the other editions.", default=())
    preferences_url: str = says("Where a browser's notifications are looked after.")
    privacy_url: str = says("What becomes of personal data; empty where none is named.", default="")
    choices_url: str = says("What whoever is logged in gets already.", default="")


@context
class SubscribedContext:
    """A page of words: a letter was sent, a link is too old, something ended."""

    template: ClassVar[str] = "reader/subscribe/said.html"
    page: PageContext = says("Shared furniture.")
    lines: tuple[str, ...] = says("What happened, and what to do.")
    link: LinkContext | None = says("Where to go on.", default=None)


@context
class AgreeContext:
    """Agreeing to what a link of a letter asks: pressing the button does it, the link alone not."""

    template: ClassVar[str] = "reader/subscribe/agree.html"
    page: PageContext = says("Shared furniture.")
    lines: tuple[str, ...] = says("What it is about.")
    what: tuple[str, ...] = says("What is followed or left.", default=())
    action: str = says("The words of the button.")
    is_grave: bool = says("Whether the button ends something.", default=False)
    asks_clock: bool = says("Whether the browser tells its time zone along.", default=False)
    deed: str = says("What the button asks for, where there are several; or empty.", default="")
    also: str = says("The words of a second button; empty for none.", default="")
    also_deed: str = says("What the second button asks for.", default="")
    other: LinkContext | None = says("Another way.", default=None)


@context
class FollowedContext:
    """One thing that somebody follows."""

    number: int = says("Its number, for the form.")
    label: str = says("What it is called.")
    url: str = says("Where it stands; empty where readers do not see it now.", default="")
    paces: tuple[tuple[str, str, bool], ...] = says("Value, words, whether it is so now.")
    channel: str = says("By which way, in words.")


@context
class SentContext:
    """One thing that somebody was sent, or was not, and why."""

    title: str = says("What it was.")
    at: datetime = says("When it was planned.")
    channel: str = says("By which way, in words.")
    state: str = says("What became of it, in words.")
    why: str = says("Why it waits, was not sent or did not arrive; empty otherwise.", default="")
    because: ReasonContext | None = says("Why, by what is followed; none for other.", default=None)


@context
class ClockContext:
    """The clock that somebody lives by, and those there are to choose from."""

    zone: str = says("Its time zone.")
    is_own: bool = says("Whether they chose it or their browser told it.", default=False)
    of_edition: str = says("The one they live by otherwise.")
    error: str = says("Why another was not taken; empty if nothing is wrong.", default="")
    zones: dict[str, tuple[str, ...]] = says("Those there are, by the part of the world.")
    gets_letters: bool = says("Whether they get letters, or notifications alone.")


@context
class BrowserContext:
    """What a browser that is known by its notifications alone was sent, by a link of a day."""

    template: ClassVar[str] = "reader/subscribe/browser.html"
    page: PageContext = says("Shared furniture.")
    said: str = says("What was just done.", default="")
    followed: tuple[str, ...] = says("What it is notified of.", default=())
    sent: tuple[SentContext, ...] = says(
        "What it was sent, a page of it, newest first.", default=()
    )
    older_url: str = says("Where what was sent before stands; empty for none.", default="")
    latest_url: str = says("Where the latest stands; empty where it is here.", default="")
    clock: ClockContext = says("The clock it lives by.")
    preferences_url: str = says("Where a browser's notifications are looked after.")
    export_url: str = says("Everything that is kept, as JSON.")


@context
class ChoicesContext:
    """What somebody gets, and all that can be changed of it, by a signed link."""

    template: ClassVar[str] = "reader/subscribe/choices.html"
    page: PageContext = says("Shared furniture.")
    mail: str = says("Where letters go.")
    said: str = says("What was just done.", default="")
    followed: tuple[FollowedContext, ...] = says("What is followed.", default=())
    paused_until: datetime | None = says("When letters go on, if they are paused.", default=None)
    is_stopped: bool = says("Whether nothing is sent.", default=False)
    stopped_as: str = says("Why nothing is sent: left, bounced, complained.", default="")
    stopped_at: datetime | None = says("Since when nothing is sent.", default=None)
    is_sure: bool = says("Whether it is the subscriber: by a link they asked for.", default=False)
    sends_mail: bool = says("Whether this newsroom can write to anybody.")
    form: Any = says("The form for another address: `mail`.")
    sent: tuple[SentContext, ...] = says("What was sent, a page of it, newest first.", default=())
    older_url: str = says("Where what was sent before stands; empty for none.", default="")
    latest_url: str = says("Where the latest stands; empty where it is here.", default="")
    feeds: tuple[FeedContext, ...] = says("What is followed, as feeds nobody else knows of.")
    clock: ClockContext = says("The clock they live by.")
    counting: str = says("The deed that refuses counting, or allows it.", default="")
    export_url: str = says("Everything that is kept, as JSON.")
    subscribe_url: str = says("Where to follow more.")
