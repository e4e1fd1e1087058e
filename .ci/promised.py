"""Fails if a kind of check that CI promises did not run, or anything at all was skipped."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

# What the name of a test that ran must contain for each promise, by report.
PROMISES = {
    "sqlite": {
        "a real browser and the accessibility rules": "tests.pages.test_in_a_browser",
        "every role against every page": "tests.pages.test_every_role",
        "the glossary": "tests.architecture.test_glossary",
        "the places": "tests.places",
        "the audit chain": "tests.domain.test_audit",
        "the vectors of clear days": "tests.cli.test_clocks_command",
        "the language's own document": "tests.domain.test_language_document",
        "documents read back": "tests.documents",
        "the workbook in another program": "tests.commands.test_fund_workbook",
    },
    "postgresql": {
        "commands": "tests.commands",
        "many at once": "tests.commands.test_many_at_once",
        "pages": "tests.pages",
    },
}
# Why a test may be skipped: it reads public tables that are no part of the project.
EXCUSE = "beside"


def main(reports: list[str]) -> int:
    """The exit code: 1 where something promised did not run, or something was skipped."""
    wrong: list[str] = []
    for path in reports:
        kind = Path(path).stem
        cases = list(ET.parse(path).iter("testcase"))  # noqa: S314  (our own file)
        named = {f"{c.get('classname')}::{c.get('name')}": c.find("skipped") for c in cases}
        ran = [name for name, skipped in named.items() if skipped is None]
        for what, mark in PROMISES[kind].items():
            if not any(name.startswith(mark) for name in ran):
                wrong.append(f"{kind}: no test of {what} ran")
        for name, skipped in named.items():
            if skipped is not None and EXCUSE not in skipped.get("message", ""):
                wrong.append(f"{kind}: skipped {name}: {skipped.get('message')}")
        print(f"{kind}: {len(ran)} ran, {len(named) - len(ran)} skipped")
    for words in wrong:
        print(words, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
