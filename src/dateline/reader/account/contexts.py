"""What the pages of a reader's account are given; see `reader.contexts`."""

from datetime import datetime
from typing import Any, ClassVar

from dateline.reader.chat_contexts import ToldContext
from dateline.reader.contexts import PageContext, context, says


@context
class HouseContext:
    """Another house that vouches for readers."""

    name: str = says("What it is called.")
    id: str = says("How the settings name it.")
    url: str = says("Where a form is sent that leads to it.", default="")


@context
class LoginContext:
    """The way in: a mail address, and a code or a password."""

    template: ClassVar[str] = "reader/account/login.html"
    page: PageContext = says("Shared furniture.")
    form: Any = says("The form: `mail` and `password`.")
    is_closed: bool = says("Whether no mail is sent here, so that nobody can register.")
    next: str = says("Where the reader goes back to; empty for nowhere.", default="")
    houses: tuple[HouseContext, ...] = says("Houses that vouch for readers.", default=())


@context
class HouseTroubleContext:
    """Why another house did not let somebody in, and where to go now."""

    template: ClassVar[str] = "reader/account/house_trouble.html"
    page: PageContext = says("Shared furniture.")
    sentence: str = says("What happened, and what to do.")
    action: str = says("The words of the link.")
    again_url: str = says("The other ways in, which lead back to where the reader came from.")


@context
class CodeContext:
    """Where the code is typed that was sent by mail."""

    template: ClassVar[str] = "reader/account/code.html"
    page: PageContext = says("Shared furniture.")
    form: Any = says("The form: `code`.")
    mail: str = says("Where the code was sent.")
    again_url: str = says("Where to ask for another code.")


@context
class NameContext:
    """The last step of registering: a name, and what the reader agrees to."""

    template: ClassVar[str] = "reader/account/name.html"
    page: PageContext = says("Shared furniture.")
    form: Any = says("The form: `name`, `password`, `agreed`.")
    mail: str = says("The address that was proved; empty for a member of staff.")
    terms_url: str = says("The house's rules; empty where the newsroom names none.", default="")
    privacy_url: str = says("What becomes of personal data; empty where none is named.", default="")


@context
class OwnPageContext:
    """A page of one's own account with one form, or only words."""

    template: ClassVar[str] = "reader/account/form.html"
    page: PageContext = says("Shared furniture.")
    form: Any = says("The form; None where there is nothing to fill in.", default=None)
    lead: str = says("What the page is about, a sentence or two.", default="")
    action: str = says("The words on the button; empty for no button.", default="")
    is_grave: bool = says("Whether pressing it cannot be taken back.", default=False)
    back_url: str = says("Where a reader goes who does not want to.", default="")


@context
class AvatarContext:
    """A reader's picture. Partial: `_avatar.html`."""

    url: str = says("Where the picture is.")
    name: str = says("Whose it is.")


@context
class OwnAccountContext:
    """The overview of one's own account."""

    template: ClassVar[str] = "reader/account/own.html"
    page: PageContext = says("Shared furniture.")
    name: str = says("The name beside messages.")
    avatar: AvatarContext = says("The picture beside messages.")
    mail: str = says("The proved mail address; empty without one.", default="")
    joined_at: datetime = says("When the reader registered.")
    has_password: bool = says("Whether there is a password.")
    has_second_factor: bool = says("Whether logging in needs a second factor.")
    sessions: int = says("In how many browsers the account is logged in.", default=1)
    leaves_at: datetime | None = says("When the account will be deleted, if so.", default=None)
    newsroom_url: str = says("The newsroom's screens, for staff.", default="")
    notices: int = says("How many replies and mentions are unread.", default=0)
    told: tuple[ToldContext, ...] = says("What moderators decided about the reader.", default=())
    back: str = says("This page, for the forms on it.", default="")


@context
class SessionContext:
    """One browser that is logged in."""

    key: str = says("What names it in a form; tells nothing.")
    browser: str = says("Such as Firefox on Linux.")
    address: str = says("Where it logged in from.")
    began_at: datetime = says("When it logged in.")
    is_this: bool = says("Whether it is the browser the page is shown in.")


@context
class SessionsContext:
    """The browsers that are logged in, each with a button that ends it."""

    template: ClassVar[str] = "reader/account/sessions.html"
    page: PageContext = says("Shared furniture.")
    sessions: tuple[SessionContext, ...] = says("This browser first, then the newest.")
    houses: tuple[HouseContext, ...] = says("Houses that may log the reader in.", default=())


@context
class MutedContext:
    """Whom and what a reader does not want to see."""

    template: ClassVar[str] = "reader/account/muted.html"
    page: PageContext = says("Shared furniture.")
    form: Any = says("The form: `words`, one a line.")
    readers: tuple[tuple[int, str], ...] = says("Number and name of each muted reader.")


@context
class AccountPreferencesContext:
    """How a reader likes the site, wherever they are logged in."""

    template: ClassVar[str] = "reader/account/preferences.html"
    page: PageContext = says("Shared furniture.")
    form: Any = says("The form: language, colours, notifications.")


@context
class LeavingContext:
    """Taking everything along, and deleting the account."""

    template: ClassVar[str] = "reader/account/leaving.html"
    page: PageContext = says("Shared furniture.")
    days: int = says("Days of grace between the request and the deletion.")
    leaves_at: datetime | None = says("When the account will be deleted, if so.", default=None)


@context
class TooManyContext:
    """Too many tries: how long to wait."""

    template: ClassVar[str] = "reader/account/too_many.html"
    page: PageContext = says("Shared furniture.")
    sentence: str = says("How long to wait, in words.")


@context
class ConfirmContext:
    """Showing that one is still oneself, before something grave."""

    template: ClassVar[str] = "reader/account/confirm.html"
    page: PageContext = says("Shared furniture.")
    form: Any = says("The form: `password` and `code`.")
    mail: str = says("Where a code can be sent; empty where none can.")
    has_password: bool = says("Whether there is a password to type.")
    is_sent: bool = says("Whether a code was sent and waits to be typed.")


@context
class MailContext:
    """Changing one's mail address."""

    template: ClassVar[str] = "reader/account/mail.html"
    page: PageContext = says("Shared furniture.")
    form: Any = says("The form: `mail`, or `code` once one was sent.")
    mail: str = says("The address now; empty without one.")
    sent_to: str = says("Where a code was sent.", default="")
    said: str = says("Why the address was not changed.", default="")


@context
class AvatarPageContext:
    """Changing the picture beside one's messages."""

    template: ClassVar[str] = "reader/account/avatar.html"
    page: PageContext = says("Shared furniture.")
    form: Any = says("The form: `picture`.")
    avatar: AvatarContext = says("The picture now.")
    is_brought: bool = says("Whether the reader brought it.")
