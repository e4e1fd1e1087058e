"""`concord check` and `show`: all findings at once, with lines, on any text whatever."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from concord.cli import main

FOLDERS = Path(__file__).parents[2] / "places"
PLACES = [
    "sheffield",
    "southampton",
    "nottinghamshire",
    "city_of_london",
    "doncaster",
    "middlemarch",
]


def test_every_place_can_be_read_and_none_has_a_fault_of_text_or_names(capsys):
    main(["check", *PLACES, "--json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [f for f in findings if f["id"].split(".")[0] in ("text", "ref")] == []


def test_the_fictional_place_has_nothing_grave(capsys):
    assert main(["check", "middlemarch"]) == 0
    assert "0 must be mended" in capsys.readouterr().out


def test_all_faults_of_a_text_are_told_at_once_each_with_its_line(tmp_path, capsys):
    text = """format = 1
source = "here"
[place]
name = "Somewhere"
[sources]
here = { title = "A text" }
[organisations]
council = { name = "A council", kind = "councill", key_decision = { amount = 500000 } }
[bodies.board]
name = "Board"
of = "nobody"
legal_form = "cabinet"
chairs = "none"
"""
    file = tmp_path / "arrangement.toml"
    file.write_text(text)
    assert main(["check", str(file), "--json"]) == 1
    found = {(f["id"], f["line"]) for f in json.loads(capsys.readouterr().out)["findings"]}
    expected = {
        ("text.unknown_word", 8),
        ("text.not_money", 8),
        ("ref.unknown_name", 11),
        ("text.unknown_key", 13),
    }
    assert expected <= found


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"", b"[[[[[", b"a" * 2_000_000, b"format = 2"])
def test_what_is_no_arrangement_is_refused_with_findings(data, tmp_path, capsys):
    file = tmp_path / "arrangement.toml"
    file.write_bytes(data)
    assert main(["check", str(file)]) == 1
    assert str(file) in capsys.readouterr().out


def test_show_says_that_a_fictional_place_is_fictional(capsys):
    assert main(["show", "middlemarch"]) == 0
    assert "fictional" in capsys.readouterr().out.splitlines()[0]


def test_check_authority_and_clocks_need_no_database():
    program = (
        "import sys; from concord.cli import main; main(['check', 'middlemarch']); "
        "main(['clocks', '--days', '5', '--before', '2018-04-04']); "
        "sys.exit('django' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr


def test_what_depends_on_a_day_is_told_only_when_a_day_is_asked(capsys):
    main(["check", "middlemarch", "--json"])
    always = {f["id"] for f in json.loads(capsys.readouterr().out)["findings"]}
    main(["check", "middlemarch", "--on", "2027-02-20", "--json"])
    then = json.loads(capsys.readouterr().out)["findings"]
    assert "deleg.ends_soon" not in always
    ending = [f for f in then if f["id"] == "deleg.ends_soon"]
    assert ending
    assert all(f["file"].endswith("arrangement.toml") and f["line"] for f in ending)


def test_the_calendar_the_matters_and_the_diary_of_a_folder_are_checked_with_it(tmp_path, capsys):
    place = tmp_path / "small"
    (place / "matters").mkdir(parents=True)
    text = (FOLDERS / "middlemarch" / "arrangement.toml").read_text("utf-8")
    (place / "arrangement.toml").write_text(text, "utf-8")
    (place / "calendar.toml").write_text(
        'format = 1\n[[meetings]]\nbody = "cabinett"\non = 2027-01-19\n', "utf-8"
    )
    (place / "matters" / "one.toml").write_text('format = 1\n[matter]\ntitel = "A"\n', "utf-8")
    (place / "diary").mkdir()
    act = 'at = 2026-11-25T14:00:00\ndo = "record"\nentry = "votted"\nmeeting = "m"\n'
    (place / "diary" / "2026-11.toml").write_text(f"format = 1\n[[acts]]\n{act}", "utf-8")
    assert main(["check", str(place)]) == 1
    said = capsys.readouterr().out
    assert "2026-11.toml:5" in said
    assert "calendar.toml:3" in said
    assert "matters/one.toml:3" in said
    assert main(["check", str(place / "arrangement.toml")]) == 0
