"""`concord calendar`: meeting dates of another system beside a place's own calendar text."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from concord.cli.authority import must_be_known
from concord.cli.printing import Failed, as_json, say_findings
from concord.cli.texts import arrangement_of, file_of, today
from concord.domain.decisions.calendars import read_calendar
from concord.domain.findings import Weight

MOST_BYTES = 6_000_000


def calendar(asked: Namespace) -> int:
    """Prints the place's calendar text with what the file adds; findings go to the error stream.

    1 if something in the file must be mended; the place's own text is never written to.
    """
    arrangement = arrangement_of(asked.place)
    # Read here, so that a command that reads no file of meetings does not wait for the library.
    from concord.documents.calendar_merging import merged
    from concord.documents.calendars import decoded, read_meetings, with_bodies

    must_be_known(dict(asked.called).values(), set(arrangement.bodies), "body")
    imported = read_meetings(decoded(_file(asked.file)), asked.file)
    found = with_bodies(imported, arrangement, dict(asked.called), today())
    own = file_of(asked.place).parent / "calendar.toml"
    text = own.read_text(encoding="utf-8") if own.is_file() else "format = 1\n"
    reading = read_calendar(text, arrangement, str(own))
    if reading.calendars is None:
        say_findings(reading.findings)
        raise Failed(f"{own} cannot be read", "Mend what is listed first.", 1)
    grave = any(f.weight is Weight.GRAVE for f in found.findings)
    if asked.json:
        as_json({"meetings": found.meetings, "findings": found.findings})
        return 1 if grave else 0
    print(merged(text, found.meetings, reading.calendars), end="")
    for finding in found.findings:
        print(f"{finding}\n    → {finding.remedy}", file=sys.stderr)
    return 1 if grave else 0


def _file(words: str) -> bytes:
    try:
        with Path(words).open("rb") as stream:
            return stream.read(MOST_BYTES)
    except OSError as fault:
        raise Failed(f"{words} cannot be read: {fault.strerror}") from None
