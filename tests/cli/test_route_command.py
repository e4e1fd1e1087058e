"""`concord route` as it is typed: what it prints, its exit codes, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.domain.route_texts import CITY, MIDDLEMARCH, SOUTHAMPTON

from concord.cli import main


@pytest.fixture
def city(tmp_path: Path) -> str:
    return written(tmp_path, CITY)


def written(folder: Path, text: str) -> str:
    file = folder / "matter.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def words(capsys) -> str:
    return " ".join(capsys.readouterr().out.split())


def test_the_route_of_the_city_cannot_be_done_as_planned(city, capsys):
    assert main(["route", "city_of_london", city, "--undated", "--sign-off-days", "10"]) == 1
    said = words(capsys)
    assert "first draft due Monday 10 October 2016" in said
    assert "papers must be public by Thursday 17 November 2016" in said
    assert "Move Health and Wellbeing Board to Monday 28 November 2016 or later" in said
    assert "No stop is recorded for City & Hackney CCG's own decision" in said


def test_a_moved_meeting_says_what_changed(city, capsys):
    moved = ["--move", "board=2016-11-28"]
    assert main(["route", "city_of_london", city, "--undated", *moved]) == 3
    assert "changed: Health and Wellbeing Board: meets Friday 25 November 2016" in words(capsys)


def test_what_is_not_stated_has_its_own_exit_code(tmp_path, capsys):
    asked = ["route", "southampton", written(tmp_path, SOUTHAMPTON), "--undated"]
    assert main(asked) == 3
    assert "in effect not stated, from 2017-07-19" in words(capsys)


def test_a_route_that_can_be_done_ends_well(tmp_path, capsys):
    file = written(tmp_path, MIDDLEMARCH)
    assert main(["route", "middlemarch", file, "--today", "2027-02-08", "--earliest"]) == 0
    assert "cannot be done nothing" in words(capsys)


def test_back_from_a_date_out_of_reach_it_says_what_holds_it_back(tmp_path, capsys):
    asked = ["--today", "2027-02-08", "--latest", "--wanted", "2027-04-01"]
    assert main(["route", "middlemarch", written(tmp_path, MIDDLEMARCH), *asked]) == 1
    said = words(capsys)
    assert "What holds it back, from the last step to the first" in said
    assert "No single step does it; these bring it nearer" in said


def test_as_json_it_is_the_plan_itself(city, capsys):
    assert main(["route", "city_of_london", city, "--undated", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["feasible"] is False
    assert [s["on"] for s in found["plan"]["steps"]] == [
        "2016-11-01", "2016-11-18", "2016-11-25", "2016-12-15",
    ]  # fmt: skip
    assert found["impossible"][0]["id"] == "route.told_too_late"


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (["nowhere.toml"], 2, "no matter is found"),
        (["{city}", "--move", "cabinet=2016-11-28"], 2, "no stop is called 'cabinet'"),
        (["{city}", "--calendar", "absent.toml"], 2, "absent.toml cannot be read"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_a_remedy(asked, code, said, city, capsys):
    words_ = [w.format(city=city) for w in asked]
    assert main(["route", "city_of_london", *words_]) == code
    assert said in capsys.readouterr().err


def test_a_calendar_that_cannot_be_read_is_refused_with_its_findings(city, tmp_path, capsys):
    bad = tmp_path / "calendar.toml"
    bad.write_text("format = 1\n[[meetings\n", encoding="utf-8")
    assert main(["route", "city_of_london", city, "--calendar", str(bad)]) == 1
    shown = capsys.readouterr()
    assert "text.malformed" in shown.out
    assert "cannot be read" in shown.err


def test_a_circular_route_is_refused_with_its_line(tmp_path, capsys):
    text = CITY.replace('body = "scrutiny"\n', 'body = "scrutiny"\nafter = ["policy"]\n')
    assert main(["route", "city_of_london", written(tmp_path, text)]) == 1
    assert "route.circular" in capsys.readouterr().out
