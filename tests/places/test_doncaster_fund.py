"""Doncaster's non-recurrent money, and what its agreements say they lack (004 ¶50-54)."""

import pytest
from tests.places.fund_texts import arrangement, fund_reading

from concord.domain.funds.budgets import TOGETHER, by_partner, partner_total, total
from concord.domain.funds.words import NilOf
from concord.domain.language.values import NOT_STATED

PLACE = "doncaster"


@pytest.fixture
def text():
    return fund_reading(PLACE).fund


def test_the_text_needs_no_mending():
    assert fund_reading(PLACE).grave == ()


def test_the_two_non_recurrent_sums_are_as_printed(text):  # H44
    # £3.8m for the Place Plan and £1.5m for Integrated Functions: £5.3m.
    (budget,) = text.budgets
    assert budget.amounts == {"place_plan": 3_800_000_00, "integrated_functions": 1_500_000_00}
    assert total(text, budget, budget.amounts) == 5_300_000_00
    assert not any(text.lines[line].recurrent for line in budget.amounts)


def test_whose_the_sums_are_and_of_which_year_is_not_stated(text):
    (budget,) = text.budgets
    assert [list(by_partner(cells)) for cells in budget.amounts.values()] == [[TOGETHER]] * 2
    assert partner_total(text, budget, "council", budget.amounts) is NOT_STATED
    assert budget.year is NOT_STATED


def test_neither_agreement_pools_and_one_says_it_shares_no_risk(text):  # H39, H40
    said = {row.agreement: set(row.of) for row in text.nil.values()}
    assert said == {"jca": {NilOf.POOLED_FUND, NilOf.RISK_SHARE}, "pca": {NilOf.POOLED_FUND}}
    assert set(said) <= set(arrangement(PLACE).agreements)
    assert not any(fund.agreement in said for fund in text.funds.values())


def test_what_is_to_be_worked_out_is_not_stated(text):  # H41, H42, J13, J14
    assert text.risk is NOT_STATED
    assert text.funds["better_care"].host is NOT_STATED
    assert "deficits and savings" in text.note


def test_payments_of_2018_19_are_committed_and_the_proportion_is_not_stated(text):  # H43
    block = text.contracts["block"]
    assert block.committed is True
    assert block.schemes is NOT_STATED
    assert (f"{block.starts}", f"{block.ends}") == ("2018-04-01", "2019-03-31")


def test_the_reserve_is_decided_in_a_paper_of_its_own(text):  # H45, H47
    assert text.reserves["earmarked"].opening is NOT_STATED
    assert "business cases" in text.funds["better_care"].note
