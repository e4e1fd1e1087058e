"""Sheffield's pool and the capped share it proposed (000 1.2.1, 1.3.1.3, 4.2, 5.1)."""

from datetime import date

import pytest
from tests.places.fund_texts import arrangement, fund_reading

from concord.domain.funds.budgets import total, version
from concord.domain.funds.checks.risk_order import takes_all
from concord.domain.funds.risk_share import risk_share
from concord.domain.funds.risk_share.facts import LineVariance, Position
from concord.domain.language.values import NOT_STATED

PLACE = "sheffield"


@pytest.fixture
def text():
    return fund_reading(PLACE).fund


def test_the_text_needs_no_mending():
    assert fund_reading(PLACE).grave == ()


def test_four_areas_of_need_and_the_admissions_that_fund_them(text):  # H21, H24
    assert [line.label for line in text.lines.values()] == [
        "People keeping well in their communities",
        "Independent living solutions",
        "Active Support and Recovery",
        "Long term high support care",
        "Non-surgical emergency admissions",
    ]
    budget = version(text, "better_care", "2018/19", 1)
    assert total(text, budget, text.lines) is NOT_STATED


def test_the_share_is_capped_and_neither_ratio_nor_cap_is_stated(text):  # J01
    capped, beyond = text.risk
    assert capped.falls_to.ratio is NOT_STATED
    assert capped.cap is NOT_STATED
    assert not takes_all(capped)
    assert beyond.falls_to is NOT_STATED
    assert {rule.standing for rule in text.risk} == {"proposed"}


def test_the_two_figures_the_report_gives(text):  # I12, I13
    balance, gap = text.pressures["balance"], text.pressures["gap"]
    assert (balance.amount, balance.about) == (10_000_000_00, True)
    assert (gap.amount, gap.by, gap.of) == (61_000_000_00, 2023, "council")


def test_four_ways_to_pay_all_stay_open(text):  # K01 to K08
    assert len(text.funding) == 4
    assert {source.standing for source in text.funding.values()} == {"proposed"}
    assert [s.recurrent for s in text.funding.values()] == [None, False, False, False]
    assert "repaid if outcomes" in text.funding["social_investment"].label
    assert "while the old ones still run" in text.funding["social_investment"].note


def test_the_worked_example_says_that_it_is_not_sheffield_s(text):
    reading = fund_reading(PLACE, "examples/capped_share.toml")
    assert reading.findings == ()
    assert reading.text.startswith("# A worked example, and not Sheffield's")
    assert {source for rule in reading.fund.risk for source in rule.sources} == {"example"}
    assert "no figure in it is Sheffield's" in reading.fund.sources_["example"].title
    assert "example" not in arrangement(PLACE).sources_


def test_the_worked_example_stops_at_both_caps():  # J01
    # £600,000 over in equal shares is £300,000 each. The council stops at £200,000 and the CCG at
    # £250,000; the £100,000 and the £50,000 over the caps fall to the line's lead, the council:
    # £350,000 and £250,000.
    text = fund_reading(PLACE, "examples/capped_share.toml").fund
    over = LineVariance(line="long_term_care", amount=600_000_00, version=1)
    position = Position(year="2019/20", variances=(over,))
    result = risk_share(arrangement(PLACE), text, position, date(2020, 3, 31))
    assert result.borne == {"council": 350_000_00, "ccg": 250_000_00}
    assert result.no_one == 0


def test_the_share_itself_cannot_be_worked_out(text):  # J01
    over = LineVariance(line="long_term_care", amount=600_000_00, version=1)
    position = Position(year="2018/19", variances=(over,))
    result = risk_share(arrangement(PLACE), text, position, date(2019, 3, 31))
    assert sum(held.amount for held in result.not_stated) == 600_000_00
    assert not any(result.borne.values())
