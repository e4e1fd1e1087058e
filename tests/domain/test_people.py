"""Who holds a post on a day, whom a seat speaks for, and who belongs to several bodies at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

from concord.domain.findings import Answer
from concord.domain.language.values import NOT_STATED, NotStated
from concord.domain.places.people import (
    Holding,
    Mandate,
    Mandates,
    Membership,
    PostKind,
    acts_for,
    holder_on,
    may_speak_for,
    members_of,
    memberships_of,
    organisations_of,
    same_person,
    voices_of,
)

MARCH, APRIL, MAY = date(2018, 3, 1), date(2018, 4, 1), date(2018, 5, 1)


@dataclass(frozen=True)
class Seat:
    of: str | NotStated
    speaks_for: tuple[str, ...] | NotStated = ()
    mandate: Mandates = field(default=None)


HELD = (
    Holding(name="A. Brooke", starts=date(2015, 1, 1), ends=date(2018, 3, 31)),
    Holding(name="D. Casaubon", starts=date(2018, 5, 1)),
)


def test_one_holder_follows_another_and_each_day_has_its_own():
    assert holder_on(HELD, date(2018, 3, 31)).name == "A. Brooke"
    assert holder_on(HELD, date(2018, 5, 1)).name == "D. Casaubon"


def test_a_day_between_two_holders_is_not_stated_and_says_so():
    holder = holder_on(HELD, APRIL)
    assert not holder.stated
    assert "2018-04-01" in holder.why


def test_a_post_with_no_named_person_is_tolerated():
    assert not holder_on((), APRIL).stated
    assert not holder_on(NOT_STATED, APRIL).stated
    assert not holder_on(None, APRIL).stated
    assert "does not name" in holder_on((Holding(name=NOT_STATED),), APRIL).why


def test_a_holder_in_post_by_a_day_is_certain_only_from_that_day():
    """004 names Cath Doman as in post on the day of the report, without saying since when."""
    doman = Holding(name="Cath Doman", starts=NotStated(latest=date(2018, 4, 24)))
    assert holder_on((doman,), date(2018, 4, 24)).name == "Cath Doman"
    assert not holder_on((doman,), date(2018, 4, 23)).stated


def test_two_people_in_one_post_are_nobody_in_particular():
    twice = (Holding(name="A. Brooke"), Holding(name="C. Vincy"))
    assert not holder_on(twice, APRIL).stated


def test_a_joint_appointment_acts_for_every_organisation_it_names():
    assert organisations_of("council", ("icb", "council")) == ("council", "icb")
    assert acts_for("council", ("icb",), "icb") is Answer.STANDS
    assert acts_for("council", (), "icb") is Answer.REFUSED
    assert acts_for("council", NOT_STATED, "icb") is Answer.NOT_STATED
    assert acts_for("council", NOT_STATED, "council") is Answer.STANDS


NEWARK = ("newark", "bassetlaw", "north_east")


def test_without_a_stated_mandate_only_a_seat_s_own_voice_is_certain():
    """002 ¶26: one chief operating officer acts for the others by a process still to be agreed."""
    voices = voices_of(Seat("newark", NEWARK, NOT_STATED), APRIL)
    assert voices.carried == ("newark",)
    assert voices.not_stated == ("bassetlaw", "north_east")
    assert voices.of("bassetlaw") is Answer.NOT_STATED
    assert voices.of("newark") is Answer.STANDS
    assert voices.of("rushcliffe") is Answer.REFUSED


def test_a_mandate_in_force_carries_each_of_the_others_once():
    mandate = Mandate(clause="Protocol 4", starts=APRIL, ends=date(2019, 3, 31))
    voices = voices_of(Seat("newark", (*NEWARK, "bassetlaw"), mandate), APRIL)
    assert voices.carried == ("newark", "bassetlaw", "north_east")
    assert not voices.not_stated
    assert not voices.not_carried


@pytest.mark.parametrize("day", [MARCH, date(2019, 4, 1)])
def test_outside_its_days_a_mandate_carries_nobody_else(day):
    mandate = (Mandate(clause="Protocol 4", starts=APRIL, ends=date(2019, 3, 31)),)
    voices = voices_of(Seat("newark", NEWARK, mandate), day)
    assert voices.carried == ("newark",)
    assert voices.not_carried == ("bassetlaw", "north_east")
    assert voices.of("bassetlaw") is Answer.REFUSED


def test_a_second_mandate_takes_up_where_the_first_ended():
    mandate = (
        Mandate(clause="Protocol 4", ends=date(2018, 3, 31)),
        Mandate(clause="Protocol 5", starts=APRIL),
    )
    seat = Seat("newark", NEWARK, mandate)
    assert voices_of(seat, APRIL).of("bassetlaw") is Answer.STANDS
    assert may_speak_for(seat, "bassetlaw", APRIL).reasons[0].authority.clause == "Protocol 5"
    assert may_speak_for(seat, "bassetlaw", MARCH).reasons[0].authority.clause == "Protocol 4"


def test_a_mandate_that_begins_on_a_day_not_stated_is_not_yet_certain():
    mandate = Mandate(clause="Protocol 4", starts=NotStated(latest=APRIL), ends=MAY)
    seat = Seat("newark", NEWARK, mandate)
    assert voices_of(seat, MARCH).of("bassetlaw") is Answer.NOT_STATED
    assert voices_of(seat, APRIL).of("bassetlaw") is Answer.STANDS
    assert voices_of(seat, date(2018, 5, 2)).of("bassetlaw") is Answer.REFUSED


def test_a_seat_whose_others_are_not_named_may_speak_for_any():
    voices = voices_of(Seat(NOT_STATED, NOT_STATED, NOT_STATED), APRIL)
    assert voices.carried == ()
    assert voices.of("newark") is Answer.NOT_STATED


def test_a_refusal_to_count_a_voice_says_what_would_mend_it():
    verdict = may_speak_for(Seat("newark", NEWARK, None), "bassetlaw", APRIL)
    assert verdict.answer is Answer.REFUSED
    assert "bassetlaw" in verdict.remedies[0]
    assert may_speak_for(Seat("newark"), "newark", APRIL).stands


def test_one_person_may_be_in_several_bodies_and_it_is_visible():
    """004 ¶62: two Cabinet members also sit on the management board that prepared the report."""
    rows = (
        Membership("Rachael Blake", "cabinet"),
        Membership("Rachael Blake", "management_board"),
        Membership("Nigel Ball", "cabinet"),
        Membership("Nigel Ball", "management_board", starts=date(2018, 5, 1)),
    )
    assert [m.of for m in memberships_of(rows, "Rachael Blake", APRIL)] == [
        "cabinet",
        "management_board",
    ]
    assert members_of(rows, "management_board", APRIL) == ("Rachael Blake",)
    assert members_of(rows, "management_board", MAY) == ("Rachael Blake", "Nigel Ball")


def test_only_three_kinds_of_post_are_of_the_executive():
    assert {k for k in PostKind if k.of_executive} == {
        PostKind.EXECUTIVE_MEMBER,
        PostKind.LEADER,
        PostKind.ELECTED_MAYOR,
    }


def test_a_councillor_is_the_same_person_with_and_without_the_style_of_address():
    assert same_person("Councillor Dorothea Brooke", "Dorothea Brooke")
    assert same_person("Cllr Dorothea Brooke", "Councillor Dorothea Brooke")
    assert not same_person("Dorothea Brooke", "Arthur Brooke")
    assert not same_person(None, "")
