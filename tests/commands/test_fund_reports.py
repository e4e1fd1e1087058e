"""Reports on Middlemarch's care pool, each figure worked by hand."""

import pytest
from tests.commands.fund_report_books import books, fill

from concord.domain.funds.reports import NoAmount, ReportKind
from concord.domain.funds.reports_making import make_report, recipients

NOT_REPORTED, NOT_KNOWN = NoAmount.NOT_REPORTED, NoAmount.NOT_KNOWN


@pytest.fixture
def filled(middlemarch, operator):
    fill(operator)
    return books()


def amounts(report):
    return {figure.id: figure.amount for figure in report.figures()}


def test_a_quarters_report_says_what_was_known_at_its_end(filled):
    found = amounts(make_report(filled, ReportKind.QUARTERLY, 2, "icb"))
    # £1,400,000.10 + £1,350,000.00 paid + £50,000.07 accrued − £12,345.67 from a client.
    assert found["lines.home_care.council.spent"] == 2_787_654_50
    # June's £9,999.99 was entered in October.
    assert found["lines.home_care.icb.spent"] == 1_600_000_00
    # October's second version is not in September's budget.
    assert found["lines.home_care.council.budget"] == 5_300_000_00
    assert found["lines.home_care.council.forecast"] == 5_918_402_75
    assert found["lines.home_care.council.over"] == 618_402_75
    # 8.5m + 0.61m + 4.1m + 1.24m + 1.6m + 2.4m.
    assert found["lines.total.budget"] == 18_450_000_00
    # 618,402.75 + 100,000 − 15,000 + 42,000 − 60,000.
    assert found["lines.total.over"] == 685_402_75


def test_what_is_not_reported_is_named_and_is_in_no_total(filled):
    report = make_report(filled, ReportKind.QUARTERLY, 2, "icb")
    found = {f.id: f for f in report.figures()}
    assert found["lines.learning.icb.spent"].amount is NOT_REPORTED
    assert found["lines.learning.icb.over"].amount is NOT_KNOWN
    total = found["lines.total.forecast"]
    assert total.left_out == ("Learning disability health services, " + report.to_name,)
    # Received from the ICB: nobody has said nil, so the rest is not known.
    assert found["contributions.icb.received"].amount is NOT_REPORTED
    assert found["contributions.icb.due"].amount is NOT_KNOWN
    assert any("Learning disability" in line for line in report.not_reported)


def test_the_quarter_and_the_year_so_far_are_told_apart(filled):
    found = amounts(make_report(filled, ReportKind.QUARTERLY, 2, "council"))
    # July to September: 1,350,000 + 220,000.33 + 2,050,000 + 800,000 + 75,000 + 50,000.07.
    assert found["money.paid.quarter"] == 4_545_000_40
    # And April to June: 1,400,000.10 + 1,600,000.
    assert found["money.paid.year"] == 7_545_000_50
    assert found["money.income.year"] == 4_300_000_00 + 12_345_67
    assert found["money.balance.year"] == 4_312_345_67 - 7_545_000_50


def test_the_annual_return_knows_what_came_later(filled):
    report = make_report(filled, ReportKind.ANNUAL, None, "icb")
    found = amounts(report)
    assert found["lines.home_care.icb.spent"] == 1_609_999_99
    assert found["lines.home_care.council.budget"] == 5_180_000_00
    assert found["lines.reablement.council.budget"] == 1_720_000_00
    assert found["lines.total.budget"] == 18_450_000_00
    assert report.quarter is None
    assert "regulation 7(4)" in str(report.authority)


def test_the_agreements_rules_say_who_bears_what_is_forecast(filled):
    report = make_report(filled, ReportKind.QUARTERLY, 2, "council")
    found = {id_: a for id_, a in amounts(report).items() if id_.startswith("shares.")}
    # Home care is £718,402.75 over: £300,000 of it waits for the reserve; 1% of the budget that is
    # no grant, £17,210,000, falls to the host; £246,302.75 is shared 55 to 45, which is
    # £135,466.5125 and £110,836.2375, so the penny is the ICB's; the council stops at £120,000.
    assert found == {
        # −15,000 for equipment, 172,100, 120,000, −60,000 of its own grant.
        "shares.borne.council": 217_100_00,
        # 42,000 for nursing, which it leads, and its 45 parts.
        "shares.borne.icb": 152_836_24,
        "shares.waits.0": 300_000_00,
        "shares.no_one": 15_466_51,
        "shares.total": 685_402_75,
    }
    (shared,) = report.shares
    assert shared.allocation.shares == (135_466_51, 110_836_24)


def test_the_lead_commissioner_reports_on_what_it_does_with_the_others_money(filled):
    assert recipients(filled[0], ReportKind.LEAD, 2) == ("icb",)
    report = make_report(filled, ReportKind.LEAD, 2, "icb")
    found = amounts(report)
    # Home care £3,200,000, equipment £150,000, learning £2,400,000; nursing the ICB leads itself.
    assert found["led.total.budget"] == 5_750_000_00
    assert "led.nursing.icb.budget" not in found
    assert "regulation 9" in str(report.authority)


def test_the_boards_page_adds_the_partners_of_a_line(filled):
    report = make_report(filled, ReportKind.BOARD, 2, "")
    found = amounts(report)
    assert found["board.home_care.budget"] == 8_500_000_00
    assert found["board.home_care.over"] == 718_402_75
    assert found["board.learning.forecast"] is NOT_REPORTED
    assert report.words[0][0].startswith("Home care")


def test_each_figure_says_what_made_it(filled):
    report = make_report(filled, ReportKind.QUARTERLY, 2, "icb")
    made = {f.id: f.made for f in report.figures()}
    spent = made["lines.home_care.council.spent"]
    assert (spent.postings, spent.line, spent.partner) == (4, "home_care", "council")
    assert "Forecast 1, made at the end of September 2025" in (
        made["lines.home_care.council.forecast"].says
    )
    ids = {f.id for f in report.figures()}
    assert all(of in ids for m in made.values() for of in m.of)
