"""A plan as dated entries, first to last: for a time line, a desk, a calendar to subscribe to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concord.domain.decisions.routes.dues import Due
from concord.domain.decisions.routes.plan import Plan, PlannedStop
from concord.domain.findings import Authority


class EntryKind(StrEnum):
    """What happens on a day of a plan."""

    DRAFT = "first draft"
    NOTICE = "notice"
    PAPERS = "papers"
    MEETING = "meeting"
    CALL_IN = "call-in"
    EFFECT = "effect"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDay:
    """One day of a plan: what is due or happens, at which stop, under which rule."""

    on: date
    kind: EntryKind
    says: str
    stop: str
    at: str = ""
    late: bool = False
    authority: Authority = Authority()
    how_counted: str = ""


def plan_days(plan: Plan) -> tuple[PlanDay, ...]:
    """Everything that has a day, first to last; on one day in the order it happens."""
    order = tuple(EntryKind)
    found = [entry for step in plan.steps if step.on for entry in _of(step)]
    if first := plan.first_draft_due:
        step = min((s for s in plan.steps if s.draft_due), key=lambda s: s.draft_due or date.max)
        says = f"First draft due: {plan.sign_off}"
        late = "first draft" in step.late
        found.append(PlanDay(on=first, kind=EntryKind.DRAFT, says=says, stop=step.id, late=late))
    return tuple(sorted(found, key=lambda e: (e.on, order.index(e.kind), e.at, e.stop)))


def _of(step: PlannedStop) -> Iterator[PlanDay]:
    if step.on is None or step.dues is None:
        return
    for due in step.dues.notices:
        yield _due(step, due, EntryKind.NOTICE)
    if step.papers:
        yield _due(step, step.papers, EntryKind.PAPERS)
    yield PlanDay(on=step.on, kind=EntryKind.MEETING, says=step.says, stop=step.id, at=step.at)
    for effect in step.effects:
        if effect.call_in:
            yield _due(step, effect.call_in, EntryKind.CALL_IN)
        if isinstance(effect.effective, date):
            yield PlanDay(
                on=effect.effective, kind=EntryKind.EFFECT, says=effect.says, stop=step.id,
                authority=effect.authority,
            )  # fmt: skip


def _due(step: PlannedStop, due: Due, kind: EntryKind) -> PlanDay:
    return PlanDay(
        on=due.day,
        kind=kind,
        says=f"{due.step.what}: {step.label}",
        stop=step.id,
        at=due.step.cut_off,
        late=step.has_gone_by(due),
        authority=due.authority,
        how_counted=due.step.how_counted,
    )
