"""docs/law.md: which facts of law were read in their text and which still need a qualified reader.

`python -m concord.law.document` prints it; a test keeps the document and the rows the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from concord import law
from concord.law.rows import Citation, Heads, Period, Row, Rule

PARTS: tuple[tuple[str, str], ...] = (
    ("regimes", "Which rules a decision is made under"),
    ("governance_models", "Governance models"),
    ("periods", "Periods"),
    ("exits", "Exits when a period cannot be kept"),
    ("documents", "What notices, records and agreements must contain"),
    ("legal_forms", "What each legal form can hold and be given"),
    ("interest_rules", "What an interest means at an item"),
    ("rules", "Tests, powers, duties and readings"),
    ("conventions", "Ways of counting days"),
    ("citations", "Acts and instruments by name"),
)

_OPENING = """# The law Concord holds

This page is made from the rows of `src/concord/law/`; change a row there, then run
`python -m concord.law.document > docs/law.md`. It is not legal advice.

A row is *read* where its text, or a page that quotes or reports it, was read, and the table says
where. Every other row is *unverified*: it was written from general knowledge, every answer that
rests on it says so, and a qualified reader should check it. To correct one, change the row, name
what was read in `read_in` and set `verified = true`. A place may also correct a legal form for
itself by a dated ruling in its own text.
"""


def law_document() -> str:
    """The whole page, in Markdown."""
    rows = law.every_row()
    unread = [r for r in rows if not r.verified]
    parts = [
        _OPENING,
        f"{len(rows)} rows: {len(rows) - len(unread)} read, {len(unread)} unverified.\n",
        "## To be checked by a qualified reader\n",
        _table(unread, ("row", "what it says", "authority"), _unread),
        *(_part(title, getattr(law, name)()) for name, title in PARTS),
        _holidays(),
    ]
    return "\n".join(parts)


def _part(title: str, rows: Iterable[Row]) -> str:
    head = ("row", "what it says", "in force", "authority", "read in")
    return f"## {title}\n\n" + _table(rows, head, _full)


def _table(
    rows: Iterable[Row], head: tuple[str, ...], cells: Callable[[Row], tuple[str, ...]]
) -> str:
    lines = [" | ".join(head), " | ".join("---" for _ in head)]
    lines += [" | ".join(_cell(c) for c in cells(row)) for row in rows]
    return "\n".join(f"| {line} |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _unread(row: Row) -> tuple[str, ...]:
    return (f"`{row.id}`", _says(row), row.authority)


def _full(row: Row) -> tuple[str, ...]:
    read = row.read_in if row.verified else "**unverified**"
    return (f"`{row.id}`", _says(row), _dates(row.starts, row.ends), row.authority, read)


def _says(row: Row) -> str:
    if isinstance(row, Period):
        return f"**{row.number} {row.unit}** ({row.runs} the {row.of}). {row.says}"
    if isinstance(row, Citation):
        return f"{'; '.join(row.names)}. {row.says}"
    if isinstance(row, Heads):
        return f"{row.says}: " + "; ".join(f"({h.letter}) {h.says}" for h in row.heads)
    if isinstance(row, Rule) and row.number is not None:
        return f"**{row.number} {row.unit}**. {row.says}"
    return row.says


def _dates(starts: date | None, ends: date | None) -> str:
    if starts and ends:
        return f"{starts} to {ends}"
    if starts:
        return f"from {starts}"
    return f"to {ends}" if ends else ""


def _holidays() -> str:
    held = law.bank_holidays()
    return (
        "## Bank holidays\n\n"
        f"Bank holidays of England and Wales are held from {held.complete_from} to "
        f"{held.complete_to}, from the kept library's own copy and `bank_holidays.toml`. An answer "
        "that needs a day outside them carries a warning.\n"
    )


if __name__ == "__main__":
    print(law_document(), end="")
