"""docs/diary.md is true: its tables are the code's, its diary is carried out, its faults found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from concord.commands.diary import carry_out
from concord.domain.decisions.diary import ITEM_KEYS, KEYS, Do, read_diary
from concord.records.models import Decision

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "diary.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```toml *(?P<about>[^\n]*)\n(?P<text>.*?)^```$", re.M | re.S)
BLOCKS = [(b["about"], b["text"]) for b in BLOCK.finditer(DOCUMENT)]
(WHOLE,) = (text for about, text in BLOCKS if about == "whole")


def rows(heading):
    part = DOCUMENT.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_act_has_its_row_with_the_keys_that_the_code_reads():
    found = {}
    for do, keys, _ in rows("What an act says"):
        words = [k.strip() for k in keys.split(",") if k.strip()]
        must = {w.strip("*") for w in words if w.startswith("**")}
        found[do.strip("`")] = (must, {w for w in words if not w.startswith("**")})
    assert list(found) == [str(d) for d in Do]
    assert found == {str(d): (set(must), set(may) - {"*"}) for d, (must, may) in KEYS.items()}


def test_the_keys_of_an_item_are_those_that_the_code_reads():
    (told,) = re.findall(r"what is put, by name: ([a-z_, ]+)\.", DOCUMENT)
    assert set(told.split(", ")) == ITEM_KEYS


def test_every_finding_of_the_code_has_its_row_and_no_other():
    code = "".join(
        (ROOT / "src" / "concord" / part / "diary.py").read_text("utf-8")
        for part in ("domain/decisions", "commands")
    )
    made = set(re.findall(r'"((?:text|date|diary)\.[a-z_]+)"', code)) - {"diary.toml"}
    assert {row[0].strip("`") for row in rows("What is found")} == made


def test_the_whole_diary_is_carried_out(middlemarch, operator):
    assert carry_out(operator, "middlemarch", "november", WHOLE) == 13
    states = Decision.objects.order_by("reference").values_list(
        "reference", "summary__state", "summary__since"
    )
    # Published on Thursday the 12th: 13, 16, 17, 18 and 19 November, to five o'clock.
    assert list(states) == [
        ("council-2026-1", "in effect", "2026-11-19T17:00:00"),
        ("icb-2026-1", "in effect", "2026-11-19T17:00:00"),
    ]


@pytest.mark.parametrize(("about", "text"), [b for b in BLOCKS if b[0].startswith("spoils")])
def test_a_block_that_spoils_the_diary_gives_its_finding_alone(about, text):
    assert {f.id for f in read_diary(f"{WHOLE}\n{text}").findings} == {about.split()[1]}
