"""The fund text: what money there is, whose, under whose host (docs/fund-language.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from concord.domain.agreements.arrangement import Duty, SourceText
from concord.domain.agreements.conditions import Condition, conditions
from concord.domain.agreements.words import Mode
from concord.domain.calendar import Period
from concord.domain.funds import words as w
from concord.domain.funds.amounts import Cells, by_line, figures, money, money_by, printed
from concord.domain.funds.risk_rules import RiskRule, weights
from concord.domain.funds.years import last_day, year
from concord.domain.language.kinds import (
    by_name,
    day,
    either,
    listing,
    number,
    period,
    ref,
    share,
    word,
    words,
    yes_or_no,
)
from concord.domain.language.reading import At
from concord.domain.language.tables import Row, dated_value, key, named, rows, table
from concord.domain.language.values import NOT_STATED, Dated, Day, NotStated, Share

NONE: Mapping[str, Any] = MappingProxyType({})
_mode = word(Mode)


def mode(raw: object, at: At) -> Any:
    """One of the five modes, or a local word that the arrangement gives a meaning."""
    if isinstance(raw, str) and raw not in (*map(str, Mode), "not stated"):
        at.refers(raw, ("mode",))
        return raw
    return _mode(raw, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid(Row):
    """How contributions reach the host: how often, and before or after the time they are for."""

    every: Period | NotStated = key(period(), required=True)
    when: w.PaidWhen | NotStated | None = key(word(w.PaidWhen))


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation(Row):
    """Who has to agree before contributions may vary."""

    provided: tuple[Condition, ...] = key(conditions(), required=True, default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund(Row):
    """Money held under one agreement with one host; its lines take its mode and lead."""

    name: str | NotStated = key(words(), required=True)
    agreement: str | NotStated = key(ref("agreement"), required=True)
    host: str | NotStated | None = key(ref("organisation"), required=True)
    pool_manager: str | NotStated | None = key(ref("post"))
    mode: Mode | str | NotStated | None = key(mode)
    lead: str | NotStated | None = key(ref("organisation"))
    client_charges: w.ClientCharges | NotStated | None = key(word(w.ClientCharges))
    vat_amounts: w.VatAmounts | NotStated | None = key(word(w.VatAmounts))
    paid: Paid | NotStated | None = key(table(Paid))
    variation: Variation | NotStated | None = key(table(Variation))

    @property
    def label(self) -> str:
        return self.id if isinstance(self.name, NotStated) else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingSource(Row):
    """Where money comes from; its name may change from year to year."""

    name: Dated[str] = key(dated_value(words()), required=True, default=Dated())
    from_: str | NotStated = key(ref("organisation"), required=True)
    ring_fenced: bool | NotStated = key(yes_or_no(), default=False)
    capital: bool | NotStated = key(yes_or_no(), default=False)
    recurrent: bool | NotStated | None = key(yes_or_no())

    @property
    def label(self) -> str:
        """The latest name that the text gives."""
        names = [r.value for r in self.name.rows if isinstance(r.value, str)]
        return names[-1] if names else self.id

    @property
    def apart(self) -> bool:
        """Whether it is, or may be, a compartment of its own that nothing nets across."""
        return self.ring_fenced is not False or self.capital is not False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme(Row):
    """A group of lines, under the name the partners call it by."""

    name: str | NotStated = key(words(), required=True)

    @property
    def label(self) -> str:
        return self.id if isinstance(self.name, NotStated) else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Row):
    """One scheme from one funding source in one fund, with its accounting facts."""

    fund: str | NotStated = key(ref("fund"), required=True)
    name: str | NotStated | None = key(words())
    scheme: str | NotStated | None = key(ref("scheme"))
    funding: str | NotStated | None = key(ref("funding"))
    lead: str | NotStated | None = key(ref("organisation"))
    mode: Mode | str | NotStated | None = key(mode)
    marks: tuple[str, ...] | NotStated = key(listing(words()), default=())
    ratio: Mapping[str, int | NotStated] | NotStated | None = key(weights())
    delivered_by: str | NotStated | None = key(ref("organisation"))
    contracted_by: str | NotStated | None = key(ref("organisation"))
    acts_as: w.ActsAs | NotStated | None = key(word(w.ActsAs))
    basis: w.AccountingBasis | NotStated | None = key(word(w.AccountingBasis))
    vat: w.VatRegime | NotStated | None = key(word(w.VatRegime))
    client_charges: w.ClientCharges | NotStated | None = key(word(w.ClientCharges))
    recurrent: bool | NotStated | None = key(yes_or_no())

    @property
    def label(self) -> str:
        return self.name if isinstance(self.name, str) else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve(Row):
    """Money kept back under an agreement; `share` says whose it is."""

    name: str | NotStated = key(words(), required=True)
    of: str | NotStated = key(ref("agreement"), required=True)
    kind: w.ReserveKind | NotStated = key(word(w.ReserveKind), required=True)
    opening: int | NotStated | None = key(money())
    share: Mapping[str, int | NotStated] | NotStated | None = key(weights())
    use: str | NotStated | None = key(words())


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Row):
    """A contract of which a proportion belongs to a scheme; the rest is none of the fund's."""

    name: str | NotStated = key(words(), required=True)
    held_by: str | NotStated = key(ref("organisation"), required=True)
    with_: str | NotStated | None = key(words())
    value: int | NotStated | None = key(money())
    schemes: Mapping[str, Share | NotStated] | NotStated = key(
        by_name(share(), "scheme"), required=True, default=NONE
    )
    committed: bool | NotStated | None = key(yes_or_no())


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget(Row):
    """One version of a fund's budget for a year; printed totals are checked and never used."""

    fund: str | NotStated = key(ref("fund"), required=True)
    year: str | NotStated = key(year(), required=True)
    version: int | NotStated = key(number(), required=True)
    status: w.BudgetStatus | NotStated = key(word(w.BudgetStatus), required=True)
    amounts: Mapping[str, Cells] | NotStated = key(by_line(), required=True)
    stated: Mapping[str, int | NotStated] | NotStated = key(printed(), default=NONE)
    because: str | NotStated | None = key(words())
    approved: Mapping[str, Day] | Day = key(either(dict, by_name(day(), "organisation"), day()))

    @property
    def known_amounts(self) -> Mapping[str, Cells]:
        return NONE if isinstance(self.amounts, NotStated) else self.amounts

    @property
    def last_day(self) -> date | None:
        return None if isinstance(self.year, NotStated) else last_day(self.year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contingent(Row):
    """A part of a contribution that arrives only if its conditions are met."""

    line_: str | NotStated = key(ref("line"), required=True)
    partner: str | NotStated = key(ref("organisation"), required=True)
    amount: int | NotStated = key(money(), required=True)
    year: str | NotStated = key(year(), required=True)
    provided: tuple[Condition, ...] = key(conditions(), required=True, default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Apportionment(Row):
    """How a wider sum is divided; a new basis is a new row, so earlier figures stay."""

    of: str | NotStated = key(words(), required=True)
    basis: w.ApportionmentBasis | NotStated = key(word(w.ApportionmentBasis), required=True)
    figures: Mapping[str, int | NotStated] | NotStated = key(figures(), required=True)
    vintage: Day = key(day())


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlTotal(Row):
    """The sum of several organisations' budgets, which a transfer between them cannot change."""

    year: str | NotStated = key(year(), required=True)
    amounts: Mapping[str, int | NotStated] | NotStated = key(
        money_by("organisation"), required=True
    )
    provided: tuple[Condition, ...] = key(conditions(), default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving(Row):
    """Savings of one partner in a year, each under its own name, and how far they have come."""

    year: str | NotStated = key(year(), required=True)
    of: str | NotStated = key(ref("organisation"), required=True)
    state: w.SavingState | NotStated = key(word(w.SavingState), required=True)
    amounts: Mapping[str, int | NotStated] | NotStated = key(money_by(), required=True)
    stated: Mapping[str, int | NotStated] | NotStated = key(money_by(), default=NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure(Row):
    """A gap between the money there is and the money needed, as its source puts it."""

    name: str | NotStated = key(words(), required=True)
    of: str | NotStated = key(ref("organisation"), required=True)
    amount: int | NotStated = key(money(), required=True)
    about: bool | NotStated = key(yes_or_no(), default=False)
    by: int | NotStated | None = key(number())
    met_from: str | NotStated | None = key(words())


@dataclass(frozen=True, slots=True, kw_only=True)
class Nil(Row):
    """What an agreement says in words that it does not have: no pool, no risk share."""

    agreement: str | NotStated = key(ref("agreement"), required=True)
    of: tuple[w.NilOf, ...] | NotStated = key(listing(word(w.NilOf)), required=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FundText(Row):
    """A whole text: one place's funds, lines, budgets, reserves and risk share.

    One reading equals only itself, so that what is worked out from it can be kept beside it.
    """

    format: int = key(lambda raw, at: raw, required=True, default=1)
    sources_: Mapping[str, SourceText] = key(named(SourceText), default=NONE)
    funds: Mapping[str, Fund] = key(named(Fund), default=NONE)
    funding: Mapping[str, FundingSource] = key(named(FundingSource), default=NONE)
    schemes: Mapping[str, Scheme] = key(named(Scheme), default=NONE)
    lines: Mapping[str, Line] = key(named(Line), default=NONE)
    reserves: Mapping[str, Reserve] = key(named(Reserve), default=NONE)
    contracts: Mapping[str, Contract] = key(named(Contract), default=NONE)
    budgets: tuple[Budget, ...] = key(rows(Budget, silence=()), default=())
    contingent: tuple[Contingent, ...] = key(rows(Contingent, silence=()), default=())
    risk: tuple[RiskRule, ...] | NotStated = key(rows(RiskRule), required=True, default=NOT_STATED)
    apportionments: Mapping[str, Apportionment] = key(named(Apportionment), default=NONE)
    control_totals: Mapping[str, ControlTotal] = key(named(ControlTotal), default=NONE)
    savings: tuple[Saving, ...] = key(rows(Saving, silence=()), default=())
    pressures: Mapping[str, Pressure] = key(named(Pressure), default=NONE)
    nil: Mapping[str, Nil] = key(named(Nil), default=NONE)
    duties: Mapping[str, Duty] = key(named(Duty), default=NONE)

    __eq__ = object.__eq__
    __hash__ = object.__hash__
