"""Forecast outturns, variances against a named budget version, and the duty a variance opens."""

from datetime import date

import pytest

from concord.domain.agreements.arrangement import Duty
from concord.domain.agreements.words import When
from concord.domain.calendar import read_period
from concord.domain.findings import Answer
from concord.domain.funds.forecast import (
    Forecast,
    ForecastVersion,
    may_forecast,
    total,
    variance_total,
    variances,
)
from concord.domain.funds.forecast_duties import opened, passes
from concord.domain.funds.risk_rules import Cause
from concord.domain.language.values import NOT_STATED

ON = date(2024, 8, 31)
CARE = Forecast(
    "home_care", "council", 2_000_000_00, 500_000_00, 3_400_000_00, Cause.DEMAND,
    "more hours from October", "activity return, August",
)  # fmt: skip
BUDGET = {("home_care", "council"): 5_000_000_00, ("equipment", "icb"): 150_000_00}


def version(*cells, number=1, at=202408):
    return ForecastVersion("care_pool", "2024/25", number, at, cells)


def duty(**given):
    said = {
        "what": "Action plan", "owner": ("executive_group",), "to": ("board",),
        "when": When.FORECAST_VARIANCE, "over": 50_000_00, "within": "next meeting",
        "every": read_period("6 weeks"),
    }  # fmt: skip
    return Duty(id="action_plan", line=1, **(said | given))


def test_outturn_is_actual_and_committed_and_what_the_forecaster_adds():
    # £2,000,000 spent, £500,000 on order, £3,400,000 more to come: £5,900,000.
    assert CARE.outturn == 5_900_000_00


@pytest.mark.parametrize("blank", ["actual", "committed", "remainder"])
def test_blank_is_not_nil(blank):
    figures = {"actual": 100, "committed": 0, "remainder": 0} | {blank: None}
    cell = Forecast("home_care", "icb", **figures)
    assert cell.outturn is None
    assert cell.missing == ({"remainder": "forecast"}.get(blank, blank),)


def test_a_total_names_what_it_leaves_out():
    found = total([("council", 100_00), ("icb", None), ("council", 50_00)])
    assert str(found) == "£150, without icb: Not reported"
    assert str(total([("council", 0)])) == "£0"


def test_a_variance_cites_its_budget_version_cause_and_evidence():
    care, equipment = variances(version(CARE), BUDGET, 2)
    # £5,900,000 forecast against £5,000,000: £900,000 over.
    assert (care.amount, care.budget_version, care.cause) == (900_000_00, 2, Cause.DEMAND)
    assert care.evidence == "activity return, August"
    assert equipment.amount is None  # budgeted and not forecast: unknown, not on budget
    assert variance_total([care, equipment]).left_out == ("equipment, icb",)


def test_spending_that_no_budget_foresaw_is_over_by_all_of_it():
    (beds, *_) = variances(version(Forecast("beds", "icb", 10, 0, 0)), BUDGET, 1)
    assert beds.amount == 10


def test_a_forecast_version_is_the_next_one_or_refused():
    first = version(CARE)
    assert may_forecast(first, ()).stands
    assert not may_forecast(first, [first]).stands
    assert may_forecast(version(CARE, number=2), [first]).stands
    assert not may_forecast(version(CARE, CARE), ()).stands
    assert not may_forecast(version(CARE, at=202504), ()).stands
    assert not may_forecast(version(), ()).stands
    bare = Forecast("home_care", "council", 0, 0, 100_00)
    assert "£100 is added with no reason" in str(may_forecast(version(bare), ()).reasons)


def test_a_variance_past_the_trigger_opens_an_action_plan_for_the_next_meeting():
    found = variances(version(CARE, Forecast("equipment", "icb", 150_000_00, 0, 0)), BUDGET, 1)
    (plan,) = opened({"action_plan": duty()}, found, ON, {"board": date(2024, 9, 12)})
    assert (plan.owner, plan.to, plan.by) == ("executive_group", "board", date(2024, 9, 12))
    assert plan.again == "every 6 weeks"
    assert plan.verdict.answer is Answer.NEEDS
    assert plan.verdict.reasons[0].says == "the forecast is £900,000 from budget, past £50,000"
    (dated,) = opened({"p": duty(within=read_period("28 days"))}, found, ON, {})
    assert dated.by == date(2024, 9, 28)
    (undated,) = opened({"p": duty()}, found, ON, {})
    assert (undated.by, undated.words) == (None, "at its next meeting")


@pytest.mark.parametrize(
    ("amount", "answer"),
    [
        (50_000_00, Answer.STANDS),
        (50_000_01, Answer.NEEDS),
        (-50_000_01, Answer.NEEDS),
    ],
)
def test_the_trigger_is_passed_a_penny_beyond_it_either_way(amount, answer):
    assert passes(duty(), total([("home_care", amount)])).answer is answer


def test_whether_a_trigger_is_passed_is_not_known_while_a_line_is_not_reported():
    half = total([("home_care", 49_000_00), ("nursing", None)])
    assert passes(duty(), half).answer is Answer.NOT_STATED
    assert passes(duty(over=NOT_STATED), total([("a", 1)])).answer is Answer.NOT_STATED


def test_a_duty_of_another_occasion_or_not_yet_in_force_stays_shut():
    found = variances(version(CARE), {("home_care", "council"): 0}, 1)
    assert opened({"p": duty(when=When.TERM_ENDS)}, found, ON, {}) == ()
    assert opened({"p": duty(starts=date(2025, 4, 1))}, found, ON, {}) == ()
