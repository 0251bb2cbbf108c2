"""Closed lists of this room."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """The five kinds of coverage."""

    NEWS = "news", _("News")
    LIVE = "live", _("Live")
    OFFBEAT = "offbeat", _("Off-beat")
    FEATURE = "feature", _("Feature")
    ANALYSIS = "analysis", _("Analysis")


class Urgency(IntegerChoices):
    """IPTC urgency, 1 the most urgent."""

    FLASH = 1, _("1 Flash")
    BULLETIN = 2, _("2 Bulletin")
    URGENT = 3, _("3 Urgent")
    PROMPT = 4, _("4 Prompt")
    NORMAL = 5, _("5 Normal")
    LATER = 6, _("6 Later")
    SLOW = 7, _("7 Slow")
    ROUTINE = 8, _("8 Routine")


class Role(TextChoices):
    """What a byline says somebody did."""

    WRITER = "writer", _("Writer")
    CORRESPONDENT = "correspondent", _("Correspondent")
    EDITOR = "editor", _("Editor")
    PHOTOGRAPHER = "photographer", _("Photographer")
    CONTRIBUTOR = "contributor", _("Contributor")
    ANALYST = "analyst", _("Analyst")
    TRANSLATOR = "translator", _("Translator")


class End(TextChoices):
    """How a published story left the reader's reach."""

    WITHDRAWAL = "withdrawal", _("Withdrawn")
    KILL = "kill", _("Killed")
    DELETION = "deletion", _("Deleted")


class BlockKind(TextChoices):
    """The parts of a body; the values are stored in it."""

    PARAGRAPH = "paragraph", _("Paragraph")
    SUBHEAD = "subhead", _("Subhead")
    QUOTE = "quote", _("Quote")
    LIST = "list", _("List")
    PICTURE = "picture", _("Picture")
    GALLERY = "gallery", _("Gallery")
    TABLE = "table", _("Table")
    FACT_BOX = "fact_box", _("Fact box")
    EMBED = "embed", _("Embed")
    DOCUMENT = "document", _("Document")
