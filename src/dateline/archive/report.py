"""What an import did and what it did not understand, to be counted and told."""

from collections import Counter
from dataclasses import dataclass, field

MOST_EXAMPLES = 5
_MOST_REASONS = 200


@dataclass
class Report:
    """Counts by word, and reasons with their first examples."""

    source: str = ""
    total: int = 0
    is_rehearsal: bool = False
    done: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    categories: Counter[str] = field(default_factory=Counter)
    sections: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)

    def leave_out(self, reason: str, example: str) -> None:
        """Count an item, or a part of one, that was not taken."""
        if reason not in self.reasons and len(self.reasons) >= _MOST_REASONS:
            reason = "other reasons"
        self.reasons[reason] += 1
        shown = self.examples.setdefault(reason, [])
        if len(shown) < MOST_EXAMPLES:
            shown.append(example[:120])

    def miss(self, address: str) -> None:
        """Count a picture that was not found."""
        self.done["pictures not found"] += 1
        if len(self.missing) < MOST_EXAMPLES:
            self.missing.append(address)

    @property
    def text(self) -> str:
        """The report in lines."""
        head = "Rehearsal, nothing was stored" if self.is_rehearsal else "Import"
        lines = [f"{head}: {self.source}, {self.total:,} items"]
        lines += [f"  {count:>9,}  {name}" for name, count in self.done.items() if count]
        lines += self._table("Stories by section:", self.sections)
        if self.reasons:
            lines.append("Left out or not understood:")
        for reason, count in self.reasons.most_common():
            lines.append(f"  {count:>9,}  {reason}")
            lines += [f"               e.g. {one}" for one in self.examples[reason]]
        lines += self._table("Categories without a section of their own:", self.categories)
        if self.missing:
            lines.append("Pictures not found, the first of them:")
            lines += [f"             {address}" for address in self.missing]
        return "\n".join(lines)

    def _table(self, title: str, counts: Counter[str]) -> list[str]:
        rows = [f"  {count:>9,}  {name}" for name, count in counts.most_common(50)]
        return [title, *rows] if rows else []
