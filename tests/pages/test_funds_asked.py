"""Who pays, tried; a forecast made; a partner's file previewed and posted."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.pages.decision_places import load
from tests.pages.fund_books import APRIL, FUND, PLACE, PLACES, YEAR, fill

from concord.commands.funds import load_fund
from concord.records.models import ForecastRecord, LedgerPosting

ASK = f"/{PLACE}/funds/{FUND}/who-pays"
IMPORT = f"/{PLACE}/funds/import/"


@pytest.fixture
def books(middlemarch, operator):
    fill(operator)
    return operator


def words(answer) -> str:
    body = b"".join(answer) if answer.streaming else answer.content
    return " ".join(re.sub(r"<[^>]+>", " ", body.decode()).replace("\u00a0", " ").split())


def bills(client, asked: str) -> dict[str, dict[str, int]]:
    data = client.get(f"{ASK}.json?year={YEAR}&{asked}").json()
    return {row["agreement"]: row["borne"] for row in data["bills"]}


def test_one_overspend_under_three_agreements_side_by_side(client, books):
    # Every line at its budget but home care: 8,500,000 + 100,000.01 over.
    at_budget = (
        "o-equipment=610000&o-nursing=4100000&o-adaptations=1240000&o-reablement=1720000"
        "&o-learning=2400000&o-home_care=8600000.01"
    )
    # The ledger's version 1 has reablement at £1,600,000; version 2 of the text at £1,720,000.
    found = bills(client, f"rule=equal&rule=contributions&rule=lead&{at_budget}")
    assert list(found) == ["equal", "contributions", "lead"]
    assert sum(found["equal"].values()) == sum(found["lead"].values())
    council, icb = found["equal"]["council"], found["equal"]["icb"]
    assert abs(council - icb) <= 1  # an odd penny goes to the earlier party
    assert found["lead"].keys() == {"council"}


def test_the_same_address_draws_the_same_outturns(client, books):
    asked = f"{ASK}.json?year={YEAR}&rule=contributions&draw=spread&seed=7&o-home_care=9000000"
    first, again = client.get(asked).json(), client.get(asked).json()
    assert first == again
    told = first["simulated"]
    assert [one["correlation"] for one in told["by_correlation"]] == [0.0, 0.3, 0.6]
    assert told["seed"] == 7
    # A share without cap or step is linear, so its mean is that of the variance whatever the
    # correlation is; its spread grows with it, for lines that move together do not even out.
    both = [{s["name"]: s for s in one["bills"][0]["spreads"]} for one in told["by_correlation"]]
    means = [found["council"]["mean"] for found in both]
    assert means == pytest.approx([means[0]] * 3, rel=0.02)
    spread = [found["council"]["sd"] for found in both]
    assert spread[0] < spread[1] < spread[2]


def test_a_million_draws_tell_how_far_they_are(client, books):
    # Fewer here, by the same way: the page is sent as it becomes known.
    answer = client.get(f"{ASK}/?year={YEAR}&rule=contributions&draw=plain&draws=70000&seed=3")
    assert answer.streaming
    said = words(answer)
    assert "210,000 of 210,000 drawn" in said
    assert "70,000 outturns, plain, seed 3" in said


def test_a_real_place_is_never_given_a_share_as_its_own(client, operator, db):
    load(operator, "southampton")
    load_fund(operator, "southampton", (PLACES / "southampton" / "fund.toml").read_text("utf-8"))
    data = client.get("/southampton/funds/better_care/who-pays.json?o-clusters=50238000").json()
    assert all(row["example"] for row in data["bills"])
    said = words(client.get("/southampton/funds/better_care/who-pays/"))
    assert "Southampton’s own rule is not stated: what is tried here is not its." in said


def test_another_places_rules_are_carried_over_by_the_order_of_partners(client, books, operator):
    load(operator, "southampton")
    load_fund(operator, "southampton", (PLACES / "southampton" / "fund.toml").read_text("utf-8"))
    asked = "?rule=middlemarch&o-clusters=50238000"
    data = client.get(f"/southampton/funds/better_care/who-pays.json{asked}").json()
    (row,) = data["bills"]
    assert row["agreement"] == "middlemarch"
    assert not set(row["borne"]) & {"icb"}


@pytest.mark.parametrize(
    "asked", ["o-home_care=lots", "seed=x", "s-home_care=900", "draw=dice", "draw=plain&draws=0"]
)
def test_what_cannot_be_read_says_how_to_write_it(client, books, asked):
    answer = client.get(f"{ASK}/?year={YEAR}&{asked}")
    assert answer.status_code == 400


def upload(client, text: str, **given):
    file = SimpleUploadedFile("may.csv", text.encode(), "text/csv")
    said = {"act": "preview", "mapping": "council", "first": "2025-05-01", "last": "2025-05-31",
            "posted": "202505", "sheet": "", "file": file}  # fmt: skip
    return client.post(IMPORT, {**said, **given})


MAY = APRIL.replace("2025-04", "2025-05")


def test_a_file_is_previewed_then_posted_and_never_twice(client, books, cast):
    client.force_login(cast.pool_manager)
    before = LedgerPosting.objects.count()
    answer = upload(client, MAY)
    said = words(answer)
    assert "Can be posted: four rows, £448,500.10" in said
    assert "Parked, for somebody to claim" in said  # ZZ9 is in no claim of the mapping
    assert LedgerPosting.objects.count() == before
    html = answer.content.decode()
    carried = re.search(r'name="carried" value="([^"]+)"', html)
    assert carried
    given = {"act": "post", "mapping": "council", "first": "2025-05-01", "last": "2025-05-31",
             "posted": "202505", "sheet": "", "name": "may.csv", "carried": carried[1]}  # fmt: skip
    assert client.post(IMPORT, given).status_code == 302
    assert LedgerPosting.objects.count() == before + 8  # two legs to each of four rows
    assert client.post(IMPORT, given).status_code == 302
    assert LedgerPosting.objects.count() == before + 8
    assert "Every row of this file is posted already" in words(upload(client, MAY))


def test_a_fault_is_told_by_its_row_and_nothing_can_be_posted(client, books, cast):
    client.force_login(cast.pool_manager)
    answer = upload(client, MAY.replace("12000.00", "£12,480M"))
    said = words(answer)
    assert "Cannot be posted yet" in said
    assert "Row 3" in said
    assert 'value="post"' not in answer.content.decode()


def test_only_whoever_keeps_the_ledger_may_import(client, books, cast):
    assert client.get(IMPORT).status_code == 302  # asked to sign in
    client.force_login(cast.councillor)
    assert client.get(IMPORT).status_code == 403
    assert upload(client, MAY).status_code == 403


def test_a_forecast_is_kept_with_cause_and_evidence_and_blank_is_not_nil(client, books, cast):
    client.force_login(cast.pool_manager)
    key = "home_care|council"
    given = {"year": YEAR, "number": "2", "at": "202510", "cell": [key, "learning|icb"],
             f"actual-{key}": "£3,000,000", f"committed-{key}": "£0",
             f"remainder-{key}": "2,300,000.50", f"cause-{key}": "demand",
             f"because-{key}": "More hours", f"evidence-{key}": "Paper 7"}  # fmt: skip
    keep = f"/{PLACE}/funds/{FUND}/forecast/keep/"
    assert client.post(keep, given).status_code == 302
    made = ForecastRecord.objects.get(number=2).as_fact()
    (cell,) = made.cells  # learning was left empty, so it is not reported
    assert (cell.outturn, cell.because, cell.evidence) == (5_300_000_50, "More hours", "Paper 7")
    said = words(client.get(f"/{PLACE}/funds/{FUND}/forecast/?year={YEAR}"))
    assert "More hours" in said
    assert "Not reported" in said
    # A judgement with no reason is refused, and nothing is kept.
    bare = {**given, "number": "3", f"because-{key}": ""}
    assert client.post(keep, bare).status_code in (400, 403, 409, 422)
    assert ForecastRecord.objects.count() == 2


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_every_page_of_the_money_is_whole_at_every_width(visit, books, cast, width):
    visitor = visit(cast.pool_manager)
    found = []
    pages = {
        f"/{PLACE}/funds/": "Care pool",
        f"/{PLACE}/funds/{FUND}/?year={YEAR}": "Who pays if we finish here",
        f"/{PLACE}/funds/{FUND}/postings/?year={YEAR}": "Actual",
        f"/{PLACE}/funds/{FUND}/forecast/?year={YEAR}": "Judged still to come",
        f"{ASK}/?year={YEAR}&draw=spread&rule=own&rule=contributions": "same address",
        IMPORT: "Send a file",
    }
    for path, holds in pages.items():
        visitor.open(path, width)
        visitor.sees(holds)
        visitor.page.evaluate(
            "document.querySelectorAll('main details').forEach(one => one.open = true)"
        )
        found += visitor.check(f"{path} at {width}")
    assert found == []


@pytest.mark.browser
def test_a_reader_tries_an_outturn_and_sees_each_bill(visit, books):
    visitor = visit()
    visitor.open(f"{ASK}/?year={YEAR}")
    visitor.page.fill("#o-home_care", "£9,000,000")
    visitor.page.click("text=Show who pays")
    visitor.sees("Each bill, side by side")
    visitor.holds("#o-home_care", "£9,000,000")
