"""A paper as tagged PDF: PDF/UA-1 and PDF/A-2a, set by Typst; row headers are marked afterwards.

Standards: ISO 14289-1 (PDF/UA-1), ISO 19005-2 (PDF/A-2, level A).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from textwrap import shorten
from typing import Any

import pikepdf
import typst

from concord.documents.glyphs import FONTS, printable
from concord.documents.paper import (
    Block,
    Cell,
    Entry,
    Heading,
    Listing,
    NewPage,
    Notice,
    Paper,
    Paragraph,
    Run,
    Runs,
    Table,
    leads,
    lift,
)
from concord.documents.prose import safe
from concord.documents.tagging import describe_tables

TEMPLATE = Path(__file__).with_name("paper.typ")
FOOTER = 84  # letters that have room beside the page's number
ROWS_KEPT, LETTERS_KEPT = 14, 800  # what fits on a page even in narrow columns
STANDARDS = ("ua-1", "a-2a")


def to_pdf(paper: Paper) -> bytes:
    """One paper as PDF. The same paper always gives the same bytes."""
    day = paper.dated if hasattr(paper.dated, "year") else None
    made = print_papers([as_data(paper)], paper.title, paper.organisation, day, [paper])
    return saved(made)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The document as bytes, the same each time; it is closed."""
    with pdf:
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def print_papers(
    papers: Sequence[dict[str, Any]], title: str, organisation: str, day: Any,
    laid_out: Sequence[Paper], first: int = 1, trailing: int = 0,
    told: Callable[[str], None] = lambda says: None,
) -> pikepdf.Pdf:  # fmt: skip
    """Papers as one tagged document; without a date it is PDF/UA only, as PDF/A asks for one.

    It is left open, because a pack goes on with it; `told` hears the step after the setting.
    """
    pack = {
        "title": printable(title), "organisation": printable(organisation),
        "date": [day.year, day.month, day.day] if day else None,
        "papers": list(papers), "first": first, "trailing": trailing,
    }  # fmt: skip
    stamp = (
        datetime(day.year, day.month, day.day, tzinfo=UTC)
        if day
        else datetime(2000, 1, 1, tzinfo=UTC)
    )
    compiler = typst.Compiler(
        input=str(TEMPLATE), font_paths=fonts(), sys_inputs={"pack": json.dumps(pack)}
    )
    standards: Any = list(STANDARDS if day else STANDARDS[:1])
    made: Any = compiler.compile(format="pdf", pdf_standards=standards, timestamp=stamp)
    tables = [b for p in laid_out for b in p.blocks if isinstance(b, Table)]
    pdf = pikepdf.open(BytesIO(made))
    told(f"Marking the headers of {len(tables)} table{'s' if len(tables) != 1 else ''}")
    describe_tables(pdf, tables)
    return pdf


@cache
def fonts() -> typst.Fonts:
    """The project's own faces only, so that a document is the same on every machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def as_data(paper: Paper, deeper: int = 0, **more: object) -> dict[str, Any]:
    """The paper for the template: strings, numbers and lists, and nothing that can run."""
    return {
        "title": shorten(printable(paper.title), FOOTER, placeholder="…"),
        "marking": printable(paper.marking),
        "lift": lift(paper) + deeper, "deeper": deeper, "hang": _hang(paper),
        "blocks": [
            _data(b) | {"sticks": leads(b, after)}
            for b, after in zip_longest(paper.blocks, paper.blocks[1:])
        ],
        **more,
    }  # fmt: skip


def _widths(table: Table) -> list[int]:
    """The share of the page that each column has; 0 is as much as its numbers need."""
    if len(table.widths) == table.columns:
        return list(table.widths)
    return [0 if table.counts(n) else 1 for n in range(table.columns)]


def _short(table: Table) -> bool:
    """Whether it surely fits on a page: few rows, few columns, few words."""
    cells = [c for row in table.rows for c in row]
    letters = sum(len(run.text) for c in cells for line in c.lines for run in line)
    return len(table.rows) <= ROWS_KEPT and table.columns <= 6 and letters <= LETTERS_KEPT


def _hang(paper: Paper) -> float:
    """How far text stands from the margin, in ems, so that the longest number has room."""
    longest = max((len(getattr(b, "number", "")) for b in paper.blocks), default=0)
    return max(2.6, longest * 0.5 + 0.8)


def _data(block: Block | Entry) -> dict[str, Any]:
    match block:
        case Heading():
            return {
                "k": "heading",
                "level": block.level,
                "n": block.number,
                "t": printable(block.text),
            }
        case Paragraph():
            return {"k": "p", "n": block.number, "hangs": block.hangs, "r": _runs(block.runs)}
        case Listing():
            items = [{"m": e.marker, "blocks": [_data(b) for b in e.blocks]} for e in block.entries]
            return {"k": "list", "ordered": block.ordered, "hangs": block.hangs, "items": items}
        case Table():
            return {
                "k": "table", "title": printable(block.title), "shown": block.shown_title,
                "columns": block.columns, "widths": _widths(block), "whole": _short(block),
                "head": [_cell(c) for c in block.head],
                "rows": [[_cell(c) for c in row] for row in block.rows],
            }  # fmt: skip
        case Notice():
            return {"k": "notice", "n": block.number, "r": _runs(block.runs)}
        case NewPage():
            return {"k": "page"}
    raise TypeError(f"a {type(block).__name__} is no block of a paper")


def _cell(cell: Cell) -> dict[str, Any]:
    lines = [_runs(line) for line in cell.lines]
    return {"lines": lines, "head": cell.head, "span": cell.span, "num": cell.number}


def _runs(runs: Runs) -> list[dict[str, Any]]:
    return [_run(r) for r in runs]


def _run(run: Run) -> dict[str, Any]:
    data: dict[str, Any] = {"t": printable(run.text)}
    if run.strong:
        data["s"] = True
    if run.emphasis:
        data["e"] = True
    if safe(run.address):
        data["a"] = run.address
    return data
