"""What comes of an item: the votes under the body's way of deciding, then authority asked again.

In law a joint body does not decide: each organisation's own makers do, on one text. So an item that
is carried yields one legal decision for each organisation, or none where one may not be made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.authority import Half, Option, no_route, who_may_decide
from concord.domain.agreements.bodies import Body, Deciding
from concord.domain.agreements.consensus import is_carried
from concord.domain.agreements.labels import label, listed
from concord.domain.agreements.matter import BEFORE, Facts
from concord.domain.agreements.quorum import is_quorate
from concord.domain.agreements.words import Otherwise
from concord.domain.clocks import Business
from concord.domain.decisions.meetings import AtItem, HeldMeeting, sitting_at, voters
from concord.domain.decisions.outcomes.decision import (
    LegalDecision,
    Manner,
    Proposal,
    completeness,
    manner_of,
    record_for,
)
from concord.domain.decisions.words import Purpose
from concord.domain.findings import Answer, Authority, Reason, Verdict, all_of
from concord.domain.language.values import NotStated


class Result(StrEnum):
    """What came of an item."""

    DECIDED = "decided"
    NOTED = "noted and referred"
    DEFERRED = "deferred"
    NOT_CARRIED = "not carried"
    REFERRED = "referred to each organisation"
    DISPUTED = "taken up the dispute ladder"
    NOT_VOTED = "not voted on"
    INQUORATE = "not taken: not quorate"
    MAY_NOT = "not made: outside the power of whoever would decide"
    NOT_STATED = "cannot be said: a rule is not stated"


_OTHERWISE = {
    Otherwise.DEFER: Result.DEFERRED,
    Otherwise.NOT_CARRIED: Result.NOT_CARRIED,
    Otherwise.REFER: Result.REFERRED,
    Otherwise.DISPUTE_LADDER: Result.DISPUTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """How one person stood at the vote: in which seat, and which way, if any."""

    person: str
    place: str
    way: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one item, with every test behind it, and the legal decisions if there are any.

    `ballots` is who was entitled to vote at that moment and how they voted, as it then stood.
    `refer_to` is who decides instead where the item was only noted.
    """

    result: Result
    manner: Manner
    verdict: Verdict
    decisions: tuple[LegalDecision, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    refer_to: tuple[str, ...] = ()

    @property
    def made(self) -> bool:
        return self.result is Result.DECIDED


def outcome_at(
    arrangement: Arrangement, held: HeldMeeting, state: AtItem, body: str, proposal: Proposal,
    facts: Facts, made: datetime, *, barred: frozenset[str] = frozenset(),
    purpose: Purpose = Purpose.DECISION,
) -> Outcome:  # fmt: skip
    """What comes of an item at a body, given its record; `facts` is what else is recorded.

    `barred` are those whose interests keep them from deciding. Authority is asked at this moment,
    about this meeting, so a power that ended yesterday refuses here.
    """
    found = arrangement.bodies[body]
    meeting = sitting_at(arrangement, held, state, body, barred)
    seen = replace(facts, meeting=meeting)
    rule = found.deciding.on(made.date())
    manner = manner_of(found, rule)
    ballots = _ballots(arrangement, held, state, body, barred)
    if purpose is not Purpose.DECISION or manner is Manner.NOTE:
        return _noted(arrangement, found, proposal, made, ballots)
    quorate = is_quorate(arrangement, found, seen, made.date())
    if quorate.answer is Answer.REFUSED and manner is not Manner.EACH_FOR_ITSELF:
        return Outcome(result=Result.INQUORATE, manner=manner, verdict=quorate, ballots=ballots)
    if not state.voted:
        says = Reason(Answer.NEEDS, "nobody has voted on it", remedy="Take the vote.")
        verdict = all_of([*quorate.reasons, says])
        return Outcome(result=Result.NOT_VOTED, manner=manner, verdict=verdict, ballots=ballots)
    carried = is_carried(arrangement, found, seen, made.date())
    each: dict[str, Verdict] = {}
    if manner is Manner.EACH_FOR_ITSELF:
        on = made.date()
        each = {o: is_carried(arrangement, found, seen, on, o) for o in found.organisations}
        carried = max(each.values(), key=lambda v: v.answer)
    if not carried.stands:
        result = _not_carried(rule, carried)
        return Outcome(result=result, manner=manner, verdict=carried, ballots=ballots)
    halves = who_may_decide(arrangement, proposal.matter, seen, made.date()).halves
    makers = (body, *(f"{body}.{s}" for s in found.known_seats))
    people = {m: _people(held, state, m) for m in makers}
    made_ = _Made(arrangement, proposal, manner, body, made, people, each)
    return replace(_decided(made_, halves, makers, carried), ballots=ballots)


def decide_alone(
    arrangement: Arrangement, maker: str, person: str, proposal: Proposal, facts: Facts,
    made: datetime,
) -> Outcome:  # fmt: skip
    """What comes of a mayor's, a member's or an officer's own decision, after consulting others."""
    halves = who_may_decide(arrangement, proposal.matter, facts, made.date()).halves
    made_ = _Made(arrangement, proposal, Manner.ALONE, "", made, {maker: (person,)}, {})
    return _decided(made_, halves, (maker,), all_of(()))


def _not_carried(rule: Deciding | NotStated | None, carried: Verdict) -> Result:
    if carried.answer is Answer.NEEDS or carried.answer is Answer.NOT_STATED:
        return Result.NOT_STATED
    otherwise = rule.otherwise if isinstance(rule, Deciding) else None
    return _OTHERWISE[otherwise] if isinstance(otherwise, Otherwise) else Result.NOT_STATED


def _noted(
    arrangement: Arrangement, body: Body, proposal: Proposal, made: datetime,
    ballots: tuple[Ballot, ...],
) -> Outcome:  # fmt: skip
    """An item that is only noted, steered or recommended: nothing is decided, and who decides."""
    ruling = who_may_decide(arrangement, proposal.matter, BEFORE, made.date())
    capacity = next((c for c in ruling.capacities if c.body == body.id), None)
    says = capacity.says if capacity else f"{body.label} does not decide it"
    authority = capacity.authority if capacity else body.authority
    verdict = all_of([Reason(Answer.STANDS, says, authority)])
    to = capacity.refer_to if capacity else ()
    return Outcome(
        result=Result.NOTED, manner=Manner.NOTE, verdict=verdict, ballots=ballots, refer_to=to
    )


def _ballots(
    arrangement: Arrangement, held: HeldMeeting, state: AtItem, body: str, barred: frozenset[str]
) -> tuple[Ballot, ...]:
    here = state.taking_part - barred
    seats = arrangement.bodies[body].known_seats
    return tuple(
        Ballot(
            person=a.person,
            place=a.place,
            way=state.votes.get((a.person, a.place), state.blocks.get(str(seats[a.seat].of))),
        )
        for a in held.attendees
        if a.body == body and a.person in here
    )


def _people(held: HeldMeeting, state: AtItem, place: str) -> tuple[str, ...]:
    """Who decided in a seat: those who voted for it by name, or all there under a block vote."""
    named = voters(state, held, place)
    here = (a.person for a in held.attendees if a.place == place)
    return named or (tuple(p for p in here if p in state.taking_part) if state.blocks else ())


@dataclass(frozen=True, slots=True)
class _Made:
    """What every half of one outcome has in common; `each` is its own vote where each has one."""

    arrangement: Arrangement
    proposal: Proposal
    manner: Manner
    at: str
    made: datetime
    people: dict[str, tuple[str, ...]]
    each: dict[str, Verdict]


def _decided(
    common: _Made, halves: tuple[Half, ...], makers: tuple[str, ...], carried: Verdict
) -> Outcome:
    """One decision for each organisation; none where one of them may not be made, unless apart."""
    owners = tuple(dict.fromkeys(h.organisation for h in halves))
    by_owner = {o: [h for h in halves if h.organisation == o] for o in owners}
    chosen = {o: _chosen(common, hs, makers) for o, hs in by_owner.items()}
    own = {o: [v for v in (common.each.get(o),) if v] for o in owners}
    verdicts = {o: _worst([*own[o], *(v for _, v in chosen[o])]) for o in owners}
    reasons = [*carried.reasons]
    for owner, verdict in verdicts.items():
        reasons += [_of_half(common, owner, r) for r in verdict.reasons]
    whole = all_of(dict.fromkeys(reasons))
    good = [o for o in owners if verdicts[o].stands]
    apart = common.manner is Manner.EACH_FOR_ITSELF
    if not good or (len(good) < len(owners) and not apart):
        worst = min((v.answer for v in verdicts.values()), default=Answer.NOT_STATED)
        result = Result.MAY_NOT if worst is Answer.REFUSED else Result.NOT_STATED
        return Outcome(result=result, manner=common.manner, verdict=whole)
    made = tuple(
        _decision(common, o, _functions(by_owner[o]), chosen[o], verdicts[o]) for o in good
    )
    return Outcome(result=Result.DECIDED, manner=common.manner, verdict=whole, decisions=made)


def _chosen(
    common: _Made, halves: list[Half], makers: tuple[str, ...]
) -> list[tuple[Option | None, Verdict]]:
    """For each half the option used by those who decide here, or why none of them does.

    Of powers that all reach it the least is used: an ordinary one before a raised one.
    """
    found: list[tuple[Option | None, Verdict]] = []
    on = common.made.date()
    for half in halves:
        here = [o for o in half.options if o.maker in makers]
        good = [o for o in here if o.verdict.stands]
        option = min(good, key=lambda o: o.limit) if good else next(iter(here), None)
        function = common.arrangement.functions.get(half.function)
        if option is not None:
            found.append((option, option.verdict))
        elif function is None:
            found.append((None, all_of([half.held_by_law])))
        else:
            matter = common.proposal.matter
            refused = no_route(common.arrangement, makers[-1], function, matter, on)
            found.append((None, refused))
    return found


def _worst(verdicts: Iterable[Verdict]) -> Verdict:
    return all_of(dict.fromkeys(r for v in verdicts for r in v.reasons))


def _of_half(common: _Made, owner: str, reason: Reason) -> Reason:
    if reason.answer is Answer.STANDS or not owner:
        return reason
    return replace(reason, says=f"{label(common.arrangement, owner)}: {reason.says}")


def _functions(chosen: list[Half]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(h.function for h in chosen))


def _decision(
    common: _Made, owner: str, functions: tuple[str, ...],
    chosen: list[tuple[Option | None, Verdict]], checked: Verdict,
) -> LegalDecision:  # fmt: skip
    options = [o for o, _ in chosen if o is not None]
    first = options[0]
    steps = [s for o in options for s in o.chain.steps[-1:]]
    kinds = [common.arrangement.functions[f].kind for f in functions]
    kind = "" if not kinds or isinstance(kinds[0], NotStated) else str(kinds[0])
    proposal = common.proposal
    business = Business(function_kind=kind, key=proposal.key, private=proposal.private)
    record = record_for(common.arrangement, first.maker, owner, business, common.made)
    people = common.people.get(first.maker, ())
    return LegalDecision(
        organisation=owner,
        functions=functions,
        maker=first.maker,
        made_by=people,
        capacity=common.manner,
        power=steps[0].id if steps else "",
        clause=listed(list(dict.fromkeys(s.clause for s in steps if s.clause))),
        authority=steps[0].authority if steps else Authority(),
        at=common.at,
        made=common.made,
        proposal=proposal,
        record=record,
        checked=checked,
        complete=completeness(record, proposal, first.maker),
    )
