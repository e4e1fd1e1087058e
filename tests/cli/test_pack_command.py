"""`concord pack`: an agenda with its papers as one PDF, from the texts alone."""

from __future__ import annotations

import json

import pikepdf
import pytest

from concord.cli import main


def test_a_pack_is_written_with_progress_told_on_the_terminal(tmp_path, capsys):
    out = tmp_path / "pack.pdf"
    assert main(["pack", "middlemarch", "cabinet", "2027-05-25", "-o", str(out)]) == 0
    said = capsys.readouterr()
    with pikepdf.open(out) as pdf:
        assert len(pdf.pages) == 8
    assert "eight pages, one item" in said.out
    assert "4 of 4: Done" in said.err


def test_the_same_as_data(tmp_path, capsys):
    out = tmp_path / "pack.pdf"
    assert main(["pack", "middlemarch", "board", "2027-03-24", "-o", str(out), "--json"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    data = json.loads(said.out)
    assert data["items"][0]["title"] == "Home care framework for Middlemarch"
    assert data["starts"] == [["1", 2]]


def test_the_pack_for_members_is_marked_and_longer_than_the_public_one(tmp_path, capsys):
    public, full = tmp_path / "public.pdf", tmp_path / "full.pdf"
    where = ["pack", "middlemarch", "cabinet", "2027-05-25", "-o"]
    assert main([*where, str(public)]) == 0
    assert main([*where, str(full), "--full"]) == 0
    assert full.stat().st_size > public.stat().st_size


@pytest.mark.parametrize(
    ("where", "says"),
    [
        (["cabinet", "2027-05-24"], "no matter comes to Cabinet on"),
        (["nobody", "2027-05-25"], "nobody"),
    ],
)
def test_a_meeting_without_items_or_without_a_body_is_a_calm_failure(tmp_path, capsys, where, says):
    out = tmp_path / "pack.pdf"
    assert main(["pack", "middlemarch", *where, "-o", str(out)]) in (1, 2)
    assert says in capsys.readouterr().err
    assert not out.exists()


def test_a_file_that_cannot_be_written_says_so(tmp_path, capsys):
    out = tmp_path / "nowhere" / "pack.pdf"
    assert main(["pack", "middlemarch", "cabinet", "2027-05-25", "-o", str(out)]) == 2
    assert "cannot be written" in capsys.readouterr().err
