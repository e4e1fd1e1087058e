"""Meeting dates from iCalendar, CSV and Modern.Gov's XML, whole, odd and hostile."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from concord.documents.calendar_merging import merged
from concord.documents.calendars import read_day, read_meetings, read_time, with_bodies
from concord.domain.agreements.reader import read_arrangement
from concord.domain.decisions.calendars import read_calendar
from concord.domain.findings import Weight

PLACES = Path(__file__).parents[2] / "places"
MIDDLEMARCH = read_arrangement(
    (PLACES / "middlemarch" / "arrangement.toml").read_text(encoding="utf-8")
).arrangement

ICAL = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//a committee system//\r
BEGIN:VEVENT\r
UID:1@example\r
SUMMARY:Cabinet\r
DTSTART:20270525T170000Z\r
SEQUENCE:0\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2@example\r
SUMMARY:Health and Wellbeing\r
  Board\r
DTSTART;VALUE=DATE:20270609\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:1@example\r
SUMMARY:Cabinet\r
DTSTART:20270525T170000Z\r
STATUS:CANCELLED\r
SEQUENCE:1\r
END:VEVENT\r
END:VCALENDAR\r
"""

BY_DATE = """<?xml version="1.0" encoding="utf-8"?>
<getmeetingsbydate><meetings>
<meeting><meetingid>7</meetingid><meetingdate>18/07/2017</meetingdate>
<meetingtime>16:30</meetingtime>
<committeetitle>Health &amp;amp; Wellbeing Board</committeetitle>
<iswebcast>False</iswebcast></meeting>
</meetings></getmeetingsbydate>"""

OF_ONE = """<getmeetings><committee><committeetitle>Cabinet</committeetitle><committeemeetings>
<meeting><meetingid>9</meetingid><meetingdate>25/05/2027</meetingdate>
<meetingtime>6.00 pm</meetingtime>
<meetingstatus>Cancelled</meetingstatus></meeting>
</committeemeetings></committee></getmeetings>"""


def only(text: str):
    imported = read_meetings(text)
    assert not imported.findings
    (meeting,) = imported.meetings
    return meeting


def ids(text: str) -> list[str]:
    return [f.id for f in read_meetings(text).findings]


def test_a_later_sequence_of_an_icalendar_entry_replaces_the_earlier():
    cabinet, board = read_meetings(ICAL).meetings
    assert (cabinet.title, cabinet.cancelled) == ("Cabinet", True)
    assert (board.title, board.cancelled) == ("Health and Wellbeing Board", False)


def test_a_time_in_utc_is_read_as_the_time_here():
    """17:00 in UTC is 18:00 in British Summer Time."""
    assert read_meetings(ICAL).meetings[0].at == "18:00"


REPEATS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//a test//EN
BEGIN:VEVENT
UID:cabinet
SUMMARY:Cabinet
DTSTART;TZID=Europe/London:20270112T140000
RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=4
EXDATE;TZID=Europe/London:20270209T140000
END:VEVENT
BEGIN:VEVENT
UID:cabinet
SUMMARY:Cabinet
RECURRENCE-ID;TZID=Europe/London:20270309T140000
DTSTART;TZID=Europe/London:20270311T100000
END:VEVENT
END:VCALENDAR
"""


def test_an_entry_that_repeats_is_read_day_by_day_with_what_it_takes_out_and_moves():
    # Second Tuesdays: 12 January, 9 February (taken out), 9 March (moved), 13 April 2027, when
    # summer time has begun and 14:00 is still 14:00.
    found = read_meetings(REPEATS)
    assert not found.findings
    assert sorted((m.on, m.at) for m in found.meetings) == [
        (date(2027, 1, 12), "14:00"),
        (date(2027, 3, 11), "10:00"),
        (date(2027, 4, 13), "14:00"),
    ]


def test_an_entry_that_repeats_until_a_day_has_its_last_meeting_on_that_day():
    text = REPEATS.replace("COUNT=4", "UNTIL=20270413")
    assert max(m.on for m in read_meetings(text).meetings) == date(2027, 4, 13)


def test_an_entry_that_repeats_without_end_is_read_for_three_years_and_said():
    text = REPEATS.replace(";COUNT=4", "")
    found = read_meetings(text)
    (one,) = found.findings
    assert (one.id, one.line, one.weight) == ("calendar.repeats", 4, Weight.SLIGHT)
    assert max(m.on for m in found.meetings) <= date(2030, 1, 15)


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=MONTHLY;BYDAY=9XX", "COUNT=3", "FREQ=DAILY;BYMONTH=13"]
)
def test_a_rule_that_cannot_be_followed_is_a_finding_with_its_line(rule):
    text = REPEATS.replace("FREQ=MONTHLY;BYDAY=2TU;COUNT=4", rule)
    found = [f for f in read_meetings(text).findings if f.id.startswith("calendar.")]
    assert found


def test_a_rule_for_a_day_that_never_comes_ends_by_itself_and_is_said():
    # 30 February.
    text = REPEATS.replace("FREQ=MONTHLY;BYDAY=2TU;COUNT=4", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")
    found = read_meetings(text)
    assert [m.on for m in found.meetings] == [date(2027, 3, 11)]  # the one with a day of its own
    assert "gives no day" in found.findings[0].says


def test_moderngov_dates_have_the_day_first_and_a_single_meeting_is_read():
    one = only(BY_DATE)
    assert (one.on, one.at, one.uid) == (date(2017, 7, 18), "16:30", "7")
    assert one.title == "Health & Wellbeing Board"  # the entity is encoded twice


def test_moderngov_meetings_of_one_committee_take_its_title_and_state():
    one = only(OF_ONE)
    assert (one.title, one.on, one.at) == ("Cabinet", date(2027, 5, 25), "18:00")
    assert one.cancelled


@pytest.mark.parametrize(("state", "off"), [("True", True), ("False", False), ("", False)])
def test_moderngov_says_true_and_false_in_words(state, off):
    text = OF_ONE.replace("<meetingstatus>Cancelled", f"<iscancelled>{state}</iscancelled><x>")
    assert only(text.replace("</meetingstatus>", "</x>")).cancelled is off


def test_csv_is_read_by_its_heads_in_any_order_and_delimiter():
    one = only("\ufeffTime;Date;Committee;Status\n6pm;25/05/2027;Cabinet;Cancelled\n")
    assert (one.title, one.on, one.at, one.cancelled) == (
        "Cabinet", date(2027, 5, 25), "18:00", True,
    )  # fmt: skip


def test_the_rest_of_a_csv_is_read_when_one_line_cannot_be():
    imported = read_meetings("body,date\nCabinet,soon\nCabinet,2027-05-25\n")
    assert [(f.id, f.line) for f in imported.findings] == [("calendar.no_date", 2)]
    assert [m.on for m in imported.meetings] == [date(2027, 5, 25)]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2018-03-31", date(2018, 3, 31)),
        ("31/03/2018", date(2018, 3, 31)),
        ("1/4/2018 00:00:00", date(2018, 4, 1)),
        ("03/31/2018", None),  # never guessed
        ("31/02/2018", None),
        ("next week", None),
    ],
)
def test_days_are_read_day_first_and_never_guessed(words, day):
    assert read_day(words) == day


@pytest.mark.parametrize(
    ("words", "at"),
    [("18:30", "18:30"), ("6.30 pm", "18:30"), ("6pm", "18:00"), ("12.00 a.m.", "00:00"),
     ("12 noon", ""), ("25:00", ""), ("", "")],
)  # fmt: skip
def test_times_of_day(words, at):
    assert read_time(words) == at


# What is hostile or broken ----------------------------------------------------------------

BOMB = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]><getmeetings>&c;</getmeetings>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


@pytest.mark.parametrize(
    "text",
    [BOMB, OUTSIDE, "<a><b></a>", "<" * 50, "<a>" * 60 + "</a>" * 60, "BEGIN:VCALENDAR\nnonsense",
     "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR", "\x00\x01,\x02\n", "<a>&nowhere;</a>"],
)  # fmt: skip
def test_what_cannot_be_read_is_one_finding_and_never_raised(text):
    imported = read_meetings(text)
    assert imported.meetings == ()
    assert len(imported.findings) == 1
    assert imported.findings[0].remedy


def test_a_document_type_is_refused_before_any_entity_is_read():
    (one,) = read_meetings(BOMB).findings
    assert "document type" in one.says
    assert one.line == 1


def test_a_body_that_begins_as_a_formula_is_refused():
    assert ids('body,date\n"=HYPERLINK(1)",2027-05-25\n') == ["calendar.formula"]


def test_an_empty_file_is_said_to_list_nothing():
    assert ids("body,date\n") == ["calendar.empty"]
    assert ids("<getmeetings/>") == ["calendar.empty"]


def test_after_ten_thousand_meetings_no_more_are_read():
    text = "body,date\n" + "Cabinet,2027-05-25\n" * 10_001
    imported = read_meetings(text)
    assert len(imported.meetings) == 10_000
    assert [f.id for f in imported.findings] == ["calendar.too_many"]


# Bodies, and the place's own text -----------------------------------------------------------


def test_titles_are_found_among_the_bodies_of_the_place():
    read = with_bodies(read_meetings(BY_DATE), MIDDLEMARCH)
    assert [m.body for m in read.meetings] == ["health_wellbeing"]


def test_a_title_nobody_has_is_one_finding_with_the_nearest_name():
    text = "body,date\nCabinett,2027-05-25\nCabinett,2027-06-15\n"
    (one,) = with_bodies(read_meetings(text), MIDDLEMARCH).findings
    assert (one.id, one.line, one.remedy) == ("calendar.unknown_body", 2, "Did you mean Cabinet?")
    called = with_bodies(read_meetings(text), MIDDLEMARCH, {"Cabinett": "cabinet"})
    assert [m.body for m in called.meetings] == ["cabinet", "cabinet"]


def test_meetings_gone_by_are_kept_as_history_and_said():
    text = "body,date\nCabinet,2020-01-14\nCabinet,2027-05-25\n"
    read = with_bodies(read_meetings(text), MIDDLEMARCH, today=date(2026, 11, 24))
    assert len(read.meetings) == 2
    assert [f.id for f in read.findings] == ["calendar.in_the_past"]


def test_what_is_new_is_added_to_the_text_and_what_is_called_off_is_marked():
    text = 'format = 1\nsource = "constitution"\n[[meetings]]\nbody = "cabinet"\non = 2027-05-25\n'
    calendars = read_calendar(text, MIDDLEMARCH).calendars
    rows = "body,date,time,status\nCabinet,2027-05-25,18:00,Cancelled\nCabinet,2027-06-15,18:00,\n"
    found = with_bodies(read_meetings(rows), MIDDLEMARCH).meetings
    again = read_calendar(merged(text, found, calendars), MIDDLEMARCH)
    assert not again.findings
    assert [(m.on, m.cancelled) for m in again.calendars.meetings] == [
        (date(2027, 5, 25), True),
        (date(2027, 6, 15), False),
    ]
    assert merged(text, found, calendars).startswith(text[:40])
