"""A matter's text: its facts once, its stops, its report, what it promises (docs/matters.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from concord.domain.agreements.arrangement import SourceText
from concord.domain.agreements.matter import Matter
from concord.domain.agreements.words import Act, Mode
from concord.domain.decisions import words as w
from concord.domain.decisions.prose import prose, stated
from concord.domain.decisions.report import Report
from concord.domain.language.kinds import (
    amount,
    day,
    either,
    listing,
    number,
    ref,
    refs,
    word,
    words,
    yes_or_no,
)
from concord.domain.language.tables import Row, key, named, rows, table
from concord.domain.language.values import NOT_STATED, Day, NotStated

NONE: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Row):
    """An amount of a year and a line, in pence: spent, saved or received, once or every year."""

    amount: int | NotStated = key(amount(), required=True)
    nature: w.Nature | NotStated = key(word(w.Nature), default=w.Nature.COST)
    often: w.Often | NotStated = key(word(w.Often), default=w.Often.ONCE)
    year: str | NotStated | None = key(words())
    line_: str | NotStated | None = key(words())
    borne_by: str | NotStated | None = key(ref("organisation"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempt(Row):
    """A part kept from the public: its Schedule 12A paragraph, or confidential, and the reason.

    `outweighs` is why the public interest in keeping it back outweighs that in telling it.
    """

    what: str = key(stated(prose(), ""), required=True, default="")
    paragraph: int | NotStated | None = key(number())
    confidential: bool = key(stated(yes_or_no(), False), default=False)
    outweighs: str | NotStated | None = key(words())


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterFacts(Row):
    """What is to be decided, each fact once; `first_planned` is the first day that was wanted."""

    title: str = key(stated(prose(), ""), required=True, default="")
    what: str = key(stated(prose(), ""), required=True, default="")
    functions: tuple[str, ...] | NotStated = key(refs("function"), required=True)
    act: Act | NotStated | None = key(word(Act))
    modes: tuple[Mode, ...] | NotStated = key(listing(word(Mode)), default=())
    funds: tuple[str, ...] = key(stated(listing(words()), ()), default=())
    agreements: tuple[str, ...] | NotStated = key(refs("agreement"), default=())
    amounts: tuple[Amount, ...] | NotStated = key(rows(Amount), required=True)
    within_budget: bool | NotStated | None = key(yes_or_no())
    wards: int | str | NotStated | None = key(either(int, number(), words()))
    people: str | NotStated | None = key(words())
    organisations: tuple[str, ...] | NotStated = key(refs("organisation"), default=())
    wanted: Day = key(day())
    first_planned: Day = key(day())
    private: bool | NotStated = key(yes_or_no(), default=False)
    key_because: tuple[str, ...] | NotStated = key(listing(words()), default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(Row):
    """One body's turn: for whom, for what purpose, when it meets, after which other stops.

    `told_of` names the stops whose outcome its papers must carry; left out, a stop for information
    is told of every decision before it, and "none" tells it in the room.
    """

    body: str | NotStated = key(ref("body", "post"), required=True)
    organisation: str | NotStated | None = key(ref("organisation"))
    purpose: w.Purpose | NotStated = key(word(w.Purpose), required=True)
    on: Day = key(day(), required=True)
    after: tuple[str, ...] | NotStated = key(refs("stop"), default=())
    told_of: tuple[str, ...] | NotStated | None = key(refs("stop"))
    format_: str | None = key(stated(prose(), None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(Row):
    """Something the report promises: what, by whom, to whom, and by when; open until met."""

    what: str = key(stated(prose(), ""), required=True, default="")
    owner: str | NotStated = key(ref("post", "body", "organisation"), required=True)
    to: str | NotStated | None = key(ref("post", "body", "organisation"))
    by: Day = key(day(), required=True)
    words_: str | None = key(stated(prose(), None))
    met: Day = key(day())


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalDeadline(Row):
    """A deadline that somebody else sets, with its time of day, and who must sign in person."""

    what: str = key(stated(prose(), ""), required=True, default="")
    on: Day = key(day(), required=True)
    at: str | NotStated | None = key(words())
    in_person: tuple[str, ...] | NotStated = key(refs("post"), default=())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MatterText(Row):
    """A whole text: one matter of one place.

    One reading equals only itself, so that what is worked out from it can be kept beside it.
    """

    format: int = key(lambda raw, at: raw, required=True, default=1)
    matter: MatterFacts = key(table(MatterFacts), required=True)
    sources_: Mapping[str, SourceText] = key(named(SourceText), default=NONE)
    exempt: Mapping[str, Exempt] = key(named(Exempt), default=NONE)
    stops: Mapping[str, Stop] = key(named(Stop), default=NONE)
    deadlines: Mapping[str, ExternalDeadline] = key(named(ExternalDeadline), default=NONE)
    report: Report | NotStated | None = key(table(Report))
    promises: Mapping[str, Promise] = key(named(Promise), default=NONE)

    # A row compares only what every row carries, which two versions of one text have alike.
    __eq__ = object.__eq__
    __hash__ = object.__hash__


def as_matter(facts: MatterFacts) -> Matter:
    """The matter as `authority` asks about it: what it costs in the dearest year, or not known."""
    functions = () if isinstance(facts.functions, NotStated) else facts.functions
    agreements = () if isinstance(facts.agreements, NotStated) else facts.agreements
    wards = facts.wards if isinstance(facts.wards, int) else None
    return Matter(
        functions=functions,
        act=facts.act if isinstance(facts.act, Act) else None,
        amount=_amount(facts),
        modes=() if isinstance(facts.modes, NotStated) else facts.modes,
        funds=facts.funds,
        agreements=agreements,
        within_budget=facts.within_budget if isinstance(facts.within_budget, bool) else None,
        wards=wards,
    )


def _amount(facts: MatterFacts) -> int | NotStated | None:
    """What is tested against limits: the largest of all costs, savings and income together."""
    if isinstance(facts.amounts, NotStated):
        return NOT_STATED
    if not facts.amounts:
        return None
    totals: dict[str, int] = {}
    for row in facts.amounts:
        if isinstance(row.amount, NotStated):
            return NOT_STATED
        nature = "cost" if isinstance(row.nature, NotStated) else str(row.nature)
        totals[nature] = totals.get(nature, 0) + row.amount
    return max(totals.values(), key=abs)
