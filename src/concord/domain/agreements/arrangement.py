"""The arrangement: what one text says of a place, as data (docs/language.md, section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from concord.domain.agreements import words as w
from concord.domain.agreements.bodies import WHO, Body, Covers
from concord.domain.agreements.conditions import Condition, conditions
from concord.domain.agreements.local_clocks import LocalClock
from concord.domain.calendar import Period
from concord.domain.language.kinds import (
    amount,
    by_name,
    by_word,
    closed_day,
    day,
    either,
    limit,
    listing,
    number,
    period,
    ref,
    refs,
    word,
    words,
    yes_or_no,
)
from concord.domain.language.tables import Row, dated, dated_value, key, named, rows, said, table
from concord.domain.language.values import Dated, Day, Limit, NotStated, YearlyDay
from concord.domain.places.organisations import Governance, OrganisationKind, Role
from concord.domain.places.people import Holding, PostKind
from concord.domain.places.place import Place
from concord.domain.places.succession import Succession

NONE: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText(Row):
    """A text that the arrangement is taken from."""

    title: str = key(words(), required=True)
    of: str | NotStated | None = key(words())
    dated: Day | str = key(day())
    address: str | NotStated | None = key(words())


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDecision(Row):
    """From what amount in pence, or how many wards, a council calls a decision key."""

    amount: int | NotStated | None = key(amount())
    wards: int | NotStated | None = key(number())


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDays(Row):
    """What an organisation does not count as a working day."""

    not_counted: tuple[w.NotCounted, ...] | NotStated = key(listing(word(w.NotCounted)), default=())
    also_closed: tuple[date | YearlyDay, ...] | NotStated = key(listing(closed_day()), default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Row):
    """A council, an NHS body or another organisation, for the days it exists."""

    name: Dated[str] = key(dated_value(words()), required=True, default=Dated())
    kind: OrganisationKind | NotStated = key(word(OrganisationKind), required=True)
    governance: Dated[Governance] = key(dated_value(word(Governance)), default=Dated())
    roles: tuple[Role, ...] | NotStated = key(listing(word(Role)), default=())
    key_decision: Dated[KeyDecision] = key(dated(KeyDecision), default=Dated())
    working_days: Dated[WorkingDays] = key(dated(WorkingDays), default=Dated())

    @property
    def label(self) -> str:
        """The latest name that the text gives."""
        names = [r.value for r in self.name.rows if isinstance(r.value, str)]
        return names[-1] if names else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Function(Row):
    """A function of an organisation, whose law says who holds it."""

    name: str | NotStated = key(words(), required=True)
    of: str | NotStated = key(ref("organisation"), required=True)
    kind: w.FunctionKind | NotStated = key(word(w.FunctionKind), required=True)
    body: str | NotStated | None = key(ref("body"))

    @property
    def label(self) -> str:
        return self.id if isinstance(self.name, NotStated) else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(Row):
    """A post, which people hold one after another."""

    name: str | NotStated = key(words(), required=True)
    of: str | NotStated = key(ref("organisation"), required=True)
    kind: PostKind | NotStated | None = key(word(PostKind))
    held_by: str | NotStated | tuple[Holding, ...] | None = key(either(str, words(), rows(Holding)))
    acts_for: tuple[str, ...] | NotStated = key(refs("organisation"), default=())

    @property
    def label(self) -> str:
        return self.id if isinstance(self.name, NotStated) else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation(Row):
    """A power given: by whom, to whom, for what, up to how much, on what conditions, how long."""

    from_: str | NotStated = key(ref("body", "post", "organisation"), required=True)
    to: tuple[str, ...] | NotStated = key(refs(*WHO), required=True)
    covers: Covers | NotStated = key(table(Covers), required=True)
    limit: Limit | NotStated = key(limit(), required=True)
    provided: tuple[Condition, ...] = key(conditions(), default=())
    substitutes: bool | NotStated = key(yes_or_no(), default=False)
    renewal: w.Renewal | NotStated | None = key(word(w.Renewal))
    clause: str = key(said, required=True, default="")

    @property
    def given_to(self) -> tuple[str, ...]:
        return () if isinstance(self.to, NotStated) else self.to


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserved(Row):
    """What one holder keeps: it bites where any part of a matter is within it."""

    held_by: tuple[str, ...] | NotStated = key(refs("body", "post", "organisation"), required=True)
    touching: Covers | NotStated = key(table(Covers), required=True)
    provided: tuple[Condition, ...] = key(conditions(), default=())
    clause: str = key(said, required=True, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalRuling(Row):
    """A monitoring officer's dated correction of what a legal form may do in one place."""

    form: w.LegalForm | NotStated = key(word(w.LegalForm), required=True)
    about: w.FunctionKind | NotStated = key(word(w.FunctionKind), required=True)
    holds: bool | NotStated = key(yes_or_no(), required=True)
    by: str | NotStated = key(words(), required=True)
    on: Day = key(day(), required=True)
    basis: str | NotStated | None = key(words())


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Row):
    """One term of an agreement: the days it runs and the days on which it was made."""

    kind: w.TermKind | NotStated | None = key(word(w.TermKind))
    first_planned: Day = key(day())
    in_principle: Day = key(day())
    approved: Mapping[str, Day] | Day = key(either(dict, by_name(day(), "organisation"), day()))
    signed: Mapping[str, Day] | Day = key(either(dict, by_name(day(), "organisation"), day()))
    ended: Day = key(day())


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateways(Row):
    """Points at which every partner says that it is content to go on."""

    every: Period | NotStated | None = key(period())
    provided: tuple[Condition, ...] = key(conditions(), default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung(Row):
    """One rung of a dispute ladder."""

    to: tuple[str, ...] | NotStated | None = key(refs(*WHO))
    within: Period | NotStated | None = key(period())
    how: w.How | NotStated | None = key(word(w.How))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending(Row):
    """How an agreement may be ended, and the three days of an ending that differ."""

    notice: Period | NotStated | None = key(period())
    by: w.NoticeBy | NotStated | None = key(word(w.NoticeBy))
    given_by: str | NotStated | None = key(ref("organisation"))
    notice_given: Day = key(day())
    wanted: Day = key(day())
    ended: Day = key(day())


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Row):
    """An agreement: its kind and parties, its terms, and what each of its stages waits for."""

    kind: w.AgreementKind | NotStated = key(word(w.AgreementKind), required=True)
    name: str | NotStated = key(words(), required=True)
    parties: tuple[str, ...] | NotStated = key(refs("organisation"), required=True)
    binding: bool | NotStated = key(yes_or_no(), required=True)
    follows: tuple[str, ...] | NotStated = key(refs("agreement"), default=())
    under: str | NotStated | None = key(ref("agreement"))
    flexibilities: tuple[w.Flexibility, ...] | NotStated = key(
        listing(word(w.Flexibility)), default=()
    )
    terms: tuple[Term, ...] | NotStated = key(rows(Term), default=())
    before: Mapping[w.Stage, tuple[Condition, ...]] | NotStated = key(
        by_word(w.Stage, conditions()), default=NONE
    )
    contents: Mapping[w.Head, str | NotStated] | NotStated | None = key(by_word(w.Head, words()))
    gateways: Gateways | NotStated | None = key(table(Gateways))
    disputes: tuple[Rung, ...] | NotStated = key(rows(Rung), default=())
    ending: Ending | NotStated | None = key(table(Ending))

    @property
    def label(self) -> str:
        return self.id if isinstance(self.name, NotStated) else self.name

    @property
    def known_terms(self) -> tuple[Term, ...]:
        return () if isinstance(self.terms, NotStated) else self.terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Row):
    """Something promised: what, by whom, to whom, and by when."""

    what: str | NotStated = key(words(), required=True)
    owner: tuple[str, ...] | NotStated | None = key(refs(*WHO))
    to: tuple[str, ...] | NotStated | None = key(refs(*WHO))
    every: Period | NotStated | None = key(period())
    on: Day = key(day())
    when: w.When | NotStated | None = key(word(w.When))
    over: int | NotStated | None = key(amount())
    within: Period | str | NotStated | None = key(
        lambda raw, at: raw if raw == "next meeting" else period()(raw, at)
    )
    until: str | Day = key(lambda raw, at: raw if raw == "cleared" else day()(raw, at))
    provided: tuple[Condition, ...] = key(conditions(), default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalMode(Row):
    """A local word for a way of holding money, beside the five of the language."""

    in_section_75: bool | NotStated = key(yes_or_no(), required=True)
    in_total: bool | NotStated = key(yes_or_no(), required=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Arrangement(Row):
    """A whole text: one place's organisations, bodies, powers and agreements.

    One reading equals only itself, so that what is worked out from it can be kept beside it.
    """

    format: int = key(lambda raw, at: raw, required=True, default=1)
    place: Place = key(table(Place), required=True)
    sources_: Mapping[str, SourceText] = key(named(SourceText), default=NONE)
    organisations: Mapping[str, Organisation] = key(named(Organisation), default=NONE)
    successions: tuple[Succession, ...] = key(rows(Succession, silence=()), default=())
    functions: Mapping[str, Function] = key(named(Function), default=NONE)
    posts: Mapping[str, Post] = key(named(Post), default=NONE)
    bodies: Mapping[str, Body] = key(named(Body), default=NONE)
    delegations: Mapping[str, Delegation] = key(named(Delegation), default=NONE)
    reserved: Mapping[str, Reserved] = key(named(Reserved), default=NONE)
    rulings: Mapping[str, LegalRuling] = key(named(LegalRuling), default=NONE)
    agreements: Mapping[str, Agreement] = key(named(Agreement), default=NONE)
    clocks: Mapping[str, LocalClock] = key(named(LocalClock), default=NONE)
    duties: Mapping[str, Duty] = key(named(Duty), default=NONE)
    modes: Mapping[str, LocalMode] = key(named(LocalMode), default=NONE)

    # A row compares only what every row carries, which two versions of one text have alike.
    __eq__ = object.__eq__
    __hash__ = object.__hash__
