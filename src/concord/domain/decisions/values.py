"""Live references in a report's text, so that a name, a date or a figure is typed once.

`{body:board}` stands for the body's name as the arrangement has it; a reference to nothing is left
as it stands and is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label, on_day
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.words import Nature
from concord.domain.language.reading import nearest
from concord.domain.language.values import NotStated
from concord.domain.money import pounds

REFERENCE = re.compile(r"\{([a-z_]+):([^{}\n]{1,80})\}")
SILENT = "not stated"


@dataclass(frozen=True, slots=True)
class Dangling:
    """A reference to something that does not exist, with the nearest that does."""

    reference: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Values:
    """What each reference stands for; `parts` are the numbers of parts in the format at hand."""

    known: Mapping[str, Mapping[str, str]]
    parts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, kind: str, name: str) -> str | None:
        return self.parts.get(name) if kind == "part" else self.known.get(kind, {}).get(name)

    def numbered(self, parts: Mapping[str, str]) -> Values:
        """The same values with the numbers that parts have in one format."""
        return Values(self.known, parts)


def values_of(text: MatterText, arrangement: Arrangement) -> Values:
    """Every value that a matter's report may refer to."""
    a = arrangement
    # Each kind from its own table: a function and an agreement may go by one name.
    known: dict[str, Mapping[str, str]] = {
        "body": {n: row.label for n, row in a.bodies.items()},
        "organisation": {n: row.label for n, row in a.organisations.items()},
        "post": {n: row.label for n, row in a.posts.items()},
        "agreement": {n: row.label for n, row in a.agreements.items()},
        "function": {n: row.label for n, row in a.functions.items()},
    }
    known["clause"] = {n: d.clause for n, d in a.delegations.items()}
    known["date"] = {n: _day(s.on) for n, s in text.stops.items()}
    known["stop"] = {n: _stop(a, str(s.body), _day(s.on)) for n, s in text.stops.items()}
    known["money"] = dict(_money(text))
    return Values(known)


def _day(day: object) -> str:
    return on_day(day) if isinstance(day, date) else SILENT


def _stop(arrangement: Arrangement, body: str, day: str) -> str:
    return f"{label(arrangement, body)} on {day}"


def _money(text: MatterText) -> Iterator[tuple[str, str]]:
    """Sums by nature, line, year and both; what is spent never adds to what is saved.

    A name that stands for several natures is what it costs, else what it saves, else what it brings
    in; `saving 2025/26` asks for one of them.
    """
    sums = _sums(text)
    for (nature, name), pence in sums.items():
        told = SILENT if pence is None else pounds(pence)
        yield f"{nature} {name}".strip(), told
    names = dict.fromkeys(name for _, name in sums)
    for name in names:
        nature = next(n for n in Nature if (n, name) in sums)
        pence = sums[nature, name]
        yield name or "total", SILENT if pence is None else pounds(pence)


def _sums(text: MatterText) -> dict[tuple[Nature, str], int | None]:
    """The sum of each nature under each name; None where one of its amounts is not stated."""
    amounts = () if isinstance(text.matter.amounts, NotStated) else text.matter.amounts
    sums: dict[tuple[Nature, str], int | None] = {}
    for row in amounts:
        nature = row.nature if isinstance(row.nature, Nature) else Nature.COST
        for name in _names(row.line_, row.year):
            before = sums.get((nature, name), 0)
            if before is None or isinstance(row.amount, NotStated):
                sums[nature, name] = None
            else:
                sums[nature, name] = before + row.amount
    return sums


def _names(line: object, year: object) -> tuple[str, ...]:
    said = [v for v in (line, year) if isinstance(v, str)]
    return ("", *said, *((" ".join(said),) if len(said) > 1 else ()))


def fill(text: str, values: Values) -> tuple[str, tuple[Dangling, ...]]:
    """The text with every reference replaced, and those that refer to nothing."""
    dangling: list[Dangling] = []

    def one(found: re.Match[str]) -> str:
        value = values.of(found[1], found[2])
        if value is None:
            dangling.append(Dangling(found[0], _remedy(found[1], found[2], values)))
            return found[0]
        return value

    return REFERENCE.sub(one, text), tuple(dangling)


def _remedy(kind: str, name: str, values: Values) -> str:
    if kind == "part":
        return nearest(name, sorted(values.parts)) if values.parts else "Give the part an id."
    if kind not in values.known:
        return nearest(kind, sorted([*values.known, "part"]))
    known = sorted(values.known[kind])
    return nearest(name, known) if known else f"The text defines no {kind}."
