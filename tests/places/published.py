"""Published reports rebuilt as records: how the tests of each read one and ask about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from concord.documents.house import house_formats
from concord.documents.layout import lay_out
from concord.documents.paper import Audience, Heading, Paper, Paragraph
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.reader import read_arrangement
from concord.domain.decisions.checks import all_checks
from concord.domain.decisions.checks.passages import all_parts, all_words, blocks
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.reader import MatterReading, read_matter
from concord.domain.decisions.report import Part, Report
from concord.domain.decisions.values import fill, values_of
from concord.domain.findings import Finding, Weight

ROOT = Path(__file__).parents[2]
DEFECTS = Path(__file__).parent / "defects"


@dataclass(frozen=True, slots=True)
class Published:
    """One report: its place's arrangement, its text as it was read, and the record."""

    arrangement: Arrangement
    reading: MatterReading
    matter: MatterText
    report: Report

    def part(self, kind: str) -> Part:
        """The one part of that kind."""
        (found,) = (p for p in self.report.parts if p.kind == kind)
        return found

    def asked(self, stop: str) -> list[tuple[str, str]]:
        """Each recommendation to a stop: its verb, and its text with live values filled in."""
        values = values_of(self.matter, self.arrangement)
        rows = [r for r in self.report.recommendations if r.to == stop]
        return [(str(r.verb), fill(r.text, values)[0]) for r in rows]

    def filled(self, part: Part) -> str:
        return fill(part.text, values_of(self.matter, self.arrangement))[0]

    def dangling(self) -> list[str]:
        """Every live reference in any word of the text that refers to nothing."""
        numbers = {p.id_: "1" for p in all_parts(self.report.parts) if p.id_}
        values = values_of(self.matter, self.arrangement).numbered(numbers)
        words = (p.words for p in all_words(self.matter))
        return [d.reference for w in words for d in fill(w, values)[1]]

    def paper(self, house: str) -> Paper:
        found = lay_out(self.matter, self.arrangement, house_formats()[house], Audience.FULL)
        assert found.paper is not None, found.findings
        return found.paper


def published(place: str, matter: str) -> Published:
    """A place's matter, which can be read and kept."""
    folder = ROOT / "places" / place
    arrangement = _arrangement(folder)
    text = (folder / "matters" / f"{matter}.toml").read_text(encoding="utf-8")
    reading = read_matter(text, arrangement, f"{matter}.toml", [all_checks])
    assert reading.matter is not None, reading.findings
    assert isinstance(reading.matter.report, Report)
    return Published(arrangement, reading, reading.matter, reading.matter.report)


def defective(place: str, source: str) -> tuple[str, tuple[Finding, ...]]:
    """The fragments of a published report with its defects, and what the checks find in them."""
    text = (DEFECTS / f"{source}.toml").read_text(encoding="utf-8")
    arrangement = _arrangement(ROOT / "places" / place)
    return text, read_matter(text, arrangement, f"{source}.toml", [all_checks]).findings


def _arrangement(folder: Path) -> Arrangement:
    text = (folder / "arrangement.toml").read_text(encoding="utf-8")
    found = read_arrangement(text, "arrangement.toml").arrangement
    assert found is not None
    return found


def grave(found: tuple[Finding, ...], but: tuple[str, ...] = ()) -> list[str]:
    """The ids of grave findings, some families left out."""
    graves = [f for f in found if f.weight is Weight.GRAVE]
    return [f.id for f in graves if f.id.split(".")[0] not in but]


def the(found: tuple[Finding, ...], id_: str) -> list[Finding]:
    return [f for f in found if f.id == id_]


def lists_of(part: Part) -> list[int]:
    """How many items each list of a part holds, in order."""
    return [len(b.items) for b in blocks(part.text) if b.items]


def headings(paper: Paper) -> list[str]:
    """Every heading of a paper with its number, in order."""
    found = (b for b in paper.blocks if isinstance(b, Heading))
    return [f"{b.number} {b.text}".strip() for b in found]


def numbers(paper: Paper) -> list[str]:
    """The numbers of a paper's numbered paragraphs, in order."""
    return [b.number for b in paper.blocks if isinstance(b, Paragraph) and b.number]


def numbers_by_heading(paper: Paper) -> dict[str, list[str]]:
    """The numbers of the paragraphs under each heading that has any."""
    found: dict[str, list[str]] = {}
    at = ""
    for block in paper.blocks:
        if isinstance(block, Heading):
            at = block.text
        elif isinstance(block, Paragraph) and block.number:
            found.setdefault(at, []).append(block.number.rstrip("."))
    return found
