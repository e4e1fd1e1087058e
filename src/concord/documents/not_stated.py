"""docs/not-stated.md: what the text of each place leaves `not stated`, by place and by table.

`python -m concord.documents.not_stated > docs/not-stated.md` prints it for `places/`; a folder of
other places may be named. It rests on `Reading.not_stated` alone and adds nothing.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label, listed
from concord.domain.agreements.reader import Reading, read_arrangement
from concord.domain.language.reading import NotStatedAt
from concord.domain.language.tables import Row
from concord.domain.language.values import NotStated

HEADINGS = {
    "place": "The place", "sources": "Sources", "organisations": "Organisations",
    "successions": "Successions", "functions": "Functions", "posts": "Posts", "bodies": "Bodies",
    "delegations": "Powers given", "reserved": "What is kept", "rulings": "Rulings",
    "agreements": "Agreements", "clocks": "Local clocks", "duties": "Duties",
    "modes": "Local modes",
}  # fmt: skip
_OPENING = """# What the texts leave not stated

`"not stated"` is an answer: somebody looked, and the source is silent. An answer of Concord that
depends on one says so. This page lists every one of them, to be taken to whoever keeps the adopted
text. It is made by `python -m concord.documents.not_stated > docs/not-stated.md`; a number in
brackets is the line of `arrangement.toml`.
"""


@dataclass(frozen=True, slots=True)
class Silence:
    """One thing that a text does not state: in which table, of what, which of its keys, where."""

    table: str
    of: str
    what: str
    line: int

    def __str__(self) -> str:
        return f"{self.what} ({self.line})"


def silences(reading: Reading) -> tuple[Silence, ...]:
    """Every silence of a text that can be read, in the order of its tables and lines."""
    if reading.arrangement is None:
        return ()
    found = (_silence(reading.arrangement, at) for at in reading.not_stated)
    order = list(HEADINGS)
    return tuple(sorted(found, key=lambda s: (order.index(s.table), s.line, s.what)))


def _silence(arrangement: Arrangement, at: NotStatedAt) -> Silence:
    table, *rest = at.path.split(".")
    if table == "place":
        return Silence(table, arrangement.place.name, _key(rest, at.words), at.line)
    if not rest or table not in HEADINGS:
        return Silence(table if table in HEADINGS else "place", "", at.path, at.line)
    name, *key = rest
    return Silence(table, _called(arrangement, table, name), _key(key, at.words), at.line)


def _key(path: list[str], words: str) -> str:
    """`seats, members: substitutes`; a day that is not stated but bounded keeps its bound."""
    parts = [f"no. {int(p) + 1}" if p.isdigit() else p.replace("_", " ") for p in path]
    parts = [p for p in parts if p != "is"] or ["all of it"]
    bound = words.removeprefix("not stated").lstrip(", ")
    return ": ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) + (
        f", known to be {bound}" if bound.startswith("below") else f", known: {bound}" * bool(bound)
    )


def _called(arrangement: Arrangement, table: str, name: str) -> str:
    """What a row is called by people: its label, or a sentence made of what it names."""
    if table == "successions":
        row = arrangement.successions[int(name)]
        return f"{_all(arrangement, row.from_)} to {_all(arrangement, row.to)}"
    field = "sources_" if table == "sources" else table
    rows: Mapping[str, Row] = getattr(arrangement, field)
    return _row_called(arrangement, table, rows[name]) if name in rows else name


def _row_called(arrangement: Arrangement, table: str, row: Row) -> str:
    match table:
        case "delegations":
            giver, to = (getattr(row, key) for key in ("from_", "to"))
            return f"{_all(arrangement, giver)} to {_all(arrangement, to)} (`{row.id}`)"
        case "reserved":
            return f"{_all(arrangement, row.held_by)} (`{row.id}`)"
        case "clocks":
            return f"{_all(arrangement, row.of)}: {row.id.replace('_', ' ')}"
    for key in ("label", "what", "title"):
        value = getattr(row, key, None)
        if isinstance(value, str):
            return value
    return row.id.replace("_", " ")


def _all(arrangement: Arrangement, names: tuple[str, ...] | str | NotStated) -> str:
    if isinstance(names, NotStated):
        return "someone not stated"
    each = (names,) if isinstance(names, str) else names
    return listed([label(arrangement, n) for n in each])


def not_stated_document(readings: Mapping[str, Reading]) -> str:
    """The whole page, in Markdown; each reading is by the name of its place's folder."""
    found = {name: silences(reading) for name, reading in readings.items()}
    places = "".join(_place(name, readings[name], found[name]) for name in readings)
    return f"{_OPENING}\n{_counts(readings, found)}{places}"


def _counts(readings: Mapping[str, Reading], found: Mapping[str, tuple[Silence, ...]]) -> str:
    """How many, by place and by table; tables without any are left out."""
    by_table = {name: Counter(s.table for s in each) for name, each in found.items()}
    tables = [t for t in HEADINGS if any(counts[t] for counts in by_table.values())]
    total = sum(len(each) for each in found.values())
    head = ["place", *(HEADINGS[t].lower() for t in tables), "all"]
    lines = [f"{total} in {len(found)} texts.", "", _line(head), _line(["---"] * len(head))]
    for name, counts in by_table.items():
        link = f"[{_title(name, readings[name])}](#{_title(name, readings[name]).lower()})"
        numbers = [str(counts[t] or "") for t in tables]
        lines.append(
            _line([link.replace(" ", "-") if False else link, *numbers, str(len(found[name]))])
        )
    return "\n".join(lines) + "\n"


def _title(name: str, reading: Reading) -> str:
    place = reading.arrangement.place if reading.arrangement else None
    title = place.name if place and isinstance(place.name, str) else name
    return f"{title} (fictional)" if place and place.fictional is True else title


def _place(name: str, reading: Reading, found: tuple[Silence, ...]) -> str:
    parts = [f"\n## {_title(name, reading)}\n\n`places/{name}/arrangement.toml`: {len(found)}.\n"]
    for table, each in groupby(found, key=lambda s: s.table):
        rows = _by_thing(each)
        lines = [f"\n### {HEADINGS[table]}\n", _line(["", "not stated"]), _line(["---"] * 2)]
        lines += [_line([of, "; ".join(str(s) for s in what)]) for of, what in rows]
        parts.append("\n".join(lines) + "\n")
    return "".join(parts)


def _by_thing(found: Iterator[Silence]) -> Iterator[tuple[str, list[Silence]]]:
    for of, each in groupby(found, key=lambda s: s.of):
        yield of, list(each)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def read_places(folder: Path) -> dict[str, Reading]:
    """Every place of a folder, by the name of its own folder."""
    texts = sorted(folder.glob("*/arrangement.toml"))
    return {t.parent.name: read_arrangement(t.read_text("utf-8"), t.name) for t in texts}


if __name__ == "__main__":
    places = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("places")
    print(not_stated_document(read_places(places)), end="")
