"""The reports of a fund: listed by quarter and year, each a page, its data and its files."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.commands.fund_report_books import FUND, PLACE, fill

BASE = f"/{PLACE}/funds/{FUND}/reports"
SEPTEMBER = "?year=2025/26&quarter=2&to=icb"


@pytest.fixture
def books(middlemarch, operator):
    fill(operator)
    return operator


def test_the_list_has_each_quarter_and_the_year(client, books):
    body = client.get(f"{BASE}/?year=2025/26").content.decode()
    for words in ("Quarter 1", "Quarter 4", "The year", "annual return", "Memorandum note"):
        assert words in body
    groups = json.loads(client.get(f"{BASE}.json?year=2025/26").content)["reports"]
    # Each partner's quarterly report, the ICB's of what the council leads, the board's page.
    assert [len(g["reports"]) for g in groups] == [4, 4, 4, 4, 4]
    for row in (r for g in groups for r in g["reports"]):
        assert client.get(row["address"]).status_code == 200


def test_a_report_is_a_page_and_its_data_alike(client, books):
    body = client.get(f"{BASE}/quarterly/{SEPTEMBER}").content.decode()
    # 1,400,000.10 + 1,350,000 + 50,000.07 − 12,345.67.
    assert "£2,787,654.50" in body
    assert "Not reported" in body
    assert "fictional" in body
    data = json.loads(client.get(f"{BASE}/quarterly.json{SEPTEMBER}").content)
    figures = {
        f["figure"]: f["amount"] for t in data["tables"] for r in t["rows"] for f in r["figures"]
    }
    assert figures["lines.home_care.council.spent"] == 2_787_654_50
    assert figures["lines.learning.icb.spent"] == "not reported"


@pytest.mark.parametrize(
    ("format_", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK"), ("csv", b"\xef")]
)
def test_each_file_is_what_it_says(client, books, format_, begins):
    answer = client.get(f"{BASE}/quarterly.{format_}{SEPTEMBER}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    name = f"middlemarch-care_pool-quarterly-2025-26-q2-icb.{format_}"
    assert name in answer["Content-Disposition"]


def test_the_boards_position_is_one_page(client, books):
    from pikepdf import Pdf

    body = client.get(f"{BASE}/board.pdf?year=2025/26&quarter=2").content
    with Pdf.open(BytesIO(body)) as pdf:
        assert len(pdf.pages) == 1


def test_the_workbook_has_its_formulas(client, books):
    body = client.get(f"{BASE}/note.xlsx?year=2025/26&to=council").content
    sheet = load_workbook(BytesIO(body))["Figures"]
    assert any(str(c.value).startswith("=IF(COUNT(") for row in sheet for c in row)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("quarterly/?year=2025/26", 400),
        ("quarterly/?year=2025/26&quarter=9", 400),
        ("quarterly/?year=2025/26&quarter=1&to=brokers", 400),
        ("quarterly.pdf?year=2099/00&quarter=1", 400),
        ("gossip/?year=2025/26", 404),
        ("quarterly.exe?year=2025/26&quarter=1", 404),
    ],
)
def test_what_cannot_be_had_is_said(client, books, address, code):
    assert client.get(f"{BASE}/{address}").status_code == code
