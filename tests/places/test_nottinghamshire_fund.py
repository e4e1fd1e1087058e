"""What Nottinghamshire's report says of money (002 ¶7, 9, 32, 35, 39): no sum and no pool."""

import pytest
from tests.places.fund_texts import fund_reading

from concord.domain.language.values import NOT_STATED

PLACE = "nottinghamshire"


@pytest.fixture
def text():
    return fund_reading(PLACE).fund


def test_the_text_has_no_finding():
    assert fund_reading(PLACE).findings == ()


def test_there_is_no_pool_and_no_rule(text):  # H50
    assert (text.funds, text.lines, text.budgets) == ({}, {}, ())
    assert text.risk is NOT_STATED
    assert "pool their budgets (¶32)" in text.note


def test_some_of_the_transfer_is_recurrent_and_which_is_not_stated(text):  # H48
    source = text.funding["health_to_social_care"]
    assert source.recurrent is NOT_STATED
    assert "into 2013/14" in source.note


def test_joint_funding_and_the_financial_comments_are_said(text):  # H49, I18
    assert "jointly paid for (¶9e)" in text.note
    assert "compares with similar councils" in text.note
    assert "none (¶39)" in text.note
