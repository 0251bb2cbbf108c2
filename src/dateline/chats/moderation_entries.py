"""What happens in the moderation, as the journal tells it: to staff alone, no page hears of it.

What readers see of a decision is told by the entries of messages.
"""

from dataclasses import dataclass
from typing import ClassVar

from dateline.journal.entries import Audience, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskEntry(Entry):
    """What every entry of the moderation carries."""

    audience: ClassVar[Audience] = Audience.STAFF

    @property
    def keys(self) -> tuple[str, ...]:
        return ("chats-desk",)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReported(DeskEntry):
    """Somebody says that something is wrong with a message; `is_legal` is a notice by law."""

    kind: ClassVar[str] = "message-reported"

    message: int
    report: int
    ground: str
    is_legal: bool = False

    @property
    def subject(self) -> str:
        return f"message:{self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModerationDecided(DeskEntry):
    """A moderator, or a rule, did something to a message or a reader."""

    kind: ClassVar[str] = "moderation-decided"

    decision: int
    deed: str
    message: int | None = None
    reader: int | None = None

    @property
    def subject(self) -> str:
        return f"decision:{self.decision}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealChanged(DeskEntry):
    """Somebody has appealed against a decision, or was answered.

    Shape: `report` is the notice of illegal content whose sender it was; None for a reader.
    """

    kind: ClassVar[str] = "appeal-changed"

    decision: int
    is_granted: bool | None = None
    report: int | None = None

    @property
    def subject(self) -> str:
        return f"decision:{self.decision}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseWordsChanged(DeskEntry):
    """The newsroom's own word lists are others now."""

    kind: ClassVar[str] = "house-words-changed"

    @property
    def subject(self) -> str:
        return "house-words"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelTrained(DeskEntry):
    """The local model of a language was trained anew."""

    kind: ClassVar[str] = "model-trained"

    language: str
    decisions: int

    @property
    def subject(self) -> str:
        return f"model:{self.language}"
