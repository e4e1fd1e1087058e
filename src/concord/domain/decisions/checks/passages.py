"""The words of a matter's text as checks read them: passages, blocks, lists and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.prose import Cells, Prose, line_of
from concord.domain.decisions.report import FigureTable, Part, Report
from concord.domain.findings import Authority, Finding, Weight
from concord.domain.language.tables import Row
from concord.domain.language.values import NotStated

_ITEM = re.compile(r"[ \t]*(?:[-*•]|\d{1,3}[.)]|\(?[a-z]{1,4}\))[ \t]+(?=\S)")
_SENTENCE = re.compile(r"(?<=[.!?])[ \n]+(?=[A-Z£(“\"'])")
NUMBERS: Mapping[str, int] = {
    word: number
    for number, word in enumerate(
        (
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
            "eighteen", "nineteen", "twenty",
        ),
        1,
    )
}  # fmt: skip
A_NUMBER = rf"(?:{'|'.join(NUMBERS)}|[1-9]\d?)"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the text, the row they stand in and what a reader calls the place."""

    words: str
    row: Row
    where: str

    def line(self, within: int = 0) -> int:
        return line_of(self.words, within) or self.row.line

    def found(
        self, id_: str, within: int, says: str, remedy: str,
        weight: Weight = Weight.GRAVE, by: Authority | None = None,
    ) -> Finding:  # fmt: skip
        """A finding on a word of this passage; `by` is a law, where a law asks for it."""
        law = by or Authority()
        return Finding(
            id_, self.line(within), f"{self.where}: {says}", remedy, weight=weight,
            authority=law.law, unverified=law.unverified,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a list of a passage, with where it begins; a paragraph has no items."""

    words: str
    start: int
    items: tuple[str, ...] = ()


def number(word: str) -> int:
    """`ten` or `10` as a number."""
    return NUMBERS.get(word.casefold()) or int(word)


def as_word(value: int) -> str:
    """10 as `ten`, and 21 as `21`."""
    return next((word for word, n in NUMBERS.items() if n == value), str(value))


def report_of(text: MatterText) -> Report | None:
    return text.report if isinstance(text.report, Report) else None


def all_parts(parts: tuple[Part, ...]) -> Iterator[Part]:
    """Every part and inner part in reading order."""
    for part in parts:
        yield part
        yield from all_parts(part.parts)


def name_of(part: Part) -> str:
    """What a reader calls a part: its heading, else its kind."""
    return part.heading or part.id_ or (str(part.kind) if isinstance(part.kind, str) else "a part")


@lru_cache(maxsize=64)
def passages(text: MatterText) -> tuple[Passage, ...]:
    """The text of the report: parts, nil reasons, cells, recommendations and options."""
    report = report_of(text)
    return tuple(p for p in _passages(report) if p.words.strip()) if report else ()


def _passages(report: Report) -> Iterator[Passage]:
    for number_, row in enumerate(report.recommendations, 1):
        where = f"recommendation {number_}"
        yield Passage(row.text, row, where)
        yield from (Passage(point, row, where) for point in row.points)
    for part in all_parts(report.parts):
        yield Passage(part.text, part, name_of(part))
        if isinstance(part.nil, str):
            yield Passage(part.nil, part, name_of(part))
        for table in part.tables:
            yield from cells_of(table)
    for choice in () if isinstance(report.options, NotStated) else report.options:
        yield Passage(choice.what, choice, "the options")
        if isinstance(choice.because, str):
            yield Passage(choice.because, choice, "the options")


def cells_of(table: FigureTable) -> Iterator[Passage]:
    """The words in a table's cells, where a priority or an action often stands."""
    for row in table.rows:
        line = row.line if isinstance(row, Cells) else 0
        for cell in row:
            if isinstance(cell, str):
                yield Passage(Prose(cell, line), table, table.title)


def all_words(text: MatterText) -> Iterator[Passage]:
    """Every text anywhere in the matter, headings, cells, names and titles too."""
    for name in ("matter", "exempt", "stops", "deadlines", "promises", "report"):
        yield from _inside(getattr(text, name), name.replace("_", " "), text)


def _inside(value: object, where: str, row: Row) -> Iterator[Passage]:
    if isinstance(value, str):
        yield Passage(value, row, where)
    elif isinstance(value, Row):
        for name in (f.name for f in fields(value) if "key" in f.metadata or f.name == "note"):
            inside = _place(value, where)
            yield from _inside(getattr(value, name), _named(inside, name), value)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _inside(item, f"{where}.{name}", row)
    elif isinstance(value, tuple):
        line = value.line if isinstance(value, Cells) else 0
        for item in value:
            yield from _inside(Prose(str(item), line) if line and _bare(item) else item, where, row)


def _bare(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, Prose)


def _place(row: Row, where: str) -> str:
    return name_of(row) if isinstance(row, Part) else where


def _named(where: str, name: str) -> str:
    return where if name in ("text", "nil", "points", "rows") else f"{where}, {name.strip('_')}"


def blocks(words: str) -> tuple[Block, ...]:
    """The paragraphs and lists of a Markdown text."""
    found: list[Block] = []
    lines: list[str] = []
    start = at = 0
    for line in [*words.split("\n"), ""]:
        begins_list = bool(_ITEM.match(line)) and bool(lines) and not _ITEM.match(lines[0])
        if (not line.strip() or begins_list) and lines:
            found.append(_block(lines, start))
            lines = []
        if line.strip():
            start = start if lines else at
            lines.append(line)
        at += len(line) + 1
    return tuple(_joined(found, words))


def _block(lines: list[str], start: int) -> Block:
    if not _ITEM.match(lines[0]):
        return Block("\n".join(lines), start)
    items: list[str] = []
    for line in lines:
        mark = _ITEM.match(line)
        if mark:
            items.append(line[mark.end() :].strip())
        else:
            items[-1] += f" {line.strip()}"
    return Block("\n".join(lines), start, tuple(items))


def _joined(found: list[Block], words: str) -> Iterator[Block]:
    """Lists whose items stand apart by an empty line are one list."""
    held: Block | None = None
    for block in found:
        if held is not None and held.items and block.items:
            both = words[held.start : block.start + len(block.words)]
            held = Block(both, held.start, (*held.items, *block.items))
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def sentences(words: str) -> Iterator[tuple[int, str]]:
    """Each sentence with where it begins; items of lists and paragraphs end sentences too."""
    for block in blocks(words):
        at = block.start
        for piece in re.split(r"(\n(?=[ \t]*(?:[-*•]|\d{1,3}[.)])[ \t])|\n\n)", block.words):
            offset = 0
            for sentence in _SENTENCE.split(piece):
                begins = piece.find(sentence, offset)
                offset = begins + len(sentence)
                if sentence.strip():
                    yield at + begins, sentence
            at += len(piece)


def plain_words(text: MatterText) -> str:
    """All running text of the report as one, for questions about the whole."""
    return "\n\n".join(str(p.words) for p in passages(text))
