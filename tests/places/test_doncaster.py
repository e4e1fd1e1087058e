"""Doncaster: each fact of the checklist as report 004 prints it, typed by hand."""

import csv
from datetime import date
from pathlib import Path

import pytest

from concord.domain.agreements.arrangement import Arrangement, Delegation
from concord.domain.agreements.authority import may_decide, who_may_decide
from concord.domain.agreements.chairing import chair_of
from concord.domain.agreements.conditions import AgreedBy, Consulted
from concord.domain.agreements.keyness import is_key
from concord.domain.agreements.ladder import may_reach
from concord.domain.agreements.matter import BEFORE, Facts, Matter
from concord.domain.agreements.reader import Reading, read_arrangement
from concord.domain.agreements.terms import is_in_force, slip
from concord.domain.agreements.words import (
    Act,
    AgreementKind,
    ChairRule,
    Head,
    LegalForm,
    May,
    Stage,
)
from concord.domain.findings import Answer, Verdict
from concord.domain.language.reading import Standing
from concord.domain.language.values import NOT_STATED, Limit, NotStated
from concord.domain.money import pence
from concord.domain.places.organisations import OrganisationKind, Role
from concord.domain.places.people import PostKind, holder_on

ROOT = Path(__file__).parents[2]
TEXT = ROOT / "places" / "doncaster" / "arrangement.toml"
GEOGRAPHY = ROOT.parent / "shared" / "data" / "partner_geography_ltla_ccg21_icb22.csv"
CABINET_DAY = date(2018, 4, 24)
MAY_2018 = date(2018, 5, 1)
MARCH_2019 = date(2019, 3, 1)
CONSULTEES = ("learning", "cfo", "adults_member")
FINALISE_JCA = Matter(("integration",), Act.FINALISE_AGREEMENT, agreements=("jca",))
SIGN_S75 = Matter(("integration",), Act.SIGN_AGREEMENT, agreements=("s75",))


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_arrangement(TEXT.read_text(encoding="utf-8"), "arrangement.toml")


@pytest.fixture(scope="module")
def place(reading: Reading) -> Arrangement:
    assert reading.arrangement is not None
    return reading.arrangement


def covered(delegation: Delegation) -> tuple[object, ...]:
    assert not isinstance(delegation.covers, NotStated)
    return delegation.covers.functions, delegation.covers.acts, delegation.covers.agreements


def asked_of(place: Arrangement, maker: str, matter: Matter, *consulted: str) -> Verdict:
    """The answer once the facts are in: these, and nobody else, were consulted."""
    return may_decide(place, maker, matter, Facts(consulted=frozenset(consulted)), MAY_2018)


def test_the_text_can_be_read_and_kept(reading: Reading) -> None:
    assert reading.storable, list(reading.findings)


def test_the_only_findings_are_true_of_the_report(reading: Reading) -> None:
    assert reading.grave == ()
    assert {f.id for f in reading.findings} == {"agree.slipped", "agree.head_missing"}
    (slipped,) = (f for f in reading.findings if f.id == "agree.slipped")  # C12
    assert "365 days" in slipped.says


def test_every_rule_names_a_paragraph_of_the_report(place: Arrangement) -> None:
    tables = (place.bodies, place.delegations, place.reserved, place.agreements, place.duties)
    for row in (r for t in tables for r in t.values()):
        assert all(s.startswith("004 ") for s in row.sources), row.id


def test_what_cabinet_is_asked_for_is_proposed(place: Arrangement) -> None:
    assert {d.standing for d in place.delegations.values()} == {Standing.PROPOSED}
    for name, standing in [("jca", "proposed"), ("pca", "proposed"), ("mou", "adopted")]:
        assert place.agreements[name].standing is Standing(standing)


# A. Partners, places and people


def test_providers_are_parties_to_an_agreement_of_their_own_a14(place: Arrangement) -> None:
    assert place.agreements["pca"].parties == ("council", "providers")
    assert place.agreements["jca"].parties == ("council", "ccg")
    assert place.organisations["providers"].kind == NOT_STATED


def test_the_council_commissions_and_provides_a15(place: Arrangement) -> None:
    assert place.organisations["council"].roles == (Role.COMMISSIONER, Role.PROVIDER)
    assert place.organisations["council"].label == "Doncaster Council"


def test_the_voluntary_sector_is_kept_in_sight_a16(place: Arrangement) -> None:
    sector = place.organisations["voluntary_sector"]
    assert sector.kind is OrganisationKind.VOLUNTARY
    assert "004 ¶25" in sector.sources
    assert place.duties["voluntary_sector_support"].to == ("voluntary_sector",)


@pytest.mark.parametrize(
    ("post", "name"),
    [
        ("member_jones", "Glyn Jones"),  # A30
        ("member_blake", "Rachael Blake"),  # A30
        ("member_fennelly", "Nuala Fennelly"),  # A30
        ("member_ball", "Nigel Ball"),  # A30
        ("member_mcguinness", "Chris McGuinness"),  # A30
        ("transformation", "Cath Doman"),  # A32
        ("ccg_chief", "Jackie Pederson"),  # B45
        ("chief_exec", "Jo Miller"),  # B46
        ("public_health", "Rupert Suckling"),
    ],
)
def test_people_hold_the_posts_the_report_gives_them(
    place: Arrangement, post: str, name: str
) -> None:
    assert holder_on(place.posts[post].held_by, CABINET_DAY).name == name


def test_five_cabinet_members_are_relevant_and_no_portfolio_is_theirs_a30(
    place: Arrangement,
) -> None:
    named = [p for p in place.posts.values() if p.label.startswith("Relevant Cabinet Member")]
    assert len(named) == 5
    assert {p.kind for p in named} == {PostKind.EXECUTIVE_MEMBER}
    assert isinstance(place.posts["adults_member"].held_by, NotStated)


def test_two_who_advise_on_the_decision_sit_on_the_board_a31(place: Arrangement) -> None:
    seat = place.bodies["management_board"].known_seats["council_members"]
    assert seat.posts == ("member_blake", "member_ball")
    assert seat.sources == ("004 ¶62",)


def test_whom_else_the_director_acts_for_is_not_stated_a32(place: Arrangement) -> None:
    director = place.posts["transformation"]
    assert director.label == "Director of Health and Social Care Transformation"
    assert director.acts_for == NOT_STATED


def test_one_structure_of_commissioners_keeps_its_employers_a33_a34(place: Arrangement) -> None:
    structure = place.bodies["commissioning_specialists"]
    assert structure.organisations == ("council", "ccg")
    assert structure.sources == ("004 ¶54",)
    assert "employer bears their cost" in structure.note


def test_leader_or_mayor_is_not_stated(place: Arrangement) -> None:
    assert place.organisations["council"].governance.on(CABINET_DAY) == NOT_STATED


def test_one_district_and_one_group_share_a_boundary_by_the_public_record(
    place: Arrangement,
) -> None:
    assert place.place.coterminous is True
    if not GEOGRAPHY.exists():
        pytest.skip("the public table of partner geography is not beside the project")
    with GEOGRAPHY.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    here = [r for r in rows if r["ltla21_code"] == "E08000017" or r["ccg21_code"] == "E38000044"]
    assert len(here) == 1
    assert here[0]["icb22_name"] == place.organisations["icb"].label


# B. Bodies and governance


def test_the_ccgs_chief_officer_chairs_the_leadership_team_b45(place: Arrangement) -> None:
    chair = place.bodies["leadership_team"].chair.on(CABINET_DAY)
    assert chair is not None
    assert not isinstance(chair, NotStated)
    assert (chair.rule, chair.who) == (ChairRule.FIXED, ("ccg_chief",))
    assert place.posts["ccg_chief"].label == "CCG Chief Officer"


@pytest.mark.parametrize(
    ("group", "body"),
    [
        ("leadership_operations", "leadership_team"),  # B45
        ("commissioning_operations", "management_board"),  # B47
        ("provider_operations", "provider_executive"),  # B48
    ],
)
def test_each_board_has_its_group_of_managers(place: Arrangement, group: str, body: str) -> None:
    assert place.bodies[group].supports == (body,)


def test_the_boards_chair_alternates_from_a_turn_nobody_stated_b46(place: Arrangement) -> None:
    chair = place.bodies["management_board"].chair.on(CABINET_DAY)
    assert chair is not None
    assert not isinstance(chair, NotStated)
    assert chair.rule is ChairRule.ALTERNATING
    assert chair.who == ("chief_exec", "ccg_chief")
    assert (chair.turn, chair.first) == (NOT_STATED, NOT_STATED)


def test_whose_turn_it_is_to_chair_cannot_be_told_b46(place: Arrangement) -> None:
    chairing = chair_of(place, place.bodies["management_board"], MAY_2018, held=3)
    assert (chairing.who, chairing.verdict.answer) == ((), Answer.NOT_STATED)


def test_who_chairs_the_leadership_team_can_be_told_b45(place: Arrangement) -> None:
    assert chair_of(place, place.bodies["leadership_team"], MAY_2018).who == ("ccg_chief",)


def test_the_providers_group_is_proposed_with_their_agreement_b48(place: Arrangement) -> None:
    group = place.bodies["provider_executive"]
    assert group.standing is Standing.PROPOSED
    assert group.under == "pca"


def test_reports_go_to_the_health_and_wellbeing_board_b49(place: Arrangement) -> None:
    duty = place.duties["board_reports"]
    assert (duty.to, duty.every) == (("health_and_wellbeing_board",), NOT_STATED)
    remit = place.bodies["health_and_wellbeing_board"].remit
    assert not isinstance(remit, NotStated)
    assert [r.may for r in remit] == [(May.RECEIVE,)]
    assert place.duties["partner_updates"].to == ("council", "ccg")


def test_the_arrangements_are_kept_under_review_b50(place: Arrangement) -> None:
    assert place.duties["governance_review"].sources == ("004 ¶27",)


def test_chief_executives_of_commissioners_and_providers_sit_together_b64(
    place: Arrangement,
) -> None:
    seats = place.bodies["leadership_team"].known_seats
    assert seats["council"].posts == ("chief_exec",)
    assert seats["ccg"].posts == ("ccg_chief",)
    assert (seats["providers"].of, seats["providers"].number) == ("providers", NOT_STATED)


def test_roles_and_partners_commitments_are_still_to_be_secured_b65(place: Arrangement) -> None:
    assert place.duties["programme_roles"].sources == ("004 ¶31",)


@pytest.mark.parametrize("body", ["management_board", "leadership_team", "provider_executive"])
def test_no_board_of_the_partnership_decides(place: Arrangement, body: str) -> None:
    assert place.bodies[body].legal_form is LegalForm.ADVISORY
    assert asked_of(place, body, FINALISE_JCA, *CONSULTEES).answer is Answer.REFUSED


def test_the_management_board_oversees(place: Arrangement) -> None:
    ruling = who_may_decide(place, FINALISE_JCA, BEFORE, MAY_2018)
    (found,) = (c for c in ruling.capacities if c.body == "management_board")
    assert found.verb == "oversee"


# C. Agreements


def test_cabinet_approved_the_memorandum_in_november_2017_c10(place: Arrangement) -> None:
    memorandum = place.agreements["mou"]
    assert memorandum.kind is AgreementKind.MEMORANDUM
    (term,) = memorandum.known_terms
    assert term.approved == {"council": date(2017, 11, 28), "ccg": NOT_STATED}
    assert term.signed == NOT_STATED


def test_joint_commissioning_slipped_by_a_year_c11_c12_c18_c25(place: Arrangement) -> None:
    (term,) = place.agreements["s75"].known_terms
    assert (term.first_planned, term.starts) == (date(2018, 4, 1), date(2019, 4, 1))
    assert slip(term) == 365


def test_the_report_is_itself_later_than_the_first_plan_c11(place: Arrangement) -> None:
    dated = place.sources_["004"].dated
    (term,) = place.agreements["s75"].known_terms
    assert isinstance(dated, date)
    assert isinstance(term.first_planned, date)
    assert (dated - term.first_planned).days == 23


def test_the_commissioners_agreement_binds_and_the_providers_does_not_c13_c21(
    place: Arrangement,
) -> None:
    assert place.agreements["jca"].binding is True
    assert place.agreements["pca"].binding is False


def test_a_memorandum_leads_to_an_agreement_and_that_to_a_section_75_c13_c38(
    place: Arrangement,
) -> None:
    assert place.agreements["s75"].follows == ("jca",)
    assert place.agreements["jca"].follows == ("mou",)
    assert place.agreements["mou"].follows == ("place_plan",)


@pytest.mark.parametrize(
    ("agreement", "words"),
    [
        ("jca", "legal assurance"),  # C14
        ("jca", "in 2018/19 no full joint investment"),  # C15
        ("jca", "integration goals and commissioning actions"),  # C16
        ("s75", "joint or lead commissioning"),  # C19
        ("pca", "to match the commissioners' actions"),  # C22
        ("pca", "in the manner of a memorandum"),  # C23
        ("jca", "Twelve months"),  # C24
        ("jca", "contracts in scope, internal services and contributing providers"),  # C30
        ("jca", "of a block contract, only a proportion"),  # C31
        ("jca", "outside legal advisers"),  # C32
        ("pca", "outside legal advisers"),  # C32
        ("mou", "shadow joint commissioning"),  # C38
        ("pca", "A draft"),  # C39
    ],
)
def test_what_has_no_key_yet_is_kept_in_a_note(
    place: Arrangement, agreement: str, words: str
) -> None:
    assert words in place.agreements[agreement].note


def test_the_work_plan_ends_where_the_section_75_begins_c17(place: Arrangement) -> None:
    duty = place.duties["work_plan"]
    assert duty.on == date(2019, 4, 1)
    assert duty.owner == ("council", "ccg")


def test_which_flexibilities_are_used_is_not_settled_c19(place: Arrangement) -> None:
    assert place.agreements["s75"].flexibilities == ()


def test_the_section_75_must_deal_with_these_heads_and_does_not_yet_c20(
    place: Arrangement,
) -> None:
    contents = place.agreements["s75"].contents
    assert contents == {
        Head.CONTRIBUTIONS: NOT_STATED,  # which resources and budgets are pooled
        Head.FUNCTIONS: NOT_STATED,
        Head.HOST: NOT_STATED,
        Head.MANAGEMENT: NOT_STATED,  # how commissioning is conducted
        Head.RISK_SHARE: NOT_STATED,
        Head.BENEFIT_SHARE: NOT_STATED,
    }


def test_the_providers_agreement_is_reviewed_after_2018_19_c21(place: Arrangement) -> None:
    due = place.duties["pca_review"].on
    assert isinstance(due, NotStated)
    assert due.earliest == date(2019, 4, 1)


@pytest.mark.parametrize(
    ("name", "function", "agreement", "source"),
    [
        ("sign_jca", "integration", "jca", "004 ¶9 iii"),  # C26
        ("sign_pca", "provision", "pca", "004 ¶9 iv"),  # C27
    ],
)
def test_the_chief_executive_signs_for_the_council(
    place: Arrangement, name: str, function: str, agreement: str, source: str
) -> None:
    delegation = place.delegations[name]
    assert (delegation.from_, delegation.given_to) == ("cabinet", ("chief_exec",))
    assert covered(delegation) == ((function,), (Act.SIGN_AGREEMENT,), (agreement,))
    assert delegation.sources == (source,)
    matter = Matter((function,), Act.SIGN_AGREEMENT, agreements=(agreement,))
    assert asked_of(place, "chief_exec", matter).answer is Answer.STANDS


def test_a_further_cabinet_decision_comes_before_signing_the_section_75_c28(
    place: Arrangement,
) -> None:
    before = place.agreements["s75"].before
    assert not isinstance(before, NotStated)
    (condition,) = before[Stage.SIGNED]
    assert isinstance(condition, AgreedBy)
    assert condition.agreed_by == ("cabinet",)
    assert place.duties["further_decision_s75"].sources == ("004 ¶49",)


def test_without_that_decision_the_section_75_cannot_be_signed_c28(place: Arrangement) -> None:
    verdict = may_reach(place, place.agreements["s75"], Stage.SIGNED, Facts(), MARCH_2019)
    assert verdict.answer is Answer.REFUSED
    assert any("004 ¶49" in r.authority.sources for r in verdict.against)
    decided = Facts(agreed=frozenset({"cabinet"}))
    verdict = may_reach(place, place.agreements["s75"], Stage.SIGNED, decided, MARCH_2019)
    assert verdict.answer is Answer.STANDS


def test_without_that_decision_the_providers_agreement_may_be_signed_and_not_bind_c29(
    place: Arrangement,
) -> None:
    agreement = place.agreements["pca"]
    assert may_reach(place, agreement, Stage.SIGNED, Facts(), MAY_2018).answer is Answer.STANDS
    assert may_reach(place, agreement, Stage.BINDING, Facts(), MAY_2018).answer is Answer.REFUSED


@pytest.mark.parametrize("maker", ["chief_exec", "transformation", "management_board"])
def test_nobody_but_cabinet_may_enter_the_section_75_c28(place: Arrangement, maker: str) -> None:
    for act in (Act.SIGN_AGREEMENT, Act.ENTER_AGREEMENT):
        matter = Matter(("integration",), act, agreements=("s75",))
        assert may_decide(place, maker, matter, Facts(), MARCH_2019).answer is Answer.REFUSED


def test_the_officer_who_signs_the_first_agreement_is_sent_to_cabinet_for_the_next_c28(
    place: Arrangement,
) -> None:
    verdict = may_decide(place, "chief_exec", SIGN_S75, Facts(), MARCH_2019)
    assert any("004 ¶49" in r.authority.sources for r in verdict.against)


def test_the_section_75_is_not_in_force_while_its_signature_is_not_stated_c28(
    place: Arrangement,
) -> None:
    agreement = place.agreements["s75"]
    assert is_in_force(place, agreement, date(2019, 3, 31)).answer is Answer.REFUSED
    assert is_in_force(place, agreement, date(2019, 4, 1)).answer is Answer.NOT_STATED


def test_cabinet_decides_again_before_the_providers_agreement_binds_c29(
    place: Arrangement,
) -> None:
    before = place.agreements["pca"].before
    assert not isinstance(before, NotStated)
    (condition,) = before[Stage.BINDING]
    assert isinstance(condition, AgreedBy)
    assert condition.agreed_by == ("cabinet",)
    assert place.reserved["bind_pca"].held_by == ("cabinet",)


# D. Delegations


@pytest.mark.parametrize(
    ("name", "function", "agreement", "source"),
    [
        ("finalise_jca", "integration", "jca", "004 ¶9 i"),  # D18
        ("finalise_pca", "provision", "pca", "004 ¶9 ii"),  # D19
    ],
)
def test_the_director_finalises_after_consulting_three(
    place: Arrangement, name: str, function: str, agreement: str, source: str
) -> None:
    delegation = place.delegations[name]
    assert (delegation.from_, delegation.given_to) == ("cabinet", ("transformation",))
    assert covered(delegation) == ((function,), (Act.FINALISE_AGREEMENT,), (agreement,))
    assert delegation.limit == Limit(None)
    (condition,) = delegation.provided
    assert isinstance(condition, Consulted)
    assert condition.consulted == CONSULTEES
    assert delegation.sources == (source,)


def test_the_consultees_are_two_officers_and_the_portfolio_holder_d18(place: Arrangement) -> None:
    assert [place.posts[p].label for p in CONSULTEES] == [
        "Director of Learning and Opportunities",
        "Chief Finance Officer",
        "Portfolio holder for Adult Social Care",
    ]


def test_finalising_stands_once_all_three_are_consulted_d18(place: Arrangement) -> None:
    verdict = asked_of(place, "transformation", FINALISE_JCA, *CONSULTEES)
    assert verdict.answer is Answer.STANDS
    assert any(r.authority.proposed for r in verdict.reasons)


def test_finalising_with_one_consultee_left_out_is_refused_d18(place: Arrangement) -> None:
    verdict = asked_of(place, "transformation", FINALISE_JCA, "learning", "cfo")
    assert verdict.answer is Answer.REFUSED
    assert "Portfolio holder for Adult Social Care" in verdict.against[0].remedy


def test_asked_beforehand_finalising_needs_the_consultation_d18(place: Arrangement) -> None:
    verdict = may_decide(place, "transformation", FINALISE_JCA, BEFORE, MAY_2018)
    assert verdict.answer is Answer.NEEDS


def test_the_power_to_finalise_reaches_no_other_agreement_d18(place: Arrangement) -> None:
    matter = Matter(("integration",), Act.FINALISE_AGREEMENT, agreements=("s75",))
    assert asked_of(place, "transformation", matter, *CONSULTEES).answer is Answer.REFUSED


def test_no_power_of_this_report_reaches_back_before_cabinet_d18(place: Arrangement) -> None:
    facts = Facts(consulted=frozenset(CONSULTEES))
    verdict = may_decide(place, "transformation", FINALISE_JCA, facts, date(2018, 4, 23))
    assert verdict.answer is Answer.REFUSED


def test_who_decides_for_the_ccg_is_not_stated(place: Arrangement) -> None:
    matter = Matter(("integration", "nhs_commissioning"), Act.COMMISSION, amount=pence("£1"))
    ruling = who_may_decide(place, matter, BEFORE, MAY_2018)
    assert [(h.organisation, h.answer) for h in ruling.halves] == [
        ("council", Answer.STANDS),
        ("ccg", Answer.NOT_STATED),
    ]


def test_what_makes_a_decision_key_is_not_stated(place: Arrangement) -> None:
    matter = Matter(("integration",), amount=pence("£5,300,000"), wards=21)
    found = is_key(place, "council", matter, CABINET_DAY)
    assert found is not None
    assert found.key is None
