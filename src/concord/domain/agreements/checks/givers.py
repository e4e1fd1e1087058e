"""Findings on who gives a power: whether the giver has it, has as much of it, and not in a ring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from concord.domain.agreements.arrangement import Arrangement, Delegation, Function
from concord.domain.agreements.bodies import Covers
from concord.domain.agreements.checks.delegations import functions_of
from concord.domain.agreements.checks.found import a_day_of, grave, span
from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.holders import holders_by_law, holders_in
from concord.domain.agreements.labels import label, listed, on_day
from concord.domain.agreements.membership import now_called
from concord.domain.findings import Finding
from concord.domain.language.values import Limit, NotStated
from concord.domain.money import pounds


@dataclass(frozen=True, slots=True)
class _Powers:
    """The delegations of a text by their giver and by their receiver, with what each covers."""

    by: Mapping[str, list[Delegation]]
    to: Mapping[str, list[Delegation]]
    to_organisations: tuple[Delegation, ...]
    functions: Mapping[str, frozenset[str]]


def giver_findings(arrangement: Arrangement) -> Iterator[Finding]:
    """The findings of the family `deleg.` that look at more than one delegation at once."""
    powers = _powers(arrangement)
    for row in arrangement.delegations.values():
        yield from _lacks(arrangement, powers, row)
    yield from _circular(arrangement, powers)


def _powers(arrangement: Arrangement) -> _Powers:
    by: dict[str, list[Delegation]] = {}
    to: dict[str, list[Delegation]] = {}
    rows = arrangement.delegations.values()
    for row in rows:
        if isinstance(row.from_, str):
            by.setdefault(row.from_, []).append(row)
        for name in row.given_to:
            to.setdefault(name, []).append(row)
    outward = [r for r in rows if any(n in arrangement.organisations for n in r.given_to)]
    covered = {r.id: frozenset(f.id for f in functions_of(arrangement, r)) for r in rows}
    return _Powers(by, to, tuple(outward), covered)


def _lacks(arrangement: Arrangement, powers: _Powers, row: Delegation) -> Iterator[Finding]:
    """That the giver of a delegation has not got what it gives; where nobody says, nothing."""
    giver = row.from_
    if isinstance(giver, NotStated):
        return
    for function in functions_of(arrangement, row):
        on = _a_day(arrangement, row)
        holders, _ = holders_by_law(arrangement, function, on)
        if not holders or _is_among(arrangement, giver, holders):
            continue
        received = [
            other
            for other in _received(arrangement, powers, giver, function, on)
            if other is not row and other.id not in _after(powers, row)
        ]
        who = label(arrangement, giver)
        if not received:
            says = f"{who} gives {function.label}, which it neither holds by law nor was given"
            held = listed([label(arrangement, h) for h in holders], "or")
            yield grave("deleg.grantor_lacks", row, says, f"{held} would have to give it.")
            continue
        more = [_more_than(row, other) for other in received]
        if all(more):
            says = f"{who} gives more of {function.label} than it was given: {more[0]}"
            remedy = f"Keep within what {who} was given, or have more given to it first."
            yield grave("deleg.grantor_lacks", row, says, remedy)
        elif beyond := _longer_than(row, received):
            says = f"{who} gives {function.label} for longer than it has it: {beyond}"
            yield grave("deleg.grantor_lacks", row, says, "Let the power given on end no later.")


def _received(
    arrangement: Arrangement, powers: _Powers, giver: str, function: Function, on: date
) -> Iterator[Delegation]:
    """The delegations of a function that reach this body, post or organisation."""
    for other in (*powers.to.get(giver, ()), *powers.to_organisations):
        covered = function.id in powers.functions[other.id]
        if covered and _reaches(arrangement, other, giver, function, on):
            yield other


def _after(powers: _Powers, row: Delegation) -> set[str]:
    """This delegation and those made by whoever had it: none of them can be where it came from."""
    found, pending = {row.id}, [row]
    while pending:
        for to in pending.pop().given_to:
            for other in powers.by.get(to, ()):
                if other.id not in found:
                    found.add(other.id)
                    pending.append(other)
    return found


def _a_day(arrangement: Arrangement, row: Delegation) -> date:
    """A day on which to ask; without any of its own, one in the life of its giver."""
    day = a_day_of(row)
    if day < date.max or not isinstance(row.from_, str):
        return day
    owners = [arrangement.organisations.get(o) for o in owners_of(arrangement, row.from_)]
    lasts = [o.ends for o in owners if o is not None and isinstance(o.ends, date)]
    return min(lasts, default=day)


def _is_among(arrangement: Arrangement, giver: str, holders: tuple[str, ...]) -> bool:
    return giver in holders or any(giver in owners_of(arrangement, h) for h in holders)


def _reaches(
    arrangement: Arrangement, row: Delegation, name: str, function: Function, on: date
) -> bool:
    """Whether a delegation brings the function to this body, post or organisation."""
    for to in row.given_to:
        if to == name:
            return True
        if to in arrangement.organisations and not isinstance(function.kind, NotStated):
            for organisation in now_called(arrangement, to, on):
                if name == organisation:
                    return True
                if name in holders_in(arrangement, organisation, function.kind, on):
                    return True
    return False


def _more_than(row: Delegation, other: Delegation) -> str:
    """In what a delegation is wider than the one its giver received; empty where it is not."""
    mine, theirs = row.limit, other.limit
    if isinstance(theirs, Limit) and theirs.pence is not None and isinstance(mine, Limit):
        if mine.pence is None:
            return f"without limit, and its own limit is {pounds(theirs.pence)}"
        if mine.pence > theirs.pence:
            return f"up to {pounds(mine.pence)}, and its own limit is {pounds(theirs.pence)}"
    below = theirs.below if isinstance(theirs, NotStated) else None
    if (
        below is not None
        and isinstance(mine, Limit)
        and (mine.pence is None or mine.pence >= below)
    ):
        return f"its own limit is below {pounds(below)}"
    return _wider(row.covers, other.covers)


def _wider(mine: Covers | NotStated, theirs: Covers | NotStated) -> str:
    if isinstance(mine, NotStated) or isinstance(theirs, NotStated):
        return ""
    for key in ("acts", "modes", "funds", "agreements"):
        given, had = getattr(mine, key), getattr(theirs, key)
        if had is None or isinstance(had, NotStated) or isinstance(given, NotStated):
            continue
        if given is None:
            return f"its own power is only for some {key}: {listed([str(h) for h in had])}"
        if beyond := [str(g) for g in given if g not in had]:
            return f"{listed(beyond)} is not among the {key} it was given"
    return ""


def _longer_than(row: Delegation, received: list[Delegation]) -> str:
    (first, last), spans = span(row), [span(r) for r in received]
    if isinstance(row.starts, date) and first < min(s for s, _ in spans):
        return f"from {on_day(first)}, and it has it from {on_day(min(s for s, _ in spans))}"
    latest = max(e for _, e in spans)
    if not isinstance(row.ends, NotStated) and last > latest:
        return f"its own power ends on {on_day(latest)}"
    return ""


def _circular(arrangement: Arrangement, powers: _Powers) -> Iterator[Finding]:
    """Delegations that lead a power back to one of its givers, each ring told once."""
    told: set[str] = set()
    for row in arrangement.delegations.values():
        ring = () if row.id in told else _ring(powers, row)
        if ring:
            told |= {r.id for r in ring}
            last = max(ring, key=lambda r: r.line)
            way = [label(arrangement, str(r.from_)) for r in ring]
            says = f"the power goes round: {' to '.join([*way, way[0]])}"
            remedy = "Delegate only to someone from whom the power has not come."
            yield grave("deleg.circular", last, says, remedy)


def _ring(powers: _Powers, start: Delegation) -> tuple[Delegation, ...]:
    """The shortest way back to the giver of a delegation, of functions and days in common."""
    pending: list[tuple[tuple[Delegation, ...], frozenset[str], tuple[date, date]]]
    pending = [((start,), powers.functions[start.id], span(start))]
    seen = {start.id}
    while pending:
        path, shared, (first, last) = pending.pop(0)
        if start.from_ in path[-1].given_to:
            return path
        for row in (r for to in path[-1].given_to for r in powers.by.get(to, ())):
            begins, ends = span(row)
            days = max(first, begins), min(last, ends)
            common = shared & powers.functions[row.id]
            if row.id not in seen and common and days[0] <= days[1]:
                seen.add(row.id)
                pending.append(((*path, row), common, days))
    return ()
