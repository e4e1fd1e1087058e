"""`concord fund`, and `concord check` on the fund text beside an arrangement."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from concord.cli import main

PLACES = Path(__file__).parents[2] / "places"


@pytest.fixture
def place(tmp_path):
    """A copy of Middlemarch whose fund text a test may spoil."""
    for file in ("arrangement.toml", "fund.toml"):
        shutil.copy(PLACES / "middlemarch" / file, tmp_path / file)
    return tmp_path


def spoil(place: Path, old: str, new: str, file: str = "fund.toml") -> None:
    text = (place / file).read_text(encoding="utf-8")
    assert old in text
    (place / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_it_prints_funds_lines_budgets_and_who_leads(capsys):
    assert main(["fund", "middlemarch", "--year", "2025/26"]) == 0
    said = capsys.readouterr().out
    assert "NHS-funded nursing care: pooled aligned, led by NHS Loamshire" in said
    assert "2025/26, version 2, confirmed" in said
    assert "Total: £18,450,000" in said
    assert "Outside any total: £6,300,000" in said
    assert "2024/25" not in said


def test_an_earlier_version_can_be_asked_for(capsys):
    main(["fund", "middlemarch", "--year", "2025/26", "--version", "1"])
    assert "Home care: £8,500,000" in capsys.readouterr().out  # 5,300,000 + 3,200,000


def test_what_is_not_stated_is_said_and_never_nil(capsys):
    assert main(["fund", "city_of_london"]) == 0
    said = capsys.readouterr().out
    assert "Total: Not stated" in said
    assert "Risk share: Not stated" in said
    assert "£0" not in said


def test_an_agreement_is_called_by_its_own_name(capsys):
    main(["fund", "southampton"])
    assert "agreement Better Care Fund section 75 partnership agreement" in capsys.readouterr().out


def test_it_prints_json_with_money_in_pounds(capsys):
    assert main(["fund", "southampton", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["budgets"][0]["total"] == "£105,196,000"
    assert said["budgets"][0]["partners"]["ccg"] == "£69,501,000"
    assert [f["id"] for f in said["findings"]] == ["fund.host_not_stated"]


def test_another_text_may_be_read_beside_the_place(capsys):
    example = PLACES / "sheffield" / "examples" / "capped_share.toml"
    assert main(["fund", "sheffield", "--text", str(example)]) == 0
    assert "Total: £20,000,000" in capsys.readouterr().out


def test_a_place_without_a_fund_text_is_told_what_to_write(tmp_path, capsys):
    shutil.copy(PLACES / "middlemarch" / "arrangement.toml", tmp_path)
    assert main(["fund", str(tmp_path)]) == 2
    assert "fund.toml" in capsys.readouterr().err


def test_check_reads_the_fund_text_too(place, capsys):
    spoil(place, 'stated = { total = "£13,800,000" }', 'stated = { total = "£13,800,001" }')
    assert main(["check", str(place), "--json"]) == 1
    found = [f for f in json.loads(capsys.readouterr().out)["findings"] if f["weight"] == "grave"]
    assert [f["id"] for f in found] == ["fund.does_not_foot"]
    assert found[0]["file"].endswith("fund.toml")
    assert "£1 less" in found[0]["says"]


def test_check_finds_a_power_over_a_fund_that_is_not_there(place, capsys):
    spoil(place, 'funds = ["care_pool"] }', 'funds = ["care_poll"] }', "arrangement.toml")
    assert main(["check", str(place), "--json"]) == 1
    (found,) = [
        f for f in json.loads(capsys.readouterr().out)["findings"] if f["weight"] == "grave"
    ]
    assert found["id"] == "ref.unknown_name"
    assert found["file"].endswith("arrangement.toml")
    assert found["remedy"] == "Did you mean care_pool?"


@pytest.mark.parametrize("text", ["", "not toml at all [", "format = 2", "\x00", "format = 1"])
def test_bad_text_is_told_and_never_a_traceback(place, capsys, text):
    (place / "fund.toml").write_text(text, encoding="utf-8")
    assert main(["fund", str(place)]) == 1
    assert "fund.toml" in capsys.readouterr().out
