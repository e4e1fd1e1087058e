"""Who stands in whose place when organisations end, split and merge (LANGUAGE, "As of a date")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from concord.domain.findings import Answer, Finding, Reason, Verdict
from concord.domain.language.kinds import day, ref, refs
from concord.domain.language.reading import At
from concord.domain.language.tables import Row, key
from concord.domain.language.values import NOT_STATED, Day, NotStated, reached

EVERYTHING = "everything"


def _carries(raw: object, at: At) -> Any:
    """`"everything"`, or the names of the agreements and delegations that pass on."""
    return (EVERYTHING,) if raw == EVERYTHING else refs("agreement", "delegation")(raw, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession(Row):
    """From `on`, `to` stands in the place of `from_`; a split or a merger is several rows.

    `carries` names the agreements and delegations that pass on; `("everything",)` is all of them
    and `()` none.
    """

    from_: str = key(ref("organisation"), required=True)
    to: str = key(ref("organisation"), required=True)
    on: Day = key(day(), required=True)
    carries: tuple[str, ...] | NotStated = key(_carries, required=True, default=NOT_STATED)


@dataclass(frozen=True, slots=True)
class Passing:
    """Whether a thing outlived the organisation that made it, and with whom it now lies."""

    verdict: Verdict
    to: tuple[str, ...]


Rows = Sequence[Succession]


def successors(rows: Rows, name: str, on: date) -> tuple[str, ...]:
    """Those that have certainly taken an organisation's place directly by that day."""
    return _once(r.to for r in rows if r.from_ == name and reached(r.on, on))


def predecessors(rows: Rows, name: str, on: date) -> tuple[str, ...]:
    """Those whose place an organisation had certainly taken directly by that day."""
    return _once(r.from_ for r in rows if r.to == name and reached(r.on, on))


def names_on(rows: Rows, name: str, on: date) -> tuple[str, ...] | NotStated:
    """Those that stand in an organisation's place on that day: itself, or every last successor.

    A row dated before its organisation took over from another is never followed: nothing passes
    through a body after it ended. `succession_findings` reports such rows.
    """
    ends: list[str] = []
    pending, seen = [(name, date.min)], {(name, date.min)}
    while pending:
        now, since = pending.pop(0)
        leaving = _leaving(rows, now, since, on)
        if any(reached(row.on, on) is None for row in leaving):
            return NOT_STATED
        if not leaving:
            ends.append(now)
        for row in leaving:
            step = (row.to, _day(row))
            if step not in seen:
                seen.add(step)
                pending.append(step)
    return _once(ends) or (name,)


def name_on(rows: Rows, name: str, on: date) -> str | NotStated | None:
    """The one that stands in an organisation's place on that day; None where it is several."""
    names = names_on(rows, name, on)
    if isinstance(names, NotStated):
        return names
    return names[0] if len(names) == 1 else None


def names_before(rows: Rows, name: str, on: date) -> tuple[str, ...]:
    """Those in whose place an organisation stands, as they were on an earlier day.

    History keeps the old name: asked of an integrated care board in 2015, it answers with the
    clinical commissioning groups of that year. A succession on a day not stated is taken to be
    still to come until its latest day.
    """
    found: list[str] = []
    pending, seen = [name], {name}
    while pending:
        now = pending.pop(0)
        earlier = [r for r in rows if r.to == now and not reached(r.on, on)]
        if not earlier:
            found.append(now)
        for row in earlier:
            if row.from_ not in seen:
                seen.add(row.from_)
                pending.append(row.from_)
    return _once(found) or (name,)


def chain(rows: Rows, name: str) -> tuple[Succession, ...]:
    """Every succession through which an organisation came about or passed on, in date order."""
    kept: dict[int, Succession] = {}
    for back in (True, False):
        pending, seen = [name], {name}
        while pending:
            now = pending.pop()
            for place, row in enumerate(rows):
                here, there = (row.to, row.from_) if back else (row.from_, row.to)
                if here != now:
                    continue
                kept[place] = row
                if there not in seen:
                    seen.add(there)
                    pending.append(there)
    return tuple(sorted((kept[place] for place in sorted(kept)), key=_day))


def passes_on(rows: Rows, thing: str, owner: str, made: date | None, on: date) -> Passing:
    """Whether an agreement or delegation of `owner` is alive on that day after every succession.

    It crosses a succession if `carries` names it or says everything, lapses if `carries` does
    neither, and is not stated where `carries` is not. A thing made after its owner ended was made
    by the successor under the old name. Each side of a split carries for itself.
    """
    starts = names_on(rows, owner, made) if made else (owner,)
    if isinstance(starts, NotStated):
        starts = (owner,)
    pending = [(name, made or date.min, True) for name in starts]
    seen, reasons = set(pending), []
    alive: dict[str, bool] = {}
    while pending:
        now, since, sure = pending.pop(0)
        leaving = [r for r in _leaving(rows, now, since, on) if not (made and reached(r.on, made))]
        if not leaving:
            alive[now] = sure or alive.get(now, False)
        for row in leaving:
            reasons.append(reason := _carried(row, thing, on))
            passed = sure and reason.answer is Answer.STANDS
            if reached(row.on, on) is None:  # either side of the day; carried, it lives on both
                alive[now] = passed or alive.get(now, False)
            step = (row.to, _day(row), passed)
            if _may_carry(row, thing) and step not in seen:
                seen.add(step)
                pending.append(step)
    return Passing(Verdict(_best(alive), tuple(reasons)), tuple(alive))


def succession_findings(rows: Rows, file: str = "") -> tuple[Finding, ...]:
    """What is wrong with the successions of a text among themselves."""
    return (*_twice(rows, file), *_circular(rows, file), *_backwards(rows, file))


def _once(names: Iterator[str] | list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _leaving(rows: Rows, name: str, since: date, on: date) -> list[Succession]:
    """The rows by which an organisation has passed on by that day, or may have."""
    return [
        r
        for r in rows
        if r.from_ == name and r.to != name and since <= _day(r) and reached(r.on, on) is not False
    ]


def _day(row: Succession) -> date:
    """A day to order rows by; where it is not stated, the latest it may be."""
    if isinstance(row.on, NotStated):
        return row.on.latest or date.max
    return row.on or date.min


def _best(alive: dict[str, bool]) -> Answer:
    if not alive:
        return Answer.REFUSED
    return Answer.STANDS if any(alive.values()) else Answer.NOT_STATED


def _may_carry(row: Succession, thing: str) -> bool:
    return isinstance(row.carries, NotStated) or thing in row.carries or EVERYTHING in row.carries


def _carried(row: Succession, thing: str, on: date) -> Reason:
    when = "" if isinstance(row.on, NotStated) else f" on {_day(row).day} {_day(row):%B %Y}"
    passing = f"when {row.to} took the place of {row.from_}{when}"
    if isinstance(row.carries, NotStated):
        says = f"it is not stated whether {thing} passed on {passing}"
        remedy = "State in carries what the succession carried."
        return Reason(Answer.NOT_STATED, says, row.authority, remedy)
    if _may_carry(row, thing):
        return Reason(Answer.STANDS, f"{thing} passed on {passing}", row.authority)
    if reached(row.on, on) is None:
        says = f"{thing} lapsed {passing}, on a day that is not stated"
        return Reason(Answer.NOT_STATED, says, row.authority, "State the day.")
    remedy = f"Have {row.to} make it anew, or name it in carries if it did pass on."
    return Reason(Answer.REFUSED, f"{thing} lapsed {passing}", row.authority, remedy)


def _twice(rows: Rows, file: str) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if (row.from_, row.to) in seen:
            says = f"the succession of {row.from_} by {row.to} is given twice"
            yield Finding("ref.succession_twice", row.line, says, "Keep one of the two.", file)
        seen.add((row.from_, row.to))


def _circular(rows: Rows, file: str) -> Iterator[Finding]:
    """Each row that leads back to an organisation it came from, by a walk without recursion."""
    leaving: dict[str, list[Succession]] = {}
    for row in rows:
        leaving.setdefault(row.from_, []).append(row)
    done: set[str] = set()
    for start in leaving:
        if start in done:
            continue
        path, stack = {start}, [(start, iter(leaving[start]))]
        while stack:
            name, left = stack[-1]
            step = next(left, None)
            if step is None:
                stack.pop()
                path.discard(name)
                done.add(name)
            elif step.to in path:
                says = f"{step.from_} passes on to {step.to}, from which it came itself"
                remedy = "An ended organisation does not return: give the later one its own name."
                yield Finding("date.succession_circular", step.line, says, remedy, file)
            elif step.to not in done:
                path.add(step.to)
                stack.append((step.to, iter(leaving.get(step.to, ()))))


def _backwards(rows: Rows, file: str) -> Iterator[Finding]:
    """Each row by which an organisation passed on before it had taken over from another."""
    dated = [row for row in rows if isinstance(row.on, date)]
    took_over: dict[str, Succession] = {}
    for row in sorted(dated, key=_day):
        took_over[row.to] = row
    for row in dated:
        before = took_over.get(row.from_)
        if before is not None and _day(row) < _day(before) and row.from_ != row.to:
            says = (
                f"{row.from_} passed on to {row.to} on {_day(row).isoformat()}, before it took "
                f"the place of {before.from_} on {_day(before).isoformat()}"
            )
            remedy = "Put the two dates in order."
            yield Finding("date.succession_backwards", row.line, says, remedy, file)
