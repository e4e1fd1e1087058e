"""Fails if a kind of check that CI promises did not run, or anything was skipped without leave."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET

# What a test's file or name must contain for each promise, by report.
PROMISES = {
    "sqlite": {
        "browser and accessibility": "test_browser",
        "glossary": "glossary",
        "places": "tests.places",
        "audit chain": "test_audit",
        "clock vectors": "test_calendar",
        "language document": "test_language_document",
        "command line": "tests.cli",
    },
    "postgresql": {"commands": "tests.commands", "pages": "tests.pages"},
}


def main(reports: list[str]) -> int:
    missing = []
    for path in reports:
        kind = "sqlite" if "sqlite" in path else "postgresql"
        cases = list(ET.parse(path).iter("testcase"))  # noqa: S314  (our own file)
        ran = [f"{c.get('classname')}::{c.get('name')}" for c in cases if c.find("skipped") is None]
        skipped = [f"{c.get('classname')}::{c.get('name')}" for c in cases if c.find("skipped") is not None]
        for what, mark in PROMISES[kind].items():
            if not any(mark in name for name in ran):
                missing.append(f"{kind}: no test of {what} ran")
        print(f"{kind}: {len(ran)} ran, {len(skipped)} skipped")
        for name in skipped:
            print(f"  skipped: {name}")
    for words in missing:
        print(words, file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
