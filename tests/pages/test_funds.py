"""The pages of the money: whose, where to, on budget, who pays, and what made each figure."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.pages.decision_places import load
from tests.pages.fund_books import FUND, PLACE, PLACES, YEAR, fill

from concord.commands.funds import load_fund
from concord.web.funds_files import safe
from concord.web.funds_pictures import WIDE, flow, variance_picture

BASE = f"/{PLACE}/funds/{FUND}/"


@pytest.fixture
def southampton(operator, db):
    load(operator, "southampton")
    load_fund(operator, "southampton", (PLACES / "southampton" / "fund.toml").read_text("utf-8"))


@pytest.fixture
def books(middlemarch, operator):
    fill(operator)
    return operator


def read(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " ").split())


def test_a_real_place_with_a_budget_alone_says_what_it_does_not_know(client, southampton):
    said = read(client, "/southampton/funds/better_care/")
    # The report of July 2017, paragraph 24: £105.196m, the CCG 66.07% of it.
    assert "£105.196m from two partners, for ten schemes" in said
    assert "66.07%" in said
    assert "does not say how an overspend is shared" in said
    assert "Concord shares nothing here" in said
    assert "no forecast has been made for 2017/18" in said
    # 49,238 + 26,308 = 75,546 of 105,196: 71.8%.
    assert "Two of the ten schemes hold 72% of the money" in said
    data = client.get("/southampton/funds/better_care.json").json()
    assert data["who_pays"] == "not stated"
    assert {line["spent_pence"] for line in data["lines"]} == {None}
    assert sum(line["budget_pence"] for line in data["lines"]) == 105_196_000_00


def test_savings_of_the_report_stand_on_the_page_of_the_money(client, southampton):
    said = read(client, "/southampton/funds/")
    # 548 + 61 + 702 + 1,013 = 2,324 thousand, as the report's own total.
    assert "£2,324,000.00" in said
    assert "Better Care pooled fund" in said


def test_sums_of_two_years_are_never_added(client, books):
    said = read(client, f"/{PLACE}/funds/?on=2026-11-24")
    # Care £18,995,000 and health £4,720,000 in 2026/27; what is in view has a budget for 2025/26.
    assert "Three funds. £23.715m is budgeted for 2026/27 in two of them." in said
    assert "£6.300m is budgeted for 2025/26 in one of them." in said


def test_a_line_not_reported_is_left_out_of_the_total_by_name(client, books):
    said = read(client, f"{BASE}?year={YEAR}")
    # 418,402.75 + 42,000 − 15,000 − 60,000 = 385,402.75; learning has not reported.
    assert "£385,402.75 over budget, with one line not yet reported" in said
    assert "Learning disability health services stays out of the total" in said
    data = client.get(f"/{PLACE}/funds/{FUND}.json?year={YEAR}").json()
    assert data["who_pays"]["left_out"] == ["learning"]


def test_the_sheet_takes_ring_fenced_money_out_and_ends_at_the_whole(client, books):
    pays = client.get(f"/{PLACE}/funds/{FUND}.json?year={YEAR}").json()["who_pays"]
    # Clause 12.3: nursing, £42,000, to the ICB. 12.4: equipment, £15,000 under, to the host.
    # 12.6: the reserve's £300,000 waits for the Executive Group. 12.7: the next £118,402.75 lies
    # under 1% of budget and falls to the host. 12.9: the grant's £60,000 goes back to the council.
    # Council: 118,402.75 − 15,000 − 60,000 = 43,402.75.
    assert pays["borne"] == {"icb": 42_000_00, "council": 43_402_75}
    assert [held["amount"] for held in pays["waiting"]] == [300_000_00]
    said = read(client, f"{BASE}?year={YEAR}")
    assert "Take out Adaptations to homes: £60,000.00 under, ring-fenced" in said
    # Without the grant, which pays for nothing else: 43,402.75 + 60,000 = 103,402.75.
    assert "£103,402.75" in said
    assert "keeps £60,000.00 of unspent ring-fenced money" in said


def test_a_variance_past_its_trigger_opens_the_plan_on_page_and_desk(client, books, cast):
    said = read(client, f"{BASE}?year={YEAR}")
    # Clause 12.10: past £50,000.
    assert "Action plan is due" in said
    assert "past £50,000" in said
    client.force_login(cast.pool_manager)
    assert "Action plan for Care pool, 2025/26" in read(client, "/desk/")


def test_a_figure_opens_to_its_account_its_posting_and_its_row(client, books):
    page = client.get(f"{BASE}?year={YEAR}").content.decode()
    assert "postings/?year=2025/26&amp;line=home_care&amp;what=spent" in page
    data = client.get(
        f"/{PLACE}/funds/{FUND}/postings.json?year={YEAR}&line=home_care&what=spent"
    ).json()
    assert data["total"] == 413_250_10  # 401,250.10 + 12,000.00
    assert [(p["file"], p["row"], p["pence"]) for p in data["postings"]] == [
        ("april.csv", 3, 12_000_00),
        ("april.csv", 2, 401_250_10),
    ]


def test_a_row_that_may_name_people_is_for_whoever_keeps_the_ledger(client, books, cast):
    from concord.records.models import LedgerFile

    row = f"/{PLACE}/funds/rows/{LedgerFile.objects.get().pk}/2/"
    assert client.get(row).status_code == 302
    assert "Care Ltd" not in read(client, f"{BASE}postings/?year={YEAR}&line=home_care&what=spent")
    client.force_login(cast.pool_manager)
    assert "Care Ltd" in read(client, row)


def test_contributions_say_how_far_they_have_come(client, books):
    data = client.get(f"/{PLACE}/funds/{FUND}.json?year={YEAR}").json()
    council, icb = data["contributions"]
    assert (council["indicative_pence"], council["confirmed_pence"]) == (0, 8_600_000_00)
    assert council["received_pence"] is None
    assert icb["confirmed_pence"] is None


def test_the_page_asks_the_same_number_of_questions_however_much_is_posted(client, books):
    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(f"{BASE}?year={YEAR}")
        return len(asked)

    client.get(f"{BASE}?year={YEAR}")
    before = questions()
    from tests.pages.fund_books import APRIL, sent

    from concord.commands.imports import import_file

    rows = "".join(f"2025-04-{n % 28 + 1:02},HC1,Care Ltd,{n + 1}.00\n" for n in range(200))
    import_file(books, PLACE, sent(APRIL.split("\n")[0] + "\n" + rows, "more.csv"), 202505)
    assert questions() == before <= 12


def test_postings_are_paged_and_none_is_lost(client, books):
    from tests.pages.fund_books import sent

    from concord.commands.imports import import_file

    rows = "".join(f"2025-04-{n % 28 + 1:02},EQ1,Stores,{n + 1}.00\n" for n in range(120))
    import_file(books, PLACE, sent("Date,Code,Payee,Amount\n" + rows, "more.csv"), 202505)
    address, seen = f"?year={YEAR}&line=equipment&what=actual", []
    while address:
        data = client.get(f"/{PLACE}/funds/{FUND}/postings.json{address}").json()
        seen += [p["posting"] for p in data["postings"]]
        address = data["next"]
    assert len(seen) == len(set(seen)) == 121


def test_a_year_and_an_account_that_are_not_there_say_so(client, books):
    assert client.get(f"{BASE}?year=1999/00").status_code == 400
    assert client.get(f"{BASE}postings/?year={YEAR}&what=nothing").status_code == 400
    assert client.get(f"/{PLACE}/funds/no_such/").status_code == 404


def test_the_csv_foots_and_starts_no_formula(client, books):
    sheet = client.get(f"/{PLACE}/funds/{FUND}.csv?year={YEAR}").content.decode()
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert sum(float(row["budget_pounds"]) for row in rows) == 18_450_000
    assert {r["forecast_pounds"] for r in rows if r["line"] == "learning"} == {"not reported"}
    assert [safe(v) for v in ("=1+1", "@x", "-2", "\t=1")] == ["'=1+1", "'@x", "'-2", "'\t=1"]


def test_the_flow_keeps_one_scale_and_every_ribbon_its_partner():
    lines = [("a", "A", {"x": 300, "y": 100}), ("b", "B", {"y": 200})]
    made = flow(lines, {"x": "council", "y": "nhs"}, WIDE)
    assert made is not None
    heights = {(b.side, b.x): 0.0 for b in made.blocks}
    for block in made.blocks:
        heights[block.side, block.x] += block.height
    # 600 pence are 460 pixels: x has half of them on the left and on the right.
    for column in (WIDE.partner, WIDE.line):
        assert heights["council", column] == pytest.approx(230)
        assert heights["nhs", column] == pytest.approx(230)
    assert [r.side for r in made.out] == ["council", "nhs", "nhs"]


def test_the_zero_line_stands_at_its_true_share_of_the_range():
    drawn = variance_picture([("a", "A", 300), ("b", "B", -100), ("c", "C", None)], 0, 100, 38, 50)
    assert drawn.zero == 25
    assert [(b.id, b.x, b.width) for b in drawn.bars] == [("a", 25, 75), ("b", 0, 25), ("c", 25, 0)]
