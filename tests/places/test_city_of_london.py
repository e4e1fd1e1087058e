"""City of London: each fact of the checklist as report 003 prints it, typed by hand."""

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.conditions import AgreedBy, Decided, Met
from concord.domain.agreements.reader import Reading, read_arrangement
from concord.domain.agreements.words import Head, LegalForm, May, Mode, Renewal, Stage
from concord.domain.calendar import Period, Unit
from concord.domain.language.reading import Standing
from concord.domain.language.values import NOT_STATED, NotStated
from concord.domain.places.organisations import Governance, OrganisationKind, Role

ROOT = Path(__file__).parents[2]
TEXT = ROOT / "places" / "city_of_london" / "arrangement.toml"
DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_arrangement(TEXT.read_text(encoding="utf-8"), "arrangement.toml")


@pytest.fixture(scope="module")
def city(reading: Reading) -> Arrangement:
    assert reading.arrangement is not None
    return reading.arrangement


def test_the_text_can_be_read_and_kept(reading: Reading) -> None:
    assert reading.storable, list(reading.findings)


def test_the_place_is_real(city: Arrangement) -> None:
    assert city.place.name == "City of London"
    assert city.place.fictional is False


def test_a_quarter_of_the_eastern_residents_belong_to_tower_hamlets_a04(city: Arrangement) -> None:
    east = city.place.not_covered[0]
    assert east.share.fraction == Fraction(25, 100)
    assert east.commissioner == "tower_hamlets_ccg"
    assert city.organisations["tower_hamlets_ccg"].label == "Tower Hamlets CCG"
    assert "003 ¶2" in east.sources


def test_registered_and_resident_people_are_not_the_same_a05(city: Arrangement) -> None:
    assert city.place.coterminous is False
    assert "Neaman Practice" in city.place.note


def test_city_workers_are_the_corporations_and_not_the_ccgs_a06(city: Arrangement) -> None:
    workers = city.place.not_covered[1]
    assert workers.commissioner == "city"
    assert isinstance(workers.share, NotStated)
    assert city.functions["workers_public_health"].of == "city"


def test_only_patients_of_the_neaman_practice_would_be_covered_a07(city: Arrangement) -> None:
    nhs = city.functions["nhs_commissioning"]
    assert nhs.label == "NHS services for patients registered at the Neaman Practice"
    assert nhs.of == "ccg"
    assert "003 ¶27" in nhs.sources


def test_other_ccgs_may_join_in_2017_18_a08(city: Arrangement) -> None:
    assert "2017/18" in city.agreements["s75_city"].note
    assert city.agreements["s75_city"].parties == ("city", "ccg")


def test_the_footprint_has_eight_seven_and_three_a09(city: Arrangement) -> None:
    plan = city.agreements["transformation_plan"]
    assert plan.note.startswith("Eight local authorities, seven CCGs and three acute trusts")
    trusts = [p for p in plan.parties if city.organisations[p].kind is OrganisationKind.NHS_TRUST]
    assert len(trusts) == 3


def test_there_are_44_footprints_of_1_2_million_people_a10_a11(city: Arrangement) -> None:
    note = city.organisations["nhs_england"].note
    assert "44 footprints" in note
    assert "1.2 million people" in note


def test_two_agreements_share_the_ccg_and_nothing_else_a12(city: Arrangement) -> None:
    ours, theirs = city.agreements["s75_city"], city.agreements["s75_hackney"]
    assert set(ours.parties) & set(theirs.parties) == {"ccg"}


def test_no_agreement_would_let_money_pass_between_the_pools_a12(city: Arrangement) -> None:
    pooled = [a for a in city.agreements.values() if a.flexibilities]
    assert [a.id for a in pooled] == ["s75_city", "s75_hackney"]
    assert not any({"city", "hackney"} <= set(a.parties) for a in city.agreements.values())


def test_no_board_holds_both_councils_a12(city: Arrangement) -> None:
    boards = [set(b.organisations) for b in city.bodies.values() if b.under is not None]
    assert boards == [{"city", "ccg"}, {"hackney", "ccg"}]
    assert not [d for d in city.delegations.values() if "hackney_board" in d.given_to]


def test_some_services_stay_joint_with_hackney_a13(city: Arrangement) -> None:
    shared = city.functions["shared_with_hackney"]
    assert "003 ¶31" in shared.sources
    given = {f for d in city.delegations.values() for f in d.covers.functions}
    assert "shared_with_hackney" not in given


def test_the_boards_run_side_by_side_b40(city: Arrangement) -> None:
    assert city.bodies["commissioning_board"].of == ("city", "ccg")
    assert city.bodies["hackney_board"].of == ("hackney", "ccg")
    assert city.bodies["commissioning_board"].standing is Standing.PROPOSED


def test_members_and_ccg_board_members_sit_on_it_b41(city: Arrangement) -> None:
    seats = city.bodies["commissioning_board"].known_seats
    assert {s.of for s in seats.values()} == {"city", "ccg"}
    assert seats["ccg_members"].drawn_from == "ccg_board"
    assert all(isinstance(s.number, NotStated) for s in seats.values())


def test_equal_representation_is_kept_though_the_ccg_pays_more_b42(city: Arrangement) -> None:
    note = city.bodies["commissioning_board"].note
    assert "represented equally" in note
    assert "CCG would pay more" in note


def test_the_board_may_steer_what_is_not_pooled_b43(city: Arrangement) -> None:
    (steer,) = city.bodies["commissioning_board"].remit
    assert steer.may == (May.STEER,)
    assert steer.covers.modes == (Mode.ALIGNED, Mode.IN_VIEW)
    assert Mode.POOLED not in steer.covers.modes


def test_the_steering_group_holds_all_three_b44(city: Arrangement) -> None:
    group = city.bodies["steering_group"]
    assert group.of == ("city", "ccg", "hackney")
    assert group.legal_form is LegalForm.ADVISORY
    assert group.standing is Standing.ADOPTED


def test_the_joint_planning_programme_stands_b63(city: Arrangement) -> None:
    assert city.bodies["joint_planning"].sources == ("003 ¶16",)


def test_the_agreement_pools_and_ring_fences_c04(city: Arrangement) -> None:
    ours = city.agreements["s75_city"]
    assert [str(f) for f in ours.flexibilities] == ["pooled fund"]
    assert "ring-fenced" in ours.note


def test_four_heads_the_agreement_must_have_c05(city: Arrangement) -> None:
    contents = city.agreements["s75_city"].contents
    for head in (Head.SCOPE, Head.GROUND_RULES, Head.OVERSPENDS, Head.CONFLICTS):
        assert contents[head] == NOT_STATED


def test_pool_and_powers_are_agreed_again_each_year_c06_c07(city: Arrangement) -> None:
    for name in ("city_2017", "ccg_2017"):
        assert city.delegations[name].renewal is Renewal.YEARLY
        assert city.delegations[name].ends == date(2018, 3, 31)
    yearly = city.duties["yearly_agreement"]
    assert yearly.every == Period(12, Unit("months"))
    assert yearly.owner == ("city", "ccg")


def test_the_pool_is_to_be_reviewed_after_experience_c08(city: Arrangement) -> None:
    assert city.duties["review"].sources == ("003 ¶31",)
    assert city.duties["review"].every == NOT_STATED


def test_the_host_is_not_stated_c09(city: Arrangement) -> None:
    assert city.agreements["s75_city"].contents[Head.HOST] == NOT_STATED


def test_the_board_acts_only_within_a_scheme_from_both_sides_d15(city: Arrangement) -> None:
    to_board = [d for d in city.delegations.values() if "commissioning_board" in d.given_to]
    assert [(d.from_, d.clause) for d in to_board] == [
        ("common_council", "Scheme of delegation"),
        ("ccg_board", "Scheme of delegation"),
    ]
    assert all(d.limit == NOT_STATED for d in to_board)
    assert all(d.standing is Standing.PROPOSED for d in to_board)


def test_each_partner_keeps_its_own_functions_d16(city: Arrangement) -> None:
    assert city.functions["city_commissioning"].of == "city"
    assert city.functions["nhs_commissioning"].of == "ccg"
    assert "003 ¶41" in city.functions["city_commissioning"].sources


def test_only_pooled_money_is_delegated_and_the_rest_is_kept_d17(city: Arrangement) -> None:
    given = [d for d in city.delegations.values() if "commissioning_board" in d.given_to]
    assert all(d.covers.modes == (Mode.POOLED,) for d in given)
    assert {f for d in given for f in d.covers.functions} == {
        "city_commissioning",
        "nhs_commissioning",
    }
    assert {r.held_by for r in city.reserved.values()} == {("common_council",), ("ccg_board",)}


def test_one_report_goes_to_four_committees_e20(city: Arrangement) -> None:
    forms = {
        "scrutiny": LegalForm.SCRUTINY_COMMITTEE,
        "community_services": LegalForm.COUNCIL_COMMITTEE,
        "health_and_wellbeing": LegalForm.HEALTH_AND_WELLBEING_BOARD,
        "policy_and_resources": LegalForm.COUNCIL_COMMITTEE,
    }
    assert {name: city.bodies[name].legal_form for name in forms} == forms


def test_two_are_informed_and_two_decide_e21(city: Arrangement) -> None:
    for name in ("scrutiny", "health_and_wellbeing"):
        assert city.bodies[name].remit[0].may == (May.RECEIVE,)
    deciding = {b for d in city.delegations.values() for b in d.given_to}
    assert {"community_services", "policy_and_resources"} <= deciding
    assert not {"scrutiny", "health_and_wellbeing"} & deciding


def test_the_four_dates_stand_with_the_committees_e22(city: Arrangement) -> None:
    assert "1 November 2016" in city.bodies["scrutiny"].remit[0].text
    assert "18 November 2016" in city.bodies["community_services"].note
    assert "25 November 2016" in city.bodies["health_and_wellbeing"].remit[0].text
    assert "15 December 2016" in city.bodies["policy_and_resources"].note


def test_a_further_report_is_promised_early_in_2017_e23_e25(city: Arrangement) -> None:
    promised = city.duties["further_report"]
    assert promised.owner == ("director",)
    assert promised.on.earliest == date(2017, 1, 1)
    assert promised.on.latest is None


def test_nothing_is_signed_before_the_final_decision_e24_e37(city: Arrangement) -> None:
    waits = city.agreements["s75_city"].before[Stage.SIGNED]
    assert all(isinstance(w, Decided) for w in waits)
    assert [w.by for w in waits] == [("community_services",), ("policy_and_resources",)]


def test_each_partner_says_each_month_whether_to_go_on_q01_q02(city: Arrangement) -> None:
    gateways = city.agreements["s75_city"].gateways
    assert gateways.every == Period(1, Unit("months"))
    assert gateways.ends == date(2017, 3, 31)
    (go_on,) = gateways.provided
    assert isinstance(go_on, AgreedBy)
    assert go_on.agreed_by == ("city", "ccg")


def test_april_2017_is_a_wish_and_not_a_start_q03_q04_q05(city: Arrangement) -> None:
    (term,) = city.agreements["s75_city"].known_terms
    assert term.first_planned == date(2017, 4, 1)
    assert isinstance(term.starts, NotStated)
    assert term.signed == NOT_STATED


def test_the_ccg_would_pay_for_the_hosts_finance_function_h38(city: Arrangement) -> None:
    support = city.duties["host_support"]
    assert (support.owner, support.to) == (("ccg",), ("city",))
    assert isinstance(support.provided[0], Met)


def test_the_corporation_commissions_and_provides(city: Arrangement) -> None:
    assert city.organisations["city"].roles == (Role.COMMISSIONER, Role.PROVIDER)


def test_governance_is_general_knowledge_and_says_so(city: Arrangement) -> None:
    governance = city.organisations["city"].governance
    assert governance.on(date(2016, 12, 15)) is Governance.COMMITTEE_SYSTEM
    assert city.sources_["general_knowledge"].title == (
        "General knowledge, not verified in any text"
    )


def test_no_key_decision_is_stated_for_the_corporation(city: Arrangement) -> None:
    assert city.organisations["city"].key_decision.on(date(2016, 12, 15)) is None


def test_hackneys_governance_is_not_stated(city: Arrangement) -> None:
    assert city.organisations["hackney"].governance.on(date(2016, 12, 15)) == NOT_STATED


def test_what_the_successions_carried_is_not_stated(city: Arrangement) -> None:
    assert len(city.successions) == 4
    assert all(s.carries is None or isinstance(s.carries, NotStated) for s in city.successions)


def test_the_last_successor_is_the_one_in_the_published_table(city: Arrangement) -> None:
    table = DATA / "partner_geography_ltla_ccg21_icb22.csv"
    if not table.exists():
        pytest.skip("the published table is not beside this project")
    with table.open(encoding="utf-8") as rows:
        found = next(r for r in csv.DictReader(rows) if r["ltla21_name"] == "City of London")
    assert city.organisations["north_east_london_ccg"].label == found["ccg21_name"]
    assert city.organisations["icb"].label == found["icb22_name"]


def test_every_row_names_a_source(reading: Reading) -> None:
    assert not [f for f in reading.findings if f.id in ("ref.no_source", "ref.unknown_source")]
