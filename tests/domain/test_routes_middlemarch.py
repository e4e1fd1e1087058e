"""A matter of the fictional place across Easter, a recess and an election period in 2027.

Good Friday is 26 March, Easter Monday 29 March; the council is in recess from 25 March to 2 April
and elects on 6 May. All days are counted by hand.
"""

from __future__ import annotations

from datetime import date

import pytest
from tests.domain.route_texts import MIDDLEMARCH, PLACES, calendar, calendar_of, matter, place

from concord.domain.decisions.routes import Plan, Way, changes, plan_route

TODAY = date(2027, 2, 8)


def plan(text: str = MIDDLEMARCH, today: date | None = TODAY, **asked) -> Plan:
    own = matter(text, "middlemarch")
    return plan_route(place("middlemarch"), own, calendar("middlemarch"), today, **asked)


def days(found: Plan) -> dict[str, date | None]:
    return {s.id: s.on for s in found.steps}


def test_forwards_the_route_goes_round_recess_and_election():
    """The April Joint Board is called off and Cabinet does not meet before the election."""
    found = plan(way=Way.FORWARDS)
    assert found.feasible
    assert days(found) == {
        "finance": date(2027, 3, 12),
        "group": date(2027, 3, 19),
        "board": date(2027, 3, 24),
        "icb": date(2027, 5, 13),
        "cabinet": date(2027, 5, 25),
        "wellbeing": date(2027, 6, 9),
    }


def test_the_first_meeting_passed_over_is_too_soon_for_its_papers():
    """For Friday 12 February papers close five clear working days before: on 4 February."""
    found = plan(way=Way.FORWARDS, today=date(2027, 2, 4))
    # The draft would have been due five working days before that, on 28 January.
    assert days(found)["finance"] == date(2027, 3, 12)


def test_call_in_is_counted_from_the_last_day_of_publication():
    """Cabinet on 25 May: published by the 27th, call-in to 4 June (31 May is a bank holiday)."""
    (effect,) = plan(way=Way.FORWARDS).step("cabinet").effects
    assert effect.published == date(2027, 5, 27)
    assert effect.call_in.day == date(2027, 6, 4)
    assert effect.effective == date(2027, 6, 5)


def test_the_icb_half_takes_effect_at_once_and_the_whole_waits_for_the_council():
    found = plan(way=Way.FORWARDS)
    assert found.step("icb").effective == date(2027, 5, 13)
    assert found.effective == date(2027, 6, 5)


def test_the_key_decision_has_its_notice_28_clear_days_before():
    assert plan(way=Way.FORWARDS).step("cabinet").dues.forward_plan.day == date(2027, 4, 26)
    assert plan(way=Way.FORWARDS).step("icb").dues.forward_plan is None


def test_a_staff_day_on_which_offices_are_closed_moves_the_papers():
    """For Cabinet on 20 July 2027: 19, 15, 14, 13 and 12 are clear, the 16th is closed: 9 July."""
    found = plan(way=Way.BACKWARDS, wanted=date(2027, 8, 1))
    cabinet = found.step("cabinet")
    assert cabinet.on == date(2027, 7, 20)
    assert cabinet.papers_close == date(2027, 7, 9)


def test_papers_that_would_close_on_easter_monday_close_on_maundy_thursday():
    """For Tuesday 25 April 2028 the limit falls on 17 April, Easter Monday; 13 April is the day."""
    found = plan(way=Way.FORWARDS, today=date(2028, 2, 21))
    assert found.step("cabinet").on == date(2028, 4, 25)
    assert found.step("cabinet").papers_close == date(2028, 4, 13)


def test_backwards_each_stop_is_as_late_as_the_wanted_date_allows():
    """In effect by 1 July: Cabinet of 15 June is published by the 17th and open to the 24th."""
    found = plan(way=Way.BACKWARDS, wanted=date(2027, 7, 1))
    assert found.feasible
    assert days(found)["cabinet"] == date(2027, 6, 15)
    assert found.step("cabinet").effective == date(2027, 6, 25)
    assert days(found)["icb"] == date(2027, 5, 13)
    assert days(found)["board"] == date(2027, 3, 24)
    assert days(found)["wellbeing"] == date(2027, 9, 8)  # papers of 9 June close before the 15th


def test_a_wanted_date_that_cannot_be_kept_names_the_step_that_holds_it_back():
    found = plan(way=Way.BACKWARDS, wanted=date(2027, 4, 1))
    assert not found.feasible
    assert found.not_before == date(2027, 6, 5)
    assert [c.stop for c in found.holding] == ["cabinet", "board", "group", "finance"]
    assert found.holding[-1].id == "route.papers_too_late"  # of 12 February, due on the 4th


def test_no_single_step_brings_it_in_time_so_those_that_bring_it_nearer_are_offered():
    """An extra Cabinet on 7 May, the first day after the election: publication by the 11th and
    call-in to the 18th put the effect on the 19th. The notice, 28 clear days before, is 8 April.
    """
    found = plan(way=Way.FORWARDS, wanted=date(2027, 4, 1))
    assert not any(w.rescues for w in found.ways_out)
    cabinet = next(w for w in found.ways_out if w.moves == (("cabinet", date(2027, 5, 7)),))
    assert cabinet.effective == date(2027, 5, 19)
    assert not cabinet.listed


def test_a_way_out_that_keeps_the_wanted_date_is_offered_alone():
    found = plan(way=Way.FORWARDS, wanted=date(2027, 5, 20))
    assert found.ways_out
    assert all(w.rescues and w.effective <= date(2027, 5, 20) for w in found.ways_out)


def test_moving_the_joint_board_moves_what_comes_after_and_says_what_changed():
    before = plan(way=Way.FORWARDS)
    after = plan(way=Way.FORWARDS, moved={"board": date(2027, 6, 23)})
    said = {(c.stop, c.what): (c.was, c.becomes) for c in changes(before, after)}
    assert said["board", "meets"] == (date(2027, 3, 24), date(2027, 6, 23))
    assert said["cabinet", "meets"] == (date(2027, 5, 25), date(2027, 7, 20))
    assert said["icb", "meets"] == (date(2027, 5, 13), date(2027, 7, 8))
    assert said["wellbeing", "meets"] == (date(2027, 6, 9), date(2027, 9, 8))
    assert said["", "in effect at the earliest"] == (date(2027, 6, 5), date(2027, 7, 30))
    assert not {s for s, _ in said} & {"finance", "group"}


def test_in_the_election_period_a_listed_meeting_may_be_told_but_does_not_decide():
    text = (PLACES / "middlemarch" / "calendar.toml").read_text(encoding="utf-8")
    text += '\n[[meetings]]\nbody = "cabinet"\non = 2027-04-20\nat = "18:00"\n'
    listed = calendar_of(text, "middlemarch")
    own = matter(MIDDLEMARCH, "middlemarch")
    found = plan_route(place("middlemarch"), own, listed, TODAY, way=Way.FORWARDS)
    assert found.step("cabinet").on == date(2027, 5, 25)
    told = MIDDLEMARCH.replace(
        'body = "cabinet"\npurpose = "decision"', 'body = "cabinet"\npurpose = "information"'
    )
    found = plan_route(
        place("middlemarch"), matter(told, "middlemarch"), listed, TODAY, way=Way.FORWARDS
    )
    assert found.step("cabinet").on == date(2027, 4, 20)


def test_a_cancelled_meeting_is_never_chosen_and_if_stated_cannot_be_kept():
    unstated = 'body = "board"\npurpose = "recommendation"\non = '
    stated = MIDDLEMARCH.replace(f'{unstated}"not stated"', f"{unstated}2027-04-28")
    found = plan(stated)
    assert "route.cancelled" in {c.id for c in found.impossible}


# Deadlines, and sign-offs in person -------------------------------------------------------

RETURN = """
[deadlines.return]
what = "The fund's return"
on = {on}
at = "{at}"
in_person = ["icb_executive"]
"""


@pytest.mark.parametrize(
    ("on", "at", "able"),
    [
        ("2027-05-25", "23:59", True),
        ("2027-05-25", "12:00", False),  # Cabinet meets at 18:00 that day
        ("2027-05-24", "12:00", False),
    ],
)
def test_an_outside_deadline_counts_with_its_time_of_day(on, at, able):
    found = plan(MIDDLEMARCH + RETURN.format(on=on, at=at), way=Way.FORWARDS)
    assert found.feasible == able


def test_decided_before_a_deadline_and_in_effect_after_it_is_to_be_looked_at_again():
    """Cabinet of 25 May is in effect on 5 June; the deadline is the first of June."""
    text = MIDDLEMARCH + RETURN.format(on="2027-06-01", at="12:00")
    found = plan(text, way=Way.FORWARDS)
    assert found.feasible
    slight = [(c.id, c.stop, c.day) for c in found.conflicts]
    assert slight == [("route.effect_past_deadline", "cabinet", date(2027, 6, 5))]


def test_whoever_must_sign_in_person_has_to_be_at_work_in_between():
    """Away from 25 May to 4 June, she cannot sign by 1 June what Cabinet decides on 25 May."""
    text = (PLACES / "middlemarch" / "calendar.toml").read_text(encoding="utf-8")
    text += '\n[[closures]]\nof = "icb_executive"\nkind = "closed"\n'
    away = calendar_of(text + "starts = 2027-05-25\nends = 2027-06-04\n", "middlemarch")
    own = matter(MIDDLEMARCH + RETURN.format(on="2027-06-01", at="12:00"), "middlemarch")
    found = plan_route(place("middlemarch"), own, away, TODAY, way=Way.FORWARDS)
    assert not found.feasible
    stated = MIDDLEMARCH.replace(
        'body = "cabinet"\npurpose = "decision"\non = "not stated"',
        'body = "cabinet"\npurpose = "decision"\non = 2027-05-25',
    )
    own = matter(stated + RETURN.format(on="2027-06-01", at="12:00"), "middlemarch")
    found = plan_route(place("middlemarch"), own, away, TODAY)
    (one,) = found.impossible
    assert one.id == "route.nobody_to_sign"
    assert "Chief Executive of NHS Loamshire" in one.says


# What is only to be looked at again -------------------------------------------------------


def test_a_view_given_after_the_papers_went_out_is_to_be_brought_to_the_meeting():
    """Cabinet of 16 March 2027 has papers by the 8th; scrutiny meets that evening, on the 8th."""
    text = MIDDLEMARCH[: MIDDLEMARCH.index("[stops.")] + (
        '[stops.group]\nbody = "executive_group"\npurpose = "recommendation"\non = 2027-03-05\n'
        '[stops.board]\nbody = "board"\npurpose = "recommendation"\non = 2027-03-10\n'
        '[stops.cabinet]\nbody = "cabinet"\npurpose = "decision"\non = 2027-03-16\n'
        'after = ["group", "board"]\n'
    )
    found = plan(text, None)
    tabled = [(c.of, c.weight) for c in found.conflicts if c.id == "route.view_tabled"]
    assert tabled == [("board", "slight")]
    assert found.feasible


def test_a_stated_meeting_that_the_calendar_lists_in_a_pause_was_called_by_somebody():
    """The Executive Group of 16 April 2027 is listed within the election period."""
    stop = '[stops.group]\nbody = "executive_group"\npurpose = "consultation"\non = 2027-04-16\n'
    found = plan(MIDDLEMARCH[: MIDDLEMARCH.index("[stops.")] + stop, None)
    assert [(c.id, c.weight) for c in found.conflicts] == [("route.in_pause", "slight")]
