"""How long a draft takes to be signed off before its papers go out, and so when it is due.

The report's own sign-offs come first, then the calendar's days for the organisation, then what
whoever asks sets as an example. A sign-off that cannot be delegated waits for the person in post.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label
from concord.domain.agreements.timetables import days_of
from concord.domain.calendar import NEVER_CLOSED, Closed, working_day
from concord.domain.decisions.calendars import Calendars
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.report import Report, SignOff
from concord.domain.decisions.routes.stops import Turn
from concord.domain.decisions.words import SignOffMode


@dataclass(frozen=True, slots=True)
class Leg:
    """One sign-off: so many working days of its own, before or beside the others."""

    role: str
    days: int
    closed: Closed = NEVER_CLOSED
    order: int = 0


@dataclass(frozen=True, slots=True)
class SignOffs:
    """The sign-offs before the papers of a stop; `example` says that the days were only supposed.

    `not_stated` names those whose days nobody has stated, which are counted as none.
    """

    legs: tuple[Leg, ...] = ()
    not_stated: tuple[str, ...] = ()
    example: bool = False
    says: str = "no days for sign-off are stated"

    def draft_due(self, signed_off_by: date) -> date:
        """The day the draft must be there so that every sign-off has its days."""
        day = signed_off_by
        for _, legs in groupby(sorted(self.legs, key=lambda g: -g.order), key=lambda g: g.order):
            day = min(working_day(day, -leg.days, leg.closed) for leg in legs)
        return day


def sign_offs_of(
    matter: MatterText,
    arrangement: Arrangement,
    calendars: Calendars,
    turn: Turn,
    on: date,
    days: int | None = None,
) -> SignOffs:
    """The sign-offs that the papers of a stop on that day wait for; `days` sets an example."""
    closed = {o: _closed(arrangement, o, on) for o in turn.organisations}
    shared = next(iter(closed.values()), NEVER_CLOSED)
    if days is not None:
        says = f"{_working(days)} for sign-off, as an example"
        return SignOffs((Leg("sign-off", days, shared),) if days else (), (), True, says)
    if isinstance(matter.report, Report) and isinstance(matter.report.sign_offs, tuple):
        rows = [s for s in matter.report.sign_offs if not isinstance(s.signed, date)]
        if rows:
            mode = matter.report.sign_off_mode
            asked = [(row, _of_post(row, arrangement, calendars, shared, on)) for row in rows]
            return _of_report(asked, mode is SignOffMode.IN_ORDER)
    legs = []
    for organisation in turn.organisations:
        row = calendars.days_to_sign(organisation)
        if row and isinstance(row.days, int):
            name = label(arrangement, organisation)
            legs.append(Leg(name, row.days, closed[organisation]))
    said = "; ".join(f"{leg.role}: {_working(leg.days)} for sign-off" for leg in legs)
    return SignOffs(tuple(legs), says=said) if legs else SignOffs()


def _of_report(rows: Iterable[tuple[SignOff, Closed]], in_order: bool) -> SignOffs:
    legs, silent = [], []
    for number, (row, closed) in enumerate(rows):
        if not isinstance(row.days, int):
            silent.append(row.role)
            continue
        order = (row.order or number + 1) if in_order else 0
        legs.append(Leg(row.role, row.days, closed, order))
    total = sum(leg.days for leg in legs) if in_order else max((g.days for g in legs), default=0)
    how = "one after another" if in_order else "side by side"
    says = f"{_working(total)} for sign-off, {how}" if legs else "no days for sign-off are stated"
    if silent:
        says += f"; days not stated: {', '.join(silent)}"
    return SignOffs(tuple(legs), tuple(silent), says=says)


def _of_post(
    row: SignOff, a: Arrangement, calendars: Calendars, shared: Closed, on: date
) -> Closed:
    """The days on which this one cannot be signed: a person who must sign alone may be away."""
    if not isinstance(row.post, str) or row.post not in a.posts:
        return shared
    owner = a.posts[row.post].of
    closed = _closed(a, owner, on) if isinstance(owner, str) else shared
    if row.delegable is not False:
        return closed
    return Closed(closed.days | calendars.closed_days(row.post), closed.yearly, closed.works_on)


def _closed(arrangement: Arrangement, organisation: str, on: date) -> Closed:
    owner = arrangement.organisations.get(organisation)
    return days_of(owner, on) if owner else NEVER_CLOSED


def _working(days: int) -> str:
    return f"{days} working day{'' if days == 1 else 's'}"
