"""Plans a matter's route across every partner's calendar: forwards, backwards, or as stated.

LGA 1972 Part VA, SI 2012/2089, the 1960 Act and each place's own clocks, as domain/clocks has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.decisions.calendar_text import sensible
from concord.domain.decisions.calendars import NO_CALENDARS, Calendars
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.routes.conflicts import Asked, Waived
from concord.domain.decisions.routes.dues import Clockwork
from concord.domain.decisions.routes.plan import Plan, Way
from concord.domain.decisions.routes.rescue import ways_out
from concord.domain.decisions.routes.solving import Question, solve
from concord.domain.decisions.routes.stops import turns_of
from concord.domain.findings import Finding

NOTHING: Mapping[str, date] = {}
NONE: frozenset[tuple[str, Waived]] = frozenset()


def plan_route(
    arrangement: Arrangement,
    matter: MatterText,
    calendars: Calendars = NO_CALENDARS,
    today: date | None = None,
    *,
    wanted: date | None = None,
    way: Way = Way.AS_STATED,
    moved: Mapping[str, date] = NOTHING,
    sign_off_days: int | None = None,
    waived: frozenset[tuple[str, Waived]] = NONE,
    rescue: bool = True,
) -> Plan:
    """The route of a matter, planned from `today`; without it nothing is counted as late.

    `wanted` is when everything is to be in effect, else the matter's own wanted date; `moved` puts
    stops on other days and moves what comes after only as far as it must; `sign_off_days` supposes
    working days for sign-off as an example; `waived` supposes that a test is set aside for a stop,
    by its own way out. With `rescue` the plan says what would help.
    """
    turns = turns_of(matter, arrangement)
    own = matter.matter.wanted
    wanted = wanted or (own if isinstance(own, date) else None)
    # From a year out of reach no days can be counted: such a day is as good as none.
    wanted = wanted if sensible(wanted) else None
    today = today if sensible(today) else None
    moved = {name: day for name, day in moved.items() if sensible(day)}
    if not turns.turns:
        found = turns.findings or (_no_stops(matter),)
        return Plan(way=way, today=today, wanted=wanted, steps=(), findings=found)
    clocks = Clockwork(arrangement, matter, calendars, sign_off_days)
    question = Question(turns, clocks, Asked(today=today, wanted=wanted, waived=waived), way, moved)
    plan = solve(question)
    if rescue and plan.impossible:
        plan = replace(plan, ways_out=ways_out(question, plan))
    return plan


def _no_stops(matter: MatterText) -> Finding:
    says = "the matter has no stops, so there is no route to plan"
    return Finding(
        "route.no_stops", matter.matter.line, says, "Add [stops] with each body in turn."
    )
