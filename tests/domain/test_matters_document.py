"""docs/matters.md is true: its tables are the code's, its example is read, its faults are found."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from pathlib import Path

import pytest

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.reader import read_arrangement
from concord.domain.decisions import matter as m
from concord.domain.decisions import report as r
from concord.domain.decisions import words as w
from concord.domain.decisions.checks import all_checks
from concord.domain.decisions.reader import MatterReading, read_matter
from concord.domain.decisions.values import values_of
from concord.domain.language.tables import Row, keys_of

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "matters.md").read_text(encoding="utf-8")
CHECKS = ROOT / "src" / "concord" / "domain" / "decisions"
BLOCK = re.compile(r"^```toml *(?P<about>[^\n]*)\n(?P<text>.*?)^```$", re.M | re.S)
BLOCKS = [(b["about"], b["text"]) for b in BLOCK.finditer(DOCUMENT)]

TABLES: dict[str, type[Row]] = {
    "The head of the file": m.MatterText,
    "`matter`": m.MatterFacts,
    "`matter.amounts[]`": m.Amount,
    "`exempt.*`": m.Exempt,
    "`stops.*`": m.Stop,
    "`deadlines.*`": m.ExternalDeadline,
    "`promises.*`": m.Promise,
    "`report`": r.Report,
    "`report.recommendations[]`": r.Recommendation,
    "`report.parts[]`": r.Part,
    "`report.parts[].comment`": r.Comment,
    "`report.parts[].tables[]`": r.FigureTable,
    "`report.options[]`": r.Choice,
    "`report.contacts[]`": r.Contact,
    "`report.sign_offs[]`": r.SignOff,
    "`report.appendices[]`": r.Paper,
    "`report.assessments.*`": r.AssessmentAnswer,
}
WORDS: dict[str, type[StrEnum]] = {
    "nature": w.Nature,
    "often": w.Often,
    "purpose": w.Purpose,
    "verb": w.Verb,
    "parts.kind": w.PartKind,
    "became": w.Option,
    "sign_off_mode": w.SignOffMode,
    "assessments": w.Assessment,
}


def table_under(heading: str) -> list[list[str]]:
    """The first table after a heading, without its head."""
    lines = iter(DOCUMENT.splitlines())
    found: list[list[str]] = []
    for line in lines:
        if line.startswith("#") and line.lstrip("#").strip() == heading:
            break
    for line in lines:
        if line.startswith("#") or (found and not line.startswith("|")):
            break
        if line.startswith("|"):
            found.append([cell.strip() for cell in line.strip().strip("|").split(" | ")])
    return found[2:]


@cache
def middlemarch() -> Arrangement:
    text = (ROOT / "places" / "middlemarch" / "arrangement.toml").read_text(encoding="utf-8")
    arrangement = read_arrangement(text).arrangement
    assert arrangement is not None
    return arrangement


def reading(text: str) -> MatterReading:
    return read_matter(text, middlemarch(), checks=(all_checks,))


def whole() -> str:
    (text,) = (text for about, text in BLOCKS if about == "whole")
    return text


@pytest.mark.parametrize("heading", TABLES)
def test_a_table_has_the_keys_the_code_reads(heading):
    rows = [row[0] for row in table_under(heading)]
    documented = {cell.strip("*`"): cell.startswith("**") for cell in rows}
    assert documented == {n: how.required for n, (_, how) in keys_of(TABLES[heading]).items()}


def test_no_table_of_the_code_is_left_out():
    declared = {
        one.__name__
        for module in (m, r)
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, Row) and one.__module__ == module.__name__
    }
    assert declared == {one.__name__ for one in TABLES.values()}


@pytest.mark.parametrize("name", WORDS)
def test_a_closed_set_has_the_words_of_the_code_in_their_order(name):
    rows = table_under(f"Words of `{name}`")
    assert [row[0] for row in rows] == [f"`{word}`" for word in WORDS[name]]


def test_no_closed_set_of_the_code_is_left_out():
    declared = {x for x in vars(w).values() if isinstance(x, type) and issubclass(x, StrEnum)}
    assert declared - {StrEnum} == set(WORDS.values())


def test_every_finding_of_the_code_has_its_row_and_no_other():
    families = re.findall(r"^### Family `(\w+)`", DOCUMENT, re.M)
    given = {row[0].strip("`") for f in families for row in _rows_of_family(f)}
    code = "\n".join(f.read_text(encoding="utf-8") for f in _files_with_findings())
    made = set(re.findall(rf'"((?:{"|".join(families)})\.[a-z_]+)"', code))
    implications = {f"missing.{kind}{x}" for kind in ("legal", "financial", "equality")
                    for x in ("", "_officer")}  # fmt: skip
    assert given == made | implications


def _rows_of_family(family: str) -> list[list[str]]:
    heading = next(h for h in re.findall(r"^### (.+)$", DOCUMENT, re.M) if f"`{family}`:" in h)
    return table_under(heading)


def _files_with_findings() -> list[Path]:
    return [*sorted((CHECKS / "checks").glob("*.py")), CHECKS / "prose.py"]


def test_the_example_is_read_and_nothing_is_found_in_it():
    assert [str(f) for f in reading(whole()).findings] == []


@pytest.mark.parametrize(("about", "text"), [b for b in BLOCKS if b[0].startswith("spoils")])
def test_a_block_that_spoils_the_example_gives_its_finding_alone(about, text):
    assert {f.id for f in reading(f"{whole()}\n{text}").findings} == {about.split()[1]}


def test_every_block_says_what_it_is():
    assert {about.split()[0] for about, _ in BLOCKS} == {"whole", "spoils"}


def test_every_kind_of_live_reference_has_its_row():
    matter = reading(whole()).matter
    assert matter is not None
    kinds = [re.findall(r"\{(\w+):", row[0])[0] for row in table_under("4. Live references")]
    assert set(kinds) == {*values_of(matter, middlemarch()).known, "part"}
