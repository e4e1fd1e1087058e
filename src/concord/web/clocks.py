"""Whether a matter is key, and the clocks that would run for a decision, beside who may take it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from concord.domain.agreements.authority import Half, Ruling
from concord.domain.agreements.keyness import Keyness, is_key
from concord.domain.agreements.timetables import timetable_for, whose_clocks
from concord.domain.clocks.facts import Business
from concord.domain.clocks.steps import Step
from concord.domain.clocks.timetable import Timetable
from concord.domain.findings import Answer
from concord.web.naming import Names

_MOST_MAKERS = 2  # of one half; the clocks of the others are the same or are asked for by name


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of one decision: who takes it, whether it is key, and each day that is owed."""

    maker: str
    side: str
    key: Keyness | None
    regime: str
    days: tuple[tuple[date, tuple[Step, ...]], ...]
    not_stated: tuple[str, ...]

    @property
    def first(self) -> date | None:
        """The first day on which something is due."""
        return self.days[0][0] if self.days else None


def clocks_of(ruling: Ruling, names: Names) -> list[Clocks]:
    """The clocks of everyone who may decide, or might; nobody decides on no clock unsaid."""
    return [one for half in ruling.halves for one in _of_half(half, ruling, names)]


def _of_half(half: Half, ruling: Ruling, names: Names) -> Iterable[Clocks]:
    makers = [o for o in half.options if o.verdict.answer > Answer.REFUSED]
    kind = names.arrangement.functions[half.function].kind
    seen: set[str] = set()
    for option in makers:
        if option.maker in seen or len(seen) >= _MOST_MAKERS:
            continue
        seen.add(option.maker)
        a = names.arrangement
        whose = whose_clocks(a, half.organisation, option.maker, option.chain.lead)
        key = is_key(a, whose, ruling.matter, ruling.on)
        business = Business(function_kind=str(kind), key=key.key if key else None)
        table = timetable_for(a, option.maker, business, ruling.on, organisation=whose)
        yield _shown(option.label, key, table, names.side(whose))


def _shown(maker: str, key: Keyness | None, table: Timetable, side: str) -> Clocks:
    days: dict[date, list[Step]] = {}
    for step in table.steps:
        if isinstance(step.day, date):
            days.setdefault(step.day, []).append(step)
    return Clocks(
        maker=maker,
        side=side,
        key=key,
        regime=table.regime.why,
        days=tuple((day, tuple(steps)) for day, steps in sorted(days.items())),
        not_stated=table.not_stated,
    )


def as_data(clocks: Iterable[Clocks]) -> list[dict[str, object]]:
    """The clocks for a machine."""
    return [
        {
            "maker": one.maker,
            "key": one.key.key if one.key else None,
            "key_because": one.key.says if one.key else None,
            "steps": [step.to_data() for _, steps in one.days for step in steps],
            "not_stated": one.not_stated,
        }
        for one in clocks
    ]
