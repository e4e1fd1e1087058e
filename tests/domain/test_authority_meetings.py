"""Who may decide at a meeting: quorum, ways of deciding, whose voice a seat carries."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.domain.two_places import (
    ON,
    at,
    board,
    brassing_as_written,
    brassing_with,
    matter,
    middlemarch_as_written,
    middlemarch_with,
    reasons,
)

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.authority import may_decide
from concord.domain.agreements.consensus import is_carried, organisation_view
from concord.domain.agreements.matter import BEFORE, Facts
from concord.domain.agreements.membership import voting_seats
from concord.domain.agreements.quorum import is_quorate
from concord.domain.findings import Answer


@pytest.fixture(scope="module")
def middlemarch() -> Arrangement:
    return middlemarch_as_written()


@pytest.fixture(scope="module")
def brassing() -> Arrangement:
    return brassing_as_written()


# Quorum ---------------------------------------------------------------------------------


def test_quorum_needs_both_partners_not_only_enough_people(middlemarch):
    enough_people = may_decide(middlemarch, "board.members", matter(), board(3, 1), ON)
    assert enough_people.answer is Answer.REFUSED
    assert "NHS Loamshire" in reasons(enough_people)
    assert may_decide(middlemarch, "board.members", matter(), board(2, 2), ON).stands


def test_quorum_is_tested_in_number_too():
    # Two of each are there, five are needed.
    place = middlemarch_with("", ("{ number = 4, counting", "{ number = 5, counting"))
    verdict = may_decide(place, "board.members", matter(), board(2, 2), ON)
    assert verdict.answer is Answer.REFUSED
    assert "four members are present; five are needed" in reasons(verdict)
    assert "Seat one more member before the item is taken." in verdict.remedies


def test_a_third_of_nine_seats_is_three_and_of_ten_is_four(brassing):
    body = brassing.bodies["joint"]
    assert is_quorate(brassing, body, at("joint", county=(2,), icb=(1,)), ON).stands
    ten = brassing_with(
        "", ('county = { of = "county", number = 5 }', 'county = { of = "county", number = 6 }')
    )
    verdict = is_quorate(ten, ten.bodies["joint"], at("joint", county=(2,), icb=(1,)), ON)
    assert verdict.answer is Answer.REFUSED


def test_an_overfull_meeting_is_quorate_and_asks_for_nobody(brassing):
    verdict = is_quorate(
        brassing, brassing.bodies["joint"], at("joint", county=(40,), icb=(40,)), ON
    )
    assert verdict.stands
    assert verdict.remedies == ()


def test_a_quorum_not_stated_is_met_when_every_seat_is_filled():
    place = middlemarch_with(
        "",
        (
            '{ number = 4, counting = "all seats", '
            'each = { council = 2, icb = 2 }, clause = "Sch 2, 4" }',
            '"not stated"',
        ),
    )
    assert may_decide(place, "board.members", matter(), board(3, 3), ON).stands
    assert may_decide(place, "board.members", matter(), board(3, 2), ON).answer is Answer.NOT_STATED


def test_before_the_meeting_it_needs_the_meeting(middlemarch):
    verdict = may_decide(middlemarch, "board.members", matter(), BEFORE, ON)
    assert verdict.answer is Answer.NEEDS
    assert "Bring it to a quorate meeting of Middlemarch Joint Board." in verdict.remedies


def test_a_substitute_counts_for_quorum_and_holds_no_power_of_his_own(middlemarch):
    facts = at("board", members=(2, 2, 2), icb=(3,))
    assert is_quorate(middlemarch, middlemarch.bodies["board"], facts, ON).stands
    verdict = may_decide(middlemarch, "board.members", matter(), facts, ON)
    assert verdict.answer is Answer.REFUSED
    assert "only substitutes sit" in reasons(verdict)


def test_a_substitute_decides_where_the_delegation_says_so():
    place = middlemarch_with("", ('clause   = "7.4"', 'clause   = "7.4"\nsubstitutes = true'))
    facts = at("board", members=(2, 2, 2), icb=(3,))
    assert may_decide(place, "board.members", matter(), facts, ON).stands


def test_a_member_beside_a_substitute_decides(middlemarch):
    facts = at("board", members=(2, 2, 1), icb=(3,))
    assert may_decide(middlemarch, "board.members", matter(), facts, ON).stands


# Deciding -------------------------------------------------------------------------------


def test_consensus_with_one_partner_against_is_deferred_and_says_until_what(middlemarch):
    verdict = may_decide(middlemarch, "board.members", matter(), board(icb_for=0), ON)
    assert verdict.answer is Answer.REFUSED
    assert "NHS Loamshire Integrated Care Board does not agree" in reasons(verdict)
    (remedy,) = verdict.remedies
    assert remedy.startswith("It is deferred until")
    assert "the chair of Middlemarch Joint Board" in remedy
    assert "Place Director" in remedy


@pytest.mark.parametrize(
    ("for_", "answer"), [(3, Answer.STANDS), (2, Answer.STANDS), (1, Answer.REFUSED)]
)
def test_a_block_vote_is_cast_by_the_majority_of_an_organisations_seats(middlemarch, for_, answer):
    verdict = may_decide(middlemarch, "board.members", matter(), board(icb_for=for_), ON)
    assert verdict.answer is answer


def test_the_votes_of_the_seats_present_make_the_view(middlemarch):
    # One for and one against of two present: no majority of those present, so no view for it.
    assert (
        may_decide(middlemarch, "board.members", matter(), board(3, 2, icb_for=1), ON).answer
        is Answer.REFUSED
    )
    # Two for of two present are all for it, whoever is away.
    assert may_decide(middlemarch, "board.members", matter(), board(3, 2), ON).stands


def test_a_view_is_not_stated_where_the_seats_are_divided_and_no_rule_says():
    place = middlemarch_with("", ('"majority of its seats"', '"not stated"'))
    divided = may_decide(place, "board.members", matter(), board(icb_for=2), ON)
    assert divided.answer is Answer.NOT_STATED
    assert may_decide(place, "board.members", matter(), board(), ON).stands
    assert (
        may_decide(place, "board.members", matter(), board(icb_for=0), ON).answer is Answer.REFUSED
    )


def test_all_of_its_seats_means_all():
    place = middlemarch_with("", ('"majority of its seats"', '"all of its seats"'))
    assert (
        may_decide(place, "board.members", matter(), board(icb_for=2), ON).answer is Answer.REFUSED
    )


def test_each_organisation_may_form_its_view_by_its_own_rule():
    views = '{ council = "one of its seats", icb = "all of its seats" }'
    place = middlemarch_with("", ('"majority of its seats"', views))
    assert may_decide(place, "board.members", matter(), board(members_for=1), ON).stands
    assert (
        may_decide(place, "board.members", matter(), board(icb_for=2), ON).answer is Answer.REFUSED
    )


def test_each_for_itself_lets_one_half_stand_beside_an_inquorate_one(brassing):
    facts = at("halves", county=(3,), icb=(1,))
    homes = may_decide(brassing, "halves.county", matter("£90,000", "homes"), facts, ON)
    nursing = may_decide(brassing, "halves.icb", matter("£90,000", "nursing"), facts, ON)
    assert homes.stands
    assert nursing.answer is Answer.REFUSED
    assert "two are needed" in reasons(nursing)


def test_each_for_itself_lets_one_half_stand_against_the_other(brassing):
    facts = at("halves", county=(3, 3), icb=(3, 0))
    assert may_decide(brassing, "halves.county", matter("£90,000", "homes"), facts, ON).stands
    verdict = may_decide(brassing, "halves.icb", matter("£90,000", "nursing"), facts, ON)
    assert verdict.answer is Answer.REFUSED
    assert verdict.remedies == ("It goes to each organisation to decide for itself.",)


def test_a_joint_appointment_decides_the_half_of_the_functions_organisation(brassing):
    place = brassing_with(
        """
[posts.joint_director]
name = "Joint Director"
of = "county"
acts_for = ["icb"]
kind = "officer"
[delegations.joint_director]
from = "icb_board"
to = "joint_director"
covers = { functions = ["nursing"] }
limit = "none"
provided = [{ carried_at = "halves" }]
clause = "2.6"
"""
    )
    nursing = matter("£1", "nursing")
    nhs_only = at("halves", county=(0,), icb=(3,))
    assert may_decide(place, "joint_director", nursing, nhs_only, ON).stands
    county_only = at("halves", county=(3,), icb=(0,))
    verdict = may_decide(place, "joint_director", nursing, county_only, ON)
    assert verdict.answer is Answer.REFUSED


def test_an_old_name_in_a_quorum_is_read_as_the_successors():
    place = brassing_with(
        "",
        (
            "quorum = { each = { county = 2, icb = 2 }",
            "quorum = { each = { county = 2, group = 2 }",
        ),
        ('icb = { of = "icb", number = 3 }', 'nhs = { of = "icb", number = 3 }'),
        ('to = "halves.icb"', 'to = "halves.nhs"'),
    )
    body = place.bodies["halves"]
    assert is_quorate(place, body, at("halves", county=(2,), nhs=(2,)), ON).stands
    one = is_quorate(place, body, at("halves", county=(2,), nhs=(1,)), ON)
    assert one.answer is Answer.REFUSED


@pytest.mark.parametrize(
    ("county", "casting", "answer"),
    [
        ((4, 3), None, Answer.STANDS),  # five of seven
        ((4, 1), None, Answer.REFUSED),  # three of seven
        ((3, 1), None, Answer.NEEDS),  # three of six, and no casting vote yet
        ((3, 1), True, Answer.STANDS),
        ((3, 1), False, Answer.REFUSED),
    ],
)
def test_a_majority_of_members_with_the_chairs_casting_vote(brassing, county, casting, answer):
    facts = at("joint", county=county, icb=(3, 2))
    facts = replace(facts, meeting=replace(facts.meeting, casting=casting))
    assert is_carried(brassing, brassing.bodies["joint"], facts, ON).answer is answer


@pytest.mark.parametrize(("for_", "answer"), [(4, Answer.STANDS), (3, Answer.REFUSED)])
def test_two_thirds_of_those_voting(for_, answer):
    place = brassing_with(
        "", ('needs = "majority"\ncasting = "joint.chair"', 'needs = "two thirds"')
    )
    facts = at("joint", county=(3, for_ - 2), icb=(3, 2))
    assert is_carried(place, place.bodies["joint"], facts, ON).answer is answer


def test_a_body_that_takes_no_votes_carries_nothing(middlemarch):
    facts = at("executive_group", council=(2,), icb=(2,))
    verdict = is_carried(middlemarch, middlemarch.bodies["executive_group"], facts, ON)
    assert verdict.answer is Answer.REFUSED


# Voices ---------------------------------------------------------------------------------


SPEAKS = """
[organisations.dagley]
name = "NHS Dagley ICB"
kind = "integrated care board"
starts = 2022-07-01
"""


def with_mandate(mandate: str) -> Arrangement:
    seat = 'icb     = { of = "icb", number = 3, substitutes = "none"'
    return middlemarch_with(
        SPEAKS,
        (f"{seat} }}", f'{seat}, speaks_for = ["dagley"]{mandate} }}'),
        (
            'of         = ["council", "icb"]\nlegal_form = "individual delegates"',
            'of         = ["council", "icb", "dagley"]\nlegal_form = "individual delegates"',
        ),
    )


@pytest.mark.parametrize(
    ("mandate", "on", "answer"),
    [
        (', mandate = { clause = "3", starts = 2024-04-01, ends = 2024-10-31 }', ON, Answer.STANDS),
        (
            ', mandate = { clause = "3", starts = 2024-04-01, ends = 2024-10-14 }',
            ON,
            Answer.REFUSED,
        ),
        (', mandate = "not stated"', ON, Answer.NOT_STATED),
        ("", ON, Answer.REFUSED),
    ],
)
def test_a_seat_speaks_for_another_organisation_under_a_mandate_in_force(mandate, on, answer):
    verdict = may_decide(with_mandate(mandate), "board.members", matter(), board(), on)
    assert verdict.answer is answer


def test_a_seat_that_is_for_nobody_stated_leaves_every_view_not_stated():
    seat = '{ of = "icb", number = 3, substitutes = "none" }'
    place = middlemarch_with("", (f"icb     = {seat}", "icb     = { number = 3 }"))
    facts = board()
    assert organisation_view_of(place, facts, "icb") is None
    assert may_decide(place, "board.members", matter(), facts, ON).answer is not Answer.STANDS


def organisation_view_of(place: Arrangement, facts: Facts, name: str) -> bool | None:
    body = place.bodies["board"]
    return organisation_view(place, body, body.deciding.on(ON), facts.meeting, name, ON)


def test_co_opted_nhs_members_of_an_ordinary_committee_have_no_vote_lgha_1989_s13():
    place = brassing_with(
        """
[bodies.care_committee]
name = "Adult Care Committee"
of = "county"
legal_form = "council committee"
seats = { councillors = { of = "county", number = 5 }, nhs = { of = "icb", number = 2 } }
quorum = { number = 3 }
deciding = { votes = "by member", needs = "majority" }
[delegations.committee]
from = "council_county"
to = "care_committee"
covers = { functions = ["homes"] }
limit = "none"
clause = "3"
"""
    )
    body = place.bodies["care_committee"]
    assert [s.id for s in voting_seats(place, body, ON)] == ["councillors"]
    # Two councillors of four for it and both NHS members: two votes of four, not four of six.
    lost = at("care_committee", councillors=(4, 2), nhs=(2, 2))
    assert (
        may_decide(place, "care_committee", matter("£1", "homes"), lost, ON).answer
        is Answer.REFUSED
    )
    # Under a committee system there is no executive function to keep from the committee.
    won = at("care_committee", councillors=(4, 3), nhs=(2, 0))
    assert may_decide(place, "care_committee", matter("£1", "homes"), won, ON).stands


def test_an_ordinary_committee_cannot_be_given_an_executive_function_lgha_1989_s13():
    place = middlemarch_with(
        """
[bodies.care_committee]
name = "Adult Care Committee"
of = "council"
legal_form = "council committee"
seats = { councillors = { of = "council", number = 5 } }
quorum = { number = 3 }
deciding = { votes = "by member", needs = "majority" }
[delegations.committee]
from = "cabinet"
to = "care_committee"
covers = { functions = ["care"] }
limit = "none"
clause = "3"
"""
    )
    facts = at("care_committee", councillors=(5,))
    verdict = may_decide(place, "care_committee", matter(), facts, ON)
    assert verdict.answer is Answer.REFUSED
    assert "cannot exercise an executive function" in reasons(verdict)
    assert any("LGHA 1989" in r.authority.law for r in verdict.against)
