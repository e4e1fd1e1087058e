"""What the ledger must know of a place's funds: their lines, agreements and compartments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.findings import Answer, Authority, Reason
from concord.domain.funds.fund import FundText
from concord.domain.funds.ledger.transaction import LedgerAccount
from concord.domain.funds.ledger.words import NAMED, OF_A_LINE, PARKING, LedgerKind
from concord.domain.language.values import NotStated

NOBODY_STATED = "not stated"  # the partner of a budget whose partners the text leaves out


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A line as the ledger sees it. `compartment` is empty where its money may mix.

    Authority for compartments: a ring-fenced or capital source never meets what another owes.
    """

    fund: str
    source: str = ""
    compartment: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """The funds of a place, each with its agreement; the lines; the reserves; the partners."""

    funds: Mapping[str, str]
    lines: Mapping[str, ChartLine]
    partners: frozenset[str]
    reserves: Mapping[str, str] = field(default_factory=dict)

    def agreement(self, fund: str) -> str:
        return self.funds.get(fund, "")

    def compartment(self, account: LedgerAccount) -> str:
        line = self.lines.get(account.line)
        return line.compartment if line else ""

    def source(self, line: str) -> str:
        found = self.lines.get(line)
        return found.source if found else ""


def chart_of(text: FundText, arrangement: Arrangement) -> Chart:
    """The chart of a place's two texts; the partners are the parties of its agreements."""
    parties: set[str] = set()
    for agreement in arrangement.agreements.values():
        if isinstance(agreement.parties, tuple):
            parties.update(agreement.parties)
    return Chart(
        funds={name: _word(fund.agreement) for name, fund in text.funds.items()},
        lines={name: _line(text, name) for name in text.lines},
        partners=frozenset(parties),
        reserves={name: _word(reserve.of) for name, reserve in text.reserves.items()},
    )


def _line(text: FundText, name: str) -> ChartLine:
    line = text.lines[name]
    source = _word(line.funding)
    found = text.funding.get(source)
    return ChartLine(_word(line.fund), source, source if found and found.apart else "")


def _word(value: str | NotStated | None) -> str:
    return value if isinstance(value, str) else ""


def knows(chart: Chart, account: LedgerAccount) -> Iterable[Reason]:
    """What keeps an account from being one of this chart's; nothing where it is."""
    parked = account.kind in PARKING and not account.fund and not account.line
    if account.fund not in chart.funds and not parked:
        yield _refused(f"there is no fund {account.fund}", "name a fund of the place's text")
        return
    if account.partner not in chart.partners and not _plan_of_nobody_yet(account):
        yield _refused(f"{account.partner or 'nobody'} is not a partner", "name one of the parties")
    line = chart.lines.get(account.line)
    if account.kind in OF_A_LINE and not account.line:
        yield _refused(f"an account of {account.kind} names its line", "name the line")
    elif account.line and line is None:
        yield _refused(f"there is no line {account.line}", "name a line of the fund")
    elif line and line.fund != account.fund:
        says = f"{account.line} is a line of {line.fund}, not of {account.fund}"
        yield _refused(says, f"post to {line.fund}")
    yield from _named(chart, account)


def _plan_of_nobody_yet(account: LedgerAccount) -> bool:
    """A budget may be one sum where the partners are not stated; spending has a spender."""
    kinds = (LedgerKind.BUDGET, LedgerKind.BUDGET_SET)
    return account.partner == NOBODY_STATED and account.kind in kinds


def _named(chart: Chart, account: LedgerAccount) -> Iterable[Reason]:
    if account.kind in NAMED and not account.name:
        yield _refused(f"an account of {account.kind} has a name", "say which it is")
    if account.kind is LedgerKind.RESERVE and account.name:
        of = chart.reserves.get(account.name)
        if of is None:
            yield _refused(f"there is no reserve {account.name}", "name a reserve of the text")
        elif of != chart.agreement(account.fund):
            says = f"the reserve {account.name} is of another agreement than {account.fund}"
            yield _refused(says, "funds of different agreements never meet")


def _refused(says: str, remedy: str) -> Reason:
    return Reason(Answer.REFUSED, says, Authority(), remedy)
