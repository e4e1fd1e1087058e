"""Interests under two sets of rules in one room: matched by facts, with what follows for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.middlemarch_board import (
    BROOKE,
    EVERYONE,
    ON,
    ROSAMOND,
    SPRAGUE,
    VINCY,
    arrived,
    held,
    matter,
    middlemarch,
    opened,
    record,
    says,
)

from concord import law
from concord.domain.decisions.interests import (
    Consequence,
    Dispensation,
    Interest,
    InterestRegime,
    InterestRuling,
    barred,
    consequences,
    leaving,
    matched,
    to_register,
    touched_by,
)
from concord.domain.decisions.meetings import Attendee, HeldMeeting, at_item, quorums
from concord.domain.findings import Answer

COUNCIL, NHS = InterestRegime.COUNCIL_MEMBERS, InterestRegime.NHS
GRANTS = "head of paid service"
CHAIR = "chair of the meeting"


def pecuniary(person: str = VINCY, in_: str = "home_care") -> Interest:
    return Interest(
        person=person, in_=in_, what="a director", kinds={COUNCIL: "disclosable pecuniary"}
    )


def financial(person: str = ROSAMOND, in_: str = "home_care") -> Interest:
    return Interest(person=person, in_=in_, what="a shareholder", kinds={NHS: "financial"})


def means(interest: Interest, **more) -> Consequence:
    (found,) = consequences(middlemarch(), held(), [interest], "5", **more)
    return found


# Matched by facts -----------------------------------------------------------------------


def touches(*others: str, on: date = ON):
    return touched_by(middlemarch(), "5", matter(), others, on)


def test_an_interest_bears_on_an_item_that_names_its_supplier_and_on_no_other():
    register = [pecuniary(in_="home_care"), financial(in_="trust")]
    found = matched(middlemarch(), register, touches("home_care"), ON)
    assert [i.person for i in found] == [VINCY]
    assert matched(middlemarch(), register, touches("voluntary_action"), ON) == ()


def test_the_partner_itself_can_be_the_conflict():
    # A councillor employed by the ICB: the function on the agenda was its predecessor's.
    employed = pecuniary(BROOKE, "icb")
    assert matched(middlemarch(), [employed], touches(), ON) == (employed,)
    under_its_old_name = pecuniary(BROOKE, "ccg")
    assert matched(middlemarch(), [under_its_old_name], touches(), ON) == (under_its_old_name,)


def test_an_interest_that_is_over_bears_on_nothing_and_one_declared_at_the_item_does():
    over = replace(pecuniary(), ends=date(2026, 11, 24))
    assert matched(middlemarch(), [over], touches("home_care"), ON) == ()
    declared = replace(pecuniary(in_="a neighbour's firm"), item="5")
    assert matched(middlemarch(), [declared], touches(), ON) == (declared,)
    elsewhere = replace(declared, item="6")
    assert matched(middlemarch(), [elsewhere], touches(), ON) == ()


def ruled(**changes) -> InterestRuling:
    given = InterestRuling(person=ROSAMOND, item="5", by=CHAIR, vote=True, why="slight")
    return replace(given, **changes)


# What follows under each set of rules ---------------------------------------------------


def test_a_councillors_pecuniary_interest_bars_speaking_and_voting_under_the_act():
    found = means(pecuniary())
    assert (found.speak, found.vote) == (False, False)
    assert "Localism Act 2011, section 31" in str(found.verdict.reasons[0].authority)


def test_standing_orders_say_whether_the_councillor_stays():
    ruling = InterestRuling(
        person=VINCY, item="5", by="the council's standing orders", stay=True, vote=True, why="12.3"
    )
    found = means(pecuniary(), rulings=[ruling])
    assert (found.stay, found.speak, found.vote) == (True, False, False)


def test_an_nhs_members_interest_waits_for_the_chairs_ruling_and_until_then_bars():
    found = means(financial())
    assert found.verdict.answer is Answer.NEEDS
    assert (found.stay, found.speak, found.vote) == (False, False, False)
    assert found.verdict.reasons[0].authority.unverified


@pytest.mark.parametrize(
    ("ruling", "vote"),
    [
        (ruled(), True),
        (ruled(vote=False), False),
        (ruled(why=""), False),
        (ruled(by="a friend"), False),
        (ruled(item="6"), False),
    ],
)  # fmt: skip
def test_only_whoever_may_rule_lets_an_nhs_member_vote_and_says_why(ruling, vote):
    assert means(financial(), rulings=[ruling]).vote is vote


def test_a_kind_nobody_recorded_bars_and_is_asked_for():
    found = means(Interest(person=VINCY, in_="home_care", kinds={NHS: "indirect"}))
    assert found.verdict.answer is Answer.NOT_STATED
    assert not found.vote


# Dispensations --------------------------------------------------------------------------


def leave(**changes) -> Dispensation:
    given = Dispensation(
        person=VINCY, in_="home_care", by=GRANTS, starts=date(2026, 1, 1), ends=date(2027, 5, 1),
        vote=True,
    )  # fmt: skip
    return replace(given, **changes)


def test_a_dispensation_in_force_from_who_may_give_it_lets_a_member_vote():
    found = means(pecuniary(), dispensations=[leave()])
    assert (found.stay, found.speak, found.vote) == (True, True, True)


@pytest.mark.parametrize(
    "given",
    [leave(by="the chair"), leave(ends=date(2026, 11, 24)), leave(in_="trust"),
     leave(person=BROOKE), leave(vote=False), leave(ends=date(2030, 1, 1))],
)  # fmt: skip
def test_a_dispensation_from_another_for_another_or_out_of_time_does_not(given):
    assert not means(pecuniary(), dispensations=[given]).vote


def test_a_dispensation_of_four_years_less_a_day_more_is_too_long():
    assert means(pecuniary(), dispensations=[leave(ends=date(2029, 12, 31))]).vote
    too_long = means(pecuniary(), dispensations=[leave(ends=date(2030, 1, 1))])
    assert "four years" in says(too_long.verdict) or "4 years" in says(too_long.verdict)


# Two regimes, one person; quorum --------------------------------------------------------


def test_whoever_sits_on_both_sides_is_under_both_sets_of_rules():
    both = Attendee(person=VINCY, body="board", seat="icb")
    meeting = replace(held(), attendees=(*held().attendees, both))
    interest = replace(pecuniary(), kinds={COUNCIL: "disclosable pecuniary", NHS: "financial"})
    found = consequences(middlemarch(), meeting, [interest], "5")
    assert {c.regime for c in found} == {COUNCIL, NHS}
    only_one = consequences(middlemarch(), meeting, [pecuniary()], "5")
    assert {c.verdict.answer for c in only_one} == {Answer.NEEDS, Answer.NOT_STATED}


def test_an_officers_seat_is_under_the_rules_for_officers():
    meeting = HeldMeeting(
        id="group", on=ON, bodies=("executive_group",),
        attendees=(Attendee(person="Caleb Garth", body="executive_group", seat="council"),),
    )  # fmt: skip
    interest = Interest(
        person="Caleb Garth", in_="home_care", kinds={InterestRegime.COUNCIL_OFFICERS: "pecuniary"}
    )
    (found,) = consequences(middlemarch(), meeting, [interest], "5")
    assert (found.regime, found.vote) == (InterestRegime.COUNCIL_OFFICERS, False)


def test_quorum_is_counted_again_for_each_organisation_after_withdrawals():
    log = record(held(), *arrived(), opened())
    found = consequences(
        middlemarch(), held(), [financial(ROSAMOND), financial(SPRAGUE), pecuniary()], "5"
    )
    out = barred(found)
    assert out == leaving(found) == {ROSAMOND, SPRAGUE, VINCY}
    each = quorums(middlemarch(), held(), at_item(held(), log, "5"), out)
    # Two of the council's three are left, which is enough; one of the ICB's three, which is not.
    assert {q.organisation: q.verdict.stands for q in each} == {"council": True, "icb": False}


def test_a_register_that_lacks_the_interest_is_named_with_its_last_day():
    # Twenty-eight days that begin on Wednesday 25 November end on Tuesday 22 December.
    (reason,) = to_register(middlemarch(), held(), [financial(VINCY)], ON)
    assert "register for council members" in reason.says
    assert reason.remedy == "Enter it by Tuesday 22 December 2026."


def test_a_code_of_the_places_own_is_a_row_of_data():
    own = replace(law.interest_rules()[0], vote="yes")
    assert means(pecuniary(), rules=[own]).vote


@given(
    st.lists(
        st.tuples(
            st.sampled_from(EVERYONE), st.sampled_from([r.kind for r in law.interest_rules()])
        ),
        max_size=8,
    )
)
def test_more_interests_never_let_more_people_decide(rows):
    register = [Interest(person=p, in_="home_care", kinds={COUNCIL: k, NHS: k}) for p, k in rows]
    fewer = barred(consequences(middlemarch(), held(), register[:-1], "5"))
    assert fewer <= barred(consequences(middlemarch(), held(), register, "5"))
