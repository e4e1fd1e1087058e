"""Who may decide this matter on this day, under which clause, and would it stand?

The rule is docs/language.md, section 4: each route is all of its tests, the answer is the best
route, a matter of two organisations is two decisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from concord.domain.agreements.arrangement import Arrangement, Function
from concord.domain.agreements.capacity import Capacity, capacity_of
from concord.domain.agreements.consensus import is_carried
from concord.domain.agreements.delegations import (
    Chain,
    chains,
    covers,
    in_force,
    limit_of,
    owners_of,
    within_limit,
)
from concord.domain.agreements.deputies import deputies
from concord.domain.agreements.fulfilment import fulfilled
from concord.domain.agreements.holders import holders_by_law, may_be_given
from concord.domain.agreements.labels import label, listed
from concord.domain.agreements.ladder import may_reach
from concord.domain.agreements.matter import Facts, Matter
from concord.domain.agreements.membership import now_called, seat_of
from concord.domain.agreements.reservations import not_reserved
from concord.domain.agreements.words import Act, Stage
from concord.domain.findings import Answer, Reason, Verdict, all_of
from concord.domain.language.values import NotStated, holds_on

_STAGES = {Act.SIGN_AGREEMENT: Stage.SIGNED, Act.END_AGREEMENT: Stage.ENDED}


@dataclass(frozen=True, slots=True)
class Option:
    """One possible decider by one route, with the verdict on it."""

    maker: str
    label: str
    chain: Chain
    verdict: Verdict

    @property
    def limit(self) -> float:
        return limit_of(self.chain)


@dataclass(frozen=True, slots=True)
class Half:
    """One organisation's decision: the options best first, and the answer of the best."""

    organisation: str
    function: str
    held_by_law: Reason
    options: tuple[Option, ...]

    @property
    def answer(self) -> Answer:
        return max((o.verdict.answer for o in self.options), default=self.held_by_law.answer)


@dataclass(frozen=True, slots=True)
class Ruling:
    """The whole answer for a matter: a half for each function, and the bodies that may not."""

    matter: Matter
    on: date
    halves: tuple[Half, ...]
    capacities: tuple[Capacity, ...]

    @property
    def answer(self) -> Answer:
        """The worst of the halves: nothing joint is decided until each half is."""
        return min((h.answer for h in self.halves), default=Answer.NOT_STATED)

    @property
    def rests_on_proposed(self) -> bool:
        best = (h.options[0].verdict.reasons for h in self.halves if h.options)
        return any(r.authority.proposed for reasons in best for r in reasons)


def who_may_decide(arrangement: Arrangement, matter: Matter, facts: Facts, on: date) -> Ruling:
    """Every possible decider for a matter on a day, with reasons, clauses and remedies."""
    halves = tuple(h for f in matter.functions for h in _halves(arrangement, f, matter, facts, on))
    deciding = _deciding(halves)
    capacities = (
        capacity_of(arrangement, body, matter, deciding, on) for body in arrangement.bodies.values()
        if holds_on(body.starts, body.ends, on) is not False
    )  # fmt: skip
    return Ruling(matter, on, halves, tuple(capacities))


def _deciding(halves: Iterable[Half]) -> dict[str, Verdict]:
    """The verdict on each maker: its best route in a half, the worst of the halves it is in."""
    found: dict[str, Verdict] = {}
    for half in halves:
        best = {o.maker: o.verdict for o in reversed(half.options)}
        for maker, verdict in best.items():
            before = found.get(maker, verdict)
            found[maker] = min(before, verdict, key=lambda v: v.answer)
    return found


def may_decide(
    arrangement: Arrangement, maker: str, matter: Matter, facts: Facts, on: date
) -> Verdict:
    """Whether this maker may decide the matter on that day; the worst over its functions.

    The maker is a body, a post, or a seat; a post also decides through a seat that it holds.
    """
    verdicts = []
    for name in matter.functions or ("",):
        function = arrangement.functions.get(name)
        if function is None:
            verdicts.append(all_of([_no_function(name)]))
        else:
            verdicts.append(_for_maker(arrangement, maker, function, matter, facts, on))
    return min(verdicts, key=lambda v: v.answer)


def _no_function(name: str) -> Reason:
    named = f"the text defines no function {name}" if name else "no function is named"
    says = f"{named}, so nobody can be found to hold it"
    return Reason(Answer.NOT_STATED, says, remedy="Name the function it is decided under.")


def _for_maker(
    arrangement: Arrangement, maker: str, function: Function, matter: Matter, facts: Facts, on: date
) -> Verdict:
    mine = [c for c in chains(arrangement, function, on) if _is(arrangement, maker, c.maker)]
    if mine:
        options = _ranked(
            _option(arrangement, c, function, matter, facts, on) for c in _live(mine, on)
        )
        return options[0].verdict
    return no_route(arrangement, maker, function, matter, on)


def _is(arrangement: Arrangement, asked: str, maker: str) -> bool:
    if asked == maker:
        return True
    found = seat_of(arrangement, maker)
    return (
        found is not None and not isinstance(found[1].posts, NotStated) and asked in found[1].posts
    )


def no_route(
    arrangement: Arrangement, maker: str, function: Function, matter: Matter, on: date
) -> Verdict:
    """Why somebody to whom no power leads may not decide, naming whom to ask instead."""
    holders, by_law = holders_by_law(arrangement, function, on)
    if not holders:
        return all_of([by_law])
    barred = may_be_given(arrangement, maker, function, matter, False, on)
    if barred and barred.answer is Answer.REFUSED:
        return all_of([barred])
    who = listed([label(arrangement, h) for h in holders], "or")
    says = f"no power over {function.label} reaches {label(arrangement, maker)}"
    return all_of([Reason(Answer.REFUSED, says, by_law.authority, f"Ask {who}.")])


def _halves(
    arrangement: Arrangement, name: str, matter: Matter, facts: Facts, on: date
) -> Iterator[Half]:
    """One half for the function's organisation, or for each that took its place."""
    function = arrangement.functions.get(name)
    if function is None:
        yield Half("", name, _no_function(name), ())
        return
    _, by_law = holders_by_law(arrangement, function, on)
    of = "" if isinstance(function.of, NotStated) else function.of
    owners = now_called(arrangement, of, on) if of else ("",)
    live = list(_live(list(chains(arrangement, function, on)), on))
    for owner in owners:
        own = live
        if len(owners) > 1:
            own = [c for c in live if owner in owners_of(arrangement, c.holder)]
        found = (_option(arrangement, c, function, matter, facts, on) for c in own)
        held = by_law if own or len(owners) == 1 else _held_by_nobody(arrangement, owner, function)
        yield Half(owner, function.id, held, _ranked(found))


def _held_by_nobody(arrangement: Arrangement, owner: str, function: Function) -> Reason:
    says = f"the text names nobody in {label(arrangement, owner)} who holds it by law"
    remedy = f"Add the body of {label(arrangement, owner)} that holds it."
    return Reason(Answer.NOT_STATED, says, function.authority, remedy)


def _live(found: list[Chain], on: date) -> Iterator[Chain]:
    """The chains worth showing: those of other days only where a maker has no chain of this one."""
    by_maker: dict[str, list[Chain]] = {}
    for chain in found:
        by_maker.setdefault(chain.maker, []).append(chain)
    for mine in by_maker.values():
        now = [c for c in mine if all(holds_on(s.starts, s.ends, on) is not False for s in c.steps)]
        yield from now or sorted(mine, key=lambda c: _days_away(c, on))[:1]


def _days_away(chain: Chain, on: date) -> tuple[bool, int]:
    """Orders chains of other days: the one that ended last, then the one that begins first."""
    ended = [s.ends for s in chain.steps if isinstance(s.ends, date) and s.ends < on]
    if ended:
        return False, (on - min(ended)).days
    begins = [s.starts for s in chain.steps if isinstance(s.starts, date) and s.starts > on]
    return True, (max(begins, default=on) - on).days


def _ranked(options: Iterator[Option]) -> tuple[Option, ...]:
    return tuple(
        sorted(options, key=lambda o: (-o.verdict.answer, len(o.verdict.against), -o.limit))
    )


def _option(
    arrangement: Arrangement,
    chain: Chain,
    function: Function,
    matter: Matter,
    facts: Facts,
    on: date,
) -> Option:
    reasons = tuple(dict.fromkeys(_tests(arrangement, chain, function, matter, facts, on)))
    return Option(chain.maker, label(arrangement, chain.maker), chain, all_of(reasons))


def _tests(
    arrangement: Arrangement,
    chain: Chain,
    function: Function,
    matter: Matter,
    facts: Facts,
    on: date,
) -> Iterator[Reason]:
    """All the tests of one route, in the order in which they are told."""
    _, by_law = holders_by_law(arrangement, function, on)
    half = _half_of(arrangement, chain, function, on)
    if not chain.steps:
        yield replace(by_law, says=f"{label(arrangement, chain.maker)} holds it by law")
    for row, maker in zip(chain.steps, chain.makers, strict=True):
        yield within_limit(arrangement, row, matter)
        yield covers(arrangement, row, matter, function.id)
        yield in_force(arrangement, row, on)
        barred = may_be_given(arrangement, maker, function, matter, chain.lead, on)
        if barred:
            yield barred
        yield from _belongs(arrangement, maker, function, chain, on)
        yield from fulfilled(arrangement, row.provided, matter, facts, on, half, row.clause)
    yield from not_reserved(arrangement, chain, function, matter, facts, on)
    yield from _agreement_may(arrangement, matter, facts, on)
    yield from deputies(arrangement, chain, facts)
    body = arrangement.bodies.get(chain.maker)
    if body and (body.quorum or body.deciding):
        yield from is_carried(arrangement, body, facts, on).reasons


def _half_of(arrangement: Arrangement, chain: Chain, function: Function, on: date) -> str:
    """Whose half the maker decides: the function's own organisation, where it acts for that one."""
    owners = owners_of(arrangement, chain.maker)
    if not chain.lead and isinstance(function.of, str):
        wanted = {function.of, *now_called(arrangement, function.of, on)}
        for owner in owners:
            if wanted & {owner, *now_called(arrangement, owner, on)}:
                return owner
    return owners[0] if owners else ""


def _belongs(
    arrangement: Arrangement, maker: str, function: Function, chain: Chain, on: date
) -> Iterator[Reason]:
    if chain.lead or isinstance(function.of, NotStated):
        return
    owners = owners_of(arrangement, maker)
    wanted = {function.of, *now_called(arrangement, function.of, on)}
    if owners and not wanted & {n for o in owners for n in (o, *now_called(arrangement, o, on))}:
        who, whose = label(arrangement, maker), label(arrangement, function.of)
        says = f"{who} is not of {whose}, whose function it is"
        remedy = "Use lead commissioning, a joint appointment, or someone of the organisation."
        yield Reason(Answer.REFUSED, says, chain.steps[-1].authority, remedy)


def _agreement_may(
    arrangement: Arrangement, matter: Matter, facts: Facts, on: date
) -> Iterator[Reason]:
    """What an agreement that is to be signed or ended waits for, by its own ladder."""
    stage = _STAGES.get(matter.act) if matter.act else None
    for name in matter.agreements if stage else ():
        agreement = arrangement.agreements.get(name)
        if agreement and stage:
            yield from may_reach(arrangement, agreement, stage, facts, on).reasons
