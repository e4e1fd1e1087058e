"""`concord route`: when each stop of a matter can be taken, and what would rescue what cannot."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from concord.cli.authority import must_be_known
from concord.cli.matter import reading_of
from concord.cli.printing import Failed, as_json, say_findings, wrapped
from concord.cli.texts import arrangement_of, file_of, today
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label
from concord.domain.calendar import in_words
from concord.domain.decisions.calendars import NO_CALENDARS, Calendars, read_calendar
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.routes import (
    Due,
    Plan,
    PlannedStop,
    Way,
    WayOut,
    changes,
    plan_route,
)
from concord.domain.language.source import LONGEST
from concord.domain.language.values import NotStated

CANNOT, NOT_STATED = 1, 3
ASKED_FOR = {
    "notice": "Who must be told",
    "opinion": "Whose opinion it rests on",
    "convening": "Who may convene it",
}


def route(asked: Namespace) -> int:
    """A matter's route: 0 it can be done, 1 it cannot as planned, 3 something is not stated."""
    arrangement = arrangement_of(asked.place)
    matter = _matter(asked, arrangement)
    calendars = _calendars(asked, arrangement)
    moved = dict(asked.move)
    must_be_known(moved, set(matter.stops), "stop")
    on = None if asked.undated else asked.today or today()
    way = Way.FORWARDS if asked.earliest else Way.BACKWARDS if asked.latest else Way.AS_STATED

    def plan(moves: dict[str, date]) -> Plan:
        return plan_route(
            arrangement, matter, calendars, on, wanted=asked.wanted, way=way, moved=moves,
            sign_off_days=asked.sign_off_days,
        )  # fmt: skip

    found = plan(moved)
    changed = changes(plan({}), found) if moved else ()
    if asked.json:
        as_json({"plan": found, "feasible": found.feasible, "impossible": found.impossible,
                 "first_draft_due": found.first_draft_due, "changes": changed})  # fmt: skip
        return _code(found)
    _say(arrangement, matter, found)
    for change in changed:
        print(wrapped(change.says, "  changed: ", "    "))
    return _code(found)


def _code(plan: Plan) -> int:
    if not plan.feasible:
        return CANNOT
    return NOT_STATED if isinstance(plan.effective, NotStated) or plan.no_stop else 0


def _read(file: Path, what: str) -> str:
    try:
        with file.open("rb") as stream:
            return stream.read(LONGEST + 1).decode("utf-8", errors="replace")
    except OSError as fault:
        raise Failed(f"the {what} {file} cannot be read: {fault.strerror}") from None


def _matter(asked: Namespace, arrangement: Arrangement) -> MatterText:
    reading = reading_of(asked.place, asked.matter, arrangement)
    if reading.matter is None or reading.matter.matter is None:
        say_findings(reading.findings)
        raise Failed(f"{asked.matter} cannot be read", "Mend what is listed first.", 1)
    return reading.matter


def _calendars(asked: Namespace, arrangement: Arrangement) -> Calendars:
    file = Path(asked.calendar) if asked.calendar else file_of(asked.place).parent / "calendar.toml"
    if not file.is_file() and not asked.calendar:
        return NO_CALENDARS
    reading = read_calendar(_read(file, "calendar"), arrangement, str(file))
    if reading.calendars is None:
        say_findings(reading.findings)
        raise Failed(f"{file} cannot be read", "Mend what is listed first.", 1)
    return reading.calendars


def _say(arrangement: Arrangement, matter: MatterText, plan: Plan) -> None:
    print(wrapped(f"{matter.matter.title}: {plan.way}", ""))
    say_findings(plan.findings)
    if not plan.steps:
        return
    _say_figures(plan)
    for number, step in enumerate(plan.steps, 1):
        _say_step(arrangement, number, step)
    for warning in plan.warnings:
        print(wrapped(warning, "\n! ", "  "))
    for missing in plan.no_stop:
        print(wrapped(f"{missing.says[:1].upper()}{missing.says[1:]}.", "\n? ", "    "))
        print(wrapped(missing.remedy, "  → ", "    "))
    _say_conflicts(plan)
    if plan.ways_out:
        rescuing = any(w.rescues for w in plan.ways_out)
        print("\nWays out" if rescuing else "\nNo single step does it; these bring it nearer")
    for way in plan.ways_out:
        _say_way(way)


def _say_figures(plan: Plan) -> None:
    last = plan.last_decision
    papers = plan.first_papers
    effective = plan.effective
    words = effective.words if isinstance(effective, NotStated) else _day(effective)
    signing = f"; {plan.sign_off}" if plan.sign_off else ""
    print(f"  first draft due      {_day(plan.first_draft_due)}{signing}")
    print(f"  first papers public  {_day(papers.papers_close if papers else None)}")
    print(f"  last decision        {_day(last.on if last else None)}")
    without = f", not counting {', '.join(m.label for m in plan.no_stop)}" if plan.no_stop else ""
    print(f"  in effect            {words}{without}")
    print(f"  cannot be done       {len(plan.impossible) or 'nothing'}")


def _day(day: date | None) -> str:
    return in_words(day) if isinstance(day, date) else "no day"


def _say_step(arrangement: Arrangement, number: int, step: PlannedStop) -> None:
    of = ", ".join(label(arrangement, o) for o in step.organisations)
    print(wrapped(f"{number}. {step.says} ({of})", "\n", "     "))
    if step.dues is None:
        return
    for due in (*step.dues.notices, *([step.papers] if step.papers else [])):
        _say_due(due, step.has_gone_by(due))
    late = " — gone by" if "first draft" in step.late else ""
    print(f"     draft due {in_words(step.dues.draft_due)}{late}")
    for effect in step.effects:
        print(wrapped(effect.says, "     ", "       "))
    for _, clock in step.not_running if step.decides else ():
        print(wrapped(f"{clock.clock}: does not apply. {clock.says}", "     ", "       "))


def _say_due(due: Due, late: bool) -> None:
    gone = " — gone by" if late else ""
    only = f" ({due.step.if_})" if due.step.if_ else ""
    print(wrapped(f"{due.step.what}: by {in_words(due.day)}{gone}{only}", "     ", "       "))
    print(wrapped(f"{due.step.when}. {due.authority}", "       "))
    for said in (due.step.how_counted, *due.step.beside, *due.beside):
        if said:
            print(wrapped(said, "       "))


def _say_conflicts(plan: Plan) -> None:
    for conflict in plan.conflicts:
        mark = "✗" if conflict.grave else "…"
        head = "Cannot be done as planned" if conflict.grave else "Look again"
        print(wrapped(f"{head}: {conflict.says}.", f"\n{mark} ", "    "))
        for said in (str(conflict.authority), conflict.other_reading, conflict.how_counted):
            if said:
                print(wrapped(f"{said[:1].upper()}{said[1:]}", "    "))
        print(wrapped(conflict.remedy, "  → ", "    "))
    if plan.holding:
        print("\nWhat holds it back, from the last step to the first")
        _say_each(c.says for c in plan.holding)


def _say_each(said: Iterable[str]) -> None:
    for words in said:
        print(wrapped(words, "  - ", "    "))


def _say_way(way: WayOut) -> None:
    print(wrapped(f"{way.name} {way.when}", "  → ", "    "))
    for said in (way.says, way.side_effect, str(way.authority)):
        if said:
            print(wrapped(said, "      "))
    if way.who:
        asks = ASKED_FOR.get(way.needs, "Who must agree")
        print(wrapped(f"{asks}, in turn: {'; '.join(way.who)}.", "      "))
