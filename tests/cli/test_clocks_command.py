"""Every vector of clear days and elapsed days, asked at the command line.

The vectors are derived in the law notes for real meetings; each column is a way of counting.
"""

from __future__ import annotations

import json

import pytest

from concord.cli import main

# Meeting: 5 clear days in calendar days; Sundays and bank holidays out; working days. Then 28
# clear calendar days, and the NHS's three clear working days.
VECTORS = {
    "2017-07-18": ("2017-07-12", "2017-07-11", "2017-07-10", "2017-06-19", "2017-07-12"),
    "2019-03-20": ("2019-03-14", "2019-03-13", "2019-03-12", "2019-02-19", "2019-03-14"),
    "2018-04-24": ("2018-04-18", "2018-04-17", "2018-04-16", "2018-03-26", "2018-04-18"),
    "2018-10-16": ("2018-10-10", "2018-10-09", "2018-10-08", "2018-09-17", "2018-10-10"),
    "2018-04-04": ("2018-03-29", "2018-03-26", "2018-03-23", "2018-03-06", "2018-03-27"),
}


def readings(capsys, *words: str) -> list[str]:
    assert main(["clocks", *words, "--json"]) == 0
    return list(json.loads(capsys.readouterr().out)["readings"].values())


@pytest.mark.parametrize("meeting", VECTORS)
def test_clear_days_before_a_meeting_in_each_way_of_counting(meeting, capsys):
    calendar, sundays_out, working, long_notice, nhs = VECTORS[meeting]
    assert readings(capsys, "--days", "5", "--before", meeting) == [calendar, sundays_out, working]
    assert readings(capsys, "--days", "28", "--before", meeting)[0] == long_notice
    assert readings(capsys, "--days", "3", "--before", meeting)[2] == nhs


def test_regulation_10_waits_until_five_clear_days_have_elapsed_following_the_day(capsys):
    expected = ["2018-04-03", "2018-04-06", "2018-04-09"]
    assert readings(capsys, "--days", "5", "--after", "2018-03-28") == expected


def test_southamptons_cabinet_had_to_give_notice_by_19_june_2017(capsys):
    words = ["clocks", "southampton", "--maker", "cabinet", "--key", "--on", "2017-07-18", "--json"]
    assert main(words) == 0
    steps = json.loads(capsys.readouterr().out)["steps"]
    assert "2017-06-19" in [s["by"] for s in steps if s["clock"] == "forward plan"]


def test_a_council_without_an_executive_has_no_key_decision_clock(capsys):
    words = ["clocks", "--form", "full council", "--governance", "committee system", "--key"]
    assert main([*words, "--on", "2016-12-15", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert not [s for s in data["steps"] if s["clock"] == "forward plan"]


def test_the_city_of_london_has_no_key_decision_clock(capsys):
    from concord.cli.texts import arrangement_of

    a = arrangement_of("city_of_london")
    body = next(b.id for b in a.bodies.values() if b.legal_form == "council committee")
    words = ["clocks", "city_of_london", "--maker", body, "--key", "--on", "2016-12-15", "--json"]
    assert main(words) == 0
    data = json.loads(capsys.readouterr().out)
    assert not [s for s in data["steps"] if s["clock"] == "forward plan"]
    assert data["not_running"]


def test_an_nhs_body_gives_three_clear_days_and_has_no_call_in(capsys):
    words = [
        "clocks",
        "--kind",
        "integrated care board",
        "--form",
        "NHS board",
        "--function",
        "NHS",
    ]
    assert main([*words, "--on", "2026-12-10", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert not [s for s in data["steps"] if "call-in" in s["clock"]]
    assert [s["rule"] for s in data["steps"] if "three" in s["rule"] or "3 clear" in s["rule"]]


def test_a_day_past_the_bank_holidays_known_is_warned_about(capsys):
    assert main(["clocks", "--days", "5", "--before", "2041-06-06"]) == 0
    assert "!" in capsys.readouterr().out


def test_a_question_without_a_day_says_what_to_add(capsys):
    assert main(["clocks", "southampton", "--maker", "cabinet"]) == 2
    assert "--on" in capsys.readouterr().err
