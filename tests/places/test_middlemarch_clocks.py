"""Middlemarch and City of London: the last lawful days, counted by hand on a calendar."""

from datetime import date
from pathlib import Path

import pytest

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.reader import read_arrangement
from concord.domain.agreements.timetables import business_of, timetable_for
from concord.domain.agreements.words import FunctionKind

PLACES = Path(__file__).parents[2] / "places"


def read(name: str) -> Arrangement:
    text = (PLACES / name / "arrangement.toml").read_text(encoding="utf-8")
    arrangement = read_arrangement(text, "arrangement.toml").arrangement
    assert arrangement is not None
    return arrangement


def days(name: str, maker: str, organisation: str, kind: FunctionKind, on: date) -> dict[str, date]:
    """The day of each clock that has one, the earliest where a clock has several."""
    business = business_of(kind, key=True, private=False)
    found = timetable_for(read(name), maker, business, on, organisation=organisation)
    steps = [s for s in found.steps if s.day is not None]
    return {s.clock: min(t.day for t in steps if t.clock == s.clock) for s in steps}


@pytest.mark.parametrize(
    ("clock", "day"),
    [
        # 15 December to 11 January are 28 days; both ends stay out
        ("forward plan", date(2026, 12, 14)),
        # 5, 6, 7, 8 and 11 January are five working days
        ("agenda and reports", date(2027, 1, 4)),
        # 11, 8, 7, 6, 5, 4 January, 31, 30, 29 and 23 December: 28 is a bank holiday, 24 closed
        ("sign-off", date(2026, 12, 23)),
        ("decision published", date(2027, 1, 14)),
    ],
)
def test_a_key_decision_by_a_member_at_the_board_over_christmas(clock: str, day: date) -> None:
    tuesday = date(2027, 1, 12)
    found = days("middlemarch", "board.members", "council", FunctionKind.EXECUTIVE, tuesday)
    assert found[clock] == day


def test_christmas_eve_is_no_working_day_of_the_council() -> None:
    tuesday = date(2026, 12, 29)  # 23, 22, 21, 18 and 17 December are clear
    found = days("middlemarch", "cabinet", "council", FunctionKind.EXECUTIVE, tuesday)
    assert found["agenda and reports"] == date(2026, 12, 16)


def test_the_icb_has_papers_and_no_forward_plan() -> None:
    tuesday = date(2027, 1, 12)
    found = days("middlemarch", "board.icb", "icb", FunctionKind.NHS, tuesday)
    assert found["agenda and reports"] == date(2027, 1, 4)
    assert "forward plan" not in found
    assert "call-in window" not in found


def test_the_city_of_london_runs_no_key_decision_clock() -> None:
    thursday = date(2016, 12, 15)  # 14, 13, 12, 9 and 8 December are clear
    kind = FunctionKind.NON_EXECUTIVE
    found = days("city_of_london", "policy_and_resources", "city", kind, thursday)
    assert found == {"agenda and reports": date(2016, 12, 7)}


def test_a_call_in_closes_at_five_on_the_fifth_working_day_after_publication() -> None:
    business = business_of(FunctionKind.EXECUTIVE, key=True, private=False)
    found = timetable_for(
        read("middlemarch"),
        "board.members",
        business,
        date(2027, 1, 12),
        published=date(2027, 1, 14),
        organisation="council",
    )
    (window,) = (s for s in found.steps if s.clock == "call-in window")
    assert window.day == date(2027, 1, 21)  # 15, 18, 19, 20 and 21 January
    assert "17:00" in f"{window}"
