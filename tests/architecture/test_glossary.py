"""GLOSSARY.md is complete: every word of the domain and every name of its code has a line."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "concord"
ENTRY = re.compile(r"- \*\*(?P<word>[^*]+)\*\*(?: \((?P<names>`[^)]+)\))?: (?P<says>.+)")
SETS = {"StrEnum", "IntEnum", "Enum"}

# The words of the design that this much of the product has; each next subject adds its own.
WORDS = (
    "acts", "agreement", "authority", "body", "capacity", "chair rule", "clear days", "clock",
    "condition", "decision", "delegation", "duty", "effect", "finding", "function", "fund",
    "gateway", "governance", "kind of organisation", "legal form", "limit", "mandate", "matter",
    "meeting", "membership", "method of deciding", "mode", "not stated", "notice", "obligation",
    "organisation", "person", "place", "population", "post", "purpose", "quorum", "recommendation",
    "refusal", "remit", "report", "reserved matter", "route", "ruling", "seat", "section 75",
    "sign-off", "stop", "succession", "term", "verdict",
)  # fmt: skip


def entries() -> list[re.Match[str]]:
    lines = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if line.startswith("- ")]
    found = [ENTRY.fullmatch(line) for line in listed]
    assert [line for line, match in zip(listed, found, strict=True) if match is None] == []
    return [match for match in found if match is not None]


def code_names() -> set[str]:
    return {n for e in entries() if e["names"] for n in re.findall(r"`(\w+)`", e["names"])}


def classes_of(folder: Path) -> dict[str, str]:
    """Every public dataclass and closed set of words in a folder, with the file it stands in."""
    found = {}
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                marks = {ast.unparse(m).split("(")[0] for m in node.decorator_list}
                bases = {ast.unparse(b) for b in node.bases}
                if "dataclass" in marks or SETS & bases:
                    found[node.name] = str(file.relative_to(ROOT))
    return found


def test_every_dataclass_and_closed_set_of_the_domain_has_a_line():
    missing = {n: f for n, f in classes_of(SOURCE / "domain").items() if n not in code_names()}
    assert missing == {}


def test_every_word_of_the_design_that_exists_has_a_line():
    words = {entry["word"] for entry in entries()}
    assert [word for word in WORDS if word not in words] == []


def test_no_line_outlives_the_code_it_names():
    defined = {
        node.name
        for file in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    assert sorted(code_names() - defined) == []


def test_the_lines_are_in_alphabetical_order_and_each_word_stands_once():
    words = [entry["word"].casefold() for entry in entries()]
    assert words == sorted(words)
    assert len(set(words)) == len(words)


def test_each_line_is_one_plain_sentence_or_two():
    for entry in entries():
        assert entry["says"].endswith("."), entry["word"]
        assert len(entry["says"]) <= 240, entry["word"]
