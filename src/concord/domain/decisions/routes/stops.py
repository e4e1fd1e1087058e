"""A matter's stops as turns in an order that can be kept; a circle is a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.labels import label, listed
from concord.domain.agreements.membership import seat_of
from concord.domain.decisions.calendar_text import sensible
from concord.domain.decisions.matter import MatterText, Stop
from concord.domain.decisions.words import Purpose
from concord.domain.findings import Finding
from concord.domain.language.values import NotStated


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One stop as the planner needs it.

    `maker` is the body, post or seat whose clocks run; `body` whose calendar is asked, or the post.
    `told_of` are the stops whose outcome its papers must carry; `on` the day the text states.
    """

    id: str
    line: int
    maker: str
    body: str
    label: str
    organisations: tuple[str, ...]
    purpose: Purpose | NotStated
    on: date | None = None
    after: tuple[str, ...] = ()
    told_of: tuple[str, ...] = ()

    @property
    def decides(self) -> bool:
        return self.purpose is Purpose.DECISION


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns, each after those it waits for, with what is wrong with the stops."""

    turns: tuple[Turn, ...]
    findings: tuple[Finding, ...] = ()

    def by_id(self) -> Mapping[str, Turn]:
        return {t.id: t for t in self.turns}

    def before(self, id_: str) -> frozenset[str]:
        """Every stop that comes before this one, near or far."""
        return _ancestors({t.id: t.after for t in self.turns}, id_)


def turns_of(matter: MatterText, arrangement: Arrangement) -> Turns:
    """Every stop that names a body or post known here, in an order that keeps `after`."""
    faults = {n: f for n, s in matter.stops.items() if (f := _fault(n, s, arrangement))}
    stops = {n: s for n, s in matter.stops.items() if n not in faults}
    findings = [*faults.values(), *(f for n, s in stops.items() for f in _odd(n, s, arrangement))]
    waits = {
        n: tuple(dict.fromkeys(a for a in (*_names(s.after), *_names(s.told_of)) if a in stops))
        for n, s in stops.items()
    }
    ordered = _ordered(waits)
    if len(ordered) < len(stops):
        findings.append(_circle(matter, {n: w for n, w in waits.items() if n not in ordered}))
        return Turns((), tuple(findings))
    turns = tuple(_turn(n, stops, waits, arrangement) for n in ordered)
    return Turns(turns, tuple(findings))


def _names(value: tuple[str, ...] | NotStated | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _fault(name: str, stop: Stop, arrangement: Arrangement) -> Finding | None:
    body = stop.body
    if isinstance(body, NotStated):
        says = f"stops.{name}: no body is stated, so it has no place on the route"
        return Finding("route.no_body", stop.line, says, "Name the body that takes it.")
    if not isinstance(body, str) or not _known(body, arrangement):
        says = f"stops.{name}: {body} is not a body or post of this place"
        return Finding("route.no_body", stop.line, says, "Name a body or post of the arrangement.")
    return None


def _odd(name: str, stop: Stop, arrangement: Arrangement) -> Iterator[Finding]:
    """What is set aside of a stop that keeps its place: a day out of reach, a stranger's name."""
    if isinstance(stop.on, date) and not sensible(stop.on):
        says = f"stops.{name}: {stop.on} is in a year out of reach; the day is left open"
        yield Finding("route.odd_day", stop.line, says, "Correct the year.")
    if isinstance(stop.organisation, str) and stop.organisation not in arrangement.organisations:
        says = f"stops.{name}: no organisation is called {stop.organisation}; it is left out"
        remedy = "Name an organisation of the arrangement, or leave it out."
        yield Finding("route.no_organisation", stop.line, says, remedy)


def _known(name: str, arrangement: Arrangement) -> bool:
    a = arrangement
    return name in a.bodies or name in a.posts or seat_of(a, name) is not None


def _ordered(waits: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Names with those each waits for first, otherwise as written; what is in a circle is left."""
    done: dict[str, None] = {}
    left = dict(waits)
    while ready := next((n for n, w in left.items() if all(x in done for x in w)), None):
        done[ready] = None
        del left[ready]
    return list(done)


def _circle(matter: MatterText, waits: Mapping[str, tuple[str, ...]]) -> Finding:
    path = [next(iter(waits))]
    while path.count(path[-1]) == 1:
        path.append(next(w for w in waits[path[-1]] if w in waits))
    circle = path[path.index(path[-1]) :]
    line = max(matter.stops[n].line for n in circle)
    says = f"the route is a circle: {' waits for '.join(circle)}"
    remedy = f'Take one of them out of another\'s "after": {listed(circle[:-1], "or")}.'
    return Finding("route.circular", line, says, remedy)


def _turn(
    name: str, stops: Mapping[str, Stop], waits: Mapping[str, tuple[str, ...]], a: Arrangement
) -> Turn:
    stop = stops[name]
    maker = str(stop.body)
    asked = (stop.organisation,) if str(stop.organisation) in a.organisations else ()
    told = _names(stop.told_of)
    unsaid = stop.told_of is None or isinstance(stop.told_of, NotStated)
    if unsaid and stop.purpose is Purpose.INFORMATION:
        earlier = _ancestors(waits, name)
        told = tuple(n for n in stops if n in earlier and stops[n].purpose is Purpose.DECISION)
    return Turn(
        id=name,
        line=stop.line,
        maker=maker,
        body=maker.partition(".")[0],
        label=label(a, maker),
        organisations=tuple(str(o) for o in asked) or owners_of(a, maker),
        purpose=stop.purpose,
        on=stop.on if isinstance(stop.on, date) and sensible(stop.on) else None,
        after=waits[name],
        told_of=tuple(t for t in told if t in stops),
    )


def _ancestors(waits: Mapping[str, tuple[str, ...]], name: str) -> frozenset[str]:
    found: set[str] = set()
    left = list(waits.get(name, ()))
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += waits.get(one, ())
    return frozenset(found)
