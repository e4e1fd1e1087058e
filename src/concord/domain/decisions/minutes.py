"""Minutes: drafted from the record, corrected, approved at a later meeting, signed, then public.

They say who decided: at a joint body the members of each partner, never the body (LGA 1972 Sch 12).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from concord import law
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import how_many, label, listed
from concord.domain.calendar import in_words
from concord.domain.clocks.facts import cited
from concord.domain.decisions.meetings import Happening, Happens, HeldMeeting, at_item
from concord.domain.decisions.outcomes import LegalDecision, Outcome, Result
from concord.domain.findings import Answer, Reason, Verdict, all_of


class MinutesStage(StrEnum):
    """Where the minutes of one meeting stand."""

    DRAFT = "draft"
    PUT = "put for approval"
    APPROVED = "approved"
    SIGNED = "signed"


class MinutesAct(StrEnum):
    """What is done to minutes."""

    CORRECT = "correct"
    PUT = "put for approval"
    APPROVE = "approve"
    SIGN = "sign"


STAGES: Mapping[tuple[MinutesStage, MinutesAct], MinutesStage] = MappingProxyType(
    {
        (MinutesStage.DRAFT, MinutesAct.CORRECT): MinutesStage.DRAFT,
        (MinutesStage.DRAFT, MinutesAct.PUT): MinutesStage.PUT,
        (MinutesStage.PUT, MinutesAct.CORRECT): MinutesStage.PUT,
        (MinutesStage.PUT, MinutesAct.APPROVE): MinutesStage.APPROVED,
        (MinutesStage.APPROVED, MinutesAct.SIGN): MinutesStage.SIGNED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """The minutes of one body's meeting: of which day, how far they are, who approved and signed.

    `presided` is who presided at the meeting that approved them.
    """

    body: str
    of: date
    stage: MinutesStage = MinutesStage.DRAFT
    approved: date | None = None
    presided: str = ""
    signed_by: str = ""

    @property
    def public(self) -> bool:
        """Whether the public may see them: nothing before a later meeting has approved them."""
        return self.stage in (MinutesStage.APPROVED, MinutesStage.SIGNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtApproval:
    """The meeting, or the person, by whom minutes are approved or signed, and why corrected."""

    on: date
    body: str = ""
    quorate: bool | None = None
    who: str = ""
    why: str = ""


def may(minutes: Minutes, act: MinutesAct, given: AtApproval) -> Verdict:
    """Whether an act follows from where minutes stand, with what is needed for it."""
    if (minutes.stage, act) not in STAGES:
        ways = [str(a) for s, a in STAGES if s is minutes.stage]
        says = f"they are {minutes.stage}, and nobody can {act} them"
        mended = "Put a mistake right in the minutes of a later meeting."
        remedy = mended if minutes.public else f"One can {listed(ways, 'or')} them."
        return all_of([Reason(Answer.REFUSED, says, remedy=remedy)])
    reasons = [Reason(Answer.STANDS, f"they are {minutes.stage}")]
    match act:
        case MinutesAct.CORRECT if not given.why.strip():
            reasons.append(Reason(Answer.NEEDS, "what was wrong is not said", remedy="Say what."))
        case MinutesAct.APPROVE:
            reasons += _approving(minutes, given)
        case MinutesAct.SIGN:
            reasons += _signing(minutes, given)
    return all_of(reasons)


def _approving(minutes: Minutes, given: AtApproval) -> Iterator[Reason]:
    later = "Put them on the agenda of its next meeting."
    if given.body != minutes.body:
        yield Reason(Answer.REFUSED, "only the body itself approves its minutes", remedy=later)
    if given.on <= minutes.of:
        says = f"they are of {in_words(minutes.of)}, and a later meeting approves them"
        yield Reason(Answer.REFUSED, says, remedy=later)
    if given.quorate is not True:
        answer = Answer.NEEDS if given.quorate is None else Answer.REFUSED
        yield Reason(answer, "the meeting is not known to be quorate for it", remedy=later)


def _signing(minutes: Minutes, given: AtApproval) -> Iterator[Reason]:
    authority = cited(law.rule("minutes_signed"))
    if not minutes.presided or given.who != minutes.presided:
        who = minutes.presided or "whoever presided when they were approved"
        says = f"{given.who or 'nobody'} did not preside when they were approved"
        yield Reason(Answer.REFUSED, says, authority, f"Ask {who}.")


@dataclass(frozen=True, slots=True)
class MinuteLine:
    """One sentence of draft minutes, and the item it stands under; none for the opening.

    `private` keeps it from the public: it tells of what was taken in private.
    """

    item: str
    says: str
    private: bool = False


def drafted(
    arrangement: Arrangement, held: HeldMeeting, log: Iterable[Happening],
    outcomes: Mapping[str, Outcome],
) -> tuple[MinuteLine, ...]:  # fmt: skip
    """Draft minutes of a meeting: who was there, who came and went, what came of each item."""
    record = tuple(sorted(log, key=lambda h: h.at))
    lines = [MinuteLine("", s) for s in _attendance(arrangement, held, record)]
    for item in held.items:
        if held.leading(item) != item:
            lines.append(MinuteLine(item, f"Taken together with item {held.leading(item)}."))
            continue
        lines += [MinuteLine(item, s) for s in _moves(held, record, item)]
        if item in outcomes:
            lines += [MinuteLine(item, s) for s in said_of(arrangement, outcomes[item])]
        elif at_item(held, record, item).opened is None:
            lines.append(MinuteLine(item, "Not taken."))
    return tuple(lines)


def _attendance(
    arrangement: Arrangement, held: HeldMeeting, record: tuple[Happening, ...]
) -> Iterator[str]:
    came = {h.who for h in record if h.what is Happens.ARRIVED}
    for place in dict.fromkeys(a.place for a in held.attendees):
        here = [a for a in held.attendees if a.place == place and a.person in came]
        names = [
            f"{a.person} (instead of {a.instead_of})" if a.instead_of else a.person for a in here
        ]
        yield f"{label(arrangement, place)}: {listed(names) or 'nobody'}."
    away = [a.person for a in held.attendees if a.person not in came]
    away += [a.instead_of for a in held.attendees if a.instead_of and a.person in came]
    yield f"Apologies: {listed(list(dict.fromkeys(away))) or 'none'}."


def _moves(held: HeldMeeting, record: tuple[Happening, ...], item: str) -> Iterator[str]:
    """Who came, left and withdrew while an item was open; who withdrew from it before, too."""
    state = at_item(held, record, item)
    for h in record:
        own = h.item and held.leading(h.item) == item
        while_open = state.opened and state.opened <= h.at <= (state.closed or h.at)
        why = f": {h.why}" if h.why else ""
        if h.what in (Happens.WITHDREW, Happens.RETURNED) and own:
            yield f"{h.who} {h.what} at {h.at:%H:%M}{why}."
        elif h.what in (Happens.ARRIVED, Happens.LEFT) and while_open:
            yield f"{h.who} {h.what} at {h.at:%H:%M}."
        elif h.what is Happens.VOTE_BEGUN_AGAIN and own:
            yield f"The vote was begun again at {h.at:%H:%M}{why}."


def said_of(arrangement: Arrangement, outcome: Outcome) -> Iterator[str]:
    """The sentences that tell what came of an item."""
    if outcome.ballots and outcome.result is not Result.NOTED:
        ways = [b.way for b in outcome.ballots]
        yield (
            f"{how_many(ways.count(True), 'vote')} for, {how_many(ways.count(False), 'vote')} "
            f"against, {how_many(ways.count(None), 'abstention')}; by {outcome.manner}."
        )
    for decision in outcome.decisions:
        yield _decided(arrangement, decision)
    if outcome.result is Result.NOTED:
        to = listed([label(arrangement, n) for n in outcome.refer_to], "or")
        yield f"Noted; referred to {to}." if to else "Noted."
    elif not outcome.made:
        why = "; ".join(r.says for r in outcome.verdict.against)
        yield f"{outcome.result.capitalize()}: {why}."


def _decided(arrangement: Arrangement, decision: LegalDecision) -> str:
    who = listed(list(decision.made_by)) or label(arrangement, decision.maker)
    clause = f" under clause {decision.clause}" if decision.clause else ""
    whose = label(arrangement, decision.organisation)
    return f"For {whose}, {who} decided{clause}: {decision.proposal.text}."
