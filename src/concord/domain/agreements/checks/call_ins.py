"""Findings on a council's own rule for call-in: keys of another clock, two answers, no window."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.checks.found import grave, meet, slight
from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.labels import label, listed
from concord.domain.agreements.local_clocks import CALL_IN, STAGES, LocalClock, read_cut_off
from concord.domain.agreements.words import Clock
from concord.domain.findings import Finding
from concord.domain.language.values import NotStated

_BELONGS = {
    "callers": (Clock.CALL_IN_WINDOW,),
    "grounds": (Clock.CALL_IN_WINDOW,),
    "exempt_by": (Clock.CALL_IN_WINDOW,),
    "lapses": STAGES,
    "only_outside_framework": (Clock.CALL_IN_COUNCIL,),
}


def call_in_findings(arrangement: Arrangement) -> Iterator[Finding]:
    """What a rule for call-in says twice, of the wrong clock, or by the wrong people."""
    rows = tuple(arrangement.clocks.values())
    for row in rows:
        yield from _elsewhere(row)
        yield from _unread(row)
        yield from _of_another(arrangement, row)
        if row.clock in STAGES:
            yield from _windowless(arrangement, row, rows)
    for one, other in combinations((r for r in rows if r.clock in CALL_IN), 2):
        yield from _twice(arrangement, one, other)


def _elsewhere(row: LocalClock) -> Iterator[Finding]:
    """A key on a clock that it says nothing of; an unknown word of `clock` is found already."""
    for name, clocks in _BELONGS.items():
        if isinstance(row.clock, NotStated) or row.clock in clocks:
            continue
        if getattr(row, name) not in (None, ()):
            says = f"{name} says nothing of a {row.clock} clock"
            remedy = f"Write it at {listed([f'a {c} clock' for c in clocks], 'or')}."
            yield grave("clock.key_elsewhere", row, says, remedy)


def _unread(row: LocalClock) -> Iterator[Finding]:
    if isinstance(row.cut_off, str) and isinstance(read_cut_off(row.cut_off), NotStated):
        says = f"{row.cut_off!r} is no time of day, so the clock runs to the end of its last day"
        yield slight("clock.not_a_time", row, says, 'Write it as "17:00" or "midday".')


def _of_another(arrangement: Arrangement, row: LocalClock) -> Iterator[Finding]:
    """Someone of another organisation who would exempt this one's decisions from its call-in."""
    for name in row.exempt_by if isinstance(row.exempt_by, tuple) else ():
        post = arrangement.posts.get(name)
        more = post.acts_for if post and isinstance(post.acts_for, tuple) else ()
        theirs = {*owners_of(arrangement, name), *more}
        if theirs and not theirs & _whose(arrangement, row):
            says = f"{label(arrangement, name)} is not of the council whose decisions it exempts"
            yield grave("clock.exempts_for_another", row, says, "Name who may exempt them there.")


def _windowless(
    arrangement: Arrangement, row: LocalClock, rows: tuple[LocalClock, ...]
) -> Iterator[Finding]:
    windows = [r for r in rows if r.clock is Clock.CALL_IN_WINDOW and meet(r, row)]
    missing = _whose(arrangement, row).difference(*(_whose(arrangement, w) for w in windows))
    for name in sorted(missing):
        says = f"{label(arrangement, name)} has a {row.clock} clock and no call-in window"
        yield slight("clock.no_window", row, says, "Add the window; if silent, as not stated.")


def _twice(arrangement: Arrangement, one: LocalClock, other: LocalClock) -> Iterator[Finding]:
    alike = (one.clock, one.applies_to) == (other.clock, other.applies_to)
    shared = _whose(arrangement, one) & _whose(arrangement, other)
    if alike and shared and meet(one, other):
        says = f"{label(arrangement, min(shared))} has two {other.clock} clocks for the same days"
        yield grave("clock.twice", other, says, "Keep one of them, or give each its own days.")


def _whose(arrangement: Arrangement, row: LocalClock) -> frozenset[str]:
    names = () if isinstance(row.of, NotStated) else row.of
    return frozenset(owner for name in names for owner in owners_of(arrangement, name))
