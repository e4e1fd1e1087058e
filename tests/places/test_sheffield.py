"""Sheffield: each fact of the checklist as report 000 prints it, typed by hand."""

import csv
from datetime import date
from pathlib import Path

import pytest

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.authority import Ruling, may_decide, who_may_decide
from concord.domain.agreements.keyness import is_key
from concord.domain.agreements.matter import BEFORE, Matter
from concord.domain.agreements.reader import Reading, read_arrangement
from concord.domain.agreements.words import (
    Act,
    AgreementKind,
    Flexibility,
    LegalForm,
    May,
    Mode,
    TermKind,
    When,
)
from concord.domain.findings import Answer
from concord.domain.language.reading import Standing
from concord.domain.language.values import NOT_STATED, NotStated
from concord.domain.money import pence
from concord.domain.places.organisations import Governance, OrganisationKind
from concord.domain.places.people import holder_on

ROOT = Path(__file__).parents[2]
TEXT = ROOT / "places" / "sheffield" / "arrangement.toml"
GEOGRAPHY = ROOT.parent / "shared" / "data" / "partner_geography_ltla_ccg21_icb22.csv"
DECISION_DAY = date(2019, 3, 20)
MAY_2019 = date(2019, 5, 1)
BOTH = ("executive_commissioning", "nhs_commissioning")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_arrangement(TEXT.read_text(encoding="utf-8"), "arrangement.toml")


@pytest.fixture(scope="module")
def place(reading: Reading) -> Arrangement:
    assert reading.arrangement is not None
    return reading.arrangement


def pooled(amount: str) -> Matter:
    """Commissioning under the section 75, so a matter of the partnership arrangements."""
    return Matter(
        functions=BOTH,
        act=Act.COMMISSION,
        amount=pence(amount),
        modes=(Mode.POOLED,),
        agreements=("bcf_s75",),
    )


def capacity(ruling: Ruling, body: str) -> tuple[str, tuple[str, ...]]:
    (found,) = (c for c in ruling.capacities if c.body == body)
    return found.verb, found.refer_to


def test_the_text_can_be_read_and_kept(reading: Reading) -> None:
    assert reading.storable, list(reading.findings)


def test_the_only_findings_are_true_of_the_report(reading: Reading) -> None:
    """The report gives no clause of the section 75 it would amend."""
    assert reading.grave == ()
    assert {f.id for f in reading.findings} == {"agree.head_missing"}


def test_every_rule_names_a_paragraph_of_the_report_or_the_public_record(
    place: Arrangement,
) -> None:
    tables = (place.bodies, place.reserved, place.agreements, place.duties, place.functions)
    for row in (r for t in tables for r in t.values()):
        assert all(s.startswith("000 ") for s in row.sources), row.id


def test_the_committee_is_proposed_and_what_it_joins_is_not(place: Arrangement) -> None:
    assert place.bodies["joint_committee"].standing is Standing.PROPOSED
    for name in ("cabinet", "governing_body", "accountable_care_partnership"):
        assert place.bodies[name].standing is Standing.ADOPTED
    assert place.agreements["bcf_s75"].standing is Standing.ADOPTED


# A. Partners, places and people


def test_a_council_and_an_nhs_commissioner_are_the_partners_a01(place: Arrangement) -> None:
    council, ccg = place.organisations["council"], place.organisations["ccg"]
    assert (council.label, council.kind) == ("Sheffield City Council", OrganisationKind.COUNCIL)
    assert ccg.label == "NHS Sheffield Clinical Commissioning Group"
    assert ccg.kind is OrganisationKind.CLINICAL_COMMISSIONING_GROUP
    assert place.agreements["bcf_s75"].parties == ("council", "ccg")


def test_seven_work_together_in_the_accountable_care_partnership_a17(place: Arrangement) -> None:
    partnership = place.bodies["accountable_care_partnership"]
    assert [place.organisations[o].label for o in partnership.organisations] == [
        "Sheffield City Council",
        "NHS Sheffield Clinical Commissioning Group",
        "Sheffield Children's NHS Foundation Trust",
        "Sheffield Teaching Hospitals NHS Foundation Trust",
        "Sheffield Health and Social Care NHS Foundation Trust",
        "Primary Care Sheffield Ltd",
        "Voluntary and community sector in Sheffield",
    ]
    kinds = [place.organisations[o].kind for o in partnership.organisations]
    assert kinds.count(OrganisationKind.NHS_TRUST) == 3
    assert kinds[-2:] == [OrganisationKind.COMPANY, OrganisationKind.VOLUNTARY]


def test_the_partnership_was_set_up_at_some_day_of_2017_a17(place: Arrangement) -> None:
    starts = place.bodies["accountable_care_partnership"].starts
    assert isinstance(starts, NotStated)
    assert (starts.earliest, starts.latest) == (date(2017, 1, 1), date(2017, 12, 31))


@pytest.mark.parametrize(
    ("post", "name"),
    [
        ("public_health", "Greg Fell"),  # A25
        ("emt_member", "Jayne Ludlam"),  # A26
        ("member_peace", "Cllr Chris Peace"),  # A27
        ("member_drayton", "Cllr Jackie Drayton"),  # A27
        ("member_blake", "Cllr Olivia Blake"),  # A27
        ("member_dagnall", "Cllr Lewis Dagnall"),  # A27
    ],
)
def test_people_hold_the_posts_the_cover_gives_them(
    place: Arrangement, post: str, name: str
) -> None:
    assert holder_on(place.posts[post].held_by, DECISION_DAY).name == name


def test_the_lead_officer_is_the_director_of_public_health_a25(place: Arrangement) -> None:
    assert place.posts["public_health"].label == "Director of Public Health"


def test_the_leader_is_not_named_in_the_report(place: Arrangement) -> None:
    assert isinstance(place.posts["leader"].held_by, NotStated)


def test_one_district_and_one_group_share_a_boundary_by_the_public_record(
    place: Arrangement,
) -> None:
    assert place.place.coterminous is True
    if not GEOGRAPHY.exists():
        pytest.skip("the public table of partner geography is not beside the project")
    with GEOGRAPHY.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    here = [r for r in rows if r["ltla21_code"] == "E08000019" or r["ccg21_code"] == "E38000146"]
    assert len(here) == 1
    assert here[0]["icb22_name"] == place.organisations["icb"].label


def test_what_the_integrated_care_board_took_over_is_not_stated(place: Arrangement) -> None:
    (succession,) = place.successions
    assert (succession.from_, succession.to) == (("ccg",), ("icb",))
    assert succession.on == date(2022, 7, 1)
    assert isinstance(succession.carries, NotStated)


# B. Bodies and governance


def test_four_and_four_sit_on_the_committee_b01(place: Arrangement) -> None:
    seats = place.bodies["joint_committee"].known_seats
    assert {s.id: (s.of, s.number, s.drawn_from) for s in seats.values()} == {
        "cabinet_members": ("council", 4, "cabinet"),
        "governing_members": ("ccg", 4, "governing_body"),
    }


def test_the_committee_is_hoped_for_by_april_b02(place: Arrangement) -> None:
    duty = place.duties["establish_committee"]
    assert isinstance(duty.on, NotStated)
    assert duty.on.latest == date(2019, 4, 30)
    assert duty.standing is Standing.PROPOSED


def test_the_committee_is_a_regulation_10_joint_committee_b03_b06(place: Arrangement) -> None:
    committee = place.bodies["joint_committee"]
    assert committee.legal_form is LegalForm.REGULATION_10_JOINT_COMMITTEE
    assert "2000/617 regulation 10(2)" in str(committee.basis)
    assert "section 75" in str(committee.basis)


def test_how_the_committee_sits_and_decides_is_not_stated(place: Arrangement) -> None:
    committee = place.bodies["joint_committee"]
    for silent in (committee.quorum, committee.chair, committee.deciding, committee.in_public):
        assert silent.on(MAY_2019) == NOT_STATED


def test_no_power_is_delegated_to_anyone_b04(place: Arrangement) -> None:
    assert not place.delegations


def test_decisions_on_the_partnership_stay_with_each_organisation_b04(place: Arrangement) -> None:
    held = {r.id: r.held_by for r in place.reserved.values()}
    assert held == {"partnership_council": ("leader",), "partnership_ccg": ("governing_body",)}
    assert "000 1.3.2.3" in place.reserved["partnership_council"].sources
    assert "000 1.3.2.3" in place.reserved["partnership_ccg"].sources


def test_the_committee_recommends_and_each_organisation_decides_b04(place: Arrangement) -> None:
    ruling = who_may_decide(place, pooled("£600,000"), BEFORE, MAY_2019)
    assert ruling.answer is Answer.STANDS
    assert [(h.organisation, h.options[0].maker) for h in ruling.halves] == [
        ("council", "leader"),
        ("ccg", "governing_body"),
    ]
    assert capacity(ruling, "joint_committee") == ("recommend", ("leader", "governing_body"))


def test_the_committee_itself_may_not_decide_pooled_money_b04(place: Arrangement) -> None:
    verdict = may_decide(place, "joint_committee", pooled("£1"), BEFORE, MAY_2019)
    assert verdict.answer is Answer.REFUSED


def test_a_regulation_10_committee_is_refused_aligned_money_by_law_b06(place: Arrangement) -> None:
    matter = Matter(functions=BOTH, act=Act.COMMISSION, amount=100, modes=(Mode.ALIGNED,))
    verdict = may_decide(place, "joint_committee", matter, BEFORE, MAY_2019)
    assert verdict.answer is Answer.REFUSED
    assert any("SI 2000/617" in r.authority.law for r in verdict.reasons)


def test_cabinet_is_sent_to_the_leader_for_the_partnership(place: Arrangement) -> None:
    verdict = may_decide(
        place,
        "cabinet",
        Matter(("executive_commissioning",), Act.VARY_AGREEMENT, agreements=("bcf_s75",)),
        BEFORE,
        DECISION_DAY,
    )
    assert verdict.answer is Answer.REFUSED
    assert any("000 recommendations" in r.authority.sources for r in verdict.reasons)


@pytest.mark.parametrize("body", ["health_and_wellbeing_board", "scrutiny"])
def test_neither_board_nor_scrutiny_may_decide_an_executive_matter(
    place: Arrangement, body: str
) -> None:
    matter = Matter(("executive_commissioning",), Act.COMMISSION, modes=(Mode.POOLED,))
    assert may_decide(place, body, matter, BEFORE, MAY_2019).answer is Answer.REFUSED


def test_after_the_groups_end_who_decides_for_the_nhs_is_not_stated(place: Arrangement) -> None:
    ruling = who_may_decide(place, pooled("£600,000"), BEFORE, date(2022, 7, 1))
    assert [(h.organisation, h.answer) for h in ruling.halves] == [
        ("council", Answer.STANDS),
        ("icb", Answer.NOT_STATED),
    ]


def test_its_powers_could_be_reviewed_on_a_day_not_stated_b05(place: Arrangement) -> None:
    duty = place.duties["review_powers"]
    assert duty.on == NOT_STATED
    assert duty.sources == ("000 1.3.2.3",)


@pytest.mark.parametrize(
    ("may", "source"),
    [
        (May.OVERSEE, "000 recommendations"),  # B54: manages the arrangements
        (May.STEER, "000 recommendations"),  # B55: shapes joint commissioning
        (May.RECOMMEND, "000 recommendations"),  # B56: advises and guides
        (May.OVERSEE, "000 1.3.2.2"),  # B57: oversees one strategy
        (May.MONITOR, "000 4.3.1"),  # B07
        (May.RECEIVE, "000 4.3.1"),  # B07
    ],
)
def test_the_committees_remit_is_the_reports(place: Arrangement, may: May, source: str) -> None:
    remit = place.bodies["joint_committee"].remit
    assert not isinstance(remit, NotStated)
    assert any(r.may == (may,) and source in r.sources for r in remit)


def test_reports_on_the_arrangements_come_to_the_committee_b07(place: Arrangement) -> None:
    duty = place.duties["operation_reports"]
    assert (duty.to, duty.every) == (("joint_committee",), NOT_STATED)


def test_the_committee_works_beside_two_bodies_and_under_neither_b51(place: Arrangement) -> None:
    committee = place.bodies["joint_committee"]
    assert committee.works_with == ("health_and_wellbeing_board", "accountable_care_partnership")
    assert committee.reports_to == ()


@pytest.mark.parametrize("body", ["health_and_wellbeing_board", "accountable_care_partnership"])
def test_healthwatch_is_involved_in_both_b52(place: Arrangement, body: str) -> None:
    seat = place.bodies[body].known_seats["healthwatch"]
    assert (seat.of, seat.number, seat.voting) == ("healthwatch", NOT_STATED, NOT_STATED)


def test_one_function_of_officers_may_be_set_below_the_committee_b53(place: Arrangement) -> None:
    function = place.bodies["officer_function"]
    assert function.supports == ("joint_committee",)
    assert function.standing is Standing.PROPOSED
    assert function.sources == ("000 1.3.2.5",)


def test_the_committee_is_to_propose_whom_to_engage_b56(place: Arrangement) -> None:
    assert place.duties["engagement_proposals"].owner == ("joint_committee",)


# C. Agreements


def test_the_better_care_fund_is_a_section_75_with_two_variations_proposed_c01(
    place: Arrangement,
) -> None:
    agreement = place.agreements["bcf_s75"]
    assert agreement.kind is AgreementKind.SECTION_75
    assert agreement.flexibilities == (Flexibility.POOLED_FUND,)
    kinds = [(t.kind, t.standing) for t in agreement.known_terms]
    assert kinds == [
        (TermKind.ORIGINAL, Standing.ADOPTED),
        (TermKind.VARIATION, Standing.PROPOSED),
        (TermKind.VARIATION, Standing.PROPOSED),
    ]


def test_neither_side_is_said_to_have_approved_the_amendment_c01(place: Arrangement) -> None:
    amendment = place.agreements["bcf_s75"].known_terms[1]
    assert amendment.approved == {"council": NOT_STATED, "ccg": NOT_STATED}
    assert amendment.signed == NOT_STATED


def test_a_changed_plan_changes_the_agreement_c02(place: Arrangement) -> None:
    duty = place.duties["update_agreement"]
    assert duty.when is When.PLAN_CHANGED
    assert duty.sources == ("000 1.3.3.2",)
    assert place.agreements["commissioning_plan"].standing is Standing.PROPOSED


def test_the_regulations_of_2000_are_cited_c03(place: Arrangement) -> None:
    assert "SI 2000/617" in place.agreements["bcf_s75"].note
    assert "000 4.3.1" in place.agreements["bcf_s75"].sources


def test_who_shares_the_mental_health_risk_is_not_stated(place: Arrangement) -> None:
    assert place.agreements["mental_health"].parties == NOT_STATED


# D. Limits


@pytest.mark.parametrize(
    ("amount", "wards", "key"),
    [
        ("£500,000.01", 1, True),  # D20: over £500,000
        ("£500,000", 1, False),  # D20: exactly £500,000 is not over it
        ("-£600,000", 1, True),  # D20: savings count
        ("£1", 2, True),  # D21: two wards
        ("£1", 1, False),
    ],
)
def test_a_decision_is_key_over_half_a_million_or_from_two_wards(
    place: Arrangement, amount: str, wards: int, key: bool
) -> None:
    matter = Matter(("executive_commissioning",), amount=pence(amount), wards=wards)
    found = is_key(place, "council", matter, DECISION_DAY)
    assert found is not None
    assert found.key is key


def test_a_partnership_with_providers_needs_a_decision_of_its_own_d23(place: Arrangement) -> None:
    duty = place.duties["separate_decision"]
    assert duty.sources == ("000 1.3.2.7",)
    assert duty.standing is Standing.PROPOSED


def test_the_report_goes_to_a_leader_and_a_cabinet(place: Arrangement) -> None:
    assert (
        place.organisations["council"].governance.on(DECISION_DAY) is Governance.LEADER_AND_CABINET
    )


def test_each_new_service_has_an_assessment_of_its_own(place: Arrangement) -> None:
    duty = place.duties["equality_assessments"]
    assert (duty.when, duty.sources) == (When.SERVICE_COMMISSIONED, ("000 4.1.4",))
