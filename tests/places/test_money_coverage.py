"""docs/coverage/money.md leaves no entry out, and every test it names is there."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "coverage" / "money.md").read_text(encoding="utf-8")
CHECKLIST = ROOT.parent / "shared" / "checklist.csv"
ROWS = [
    line.strip("| ").split(" | ") for line in PAGE.splitlines() if re.match(r"\| [H-K]\d", line)
]
TESTS = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", PAGE)))


def listed() -> dict[str, str]:
    """Each entry with what the page names as its test."""
    found: dict[str, str] = {}
    for ids, _, test in ROWS:
        for part in ids.split(", "):
            first, _, last = part.partition("–")
            numbers = range(int(first[1:]), int((last or first)[1:]) + 1)
            found |= {
                f"{first[0]}{n:02}": found.get(f"{first[0]}{n:02}", "") + test for n in numbers
            }
    return found


@pytest.mark.parametrize(("file", "name"), TESTS)
def test_each_named_test_is_there(file, name):
    path = ROOT / file if "/" in file else ROOT / "tests" / "places" / file
    assert re.search(rf"^def {name}\(", path.read_text(encoding="utf-8"), re.M)


def entries() -> list[dict[str, str]]:
    with CHECKLIST.open(encoding="utf-8") as stream:
        return [row for row in csv.DictReader(stream) if row["id"][0] in "HIJK"]


@pytest.mark.skipif(not CHECKLIST.is_file(), reason="the checklist is not beside the project")
def test_no_entry_is_left_out():
    assert set(listed()) == {row["id"] for row in entries()}


@pytest.mark.skipif(not CHECKLIST.is_file(), reason="the checklist is not beside the project")
def test_every_entry_that_states_an_amount_has_a_test():
    amount = re.compile(r"£\s?\d|\d,\d{3}|(?:QIPP|only) \d")
    stating = [row["id"] for row in entries() if amount.search(row["requirement"] + row["quote"])]
    assert len(stating) >= 20
    assert [id_ for id_ in stating if "::" not in listed()[id_]] == []
