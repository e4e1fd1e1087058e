"""The planner's route is the earliest there is: compared with every possible route of small cases.

The exhaustive search below knows nothing of how the planner searches: it tries every combination
of meetings, asks for each stop alone which tests fail, and takes the soonest effect.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import product
from random import Random

import pytest
from tests.domain.small_place import TEXT

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.reader import read_arrangement
from concord.domain.calendar import working_day
from concord.domain.decisions.calendars import Calendars, read_calendar
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.reader import read_matter
from concord.domain.decisions.routes import Way, plan_route
from concord.domain.decisions.routes.dues import Clockwork
from concord.domain.decisions.routes.stops import Turn, turns_of

BODIES = ("cabinet", "full_council", "icb_board", "planning", "board")
PURPOSES = ("decision", "decision", "information", "consultation", "recommendation")
FIRST = date(2027, 2, 1)
CALL_IN = """
[clocks.published]
of = "council"
clock = "decision published"
period = "2 working days"
applies_to = "every executive decision"
[clocks.window]
of = "council"
clock = "call-in window"
period = "5 working days"
applies_to = "every executive decision"
starts = 2000-01-01
ends = 2027-04-15
[clocks.shorter_window]
of = "council"
clock = "call-in window"
period = "1 working days"
applies_to = "every executive decision"
starts = 2027-04-16
"""


@cache
def place() -> Arrangement:
    """A small partnership whose call-in window becomes shorter in the middle of the calendar."""
    read = read_arrangement(TEXT + CALL_IN).arrangement
    assert read is not None
    return read


def case(seed: int) -> tuple[MatterText, Calendars]:
    """Four or five stops of five bodies, each with a few meetings, in a random order of waiting."""
    chance = Random(seed)  # noqa: S311 - a test, not a secret
    lines = ['format = 1\nsource = "deed"']
    for body in BODIES:
        days = sorted(chance.sample(range(110), chance.randint(3, 5)))
        for number in days:
            on = FIRST + timedelta(days=number)
            lines.append(f'[[meetings]]\nbody = "{body}"\non = {on}')
    lines.append('[[closures]]\nof = "council"\nkind = "recess"')
    lines.append("starts = 2027-03-25\nends = 2027-04-02")
    calendars = read_calendar("\n".join(lines), place()).calendars
    assert calendars is not None
    return _matter(chance), calendars


def _matter(chance: Random) -> MatterText:
    lines = [
        'format = 1\nsource = "deed"\n[matter]\ntitle = "A matter"\nwhat = "Decide"',
        'functions = ["care", "nhs"]\namounts = "none"\norganisations = ["council", "icb"]',
        'key_because = ["it is said to be"]',
    ]
    number = chance.randint(4, 5)
    for stop in range(number):
        after = [f'"s{n}"' for n in range(stop) if chance.random() < 0.4]
        purpose = "decision" if stop == number - 1 else chance.choice(PURPOSES)
        lines.append(f'[stops.s{stop}]\nbody = "{chance.choice(BODIES)}"')
        lines.append(f'purpose = "{purpose}"\non = "not stated"\nafter = [{", ".join(after)}]')
    read = read_matter("\n".join(lines), place())
    assert read.matter is not None, read.findings
    return read.matter


def every_route(
    matter: MatterText, calendars: Calendars, today: date
) -> Iterator[tuple[date, dict[str, date]]]:
    """Every combination of meetings that keeps all the rules, with the day it is in effect."""
    clocks = Clockwork(place(), matter, calendars)
    turns = turns_of(matter, place()).turns
    days = [[m.on for m in calendars.meetings if m.body == t.body] for t in turns]
    able = [
        [d for d in ds if _alone(t, d, clocks, today)] for t, ds in zip(turns, days, strict=True)
    ]
    for picked in product(*able):
        chosen = dict(zip((t.id for t in turns), picked, strict=True))
        if all(_together(t, chosen, clocks) for t in turns):
            ends = [clocks.not_before(t, chosen[t.id]) for t in turns if t.decides]
            yield max(ends), chosen


def _alone(turn: Turn, on: date, clocks: Clockwork, today: date) -> bool:
    """Whether the day will do for a stop by itself."""
    paused = {"council"} & {turn.body, *turn.organisations}
    if on < today or (paused and date(2027, 3, 25) <= on <= date(2027, 4, 2)):
        return False
    dues = clocks.dues(turn, on)
    wanted = [d.day for d in (dues.papers, dues.forward_plan, dues.private_notice) if d]
    return all(day >= today for day in [*wanted, dues.draft_due])


def _together(turn: Turn, chosen: dict[str, date], clocks: Clockwork) -> bool:
    """Whether a stop comes after those it waits for, and is told in time of what was decided."""
    on = chosen[turn.id]
    close = clocks.dues(turn, on).papers_close
    return all(chosen[n] < on for n in turn.after) and all(close >= chosen[n] for n in turn.told_of)


@pytest.mark.parametrize("seed", range(60))
def test_the_earliest_route_is_the_earliest_of_all_routes(seed: int):
    matter, calendars = case(seed)
    routes = list(every_route(matter, calendars, FIRST))
    plan = plan_route(place(), matter, calendars, FIRST, way=Way.FORWARDS, rescue=False)
    if not routes:
        assert not plan.feasible
        return
    assert plan.feasible
    assert plan.not_before == min(end for end, _ in routes)
    assert {s.id: s.on for s in plan.steps} in [chosen for _, chosen in routes]


@pytest.mark.parametrize("seed", range(30))
def test_a_wanted_date_is_kept_exactly_when_some_route_keeps_it(seed: int):
    matter, calendars = case(seed)
    routes = list(every_route(matter, calendars, FIRST))
    for wanted in (date(2027, 3, 20), date(2027, 4, 20), date(2027, 5, 30)):
        plan = plan_route(
            place(), matter, calendars, FIRST, wanted=wanted, way=Way.BACKWARDS, rescue=False
        )
        kept = [chosen for end, chosen in routes if end <= wanted]
        assert plan.feasible == bool(kept)
        if kept:
            assert {s.id: s.on for s in plan.steps} in kept
            assert plan.not_before is not None
            assert plan.not_before <= wanted
        elif routes:
            assert plan.not_before == min(end for end, _ in routes)
            assert plan.holding


@pytest.mark.parametrize("seed", range(30))
def test_backwards_the_first_draft_may_come_as_late_as_any_route_allows(seed: int):
    matter, calendars = case(seed)
    wanted = date(2027, 5, 30)
    turns = turns_of(matter, place()).turns
    deciding = {t.id for t in turns if t.decides}
    before = {n for t in turns if t.decides for n in turns_of(matter, place()).before(t.id)}
    plan = plan_route(
        place(), matter, calendars, FIRST, wanted=wanted, way=Way.BACKWARDS, rescue=False
    )
    latest = {
        id_: max(
            chosen[id_] for end, chosen in every_route(matter, calendars, FIRST) if end <= wanted
        )
        for id_ in deciding | before
        if plan.feasible
    }
    assert {s.id: s.on for s in plan.steps if s.id in latest} == latest


def test_the_small_cases_are_neither_all_possible_nor_all_impossible():
    able = [bool(list(every_route(*case(seed), FIRST))) for seed in range(60)]
    assert 10 < sum(able) < 60


def test_the_call_in_window_of_the_small_place_shortens_in_the_middle():
    """5 working days after Wednesday 14 April end on the 21st; 1 after the 20th on the 21st."""
    assert working_day(date(2027, 4, 14), 5) == date(2027, 4, 21)
    assert working_day(date(2027, 4, 20), 1) == date(2027, 4, 21)
