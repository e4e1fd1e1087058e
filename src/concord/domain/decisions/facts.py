"""What a matter's facts answer: key for whom, which regimes, who may decide, what each stop is for.

Capacity follows from scope and legal form and is never typed (SI 2012/2089 reg 8; LANGUAGE 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.authority import Half, Ruling, who_may_decide
from concord.domain.agreements.capacity import DECIDE, NOTE, capacity_of
from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.keyness import Keyness, is_key
from concord.domain.agreements.labels import label
from concord.domain.agreements.matter import BEFORE
from concord.domain.agreements.membership import now_called
from concord.domain.agreements.timetables import timetable_for
from concord.domain.clocks.facts import Business
from concord.domain.clocks.timetable import Timetable
from concord.domain.decisions.matter import MatterText, Stop, as_matter
from concord.domain.decisions.words import Purpose
from concord.domain.findings import Answer, Authority, Verdict
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
    word, says, authority = _capacity(stop, maker, text, arrangement, ruling, organisation)
    clocks = _clocks(text, arrangement, maker, organisation, key, stop, day)
    return StopFacts(
        stop.id, label(arrangement, maker), organisation, word, says, authority, key, clocks
    )


def _capacity(
    stop: Stop, maker: str, text: MatterText, arrangement: Arrangement, ruling: Ruling,
    organisation: str,
) -> tuple[str, str, Authority]:  # fmt: skip
    """In what capacity a body or post takes its own organisation's part of a matter, and why."""
    if stop.purpose is Purpose.INFORMATION or not maker:
        purpose = stop.purpose if isinstance(stop.purpose, Purpose) else "not stated"
        return str(purpose), f"it comes for {purpose}", stop.authority
    own = _own_functions(text, arrangement, organisation, ruling.on)
    deciding = _deciding(h for h in ruling.halves if h.function in own)
    body = arrangement.bodies.get(maker)
    if body is not None:
        matter = replace(ruling.matter, functions=own)
        found = capacity_of(arrangement, body, matter, deciding, ruling.on)
        return found.verb, found.says, found.authority
    if maker in deciding and deciding[maker].answer >= Answer.NEEDS:
        return DECIDE, "it may decide this", stop.authority
    return NOTE, "no power over this has been given to it", stop.authority


def _own_functions(
    text: MatterText, arrangement: Arrangement, organisation: str, on: date
) -> tuple[str, ...]:
    """The matter's functions that are the organisation's; all of them where none is."""
    names = () if isinstance(text.matter.functions, NotStated) else text.matter.functions
    own = tuple(
        n
        for n in names
        if (f := arrangement.functions.get(n)) and isinstance(f.of, str)
        if organisation in (f.of, *now_called(arrangement, f.of, on))
    )
    return own or names


def _deciding(halves: Iterable[Half]) -> dict[str, Verdict]:
    """The verdict on each maker: its best route in a half, the worst of the halves it is in."""
    found: dict[str, Verdict] = {}
    for half in halves:
        best: dict[str, Verdict] = {}
        for option in half.options:
            best.setdefault(option.maker, option.verdict)
        for maker, verdict in best.items():
            found[maker] = min(found.get(maker, verdict), verdict, key=lambda v: v.answer)
    return found


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
