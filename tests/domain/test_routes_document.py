"""docs/routes.md is true: its calendar can be read, its keys and findings are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.domain.route_texts import place

from concord.domain.decisions.calendar_text import Closure, MeetingRow, Pause, SignOffDays
from concord.domain.decisions.calendars import read_calendar
from concord.domain.language.tables import keys_of

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "routes.md").read_text(encoding="utf-8")
SOURCES = (
    *(ROOT / "src/concord/domain/decisions/routes").glob("*.py"),
    *(ROOT / "src/concord/domain/decisions").glob("calendar*.py"),
    ROOT / "src/concord/documents/calendars.py",
)


def test_the_calendar_in_the_document_can_be_read_without_a_finding():
    (text,) = re.findall(r"```toml calendar\n(.*?)```", DOCUMENT, re.S)
    reading = read_calendar(text, place("middlemarch"))
    assert reading.findings == ()
    assert len(reading.calendars.meetings) == 2


@pytest.mark.parametrize(
    ("table", "row"),
    [("meetings", MeetingRow), ("closures", Closure), ("sign_offs", SignOffDays)],
)
def test_each_table_names_every_key_of_its_row(table, row):
    part = DOCUMENT.split(f"**`[[{table}]]`**")[1].split("**`[[")[0].split("\n\nA **recess**")[0]
    assert re.findall(r"^\| `(\w+)` \|", part, re.M) == list(keys_of(row))


def test_every_kind_of_pause_is_named():
    assert all(f"`{pause}`" in DOCUMENT for pause in Pause)


def test_every_finding_of_the_code_is_listed_once_and_no_other():
    listed = re.findall(r"^\| `((?:route|calendar)\.\w+)` \|", DOCUMENT, re.M)
    code = "".join(f.read_text(encoding="utf-8") for f in SOURCES)
    named = set(re.findall(r'"((?:route|calendar)\.[a-z_]+)"', code)) - {"calendar.toml"}
    assert sorted(listed) == sorted(named)
