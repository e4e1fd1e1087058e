"""City of London: who may decide; the answers follow from report 003 by hand."""

from datetime import date
from pathlib import Path

import pytest

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.authority import may_decide, who_may_decide
from concord.domain.agreements.keyness import is_key
from concord.domain.agreements.matter import BEFORE, Matter
from concord.domain.agreements.reader import read_arrangement
from concord.domain.agreements.words import Act, Mode
from concord.domain.findings import Answer
from concord.domain.money import pence

TEXT = Path(__file__).parents[2] / "places" / "city_of_london" / "arrangement.toml"
DECIDED = date(2016, 12, 15)
FIRST_YEAR = date(2017, 6, 1)
BOTH = ("city_commissioning", "nhs_commissioning")
BOARD = "commissioning_board"


@pytest.fixture(scope="module")
def city() -> Arrangement:
    arrangement = read_arrangement(TEXT.read_text(encoding="utf-8"), "arrangement.toml").arrangement
    assert arrangement is not None
    return arrangement


def pooled(amount: str, mode: Mode = Mode.POOLED, functions: tuple[str, ...] = BOTH) -> Matter:
    return Matter(functions, Act.COMMISSION, pence(amount), (mode,), within_budget=True)


@pytest.mark.parametrize("amount", ["£1", "£500,000", "£100,000,000"])
def test_no_decision_of_the_corporation_is_key(city: Arrangement, amount: str) -> None:
    found = is_key(city, "city", pooled(amount), DECIDED)
    assert found is not None
    assert found.key is False


def test_the_boards_limit_is_not_stated_on_either_side_d15(city: Arrangement) -> None:
    ruling = who_may_decide(city, pooled("£100,000"), BEFORE, FIRST_YEAR)
    assert len(ruling.halves) == 2
    for half in ruling.halves:
        (board,) = (o for o in half.options if o.maker == BOARD)
        assert board.verdict.answer is Answer.NOT_STATED
        assert any("limit" in r.says for r in board.verdict.against)
        assert any(r.authority.proposed for r in board.verdict.reasons)


def test_the_years_power_ends_with_the_year_c06(city: Arrangement) -> None:
    verdict = may_decide(city, BOARD, pooled("£100,000"), BEFORE, date(2018, 4, 1))
    assert verdict.answer is Answer.REFUSED
    assert any("ended on 31 March 2018" in r.says for r in verdict.against)


def test_nothing_was_delegated_when_the_report_was_written(city: Arrangement) -> None:
    verdict = may_decide(city, BOARD, pooled("£100,000"), BEFORE, DECIDED)
    assert verdict.answer is Answer.REFUSED


def test_money_outside_the_pool_is_not_the_boards_to_decide_d17(city: Arrangement) -> None:
    verdict = may_decide(city, BOARD, pooled("£1,000", Mode.ALIGNED), BEFORE, FIRST_YEAR)
    assert verdict.answer is Answer.REFUSED


def test_what_is_not_pooled_the_board_steers_b43(city: Arrangement) -> None:
    ruling = who_may_decide(city, pooled("£1,000", Mode.ALIGNED), BEFORE, FIRST_YEAR)
    (board,) = (c for c in ruling.capacities if c.body == BOARD)
    assert board.verb == "steer"


@pytest.mark.parametrize("board", ["hackney_board", "steering_group", "joint_planning"])
def test_no_other_joint_body_reaches_the_citys_pool_a12(city: Arrangement, board: str) -> None:
    matter = pooled("£1,000", functions=("city_commissioning",))
    assert may_decide(city, board, matter, BEFORE, FIRST_YEAR).answer is Answer.REFUSED


def test_the_citys_board_does_not_reach_hackneys_pool_a12(city: Arrangement) -> None:
    matter = pooled("£1,000", functions=("nhs_hackney",))
    assert may_decide(city, BOARD, matter, BEFORE, FIRST_YEAR).answer is Answer.REFUSED


@pytest.mark.parametrize("committee", ["community_services", "policy_and_resources"])
def test_two_committees_may_agree_to_explore_e21(city: Arrangement, committee: str) -> None:
    matter = Matter(("city_commissioning",), Act.OTHER)
    assert may_decide(city, committee, matter, BEFORE, DECIDED).answer is Answer.NEEDS


@pytest.mark.parametrize("committee", ["scrutiny", "health_and_wellbeing"])
def test_two_committees_only_receive_the_report_e21(city: Arrangement, committee: str) -> None:
    matter = Matter(("city_commissioning",), Act.OTHER)
    ruling = who_may_decide(city, matter, BEFORE, DECIDED)
    (found,) = (c for c in ruling.capacities if c.body == committee)
    assert found.verb == "receive"
    assert may_decide(city, committee, matter, BEFORE, DECIDED).answer is Answer.REFUSED
