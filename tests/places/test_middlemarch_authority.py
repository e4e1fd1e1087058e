"""Middlemarch: the worked answers of docs/language.md, section 7, and what followed them."""

from datetime import date
from pathlib import Path

import pytest

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.authority import Half, Ruling, may_decide, who_may_decide
from concord.domain.agreements.keyness import is_key
from concord.domain.agreements.matter import BEFORE, Facts, Matter, Meeting, Sitting
from concord.domain.agreements.reader import read_arrangement
from concord.domain.agreements.words import Act, Mode
from concord.domain.findings import Answer, Verdict
from concord.domain.money import pence

TEXT = Path(__file__).parents[2] / "places" / "middlemarch" / "arrangement.toml"
OCTOBER_2024 = date(2024, 10, 15)
LAPSED = date(2025, 4, 1)
RENEWED = date(2025, 4, 16)
TODAY = date(2026, 11, 24)
ALL_OF_CABINET = Meeting("cabinet", {"members": Sitting(4, 0, 4, 0)})


@pytest.fixture(scope="module")
def place() -> Arrangement:
    arrangement = read_arrangement(TEXT.read_text(encoding="utf-8"), "arrangement.toml").arrangement
    assert arrangement is not None
    return arrangement


def commissioning(amount: str, *functions: str, act: Act = Act.COMMISSION) -> Matter:
    return Matter(functions, act, pence(amount), (Mode.POOLED,), within_budget=True)


def at_the_board(council: int, icb: int, council_for: int = -1) -> Facts:
    """How many members of each partner are there, all for it unless said otherwise."""
    for_ = council if council_for < 0 else council_for
    seats = {
        "members": Sitting(council, 0, for_, council - for_),
        "icb": Sitting(icb, 0, icb, 0),
    }
    return Facts(meeting=Meeting("board", seats), personally=frozenset({"board.members"}))


def members(place: Arrangement, matter: Matter, facts: Facts, on: date) -> Verdict:
    return may_decide(place, "board.members", matter, facts, on)


def says(verdict: Verdict) -> str:
    return " / ".join(r.says for r in verdict.against)


def half(ruling: Ruling, organisation: str) -> Half:
    (found,) = (h for h in ruling.halves if h.organisation == organisation)
    return found


def test_700_000_pounds_of_care_with_two_and_three_stands(place: Arrangement) -> None:
    verdict = members(place, commissioning("£700,000", "care"), at_the_board(2, 3), OCTOBER_2024)
    assert verdict.answer is Answer.STANDS


def test_one_member_of_the_icb_is_no_quorum(place: Arrangement) -> None:
    verdict = members(place, commissioning("£700,000", "care"), at_the_board(2, 1), OCTOBER_2024)
    assert verdict.answer is Answer.REFUSED
    assert "NHS Loamshire" in says(verdict)
    assert "Sch 2, 4" in {r.authority.clause for r in verdict.against}


def test_on_1_april_2025_the_power_had_ended(place: Arrangement) -> None:
    verdict = members(place, commissioning("£700,000", "care"), at_the_board(2, 3), LAPSED)
    assert verdict.answer is Answer.REFUSED
    assert "ended on 31 March 2025" in says(verdict)


def test_on_1_april_2025_the_icbs_half_still_stood(place: Arrangement) -> None:
    verdict = may_decide(
        place, "board.icb", commissioning("£700,000", "nhs"), at_the_board(2, 3), LAPSED
    )
    assert verdict.answer is Answer.STANDS


def test_from_16_april_2025_it_stands_again(place: Arrangement) -> None:
    verdict = members(place, commissioning("£700,000", "care"), at_the_board(2, 3), RENEWED)
    assert verdict.answer is Answer.STANDS


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        (OCTOBER_2024, Answer.STANDS),
        (date(2026, 3, 31), Answer.STANDS),
        (date(2026, 4, 1), Answer.REFUSED),  # the original term over, the extension unsigned
        (date(2026, 5, 5), Answer.REFUSED),  # the council has signed, the ICB has not
        (date(2026, 5, 6), Answer.STANDS),
        (TODAY, Answer.STANDS),
    ],
)
def test_cabinet_leads_on_learning_disability_while_the_agreement_is_in_force(
    place: Arrangement, on: date, answer: Answer
) -> None:
    matter = commissioning("£900,000", "learning")
    verdict = may_decide(place, "cabinet", matter, Facts(meeting=ALL_OF_CABINET), on)
    assert verdict.answer is answer


def test_the_director_needs_the_lead_member_consulted(place: Arrangement) -> None:
    verdict = may_decide(place, "director", commissioning("£200,000", "care"), BEFORE, OCTOBER_2024)
    assert verdict.answer is Answer.NEEDS
    assert "Cabinet Member for Care" in says(verdict)


def test_the_director_stops_at_250_000_pounds(place: Arrangement) -> None:
    matter = commissioning("£250,000.01", "care")
    consulted = Facts(consulted=frozenset({"lead_member"}))
    assert may_decide(place, "director", matter, consulted, TODAY).answer is Answer.REFUSED


def test_a_closure_is_reserved_to_cabinet(place: Arrangement) -> None:
    matter = commissioning("£200,000", "care", act=Act.DECOMMISSION)
    verdict = members(place, matter, at_the_board(3, 3), OCTOBER_2024)
    assert verdict.answer is Answer.REFUSED
    assert "reserved to Cabinet" in says(verdict)
    assert "7.9" in {r.authority.clause for r in verdict.against}


def test_the_raised_limit_needs_all_three_members(place: Arrangement) -> None:
    matter = commissioning("£1,500,000", "care")
    assert members(place, matter, at_the_board(3, 3), TODAY).answer is Answer.STANDS
    assert members(place, matter, at_the_board(3, 3, 2), TODAY).answer is Answer.REFUSED


def test_above_the_raised_limit_nobody_at_the_board_decides(place: Arrangement) -> None:
    matter = commissioning("£1,500,000.01", "care")
    assert members(place, matter, at_the_board(3, 3), TODAY).answer is Answer.REFUSED


def test_one_matter_of_both_partners_is_two_decisions(place: Arrangement) -> None:
    matter = commissioning("£700,000", "care", "nhs")
    ruling = who_may_decide(place, matter, at_the_board(2, 2), TODAY)
    assert {h.organisation for h in ruling.halves} == {"council", "icb"}
    makers = {"council": "board.members", "icb": "board.icb"}
    for organisation, maker in makers.items():
        stands = {
            o.maker for o in half(ruling, organisation).options if o.verdict.answer is Answer.STANDS
        }
        assert maker in stands


def test_the_partners_raised_limits_differ(place: Arrangement) -> None:
    matter = commissioning("£1,300,000", "nhs")
    facts = at_the_board(3, 3)
    assert may_decide(place, "board.icb", matter, facts, TODAY).answer is Answer.REFUSED
    within = commissioning("£1,250,000", "nhs")
    assert may_decide(place, "board.icb", within, facts, TODAY).answer is Answer.STANDS


def test_a_large_virement_waits_for_cabinets_recommendation(place: Arrangement) -> None:
    matter = Matter(("virement",), Act.VARY_BUDGET, pence("£1,200,000"))
    verdict = may_decide(place, "full_council", matter, BEFORE, TODAY)
    assert verdict.answer is Answer.NEEDS
    assert "Cabinet has recommended it" in says(verdict)
    assert may_decide(place, "cabinet", matter, BEFORE, TODAY).answer is Answer.REFUSED


def test_the_health_and_wellbeing_board_may_not_decide_care(place: Arrangement) -> None:
    matter = commissioning("£1,000", "care")
    verdict = may_decide(place, "health_wellbeing", matter, BEFORE, TODAY)
    assert verdict.answer is Answer.REFUSED


def test_the_board_as_a_body_decides_nothing(place: Arrangement) -> None:
    matter = commissioning("£1,000", "care")
    assert may_decide(place, "board", matter, at_the_board(3, 3), TODAY).answer is Answer.REFUSED


@pytest.mark.parametrize(
    ("amount", "key"), [("£500,000", False), ("£500,000.01", True), ("£1,000,000", True)]
)
def test_above_half_a_million_a_decision_is_key(place: Arrangement, amount: str, key: bool) -> None:
    matter = Matter(("care",), Act.COMMISSION, pence(amount), (Mode.POOLED,), wards=1)
    found = is_key(place, "council", matter, TODAY)
    assert found is not None
    assert found.key is key


def test_two_wards_make_it_key_whatever_it_costs(place: Arrangement) -> None:
    matter = Matter(("care",), Act.COMMISSION, pence("£1"), (Mode.POOLED,), wards=2)
    found = is_key(place, "council", matter, TODAY)
    assert found is not None
    assert found.key is True


def test_under_the_committee_system_council_held_care_and_no_leader_or_cabinet_did(place):
    """The borough ran a committee system until 20 May 2019 (LGA 2000 Part 1A)."""
    before = who_may_decide(place, Matter(("care",)), BEFORE, date(2019, 5, 20))
    after = who_may_decide(place, Matter(("care",)), BEFORE, date(2019, 5, 21))
    held = {o.maker for o in before.halves[0].options if not o.chain.steps}
    assert held == {"full_council"}
    assert {o.maker for o in after.halves[0].options if not o.chain.steps} == {"cabinet", "leader"}
