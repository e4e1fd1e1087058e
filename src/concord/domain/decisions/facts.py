"""What a matter's facts answer: key for whom, which regimes, who may decide, what each stop is for.

Capacity follows from scope and legal form and is never typed (SI 2012/2089 reg 8; LANGUAGE 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.authority import Ruling, who_may_decide
from concord.domain.agreements.capacity import Capacity
from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.keyness import Keyness, is_key
from concord.domain.agreements.labels import label
from concord.domain.agreements.matter import BEFORE
from concord.domain.agreements.timetables import timetable_for
from concord.domain.clocks.facts import Business
from concord.domain.clocks.timetable import Timetable
from concord.domain.decisions.matter import MatterText, Stop, as_matter
from concord.domain.decisions.words import Purpose
from concord.domain.findings import Authority
from concord.domain.language.values import NotStated

NO_DAYS: Mapping[str, date] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class StopFacts:
    """One stop as the law sees it: whose decision, in what capacity, key or not, its clocks."""

    stop: str
    maker: str
    organisation: str
    capacity: str
    says: str
    authority: Authority
    key: Keyness | None
    clocks: Timetable | None


@dataclass(frozen=True, slots=True)
class MatterAnswers:
    """All that the facts answer on a day."""

    ruling: Ruling
    keys: tuple[Keyness, ...]
    stops: tuple[StopFacts, ...]
    without_stop: tuple[str, ...]


def answers(
    text: MatterText, arrangement: Arrangement, on: date, days: Mapping[str, date] = NO_DAYS
) -> MatterAnswers:
    """What a matter's facts answer on that day, asked before anything has happened.

    `days` are the meeting days that a plan gives to stops; without one, the text's own is taken.
    """
    matter = as_matter(text.matter)
    ruling = who_may_decide(arrangement, matter, BEFORE, on)
    keys = (is_key(arrangement, name, matter, on) for name in arrangement.organisations)
    known = tuple(k for k in keys if k is not None)
    stops = tuple(
        _stop(
            s, text, arrangement, ruling, known, days.get(s.id) or _day(s) or on,
            organisation_of(s, arrangement),
        )
        for s in text.stops.values()
    )  # fmt: skip
    return MatterAnswers(ruling, known, stops, tuple(_without_stop(text, arrangement, ruling)))


def by_organisation(
    text: MatterText, arrangement: Arrangement, on: date, days: Mapping[str, date] = NO_DAYS
) -> tuple[StopFacts, ...]:
    """The stops of a matter, those at a joint body once for each partner that decides there."""
    known = answers(text, arrangement, on, days)
    return tuple(
        _stop(
            s, text, arrangement, known.ruling, known.keys, days.get(s.id) or _day(s) or on, whose
        )
        for s in text.stops.values()
        for whose in organisations_at(s, arrangement) or ("",)
    )


def organisation_of(stop: Stop, arrangement: Arrangement) -> str:
    """Whose stop it is: as the text says, or the one organisation that its body belongs to."""
    owners = organisations_at(stop, arrangement)
    return owners[0] if len(owners) == 1 else ""


def organisations_at(stop: Stop, arrangement: Arrangement) -> tuple[str, ...]:
    """Whose stop it is; at a joint body each partner decides its own half."""
    if isinstance(stop.organisation, str):
        return (stop.organisation,)
    return owners_of(arrangement, stop.body) if isinstance(stop.body, str) else ()


def _day(stop: Stop) -> date | None:
    return stop.on if isinstance(stop.on, date) else None


def _stop(
    stop: Stop, text: MatterText, arrangement: Arrangement, ruling: Ruling,
    keys: tuple[Keyness, ...], day: date, organisation: str,
) -> StopFacts:  # fmt: skip
    maker = stop.body if isinstance(stop.body, str) else ""
    key = next((k for k in keys if k.organisation == organisation), None)
    capacity = next((c for c in ruling.capacities if c.body == maker), None)
    word, says, authority = _capacity(stop, capacity)
    clocks = _clocks(text, arrangement, maker, organisation, key, stop, day)
    return StopFacts(
        stop.id, label(arrangement, maker), organisation, word, says, authority, key, clocks
    )


def _capacity(stop: Stop, capacity: Capacity | None) -> tuple[str, str, Authority]:
    if stop.purpose is Purpose.INFORMATION or capacity is None:
        purpose = stop.purpose if isinstance(stop.purpose, Purpose) else "not stated"
        return str(purpose), f"it comes for {purpose}", stop.authority
    return capacity.verb, capacity.says, capacity.authority


def _clocks(
    text: MatterText, arrangement: Arrangement, maker: str, organisation: str,
    key: Keyness | None, stop: Stop, on: date,
) -> Timetable | None:  # fmt: skip
    if not maker or organisation not in arrangement.organisations:
        return None
    kinds = _kinds(text, arrangement, organisation)
    is_key = key.key if key and stop.purpose is Purpose.DECISION else False
    whole = text.matter.private is True
    asked = Business(
        function_kind=kinds[0] if kinds else "",
        key=is_key,
        private=whole or bool(text.exempt),
        in_part=not whole,
    )
    return timetable_for(arrangement, maker, asked, on, organisation=organisation)


def _kinds(text: MatterText, arrangement: Arrangement, organisation: str) -> list[str]:
    names = () if isinstance(text.matter.functions, NotStated) else text.matter.functions
    found = [arrangement.functions[n] for n in names if n in arrangement.functions]
    own = [f for f in found if f.of == organisation] or found
    return [str(f.kind) for f in own if not isinstance(f.kind, NotStated)]


def _without_stop(text: MatterText, arrangement: Arrangement, ruling: Ruling) -> Iterator[str]:
    """The organisations whose half has to be decided and for which no stop decides."""
    deciding = {
        organisation
        for s in text.stops.values()
        if s.purpose is Purpose.DECISION
        for organisation in organisations_at(s, arrangement)
    }
    for half in ruling.halves:
        if half.organisation and half.organisation not in deciding:
            yield half.organisation
