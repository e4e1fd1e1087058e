"""Meetings of another system taken into a calendar: added, marked, left alone, refused whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.pages.decision_places import load

from concord.commands.calendar_import import MeetingsFile, import_meetings, preview_meetings
from concord.commands.matters import calendars_of
from concord.commands.texts import arrangement_of
from concord.domain.findings import Refused
from concord.records.models import AuditEntry, TextVersion
from concord.records.models.agreements import CALENDAR

TODAY = date(2026, 11, 24)
# The calendar has Cabinet on 25 May 2027 at 18:00; it has nothing of 2029.
CSV = b"""body,date,time,status
Cabinet,2029-01-16,18:00,
Cabinet,25/05/2027,18:00,Cancelled
Cabinet,2029-02-30,18:00,
"""


@pytest.fixture
def clerk(db, operator, cast):
    load(operator, "middlemarch")
    return replace(operator, account=cast.democratic_services_officer)


def looked(body: bytes = CSV, **called: str):
    return preview_meetings("middlemarch", MeetingsFile("meetings.csv", body, called), TODAY)


def newest() -> TextVersion:
    return TextVersion.objects.newest("middlemarch", CALENDAR)


def test_a_file_is_looked_at_without_a_word_being_written(clerk):
    before, entries = newest(), AuditEntry.objects.count()
    found = looked()
    assert [(r.found.line, r.becomes) for r in found.merge.rows] == [
        (2, "added"),
        (3, "marked as called off"),
    ]
    assert [(f.id, f.line) for f in found.findings] == [("calendar.no_date", 4)]
    assert newest() == before
    assert AuditEntry.objects.count() == entries


def test_what_was_looked_at_is_the_next_version_and_no_line_of_the_text_is_lost(clerk):
    before = newest()
    made = import_meetings(clerk, "middlemarch", looked(), without=True)
    assert made.number == before.number + 1
    left = iter(made.text.split("\n"))
    assert all(line in left for line in before.text.rstrip("\n").split("\n"))
    calendars = calendars_of("middlemarch", arrangement_of("middlemarch"))
    assert calendars.meeting("cabinet", date(2029, 1, 16)).at == "18:00"
    assert calendars.meeting("cabinet", date(2027, 5, 25)).cancelled is True
    entry = AuditEntry.objects.order_by("-number").first()
    assert entry.act == "decisions.import_meetings"
    assert "one meeting into the calendar and marked 1 as called off" in entry.what


def test_findings_stop_it_until_somebody_says_to_record_the_rest(clerk):
    before = newest()
    with pytest.raises(Refused, match="keep something of the file out"):
        import_meetings(clerk, "middlemarch", looked())
    assert newest() == before


def test_a_calendar_that_moved_on_since_is_not_written_over(clerk):
    first, second = looked(), looked(b"body,date\nCabinet,2029-03-13\n")
    import_meetings(clerk, "middlemarch", second)
    with pytest.raises(Refused, match="changed since you looked"):
        import_meetings(clerk, "middlemarch", first, without=True)
    assert "2029-03-13" in newest().text
    assert "2029-01-16" not in newest().text


def test_the_same_file_again_brings_nothing(clerk):
    import_meetings(clerk, "middlemarch", looked(), without=True)
    again = looked()
    assert not again.merge.changes
    assert {r.becomes for r in again.merge.rows} == {"left as it stands"}
    assert again.merge.text == newest().text
    with pytest.raises(Refused, match="brings nothing"):
        import_meetings(clerk, "middlemarch", again, without=True)


def test_another_time_leaves_the_calendar_as_it_stands_and_is_said(clerk):
    (row,) = looked(b"body,date,time\nCabinet,2027-05-25,10:00\n").merge.rows
    assert row.becomes == "left as it stands, though the file says something else"
    assert row.says == "the file gives 10:00, the calendar 18:00"


def test_a_row_given_twice_is_one_meeting(clerk):
    found = looked(b"body,date,time\nCabinet,2029-01-16,18:00\nCabinet,16/01/2029,18:00\n")
    assert [r.becomes for r in found.merge.rows] == ["added", "left as it stands"]
    assert not [f for f in found.odd if f.id == "calendar.twice"]


def test_a_mark_that_says_no_is_turned_and_not_doubled(clerk):
    text = (
        'format = 1\nsource = "constitution"\n\n[[meetings]]\nbody = "cabinet"\non = 2029-01-16\n'
    )
    from concord.documents.calendar_merging import merge
    from concord.documents.calendars import MeetingFound
    from concord.domain.decisions.calendars import read_calendar

    text += "cancelled = false\n"
    place = arrangement_of("middlemarch")
    off = MeetingFound("Cabinet", date(2029, 1, 16), cancelled=True, body="cabinet", line=2)
    made = merge(text, [off], read_calendar(text, place).calendars)
    assert made.text.count("cancelled") == 1
    assert read_calendar(made.text, place).calendars.meetings[0].cancelled is True


def test_a_title_of_theirs_is_settled_by_the_body_it_means(clerk):
    body = b"body,date\nThe Executive,2029-01-16\n"
    assert looked(body).unknown == ("The Executive",)
    settled = looked(body, **{"The Executive": "cabinet"})
    assert not settled.unknown
    assert [r.found.body for r in settled.merge.rows] == ["cabinet"]


def test_a_place_without_a_calendar_gets_its_first(db, operator, cast):
    clerk = replace(operator, account=cast.democratic_services_officer)
    made = import_meetings(clerk, "middlemarch", looked(b"body,date\nCabinet,2029-01-16\n"))
    assert made.number == 1
    calendars = calendars_of("middlemarch", arrangement_of("middlemarch"))
    assert [m.on for m in calendars.meetings] == [date(2029, 1, 16)]


@pytest.mark.parametrize("who", ["councillor", "pool_manager", "auditor", "administrator"])
def test_whoever_keeps_no_calendar_records_none(clerk, cast, who):
    other = replace(clerk, account=getattr(cast, who))
    with pytest.raises(Refused, match="take another system's meetings into the calendar"):
        import_meetings(other, "middlemarch", looked(), without=True)


@pytest.mark.parametrize(
    "body",
    [b"", b"\x00\x01\x02", b"BEGIN:VCALENDAR\nEND", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
     "body,date\nCabinet,2029-01-16\n".encode("utf-16"),
     b"body,date\n=cmd|' /C calc'!A0,2029-01-16\n"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_and_never_raised(clerk, body):
    found = looked(body)
    assert found.findings or found.merge.changes


def test_ten_thousand_rows_and_more_are_cut_with_a_finding(clerk):
    rows = b"".join(b"Cabinet,2029-01-16,\n" for _ in range(10_050))
    assert "calendar.too_many" in {f.id for f in looked(b"body,date,time\n" + rows).findings}
