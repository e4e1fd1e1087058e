"""Nottinghamshire: each fact of the checklist as report 002 prints it, typed by hand."""

import csv
from datetime import date
from pathlib import Path

import pytest

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.authority import may_decide, who_may_decide
from concord.domain.agreements.conditions import Consulted
from concord.domain.agreements.matter import Facts, Matter
from concord.domain.agreements.reader import Reading, read_arrangement
from concord.domain.agreements.words import (
    Act,
    AgreementKind,
    ChairRule,
    FunctionKind,
    LegalForm,
    May,
    Stage,
    TermKind,
)
from concord.domain.findings import Answer
from concord.domain.language.reading import Standing
from concord.domain.language.values import NOT_STATED, NotStated
from concord.domain.places.organisations import OrganisationKind
from concord.domain.places.people import holder_on, voices_of

ROOT = Path(__file__).parents[2]
TEXT = ROOT / "places" / "nottinghamshire" / "arrangement.toml"
DATA = ROOT.parent / "shared" / "data"
CONFIRMED = date(2011, 9, 12)
REPORTED = date(2011, 10, 6)
FIVE = ("mansfield_ashfield", "newark", "north_east", "rushcliffe", "nottingham_west")
GROUPS = (
    "older_people_group",
    "learning_disability_group",
    "mental_health_group",
    "carers_group",
    "childrens_commissioning",
)
REGISTER = ("executive", "childrens_trust_board", "childrens", "younger_adults", "older_adults")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_arrangement(TEXT.read_text(encoding="utf-8"), "arrangement.toml")


@pytest.fixture(scope="module")
def place(reading: Reading) -> Arrangement:
    assert reading.arrangement is not None
    return reading.arrangement


def chair(place: Arrangement, body: str) -> tuple[str, ...]:
    """Who takes a body's chair on the day of the report's first comment, as post names."""
    found = place.bodies[body].chair.on(REPORTED)
    assert found.rule is ChairRule.FIXED
    return tuple(place.posts[p].label for p in found.who)


def sitting(place: Arrangement, body: str) -> set[str]:
    seats = place.bodies[body].known_seats
    return {p for s in seats.values() for p in s.posts}


def test_the_text_can_be_read_and_kept(reading: Reading) -> None:
    assert reading.storable, list(reading.findings)
    assert not reading.grave, list(reading.grave)


def test_the_place_is_real(place: Arrangement) -> None:
    assert place.place.name == "Nottinghamshire"
    assert place.place.fictional is False


# A. Partners, places and people


def test_two_primary_care_trusts_came_before_a18(place: Arrangement) -> None:
    trusts = {
        o.label
        for o in place.organisations.values()
        if o.kind is OrganisationKind.PRIMARY_CARE_TRUST
    }
    assert trusts == {"NHS Bassetlaw", "NHS Nottinghamshire County"}


def test_one_trust_became_five_and_the_other_one_a18(place: Arrangement) -> None:
    in_2013 = [s for s in place.successions if s.on == date(2013, 4, 1)]
    assert [s.to for s in in_2013 if s.from_ == ("bassetlaw_pct",)] == [("bassetlaw",)]
    assert {s.to[0] for s in in_2013 if s.from_ == ("county_pct",)} == set(FIVE)


def test_the_five_merged_and_bassetlaw_stood_apart_a18(place: Arrangement) -> None:
    in_2020 = [s for s in place.successions if s.on == date(2020, 4, 1)]
    assert {s.from_[0] for s in in_2020} == set(FIVE)
    assert {s.to for s in in_2020} == {("nottingham_ccg",)}


def test_one_board_follows_them_all_a18(place: Arrangement) -> None:
    in_2022 = [s for s in place.successions if s.on == date(2022, 7, 1)]
    assert {s.from_[0] for s in in_2022} == {"nottingham_ccg", "bassetlaw"}
    assert {s.to for s in in_2022} == {("icb",)}
    assert len(place.successions) == 13


def test_what_passed_to_the_new_groups_is_not_stated_a19(place: Arrangement) -> None:
    assert all(s.carries == NOT_STATED for s in place.successions)
    assert all("002 ¶21" in s.sources for s in place.successions if s.on == date(2013, 4, 1))


def test_one_officer_speaks_for_every_group_a20(place: Arrangement) -> None:
    seat = place.bodies["younger_adults"].known_seats["ccgs"]
    assert seat.posts == ("coo_newark",)
    assert seat.of == "newark"
    assert set(seat.speaks_for) == {*FIVE, "bassetlaw"}


def test_the_mandate_is_still_to_be_agreed_a21(place: Arrangement) -> None:
    speaking = [
        s for b in place.bodies.values() for s in b.known_seats.values() if s.speaks_for != ()
    ]
    assert len(speaking) == 4
    assert all(s.mandate == NOT_STATED for s in speaking)
    assert place.duties["mandate_process"].owner == ("operating_officers",)


def test_without_a_mandate_only_its_own_groups_voice_is_certain_a21(place: Arrangement) -> None:
    seat = place.bodies["younger_adults"].known_seats["ccgs"]
    voices = voices_of(seat, date(2013, 4, 1))
    assert voices.of("newark") is Answer.STANDS
    for other in ("bassetlaw", "north_east", "mansfield_ashfield", "rushcliffe"):
        assert voices.of(other) is Answer.NOT_STATED


def test_the_newark_officer_chairs_from_september_a22(place: Arrangement) -> None:
    assert chair(place, "younger_adults") == ("Chief Operating Officer, Newark & Sherwood",)
    (row,) = place.bodies["younger_adults"].chair.rows
    assert row.value.starts.earliest == date(2011, 9, 1)
    assert row.value.starts.latest == date(2011, 9, 30)


@pytest.mark.parametrize(
    ("post", "name"),
    [
        ("coo_newark", "Amanda Sullivan"),
        ("coo_jaines", "Deborah Jaines"),
        ("coo_bailey", "Vicky Bailey"),
        ("coo_walters", "Sam Walters"),
        ("coo_newbould", "Ollie Newbould"),
    ],
)
def test_named_officers_held_their_posts_when_the_chart_was_confirmed_a22_a23(
    place: Arrangement, post: str, name: str
) -> None:
    assert holder_on(place.posts[post].held_by, CONFIRMED).name == name
    assert holder_on(place.posts[post].held_by, date(2013, 4, 1)).name is None


def test_the_directors_of_the_report_are_named_a22(place: Arrangement) -> None:
    assert holder_on(place.posts["director_adults"].held_by, REPORTED).name == "David Pearson"
    assert holder_on(place.posts["group_manager"].held_by, REPORTED).name == "David Sykes"


def test_the_executive_mixes_named_people_and_a_bare_post_a23(place: Arrangement) -> None:
    assert {"coo_jaines", "coo_bailey", "coo_bassetlaw"} <= sitting(place, "executive")
    assert place.posts["coo_bassetlaw"].held_by is None
    for named in ("coo_jaines", "coo_bailey"):
        assert place.posts[named].of == NOT_STATED


def test_a_seat_may_be_held_by_a_post_with_nobody_named_a24(place: Arrangement) -> None:
    seat = place.bodies["childrens"].known_seats["ccgs"]
    assert seat.posts == ("deputy_coo_north_east",)
    assert place.posts["deputy_coo_north_east"].held_by is None
    assert holder_on(place.posts["deputy_coo_north_east"].held_by, CONFIRMED).name is None


# B. Bodies and governance


def test_the_executive_oversees_five_groups_b33(place: Arrangement) -> None:
    below = {b.id for b in place.bodies.values() if b.reports_to == ("executive",)}
    assert set(GROUPS) <= below
    assert isinstance(place.bodies["executive"].remit, tuple)
    first = place.bodies["executive"].remit[0]
    assert first.may == (May.OVERSEE,)
    assert first.sources == ("002 ¶11",)


def test_two_chief_executives_and_two_directors_sit_on_it_b34(place: Arrangement) -> None:
    assert {
        "chief_bassetlaw_pct",
        "chief_county_pct",
        "director_adults",
        "director_children",
    } <= sitting(place, "executive")


def test_which_of_two_kinds_of_officer_chaired_each_group_is_not_stated_b35(
    place: Arrangement,
) -> None:
    for name in GROUPS:
        assert place.bodies[name].chair.on(REPORTED) == NOT_STATED
        assert "service director or a public health consultant" in place.bodies[name].note


def test_the_register_has_five_rows_b36(place: Arrangement) -> None:
    for name in REGISTER:
        assert "002 ¶26" in place.bodies[name].sources
        assert place.bodies[name].known_seats
        assert place.bodies[name].legal_form is LegalForm.ADVISORY


def test_each_row_has_its_chair_b36(place: Arrangement) -> None:
    assert chair(place, "childrens_trust_board") == (
        "Corporate Director, Children, Families and Cultural Services",
    )
    assert chair(place, "older_adults") == (
        "Service Director, Personal Care and Support - Older Adults",
    )
    assert place.bodies["executive"].chair.on(REPORTED) == NOT_STATED
    assert "chief executive forum" in place.bodies["executive"].note


def test_each_row_has_its_input_from_the_groups_b36(place: Arrangement) -> None:
    assert {"coo_walters", "bassetlaw_partnership_manager"} <= sitting(
        place, "childrens_trust_board"
    )
    assert sitting(place, "childrens") == {"deputy_coo_north_east"}
    assert sitting(place, "younger_adults") == {"coo_newark"}
    assert {"coo_newbould", "coo_bassetlaw", "deputy_coo"} <= sitting(place, "older_adults")


def test_two_sub_groups_have_a_chair_each_b37(place: Arrangement) -> None:
    assert chair(place, "childrens_disability") == ("Bassetlaw Partnership Manager",)
    assert chair(place, "childrens_mental_health") == ("Public Health Consultant",)
    for name in ("childrens_disability", "childrens_mental_health"):
        assert place.bodies[name].reports_to == ("childrens",)


def test_the_executive_is_expected_below_the_wellbeing_board_b38_b39(place: Arrangement) -> None:
    executive = place.bodies["executive"]
    assert executive.reports_to == ("health_and_wellbeing_board",)
    assert "not yet settled" in executive.note
    assert isinstance(executive.remit, tuple)
    assert executive.remit[1].standing is Standing.PROPOSED
    assert executive.remit[1].covers.functions == ("wellbeing_strategy",)


# C. Agreements


def test_other_places_range_from_alignment_to_whole_units_c36(place: Arrangement) -> None:
    assert "002 ¶19" in place.place.note


def test_advocacy_was_extended_by_a_year_c37(place: Arrangement) -> None:
    first, second = place.agreements["advocacy"].known_terms
    assert (first.kind, second.kind) == (TermKind.ORIGINAL, TermKind.EXTENSION)
    assert (first.ends.earliest, first.ends.latest) == (date(2011, 3, 1), date(2011, 3, 31))
    assert (second.ends.earliest, second.ends.latest) == (date(2012, 3, 1), date(2012, 3, 31))
    assert "in-depth review" in second.note


# D. Delegation and limits


def test_the_wellbeing_board_may_approve_the_recommendations_d22(place: Arrangement) -> None:
    ruling = place.rulings["recommendations"]
    assert ruling.form is LegalForm.HEALTH_AND_WELLBEING_BOARD
    assert (ruling.about, ruling.holds) == (FunctionKind.OF_THE_BODY, True)
    assert ruling.on == date(2011, 10, 6)
    assert "LMc" in str(ruling.by)
    function = place.functions["joint_commissioning_direction"]
    assert (function.kind, function.body) == (
        FunctionKind.OF_THE_BODY,
        "health_and_wellbeing_board",
    )


def test_the_wellbeing_board_decides_and_the_executive_group_cannot_d22(
    place: Arrangement,
) -> None:
    matter = Matter(functions=("joint_commissioning_direction",), act=Act.OTHER)
    board = may_decide(place, "health_and_wellbeing_board", matter, Facts(), REPORTED)
    assert board.answer is Answer.STANDS
    assert may_decide(place, "executive", matter, Facts(), REPORTED).answer is Answer.REFUSED
    ruling = who_may_decide(place, matter, Facts(), REPORTED)
    (half,) = ruling.halves
    assert "002 ¶38" in half.held_by_law.authority.sources


def test_who_holds_social_care_commissioning_is_not_stated(place: Arrangement) -> None:
    matter = Matter(functions=("social_care_commissioning",), act=Act.COMMISSION)
    assert who_may_decide(place, matter, Facts(), REPORTED).answer is Answer.NOT_STATED


def test_nothing_is_delegated_to_any_group(place: Arrangement) -> None:
    assert not place.delegations


# E and G, where the arrangement holds them


def test_further_work_comes_back_to_the_wellbeing_board_e30(place: Arrangement) -> None:
    assert place.duties["further_proposals"].to == ("health_and_wellbeing_board",)


def test_the_report_keeps_its_reference_e32(place: Arrangement) -> None:
    assert "HWB21" in place.sources_["002"].title


def test_the_framework_ran_for_five_years_g09_g10(place: Arrangement) -> None:
    plan = place.agreements["improving_lives"]
    assert plan.label == "Improving Lives in Nottinghamshire 2009 - 2014"
    assert plan.kind is AgreementKind.PLAN
    (term,) = plan.known_terms
    assert isinstance(term.starts, NotStated)
    assert (term.starts.earliest.year, term.ends.latest.year) == (2009, 2014)
    assert "You Said" in plan.note


def test_the_chart_was_discussed_and_then_confirmed_g11_g12(place: Arrangement) -> None:
    meets = str(place.bodies["operating_officers"].meets.on(CONFIRMED))
    assert "25 July 2011" in meets
    assert "12 September 2011" in meets


def test_the_strategy_waits_for_the_commissioning_board(place: Arrangement) -> None:
    (asked,) = place.agreements["wellbeing_strategy"].before[Stage.APPROVED]
    assert isinstance(asked, Consulted)
    assert place.organisations[asked.consulted[0]].label == "NHS Commissioning Board"


def test_the_split_is_that_of_the_published_table(place: Arrangement) -> None:
    table = DATA / "pct_to_ccg_2013.csv"
    if not table.exists():
        pytest.skip("the published table is not beside this project")
    with table.open(encoding="utf-8") as rows:
        found = {
            r["ccg_name"]: r["postcode_percent"]
            for r in csv.DictReader(rows)
            if r["pct_name"] == "Nottinghamshire County Teaching"
        }
    written = {
        place.organisations[s.to[0]].label.replace("Clinical Commissioning Group", "CCG"): s.note
        for s in place.successions
        if s.from_ == ("county_pct",)
    }
    assert written == {name: f"{share}% of the trust's postcodes." for name, share in found.items()}


def test_the_last_successors_are_those_of_the_published_table(place: Arrangement) -> None:
    table = DATA / "partner_geography_ltla_ccg21_icb22.csv"
    if not table.exists():
        pytest.skip("the published table is not beside this project")
    with table.open(encoding="utf-8") as rows:
        county = [r for r in csv.DictReader(rows) if r["utla21_name"] == "Nottinghamshire"]
    assert {r["ccg21_name"] for r in county} == {
        place.organisations[o].label.replace("Clinical Commissioning Group", "CCG")
        for o in ("nottingham_ccg", "bassetlaw")
    }
    assert {r["icb22_name"] for r in county} == {place.organisations["icb"].label}
