"""A paper before it is printed: a tree of blocks that every printer reads in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concord.domain.findings import Finding
from concord.domain.language.values import NotStated


class Audience(StrEnum):
    """Who a version is for: all of it, or what the public may read."""

    FULL = "full"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `address` makes it a link. Printers print it literally."""

    text: str
    strong: bool = False
    emphasis: bool = False
    address: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 0 is the paper's own title, where its house prints one."""

    level: int
    text: str
    number: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, numbered or not; `hangs` sets one without a number under a numbered one."""

    runs: Runs
    number: str = ""
    hangs: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list, with its marker as it is printed (`(i)`, `a.`, `•`)."""

    marker: str
    blocks: tuple[Paragraph | Listing, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; `ordered` when its markers count."""

    entries: tuple[Entry, ...]
    ordered: bool = False
    hangs: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its lines, whether it heads its row, how many columns it spans."""

    lines: tuple[Runs, ...]
    head: bool = False
    span: int = 1
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `head` is its header row (repeated on every page), `title` says what it shows."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    head: tuple[Cell, ...] = ()
    columns: int = 2
    shown_title: bool = True
    widths: tuple[int, ...] = ()

    def counts(self, column: int) -> bool:
        """Whether a column holds numbers, which need no more room than they take."""
        if any(c.span > 1 for row in self.rows for c in row):
            return False
        return bool(self.rows) and all(len(r) > column and r[column].number for r in self.rows)


@dataclass(frozen=True, slots=True)
class Notice:
    """A statement that stands for something or warns of it: why a part is not public."""

    runs: Runs
    number: str = ""


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own."""


Block = Heading | Paragraph | Listing | Table | Notice | NewPage


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper in one format for one audience, ready for any printer."""

    title: str
    blocks: tuple[Block, ...]
    organisation: str
    format: str
    audience: Audience
    dated: date | NotStated | None = None
    marking: str = ""
    language: str = "en-GB"
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What laying a matter out gave: a paper, or none, and every finding met on the way."""

    paper: Paper | None
    findings: tuple[Finding, ...] = ()


def lift(paper: Paper) -> int:
    """How many levels every heading moves down so that the first is the highest of all."""
    return int(any(isinstance(b, Heading) and b.level == 0 for b in paper.blocks))


SHORT = 140  # letters; a line or two, which would look lost without what it leads to


def leads(block: Block, after: Block | None) -> bool:
    """Whether a block may not part at the foot of a page from the table or list after it."""
    if not isinstance(block, Paragraph):
        return False
    short = len(words_of(block.runs)) <= SHORT
    return isinstance(after, Table) or (isinstance(after, Listing) and short)


def plain(text: str) -> Runs:
    """A text in one style."""
    return (Run(text),)


def words_of(runs: Runs) -> str:
    return "".join(r.text for r in runs)


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Every word of the blocks, in reading order."""
    for block in blocks:
        match block:
            case Heading():
                yield f"{block.number} {block.text}".strip()
            case Paragraph() | Notice():
                yield f"{block.number} {words_of(block.runs)}".strip()
            case Listing():
                for entry in block.entries:
                    yield entry.marker
                    yield from texts(entry.blocks)
            case Table():
                yield block.title
                for row in (block.head, *block.rows):
                    yield from (words_of(line) for cell in row for line in cell.lines)
