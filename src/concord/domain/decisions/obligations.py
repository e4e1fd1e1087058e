"""Promises made in reports, followed until they are met (docs/matters.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concord.domain.decisions.matter import Promise
from concord.domain.findings import Authority
from concord.domain.language.values import NotStated


class State(StrEnum):
    """Where a promise stands on a day."""

    MET = "met"
    OVERDUE = "overdue"
    OPEN = "open"
    NO_DAY = "open, with no day"


@dataclass(frozen=True, slots=True)
class Obligation:
    """A promise as it stands on a day: whose, to whom, by when, how late in calendar days."""

    id: str
    matter: str
    what: str
    owner: str | None
    to: str | None
    by: date | None
    words: str
    state: State
    days_late: int
    authority: Authority
    line: int


def obligation(promise: Promise, matter: str, on: date, met_on: date | None = None) -> Obligation:
    """A promise on a day; `met_on` is the day it was recorded as met, else the text's own."""
    by = _last(promise)
    met = met_on or (promise.met if isinstance(promise.met, date) else None)
    if met and met <= on:
        state = State.MET
    elif by is None:
        state = State.NO_DAY
    else:
        state = State.OVERDUE if on > by else State.OPEN
    late = (on - by).days if state is State.OVERDUE and by else 0
    return Obligation(
        promise.id, matter, promise.what, _name(promise.owner), _name(promise.to), by,
        _words(promise), state, late, promise.authority, promise.line,
    )  # fmt: skip


def open_first(found: Iterable[Obligation]) -> tuple[Obligation, ...]:
    """Overdue ones first and the longest overdue before the rest; those that were met last."""
    order = {State.OVERDUE: 0, State.OPEN: 1, State.NO_DAY: 2, State.MET: 3}
    return tuple(sorted(found, key=lambda o: (order[o.state], o.by or date.max, o.id)))


def _last(promise: Promise) -> date | None:
    """The last day on which it is still in time; a bound counts, a day not stated has none."""
    if isinstance(promise.by, NotStated):
        return promise.by.latest
    return promise.by


def _name(value: str | NotStated | None) -> str | None:
    return value if isinstance(value, str) else None


def _words(promise: Promise) -> str:
    if promise.words_:
        return promise.words_
    return promise.by.words if isinstance(promise.by, NotStated) else ""
