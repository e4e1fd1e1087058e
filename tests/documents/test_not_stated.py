"""docs/not-stated.md holds every silence of the places' texts, and nothing else."""

import re
from pathlib import Path

from concord.documents.not_stated import not_stated_document, read_places, silences
from concord.documents.not_stated_funds import fund_silences, money_part, read_funds
from concord.domain.agreements.reader import read_arrangement

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "not-stated.md"
REMEDY = "run: python -m concord.documents.not_stated > docs/not-stated.md"

TEXT = """\
format = 1
source = "deed"
[place]
name = "Middlemarch"
fictional = true
not_covered = [{ who = "Patients across the border", share = "not stated" }]
[sources]
deed = { title = "Deed" }
[organisations]
council = { name = "Council", kind = "council", governance = "not stated" }
icb = { name = "ICB", kind = "integrated care board" }
[posts.director]
name = "Director"
of = "council"
held_by = [{ name = "Caleb Garth", starts = "not stated, by 2022-02-01", ends = "not stated" }]
[bodies.board]
name = "Joint Board"
of = ["council", "icb"]
legal_form = "not stated"
quorum = "not stated"
seats = { members = { of = "council", number = "not stated" } }
[agreements.s75]
kind = "section 75"
name = "Agreement"
parties = ["council", "icb"]
binding = "not stated"
contents = { "duration, review, variation, termination" = "not stated", host = "not stated" }
"""


def test_the_page_is_the_one_the_texts_make():
    places = read_places(ROOT / "places")
    money = money_part(places, read_funds(ROOT / "places", places))
    assert DOCUMENT.read_text("utf-8") == not_stated_document(places) + money, REMEDY


def test_every_silence_of_a_fund_text_is_counted_once():
    funds = read_funds(ROOT / "places", read_places(ROOT / "places"))
    total = sum(len(reading.not_stated) for reading in funds.values())
    assert len(funds) == 6
    assert f"**{total}** in 6 fund texts." in DOCUMENT.read_text("utf-8")
    assert all(len(fund_silences(r)) == len(r.not_stated) for r in funds.values())


def test_a_silence_of_the_money_is_told_by_the_names_that_people_use():
    page = DOCUMENT.read_text("utf-8").split("# The money\n")[1]
    assert "## Southampton: the money" in page
    assert "| Better Care pooled fund | host, pool manager, lead, client charges," in page
    assert "| The head of the file | risk share |" in page
    assert "| capped | falls to: ratio; cap, clause |" in page


def test_every_silence_is_counted_once_and_by_its_table():
    readings = read_places(ROOT / "places")
    total = sum(len(reading.not_stated) for reading in readings.values())
    page = DOCUMENT.read_text("utf-8")
    assert f"**{total}** in {len(readings)} texts." in page
    rows = [row for row in page.splitlines() if row.startswith("| [")]
    numbers = [[int(n) for n in re.findall(r"\| (\d+)(?= )", row)] for row in rows]
    assert len(rows) == len(readings)
    assert all(sum(row[:-1]) == row[-1] for row in numbers)
    assert sum(row[-1] for row in numbers) == total


def test_a_silence_is_told_by_the_names_that_people_use():
    page = not_stated_document({"middlemarch": read_arrangement(TEXT)})
    rows = {row for row in page.splitlines() if row.startswith("| ")}
    assert {
        "| Middlemarch | people not covered 1: share | 6 |",
        "| Council | governance | 10 |",
        "| Director | holder 1: starts (by 2022-02-01), ends | 15 |",
        "| Joint Board | legal form, quorum; seat members: number | 19-21 |",
        "| Agreement | binding; contents: “duration, review, variation, termination”, host "
        "| 26-27 |",
    } <= rows
    assert "## Middlemarch (fictional)" in page


def test_a_text_that_cannot_be_read_has_no_silences():
    assert silences(read_arrangement("nothing = [")) == ()


def test_a_silence_at_the_head_of_the_file_is_told_too():
    text = TEXT.replace(
        "format = 1", 'format = 1\nstanding = "not stated"\nsuccessions = "not stated"'
    )
    page = not_stated_document({"middlemarch": read_arrangement(text)})
    assert "| The head of the file | standing | 2 |" in page
    assert "| Successions | all of it | 3 |" in page
