"""The ladder of agreements: what a stage waits for, and the days that matter to an agreement."""

from datetime import date
from pathlib import Path

import pytest
from tests.domain.small_place import read, spoilt

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.ladder import AgreementClock, clocks_of, may_reach
from concord.domain.agreements.matter import BEFORE, Facts
from concord.domain.agreements.reader import read_arrangement
from concord.domain.agreements.words import Stage
from concord.domain.findings import Answer

PLACES = Path(__file__).parents[2] / "places"
MARCH_2019 = date(2019, 3, 1)


def place(name: str) -> Arrangement:
    text = (PLACES / name / "arrangement.toml").read_text("utf-8")
    arrangement = read_arrangement(text).arrangement
    assert arrangement is not None
    return arrangement


def doncaster(agreement: str, stage: Stage, facts: Facts):
    it = place("doncaster")
    return may_reach(it, it.agreements[agreement], stage, facts, MARCH_2019)


def test_doncasters_section_75_waits_for_a_further_cabinet_decision():
    """004 ¶49."""
    verdict = doncaster("s75", Stage.SIGNED, BEFORE)
    assert verdict.answer is Answer.NEEDS
    assert verdict.remedies == ("Ask Cabinet to agree.",)


def test_doncasters_section_75_cannot_be_signed_without_it():
    verdict = doncaster("s75", Stage.SIGNED, Facts())
    assert verdict.answer is Answer.REFUSED
    reason = verdict.against[0]
    assert reason.says.startswith("Section 75 agreement cannot be signed yet")
    assert "004 ¶49" in reason.authority.sources


def test_doncasters_section_75_may_be_signed_after_it():
    assert doncaster("s75", Stage.SIGNED, Facts(agreed=frozenset({"cabinet"}))).stands


def test_doncasters_provider_agreement_may_be_signed_but_not_bind():
    """004 ¶45, 49: it binds nobody until Cabinet decides again."""
    assert doncaster("pca", Stage.SIGNED, Facts()).stands
    assert doncaster("pca", Stage.BINDING, Facts()).answer is Answer.REFUSED
    assert doncaster("pca", Stage.BINDING, Facts(agreed=frozenset({"cabinet"}))).stands


def test_citys_agreement_waits_for_the_final_decision():
    """003 recommendations: two committees of the Corporation are to take it, each for itself."""
    it = place("city_of_london")
    agreement = it.agreements["s75_city"]
    on = date(2017, 3, 1)
    assert may_reach(it, agreement, Stage.SIGNED, Facts(), on).answer is Answer.REFUSED
    label, both = (
        "final decision on the proposed arrangements",
        ("community_services", "policy_and_resources"),
    )
    one = Facts(decided={label: both[1]})
    assert may_reach(it, agreement, Stage.SIGNED, one, on).answer is Answer.REFUSED
    made = Facts(decided={label: both})
    assert may_reach(it, agreement, Stage.SIGNED, made, on).answer > Answer.REFUSED


def test_each_of_two_who_have_to_agree_is_asked_for():
    it = read(spoilt())
    half = Facts(agreed=frozenset({"cabinet"}))
    verdict = may_reach(it, it.agreements["s75"], Stage.SIGNED, half, date(2024, 3, 1))
    assert verdict.answer is Answer.REFUSED
    assert [r.authority.clause for r in verdict.against] == ["3.1"]
    assert "Board of the ICB" in verdict.against[0].says


BEFORE_SIGNED = 'before = { signed = [{ agreed_by = ["cabinet", "icb_board"], clause = "3.1" }] }'
TWO_STAGES = (
    'before = { approved = [{ consulted = "planning" }], starts = [{ decided = "direction" }] }'
)


def test_a_stage_waits_for_what_the_stages_below_it_wait_for():
    text = spoilt(
        (BEFORE_SIGNED, TWO_STAGES),
        ("approved = { council = 2024-02-13, icb = 2024-03-07 }\n", ""),
        ("signed = { council = 2024-03-20, icb = 2024-03-28 }\n", ""),
    )
    it = read(text)
    decided = Facts(decided={"direction": "full_council"})
    verdict = may_reach(it, it.agreements["s75"], Stage.STARTS, decided, date(2024, 4, 1))
    assert verdict.answer is Answer.REFUSED
    assert "Planning Forum" in verdict.against[0].says


def test_a_stage_that_the_text_shows_as_reached_is_not_asked_for_again():
    it = read(spoilt((BEFORE_SIGNED, TWO_STAGES)))
    decided = Facts(decided={"direction": "full_council"})
    assert may_reach(it, it.agreements["s75"], Stage.STARTS, decided, date(2024, 4, 1)).stands
    early = may_reach(it, it.agreements["s75"], Stage.STARTS, decided, date(2024, 3, 6))
    assert early.answer is Answer.REFUSED


def test_a_ladder_not_stated_is_not_stated():
    it = read(spoilt((BEFORE_SIGNED, 'before = "not stated"')))
    verdict = may_reach(it, it.agreements["s75"], Stage.SIGNED, Facts(), date(2024, 3, 1))
    assert verdict.answer is Answer.NOT_STATED


def test_an_agreement_that_waits_for_nothing_stands_and_says_so():
    it = read(spoilt())
    verdict = may_reach(it, it.agreements["memorandum"], Stage.SIGNED, Facts(), date(2023, 3, 1))
    assert verdict.stands
    assert verdict.reasons[-1].says == "Memorandum waits for nothing more before it is signed"


def test_nobody_signs_after_his_organisation_has_ended():
    it = read(spoilt(("starts = 2022-07-01 }", "starts = 2022-07-01, ends = 2024-06-30 }")))
    agreed = Facts(agreed=frozenset({"cabinet", "icb_board"}))
    verdict = may_reach(it, it.agreements["s75"], Stage.SIGNED, agreed, date(2024, 7, 1))
    assert verdict.answer is Answer.REFUSED
    assert "NHS Lowick ICB" in verdict.against[0].says


def test_an_nhs_trust_signs_a_section_75_only_with_its_commissioners_consent():
    """SI 2000/617 reg 7(2)."""
    text = spoilt(
        ("[functions]\n", 'trust = { name = "Lowick Trust", kind = "NHS trust" }\n[functions]\n'),
        (
            'parties = ["council", "icb"]\nbinding = true',
            'parties = ["council", "icb", "trust"]\nbinding = true',
        ),
    )
    it = read(text)
    agreed = Facts(agreed=frozenset({"cabinet", "icb_board"}))
    verdict = may_reach(it, it.agreements["s75"], Stage.SIGNED, agreed, date(2024, 3, 1))
    assert verdict.answer is Answer.NEEDS
    assert "regulation" in verdict.against[0].says or "reg 7(2)" in verdict.against[0].says


# The days that matter ---------------------------------------------------------------------


def days(agreement: str, on: date) -> list[tuple[AgreementClock, date | None, int | None]]:
    return [
        (d.clock, d.day, d.left) for d in clocks_of(place("middlemarch").agreements[agreement], on)
    ]


def test_middlemarchs_section_75_has_its_days_in_order():
    """A review each 12 months from 1 April 2023, 12 months' notice before 31 March 2029."""
    assert days("s75", date(2026, 11, 24)) == [
        (AgreementClock.REVIEW, date(2027, 4, 1), 128),
        (AgreementClock.LAST_NOTICE, date(2028, 3, 31), 493),
        (AgreementClock.EXPIRY, date(2029, 3, 31), 858),
        (AgreementClock.RENEWAL, date(2029, 3, 31), 858),
    ]


def test_a_review_is_due_on_its_day():
    assert days("s75", date(2027, 4, 1))[0] == (AgreementClock.REVIEW, date(2027, 4, 1), 0)


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2026, 11, 24), date(2027, 1, 1)),
        (date(2026, 7, 1), date(2026, 7, 1)),
        (date(2027, 1, 2), None),
    ],
)
def test_gateways_come_round_only_within_their_own_days(on, due):
    """The alliance's run every three months from 1 July 2026 to 31 March 2027."""
    found = [d for c, d, _ in days("alliance", on) if c is AgreementClock.REVIEW]
    assert found == ([due] if due else [])


def test_three_days_of_an_ending_differ():
    text = spoilt((
        'flexibilities = ["pooled fund"]',
        'flexibilities = ["pooled fund"]\nending = { notice = "6 months", '
        "notice_given = 2025-01-31, wanted = 2025-06-30, ended = 2025-09-30 }",
    ))  # fmt: skip
    clocks = {d.clock: d.day for d in clocks_of(read(text).agreements["s75"], date(2025, 2, 1))}
    assert clocks[AgreementClock.NOTICE_GIVEN] == date(2025, 1, 31)
    assert clocks[AgreementClock.NOTICE_WANTED] == date(2025, 6, 30)
    assert clocks[AgreementClock.NOTICE_RUNS_OUT] == date(2025, 7, 31)  # six months, not five
    assert clocks[AgreementClock.ENDED] == date(2025, 9, 30)


def test_a_term_without_a_last_day_has_an_expiry_that_is_not_stated():
    it = place("doncaster").agreements["s75"]
    assert [(d.clock, d.day) for d in clocks_of(it, MARCH_2019)] == [(AgreementClock.EXPIRY, None)]


def test_a_gap_between_terms_is_among_the_days():
    more = "[[agreements.s75.terms]]\nkind = 'extension'\nstarts = 2026-05-01\nends = 2027-03-31\n"
    it = read(spoilt(("[clocks.agenda]", more + "[clocks.agenda]")))
    gap = [d for d in clocks_of(it.agreements["s75"], date(2026, 3, 1)) if d.clock == "gap"]
    assert [(d.day, d.left) for d in gap] == [(date(2026, 4, 1), 31)]
