"""What the address asks of the route planner: moved days, tests set aside, a day wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.routes import Way
from concord.domain.decisions.routes.conflicts import Waived
from concord.web.pages import Unreadable
from concord.web.wording import listed

_MOST_DAYS = 90  # of sign-off, supposed as an example


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of the planner beyond the matter's own text."""

    moved: Mapping[str, date] = field(default_factory=dict)
    way: Way = Way.AS_STATED
    wanted: date | None = None
    sign_off: int | None = None
    waived: Mapping[str, Waived] = field(default_factory=dict)

    @property
    def anything(self) -> bool:
        told = self.moved or self.wanted or self.waived or self.sign_off is not None
        return bool(told) or self.way is not Way.AS_STATED

    def fields(
        self, moves: Iterable[tuple[str, date]] = (), waives: Iterable[tuple[str, Waived]] = ()
    ) -> list[tuple[str, str]]:
        """What is asked, with these moves and waivers besides, as the fields of a form."""
        moved = {**self.moved, **dict(moves)}
        found = [(f"move.{stop}", day.isoformat()) for stop, day in moved.items()]
        found += [(f"waive.{s}", str(w)) for s, w in {**self.waived, **dict(waives)}.items()]
        if self.way is not Way.AS_STATED:
            found.append(("way", str(self.way)))
        if self.wanted:
            found.append(("wanted", self.wanted.isoformat()))
        if self.sign_off is not None:
            found.append(("sign_off", str(self.sign_off)))
        return found

    @property
    def query(self) -> str:
        asked = QueryDict(mutable=True)
        for name, value in self.fields():
            asked[name] = value
        return f"?{asked.urlencode()}" if asked else ""


def read_asked(query: QueryDict, text: MatterText) -> Asked:
    """What the address asks; Unreadable where a stop, a day or a number is not one."""
    moved = {stop: _day(said) for stop, said in _of_stops(query, "move.", text)}
    waived = {stop: _waived(said) for stop, said in _of_stops(query, "waive.", text)}
    way = query.get("way", "").strip()
    if way and way not in [str(one) for one in Way]:
        ways = listed([f"“{one}”" for one in Way], "or")
        raise Unreadable(f"“{way[:40]}” is no way of planning.", f"It can be {ways}.")
    wanted, days = query.get("wanted", "").strip(), query.get("sign_off", "").strip()
    return Asked(
        moved, Way(way) if way else Way.AS_STATED, _day(wanted) if wanted else None,
        _number(days), waived,
    )  # fmt: skip


def _of_stops(query: QueryDict, what: str, text: MatterText) -> Iterator[tuple[str, str]]:
    """What the address asks of each stop under that name; Unreadable where there is none."""
    for name in query:
        stop, said = name.removeprefix(what), query[name].strip()
        if stop == name or not said:
            continue
        if stop not in text.stops:
            known = listed(list(text.stops), "or") or "none"
            raise Unreadable(f"The matter has no stop called “{stop[:40]}”.", f"It has {known}.")
        yield stop, said


def _waived(said: str) -> Waived:
    if said not in set(Waived):
        ways = listed([f"“{one}”" for one in Waived], "or")
        raise Unreadable(f"“{said[:40]}” sets no test aside.", f"It can be {ways}.")
    return Waived(said)


def _day(said: str) -> date:
    try:
        day = date.fromisoformat(said.strip())
    except ValueError:
        day = None
    if day is None or not 1974 <= day.year <= 2199:
        says = f"“{said[:40]}” is not a date this page can read."
        raise Unreadable(says, "Write the date as 2026-11-24: year, month, day.")
    return day


def _number(said: str) -> int | None:
    if not said:
        return None
    if not (said.isascii() and said.isdigit()) or len(said) > 2 or int(said) > _MOST_DAYS:
        raise Unreadable(
            f"“{said[:40]}” is not a number of working days.", f"Write 0 to {_MOST_DAYS}."
        )
    return int(said)
