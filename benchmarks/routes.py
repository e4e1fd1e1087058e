"""How long it takes to plan a route of ten stops over three years of twelve bodies' calendars.

    python benchmarks/routes.py

The place is Middlemarch, which is fictional, with three more committees, so that twelve bodies meet
from 2026 to 2028 (well over three hundred meetings). Each run asks from another day, and nothing
worked out for one question helps the next. docs/benchmarks.md keeps the last figures.
"""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.reader import read_arrangement
from concord.domain.decisions.calendars import Calendars, read_calendar
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.reader import read_matter
from concord.domain.decisions.routes import Plan, Way, plan_route

MIDDLEMARCH = Path(__file__).parents[1] / "places" / "middlemarch"
FIRST = date(2026, 1, 5)
RUNS = 60
MORE = {"audit": 1, "planning_forum": 2, "children": 3}
STOPS = (
    ("finance_group", "consultation"),
    ("executive_group", "recommendation"),
    ("alliance_board", "consultation"),
    ("audit", "consultation"),
    ("scrutiny", "consultation"),
    ("board", "recommendation"),
    ("cabinet", "decision"),
    ("icb_board", "decision"),
    ("health_wellbeing", "information"),
    ("full_council", "decision"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One place with its calendar and a matter of ten stops, each after the one before."""

    arrangement: Arrangement
    calendars: Calendars
    matter: MatterText


def case() -> Case:
    """Twelve bodies, three years, ten stops."""
    text = (MIDDLEMARCH / "arrangement.toml").read_text("utf-8")
    meetings = (MIDDLEMARCH / "calendar.toml").read_text("utf-8")
    for body, week in MORE.items():
        text += f'\n[bodies.{body}]\nname = "{body}"\nof = "council"\n'
        text += 'legal_form = "council committee"\nsource = "constitution 4"\n'
        for month in range(36):
            on = date(2026 + month // 12, month % 12 + 1, 7 * week)
            on += timedelta(days=(0 - on.weekday()) % 7)
            meetings += f'\n[[meetings]]\nbody = "{body}"\non = {on}\nat = "18:30"\n'
    arrangement = read_arrangement(text).arrangement
    if arrangement is None:
        raise SystemExit("the place cannot be read")
    calendars = read_calendar(meetings, arrangement).calendars
    matter = read_matter(_matter(), arrangement).matter
    if calendars is None or matter is None or len({m.body for m in calendars.meetings}) != 12:
        raise SystemExit("the case is not the one described")
    return Case(arrangement, calendars, matter)


def _matter() -> str:
    lines = [
        'format = 1\nsource = "s75"\n[matter]\ntitle = "A matter"\nwhat = "Decide"',
        'functions = ["care", "nhs", "budget"]\namounts = [{ amount = "£1,900,000" }]\nwards = 6',
        'organisations = ["council", "icb"]',
    ]
    for number, (body, purpose) in enumerate(STOPS):
        after = f'["s{number - 1}"]' if number else "[]"
        lines.append(f'[stops.s{number}]\nbody = "{body}"\npurpose = "{purpose}"')
        lines.append(f'on = "not stated"\nafter = {after}')
    return "\n".join(lines)


def forwards(c: Case, today: date) -> Plan:
    return plan_route(c.arrangement, c.matter, c.calendars, today, way=Way.FORWARDS)


def backwards(c: Case, today: date) -> Plan:
    wanted = today + timedelta(days=600)
    way = Way.BACKWARDS
    return plan_route(c.arrangement, c.matter, c.calendars, today, wanted=wanted, way=way)


def too_soon(c: Case, today: date) -> Plan:
    wanted = today + timedelta(days=60)
    way = Way.BACKWARDS
    return plan_route(c.arrangement, c.matter, c.calendars, today, wanted=wanted, way=way)


def milliseconds(ask: Callable[[Case, date], Plan], c: Case) -> tuple[list[float], int]:
    """Processor time of each question, and how often all ten stops found a meeting."""
    each, placed = [], 0
    for run in range(RUNS):
        today = FIRST + timedelta(days=5 * run)
        began = time.process_time()
        plan = ask(c, today)
        each.append(1000 * (time.process_time() - began))
        if len([s for s in plan.steps if s.on]) == len(STOPS):
            placed += 1
    return each, placed


def main() -> None:
    c = case()
    print(f"{len(c.calendars.meetings)} meetings, {RUNS} runs, Python {platform.python_version()}")
    asked = {
        "forwards from today": forwards,
        "backwards from a date within reach": backwards,
        "backwards from a date out of reach, with every way out": too_soon,
    }
    for name, ask in asked.items():
        each, placed = milliseconds(ask, c)
        print(
            f"{name}: median {statistics.median(each):.1f} ms, "
            f"from {min(each):.1f} to {max(each):.1f}; {placed} whole routes"
        )


if __name__ == "__main__":
    main()
