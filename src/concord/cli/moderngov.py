"""`concord import-moderngov`: answers of Modern.Gov's service as text for a person to look at."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from concord.cli.authority import must_be_known
from concord.cli.printing import Failed, as_json
from concord.cli.texts import arrangement_of
from concord.domain.findings import Weight

MOST_BYTES = 6_000_000


def add_words(c: ArgumentParser) -> None:
    c.add_argument("file", metavar="FILE", help="an answer of the service, or a folder of them")
    c.add_argument("--place", required=True, metavar="PLACE")
    c.add_argument("--organisation", default="council", help="whose committees they are")


def import_moderngov(asked: Namespace) -> int:
    """Prints the rows; findings go to the error stream. 1 if one is grave; nothing is written."""
    arrangement = arrangement_of(asked.place)
    must_be_known([asked.organisation], set(arrangement.organisations), "organisation")
    from concord.documents.moderngov_import import read_answer, together

    given = Path(asked.file)
    files = sorted(given.glob("*.xml")) if given.is_dir() else [given]
    if not files:
        raise Failed(f"{given} holds no XML file", "Name a folder that does, or a file.")
    found = together(read_answer(_read(f), asked.organisation, str(f)) for f in files)
    if asked.json:
        as_json({"text": found.text(), "findings": found.findings})
    else:
        print(found.text(), end="")
    for finding in found.findings:
        print(f"{finding}\n    → {finding.remedy}", file=sys.stderr)
    return 1 if any(f.weight is Weight.GRAVE for f in found.findings) else 0


def _read(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES).decode("utf-8", errors="replace")
    except OSError as fault:
        raise Failed(f"{file} cannot be read: {fault.strerror}") from None
