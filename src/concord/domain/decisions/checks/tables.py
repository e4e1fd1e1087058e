"""Findings on tables: sums that do not foot, totals without a label, blanks, words cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.checks.found import grave, slight
from concord.domain.decisions.checks.passages import all_parts, plain_words, report_of
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.report import FigureTable
from concord.domain.findings import Finding

# Endings by which one English word makes another; a label cut off elsewhere is cut off by mistake.
_ENDINGS = {"s", "es", "ed", "er", "ers", "ing", "ings", "al", "ally", "ly", "ment", "ments", "or"}
_FIGURE = re.compile(r"[-−]?£?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-−]?£\d+(?:\.\d+)?")


def table_findings(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the family `table.`."""
    report = report_of(text)
    if report is None:
        return
    words = plain_words(text)
    for part in all_parts(report.parts):
        for table in part.tables:
            yield from _shape(table)
            yield from _across(table)
            yield from _down(table)
            yield from _labels(table, words)


def _line(table: FigureTable, number: int) -> int:
    return getattr(table.rows[number], "line", 0) or table.line


def _shape(table: FigureTable) -> Iterator[Finding]:
    for number, row in enumerate(table.rows):
        if len(row) != len(table.columns):
            says = (
                f"{table.title}: row {number + 1} has {len(row)} cells "
                f"under {len(table.columns)} columns"
            )
            remedy = 'Give every row a cell for each column; "" stands for nil.'
            yield grave("table.uneven", table, says, remedy, line=_line(table, number))
        for cell in row[1:]:
            if isinstance(cell, str) and _FIGURE.fullmatch(cell.strip()):
                says = f"{table.title}: “{cell}” is a figure written as words, which nobody can add"
                remedy = "Write it as a whole number in the table's unit."
                yield slight(
                    "table.figure_as_words", table, says, remedy, line=_line(table, number)
                )


def _across(table: FigureTable) -> Iterator[Finding]:
    """`sum_of` names columns, of which the last is the sum of those before it."""
    if not table.sum_of:
        return
    unknown = [c for c in table.sum_of if c not in table.columns]
    if unknown or len(table.sum_of) < 3:
        says = f"{table.title}: no column is called {unknown[0]}" if unknown else (
            f"{table.title}: a sum needs two columns and the one that is their sum"
        )  # fmt: skip
        yield grave("table.unknown_column", table, says, "Name columns as `columns` has them.")
        return
    places = [table.columns.index(c) for c in table.sum_of]
    for number, row in enumerate(table.rows):
        if len(row) != len(table.columns) or not isinstance(row[places[-1]], int):
            continue
        added = sum(v for p in places[:-1] if isinstance(v := row[p], int))
        printed = row[places[-1]]
        if added != printed:
            says = (
                f"{table.title}: {row[0] or f'row {number + 1}'} adds up to {added:,} "
                f"and prints {printed:,}"
            )
            remedy = "Correct the figure that is wrong."
            yield grave("table.row_does_not_add", table, says, remedy, line=_line(table, number))


def _down(table: FigureTable) -> Iterator[Finding]:
    where = [n for n, row in enumerate(table.rows) if table.total and row and row[0] == table.total]
    if table.total and not where:
        says = f"{table.title}: no row is called {table.total}"
        yield grave("table.unknown_total", table, says, "Name the total's row as it is labelled.")
    if not where:
        return
    number = where[-1]
    row = table.rows[number]
    for place in range(1, min(len(row), len(table.columns))):
        printed, added = row[place], _sum_above(table, number, place)
        if isinstance(printed, int) and added is not None and printed != added:
            says = (
                f"{table.title}: {table.columns[place]} adds up to {added:,} "
                f"and its total prints {printed:,}"
            )
            remedy = "Correct the total, or the figure that is wrong."
            yield grave("table.total_does_not_add", table, says, remedy, line=_line(table, number))


def _sum_above(table: FigureTable, number: int, place: int) -> int | None:
    figures = [r[place] for r in table.rows[:number] if place < len(r)]
    numbers = [v for v in figures if isinstance(v, int)]
    return sum(numbers) if numbers else None


def _labels(table: FigureTable, words: str) -> Iterator[Finding]:
    known = {w.casefold() for w in re.findall(r"[A-Za-z]{5,}", words)}
    known |= {w.casefold() for row in table.rows for w in re.findall(r"[A-Za-z]{5,}", str(row[:1]))}
    for number, row in enumerate(table.rows):
        label = str(row[0]).strip() if row else ""
        if row and table.row_headers and not label:
            total = _is_total(table, number)
            says = f"{table.title}: row {number + 1} " + (
                "is a total and has no label" if total else "has no label"
            )
            remedy = "Label it, and name it as the table's total." if total else "Label it."
            yield grave("table.unlabelled", table, says, remedy, line=_line(table, number))
        whole = _cut_off(label, known)
        if whole:
            says = f"{table.title}: “{label}” ends in a word cut off, perhaps “{whole}”"
            yield slight(
                "table.word_cut_off", table, says, "Write the word out.", line=_line(table, number)
            )


def _is_total(table: FigureTable, number: int) -> bool:
    """Whether a row's figures are the sums of those above it, back to the last total."""
    row = table.rows[number]
    sums = [(v, _sum_above(table, number, p)) for p, v in enumerate(row) if isinstance(v, int)]
    return bool(sums) and number > 1 and all(v == added for v, added in sums)


def _cut_off(label: str, known: set[str]) -> str:
    """The word of the report that the label's last word is the beginning of."""
    last = re.search(r"([A-Za-z]{5,})$", label)
    if not last:
        return ""
    word = last[1].casefold()
    longer = [k for k in known if k.startswith(word) and len(k) > len(word) + 2]
    made = [k for k in longer if k.removeprefix(word) not in _ENDINGS]
    return min(made, default="")
