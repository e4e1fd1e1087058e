"""What a stage of an agreement waits for, and the days on which its clocks run out.

The ladder is the agreement's own `before` (004 ¶49); SI 2000/617 regs 2-3 say who may be a partner.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from concord.domain.agreements.arrangement import Agreement, Arrangement, Ending, Gateways, Term
from concord.domain.agreements.conditions import Condition
from concord.domain.agreements.fulfilment import fulfilled
from concord.domain.agreements.labels import label, on_day
from concord.domain.agreements.matter import Facts, Matter
from concord.domain.agreements.membership import now_called
from concord.domain.agreements.terms import end_of, gaps, last_term, notice_runs_out, parties_of
from concord.domain.agreements.words import Act, AgreementKind, Stage, TermKind
from concord.domain.calendar import Period
from concord.domain.findings import Answer, Authority, Reason, Verdict, all_of
from concord.domain.language.values import Day, NotStated, reached
from concord.domain.places.organisations import in_being, may_be_party

CLIMB = (Stage.SUBMITTED, Stage.APPROVED, Stage.SIGNED, Stage.STARTS, Stage.BINDING)
_ACTS = {
    Stage.SUBMITTED: Act.APPROVE_PLAN,
    Stage.APPROVED: Act.ENTER_AGREEMENT,
    Stage.SIGNED: Act.SIGN_AGREEMENT,
    Stage.STARTS: Act.ENTER_AGREEMENT,
    Stage.BINDING: Act.ENTER_AGREEMENT,
    Stage.ENDED: Act.END_AGREEMENT,
}


class AgreementClock(StrEnum):
    """What of an agreement runs out or comes round on a day."""

    EXPIRY = "expiry"
    REVIEW = "review"
    NOTICE_GIVEN = "notice given"
    NOTICE_WANTED = "end wanted"
    NOTICE_RUNS_OUT = "notice runs out"
    LAST_NOTICE = "last day for notice"
    RENEWAL = "renewal"
    GAP = "gap"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class AgreementDay:
    """A day that matters to an agreement; None is a day that the text does not state.

    `left` is the days from the day asked about, negative where it is past.
    """

    clock: AgreementClock
    day: date | None
    says: str
    authority: Authority
    left: int | None = None


def may_reach(
    arrangement: Arrangement, agreement: Agreement, stage: Stage, facts: Facts, on: date
) -> Verdict:
    """Whether the agreement may reach a stage on that day, by what it and earlier ones wait for.

    An earlier stage that the text shows as reached by that day is not asked for again.
    """
    if isinstance(agreement.before, NotStated):
        says = f"what {agreement.label} waits for is not stated"
        remedy = "Record under before what each stage waits for, or that there is nothing."
        return all_of([Reason(Answer.NOT_STATED, says, agreement.authority, remedy)])
    reasons = list(_partners(arrangement, agreement, on)) if stage is Stage.SIGNED else []
    for step in _steps(agreement, stage, on):
        matter = Matter((), _ACTS[step], agreements=(agreement.id,))
        waits = conditions_of(agreement, step)
        for reason in fulfilled(arrangement, waits, matter, facts, on, clause=agreement.clause):
            reasons.append(_of_stage(reason, agreement, stage))
    if not reasons or all(r.answer is Answer.STANDS for r in reasons):
        says = f"{agreement.label} waits for nothing more before it is {_as_state(stage)}"
        reasons.append(Reason(Answer.STANDS, says, agreement.authority))
    return all_of(reasons)


def conditions_of(agreement: Agreement, stage: Stage) -> tuple[Condition, ...]:
    """What a stage waits for, as far as the text states it."""
    before = agreement.before
    return tuple(before.get(stage, ())) if isinstance(before, Mapping) else ()


def _steps(agreement: Agreement, stage: Stage, on: date) -> Iterator[Stage]:
    """The stages whose conditions are asked for: this one, and those below it not yet reached."""
    if stage in CLIMB:
        for lower in CLIMB[: CLIMB.index(stage)]:
            if not _was_reached(agreement, lower, on):
                yield lower
    yield stage


def _was_reached(agreement: Agreement, stage: Stage, on: date) -> bool:
    """Whether a term shows that every party had approved, or signed, by that day."""
    higher = {Stage.SUBMITTED: ("approved", "signed"), Stage.APPROVED: ("approved", "signed")}
    for key in higher.get(stage, ("signed",)):
        for term in agreement.known_terms:
            days: Mapping[str, Day] | Day = getattr(term, key)
            each = list(days.values()) if isinstance(days, Mapping) else [days]
            complete = not isinstance(days, Mapping) or set(days) >= set(parties_of(agreement))
            if complete and each and all(d is not None and reached(d, on) for d in each):
                return True
    return False


def _as_state(stage: Stage) -> str:
    return {Stage.STARTS: "in force"}.get(stage, str(stage))


def _of_stage(reason: Reason, agreement: Agreement, stage: Stage) -> Reason:
    """The reason as one about the stage, with the agreement's own authority where it has none."""
    says = reason.says
    if reason.answer is not Answer.STANDS:
        says = says.replace("not recorded: ", "it is not recorded that ", 1)
        says = f"{agreement.label} cannot be {_as_state(stage)} yet: {says}"
    return Reason(reason.answer, says, reason.authority or agreement.authority, reason.remedy)


def _partners(arrangement: Arrangement, agreement: Agreement, on: date) -> Iterator[Reason]:
    """Every party, or whoever stands in its place, has to be there to sign; a section 75 by law."""
    section_75 = agreement.kind is AgreementKind.SECTION_75
    for party in dict.fromkeys(parties_of(agreement)):
        for name in now_called(arrangement, party, on):
            row = arrangement.organisations.get(name)
            if row is None or isinstance(row.kind, NotStated):
                continue
            verdict = in_being(row.kind, on, row.starts, row.ends)
            reasons = list(verdict.against)
            if section_75:
                reasons += [r for r in may_be_party(row.kind, on).against if r not in reasons]
            for reason in reasons:
                says = f"{label(arrangement, name)}: {reason.says}"
                yield Reason(reason.answer, says, reason.authority, reason.remedy)


def clocks_of(agreement: Agreement, on: date) -> tuple[AgreementDay, ...]:
    """The days that matter to an agreement, seen from a day: those not stated last."""
    found = [*_terms(agreement, on), *_review(agreement, on), *_ending(agreement, on)]
    for gap in gaps(agreement):
        says = f"no term runs from {on_day(gap.first)} to {on_day(gap.last)}"
        found.append(_day(AgreementClock.GAP, gap.first, says, agreement.authority, on))
    return tuple(sorted(found, key=lambda d: (d.day is None, d.day or date.max)))


def _day(
    clock: AgreementClock, day: date | None, says: str, authority: Authority, on: date
) -> AgreementDay:
    return AgreementDay(clock, day, says, authority, (day - on).days if day else None)


def _terms(agreement: Agreement, on: date) -> Iterator[AgreementDay]:
    last = last_term(agreement)
    if last is None:
        says = f"when the last term of {agreement.label} ends is not stated"
        yield _day(AgreementClock.EXPIRY, None, says, agreement.authority, on)
        return
    end = end_of(last)
    says = "its last term ends" if end and end >= on else "its last term ended"
    yield _day(AgreementClock.EXPIRY, end, says, last.authority, on)
    for term in agreement.known_terms:
        if term.kind is TermKind.OPTION:
            yield _option(term, on)
    ending = agreement.ending
    if end and isinstance(ending, Ending) and isinstance(ending.notice, Period):
        says = f"notice of {ending.notice} given by this day ends it with the term"
        day = ending.notice.before(end)
        yield _day(AgreementClock.LAST_NOTICE, day, says, ending.authority, on)


def _option(term: Term, on: date) -> AgreementDay:
    starts = term.starts if isinstance(term.starts, date) else None
    says = "a further term may be taken up from the day after; it gives nothing until it is"
    before = starts - timedelta(days=1) if starts else None
    return _day(AgreementClock.RENEWAL, before, says, term.authority, on)


def _review(agreement: Agreement, on: date) -> Iterator[AgreementDay]:
    """The next time the partners say whether they are content to go on."""
    rule = agreement.gateways
    if not isinstance(rule, Gateways):
        return
    firsts = [rule.starts] if rule.starts else [t.starts for t in agreement.known_terms]
    first = next((f for f in firsts if isinstance(f, date)), None)
    if not isinstance(rule.every, Period) or first is None:
        says = "when its partners next say whether to go on is not stated"
        yield _day(AgreementClock.REVIEW, None, says, rule.authority, on)
        return
    due, times = first, 0
    while due < on:
        times += 1
        due = Period(rule.every.number * times, rule.every.unit).after(first)
    if not isinstance(rule.ends, date) or due <= rule.ends:
        says = f"its partners say whether to go on, every {rule.every}"
        yield _day(AgreementClock.REVIEW, due, says, rule.authority, on)


def _ending(agreement: Agreement, on: date) -> Iterator[AgreementDay]:
    """Three days that differ: notice given, the end wanted, and the end as it came."""
    ending = agreement.ending
    if not isinstance(ending, Ending):
        return
    stated: tuple[tuple[AgreementClock, Day, str], ...] = (
        (AgreementClock.NOTICE_GIVEN, ending.notice_given, "notice to end it was given"),
        (AgreementClock.NOTICE_WANTED, ending.wanted, "the end that the notice asks for"),
        (AgreementClock.ENDED, ending.ended, "it ended"),
    )
    for clock, day, says in stated:
        if day is not None:
            known = day if isinstance(day, date) else None
            words = says if known else f"{says}: the day is not stated"
            yield _day(clock, known, words, ending.authority, on)
    if ending.notice_given is not None and (runs_out := notice_runs_out(ending)):
        says = "the earliest day on which the notice can end it"
        yield _day(AgreementClock.NOTICE_RUNS_OUT, runs_out, says, ending.authority, on)
