"""The ten acceptance tests: each has tests, and every test that the page names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "coverage" / "acceptance.md"
ROW = re.compile(
    r"\| (?P<number>\d+) \| (?P<says>[^|]+) \| `(?P<file>[^`]+)` \| (?P<tests>[^|]+) \|"
)


def rows() -> list[re.Match[str]]:
    lines = PAGE.read_text("utf-8").splitlines()
    return [row for line in lines if (row := ROW.fullmatch(line))]


def names_in(file: str) -> set[str]:
    path = ROOT / file
    if not path.is_file():
        return set()
    parts = ast.parse(path.read_text("utf-8")).body
    return {part.name for part in parts if isinstance(part, ast.FunctionDef)}


def test_each_of_the_ten_has_a_row():
    assert sorted({int(row["number"]) for row in rows()}) == list(range(1, 11))


def test_every_test_that_the_page_names_is_there():
    named = [(r["file"], name) for r in rows() for name in re.findall(r"`(\w+)`", r["tests"])]
    assert len(named) >= 10
    assert [(file, name) for file, name in named if name not in names_in(file)] == []
