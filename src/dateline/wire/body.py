"""From an item's blocks to a story's stored body."""

from html import escape
from typing import Any

from dateline.standards.facts import Facts
from dateline.stories.parts import parts_of


def stored_body(facts: Facts) -> list[dict[str, Any]]:
    """Return an item's body as a draft takes it; pictures by address are left to imports."""
    return list(parts_of(facts.body))


def note_text(facts: Facts) -> str:
    """Return the notes readers must never see, for the desk."""
    return "\n".join(note.text for note in facts.notes if not note.public)


def public_note(facts: Facts) -> str:
    """Return the notes readers may see, as the editor's note."""
    texts = [note.text for note in facts.notes if note.public]
    if facts.correction_public:
        texts.insert(0, facts.correction_public)
    return escape(" ".join(texts), quote=False)
