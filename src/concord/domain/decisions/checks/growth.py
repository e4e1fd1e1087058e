"""Findings on claims of growth, against the projection that stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import how_many
from concord.domain.decisions.checks.passages import (
    A_NUMBER,
    Passage,
    all_parts,
    as_word,
    number,
    passages,
    report_of,
    sentences,
)
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.report import FigureTable, Part
from concord.domain.findings import Finding, Weight

_YEARS = re.compile(
    rf"\b(?:next|coming|following|over(?: the)?|past|last)\s+(?P<n>{A_NUMBER})\s+years?\b",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    r"from (?P<first>[\d,]+)[^.;]{0,40}? in (?P<start>(?:19|20)\d\d)[^.;]{0,60}?"
    r"to (?P<last>[\d,]+)[^.;]{0,40}? in (?P<end>(?:19|20)\d\d)"
)
_RATE = re.compile(
    rf"between (?P<low>{A_NUMBER}) and (?P<high>{A_NUMBER}) (?:per cent|percent|%) "
    r"(?:each|every|a|per) year",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:[/-]\d\d)?\b")


def growth_findings(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the family `growth.`."""
    report = report_of(text)
    if report is None:
        return
    tables = [t for p in all_parts(report.parts) for t in p.tables]
    for passage in passages(text):
        own = passage.row.tables if isinstance(passage.row, Part) else ()
        for start, sentence in sentences(passage.words):
            yield from _claim(passage, start, sentence, list(own) or tables)


def _claim(
    passage: Passage, start: int, sentence: str, tables: list[FigureTable]
) -> Iterator[Finding]:
    years, span = _YEARS.search(sentence), _FROM_TO.search(sentence)
    steps = int(span["end"]) - int(span["start"]) if span else _steps(tables)
    if years and steps and number(years["n"]) != steps:
        first, last = (span["start"], span["end"]) if span else _ends(tables)
        says = f"“{years[0]}”, and {first} to {last} is {how_many(steps, 'yearly step')}"
        remedy = f"Say {as_word(steps)} years, or give the figures of all of them."
        yield passage.found("growth.steps", start + years.start(), says, remedy, Weight.SLIGHT)
    rate = _RATE.search(sentence)
    series = [int(span[k].replace(",", "")) for k in ("first", "last")] if span else []
    if rate and span and steps > 0 and not _reached(series, steps, rate):
        says = f"“{rate[0]}” does not lead from {span['first']} to {span['last']}"
        remedy = "Work the rate out from the figures."
        yield passage.found("growth.rate", start + rate.start(), says, remedy, Weight.SLIGHT)


def _reached(series: list[int], steps: int, rate: re.Match[str]) -> bool:
    """Whether growth between the two rates leads from the first figure to the last, exactly.

    A rate said in whole per cents reaches half a per cent either way.
    """
    first, last = series
    low, high = 2 * number(rate["low"]) - 1, 2 * number(rate["high"]) + 1
    grown = last * 200**steps
    return bool(first * (200 + low) ** steps <= grown <= first * (200 + high) ** steps)


def _years(table: FigureTable) -> list[int]:
    """The years of a projection: its columns, or the heads of its rows."""
    columns = [int(m[1]) for c in table.columns if (m := _YEAR.search(c))]
    heads = [int(m[1]) for r in table.rows if r and (m := _YEAR.search(str(r[0])))]
    found = columns if len(columns) > len(heads) else heads
    return found if len(found) > 2 else []


def _steps(tables: list[FigureTable]) -> int:
    held = [y for t in tables if (y := _years(t))]
    return held[0][-1] - held[0][0] if len(held) == 1 else 0


def _ends(tables: list[FigureTable]) -> tuple[str, str]:
    years = next(y for t in tables if (y := _years(t)))
    return str(years[0]), str(years[-1])
