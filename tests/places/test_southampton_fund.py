"""Southampton's pool of 2017/18 and its savings, as the report prints them (001 ¶11, 20, 24)."""

import pytest
from tests.places.fund_texts import arrangement, fund_reading, pounds_of

from concord.domain.funds.budgets import (
    contributions,
    counted_lines,
    line_total,
    partner_total,
    total,
    version,
)
from concord.domain.language.values import NOT_STATED

PLACE = "southampton"
# CCG £'000, SCC £'000, total £'000, as printed in 001 ¶24; a blank is nil.
PRINTED = {  # checklist H01 to H10
    "carers": ("1,240", "134", "1,374"),
    "clusters": ("47,026", "2,212", "49,238"),
    "rehabilitation": ("10,543", "4,551", "15,094"),
    "capital": ("0", "1,882", "1,882"),
    "equipment": ("798", "803", "1,601"),
    "telecare": ("0", "250", "250"),
    "direct_payments": ("0", "500", "500"),
    "long_term_care": ("0", "2,750", "2,750"),
    "integrated_teams": ("9,894", "16,414", "26,308"),
    "prevention": ("0", "6,199", "6,199"),
}


@pytest.fixture
def text():
    return fund_reading(PLACE).fund


@pytest.fixture
def budget(text):
    return version(text, "better_care", "2017/18", 1)


def test_the_text_needs_no_mending():
    assert fund_reading(PLACE).grave == ()


@pytest.mark.parametrize("line", PRINTED)
def test_each_scheme_is_as_printed(text, budget, line):
    ccg, council, whole = (pounds_of(words) for words in PRINTED[line])
    assert contributions(text, budget, line) == {"ccg": ccg, "council": council}
    assert line_total(text, budget, line) == whole == ccg + council
    assert budget.stated[line] == whole


def test_ten_schemes_foot_to_the_totals_printed(text, budget):  # H11
    lines = counted_lines(arrangement(PLACE), text, budget)
    assert lines == tuple(PRINTED)
    assert partner_total(text, budget, "ccg", lines) == pounds_of("69,501")
    assert partner_total(text, budget, "council", lines) == pounds_of("35,695")
    assert total(text, budget, lines) == pounds_of("105,196")


def test_the_shares_are_two_thirds_and_one_third(text, budget):
    # 69,501 / 105,196 = 66.07 per cent and 35,695 / 105,196 = 33.93 per cent.
    lines = tuple(PRINTED)
    ccg, whole = partner_total(text, budget, "ccg", lines), total(text, budget, lines)
    assert f"{ccg / whole:.2%}" == "66.07%"
    assert f"{1 - ccg / whole:.2%}" == "33.93%"


def test_it_is_of_a_year_and_at_least_105_million(text, budget):  # H12, H13
    assert budget.year == "2017/18"
    assert budget.stated["at_least"] == 105_000_000_00
    assert total(text, budget, tuple(PRINTED)) - budget.stated["at_least"] == pounds_of("196")


def test_the_services_in_scope_are_said_of_the_fund(text):  # H14, H15
    note = text.funds["better_care"].note
    for service in ("rehabilitation", "carers", "care technology", "joint equipment", "children"):
        assert service in note
    assert "budget process of both" in note


def test_aligned_services_stand_beside_the_pool_and_are_not_counted(text, budget):  # H16, H17
    aligned = [n for n, line in text.lines.items() if line.fund == "aligned"]
    assert aligned == ["respite", "adolescent_mental"]
    assert not set(aligned) & set(counted_lines(arrangement(PLACE), text, budget))


def test_capital_is_a_compartment_of_its_own(text):  # H04
    assert text.funding[text.lines["capital"].funding].apart


def test_the_efficiency_schemes_foot(text):  # I01 to I06
    # 548 + 61 + 702 + 1,013 = 2,324, printed without a label; 3.34 per cent of 69,501.
    saving = text.savings[0]
    printed = [pounds_of(words) for words in ("548", "61", "702", "1,013")]
    assert list(saving.amounts.values()) == printed
    assert saving.of == "ccg"
    assert saving.stated["total"] == sum(printed) == pounds_of("2,324")
    assert f"{sum(printed) / pounds_of('69,501'):.2%}" == "3.34%"


def test_savings_already_made_add_up_to_six_point_four_million(text):
    # £2.4M + £1M + £3M (001 ¶20); the report prints no total.
    made = [s for s in text.savings if s.state == "delivered"]
    assert {s.year for s in made} == {"2016/17"}
    assert sum(sum(s.amounts.values()) for s in made) == 6_400_000_00


def test_the_council_as_host_would_answer_for_the_ccg_s_money(text, budget):
    # Host 105,196 of which its own 35,695: 69,501 of the other partner's.
    lines = tuple(PRINTED)
    hosted = total(text, budget, lines) - partner_total(text, budget, "council", lines)
    assert hosted == pounds_of("69,501")


def test_who_hosts_leads_and_shares_the_risk_is_not_stated(text):  # J09
    fund = text.funds["better_care"]
    assert (fund.host, fund.lead, text.risk) == (NOT_STATED, NOT_STATED, NOT_STATED)
