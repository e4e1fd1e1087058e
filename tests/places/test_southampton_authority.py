"""Southampton: who may decide, up to how much; the answers follow from report 001 by hand."""

from datetime import date
from pathlib import Path

import pytest

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.authority import Option, Ruling, may_decide, who_may_decide
from concord.domain.agreements.matter import BEFORE, Facts, Matter, Meeting, Sitting
from concord.domain.agreements.reader import read_arrangement
from concord.domain.agreements.words import Act, Mode
from concord.domain.findings import Answer
from concord.domain.money import pence

TEXT = Path(__file__).parents[2] / "places" / "southampton" / "arrangement.toml"
DAY = date(2018, 5, 1)
FOUR = ("leader", "group_leaders", "strategy_officer", "director_quality")


@pytest.fixture(scope="module")
def place() -> Arrangement:
    arrangement = read_arrangement(TEXT.read_text(encoding="utf-8"), "arrangement.toml").arrangement
    assert arrangement is not None
    return arrangement


def commissioning(
    amount: str,
    mode: Mode = Mode.POOLED,
    functions: tuple[str, ...] = ("executive_commissioning",),
    within_budget: bool = True,
) -> Matter:
    return Matter(
        functions=functions,
        act=Act.COMMISSION,
        amount=pence(amount),
        modes=(mode,),
        within_budget=within_budget,
    )


def at_the_board(cabinet: int = 3, cabinet_for: int = 3, nhs: int = 3, nhs_for: int = 3) -> Facts:
    """What happened: how many of each side were there, and how many showed hands for it."""
    seats = {
        "cabinet_members": Sitting(cabinet, 0, cabinet_for, cabinet - cabinet_for),
        "governing_members": Sitting(nhs, 0, nhs_for, nhs - nhs_for),
    }
    return Facts(meeting=Meeting("board", seats), consulted=frozenset({"board"}))


def by(ruling: Ruling, delegation: str) -> Option:
    (found,) = (
        o for h in ruling.halves for o in h.options if [s.id for s in o.chain.steps] == [delegation]
    )
    return found


def sources(option: Option) -> set[str]:
    return {s for r in option.verdict.reasons for s in r.authority.sources}


def capacity(ruling: Ruling, body: str) -> str:
    (found,) = (c for c in ruling.capacities if c.body == body)
    return found.verb


def test_two_million_with_all_three_and_consensus_stands_d01(place: Arrangement) -> None:
    ruling = who_may_decide(place, commissioning("£2,000,000"), at_the_board(), DAY)
    raised = by(ruling, "executive_raised")
    assert raised.maker == "board.cabinet_members"
    assert raised.verdict.answer is Answer.STANDS
    assert {"001 ¶28", "001 ¶18"} <= sources(raised)


def test_the_members_themselves_are_asked_and_may_d01_b10(place: Arrangement) -> None:
    matter = commissioning("£2,000,000")
    verdict = may_decide(place, "board.cabinet_members", matter, at_the_board(), DAY)
    assert verdict.answer is Answer.STANDS
    assert any(r.authority.proposed for r in verdict.reasons)  # the report only proposes it


def test_a_pound_more_is_refused_by_the_limit_and_goes_to_cabinet_d01(place: Arrangement) -> None:
    matter = commissioning("£2,000,001")
    verdict = may_decide(place, "board.cabinet_members", matter, at_the_board(), DAY)
    assert verdict.answer is Answer.REFUSED
    raised = by(who_may_decide(place, matter, at_the_board(), DAY), "executive_raised")
    (limit,) = raised.verdict.against
    assert "£2,000,000" in limit.says
    assert "001 ¶28" in limit.authority.sources
    assert limit.remedy == "Take it to Cabinet."


def test_a_penny_more_is_refused_d01(place: Arrangement) -> None:
    matter = commissioning("£2,000,000.01")
    verdict = may_decide(place, "board.cabinet_members", matter, at_the_board(), DAY)
    assert verdict.answer is Answer.REFUSED


@pytest.mark.parametrize("present", [2, 3])  # the third away, or there and against
def test_two_of_three_leave_only_the_limit_nobody_stated_d01(
    place: Arrangement, present: int
) -> None:
    matter, facts = commissioning("£1,900,000"), at_the_board(present, 2)
    ruling = who_may_decide(place, matter, facts, DAY)
    assert by(ruling, "executive_raised").verdict.answer is Answer.REFUSED
    ordinary = by(ruling, "executive").verdict
    assert ordinary.answer is Answer.NOT_STATED
    assert any("limit" in r.says for r in ordinary.against)
    assert any("limit" in remedy for remedy in ordinary.remedies)
    assert (
        may_decide(place, "board.cabinet_members", matter, facts, DAY).answer is Answer.NOT_STATED
    )


def test_one_partner_against_defers_it_until_chair_and_lead_have_talked_b21_b23_d05(
    place: Arrangement,
) -> None:
    matter, facts = commissioning("£1,900,000"), at_the_board(nhs_for=0)
    verdict = may_decide(place, "board.cabinet_members", matter, facts, DAY)
    assert verdict.answer is Answer.REFUSED
    (against,) = (r for r in verdict.against if "001 ¶18" in r.authority.sources)
    assert "deferred" in against.remedy
    assert "chair" in against.remedy
    assert "Partner lead" in against.remedy


def test_before_the_meeting_it_needs_consultation_meeting_and_the_three_d03_d07(
    place: Arrangement,
) -> None:
    ruling = who_may_decide(place, commissioning("£2,000,000"), BEFORE, DAY)
    raised = by(ruling, "executive_raised").verdict
    assert raised.answer is Answer.NEEDS
    assert len(raised.against) == 3


def test_outside_an_agreed_budget_it_is_refused_d02(place: Arrangement) -> None:
    matter = commissioning("£100,000", within_budget=False)
    verdict = may_decide(place, "board.cabinet_members", matter, at_the_board(), DAY)
    assert verdict.answer is Answer.REFUSED


def test_all_three_in_agreement_but_away_from_the_board_is_refused_d03_d07(
    place: Arrangement,
) -> None:
    facts = Facts(agreed=frozenset({"board.cabinet_members"}))
    verdict = may_decide(place, "board.cabinet_members", commissioning("£2,000,000"), facts, DAY)
    assert verdict.answer is Answer.REFUSED
    assert any("consult" in remedy.lower() for remedy in verdict.remedies)
    assert any("meeting" in remedy for remedy in verdict.remedies)


def test_the_day_before_council_met_nothing_was_delegated_d01(place: Arrangement) -> None:
    matter, day = commissioning("£2,000,000"), date(2017, 7, 18)
    verdict = may_decide(place, "board.cabinet_members", matter, at_the_board(), day)
    assert verdict.answer is Answer.REFUSED


def test_the_board_itself_never_decides_b10(place: Arrangement) -> None:
    verdict = may_decide(place, "board", commissioning("£2,000,000"), at_the_board(), DAY)
    assert verdict.answer is Answer.REFUSED


def test_aligned_money_is_considered_by_the_board_and_decided_by_cabinet_b27(
    place: Arrangement,
) -> None:
    matter = commissioning("£100,000", Mode.ALIGNED)
    ruling = who_may_decide(place, matter, at_the_board(), DAY)
    assert capacity(ruling, "board") == "recommend"
    assert capacity(ruling, "cabinet") == "decide"
    members = may_decide(place, "board.cabinet_members", matter, at_the_board(), DAY)
    assert members.answer is Answer.REFUSED
    assert any("001 ¶12" in r.authority.sources for r in members.against)


def test_aligned_nhs_money_is_decided_by_the_governing_body_b27(place: Arrangement) -> None:
    matter = commissioning("£100,000", Mode.ALIGNED, ("nhs_commissioning",))
    ruling = who_may_decide(place, matter, at_the_board(), DAY)
    assert capacity(ruling, "board") == "recommend"
    assert capacity(ruling, "governing_body") == "decide"


def test_the_wellbeing_board_cannot_decide_an_executive_function_b18(place: Arrangement) -> None:
    matter = commissioning("£100,000")
    verdict = may_decide(place, "health_and_wellbeing_board", matter, at_the_board(), DAY)
    assert verdict.answer is Answer.REFUSED
    assert "executive function" in verdict.reasons[0].says


def test_what_the_governing_body_gave_is_not_stated_d06(place: Arrangement) -> None:
    matter = commissioning("£100,000", functions=("nhs_commissioning",))
    verdict = may_decide(place, "board.governing_members", matter, at_the_board(), DAY)
    assert verdict.answer is Answer.NOT_STATED


def test_a_matter_of_both_is_two_decisions_d06(place: Arrangement) -> None:
    both = ("executive_commissioning", "nhs_commissioning")
    ruling = who_may_decide(
        place, commissioning("£100,000", functions=both), at_the_board(), date(2018, 5, 1)
    )
    assert [h.organisation for h in ruling.halves] == ["council", "ccg"]


def test_the_old_partnership_board_only_recommends_b16(place: Arrangement) -> None:
    matter = commissioning("£100,000")
    ruling = who_may_decide(place, matter, BEFORE, date(2017, 7, 18))
    assert capacity(ruling, "commissioning_partnership_board") == "recommend"


def test_the_constitution_changes_only_after_all_four_are_consulted_d12(
    place: Arrangement,
) -> None:
    matter = Matter(functions=("constitution",), act=Act.CHANGE_CONSTITUTION)
    for asked in range(4):
        facts = Facts(consulted=frozenset(FOUR[:asked]))
        assert may_decide(place, "legal_director", matter, facts, DAY).answer is Answer.REFUSED
    facts = Facts(consulted=frozenset(FOUR))
    assert may_decide(place, "legal_director", matter, facts, DAY).answer is Answer.STANDS
