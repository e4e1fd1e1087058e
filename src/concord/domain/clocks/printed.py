"""A timetable in words: due date, distance, rule and authority, then how the days were counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from concord.domain.calendar import in_words
from concord.domain.clocks.steps import Step
from concord.domain.clocks.timetable import Timetable


def printed(table: Timetable, asked_on: date | None = None) -> tuple[str, ...]:
    """The lines a terminal shows; indented lines belong to the line above them."""
    return tuple(_lines(table, asked_on))


def _lines(table: Timetable, asked_on: date | None) -> Iterator[str]:
    maker = table.maker
    yield f"{maker.name}, {maker.organisation}: {in_words(table.on)}"
    settled = "" if table.regime.settled else "Not settled. "
    yield f"{settled}{table.regime.name.capitalize()}. {table.regime.why}"
    for reason in table.regime.verdict.reasons:
        if reason.authority.law.strip():
            yield f"  {reason.authority}"
        if reason.remedy:
            yield f"  {reason.remedy}"
    for step in table.steps:
        yield from _step(step, asked_on)
        if way := table.way_on(step, asked_on):
            yield f"  The day has gone. Still open: {way.says}"
    yield from _section("Ways on when a day cannot be kept", (_exits(table)))
    absent = (f"{n.clock}: {n.says} {n.authority}" for n in table.not_running)
    yield from _section("Clocks that do not run", absent)
    yield from _section("Not stated", table.not_stated)
    yield from _section("To look at again", (f"{f.says} {f.remedy}" for f in table.findings))
    yield from _section("Warnings", (w.says for w in table.warnings))


def _step(step: Step, asked_on: date | None) -> Iterator[str]:
    only = f" (only {step.if_})" if step.if_ else ""
    yield ""
    yield f"{step.what}{only}"
    due = step.due(asked_on)
    yield f"  {due[0].upper()}{due[1:]}."
    rule = f"{step.when[0].upper()}{step.when[1:]}. " if step.day else ""
    yield f"  {rule}{step.authority}".rstrip()
    if step.how_counted:
        yield f"  {step.how_counted}."
    yield from (f"  {line}" for line in step.beside)
    yield from (f"    {head}" for head in step.heads)


def _exits(table: Timetable) -> Iterator[str]:
    named = {s.id: s.what for s in table.steps}
    for way in dict.fromkeys((x.id, x.name) for x in table.exits):
        same = [x for x in table.exits if (x.id, x.name) == way]
        what = "; ".join(dict.fromkeys(named.get(x.from_step, x.from_step) for x in same))
        first = same[0]
        yield f"{first.says} When {first.when}. {first.authority}"
        yield f"  From: {what}"
        yield from (f"  {n}. {who}" for n, who in enumerate(first.who, 1))
        yield from (f"  Then {then}" for then in first.then)


def _section(title: str, lines: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    kept = list(lines)
    if kept:
        yield ""
        yield title
        yield from (f"  {line}" for line in kept)
