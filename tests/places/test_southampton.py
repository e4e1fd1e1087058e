"""Southampton: each fact of the checklist as report 001 prints it, typed by hand."""

import csv
from datetime import date
from pathlib import Path

import pytest

from concord.domain.agreements.arrangement import Arrangement, Delegation
from concord.domain.agreements.conditions import AgreedBy, CarriedAt, Consulted, WithinBudget
from concord.domain.agreements.reader import Reading, read_arrangement
from concord.domain.agreements.words import (
    Act,
    AgreementKind,
    Flexibility,
    FunctionKind,
    LegalForm,
    May,
    Mode,
    Needs,
    Otherwise,
    Stage,
    Votes,
)
from concord.domain.calendar import Period
from concord.domain.language.reading import Standing
from concord.domain.language.values import NOT_STATED, Limit, NotStated
from concord.domain.money import pence
from concord.domain.places.organisations import Governance, OrganisationKind
from concord.domain.places.people import holder_on

ROOT = Path(__file__).parents[2]
TEXT = ROOT / "places" / "southampton" / "arrangement.toml"
DATA = ROOT.parent / "shared" / "data"
CABINET_DAY = date(2017, 7, 18)
COUNCIL_DAY = date(2017, 7, 19)
OURS = ("executive_commissioning", "non_executive_commissioning", "nhs_commissioning")
TO_THE_BOARD = ("executive", "executive_raised", "non_executive", "governing_body")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_arrangement(TEXT.read_text(encoding="utf-8"), "arrangement.toml")


@pytest.fixture(scope="module")
def place(reading: Reading) -> Arrangement:
    assert reading.arrangement is not None
    return reading.arrangement


def kinds(delegation: Delegation) -> set[type]:
    return {type(c) for c in delegation.provided}


def test_the_text_can_be_read_and_kept(reading: Reading) -> None:
    assert reading.storable, list(reading.findings)
    # Council (ii) would give non-executive functions to single Cabinet members; LGA 1972 s101 lets
    # a council act through a committee or an officer, not through one member (unverified).
    assert [f.id for f in reading.grave] == ["deleg.form_forbids"]


def test_the_place_is_real_and_its_arrangement_only_proposed(place: Arrangement) -> None:
    assert place.place.name == "Southampton"
    assert place.place.fictional is False
    assert place.standing is Standing.PROPOSED
    assert place.bodies["board"].standing is Standing.PROPOSED


def test_what_existed_before_the_report_is_not_proposed(place: Arrangement) -> None:
    for name in ("cabinet", "full_council", "governing_body", "commissioning_partnership_board"):
        assert place.bodies[name].standing is Standing.ADOPTED
    assert place.agreements["better_care"].standing is Standing.ADOPTED


# A. Partners, places and people


def test_the_board_acts_for_the_council_and_the_ccg_a02(place: Arrangement) -> None:
    assert place.bodies["board"].of == ("council", "ccg")
    assert place.organisations["council"].label == "Southampton City Council"
    assert place.organisations["ccg"].label == "Southampton City Clinical Commissioning Group"
    assert "on behalf of both partners" in str(place.bodies["board"].purpose)


def test_council_and_ccg_cover_the_same_ground_a03(place: Arrangement) -> None:
    assert place.place.coterminous is True
    assert place.place.sources == ("001 ¶3",)


@pytest.mark.parametrize(
    ("post", "name"),
    [
        ("legal_services_lead", "Sarita Riley"),  # A28, author
        ("director_quality", "Stephanie Ramsey"),  # A28, author
        ("council_chief", "Dawn Baxendale"),  # A29
        ("ccg_chief", "John Richards"),  # A29
    ],
)
def test_authors_and_directors_of_both_sides_are_named_a28_a29(
    place: Arrangement, post: str, name: str
) -> None:
    assert holder_on(place.posts[post].held_by, date(2020, 1, 1)).name is None
    held = place.posts[post].held_by
    assert isinstance(held, tuple)
    assert [h.name for h in held] == [name]
    assert holder_on(held, CABINET_DAY).name == name


def test_who_employs_the_director_of_quality_and_integration_is_not_stated_a28(
    place: Arrangement,
) -> None:
    assert place.posts["director_quality"].of == NOT_STATED


# B. Bodies and governance


def test_three_cabinet_members_sit_on_the_board_b08(place: Arrangement) -> None:
    seat = place.bodies["board"].known_seats["cabinet_members"]
    assert (seat.of, seat.number, seat.drawn_from) == ("council", 3, "cabinet")
    assert seat.substitutes == NOT_STATED


def test_three_members_of_the_governing_body_sit_on_the_board_b09(place: Arrangement) -> None:
    seat = place.bodies["board"].known_seats["governing_members"]
    assert (seat.of, seat.number, seat.drawn_from) == ("ccg", 3, "governing_body")
    assert set(place.bodies["board"].known_seats) == {"cabinet_members", "governing_members"}


def test_the_individual_decides_and_not_the_board_b10(place: Arrangement) -> None:
    assert place.bodies["board"].legal_form is LegalForm.INDIVIDUAL_DELEGATES
    assert not [d for d in place.delegations.values() if "board" in d.given_to]


def test_lead_commissioning_is_an_exception_whose_terms_are_not_given_b11(
    place: Arrangement,
) -> None:
    assert "unless lead commissioning" in place.bodies["board"].note
    assert not [d for d in place.delegations.values() if set(d.given_to) & set(place.organisations)]


def test_the_delegating_bodies_keep_responsibility_b12(place: Arrangement) -> None:
    assert "keep overall responsibility" in place.bodies["board"].note


def test_the_board_accounts_to_both_sides_b13(place: Arrangement) -> None:
    assert place.bodies["board"].reports_to == (
        "cabinet",
        "full_council",
        "governing_body",
        "general_assembly",
    )


def test_the_boards_purpose_is_held_b14(place: Arrangement) -> None:
    purpose = str(place.bodies["board"].purpose)
    for word in ("collaboration", "assurance", "oversight", "governance"):
        assert word in purpose


def test_the_board_replaces_the_partnership_board_b15(place: Arrangement) -> None:
    assert place.bodies["board"].replaces == ("commissioning_partnership_board",)
    ends = place.bodies["commissioning_partnership_board"].ends
    assert isinstance(ends, NotStated)
    assert ends.earliest == CABINET_DAY


def test_the_partnership_board_could_only_recommend_b16(place: Arrangement) -> None:
    old = place.bodies["commissioning_partnership_board"]
    assert old.legal_form is LegalForm.ADVISORY
    assert isinstance(old.remit, tuple)
    assert old.remit[0].may == (May.RECOMMEND,)
    assert old.reports_to == ("cabinet", "governing_body")
    assert not [d for d in place.delegations.values() if old.id in d.given_to]


def test_some_better_care_work_moves_from_the_wellbeing_board_b17(place: Arrangement) -> None:
    assert isinstance(place.bodies["board"].remit, tuple)
    (moved,) = [r for r in place.bodies["board"].remit if r.taken_from]
    assert moved.taken_from == "health_and_wellbeing_board"
    assert moved.may == NOT_STATED
    assert moved.sources == ("001 ¶10",)


def test_the_wellbeing_board_is_of_the_council_and_not_the_executive_b18(
    place: Arrangement,
) -> None:
    board = place.bodies["health_and_wellbeing_board"]
    assert board.legal_form is LegalForm.HEALTH_AND_WELLBEING_BOARD
    assert board.of == ("council",)
    assert place.functions["health_and_wellbeing"].kind is FunctionKind.OF_THE_BODY
    assert place.functions["health_and_wellbeing"].body == board.id


def test_statute_fixes_its_members_and_their_votes_b19(place: Arrangement) -> None:
    assert "particular voting rights" in place.bodies["health_and_wellbeing_board"].note


def test_no_regulation_10_committee_was_chosen_b20(place: Arrangement) -> None:
    forms = {b.legal_form for b in place.bodies.values()}
    assert LegalForm.REGULATION_10_JOINT_COMMITTEE not in forms


def test_consensus_is_between_the_two_organisations_b21(place: Arrangement) -> None:
    deciding = place.bodies["board"].deciding.on(COUNCIL_DAY)
    assert (deciding.votes, deciding.needs) == (Votes.BY_ORGANISATION, Needs.ALL)
    assert deciding.each_view == NOT_STATED


def test_consensus_is_shown_by_hands_b22(place: Arrangement) -> None:
    assert place.bodies["board"].deciding.on(COUNCIL_DAY).shown_by == "show of hands"


def test_without_consensus_the_matter_waits_for_chair_and_lead_b23(place: Arrangement) -> None:
    deciding = place.bodies["board"].deciding.on(COUNCIL_DAY)
    assert deciding.otherwise is Otherwise.DEFER
    (talks,) = deciding.until
    assert isinstance(talks, Consulted)
    assert talks.consulted == ("board.chair", "partner_lead")


def test_quorum_and_chair_of_the_board_are_not_stated(place: Arrangement) -> None:
    assert place.bodies["board"].quorum.on(COUNCIL_DAY) == NOT_STATED
    assert place.bodies["board"].chair.on(COUNCIL_DAY) == NOT_STATED


def test_what_is_outside_its_scope_is_minuted_and_referred_b24_b25(place: Arrangement) -> None:
    note = place.bodies["board"].note
    assert "for information, minuted" in note
    assert "referred to whoever decides" in note


def test_meetings_are_public_from_april_2018_b26(place: Arrangement) -> None:
    public = place.bodies["board"].in_public
    assert public.on(date(2018, 3, 31)) is False
    assert public.on(date(2018, 4, 1)) is True
    assert place.duties["meetings_in_public"].on == date(2018, 4, 1)


def test_aligned_services_are_considered_together_and_decided_by_one_b27(
    place: Arrangement,
) -> None:
    assert isinstance(place.bodies["board"].remit, tuple)
    aligned = [r for r in place.bodies["board"].remit if r.covers and r.covers.modes]
    assert {r.may for r in aligned} == {(May.RECOMMEND,)}
    assert {f for r in aligned for f in r.covers.functions} == set(OURS)
    kept = {r.held_by[0]: r.touching for r in place.reserved.values()}
    assert set(kept) == {"cabinet", "full_council", "governing_body"}
    assert all(t.modes == (Mode.ALIGNED,) for t in kept.values())


def test_the_board_has_four_duties_under_better_care_b28_b29_b30_b31(place: Arrangement) -> None:
    for name in ("liabilities", "contributions", "better_care_reports", "annual_review"):
        assert place.duties[name].owner == ("board",)
        assert place.duties[name].sources == ("001 ¶13",)
    assert place.duties["better_care_reports"].to == ("nhs_england",)
    review = place.duties["annual_review"]
    assert review.every == Period(12, "months")
    assert review.to == ("cabinet", "full_council", "governing_body")


def test_contributions_are_only_recommended_b29(place: Arrangement) -> None:
    assert isinstance(place.bodies["board"].remit, tuple)
    (row,) = [r for r in place.bodies["board"].remit if Act.VARY_CONTRIBUTIONS in _acts(r)]
    assert row.may == (May.RECOMMEND,)


def test_the_board_signs_off_returns_b30(place: Arrangement) -> None:
    assert isinstance(place.bodies["board"].remit, tuple)
    (row,) = [r for r in place.bodies["board"].remit if Act.APPROVE_RETURN in _acts(r)]
    assert row.may == (May.SIGN_OFF,)


def _acts(row: object) -> tuple[Act, ...]:
    covers = getattr(row, "covers", None)
    return covers.acts or () if covers else ()


def test_the_steering_group_drew_on_both_sides_b32(place: Arrangement) -> None:
    group = place.bodies["steering_group"]
    assert group.of == ("council", "ccg")
    assert {s.of for s in group.known_seats.values()} == {"council", "ccg"}
    assert all(s.number == NOT_STATED for s in group.known_seats.values())


def test_its_membership_is_like_the_wellbeing_boards_b58(place: Arrangement) -> None:
    assert "membership of the Health and Wellbeing Board" in place.bodies["board"].note


def test_cabinet_gives_executive_functions_and_council_the_others_b59_b60(
    place: Arrangement,
) -> None:
    assert place.functions["executive_commissioning"].kind is FunctionKind.EXECUTIVE
    assert place.functions["non_executive_commissioning"].kind is FunctionKind.NON_EXECUTIVE
    assert place.delegations["executive"].from_ == "cabinet"
    assert place.delegations["non_executive"].from_ == "full_council"


def test_the_terms_of_reference_are_a_draft_b61(place: Arrangement) -> None:
    terms = place.agreements["terms_of_reference"]
    assert terms.standing is Standing.PROPOSED
    assert terms.label.startswith("Draft")


def test_legal_advice_on_the_form_is_held_b62(place: Arrangement) -> None:
    assert "001 ¶16" in str(place.bodies["board"].basis)


# C. Agreements


def test_the_instruments_to_be_created_are_listed_c33(place: Arrangement) -> None:
    for name in ("inter_authority", "information_sharing", "conflict_resolution"):
        assert "001 Council (iii)" in place.agreements[name].sources
        assert place.agreements[name].parties == NOT_STATED


def test_other_partnership_agreements_stand_beside_the_section_75_c34(place: Arrangement) -> None:
    others = place.agreements["other_partnerships"]
    assert others.kind is AgreementKind.OTHER
    assert others.sources == ("001 ¶11",)
    ours = place.agreements["better_care"]
    assert ours.kind is AgreementKind.SECTION_75
    assert ours.parties == ("council", "ccg")
    assert ours.flexibilities == (Flexibility.POOLED_FUND,)


def test_what_a_section_75_is_stands_with_it_c35(place: Arrangement) -> None:
    assert "local authority and an NHS body" in place.agreements["better_care"].note


# D. Delegation and limits


def test_two_million_pounds_and_all_three_members_d01(place: Arrangement) -> None:
    raised = place.delegations["executive_raised"]
    assert raised.limit == Limit(pence("£2,000,000"))
    assert "001 ¶28" in raised.sources
    (three,) = [c for c in raised.provided if isinstance(c, AgreedBy)]
    assert three.agreed_by == ("board.cabinet_members",)
    assert three.at_least is None  # every holder


def test_the_ordinary_limit_is_only_known_to_be_lower_d01(place: Arrangement) -> None:
    limit = place.delegations["executive"].limit
    assert isinstance(limit, NotStated)
    assert limit.below == pence("£2,000,000")


def test_executive_functions_within_budget_d02(place: Arrangement) -> None:
    given = place.delegations["executive"]
    assert given.covers.functions == ("executive_commissioning",)
    assert WithinBudget in kinds(given)
    assert "001 Cabinet (ii)" in given.sources


def test_only_at_a_meeting_of_the_board_and_with_consensus_d03_d05(place: Arrangement) -> None:
    for name in TO_THE_BOARD:
        (carried,) = [c for c in place.delegations[name].provided if isinstance(c, CarriedAt)]
        assert carried.carried_at == "board"


def test_council_gives_the_non_executive_functions_d04(place: Arrangement) -> None:
    given = place.delegations["non_executive"]
    assert given.covers.functions == ("non_executive_commissioning",)
    assert given.limit == NOT_STATED
    assert "001 Council (ii)" in given.sources


def test_the_governing_body_may_give_what_is_not_stated_d06(place: Arrangement) -> None:
    given = place.delegations["governing_body"]
    assert given.to == ("board.governing_members",)
    assert (given.limit, given.clause) == (NOT_STATED, "not stated")
    assert not given.authority.clause
    assert isinstance(given.starts, NotStated)
    assert "may grant" in given.note


def test_the_board_is_consulted_first_d07(place: Arrangement) -> None:
    for name in ("executive", "executive_raised", "non_executive"):
        (first,) = [c for c in place.delegations[name].provided if isinstance(c, Consulted)]
        assert first.consulted == ("board",)


@pytest.mark.parametrize(
    "name",
    [
        "executive_procedure_rules",  # D08
        "officer_scheme",  # D08, D10
        "financial_procedure_rules",  # D08, D10
        "access_to_information_rules",  # D08
        "executive_scheme",  # D10
        "codes_of_conduct",  # D10
        "partnership_protocols",  # D10
        "decision_making_protocols",  # D10
    ],
)
def test_each_instrument_to_change_needs_full_council_d08_d09_d10(
    place: Arrangement, name: str
) -> None:
    before = place.agreements[name].before[Stage.APPROVED]
    agreed = [c.agreed_by for c in before if isinstance(c, AgreedBy)]
    assert agreed == [("full_council",)]


def test_leader_and_group_leaders_are_consulted_on_every_change_d11(place: Arrangement) -> None:
    named = [a for a in place.agreements.values() if "001 ¶28" in a.sources]
    assert len(named) == 9
    for agreement in named:
        (asked,) = [c for c in agreement.before[Stage.APPROVED] if isinstance(c, Consulted)]
        assert asked.consulted == ("leader", "group_leaders")


def test_one_officer_changes_the_constitution_after_four_are_consulted_d12(
    place: Arrangement,
) -> None:
    given = place.delegations["constitution"]
    assert (given.from_, given.to) == ("full_council", ("legal_director",))
    assert place.posts["legal_director"].label == "Service Director: Legal and Governance"
    (asked,) = given.provided
    assert isinstance(asked, Consulted)
    assert [place.posts[p].label for p in asked.consulted] == [
        "Leader of the Council",
        "Group Leaders",
        "Chief Strategy Officer",
        "Director: Quality and Integration",
    ]


def test_strategic_direction_comes_first_from_both_sides_d13(place: Arrangement) -> None:
    (first,) = place.agreements["terms_of_reference"].before[Stage.STARTS]
    assert first.decided == "strategic direction"
    assert first.by == ("full_council", "governing_body")


def test_red_lines_are_still_to_be_defined_d14(place: Arrangement) -> None:
    lines = place.duties["red_lines"]
    assert (lines.owner, lines.on) == (NOT_STATED, NOT_STATED)
    assert lines.sources == ("001 ¶23",)


# E, where the arrangement holds it


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("forward_plan", Period(28, "days")),  # E01
        ("agenda_and_reports", Period(5, "working days")),  # E02
        ("private_meeting", Period(28, "days")),  # E03
        ("decision_published", NOT_STATED),  # E05
        ("call_in_window", NOT_STATED),  # E06
    ],
)
def test_the_councils_clocks_are_as_the_report_gives_them_e01_e06(
    place: Arrangement, name: str, period: object
) -> None:
    assert place.clocks[name].period == period
    assert place.clocks[name].of == ("council",)


def test_three_periods_as_printed_are_looser_than_the_law_e01_e02_e03(reading: Reading) -> None:
    looser = [f.says for f in reading.findings if f.id == "clock.looser_than_law"]
    assert len(looser) == 3  # 28 days twice and 5 working days: the law says clear days


def test_the_ccgs_own_notice_runs_beside_them_e07(place: Arrangement) -> None:
    assert place.clocks["ccg_advance_notice"].of == ("ccg",)
    assert place.clocks["ccg_advance_notice"].period == NOT_STATED


def test_one_report_goes_to_two_on_two_days_e08(place: Arrangement) -> None:
    assert place.sources_["001"].dated == CABINET_DAY
    assert place.delegations["executive"].starts == COUNCIL_DAY


# Organisations and their successors


def test_the_council_has_a_leader_and_cabinet(place: Arrangement) -> None:
    governance = place.organisations["council"].governance
    assert governance.on(CABINET_DAY) is Governance.LEADER_AND_CABINET


def test_what_makes_a_decision_key_is_not_stated(place: Arrangement) -> None:
    assert place.organisations["council"].key_decision.on(CABINET_DAY) == NOT_STATED


def test_one_trust_three_successors(place: Arrangement) -> None:
    chain = [(s.from_, s.to, s.on) for s in place.successions]
    assert chain == [
        (("pct",), ("ccg",), date(2013, 4, 1)),
        (("ccg",), ("hampshire_ccg",), date(2021, 4, 1)),
        (("hampshire_ccg",), ("icb",), date(2022, 7, 1)),
    ]
    assert all(s.carries == NOT_STATED for s in place.successions)
    assert place.organisations["icb"].kind is OrganisationKind.INTEGRATED_CARE_BOARD


def test_the_successors_are_those_of_the_published_tables(place: Arrangement) -> None:
    table = DATA / "partner_geography_ltla_ccg21_icb22.csv"
    if not table.exists():
        pytest.skip("the published table is not beside this project")
    with table.open(encoding="utf-8") as rows:
        found = next(r for r in csv.DictReader(rows) if r["ltla21_name"] == "Southampton")
    written = found["ccg21_name"].replace("CCG", "Clinical Commissioning Group")
    assert place.organisations["hampshire_ccg"].label == written
    assert place.organisations["icb"].label == found["icb22_name"]
