"""Words and cells of a report that remember their line, so that a finding points at the word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concord.domain.language.kinds import Reads, ref, silent, words
from concord.domain.language.reading import At
from concord.domain.language.values import NOT_STATED, NotStated

# No published table that was read has more than 40 rows; beyond these a spreadsheet is the place.
MOST_ROWS = 200
MOST_COLUMNS = 40
LONGEST_TEXT = 60_000


class Prose(str):
    """A text with the line on which its first word stands; to everyone else it is a text."""

    __slots__ = ("line",)
    line: int

    def __new__(cls, text: str, line: int = 0) -> Prose:
        made = super().__new__(cls, text)
        made.line = line
        return made

    def __getnewargs__(self) -> Any:
        return (str(self), self.line)


class Cells(tuple[str | int, ...]):
    """One row of a table with its line."""

    line: int = 0

    @classmethod
    def at(cls, values: list[str | int], line: int) -> Cells:
        made = cls(values)
        made.line = line
        return made


def line_of(text: str, within: int = 0) -> int:
    """The line of the character at `within`; 0 where the text remembers no line."""
    first = getattr(text, "line", 0)
    return first + str(text).count("\n", 0, within) if first else 0


def prose() -> Reads:
    """A text that people read, with the line on which its words begin."""
    read = words()

    def reads(raw: object, at: At) -> Any:
        value = read(raw, at)
        if not isinstance(value, str):
            return value
        if len(value) > LONGEST_TEXT:
            says = f"this text has {len(value):,} characters; a part has at most {LONGEST_TEXT:,}"
            at.found("content.too_long", says, "Split it into several parts.")
            value = value[:LONGEST_TEXT]
        return Prose(value, at.gathered.source.first_line(at.path))

    return reads


def cells() -> Reads:
    """The rows of a table: each a list of words, whole numbers, or "" for nil."""

    def reads(raw: object, at: At) -> Any:
        if not isinstance(raw, list):
            at.found("text.wrong_type", "rows of cells are needed here", 'As [["Carers", 1240]].')
            return ()
        if len(raw) > MOST_ROWS:
            says = f"the table has {len(raw):,} rows; a report prints at most {MOST_ROWS:,}"
            at.found("content.table_too_long", says, "Attach it as a file and print its totals.")
            raw = raw[:MOST_ROWS]
        found = (_cells(row, at.into(number)) for number, row in enumerate(raw))
        return tuple(row for row in found if row is not None)

    return reads


def _cells(row: object, at: At) -> Cells | None:
    if not isinstance(row, list):
        at.found("text.wrong_type", "a row of cells is needed here", 'As ["Carers", 1240].')
        return None
    if len(row) > MOST_COLUMNS:
        says = f"the row has {len(row):,} cells; a report prints at most {MOST_COLUMNS}"
        at.found("content.table_too_long", says, "Attach it as a file and print its totals.")
        row = row[:MOST_COLUMNS]
    wrong = [v for v in row if isinstance(v, bool) or not isinstance(v, str | int)]
    if wrong:
        says = f"a cell holds {wrong[0]!r}; a cell is words or a whole number"
        at.found("text.wrong_type", says, 'Write a whole number, "words", or "" for nil.')
    return Cells.at([v if isinstance(v, str | int) else "" for v in row], at.line)


def stated(reads: Reads, otherwise: Any) -> Reads:
    """A value that is never `not stated`: a silence is counted, and `otherwise` stands for it.

    So are silences among the items of a list. It is for what no question ever turns on.
    """

    def read(raw: object, at: At) -> Any:
        value = reads(raw, at)
        if isinstance(value, tuple) and not isinstance(value, Cells):
            value = tuple(v for v in value if not isinstance(v, NotStated))
        return otherwise if isinstance(value, NotStated) else value

    return read


def kept_back() -> Reads:
    """The row of [exempt] that keeps something from the public.

    Where that is not stated it is kept back all the same, and has to be said before it goes on.
    """
    name = ref("exempt")

    def read(raw: object, at: At) -> Any:
        value = name(raw, at)
        if not isinstance(value, NotStated):
            return value
        says = "whether this is kept from the public is not stated, so it is kept back"
        at.found("exempt.not_stated", says, "Name a row of [exempt], or leave the key out.")
        return "not stated"

    return read


def meanings() -> Reads:
    """Abbreviations with what they stand for, each once."""
    one = words()

    def reads(raw: object, at: At) -> Any:
        if silent(raw, at):
            return NOT_STATED
        if not isinstance(raw, Mapping):
            at.found(
                "text.wrong_type", "words by abbreviation are needed here", 'As { BCF = "…" }.'
            )
            return {}
        found = {str(name): one(value, at.into(name)) for name, value in raw.items()}
        return {name: value for name, value in found.items() if isinstance(value, str)}

    return reads
