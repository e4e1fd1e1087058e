"""Who pays if the year finishes here: two sums, then the worked sheet down to the penny."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from concord.domain.findings import Authority
from concord.domain.funds.fund import FundText
from concord.domain.funds.risk_rules import Cause
from concord.domain.funds.risk_share import risk_share
from concord.domain.funds.risk_share.facts import LineVariance, Position
from concord.domain.funds.risk_share.plan import Leave
from concord.domain.funds.risk_share.result import RiskResult, Working
from concord.domain.funds.risk_share.sheet import worked_sheet
from concord.domain.funds.years import last_day
from concord.domain.language.values import NotStated
from concord.web.funds_reading import Money, OpenedFunds
from concord.web.funds_told import apart, exact, line_name, signed
from concord.web.wording import count, upper_first


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of the sheet; `rest` are the digits beyond the penny."""

    words: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the working: its words, a figure for each partner, and together."""

    words: str
    cells: dict[str, Cell] = field(default_factory=dict)
    together: str = ""
    middle: bool = False
    authority: Authority | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Paid:
    """What one rule-set makes of a year's variances, ready to be shown."""

    result: RiskResult
    partners: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    feet: tuple[SheetRow, ...]
    apart: dict[str, int]

    def pays(self, partner: str) -> int:
        """What a partner bears, without ring-fenced money, which pays for nothing else."""
        return self.result.borne.get(partner, 0) - self.apart.get(partner, 0)


def reported(moneys: Iterable[Money]) -> tuple[list[LineVariance], list[str]]:
    """The variances of every line that has reported, and the lines that have not."""
    found: list[LineVariance] = []
    missing: list[str] = []
    for money in moneys:
        for line in money.lines:
            if money.line_variance(line.id) is None:
                missing.append(line.id)
                continue
            version = money.version.number if money.version else 1
            by_cause: dict[Cause, int] = {}
            for one in money.found:
                if one.line == line.id and one.amount:
                    cause = one.cause or Cause.OTHER
                    by_cause[cause] = by_cause.get(cause, 0) + one.amount
            found += [
                LineVariance(line=line.id, amount=a, version=version, cause=c, forecast=True)
                for c, a in by_cause.items()
            ]
    return found, missing


def paid(
    opened: OpenedFunds, text: FundText, position: Position, lines: int, partners: Iterable[str]
) -> Paid:
    """The answer of the rules in force on the year's last day, with its working."""
    arrangement = opened.it.arrangement
    result = risk_share(arrangement, text, position, last_day(position.year))
    columns = tuple(dict.fromkeys([*(p for p in partners if p in result.borne), *result.borne]))
    rows = [*_begins(text, position, lines), *_steps(opened, text, result, columns)]
    fenced = _fenced(text, result)
    feet = tuple(_feet(opened, text, result, columns, fenced))
    return Paid(result, columns, tuple(rows), feet, fenced)


def _fenced(text: FundText, result: RiskResult) -> dict[str, int]:
    """What each partner bears or keeps of ring-fenced and capital money."""
    found: dict[str, int] = {}
    for working in result.trail:
        if working.split is None or not all(apart(text, text.lines[n]) for n, _ in working.found):
            continue
        over = {s.partner: s.over for s in working.stopped}
        for who, share in zip(working.who, working.split.shares, strict=True):
            if share - over.get(who, 0):
                found[who] = found.get(who, 0) + share - over.get(who, 0)
    return found


def _begins(text: FundText, position: Position, lines: int) -> Iterator[SheetRow]:
    total = sum(v.amount for v in position.variances)
    kind = "Underspend" if total < 0 else "Overspend"
    many = "lines that have" if lines != 1 else "line that has"
    yield SheetRow(f"{kind} of the {count(lines)} {many} reported", together=signed(total))
    sums: dict[str, int] = {}
    for one in position.variances:
        if apart(text, text.lines[one.line]):
            sums[one.line] = sums.get(one.line, 0) + one.amount
    for name, amount in sums.items():
        why = apart(text, text.lines[name])
        way = "under" if amount < 0 else "over"
        words = (
            f"Take out {line_name(text, name)}: {exact(abs(amount))} {way}, {why}, "
            f"so it {'cannot pay' if amount < 0 else 'is not paid'} "
            f"{'for anything else' if amount < 0 else 'from anything else'}"
        )
        yield SheetRow(words, together=signed(-amount))
    if sums:
        left = total - sum(sums.values())
        kind = "Underspend" if left < 0 else "Overspend"
        yield SheetRow(f"{kind} to be shared", together=signed(left), middle=True)


def _steps(
    opened: OpenedFunds, text: FundText, result: RiskResult, columns: tuple[str, ...]
) -> Iterator[SheetRow]:
    sheet = worked_sheet(opened.it.arrangement, text, result.trail)
    for working, step in zip(result.trail, sheet, strict=True):
        if not working.taken and working.leave is Leave.GIVEN:
            continue  # the rule had nothing to take, so there is no step to follow
        head = SheetRow(
            step.says, together=signed(working.taken), authority=step.authority, rule=step.rule
        )
        split = working.split
        if split is None:
            yield head
            continue
        if sum(bool(w) for w in split.weights) < 2:
            cells = {
                who: Cell(signed(share))
                for who, share in zip(working.who, split.shares, strict=True)
                if share
            }
            yield SheetRow(head.words, cells, head.together, False, head.authority, head.rule)
            continue
        yield head
        yield from _shared(working, columns)


def _shared(working: Working, columns: tuple[str, ...]) -> Iterator[SheetRow]:
    """Weights, exact shares, whole pence and who gets the penny left."""
    split = working.split
    if split is None:
        return
    of = dict(zip(working.who, range(len(working.who)), strict=True))
    there = [who for who in columns if who in of]
    sign = -1 if working.taken < 0 else 1
    weights = {who: Cell(f"{_weight(split.weights[of[who]])}") for who in there}
    yield SheetRow("Weights", weights, _weight(sum(split.weights)))
    yield SheetRow(
        "Exact shares", {who: _exact(split.exact[of[who]]) for who in there}, signed(working.taken)
    )
    floors = {who: Cell(exact(sign * split.floors[of[who]])) for who in there}
    yield SheetRow("Whole pence, rounded down", floors, exact(sign * sum(split.floors)))
    left = sum(split.pennies)
    if left:
        lucky = {who: Cell(exact(sign)) for who in there if split.pennies[of[who]]}
        words = "penny left goes" if left == 1 else "pennies left go"
        parts = "part" if left == 1 else "parts"
        yield SheetRow(f"The {words} to the larger {parts} left over", lucky, exact(sign * left))
    stopped = {s.partner: s for s in working.stopped}
    if stopped:
        cells = {who: Cell(exact(-s.over)) for who, s in stopped.items()}
        over = -sum(s.over for s in stopped.values())
        yield SheetRow("Over the cap, so it passes on", cells, exact(over))


def _weight(weight: int) -> str:
    """Contributions are weights in pence, ratios small numbers: both read as they are."""
    return f"{weight:,}" if weight < 100_000 else exact(weight).removesuffix(".00")


def _exact(share: Fraction) -> Cell:
    """Pounds to six places, what is beyond the penny apart; nothing is rounded up."""
    whole, rest = divmod(abs(share.numerator) * 10_000 // share.denominator, 10_000)
    sign = "−" if share < 0 else ""
    return Cell(f"{sign}£{whole // 100:,}.{whole % 100:02}", f"{rest:04}")


def _feet(
    opened: OpenedFunds, text: FundText, result: RiskResult, columns: tuple[str, ...],
    fenced: dict[str, int],
) -> Iterator[SheetRow]:  # fmt: skip
    cells = {who: Cell(signed(result.borne[who])) for who in columns}
    if columns:
        borne = sum(result.borne.values())
        yield SheetRow("Each bears", cells, signed(borne), middle=True)
        if fenced:
            kept = {who: Cell(signed(pence)) for who, pence in fenced.items()}
            words = "Of that ring-fenced or capital, which pays for nothing else"
            yield SheetRow(words, kept, signed(sum(fenced.values())))
    for words, amount in others(opened, text, result):
        yield SheetRow(words, together=signed(amount))
    yield SheetRow("All of it", together=signed(result.total), middle=True)


def others(opened: OpenedFunds, text: FundText, result: RiskResult) -> Iterator[tuple[str, int]]:
    """Every part that no partner bears, each by its name."""
    names = opened.it.names
    for name, amount in result.reserves.items():
        row = text.reserves.get(name)
        called = row.name if row and not isinstance(row.name, NotStated) else name
        yield f"{'Drawn from' if amount > 0 else 'Put into'} {called}", amount
    for name, amount in result.cut.items():
        yield f"Cut in {text.funds[name].label}", amount
    for held in result.waiting:
        yield f"Waits for a decision, {held.group}: {held.why}", held.amount
    for held in result.not_stated:
        yield f"Not stated, {held.group}: {held.why}", held.amount
    if result.no_one:
        yield "Has no owner until someone decides", result.no_one
    for who, amount in result.outside.items():
        yield f"Outside the section 75, {upper_first(names.short(who))}", amount
