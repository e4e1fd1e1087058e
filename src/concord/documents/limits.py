"""How large a report may be before it is refused: nothing is cut, and nothing runs for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator

from concord.documents.prose import DEEPEST as LISTS
from concord.documents.prose import too_deep
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.report import Part, Report
from concord.domain.findings import Finding

MOST_ROWS = 2_000  # of one table; the longest in a paper read so far has 51
MOST_COLUMNS = 20
MOST_WORDS = 1_500_000  # characters of all parts; a 500-page report has about a million
DEEPEST = 6  # parts within parts
MOST_PARTS = 1_000
LONGEST_WORD = 2_000  # characters without a space; a PDF holds no string of 32,768
_ENDLESS = re.compile(rf"\S{{{LONGEST_WORD},}}")


def refusals(matter: MatterText) -> Iterator[Finding]:
    """Why this report cannot be laid out."""
    report = matter.report
    if not isinstance(report, Report):
        return
    length = count = 0
    for part, depth in _walk(report.parts, 1):
        count += 1
        length += len(part.text)
        if depth > DEEPEST:
            says = f"parts lie within parts {depth} deep; at most {DEEPEST} can be set"
            yield Finding("paper.too_deep", part.line, says, "Lift the innermost parts out.")
            return
        if too_deep(part.text):
            says = f"lists lie within lists more than {LISTS} deep"
            yield Finding("paper.too_deep", part.line, says, "Make parts of the innermost lists.")
        if any(_ENDLESS.search(words) for words in _all_words(part)):
            says = f"something goes on for over {LONGEST_WORD:,} characters without a space"
            yield Finding("paper.endless", part.line, says, "Break it into words.")
        yield from _tables(part)
    if length > MOST_WORDS:
        says = f"the parts hold {length:,} characters; at most {MOST_WORDS:,} can be set"
        yield Finding("paper.too_long", report.line, says, "Make appendices of the longest parts.")
    if count > MOST_PARTS:
        says = f"there are {count:,} parts; at most {MOST_PARTS:,} can be set"
        yield Finding("paper.too_long", report.line, says, "Join parts that belong together.")


def _all_words(part: Part) -> Iterator[str]:
    yield part.text
    yield from (str(w) for w in (part.heading, part.nil) if w)
    for table in part.tables:
        yield from (str(cell) for row in (table.columns, *table.rows) for cell in row)


def _walk(parts: tuple[Part, ...], depth: int) -> Iterator[tuple[Part, int]]:
    for part in parts:
        yield part, depth
        if depth <= DEEPEST:
            yield from _walk(part.parts, depth + 1)


def _tables(part: Part) -> Iterator[Finding]:
    for table in part.tables:
        if len(table.rows) > MOST_ROWS:
            says = f"a table has {len(table.rows):,} rows; at most {MOST_ROWS:,} can be set"
            remedy = "Publish it beside the report as a file, and put its totals in the report."
            yield Finding("paper.too_many_rows", table.line, says, remedy)
        if len(table.columns) > MOST_COLUMNS or any(len(r) > MOST_COLUMNS for r in table.rows):
            says = f"a table has more than {MOST_COLUMNS} columns"
            yield Finding("paper.too_wide", table.line, says, "Split the table in two.")
