"""A route in words: what cannot be done as a heading, the table, and how each date was counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from concord.domain.decisions.routes import Conflict, Due, Plan, PlannedStop, WayOut
from concord.domain.findings import Authority
from concord.domain.language.values import NotStated
from concord.web.decisions import OpenedMatter
from concord.web.decisions_rows import purpose_of
from concord.web.naming import the
from concord.web.routes_lanes import not_running
from concord.web.wording import (
    count,
    full_date,
    listed,
    long_date,
    lower_first,
    sentence,
    upper_first,
)

_MONTH = "%B %Y"
HEADINGS = {
    "route.out_of_order": "{body} would meet before what it waits for",
    "route.in_the_past": "The day of {body} has gone by",
    "route.past_wanted": "The wanted date cannot be reached",
    "route.past_deadline": "The deadline would be missed",
    "route.nobody_to_sign": "Nobody will be there to sign",
    "route.notice_too_late": "The notice for {body} was due earlier",
    "route.private_too_late": "The private-meeting notice for {body} was due earlier",
    "route.papers_too_late": "The papers of {body} were due earlier",
    "route.draft_too_late": "There is no time left to sign off the draft for {body}",
    "route.no_meeting": "No meeting of {body} will do",
    "route.no_dates": "The calendar lists no meeting of {body}",
}
PAUSES = {
    "recess": "{body} would meet in a recess",
    "election period": "{body} would decide in an election period",
    "closed": "{body} would meet when it is closed",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: words, whether they are late or quiet, and what stands below them."""

    says: str
    look: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One stop as the table has it."""

    number: int
    step: PlannedStop
    whose: str
    purpose: str
    meets: Cell
    papers: Cell
    notice: Cell
    call_in: Cell


@dataclass(frozen=True, slots=True)
class Counted:
    """How one kind of date was counted, with the rule and what another reading gives."""

    what: str
    says: tuple[str, ...]
    authority: Authority | None = None
    unverified: bool = False
    example: bool = False


def heading(conflict: Conflict, plan: Plan, *, first: bool = True) -> str:
    """The conflict as a finding: `The Health and Wellbeing Board’s papers close a day too soon`."""
    step = plan.step(conflict.stop)
    body = the(step.label) if step else conflict.stop
    if conflict.id == "route.told_too_late" and conflict.day and conflict.needed:
        days = (conflict.needed - conflict.day).days
        many = "a day" if days == 1 else count(days, "day")
        return f"{upper_first(body)}’s papers close {many} too soon"
    if conflict.id == "route.past_wanted" and not first:
        return f"{upper_first(body)} is too late for it"
    return upper_first(
        (
            PAUSES.get(conflict.pause)
            or HEADINGS.get(conflict.id, "{body} cannot take it as planned")
        ).format(body=body)
    )


def way_verb(way: WayOut) -> str:
    return "Try this date" if way.moves else "Try this way" if way.waives else ""


def picture_title(plan: Plan) -> str:
    """What the picture shows, with its months."""
    days = [d for s in plan.steps for d in (s.on, s.draft_due) if d]
    if not days:
        return "The route as a time line"
    first, last = min(days), max(days)
    same = first.year == last.year
    start = f"{first:%B}" if same else f"{first:{_MONTH}}"
    return f"The route as a time line, {start} to {last:{_MONTH}}"


def told(plan: Plan) -> str:
    """The picture in words, for whoever cannot see it."""
    said = [f"First draft due {long_date(plan.first_draft_due)}."] if plan.first_draft_due else []
    for step in plan.steps:
        when = long_date(step.on) if step.on else "no day"
        papers = f"; papers by {long_date(step.papers_close)}" if step.papers_close else ""
        said.append(f"{step.label}, {purpose_of(step.purpose).lower()}, {when}{papers}.")
    said += [sentence(c.says) for c in plan.impossible]
    said += [sentence(row.says) for row in plan.no_stop]
    return " ".join(said)


def rows_of(plan: Plan, one: OpenedMatter) -> list[Row]:
    """The stops in the order they happen."""
    return [
        Row(
            number, step, listed(one.names.organisation(o) for o in step.organisations),
            purpose_of(step.purpose), _meets(step, plan), _papers(step, plan),
            _notice(step), _call_in(step),
        )
        for number, step in enumerate(plan.steps, 1)
    ]  # fmt: skip


def day_of_week(day: date) -> str:
    """`Fri 18 Nov 2016`."""
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def _late(step: PlannedStop, plan: Plan, *ids: str) -> str:
    return "late" if any(c.stop == step.id and c.id in ids for c in plan.impossible) else ""


def _meets(step: PlannedStop, plan: Plan) -> Cell:
    if step.on is None:
        return Cell("No day", "late")
    look = _late(step, plan, "route.out_of_order", "route.in_pause", "route.in_the_past",
                 "route.past_wanted", "route.past_deadline")  # fmt: skip
    return Cell(day_of_week(step.on), look, step.at)


def _papers(step: PlannedStop, plan: Plan) -> Cell:
    if step.papers is None:
        return Cell("No rule", "quiet")
    look = _late(step, plan, "route.told_too_late", "route.papers_too_late")
    return Cell(day_of_week(step.papers.day), look)


def _notice(step: PlannedStop) -> Cell:
    if not step.decides:
        return Cell("None: no decision", "quiet")
    due = step.dues.forward_plan if step.dues else None
    if due:
        look = "late" if _gone(step, "forward plan") else ""
        return Cell(day_of_week(due.day), look, due.step.if_)
    return Cell("Does not apply", "quiet")


def _gone(step: PlannedStop, clock: str) -> bool:
    return any(clock in name for name in step.late)


def _call_in(step: PlannedStop) -> Cell:
    if not step.decides:
        return Cell("None: no decision", "quiet")
    days = [e.call_in.day for e in step.effects if e.call_in]
    if days:
        return Cell(day_of_week(max(days)), below="last day")
    if any(isinstance(e.effective, NotStated) for e in step.effects):
        return Cell("Not stated", "silent")
    return Cell("Does not apply", "quiet")


def counted(plan: Plan, one: OpenedMatter) -> list[Counted]:
    """How each kind of date was counted, once for each rule that was used."""
    found: list[Counted] = []
    if plan.first_draft_due:
        said = dict.fromkeys(s.dues.sign_off.says for s in plan.steps if s.dues)
        found.append(
            Counted("Draft and sign-off", tuple(map(sentence, said)), example=plan.example)
        )
    found += _rules("Papers", plan, [s.papers for s in plan.steps])
    dues = [s.dues for s in plan.steps if s.dues]
    found += _rules("28-day notice", plan, [d.forward_plan for d in dues])
    found += _rules(
        "Private meeting",
        plan,
        [d for one_ in dues for d in (one_.private_notice, one_.second_notice)],
    )
    found += _rules("Call-in", plan, [e.call_in for s in plan.steps for e in s.effects])
    found += _not_running(plan)
    return found


def _rules(what: str, plan: Plan, dues: Iterable[Due | None]) -> Iterator[Counted]:
    seen: set[tuple[str, str]] = set()
    for due in dues:
        if due is None:
            continue
        mark = (due.step.what, due.step.when)
        if mark in seen:
            continue
        seen.add(mark)
        first = f"{upper_first(due.step.what)}: {due.step.when}"
        only = f" ({due.step.if_})" if due.step.if_ else ""
        how = f"For {full_date(due.day)}: {_how(due)}"
        says = [sentence(first + only)]
        says += [sentence(how)] if due.step.how_counted else []
        says += [sentence(beside) for beside in due.step.beside]
        yield Counted(what, tuple(says), due.authority, due.authority.unverified)


def _how(due: Due) -> str:
    """How its days were counted, and what each other way of counting would give."""
    step = due.step
    rest = [f"{way.words} give {full_date(day)}" for way, day in step.others if day != step.day]
    return "; ".join([step.counted.says if step.counted else "", *rest])


def _not_running(plan: Plan) -> Iterator[Counted]:
    """The clocks that do not run, each with its reason, told once."""
    seen: set[str] = set()
    for step in plan.steps:
        if not step.decides:
            continue
        for clock in ("forward plan", "call-in"):
            row = not_running(step, clock)
            if row is None or row.says in seen:
                continue
            seen.add(row.says)
            what = "28-day notice" if clock == "forward plan" else "Call-in"
            says = sentence(f"{step.label}: {lower_first(row.says)}")
            yield Counted(what, (says,), row.authority, row.authority.unverified)
