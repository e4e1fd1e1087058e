"""The tables of a report on a fund: lines, income and expenditure, contributions, what was led."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from concord.domain.findings import Authority
from concord.domain.funds import budgets
from concord.domain.funds.ledger.chart import NOBODY_STATED
from concord.domain.funds.ledger.periods import in_words
from concord.domain.funds.ledger.words import SPENT, LedgerKind
from concord.domain.funds.reports import Figure, Made, NoAmount, Origin, ReportRow, ReportTable
from concord.domain.funds.reports_books import AsKnown, Cell, quarter_of

K = LedgerKind
PAID = (K.ACTUAL, K.ACCRUAL)
CONFIRMED = (K.CONFIRMED, K.RECEIVED)
TOGETHER, OVER = "Together", "Over (+), under (−)"


def added(
    id_: str, parts: Sequence[tuple[str, Figure]], says: str, *, whole: bool = False
) -> Figure:
    """The sum of what is known, naming what is not; with `whole`, all of it or nothing."""
    out = tuple(dict.fromkeys(name for name, f in parts if not f.known))
    within = tuple(dict.fromkeys(n for _, f in parts for n in f.left_out))
    made = Made(how=Origin.SUM, says=says, of=tuple(f.id for _, f in parts))
    known = [f.amount for _, f in parts if isinstance(f.amount, int)]
    if not known or (whole and out):
        silent = [f.amount for _, f in parts if isinstance(f.amount, NoAmount)]
        return Figure(id_, silent[0] if silent else NoAmount.NOT_REPORTED, made)
    return Figure(id_, sum(known), made, (*out, *within))


def less(id_: str, one: Figure, other: Figure, says: str) -> Figure:
    """One figure less another; not known where either is not."""
    made = Made(how=Origin.DIFFERENCE, says=says, of=(one.id, other.id))
    if isinstance(one.amount, int) and isinstance(other.amount, int):
        left = tuple(dict.fromkeys((*one.left_out, *other.left_out)))
        return Figure(id_, one.amount - other.amount, made, left)
    return Figure(id_, NoAmount.NOT_KNOWN, made)


def budget_figure(known: AsKnown, id_: str, cell: Cell) -> Figure:
    """A cell of the budget as it stood then; one that no budget names has none, which is nil."""
    pence = known.budget().get(cell, 0)
    version = known.stated()
    if known.posted_budget():
        kept = "virements included"
        says = f"Budget in the ledger for {known.books.year}, {kept}"
        authority = Authority()
    else:
        says = f"Budget of the fund text for {known.books.year}"
        says += f", version {version.version}" if version else ""
        authority = version.authority if version else Authority()
    made = Made(how=Origin.BUDGET, says=says, line=cell[0], partner=cell[1], kinds=(K.BUDGET,),
                authority=authority)  # fmt: skip
    return Figure(id_, pence if isinstance(pence, int) else NoAmount.NOT_STATED, made)


def posted(
    known: AsKnown, id_: str, kinds: tuple[LedgerKind, ...], *, sign: int = 1,
    periods: Iterable[int] | None = None, line: str | None = None, partner: str | None = None,
) -> Figure:  # fmt: skip
    """What postings come to; not reported where there is none."""
    amount, legs = known.stands(kinds, periods, line, partner)
    what = " and ".join(kinds)
    many = "posting" if legs == 1 else "postings"
    until = f", entered by the end of {in_words(known.known_by)}" if known.known_by else ""
    says = f"{legs:,} {many} of {what}{until}" if legs else f"No posting of {what}{until}"
    made = Made(how=Origin.POSTINGS, says=says, line=line or "", partner=partner or "", kinds=kinds,
                postings=legs)  # fmt: skip
    return Figure(id_, NoAmount.NOT_REPORTED if amount is None else sign * amount, made)


def forecast_figure(known: AsKnown, id_: str, cell: Cell) -> Figure:
    """A cell's forecast outturn by the newest forecast made by then."""
    version, made = known.forecast(), known.forecasts().get(cell)
    says = "No forecast was made by then"
    if version:
        says = f"Forecast {version.number}, made at the end of {in_words(version.at)}"
        says += f": {made.because}" if made and made.because else ""
        says += f" ({made.evidence})" if made and made.evidence else ""
    outturn = made.outturn if made else None
    of = Made(how=Origin.FORECAST, says=says, line=cell[0], partner=cell[1])
    return Figure(id_, NoAmount.NOT_REPORTED if outturn is None else outturn, of)


def cell_row(known: AsKnown, table: str, cell: Cell, *, outturn: bool) -> ReportRow:
    """A line's part of one partner: budget, spent, forecast where there is to be one, variance."""
    line, partner = cell
    stem = f"{table}.{line}.{partner}".replace(" ", "_")
    budget = budget_figure(known, f"{stem}.budget", cell)
    spent = posted(known, f"{stem}.spent", SPENT, line=line, partner=partner)
    figures = [budget, spent]
    if not outturn:
        figures.append(forecast_figure(known, f"{stem}.forecast", cell))
    figures.append(less(f"{stem}.over", figures[-1], budget, _over_words(outturn)))
    books = known.books
    return ReportRow(books.line_name(line), books.name(partner), tuple(figures))


def _over_words(outturn: bool) -> str:
    return "Spent less budget" if outturn else "Forecast outturn less budget"


def lines_table(known: AsKnown, *, outturn: bool, beside: bool = False) -> ReportTable | None:
    """Every line by partner, those the total counts or those beside it, with their sum."""
    cells = [c for c in known.cells() if known.counted(c[0]) is not beside]
    if not cells:
        return None
    id_ = "beside" if beside else "lines"
    rows = [cell_row(known, id_, cell, outturn=outturn) for cell in cells]
    ends = ("budget", "spent", "over") if outturn else ("budget", "spent", "forecast", "over")
    if not beside:
        rows.append(_total(id_, rows, ends))
    columns = ["Budget", "Spent in the year" if known.known_by is None else "Spent so far"]
    columns += [] if outturn else ["Forecast"]
    columns.append(OVER)
    title = "Beside the fund: aligned or in view" if beside else "Line by line"
    return ReportTable(id_, title, tuple(columns), tuple(rows), _lines_say(known, beside))


def _lines_say(known: AsKnown, beside: bool) -> str:
    if beside:
        return "No total of the fund counts these lines."
    return "Spent is what was paid and accrued less income on the line."


def _total(id_: str, rows: Sequence[ReportRow], ends: Sequence[str]) -> ReportRow:
    figures = []
    for n, end in enumerate(ends):
        parts = [(f"{r.label}, {r.under}" if r.under else r.label, r.figures[n]) for r in rows]
        whole = end == "budget"
        figures.append(added(f"{id_}.total.{end}", parts, "The sum of the rows", whole=whole))
    return ReportRow(TOGETHER, "", tuple(figures), total=True)


def board_table(lines: ReportTable) -> ReportTable:
    """The lines with every partner's part added, which fits on one page."""
    rows = []
    ends = ("budget", "spent", "forecast", "over")
    for name in dict.fromkeys(r.label for r in lines.rows if not r.total):
        own = [r for r in lines.rows if r.label == name and not r.total]
        stem = f"board.{own[0].figures[0].id.split('.')[1]}"
        figures = tuple(
            added(f"{stem}.{end}", [(r.under, r.figures[n]) for r in own], "The partners’ parts",
                  whole=True)
            for n, end in enumerate(ends)
        )  # fmt: skip
        rows.append(ReportRow(name, "", figures))
    rows.append(_total("board", rows, ends))
    says = "A line’s figure is here only once every partner in it has reported."
    return ReportTable("board", "Line by line", lines.columns, tuple(rows), says)


def money_table(known: AsKnown, *, quarter: bool) -> ReportTable:
    """Income and expenditure of the fund, in the quarter and since 1 April or in the year."""
    spans = [("year", known.periods)]
    columns = [f"Since 1 April {known.periods[0] // 100}" if quarter else "In the year"]
    if quarter:
        spans.insert(0, ("quarter", quarter_of(known.periods)))
        columns.insert(0, "In the quarter")
    income = [
        ReportRow(
            "Contribution received", known.books.name(p),
            tuple(posted(known, f"money.in.{p}.{s}", (K.RECEIVED,), periods=ps, partner=p)
                  for s, ps in spans),
        )
        for p in known.partners() if p != NOBODY_STATED
    ]  # fmt: skip
    if known.stands((K.INCOME,))[0] is not None:
        figures = tuple(
            posted(known, f"money.lines.{s}", (K.INCOME,), sign=-1, periods=ps) for s, ps in spans
        )
        income.append(ReportRow("Income on lines", "", figures))
    gained = _sum_row("money.income", "Gross income", income, spans)
    figures = tuple(posted(known, f"money.paid.{s}", PAID, periods=ps) for s, ps in spans)
    cost = ReportRow("Gross expenditure", "Paid and accrued", figures)
    left = tuple(
        less(f"money.balance.{s}", gained.figures[n], cost.figures[n], "Income less expenditure")
        for n, (s, _) in enumerate(spans)
    )
    balance = ReportRow("Balance", "Income less expenditure", left, total=True)
    rows = (*income, gained, cost, balance)
    says = "A contribution counts when it was received, not when it was promised."
    return ReportTable("money", "Income and expenditure of the fund", tuple(columns), rows, says,
                       "What")  # fmt: skip


def _sum_row(
    id_: str, title: str, rows: Sequence[ReportRow], spans: Sequence[tuple[str, object]]
) -> ReportRow:
    figures = []
    for n, (span, _) in enumerate(spans):
        parts = [(f"{r.label} {r.under}".strip(), r.figures[n]) for r in rows]
        figures.append(added(f"{id_}.{span}", parts, "The sum of the income above"))
    return ReportRow(title, "", tuple(figures), total=True)


def contributions_table(known: AsKnown, lines: ReportTable | None) -> ReportTable:
    """Each partner's contribution: in the budget, confirmed, received, still to come."""
    rows = []
    cells = known.cells()
    for partner in known.partners():
        name = known.books.name(partner)
        stem = f"contributions.{partner}".replace(" ", "_")
        own = [
            (r.label, r.figures[0])
            for r in (lines.rows if lines else ())
            if r.under == name and not r.total
        ]
        budget = added(f"{stem}.budget", own, "The sum of its cells", whole=True)
        if not any(p == partner and known.counted(line) for line, p in cells):
            continue
        if partner == NOBODY_STATED:
            none = Made(how=Origin.SUM, says="Whose it is is not stated")
            rest = tuple(
                Figure(f"{stem}.{end}", NoAmount.NO_PART, none)
                for end in ("confirmed", "received", "due")
            )
            rows.append(ReportRow(name, "", (budget, *rest)))
            continue
        confirmed = posted(known, f"{stem}.confirmed", CONFIRMED, partner=partner)
        received = posted(known, f"{stem}.received", (K.RECEIVED,), partner=partner)
        due = less(f"{stem}.due", budget, received, "Contribution in the budget less received")
        rows.append(ReportRow(name, "", (budget, confirmed, received, due)))
    if rows:
        rows.append(_total("contributions", rows, ("budget", "confirmed", "received", "due")))
    columns = ("In the budget", "Confirmed so far", "Received so far", "Still to come")
    says = "What is received had been confirmed first, so it is counted in both columns."
    return ReportTable("contributions", "Each partner’s contribution", columns, tuple(rows), says,
                       "Partner")  # fmt: skip


def led_table(known: AsKnown, lead: str) -> ReportTable | None:
    """The lines that one partner commissions with another's money in them."""
    text = known.books.text
    rows = []
    for cell in known.cells():
        line = text.lines.get(cell[0])
        if line and budgets.lead_of(text, line) == lead and cell[1] not in (lead, NOBODY_STATED):
            rows.append(cell_row(known, "led", cell, outturn=False))
    if not rows:
        return None
    rows.append(_total("led", rows, ("budget", "spent", "forecast", "over")))
    columns = ("To be paid", "Spent so far", "Forecast", OVER)
    return ReportTable("led", "Money of the other partners in what is led", columns, tuple(rows))


def leads_of(known: AsKnown) -> tuple[str, ...]:
    """Who leads a line with another partner's money in it."""
    text = known.books.text
    named = dict.fromkeys(budgets.lead_of(text, row) for row in text.lines.values())
    return tuple(p for p in named if isinstance(p, str) and led_table(known, p))
