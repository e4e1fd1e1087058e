"""Names in an arrangement: each defined once, each used one known, every rule with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.findings import Finding
from concord.domain.language.reading import Gathered, Reference, unknown_name
from concord.domain.language.source import Path
from concord.domain.language.tables import Row

SHARED = ("organisation", "post", "body")  # these share one namespace


def names_of(arrangement: Arrangement) -> dict[str, set[str]]:
    """Every name a text defines, by the kind of thing it names."""
    a = arrangement
    seats = {f"{b}.{s}" for b, body in a.bodies.items() for s in body.known_seats}
    return {
        "organisation": set(a.organisations),
        "post": set(a.posts),
        "body": set(a.bodies),
        "seat": seats,
        "chair": {f"{b}.chair" for b in a.bodies},
        "function": set(a.functions),
        "agreement": set(a.agreements),
        "delegation": set(a.delegations),
        "source": set(a.sources_),
    }


def name_findings(arrangement: Arrangement, gathered: Gathered) -> Iterator[Finding]:
    """Names used and not defined, names defined twice, rules that reach no source."""
    known = names_of(arrangement)
    for reference in gathered.references:
        yield from _unresolved(reference, known, arrangement)
    yield from _twice(arrangement, known)
    yield from _without_source(arrangement)


def _unresolved(
    reference: Reference, known: dict[str, set[str]], arrangement: Arrangement
) -> Iterator[Finding]:
    kinds = [k for k in reference.kinds if k != "local_seat"]
    possible = set().union(*(known[k] for k in kinds))
    if "local_seat" in reference.kinds:
        body = arrangement.bodies.get(str(reference.path[1]))
        possible |= set(body.known_seats) if body else set()
    unknown = unknown_name(reference, possible)
    if unknown is None:
        return
    elsewhere = [k for k in SHARED if reference.name in known[k]]
    if elsewhere:
        what = " or ".join(dict.fromkeys(k.replace("local_seat", "seat") for k in reference.kinds))
        where = ".".join(str(p) for p in reference.path)
        says = f"{where}: {reference.name} is the name of a {elsewhere[0]}; a {what} is needed"
        unknown = replace(unknown, says=says, remedy=f"Name a {what}.")
    yield unknown


def _twice(arrangement: Arrangement, known: dict[str, set[str]]) -> Iterator[Finding]:
    counts = Counter(name for kind in SHARED for name in known[kind])
    tables = (arrangement.organisations, arrangement.posts, arrangement.bodies)
    for name, times in counts.items():
        if times > 1:
            line = max(table[name].line for table in tables if name in table)
            says = f"{name} names two things among organisations, posts and bodies"
            yield Finding("ref.name_twice", line, says, "Give each a name of its own.")


def _without_source(arrangement: Arrangement) -> Iterator[Finding]:
    for row in _rules(arrangement):
        if not row.sources:
            where = _shown(row.path)
            remedy = "Add source here, in the table around it, or at the head of the file."
            yield Finding("ref.no_source", row.line, f"{where}: this rule names no source", remedy)


def _rules(arrangement: Arrangement) -> Iterator[Row]:
    a = arrangement
    tables: tuple[Mapping[str, Row], ...] = (
        a.organisations, a.functions, a.posts, a.bodies, a.delegations, a.reserved,
        a.rulings, a.agreements, a.clocks, a.duties,
    )  # fmt: skip
    for table in tables:
        yield from table.values()
    yield from a.successions
    for body in a.bodies.values():
        yield from body.known_seats.values()


def _shown(path: Path) -> str:
    return ".".join(str(p) for p in path)
