"""The part of docs/not-stated.md on the money: what each place's fund text leaves `not stated`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from concord.documents.not_stated import Silence, key_of, line_of, row_of, title_of
from concord.domain.agreements.reader import Reading
from concord.domain.funds.fund import FundText
from concord.domain.funds.reader import FundReading, read_fund
from concord.domain.language.reading import NotStatedAt

HEADINGS = {
    "head": "The head of the file", "funds": "Funds", "funding": "Funding sources",
    "schemes": "Schemes", "lines": "Lines", "reserves": "Reserves", "contracts": "Contracts",
    "budgets": "Budgets", "contingent": "Contingent contributions", "risk": "Risk rules",
    "apportionments": "Apportionments", "control_totals": "Control totals", "savings": "Savings",
    "pressures": "Pressures", "nil": "Nil", "duties": "Duties", "sources": "Sources",
}  # fmt: skip
_LISTS = ("budgets", "contingent", "risk", "savings")


def fund_silences(reading: FundReading) -> tuple[Silence, ...]:
    """Every silence of a fund text that can be read, in the order of its tables and lines."""
    if reading.fund is None:
        return ()
    found = [_silence(reading.fund, at) for at in reading.not_stated]
    order = list(HEADINGS)
    return tuple(sorted(found, key=lambda s: (order.index(s.table), s.line)))


def _silence(text: FundText, at: NotStatedAt) -> Silence:
    table, *rest = at.path.split(".")
    if table not in HEADINGS or not rest:
        key = "risk share" if table == "risk" else table.replace("_", " ")
        return Silence("head", "", HEADINGS["head"], "", key, at.line)
    part, key = key_of(rest[1:], at.words)
    return Silence(table, rest[0], _called(text, table, rest[0]), part, key, at.line)


def _called(text: FundText, table: str, name: str) -> str:
    """What a row is called by people."""
    if table in _LISTS:
        row = getattr(text, table)[int(name)]
        words = [_said(row, key) for key in ("id_", "fund", "line_", "year", "of")]
        return " ".join(w for w in words if w) or f"{HEADINGS[table]} {int(name) + 1}"
    rows = getattr(text, "sources_" if table == "sources" else table)
    row = rows.get(name)
    label = getattr(row, "label", None) or _said(row, "name")
    return label or name.replace("_", " ")


def _said(row: object, key: str) -> str:
    value = getattr(row, key, None)
    return value.replace("_", " ") if isinstance(value, str) else ""


def money_part(places: Mapping[str, Reading], funds: Mapping[str, FundReading]) -> str:
    """The part of the page, in Markdown; both are by the name of the place's folder."""
    found = {name: fund_silences(reading) for name, reading in funds.items()}
    titles = {name: title_of(name, places[name]) for name in funds}
    parts = "".join(_place(name, titles[name], found[name]) for name in funds)
    return f"\n# The money\n\n{_counts(titles, found)}{parts}"


def _counts(titles: Mapping[str, str], found: Mapping[str, tuple[Silence, ...]]) -> str:
    by_table = {name: Counter(s.table for s in each) for name, each in found.items()}
    tables = [t for t in HEADINGS if any(counts[t] for counts in by_table.values())]
    total = sum(len(each) for each in found.values())
    head = ["Fund text of", *(HEADINGS[t] for t in tables), "All"]
    lines = [f"**{total}** in {len(found)} fund texts.", "", line_of(head)]
    lines.append(line_of(["---"] * len(head)))
    for name, counts in by_table.items():
        numbers = [str(counts[t] or "") for t in tables]
        lines.append(line_of([titles[name], *numbers, str(len(found[name]))]))
    return "\n".join(lines) + "\n"


def _place(name: str, title: str, found: tuple[Silence, ...]) -> str:
    parts = [f"\n## {title}: the money\n\n`places/{name}/fund.toml`: {len(found)}.\n"]
    for table, each in groupby(found, key=lambda s: s.table):
        lines = [f"\n### {HEADINGS[table]}\n", line_of(["Of what", "Not stated", "Lines"])]
        lines.append(line_of(["---"] * 3))
        rows: dict[str, list[Silence]] = {}
        for silence in each:
            rows.setdefault(silence.row, []).append(silence)
        lines += [row_of(silent) for silent in rows.values()]
        parts.append("\n".join(lines) + "\n")
    return "".join(parts)


def read_funds(folder: Path, places: Mapping[str, Reading]) -> dict[str, FundReading]:
    """The fund text of every place that has one and whose arrangement can be read."""
    found: dict[str, FundReading] = {}
    for name, reading in places.items():
        file = folder / name / "fund.toml"
        if file.is_file() and reading.arrangement is not None:
            found[name] = read_fund(file.read_text("utf-8"), reading.arrangement, file.name)
    return found
