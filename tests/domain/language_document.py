"""docs/language.md as its tests read it: its blocks of text, and its tables by their heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "language.md"
_BLOCK = re.compile(r"^```toml *(?P<about>[^\n]*)\n(?P<text>.*?)^```$", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the language: what its info string says of it, its text, its line."""

    about: tuple[str, ...]
    text: str
    line: int


def document() -> str:
    return DOCUMENT.read_text(encoding="utf-8")


def blocks() -> tuple[Block, ...]:
    text = document()
    return tuple(
        Block(tuple(m["about"].split()), m["text"], text.count("\n", 0, m.start()) + 1)
        for m in _BLOCK.finditer(text)
    )


def block(about: str) -> str:
    """The text of the one block so marked."""
    (found,) = (b.text for b in blocks() if about in b.about)
    return found


def table_under(heading: str) -> list[dict[str, str]]:
    """The first table after a heading, each row by its columns."""
    lines = iter(document().splitlines())
    for line in lines:
        if line.lstrip("#").strip() == heading and line.startswith("#"):
            return _rows(lines)
    raise LookupError(heading)


def _rows(lines: Iterator[str]) -> list[dict[str, str]]:
    found: list[list[str]] = []
    for line in lines:
        if line.startswith("#") or (found and not line.startswith("|")):
            break
        if line.startswith("|"):
            found.append([cell.strip() for cell in line.strip().strip("|").split(" | ")])
    head, _, *rest = found
    return [dict(zip((h.strip() for h in head), row, strict=True)) for row in rest]
