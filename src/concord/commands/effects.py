"""What becomes of a decision: each step recorded, and what comes by itself at its own time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from concord.commands.command import Acting, Done, command, refuse, require
from concord.commands.meetings_read import arrangement_in, wall
from concord.commands.search_index import index_outcome
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.bodies import Deciding
from concord.domain.agreements.words import TakesEffect
from concord.domain.clocks import Business
from concord.domain.decisions.call_in import (
    CalledBy,
    CallInMove,
    CallInStep,
    may_call_in,
    may_exempt,
    may_follow,
)
from concord.domain.decisions.effects import (
    EffectState,
    HalfEffect,
    JointEffect,
    MadeHalf,
    Undoing,
    Undone,
    came_by_itself,
    joint_effect,
    made_half,
)
from concord.domain.findings import Answer, Reason, Verdict, all_of
from concord.domain.language.values import NotStated
from concord.records.models import Decision, DecisionStep, DecisionSummary, Outcome

ACT = "decisions.record"


def half_of(arrangement: Arrangement, row: Decision) -> MadeHalf:
    """A decision with every step recorded of it, as the rules of effect see it."""
    kept = row.record
    business = Business(
        function_kind=kept.get("function_kind", ""), key=kept.get("key"),
        private=kept.get("private"),
    )  # fmt: skip
    made = datetime.fromisoformat(row.made_at)
    half = made_half(arrangement, row.organisation, row.maker, business, made)
    steps = [s for s in row.steps.all() if not s.by_itself]
    moves = tuple(
        CallInStep(
            move=CallInMove(s.step), at=datetime.fromisoformat(s.at), by=tuple(s.by), why=s.why
        )
        for s in steps
        if s.step not in set(Undoing)
    )
    return replace(
        half, steps=moves, retrospective_from=row.retrospective_from, undone=_undone(steps)
    )


def _undone(steps: Iterable[DecisionStep]) -> Undone | None:
    for step in steps:
        if step.step in set(Undoing):
            by = step.other.reference if step.other else ", ".join(step.by)
            return Undone(how=Undoing(step.step), at=datetime.fromisoformat(step.at), by=by)
    return None


def effect_of(outcome: Outcome, at: datetime) -> tuple[JointEffect, tuple[Decision, ...]]:
    """An outcome's halves at a moment on the wall clock, each by its own law."""
    arrangement = arrangement_in(outcome.arrangement.sha256, outcome.arrangement.text)
    rows = tuple(
        outcome.decisions.prefetch_related("steps", "steps__other").order_by("organisation")
    )
    halves = [half_of(arrangement, r) for r in rows]
    return joint_effect(arrangement, halves, together(arrangement, outcome), at), rows


def together(arrangement: Arrangement, outcome: Outcome) -> TakesEffect | NotStated | None:
    """Whether the halves take effect together, by the rule of the body that took the item."""
    body = arrangement.bodies.get(outcome.body)
    rule = body.deciding.on(outcome.on) if body else None
    return rule.takes_effect if isinstance(rule, Deciding) else None


def summarise(outcome: Outcome, at: datetime) -> None:
    """Writes anew where each half of an outcome stands, for lists and search."""
    effect, rows = effect_of(outcome, at)
    for row in rows:
        half = effect.of(row.organisation)
        DecisionSummary.objects.update_or_create(decision=row, defaults=_summary(row, half, effect))
    index_outcome(outcome)


def _summary(row: Decision, half: HalfEffect, effect: JointEffect) -> dict[str, Any]:
    moves = half.due is not None and half.by_itself is not None and half.by_itself == half.due
    others = [h for h in effect.halves if h is not half and not h.clear]
    then = EffectState.WAITING if others else EffectState.IN_EFFECT
    return {
        "place_id": row.place_id, "state": half.state, "says": half.says,
        "since": _second(half.since), "late": half.late, "published_on": _published_on(row),
        "changes_at": _second(half.due) if moves and half.due else "",
        "then": then if moves else "", "words": _words(row),
    }  # fmt: skip


def _second(moment: datetime) -> str:
    """A moment to the second, as it is kept; the end of a day is its last second."""
    return moment.replace(microsecond=0).isoformat()


_PUBLISHES = frozenset({CallInMove.PUBLISH, CallInMove.PUBLISH_EXEMPT})


def _published_on(row: Decision) -> date | None:
    """The day on which its record was published; none where it is not."""
    days = [datetime.fromisoformat(s.at).date() for s in row.steps.all() if s.step in _PUBLISHES]
    return min(days, default=None)


def _words(row: Decision) -> str:
    """What a list may be searched by: of a private decision nothing that is kept back."""
    kept = row.record
    said = [] if kept.get("private") else [kept.get("text", ""), kept.get("reasons", "")]
    return "\n".join([row.reference, row.title, *said, row.clause, *kept.get("made_by", ())])


@command("decisions.record_step", allowed_as=ACT)
def record_step(
    acting: Acting, place: str, reference: str, *, move: str, key: str, by: CalledBy | None = None,
    who: Sequence[str] = (), why: str = "", outside_framework: bool | None = None,
    at: datetime | None = None,
) -> Done[DecisionStep]:  # fmt: skip
    """Records publication, a call-in or what followed from it, at a time on the wall clock.

    `by` are those who call it in; `who` whoever else acts. What the council's rule does not let
    through is refused with the rule and the moment.
    """
    if known := DecisionStep.objects.filter(key=key).first():
        return Done(known)
    row = decision_or_refuse(place, reference)
    moment = (at or wall(acting.now)).replace(microsecond=0, tzinfo=None)
    asked = step_asked(move, moment, who, why)
    step = take_step(acting, row, asked, key, by=by, outside_framework=outside_framework)
    return Done(step, f"{reference}: {move}", after=_told(step), made=(step,))


def step_asked(move: str, at: datetime, who: Sequence[str] = (), why: str = "") -> CallInStep:
    """The step that is asked for, or the refusal of a word that names none."""
    if move not in set(CallInMove):
        raise refuse(ACT, f"{move[:60]!r} is nothing that can be done to a decision")
    return CallInStep(move=CallInMove(move), at=at, by=tuple(who), why=why)


def take_step(
    acting: Acting, row: Decision, asked: CallInStep, key: str, *, by: CalledBy | None = None,
    outside_framework: bool | None = None,
) -> DecisionStep:  # fmt: skip
    """Records a step that follows from where the half stands; a part of a command, never alone."""
    require(may_step(row, asked, by, outside_framework), ACT)
    signed = tuple(sorted(by.everyone)) if by else asked.by
    return _add_step(acting, row, asked.move, asked.at, key, by=list(signed), why=asked.why,
                     ground=by.ground if by else "")  # fmt: skip


def may_step(
    row: Decision, step: CallInStep, by: CalledBy | None = None, outside: bool | None = None
) -> Verdict:
    """Whether the step follows from where the half stands at its moment."""
    arrangement = arrangement_in(row.outcome.arrangement.sha256, row.outcome.arrangement.text)
    half = half_of(arrangement, row)
    effect = joint_effect(arrangement, [half], TakesEffect.SEPARATELY, step.at)
    now = effect.halves[0].call_in
    if half.rule is None or now is None:
        if step.move is CallInMove.PUBLISH:
            return _published_once(row)
        return all_of([half.reached if half.reached.answer is not Answer.STANDS else _odd()])
    if step.move is CallInMove.CALL_IN:
        return may_call_in(half.rule, now, by or CalledBy())
    verdict = may_follow(half.rule, now, step, outside)
    if step.move is CallInMove.PUBLISH_EXEMPT:
        exempt = may_exempt(arrangement, half.rule, step.by[0] if step.by else "", step.why)
        return all_of([*verdict.reasons, *exempt.reasons])
    return verdict


def _published_once(row: Decision) -> Verdict:
    if any(s.step == CallInMove.PUBLISH for s in row.steps.all()):
        says = "it is published already, and what was published stays as it is"
        return all_of([Reason(Answer.REFUSED, says)])
    return all_of([Reason(Answer.STANDS, "it is not published yet")])


def _odd() -> Reason:
    return Reason(Answer.REFUSED, "its call-in does not run")


@command("decisions.undo", allowed_as=ACT)
def record_end(
    acting: Acting, place: str, reference: str, *, how: str, by: str, key: str,
    at: datetime | None = None,
) -> Done[DecisionStep]:  # fmt: skip
    """Records that a later decision of the same organisation took its place or rescinded it."""
    if known := DecisionStep.objects.filter(key=key).first():
        return Done(known)
    row, later = decision_or_refuse(place, reference), decision_or_refuse(place, by)
    if how not in set(Undoing):
        raise refuse(ACT, f"{how[:60]!r} does not end a decision", "supersede or rescind it")
    if later.organisation != row.organisation or later.made_at <= row.made_at:
        whose = row.organisation
        says = f"{by} is not a later decision of {whose}"
        raise refuse(ACT, says, "only the organisation that made it undoes it, later")
    if any(s.step in set(Undoing) for s in row.steps.all()):
        raise refuse(ACT, f"{reference} has ended already", "look at what ended it")
    moment = (at or wall(acting.now)).replace(microsecond=0, tzinfo=None)
    step = _add_step(acting, row, how, moment, key, other=later)
    return Done(step, f"{reference} {how} by {by}", after=_told(step), made=(step,))


@command("decisions.settle")
def settle(acting: Acting, place: str, /) -> Done[int]:
    """Records everything that came by itself by now; run late or twice, it does the same once."""
    now = wall(acting.now)
    due = DecisionSummary.objects.exclude(changes_at="").filter(changes_at__lt=now.isoformat())
    if place:
        due = due.filter(place=place)
    outcomes = Outcome.objects.filter(decisions__summary__in=due).distinct()
    came: list[DecisionStep] = []
    for outcome in outcomes.select_related("arrangement").order_by("pk"):
        came += _came(acting, outcome, now)
        summarise(outcome, now)
    what = f"recorded {len(came)} that came by itself" if came else ""
    told = [f"{s.decision.reference}: {s.step}, {s.at}" for s in came]
    return Done(len(came), what, after={"came": told}, made=tuple(came))


def _came(acting: Acting, outcome: Outcome, now: datetime) -> list[DecisionStep]:
    arrangement = arrangement_in(outcome.arrangement.sha256, outcome.arrangement.text)
    rows = outcome.decisions.prefetch_related("steps", "steps__other")
    found = []
    for row in rows:
        for came in came_by_itself([half_of(arrangement, row)], now):
            at = came.at.replace(microsecond=0).isoformat()
            key = f"itself-{row.pk}-{at}"
            if row.steps.filter(key=key).exists():
                continue
            step = DecisionStep.objects.create(
                decision=row, step=came.what, at=at, by_itself=True, key=key,
                recorded_at=acting.now, recorded_by=acting.who, account=acting.account,
            )  # fmt: skip
            found.append(step)
    return found


def decision_or_refuse(place: str, reference: str) -> Decision:
    """The decision of that reference with its outcome, or the refusal that says there is none."""
    rows = Decision.objects.select_related("outcome", "outcome__arrangement")
    found = rows.filter(place=place, reference=reference).first()
    if found is None:
        raise refuse(ACT, f"there is no decision {reference[:80]!r}", "look in the register")
    return found


def _add_step(
    acting: Acting, row: Decision, step: str, at: datetime, key: str, **more: Any
) -> DecisionStep:
    made: DecisionStep = DecisionStep.objects.create(
        decision=row, step=step, at=at.isoformat(), key=key, recorded_at=acting.now,
        recorded_by=acting.who, account=acting.account, **more,
    )  # fmt: skip
    summarise(row.outcome, max(at, wall(acting.now)))
    return made


def _told(step: DecisionStep) -> dict[str, Any]:
    return {"decision": step.decision.reference, "step": step.step, "at": step.at, "by": step.by}
