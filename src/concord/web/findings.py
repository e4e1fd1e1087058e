"""What was found in a place's text, and everything that it leaves not stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from concord.domain.agreements.checks import findings_on
from concord.domain.findings import Weight
from concord.domain.language.reading import NotStatedAt
from concord.web.naming import Names, spoken
from concord.web.pages import Page, page
from concord.web.places import opened
from concord.web.wording import worst_first


@page("findings/findings.html", of="findings")
def findings(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    found = worst_first(it.reading.findings)
    must = [one for one in found if one.weight is Weight.GRAVE]
    of_day = findings_on(it.arrangement, it.on)
    return it.page(
        "Findings",
        {"findings": found, "of_day": of_day, "not_stated": it.reading.not_stated},
        must=must,
        look=[one for one in found if one.weight is not Weight.GRAVE],
        by_table=by_table(it.reading.not_stated, it.names),
        twin=reverse("findings.json", args=[place]) + it.asked,
    )


@dataclass(frozen=True, slots=True)
class Silent:
    """Everything that one row leaves not stated: its name, and each key with its line."""

    name: str
    keys: tuple[tuple[str, int, str], ...]


def by_table(silences: Iterable[NotStatedAt], names: Names) -> list[tuple[str, int, list[Silent]]]:
    """The silences of a text under the table and the row in which they stand."""
    tables: dict[str, dict[str, list[tuple[str, int, str]]]] = {}
    for one in silences:
        table, _, rest = one.path.partition(".")
        row, _, keys = rest.partition(".")
        said = (in_words(keys or row), one.line, one.words)
        tables.setdefault(table, {}).setdefault(
            _named(table, row if keys else "", names), []
        ).append(said)
    return [
        (
            table,
            sum(map(len, rows.values())),
            [Silent(name, tuple(keys)) for name, keys in rows.items()],
        )
        for table, rows in tables.items()
    ]


def _named(table: str, row: str, names: Names) -> str:
    """What a row is called; a promise by what it promises, a row without a name by its number."""
    if not row:
        return in_words(table)
    if row.isdigit():
        return f"No.\u00a0{int(row) + 1}"
    rows = getattr(names.arrangement, table, {})
    found = rows.get(row) if isinstance(rows, Mapping) else None
    told = getattr(found, "what", None) if table == "duties" else getattr(found, "label", None)
    return told if isinstance(told, str) else in_words(row)


def in_words(keys: str) -> str:
    """`seats.lead_officers.number` as `seats, lead officers, number`; counting begins at one."""
    parts = [
        f"no.\u00a0{int(key) + 1}" if key.isdigit() else spoken(key) for key in keys.split(".")
    ]
    return ", ".join(parts)
