"""A fund text beside its arrangement on a day: who leads, hosts and contributes, and what is apart.

A name that an organisation no longer bears is read as its successor's from the day it took over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.funds import budgets
from concord.domain.funds.fund import Budget, Fund, FundText, Line
from concord.domain.language.values import NOT_STATED, NotStated
from concord.domain.places.succession import name_on


@dataclass(frozen=True, slots=True)
class Compartment:
    """Money that nothing outside nets with: an agreement's, in or out of the section 75.

    `apart` is the ring-fenced or capital source, or empty.
    """

    agreement: str
    inside: bool
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """One year of one text, asked about on one day."""

    arrangement: Arrangement
    text: FundText
    year: str
    on: date

    def now(self, name: str) -> str:
        """The organisation that stands in this one's place on the day; itself where several do."""
        found = name_on(self.arrangement.successions, name, self.on)
        return found if isinstance(found, str) else name

    def line(self, name: str) -> Line:
        return self.text.lines[name]

    def fund(self, line: str) -> Fund | None:
        return budgets.fund_of(self.text, self.line(line))

    def lead(self, line: str) -> str | NotStated:
        lead = budgets.lead_of(self.text, self.line(line))
        return self.now(lead) if isinstance(lead, str) else NOT_STATED

    def host(self, line: str) -> str | NotStated:
        fund = self.fund(line)
        host = fund.host if fund else None
        return self.now(host) if isinstance(host, str) else NOT_STATED

    def mode(self, line: str) -> str | NotStated | None:
        return budgets.mode_of(self.text, self.line(line))

    def inside(self, line: str) -> bool:
        """Whether a line is in the section 75; one whose mode nobody states is."""
        return budgets.in_section_75(self.arrangement, self.mode(line)) is not False

    def agreement(self, line: str) -> str:
        """The agreement of a line's fund; a fund that states none stands alone."""
        fund = self.fund(line)
        if fund is None:
            return f"line {line}"
        return fund.agreement if isinstance(fund.agreement, str) else f"fund {fund.id}"

    def compartment(self, line: str) -> Compartment:
        return Compartment(self.agreement(line), self.inside(line), self._apart(line))

    def _apart(self, line: str) -> str:
        funding = self.line(line).funding
        if isinstance(funding, NotStated):
            return f"line {line}"  # it may be ring-fenced, so it is kept apart
        source = self.text.funding.get(funding) if funding else None
        return source.id if source and source.apart else ""

    def parties(self, agreement: str) -> tuple[str, ...]:
        """The parties in their order, which breaks ties in pence."""
        found = self.arrangement.agreements.get(agreement)
        if found is None or isinstance(found.parties, NotStated):
            return ()
        return tuple(dict.fromkeys(self.now(p) for p in found.parties))

    def versions(self, fund: str) -> dict[int, Budget]:
        """The fund's budget versions of the year, by number."""
        found = budgets.versions(self.text, fund, self.year)
        return {b.version: b for b in found if isinstance(b.version, int)}

    def contributions(self, line: str, version: int) -> Mapping[str, int | NotStated] | NotStated:
        """Each partner's contribution to a line in that version, in pence; nil is not listed."""
        budget = self._version(line, version)
        if budget is None:
            return NOT_STATED
        found: dict[str, int | NotStated] = {}
        for name, amount in budgets.contributions(self.text, budget, line).items():
            if name == budgets.TOGETHER:
                return NOT_STATED
            who = self.now(name)
            found[who] = budgets.added([found.get(who, 0), amount])
        return found

    def budget(self, line: str, version: int) -> int | NotStated:
        """A line's whole budget in that version, in pence."""
        budget = self._version(line, version)
        return NOT_STATED if budget is None else budgets.line_total(self.text, budget, line)

    def _version(self, line: str, version: int) -> Budget | None:
        fund = self.fund(line)
        budget = self.versions(fund.id).get(version) if fund else None
        return None if budget is None or isinstance(budget.amounts, NotStated) else budget
