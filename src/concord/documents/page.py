"""The paper while it is being set: what stands on it so far, and the numbers given out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from concord.documents import tables
from concord.documents.house import HouseFormat, Numbered, Piece, PieceKind
from concord.documents.numbering import Counter
from concord.documents.paper import Block
from concord.documents.prose import literal
from concord.documents.record import Record
from concord.domain.decisions.values import Values, fill
from concord.domain.findings import Finding


@dataclass(slots=True)
class Page:
    """One setting of a paper: its blocks, its parts' numbers, what was met, what was left out."""

    record: Record
    house: HouseFormat
    values: Values
    counter: Counter
    setters: Mapping[PieceKind, Setter]
    blocks: list[Block] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def filled(self, text: str, line: int = 0) -> str:
        """The text with its live references filled; one that leads nowhere is a finding."""
        whole, dangling = fill(text, self.values)
        for d in dangling:
            says = f"{d.reference} stands for nothing"
            self.findings.append(Finding("paper.dangling", line, says, d.remedy))
        return literal(whole)

    def words(self, template: str) -> str:
        """A format's own words with the few names it may ask for."""
        return tables.worded(template, self.record)

    def place(self, piece: Piece, level: int) -> Iterator[Block]:
        """What one piece of the format becomes at that level of headings."""
        return self.setters[piece.is_](self, piece, level)

    def number(self, piece: Piece, level: int, under: int) -> str:
        """The next number, where the house numbers paragraphs here."""
        if piece.numbered is Numbered.NOTHING:
            return ""
        if piece.numbered is Numbered.HEADINGS and level > under:
            return ""
        return self.counter.paragraph()


Setter = Callable[[Page, Piece, int], Iterator[Block]]
