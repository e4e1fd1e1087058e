"""Numbers paragraphs and headings as a house does: through the paper, or within each heading."""

from __future__ import annotations

from dataclasses import dataclass, field

from concord.documents.house import Numbering


@dataclass(slots=True)
class Counter:
    """Gives out numbers in the order in which it is asked for them."""

    numbering: Numbering
    deepest: int = 4
    paragraphs: int = 0
    level: int = 0
    counts: list[int] = field(default_factory=list)

    def heading(self, level: int, *, numbered: bool) -> str:
        """The number of a heading at that level; nothing where the house numbers none."""
        if self.numbering is Numbering.CONTINUOUS or not numbered:
            return ""
        level = min(level, self.deepest)
        self.counts = [*self.counts[:level], *[0] * (level - len(self.counts))]
        self.counts[level - 1] += 1
        self.level = level
        return self._number()

    def paragraph(self) -> str:
        """The number of the next paragraph."""
        if self.numbering is Numbering.CONTINUOUS:
            self.paragraphs += 1
            return f"{self.paragraphs}."
        level = min(self.level + 1, self.deepest)
        self.counts = [*self.counts[:level], *[0] * (level - len(self.counts))]
        self.counts[level - 1] += 1
        return self._number()

    def _number(self) -> str:
        number = ".".join(str(c) for c in self.counts)
        return f"{number}." if len(self.counts) == 1 else number
