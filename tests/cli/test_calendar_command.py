"""`concord calendar`: a file of meetings in, the place's calendar text out, nothing written."""

from __future__ import annotations

from pathlib import Path

from tests.domain.route_texts import PLACES, place

from concord.cli import main
from concord.domain.decisions.calendars import read_calendar


def written(folder: Path, text: str) -> str:
    file = folder / "meetings.csv"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_what_the_file_adds_stands_in_a_text_that_can_be_read(tmp_path, capsys):
    file = written(tmp_path, "body,date,time\nCabinet,2029-01-16,18:00\n")
    before = (PLACES / "middlemarch" / "calendar.toml").read_text(encoding="utf-8")
    assert main(["calendar", "middlemarch", file]) == 0
    text = capsys.readouterr().out
    again = read_calendar(text, place("middlemarch"))
    assert [f for f in again.findings if f.weight == "grave"] == []
    assert "2029-01-16" in text
    assert (PLACES / "middlemarch" / "calendar.toml").read_text(encoding="utf-8") == before


def test_a_title_the_place_does_not_know_is_said_and_can_be_settled(tmp_path, capsys):
    file = written(tmp_path, "body,date\nThe Executive,2029-01-16\n")
    assert main(["calendar", "middlemarch", file]) == 1
    assert "calendar.unknown_body" in capsys.readouterr().err
    assert main(["calendar", "middlemarch", file, "--called", "The Executive=cabinet"]) == 0


def test_a_title_settled_as_a_body_that_is_not_there_is_refused(tmp_path, capsys):
    file = written(tmp_path, "body,date\nThe Executive,2029-01-16\n")
    assert main(["calendar", "middlemarch", file, "--called", "The Executive=cabnet"]) == 2
    assert "no body is called 'cabnet'" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_refused(capsys):
    assert main(["calendar", "middlemarch", "absent.ics"]) == 2
    assert "cannot be read" in capsys.readouterr().err
