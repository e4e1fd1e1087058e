"""docs/not-stated.md: what the text of each place leaves `not stated`, by place and by table.

`python -m concord.documents.not_stated > docs/not-stated.md` prints it for `places/`; a folder of
other places may be named. It rests on `Reading.not_stated` alone and adds nothing.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from concord.domain.agreements.arrangement import (
    Agreement,
    Arrangement,
    Delegation,
    Duty,
    Function,
    Organisation,
    Post,
    Reserved,
    SourceText,
)
from concord.domain.agreements.bodies import Body
from concord.domain.agreements.labels import label, listed
from concord.domain.agreements.local_clocks import LocalClock
from concord.domain.agreements.reader import Reading, read_arrangement
from concord.domain.language.reading import NotStatedAt
from concord.domain.language.tables import Row
from concord.domain.language.values import NotStated
from concord.domain.places.place import Place

HEADINGS = {
    "head": "The head of the file", "place": "The place", "sources": "Sources",
    "organisations": "Organisations",
    "successions": "Successions", "functions": "Functions", "posts": "Posts", "bodies": "Bodies",
    "delegations": "Powers given", "reserved": "What is kept", "rulings": "Rulings",
    "agreements": "Agreements", "clocks": "Local clocks", "duties": "Duties",
    "modes": "Local modes",
}  # fmt: skip
_ONE_OF = {
    "held_by": "holder", "terms": "term", "disputes": "dispute step", "seats": "seat",
    "not_covered": "people not covered", "callers": "callers", "remit": "remit",
}  # fmt: skip
_OPENING = """# What the texts leave not stated

`"not stated"` is an answer: somebody looked, and the source is silent. An answer of Concord that
depends on one says so. This page lists every one of them, to be taken to whoever keeps the adopted
text. A day that is not stated but bounded has its bounds beside it. The lines are those of each
place's `arrangement.toml`; what its `fund.toml` leaves not stated comes after, under *The money*.

It is made by `python -m concord.documents.not_stated > docs/not-stated.md`, and a test keeps it
true.
"""


@dataclass(frozen=True, slots=True)
class Silence:
    """One thing that a text does not state: in which table, of what, which of its keys, where.

    `row` tells two things of one name apart; `part` is the inner table the key is in, if any.
    """

    table: str
    row: str
    of: str
    part: str
    key: str
    line: int


def silences(reading: Reading) -> tuple[Silence, ...]:
    """Every silence of a text that can be read, in the order of its tables and lines."""
    if reading.arrangement is None:
        return ()
    found = [_silence(reading.arrangement, at) for at in reading.not_stated]
    order = list(HEADINGS)
    first = {(s.table, s.row): s.line for s in sorted(found, key=lambda s: s.line, reverse=True)}
    return tuple(
        sorted(found, key=lambda s: (order.index(s.table), first[s.table, s.row], s.row, s.line))
    )


def _silence(arrangement: Arrangement, at: NotStatedAt) -> Silence:
    table, *rest = at.path.split(".")
    if table not in HEADINGS:
        table, rest = "head", [table]
    name, path = ("", rest) if table in ("head", "place") or not rest else (rest[0], rest[1:])
    part, key = key_of(path, at.words)
    return Silence(table, name, _called(arrangement, table, name), part, key, at.line)


def key_of(path: list[str], words: str) -> tuple[str, str]:
    """The inner table and the key: `seat members` and `substitutes`; a bound stays beside it."""
    path = [p for p in path if p != "is"]
    *outer, last = path or ["all of it"]
    if last.isdigit() and outer:
        *outer, last = outer
    parts = [str(int(p) + 1) if p.isdigit() else _ONE_OF.get(p, p.replace("_", " ")) for p in outer]
    bound = words.removeprefix("not stated").lstrip(", ")
    key = f"“{last}”" if "," in last else last.replace("_", " ")
    return " ".join(parts), key + (f" ({bound})" if bound else "")


def _called(arrangement: Arrangement, table: str, name: str) -> str:
    """What a row is called by people: its label, or a sentence made of what it names."""
    if table == "place":
        return _place_name(arrangement) or "The place"
    if not name:
        return HEADINGS[table]
    if table == "successions":
        row = arrangement.successions[int(name)]
        return f"{_all(arrangement, row.from_)} to {_all(arrangement, row.to)}"
    field = "sources_" if table == "sources" else table
    rows: Mapping[str, Row] = getattr(arrangement, field)
    return _row_called(arrangement, rows[name]) if name in rows else name


def _row_called(arrangement: Arrangement, row: Row) -> str:
    match row:
        case Delegation():
            giver, to = _all(arrangement, row.from_), _all(arrangement, row.to)
            return f"{giver} to {to} (`{row.id}`)"
        case Reserved():
            return f"{_all(arrangement, row.held_by)} (`{row.id}`)"
        case LocalClock():
            return f"{_all(arrangement, row.of)}: {row.id.replace('_', ' ')}"
        case Duty():
            return row.id.replace("_", " ") if isinstance(row.what, NotStated) else row.what
        case SourceText() if isinstance(row.title, str):
            return row.title
        case Organisation() | Function() | Post() | Body() | Agreement():
            return row.label
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
    head = ["Place", *(HEADINGS[t] for t in tables), "All"]
    lines = [f"**{total}** in {len(found)} texts.", "", line_of(head), line_of(["---"] * len(head))]
    for name, counts in by_table.items():
        title = title_of(name, readings[name])
        numbers = [str(counts[t] or "") for t in tables]
        lines.append(line_of([f"[{title}](#{_anchor(title)})", *numbers, str(len(found[name]))]))
    return "\n".join(lines) + "\n"


def _anchor(title: str) -> str:
    return "".join(c for c in title.lower().replace(" ", "-") if c.isalnum() or c == "-")


def title_of(name: str, reading: Reading) -> str:
    """What a place is called, and that it is fictional where it is."""
    if reading.arrangement is None:
        return name
    title = _place_name(reading.arrangement) or name
    place = reading.arrangement.place
    fictional = isinstance(place, Place) and place.fictional is True
    return f"{title} (fictional)" if fictional else title


def _place_name(arrangement: Arrangement) -> str:
    """The name the text gives the place; empty where it gives none, or no place at all."""
    place = arrangement.place
    return place.name if isinstance(place, Place) and isinstance(place.name, str) else ""


def _place(name: str, reading: Reading, found: tuple[Silence, ...]) -> str:
    parts = [f"\n## {title_of(name, reading)}\n\n`places/{name}/arrangement.toml`: {len(found)}.\n"]
    for table, each in groupby(found, key=lambda s: s.table):
        lines = [f"\n### {HEADINGS[table]}\n", line_of(["Of what", "Not stated", "Lines"])]
        lines.append(line_of(["---"] * 3))
        for _, silent in groupby(each, key=lambda s: s.row):
            lines.append(row_of(list(silent)))
        parts.append("\n".join(lines) + "\n")
    return "".join(parts)


def row_of(silent: list[Silence]) -> str:
    """One thing with everything that is not stated of it, by its inner tables."""
    by_part: dict[str, list[str]] = {}
    for one in silent:
        by_part.setdefault(one.part, []).append(one.key)
    said = [f"{part}: {', '.join(keys)}" if part else ", ".join(keys)
            for part, keys in by_part.items()]  # fmt: skip
    return line_of([silent[0].of, "; ".join(said), _ranges([s.line for s in silent])])


def _ranges(lines: list[int]) -> str:
    """`63, 89-92`."""
    found: list[list[int]] = []
    for line in sorted(set(lines)):
        if found and line == found[-1][-1] + 1:
            found[-1].append(line)
        else:
            found.append([line])
    return ", ".join(f"{r[0]}-{r[-1]}" if len(r) > 1 else str(r[0]) for r in found)


def line_of(cells: list[str]) -> str:
    """One row of a table in Markdown."""
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def read_places(folder: Path) -> dict[str, Reading]:
    """Every place of a folder, by the name of its own folder."""
    texts = sorted(folder.glob("*/arrangement.toml"))
    return {t.parent.name: read_arrangement(t.read_text("utf-8"), t.name) for t in texts}


if __name__ == "__main__":
    places = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("places")
    from concord.documents.not_stated_funds import money_part, read_funds

    read = read_places(places)
    print(not_stated_document(read) + money_part(read, read_funds(places, read)), end="")
