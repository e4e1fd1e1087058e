"""Calendar texts: what they say, what is odd in them, and days on which offices are closed."""

from __future__ import annotations

from datetime import date

import pytest
from tests.domain.route_texts import PLACES, calendar, place

from concord.domain.agreements.timetables import days_of
from concord.domain.calendar import Counting, bank_holiday, last_day_for_notice
from concord.domain.decisions.calendars import (
    Pause,
    read_calendar,
    with_closed_days,
)

HEAD = 'format = 1\nsource = "constitution"\n'
CABINET = '[[meetings]]\nbody = "cabinet"\non = 2027-05-25\nat = "18:00"\n'


def found(text: str, name: str = "middlemarch") -> list[tuple[str, int]]:
    return [(f.id, f.line) for f in read_calendar(HEAD + text, place(name)).findings]


def read(text: str):
    reading = read_calendar(HEAD + text, place("middlemarch"))
    assert not reading.findings
    return reading.calendars


# What can be wrong ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("[[meetings\n", "text.malformed"),
        ('[[meetings]]\nbody = "cabnet"\non = 2027-05-25\n', "ref.unknown_name"),
        ('[[meetings]]\nbody = "cabinet"\non = "soon"\n', "text.not_a_date"),
        ('[[meetings]]\nbody = "cabinet"\n', "text.missing_key"),
        ('[[meetings]]\nbody = "cabinet"\non = 2027-05-25\nat = "late"\n', "text.not_a_time"),
        ('[[closures]]\nof = "council"\nkind = "holiday"\n', "text.unknown_word"),
        ('[[closures]]\nof = "icb"\nkind = "recess"\nstarts = 2027-08-01\n', "calendar.no_days"),
        ('[[closures]]\nof = "council"\nkind = "closed"\nstarts = 2027-08-01\nends = 2127-08-01\n',
         "calendar.too_long"),
        (CABINET + CABINET, "calendar.twice"),
        ("meetings = 7\n", "text.wrong_type"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_a_finding_and_never_raised(text, finding):
    assert finding in [id_ for id_, _ in found(text)]


def test_a_calendar_of_another_format_is_not_read():
    reading = read_calendar("format = 9", place("middlemarch"))
    assert reading.calendars is None
    assert [f.id for f in reading.findings] == ["text.unknown_format"]


def test_a_finding_names_the_line_and_the_nearest_name():
    (one,) = read_calendar(
        HEAD + '[[meetings]]\nbody = "cabnet"\non = 2027-05-25\n', place("middlemarch")
    ).findings
    assert (one.line, one.remedy) == (4, "Did you mean cabinet?")


def test_a_body_that_meets_twice_on_a_day_may_do_so_at_two_times():
    assert found(CABINET + CABINET.replace("18:00", "09:00")) == []
    assert found(CABINET + CABINET) == [("calendar.twice", 7)]


def test_a_meeting_in_its_own_recess_is_to_be_looked_at_again():
    recess = (
        '[[closures]]\nof = "council"\nkind = "recess"\nstarts = 2027-05-20\nends = 2027-05-31\n'
    )
    assert found(CABINET + recess) == [("calendar.in_pause", 3)]
    assert found(CABINET + "cancelled = true\n" + recess) == []


# What it says -----------------------------------------------------------------------------


def test_a_cancelled_meeting_stays_in_the_calendar_and_is_no_slot():
    listed = read(CABINET + "cancelled = true\n")
    assert listed.slots("cabinet") == ()
    assert listed.meeting("cabinet", date(2027, 5, 25)).cancelled is True


def test_slots_are_in_order_whatever_the_order_of_the_text():
    listed = read(CABINET + CABINET.replace("2027-05-25", "2027-04-20"))
    assert [s.on for s in listed.slots("cabinet")] == [date(2027, 4, 20), date(2027, 5, 25)]


def test_both_days_of_a_closure_belong_to_it():
    listed = read(
        '[[closures]]\nof = "council"\nkind = "recess"\nstarts = 2027-08-01\nends = 2027-08-31\n'
    )
    assert listed.pauses(["council"], date(2027, 8, 1))
    assert listed.pauses(["council"], date(2027, 8, 31))
    assert not listed.pauses(["council"], date(2027, 9, 1))
    assert not listed.pauses(["icb"], date(2027, 8, 1))


def test_closed_days_of_the_calendar_stand_beside_the_organisations_own():
    """For Thursday 22 July 2027 the 16th is passed over: 21, 20, 19, 15 and 14 are clear."""
    owner = with_closed_days(place("middlemarch"), calendar("middlemarch")).organisations["council"]
    closed = days_of(owner, date(2027, 7, 22))
    assert last_day_for_notice(date(2027, 7, 22), 5, Counting.WORKING, closed) == date(2027, 7, 13)
    assert date(2026, 12, 24) in closed  # by its constitution, every year


# The calendars of the places --------------------------------------------------------------


@pytest.mark.parametrize("name", ["city_of_london", "southampton", "middlemarch"])
def test_no_calendar_of_a_place_has_a_grave_finding(name):
    text = (PLACES / name / "calendar.toml").read_text(encoding="utf-8")
    assert [f for f in read_calendar(text, place(name)).findings if f.weight == "grave"] == []


def test_the_real_places_have_only_the_meetings_their_reports_name():
    city = [(m.body, m.on) for m in calendar("city_of_london").meetings]
    assert city == [
        ("scrutiny", date(2016, 11, 1)),
        ("community_services", date(2016, 11, 18)),
        ("health_and_wellbeing", date(2016, 11, 25)),
        ("policy_and_resources", date(2016, 12, 15)),
    ]
    southampton = [(m.body, m.on) for m in calendar("southampton").meetings]
    assert southampton == [("cabinet", date(2017, 7, 18)), ("full_council", date(2017, 7, 19))]


def test_every_body_of_middlemarch_meets_in_each_of_three_years_on_working_weekdays():
    listed = calendar("middlemarch")
    for body in place("middlemarch").bodies:
        assert {s.on.year for s in listed.slots(body)} == {2026, 2027, 2028}
    for meeting in listed.meetings:
        assert meeting.on.weekday() < 5
        assert not bank_holiday(meeting.on)


def test_the_council_of_middlemarch_elects_on_the_first_thursday_of_may_2027():
    (election,) = (c for c in calendar("middlemarch").closures if c.kind is Pause.ELECTION_PERIOD)
    assert election.ends == date(2027, 5, 6)
    assert election.ends.weekday() == 3
