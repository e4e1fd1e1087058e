"""Who bears a fund's variance in a report: the agreement's rules on what has been reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from concord.domain.agreements.labels import listed
from concord.domain.findings import Authority
from concord.domain.funds.fund import FundText
from concord.domain.funds.ledger.chart import NOBODY_STATED
from concord.domain.funds.reports import (
    Figure,
    Made,
    NoAmount,
    Origin,
    ReportRow,
    ReportTable,
    SharedOut,
)
from concord.domain.funds.reports_books import AsKnown
from concord.domain.funds.reports_tables import added, cell_row
from concord.domain.funds.risk_rules import Cause
from concord.domain.funds.risk_share import risk_share
from concord.domain.funds.risk_share.facts import LineVariance, Position
from concord.domain.funds.risk_share.result import RiskResult
from concord.domain.funds.risk_share.sheet import worked_sheet
from concord.domain.funds.years import last_day
from concord.domain.language.values import NotStated


@dataclass(frozen=True, slots=True)
class Sharing:
    """The answer as a table, the sums that were shared, and its working in words."""

    table: ReportTable | None
    shares: tuple[SharedOut, ...]
    words: tuple[tuple[str, str], ...]


def sharing(every: Sequence[AsKnown], *, outturn: bool) -> Sharing:
    """Who bears the variances of every fund under one agreement, as far as they are reported."""
    first = every[0].books
    if isinstance(first.text.risk, NotStated):
        return Sharing(None, (), (("Who bears a variance", "Not stated"),))
    found, missing = _variances(every, outturn)
    if not found:
        says = "Not known: no line has reported both its budget and its outturn"
        return Sharing(None, (), (("Who bears a variance", says),))
    position = Position(year=first.year, variances=tuple(found))
    result = risk_share(first.arrangement, first.text, position, last_day(first.year))
    rows = list(_rows(every[0], result))
    parts = [(r.label, r.figures[0]) for r in rows]
    total = added("shares.total", parts, "The sum of the parts, which is the sum of the variances")
    rows.append(ReportRow("Together", "", (total,), total=True))
    names = listed([k.books.row.label for k in every])
    says = f"By the rules in force on 31 March, over {names}."
    if missing:
        says += f" Left out, as not all of it is reported: {', '.join(missing)}."
    table = ReportTable("shares", "Who bears it", ("Bears",), tuple(rows), says, "Who")
    steps = worked_sheet(first.arrangement, first.text, result.trail)
    words = tuple(
        (f"Rule {s.rule}", f"{s.says} {f'({s.authority})' if s.authority else ''}".strip())
        for s in steps
        if s.net
    )
    return Sharing(table, tuple(_shared(every[0], result)), words)


def _variances(every: Iterable[AsKnown], outturn: bool) -> tuple[list[LineVariance], list[str]]:
    found: list[LineVariance] = []
    missing: list[str] = []
    for known in every:
        for line in dict.fromkeys(line for line, _ in known.cells()):
            cells = [c for c in known.cells() if c[0] == line]
            rows = [cell_row(known, "of", c, outturn=outturn) for c in cells]
            amounts = [r.figures[-1].amount for r in rows]
            if any(isinstance(a, NoAmount) for a in amounts):
                missing.append(known.books.line_name(line))
                continue
            sums: dict[Cause, int] = {}
            for cell, amount in zip(cells, amounts, strict=True):
                made = known.forecasts().get(cell)
                cause = made.cause if made and made.cause else Cause.OTHER
                if isinstance(amount, int):
                    sums[cause] = sums.get(cause, 0) + amount
            version = known.stated()
            number = version.version if version and isinstance(version.version, int) else 1
            found += [
                LineVariance(line=line, amount=a, version=number, cause=c, forecast=not outturn)
                for c, a in sums.items()
            ]
    return found, missing


def _rows(known: AsKnown, r: RiskResult) -> Iterator[ReportRow]:
    text = known.books.text
    for who, amount in r.borne.items():
        yield _row(f"borne.{who}", known.books.name(who), "", amount)
    for name, amount in r.reserves.items():
        verb = "Drawn from" if amount > 0 else "Put into"
        yield _row(f"reserve.{name}", _reserve(text, name), verb, amount)
    for name, amount in r.cut.items():
        yield _row(f"cut.{name}", text.funds[name].label, "To be cut", amount)
    for n, held in enumerate(r.waiting):
        yield _row(f"waits.{n}", "Waits for a decision", f"Rule {held.rule}", held.amount)
    for n, held in enumerate(r.not_stated):
        yield _row(f"silent.{n}", "Not stated", held.why, held.amount)
    if r.no_one:
        yield _row("no_one", "Nobody", "Until somebody decides", r.no_one)
    for who, amount in r.outside.items():
        yield _row(f"outside.{who}", known.books.name(who), "Outside the section 75", amount)


def _row(id_: str, label: str, under: str, amount: int) -> ReportRow:
    made = Made(how=Origin.RULE, says="The agreement’s rules, read once in their order")
    return ReportRow(label, under, (Figure(f"shares.{id_}", amount, made),))


def _reserve(text: FundText, name: str) -> str:
    found = text.reserves.get(name)
    return found.name if found and isinstance(found.name, str) else name


def _shared(known: AsKnown, result: RiskResult) -> Iterator[SharedOut]:
    """The sums that were divided between several partners."""
    for working in result.trail:
        if working.split is not None and len(working.who) > 1 and working.taken:
            names = tuple(
                "Whose is not stated" if who == NOBODY_STATED else known.books.name(who)
                for who in working.who
            )
            authority: Authority = working.rule.authority
            says = f"Rule {working.rule.label}, {working.group}"
            yield SharedOut(working.rule.label, says, authority, names, working.split)
