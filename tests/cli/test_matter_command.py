"""`concord matter`: a matter's findings, answers and promises, without a database."""

from __future__ import annotations

import json

import pytest
from tests.domain import a_matter, small_place

from concord.cli import main


@pytest.fixture
def lowick(tmp_path):
    (tmp_path / "arrangement.toml").write_text(small_place.TEXT, encoding="utf-8")
    (tmp_path / "matters").mkdir()
    return tmp_path


def wrote(place, text):
    (place / "matters" / "reablement.toml").write_text(text, encoding="utf-8")
    return str(place)


def test_a_matter_without_a_fault_exits_with_nothing(lowick, capsys):
    assert main(["matter", wrote(lowick, a_matter.TEXT), "reablement", "--on", "2025-01-27"]) == 0
    out = capsys.readouterr().out
    assert "Reablement at home" in out
    assert "A review of the first year of the service (Director of Care) by 2026-06-30" in out
    assert "0 must be mended, 0 to look at again" in out


def test_a_grave_finding_exits_with_one_and_says_its_line(lowick, capsys):
    text = a_matter.spoilt(("dated = 2025-01-27\n", ""))
    assert main(["matter", wrote(lowick, text), "reablement"]) == 1
    assert "blank.report_date" in capsys.readouterr().out


def test_json_holds_findings_answers_and_promises(lowick, capsys):
    text = a_matter.with_part("Yes/No")
    assert main(["matter", wrote(lowick, text), "reablement", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [f["id"] for f in told["findings"]] == ["choice.unanswered"]
    assert told["promises"][0]["owner"] == "director"
    assert [s["stop"] for s in told["answers"]["stops"]] == ["cabinet", "icb", "forum"]


def test_a_matter_that_is_not_there_is_told_calmly(lowick, capsys):
    assert main(["matter", wrote(lowick, a_matter.TEXT), "reablemant"]) == 2
    assert "reablement" in capsys.readouterr().err


def test_a_text_that_cannot_be_read_exits_with_its_findings(lowick, capsys):
    assert main(["matter", wrote(lowick, "format = 1\n[matter\n"), "reablement"]) == 1
    assert "text.malformed" in capsys.readouterr().out
