"""What the pages of notices, decisions and appeals show."""

from datetime import datetime
from typing import ClassVar

from dateline.reader.chat_contexts import MessageContext
from dateline.reader.contexts import LinkContext, PageContext, context, says


@context
class LawContext:
    """A notice that a message is illegal, on its way: anybody can give one."""

    template: ClassVar[str] = "reader/chat_law.html"
    page: PageContext = says("Shared furniture.")
    message: MessageContext = says("The message.")
    laws: tuple[LinkContext, ...] = says("What kind of law it can be about; `url` is the value.")
    token: str = says("Token of the form.")
    law: str = says("The law chosen so far.", default="")
    text: str = says("The explanation typed so far.", default="")
    name: str = says("The name typed so far.", default="")
    mail: str = says("The mail address typed so far.", default="")
    trouble: str = says("What it lacks; may be empty.", default="")


@context
class StatementContext:
    """What was decided about a message or a reader, why, and what can be done about it."""

    template: ClassVar[str] = "reader/chat_statement.html"
    page: PageContext = says("Shared furniture.")
    deed: str = says("What was decided; empty while nothing is.", default="")
    decided_at: datetime | None = says("When.", default=None)
    until: datetime | None = says("Until when it holds; None for no end.", default=None)
    ground: str = says("Because of what.", default="")
    statement: str = says("What the moderators write.", default="")
    is_by_rule: bool = says("Whether a rule decided, and no person.", default=False)
    is_found_by_rule: bool = says("Whether a rule had found it first.", default=False)
    is_undone: bool = says("Whether it was undone.", default=False)
    message: str = says("The words it is about; may be empty.", default="")
    about_url: str = says("The chat's page; may be empty.", default="")
    is_notice: bool = says("Whether it answers a notice of illegal content.", default=False)
    appeal: str = says("What the reader has said against it.", default="")
    answer: str = says("What was answered.", default="")
    is_granted: bool | None = says("Whether the appeal was granted; None while open.", default=None)
    may_appeal: bool = says("Whether the reader can say that it is wrong.", default=False)
    token: str = says("Token of the form; empty where there is none.", default="")
    trouble: str = says("Why the appeal was not taken; may be empty.", default="")


@context
class DecisionLineContext:
    """One decision in a reader's list."""

    url: str = says("Its page.")
    deed: str = says("What was decided.")
    ground: str = says("Because of what; may be empty.")
    at: datetime = says("When.")
    words: str = says("The beginning of the message; may be empty.")
    is_undone: bool = says("Whether it was undone.")


@context
class DecisionsContext:
    """What moderators decided about a reader."""

    template: ClassVar[str] = "reader/chat_decisions.html"
    page: PageContext = says("Shared furniture.")
    decisions: tuple[DecisionLineContext, ...] = says("The newest first.", default=())
