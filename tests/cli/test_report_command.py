"""`concord report`: every format of a report, from a place's texts alone."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from concord.cli import main

ROOT = Path(__file__).parents[2]
SOUTHAMPTON = [str(ROOT / "places" / "southampton"), "better_care", "quarterly", "--text-only"]
YEAR = ["--year", "2017/18", "--quarter", "1"]


def written(tmp_path, format_, *words):
    file = tmp_path / f"report.{format_}"
    code = main(["report", *SOUTHAMPTON, *YEAR, "--format", format_, "-o", str(file), *words])
    assert code == 0
    return file.read_bytes()


def test_southamptons_ten_schemes_have_a_budget_and_nothing_else_is_reported(tmp_path):
    found = json.loads(written(tmp_path, "json", "--to", "council"))
    tables = {t["table"]: t for t in found["tables"]}
    rows = tables["lines"]["rows"]
    # Ten schemes, each with a part of both partners, and their sum as the 2017 report prints it.
    assert len({r["row"] for r in rows[:-1]}) == 10
    budget, spent, forecast, over = (f["amount"] for f in rows[-1]["figures"])
    assert budget == 105_196_000_00
    assert (spent, forecast, over) == ("not reported", "not reported", "not known")
    given = {r["row"]: r["figures"][0]["amount"] for r in tables["contributions"]["rows"]}
    assert sorted(given.values()) == [35_695_000_00, 69_501_000_00, 105_196_000_00]
    assert found["by"] == "Not stated"


@pytest.mark.parametrize(
    ("format_", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!doctype html>")]
)
def test_each_format_is_what_it_says(tmp_path, format_, begins):
    assert written(tmp_path, format_).startswith(begins)


def test_the_workbook_says_not_reported_and_never_nothing(tmp_path):
    sheet = load_workbook(BytesIO(written(tmp_path, "xlsx")), data_only=True)["Figures"]
    rows = {r[0].value: [c.value for c in r[2:6]] for r in sheet.iter_rows(min_row=25)}
    assert rows["Together"] == [105_196_000, "Not reported", "Not reported", "Not known"]
    assert rows["Telecare"] == [250_000, "Not reported", "Not reported", "Not known"]


def test_open_data_has_a_row_for_each_figure(tmp_path):
    text = written(tmp_path, "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    total = next(r for r in rows if r["figure"] == "lines.total.budget")
    assert total["pounds"] == "105196000.00"
    assert {r["pounds"] for r in rows if r["figure"].endswith(".spent")} == {"not reported"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--to", "nobody"], "no reader of this report"),
        (["--year", "2017"], "no financial year"),
    ],
)
def test_what_cannot_be_read_is_said_calmly(tmp_path, capsys, words, says):
    file = str(tmp_path / "none.pdf")
    code = main(["report", *SOUTHAMPTON, *YEAR, "-o", file, *words])
    assert code != 0
    assert says in capsys.readouterr().err


def test_a_lead_commissioners_report_that_nobody_owes_is_refused(tmp_path, capsys):
    words = [*SOUTHAMPTON[:2], "lead", "--text-only", *YEAR, "-o", str(tmp_path / "none.pdf")]
    assert main(["report", *words]) == 1
    assert "is due to anybody" in capsys.readouterr().err
