"""The City's two pools (003 ¶12, 20-21, 30-31, 40-43): no sum is printed and they never meet."""

import pytest
from tests.places.fund_texts import PLACES, arrangement, fund_reading

from concord.domain.findings import Answer
from concord.domain.funds.budgets import partners_of
from concord.domain.funds.control_totals import Transfer, after, may_transfer, whole
from concord.domain.funds.fund import ControlTotal
from concord.domain.funds.reader import read_fund
from concord.domain.language.values import NOT_STATED

PLACE = "city_of_london"


@pytest.fixture
def text():
    return fund_reading(PLACE).fund


def test_the_text_needs_no_mending():
    assert fund_reading(PLACE).grave == ()


def test_three_streams_make_up_the_city_pool(text):  # H27, H31
    lines = {n: line.funding for n, line in text.lines.items() if line.fund == "city_pool"}
    assert list(lines.values()) == ["city_health", "city_social_care", "city_public_health"]


def test_the_ccg_is_in_both_pools_and_no_agreement_joins_them(text):  # H31, H32
    by_fund = {b.fund: set(partners_of(b)) for b in text.budgets}
    assert by_fund == {"city_pool": {"ccg", "city"}, "hackney_pool": {"ccg", "hackney"}}
    agreements = [text.funds[f].agreement for f in by_fund]
    assert agreements == ["s75_city", "s75_hackney"]
    parties = [set(arrangement(PLACE).agreements[a].parties) for a in agreements]
    assert parties == [{"city", "ccg"}, {"hackney", "ccg"}]


def test_a_rule_that_would_move_money_between_the_pools_is_found(text):  # H32
    rule = (
        'risk = [{ on = "overspend", of = { funds = ["city_pool"] }, net = "fund", '
        'falls_to = { offset_in = ["hackney_pool"] }, clause = "1" }]'
    )
    written = (PLACES / PLACE / "fund.toml").read_text(encoding="utf-8")
    reading = read_fund(written.replace('risk = "not stated"', rule), arrangement(PLACE))
    assert "risk.crosses_agreements" in {f.id for f in reading.grave}


def test_hackney_s_money_in_the_city_pool_is_found():  # H32
    written = (PLACES / PLACE / "fund.toml").read_text(encoding="utf-8")
    spoilt = written.replace('city = "not stated" }', 'hackney = "£1,000" }', 1)
    reading = read_fund(spoilt, arrangement(PLACE))
    assert "fund.not_a_party" in {f.id for f in reading.grave}


def test_no_sum_no_basis_and_no_host_is_stated(text):  # H28, H29, H36, J12
    assert all(
        amount is NOT_STATED
        for b in text.budgets
        for cells in b.amounts.values()
        for amount in cells.values()
    )
    assert text.apportionments["city_residents"].basis is NOT_STATED
    assert text.funds["city_pool"].host is NOT_STATED
    assert text.risk is NOT_STATED


def test_a_transfer_leaves_the_control_total_as_it_was():  # H33, H34: worked, not the report's
    total = ControlTotal(amounts={"ccg": 900_00, "trust": 300_00})
    moved = Transfer("ccg", "trust", 250_00, frozenset({"ccg", "trust"}))
    assert may_transfer(total, moved).stands
    # 900 − 250 = 650 and 300 + 250 = 550: 1,200 before and after.
    assert after(total, moved) == {"ccg": 650_00, "trust": 550_00}
    assert whole(total) == sum(after(total, moved).values()) == 1_200_00


@pytest.mark.parametrize(
    ("moved", "answer"),
    [
        (Transfer("ccg", "trust", 250_00, frozenset({"ccg"})), Answer.NEEDS),
        (Transfer("ccg", "city", 250_00, frozenset({"ccg", "city"})), Answer.REFUSED),  # H35
        (Transfer("ccg", "trust", 901_00, frozenset({"ccg", "trust"})), Answer.REFUSED),
        (Transfer("ccg", "trust", -1, frozenset({"ccg", "trust"})), Answer.REFUSED),
    ],
)
def test_a_transfer_needs_both_and_both_under_the_total(moved, answer):
    total = ControlTotal(amounts={"ccg": 900_00, "trust": 300_00})
    verdict = may_transfer(total, moved)
    assert verdict.answer is answer
    assert verdict.remedies
