"""Findings on how bodies decide: no way given, a way not stated, a quorum out of reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from concord import law
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.bodies import Body, Deciding, Quorum
from concord.domain.agreements.checks.found import conditions_in, grave, known, slight, span
from concord.domain.agreements.conditions import AtMeetingOf, CarriedAt
from concord.domain.agreements.labels import how_many, label, listed
from concord.domain.agreements.membership import (
    seats_for,
    seats_on,
    size,
    unsure_seats,
    voting_seats,
)
from concord.domain.agreements.words import Counting, Votes
from concord.domain.findings import Finding
from concord.domain.language.values import NotStated, Since


def deciding_findings(arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the family `deciding.`."""
    relied_on = bodies_relied_on(arrangement)
    for body in arrangement.bodies.values():
        if body.id in relied_on:
            yield from _way(body)
        for since in body.quorum.rows:
            if isinstance(since.value, Quorum):
                yield from _unreachable(arrangement, body, since.value, _day_of(since, body))


def bodies_relied_on(arrangement: Arrangement) -> frozenset[str]:
    """The bodies that powers reach, themselves or through their seats, or are carried at."""
    found = {c.carried_at for c in conditions_in(arrangement) if isinstance(c, CarriedAt)}
    found |= {c.at_meeting_of for c in conditions_in(arrangement) if isinstance(c, AtMeetingOf)}
    for row in arrangement.delegations.values():
        found |= {to.partition(".")[0] for to in row.given_to}
    return frozenset(n for n in found if isinstance(n, str))


def _way(body: Body) -> Iterator[Finding]:
    if all(since.value is None for since in body.deciding.rows):
        if not _has_own_law(body):
            says = f"powers are used at {body.label}, and the text does not say how it decides"
            remedy = (
                'Add deciding with its clause; if the source is silent, deciding = "not stated".'
            )
            yield grave("deciding.way_missing", body, says, remedy)
        return
    silent = list(dict.fromkeys(_silences(body)))
    if silent:
        says = f"{body.label}: {listed(silent)} {'is' if len(silent) == 1 else 'are'} not stated"
        remedy = "Record it with its clause; until then few cases can be answered."
        yield slight("deciding.not_stated", body, says, remedy)


def _silences(body: Body) -> Iterator[str]:
    """What the text leaves open of how a body decides."""
    if any(isinstance(s.value, NotStated) for s in body.quorum.rows):
        yield "its quorum"
    for since in body.deciding.rows:
        if isinstance(getattr(since.value, "votes", since.value), NotStated):
            yield "how it decides"
        elif since.value is not None:
            yield from _parts(since.value)


def _parts(rule: Deciding) -> Iterator[str]:
    if rule.votes is Votes.NONE:
        return
    if rule.needs is None or isinstance(rule.needs, NotStated):
        yield "how much agreement carries an item"
    if rule.votes is not Votes.BY_ORGANISATION:
        return
    views = rule.each_view.values() if isinstance(rule.each_view, Mapping) else [rule.each_view]
    if any(v is None or isinstance(v, NotStated) for v in views):
        yield "how an organisation's seats form its view"


def _has_own_law(body: Body) -> bool:
    """A body that holds functions by law decides by its own standing orders."""
    if isinstance(body.legal_form, NotStated):
        return False
    form = law.legal_form(body.legal_form, span(body)[1])
    return form is not None and bool(form.holds or form.holds_without_executive)


def _day_of(since: Since[Quorum], body: Body) -> date:
    return known(since.starts) or known(since.ends) or known(body.starts) or span(body)[1]


def _unreachable(arrangement: Arrangement, body: Body, rule: Quorum, on: date) -> Iterator[Finding]:
    counted = seats_on(body, on)
    if not counted:
        return
    if rule.counting is not Counting.ALL_SEATS:
        counted = voting_seats(arrangement, body, on)
    total = size(counted) if counted else 0
    if isinstance(rule.number, int) and total is not None and rule.number > total:
        says = f"{body.label} needs {how_many(rule.number, 'member')} and has"
        yield _out_of_reach(rule, f"{says} {how_many(total, 'seat')} that count")
    for name, needed in (rule.each if isinstance(rule.each, Mapping) else {}).items():
        there = _seats_of(arrangement, body, name, on)
        if isinstance(needed, int) and there is not None and needed > there:
            says = f"{body.label} needs {how_many(needed, 'member')} of {label(arrangement, name)}"
            yield _out_of_reach(rule, f"{says} and has {how_many(there, 'seat')} for it")


def _seats_of(arrangement: Arrangement, body: Body, name: str, on: date) -> int | None:
    if name in body.known_seats:
        count = body.known_seats[name].count
        return count if isinstance(count, int) else None
    if unsure_seats(arrangement, body, name, on):
        return None
    seats = tuple(seats_for(arrangement, body, name, on))
    return size(seats) if seats else 0


def _out_of_reach(rule: Quorum, says: str) -> Finding:
    remedy = "Lower the number, or add the seats that are missing."
    return grave("deciding.quorum_unreachable", rule, says, remedy)
