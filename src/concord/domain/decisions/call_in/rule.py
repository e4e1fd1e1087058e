"""A council's own rule for calling decisions in, as data; no statute sets any of it (LGA 2000 s9F).

Whatever a council's text does not state stays not stated: nothing then happens by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.local_clocks import STAGES, Callers, LocalClock, read_cut_off
from concord.domain.agreements.timetables import days_of
from concord.domain.agreements.words import AppliesTo, Clock
from concord.domain.calendar import NEVER_CLOSED, Closed, Period
from concord.domain.findings import Authority
from concord.domain.language.values import NOT_STATED, NotStated, holds_on

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A time within which a stage of a call-in is dealt with, and whether it lapses if it is not.

    A stage that lapses lets the decision take effect at that moment, with nobody acting.
    """

    within: Period | NotStated = NOT_STATED
    cut_off: time | NotStated | None = None
    lapses: bool | NotStated = NOT_STATED
    authority: Authority = Authority()

    def ends(self, begun: date, closed: Closed) -> datetime | None:
        """The last moment, on the clock on the wall; the whole of its day where no time is set."""
        if isinstance(self.within, NotStated):
            return None
        at = self.cut_off if isinstance(self.cut_off, time) else time.max
        return datetime.combine(self.within.within(begun, closed), at)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallInRule:
    """How one council's decisions are called in: by whom, until when, what follows, who may exempt.

    `grounds` is a closed list where the rule has one; empty, no ground need be given.
    `council_only_outside_framework` keeps the full council for decisions outside the budget and
    policy framework.
    """

    organisation: str
    window: Deadline
    callers: tuple[Callers, ...] | NotStated = NOT_STATED
    meeting: Deadline = Deadline()
    reconsideration: Deadline = Deadline()
    council: Deadline = Deadline()
    grounds: tuple[str, ...] | NotStated = ()
    council_only_outside_framework: bool | NotStated = NOT_STATED
    exempt_by: tuple[str, ...] | NotStated = NOT_STATED
    closed: Closed = NEVER_CLOSED

    @property
    def authority(self) -> Authority:
        return self.window.authority


def call_in_rule(
    arrangement: Arrangement, organisation: str, on: date, key: bool | None = None
) -> CallInRule | None:
    """The rule of a place's text for one council on a day; None where it has no window at all."""
    window = _clock(arrangement, organisation, Clock.CALL_IN_WINDOW, on, key)
    if window is None:
        return None
    meeting, again, council = (_clock(arrangement, organisation, c, on, key) for c in STAGES)
    only = council.only_outside_framework if council else None
    return CallInRule(
        organisation=organisation,
        window=_deadline(window, lapses=True),
        callers=_or_not_stated(window.callers),
        meeting=_stage(meeting, window),
        reconsideration=_stage(again, window),
        council=_stage(council, window),
        grounds=window.grounds,
        council_only_outside_framework=_or_not_stated(only),
        exempt_by=_or_not_stated(window.exempt_by),
        closed=days_of(arrangement.organisations[organisation], on),
    )


def _or_not_stated(value: T | NotStated | None) -> T | NotStated:
    """A key that the text leaves out says no more here than one that it says is not stated."""
    return NOT_STATED if value is None else value


def _stage(row: LocalClock | None, window: LocalClock) -> Deadline:
    """The time for a stage after a call-in; under the window's own clause where it has none."""
    if row is None:
        return Deadline(authority=window.authority)
    return _deadline(row, _or_not_stated(row.lapses))


def _clock(
    arrangement: Arrangement, organisation: str, clock: Clock, on: date, key: bool | None
) -> LocalClock | None:
    for row in arrangement.clocks.values():
        mine = not isinstance(row.of, NotStated) and organisation in row.of
        only_key = row.applies_to is AppliesTo.KEY_DECISIONS and key is False
        holds = holds_on(row.starts, row.ends, on) is not False
        if mine and holds and row.clock is clock and not only_key:
            return row
    return None


def _deadline(row: LocalClock, lapses: bool | NotStated) -> Deadline:
    at = read_cut_off(row.cut_off) if isinstance(row.cut_off, str) else row.cut_off
    return Deadline(within=row.period, cut_off=at, lapses=lapses, authority=row.authority)
