"""One report on a fund: figures with what made each, for a page, a paper and a workbook alike.

Authority: SI 2000/617, regulation 7(4) for the pool manager's reports and annual return,
regulations 8 and 9 for the lead commissioner's; CIPFA's practice for the year-end note.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from concord.domain.findings import Authority
from concord.domain.funds.allocation import Allocation
from concord.domain.funds.ledger.words import LedgerKind


class ReportKind(StrEnum):
    """What a report is for, and so whose duty it is."""

    QUARTERLY = "quarterly"
    ANNUAL = "annual"
    LEAD = "lead"
    NOTE = "note"
    BOARD = "board"


QUARTERLY_KINDS = frozenset({ReportKind.QUARTERLY, ReportKind.LEAD})
NAMES: dict[ReportKind, str] = {
    ReportKind.QUARTERLY: "Pool manager’s quarterly report",
    ReportKind.ANNUAL: "Pool manager’s annual return",
    ReportKind.LEAD: "Lead commissioner’s quarterly report",
    ReportKind.NOTE: "Memorandum note for the accounts",
    ReportKind.BOARD: "Position for the board",
}


class NoAmount(StrEnum):
    """Why a figure is no amount; none of these is nil."""

    NOT_STATED = "Not stated"
    NOT_REPORTED = "Not reported"
    NOT_KNOWN = "Not known"
    NO_PART = "Does not apply"


class Origin(StrEnum):
    """How a figure came about."""

    BUDGET = "budget"
    POSTINGS = "postings"
    FORECAST = "forecast"
    SUM = "sum"
    DIFFERENCE = "difference"
    RULE = "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What made a figure: a budget's cell, postings, a forecast's cell, a rule or other figures.

    `of` are the ids of the figures it is worked out from, in order: all added, or the second taken
    from the first. `kinds`, `line` and `partner` name the accounts of postings.
    """

    how: Origin
    says: str
    of: tuple[str, ...] = ()
    line: str = ""
    partner: str = ""
    kinds: tuple[LedgerKind, ...] = ()
    postings: int = 0
    authority: Authority = Authority()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in pence, or why there is none; `left_out` names what a sum is without."""

    id: str
    amount: int | NoAmount
    made: Made
    left_out: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        return isinstance(self.amount, int)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row of a report: what it is about, and a figure for each column."""

    label: str
    under: str
    figures: tuple[Figure, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Figures under one heading; `says` is what has to be known to read them."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[ReportRow, ...]
    says: str = ""
    first: str = "Line"


@dataclass(frozen=True, slots=True)
class SharedOut:
    """One sum shared by a rule, in whole pence: each partner's weight, and where pennies went."""

    rule: str
    says: str
    authority: Authority
    partners: tuple[str, ...]
    allocation: Allocation


@dataclass(frozen=True, slots=True, kw_only=True)
class FundReport:
    """A whole report, the same whichever way it is printed.

    `to` is the partner it is written to, empty where it is the same for all; `known_by` the period
    up to whose end postings count, None where all do. `behind` are tables that its sums are made of
    and that only the workbook has room for.
    """

    kind: ReportKind
    place: str
    fictional: bool
    fund: str
    fund_name: str
    year: str
    quarter: int | None
    known_by: int | None
    by: str
    to: str
    to_name: str
    lead: tuple[str, ...]
    tables: tuple[ReportTable, ...]
    shares: tuple[SharedOut, ...]
    not_reported: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    authority: Authority
    behind: tuple[ReportTable, ...] = ()

    @property
    def title(self) -> str:
        when = f"quarter {self.quarter} of {self.year}" if self.quarter else self.year
        return f"{self.fund_name}: {NAMES[self.kind].lower()}, {when}"

    def figures(self) -> Iterator[Figure]:
        for table in (*self.tables, *self.behind):
            for row in table.rows:
                yield from row.figures
