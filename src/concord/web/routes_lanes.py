"""The lanes of a route’s picture: writing, each stop with its clocks, whoever has no stop."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from concord.domain.clocks import NotRunning
from concord.domain.decisions.routes import Conflict, Plan, PlannedStop
from concord.domain.language.values import NotStated
from concord.web.decisions import OpenedMatter
from concord.web.decisions_rows import purpose_of
from concord.web.timeline import Clock, Lane
from concord.web.wording import KEEP, count, full_date, lower_first

_DAY = timedelta(days=1)
_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def brief(day: date) -> str:
    """`24 Oct`, as it stands beside a mark."""
    return f"{day.day}{KEEP}{_SHORT[day.month - 1]}"


def lanes_of(plan: Plan, one: OpenedMatter) -> list[Lane]:
    """Writing first, then each stop in the order it happens, then those without a stop."""
    lanes = [lane] if (lane := _writing(plan)) else []
    places = {step.id: number + len(lanes) for number, step in enumerate(plan.steps)}
    lanes += [_stop(step, plan, places) for step in plan.steps]
    says = "No stop is recorded for its own decision"
    lanes += [
        Lane(name=one.names.abbreviated(row.organisation), says=says, missing=True)
        for row in plan.no_stop
    ]
    return lanes


def _writing(plan: Plan) -> Lane | None:
    first = plan.first_papers
    due = plan.first_draft_due
    if due is None or first is None or first.papers_close is None:
        return None
    step = next(s for s in plan.steps if s.draft_due == due)
    end = (step.papers_close or due) + _DAY
    return Lane(
        name="Writing and sign-off",
        says=f"First draft due {full_date(due).rsplit(' ', 1)[0]}",
        bar=(due, end),
        after=_days(step),
        writing=True,
    )


def _days(step: PlannedStop) -> str:
    legs = step.dues.sign_off.legs if step.dues else ()
    days = max((leg.days for leg in legs), default=0)
    return f"{days} working days" if len(legs) == 1 and days > 1 else "sign-off" if legs else ""


def _stop(step: PlannedStop, plan: Plan, places: dict[str, int]) -> Lane:
    against = [c for c in plan.impossible if c.stop == step.id]
    told = next((c for c in against if c.id == "route.told_too_late"), None)
    close = step.papers_close if step.papers else None
    words = f"papers {'close ' if told else ''}{brief(close)}" if close else ""
    return Lane(
        name=step.label,
        says=_says(step, against),
        when=full_date(step.on).rsplit(" ", 1)[0] if step.on else "",
        bar=(close + _DAY, max(step.on, close + _DAY)) if close and step.on else None,
        before=words,
        after=f"{brief(step.on)}" if step.on else "",
        mark="decides" if step.decides else "receives",
        day=step.on,
        clocks=tuple(_clocks(step)),
        late=bool(against),
        bar_late=any(c.id in OF_PAPERS for c in against),
        told=told.needed if told else None,
        told_from=places.get(told.of) if told else None,
    )


def _says(step: PlannedStop, against: list[Conflict]) -> str:
    """`For decision`, and on a conflict the heart of it."""
    purpose = purpose_of(step.purpose)
    if step.on is None:
        return f"{purpose}: no day is found"
    if not against:
        return purpose
    return f"{purpose}: {lower_first(WHY.get(against[0].id, 'cannot be done'))}{_by(against[0])}"


OF_PAPERS = ("route.told_too_late", "route.papers_too_late")
WHY = {
    "route.told_too_late": "papers close",
    "route.out_of_order": "comes before what it waits for",
    "route.in_pause": "falls in a pause",
    "route.in_the_past": "the day has gone by",
    "route.past_wanted": "later than wanted",
    "route.past_deadline": "after the deadline",
    "route.nobody_to_sign": "nobody there to sign",
    "route.notice_too_late": "its notice was due earlier",
    "route.private_too_late": "its private notice was due earlier",
    "route.papers_too_late": "its papers were due earlier",
    "route.draft_too_late": "its draft was due earlier",
    "route.no_meeting": "no meeting will do",
    "route.no_dates": "no dates are listed",
}


def _by(conflict: Conflict) -> str:
    if conflict.id != "route.told_too_late" or not conflict.day or not conflict.needed:
        return ""
    days = (conflict.needed - conflict.day).days
    return f" {'a day' if days == 1 else count(days, 'day')} too soon"


def _clocks(step: PlannedStop) -> Iterator[Clock]:
    """The notice before and the call-in after; dashed where they are only for comparison."""
    if step.on is None:
        return
    notice = step.dues.forward_plan if step.dues else None
    if notice and not notice.step.if_:
        yield Clock(notice.day, step.on, runs=True)
    elif step.as_if_key and step.decides:
        yield Clock(step.as_if_key, step.on, runs=False)
    for effect in step.effects:
        if effect.call_in and effect.published:
            yield Clock(effect.published + _DAY, effect.call_in.day, runs=True)
        elif isinstance(effect.effective, NotStated):
            return


def has_dashed(plan: Plan) -> bool:
    """Whether a clock is drawn that does not apply, or of which nobody knows whether it does."""
    return any(not clock.runs for step in plan.steps for clock in _clocks(step))


def not_running(step: PlannedStop, clock: str) -> NotRunning | None:
    return next((n for _, n in step.not_running if clock in n.clock), None)
