"""What comes next at a place: days the text names, steps that wait, and promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from concord.domain.agreements.arrangement import Agreement, Delegation, Duty
from concord.domain.agreements.words import TermKind
from concord.domain.findings import Authority
from concord.web.conditions import condition
from concord.web.naming import Names, each, known, the
from concord.web.overview import state_of
from concord.web.understood import BEFORE, covers, duty, limit
from concord.web.wording import count, listed, long_date, upper_first

_AHEAD = timedelta(days=731)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens on a day, with its line in the text."""

    on: date
    what: str
    why: str
    authority: Authority
    line: int
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step of an agreement that waits for something, on no day yet."""

    what: str
    why: str
    authority: Authority
    line: int


@dataclass(frozen=True, slots=True)
class Promise:
    """Something promised: what, by whom, and by when as far as it is known."""

    when: str
    late: bool
    what: str
    says: str
    authority: Authority
    line: int


def events(names: Names) -> list[Event]:
    """What happens on a known day of the next two years, soonest first."""
    last = names.on + _AHEAD
    found = [event for event in _events(names) if names.on < event.on <= last]
    return sorted(found, key=lambda event: (event.on, event.line))


def _events(names: Names) -> Iterator[Event]:
    a = names.arrangement
    yield from _powers_end(names)
    for agreement in a.agreements.values():
        yield from _terms(agreement)
    for promise in a.duties.values():
        if isinstance(promise.on, date):
            says = duty(promise, names)
            yield Event(promise.on, str(promise.what), says, promise.authority, promise.line)
    for passing in a.successions:
        if isinstance(passing.on, date):
            what = f"{names.listed(passing.to)} takes the place of {names.listed(passing.from_)}"
            yield Event(passing.on, what, "", passing.authority, passing.line)


def _powers_end(names: Names) -> Iterator[Event]:
    """Powers of the same holder that end on the same day, told together."""
    together: dict[tuple[date, tuple[str, ...]], list[Delegation]] = {}
    for row in names.arrangement.delegations.values():
        if isinstance(row.ends, date):
            together.setdefault((row.ends, row.given_to), []).append(row)
    for (ends, takers), rows in together.items():
        who, first = names.the_listed(takers), rows[0]
        many = "A power" if len(rows) == 1 else upper_first(count(len(rows), "power"))
        what = f"{many} of {who} {'ends' if len(rows) == 1 else 'end'}"
        limits = listed(dict.fromkeys(limit(row.limit) for row in rows))
        renewal = f" Renewal: {first.renewal}." if known(first.renewal) else ""
        why = (
            f"{upper_first(limits)}, for {covers(first.covers, names)}. "
            f"From {long_date(ends + timedelta(days=1))} they may no longer be used.{renewal}"
        )
        yield Event(ends, what, why, first.authority, first.line, True)


def _terms(agreement: Agreement) -> Iterator[Event]:
    for term in agreement.known_terms:
        if term.kind is TermKind.OPTION:
            continue  # it gives nothing until a further term exercises it
        said, kind = the(agreement.label), term.kind if known(term.kind) else "term"
        if isinstance(term.ends, date):
            what = (
                f"{upper_first(said)} ends"
                if len(agreement.known_terms) == 1
                else f"A term of {said} ends"
            )
            yield Event(term.ends, what, f"Term: {kind}", term.authority, term.line, True)
        if isinstance(term.starts, date):
            what = (
                f"{upper_first(said)} begins"
                if len(agreement.known_terms) == 1
                else f"A term of {said} begins"
            )
            yield Event(term.starts, what, f"Term: {kind}", term.authority, term.line)


def waiting(names: Names) -> list[Waiting]:
    """What the next step of each proposed agreement waits for."""
    found = []
    for row in names.arrangement.agreements.values():
        if len(each(row.parties)) == 1 or not known(row.before) or not row.before:
            continue
        if state_of(row, names)[0] not in ("Proposed", "Not signed", "Dates not stated"):
            continue
        why = ". ".join(
            f"{BEFORE[stage]}: {listed(condition(one, names) for one in needed)}"
            for stage, needed in row.before.items()  # type: ignore[union-attr]
        )
        found.append(Waiting(row.label, why, row.authority, row.line))
    return found


def promises(names: Names) -> list[Promise]:
    """Every duty, those with a day first and the earliest of them first."""
    rows = sorted(names.arrangement.duties.values(), key=_due)
    return [
        Promise(*_when(row, names.on), str(row.what), duty(row, names), row.authority, row.line)
        for row in rows
    ]


def _due(row: Duty) -> date:
    return row.on if isinstance(row.on, date) else date.max


def _when(row: Duty, on: date) -> tuple[str, bool]:
    if isinstance(row.on, date):
        return long_date(row.on), row.on < on
    if row.every is not None and not known(row.when):
        return (f"Every {row.every}" if known(row.every) else "How often: not stated"), False
    if known(row.when):
        return f"When: {row.when}", False
    return "Day not stated", False
