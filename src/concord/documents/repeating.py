"""The days of an iCalendar entry that repeats by a rule (RFC 5545, 3.8.5), within bounds.

A rule without an end, or one that goes on for longer, is read for three years from its first day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar.prop import vRecur

HERE = ZoneInfo("Europe/London")
OFTEN = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
FOR = timedelta(days=3 * 366)
MOST = 1_200  # days of one entry


@dataclass(frozen=True, slots=True)
class Repeated:
    """The days on which an entry falls; `cut` where its rule goes on for longer than is read."""

    starts: tuple[datetime, ...] = ()
    cut: bool = False
    unreadable: str = ""


def repeated(event: Mapping[str, object], start: date) -> Repeated:
    """Each start of the entry, at the local time of the first; none where the rule has a fault."""
    rule = event.get("RRULE")
    if not isinstance(rule, vRecur):
        return Repeated(unreadable="it has more than one rule")
    often = [str(one).upper() for one in rule.get("FREQ", [])]
    if len(often) != 1 or often[0] not in OFTEN:
        return Repeated(unreadable="its rule repeats more often than daily, or does not say")
    first = local(start)
    last = first + FOR
    until = next((local(day, ends=True) for day in rule.get("UNTIL", [])), None)
    bounded = vRecur({**rule})
    bounded.pop("UNTIL", None)
    counted = bounded.pop("COUNT", None)
    bounded["UNTIL"] = min(until, last) if until else last
    try:
        found = list(islice(rrulestr(bounded.to_ical().decode(), dtstart=first), MOST))
    except (ValueError, TypeError, OverflowError, AttributeError) as fault:
        return Repeated(unreadable=f"its rule cannot be read: {str(fault)[:80]}")
    if not found:
        return Repeated(unreadable="its rule gives no day")
    if counted and len(found) >= int(counted[0]):
        return Repeated(_kept(event, found[: int(counted[0])]))
    more = until is None or until > last
    return Repeated(_kept(event, found), cut=more)


def _kept(event: Mapping[str, object], found: list[datetime]) -> tuple[datetime, ...]:
    """Those that the entry does not take out (EXDATE), a day at a time."""
    given = event.get("EXDATE")
    rows = given if isinstance(given, list) else [given] if given is not None else []
    out = {local(one.dt).date() for row in rows for one in getattr(row, "dts", ())}
    return tuple(one for one in found if one.date() not in out)


def local(day: date, *, ends: bool = False) -> datetime:
    """A day or a moment as local time without a zone, so that 14:00 stays 14:00 in summer."""
    if not isinstance(day, datetime):
        return datetime.combine(day, time(23, 59) if ends else time())
    return (day.astimezone(HERE) if day.tzinfo else day).replace(tzinfo=None)
