"""What stands in a place's folder beside its arrangement: calendar, matters and diary."""

from __future__ import annotations

from pathlib import Path

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.decisions.calendars import read_calendar
from concord.domain.decisions.diary import read_diary
from concord.domain.decisions.reader import read_matter
from concord.domain.findings import Finding
from concord.domain.language.source import LONGEST


def findings_beside(place: str, file: Path, arrangement: Arrangement | None) -> list[Finding]:
    """The findings of a folder's calendar, of each of its matters and of its diary, as texts.

    Nothing beside a file that was named by itself is read, and nothing beside a text that cannot be
    read, since its names mean nothing then. Whether a report is ready is asked of `concord matter`.
    """
    if arrangement is None or Path(place).is_file():
        return []
    found: list[Finding] = []
    calendar = file.with_name("calendar.toml")
    if calendar.is_file():
        found += read_calendar(_text(calendar), arrangement, str(calendar)).findings
    for matter in sorted(file.parent.glob("matters/*.toml")):
        found += read_matter(_text(matter), arrangement, str(matter)).findings
    for diary in sorted(file.parent.glob("diary/*.toml")):
        found += read_diary(_text(diary), str(diary)).findings
    return found


def _text(file: Path) -> str:
    """No more of a file than the reader accepts."""
    with file.open("rb") as stream:
        return stream.read(LONGEST + 1).decode("utf-8", errors="replace")
