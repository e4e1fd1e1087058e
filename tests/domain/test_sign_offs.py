"""Sign-offs: turns, working days, holds, alternates, and what a changed text reopens."""

from __future__ import annotations

from datetime import date

import pytest
from tests.domain import a_matter
from tests.domain.a_matter import TEXT, found, matter, place, spoilt

from concord.domain.decisions.sign_offs import (
    MOVES,
    Event,
    Move,
    State,
    may_move,
    may_sign,
    may_submit,
    standings,
    what_is_signed,
)
from concord.domain.findings import Answer

MONDAY = date(2025, 1, 6)
ASKED = Event("", Move.ASKED, MONDAY)
IN_ORDER = (
    ("assessments.privacy", 'sign_off_mode = "in order"\nassessments.privacy'),
    ('role = "Finance"\n', 'role = "Finance"\norder = 1\nalternate = "deputy"\n'),
    ('role = "Law"\n', 'role = "Law"\norder = 2\n'),
)


def by_role(text=TEXT, events=(), on=MONDAY):
    return {s.role: s for s in standings(matter(text), place(), events, on)}


def signed(role, on, text=TEXT, by="director"):
    covered = what_is_signed(matter(text), place(), role)
    return Event(role, Move.SIGNED, on, by, parts=covered)


def test_before_anyone_is_asked_nothing_is_due():
    finance = by_role()["Finance"]
    assert finance.state is State.NOT_ASKED
    assert finance.due is None


def test_in_parallel_everyones_days_run_from_the_day_they_were_asked():
    # Monday 6 January and three working days: Thursday 9; five: Monday 13.
    known = by_role(events=[ASKED])
    assert known["Finance"].due == date(2025, 1, 9)
    assert known["Law"].due == date(2025, 1, 13)
    assert {s.state for s in known.values()} == {State.WAITING}


def test_on_the_last_day_it_is_not_late_and_the_day_after_it_is():
    assert by_role(events=[ASKED], on=date(2025, 1, 9))["Finance"].state is State.WAITING
    late = by_role(events=[ASKED], on=date(2025, 1, 13))["Finance"]
    # Friday 10 and Monday 13: two working days, the weekend between them not counted.
    assert (late.state, late.days_late) == (State.LATE, 2)


def test_in_order_the_next_waits_for_the_one_before_and_its_days_run_from_then():
    text = spoilt(*IN_ORDER)
    known = by_role(text, [ASKED])
    assert known["Finance"].state is State.WAITING
    assert known["Law"].state is State.NOT_YET
    assert known["Law"].due is None
    events = [ASKED, signed("Finance", date(2025, 1, 8), text)]
    # Wednesday 8 January and five working days: Wednesday 15.
    assert by_role(text, events, date(2025, 1, 8))["Law"].due == date(2025, 1, 15)


def test_someone_may_sign_before_their_turn_and_it_counts():
    text = spoilt(*IN_ORDER)
    early = by_role(text, [ASKED])["Law"]
    assert may_sign(early, "Head of Law").stands
    events = [ASKED, signed("Law", date(2025, 1, 7), text, "Head of Law")]
    law = by_role(text, events, date(2025, 1, 7))["Law"]
    assert law.state is State.SIGNED
    assert law.early


def test_a_hold_stops_the_days_and_a_restart_gives_them_back():
    events = [ASKED, Event("Finance", Move.HELD, date(2025, 1, 8), words="a figure is wrong")]
    held = by_role(events=events, on=date(2025, 1, 20))["Finance"]
    assert (held.state, held.due) == (State.ON_HOLD, None)
    assert "a figure is wrong" in held.says
    events.append(Event("Finance", Move.RESTARTED, date(2025, 1, 10)))
    # Due 9 January; held Wednesday to Friday, two working days: Monday 13.
    assert by_role(events=events, on=date(2025, 1, 10))["Finance"].due == date(2025, 1, 13)


def test_a_hold_after_the_last_day_does_not_wind_the_clock_back():
    events = [
        ASKED,
        Event("Finance", Move.HELD, date(2025, 1, 13)),
        Event("Finance", Move.RESTARTED, date(2025, 1, 16)),
    ]
    finance = by_role(events=events, on=date(2025, 1, 16))["Finance"]
    assert finance.due == date(2025, 1, 9)
    assert finance.state is State.LATE


def test_days_the_organisation_is_closed_are_not_counted():
    arrangement = place()
    text = a_matter.small_place.TEXT.replace(
        'governance = "leader and cabinet" }',
        'governance = "leader and cabinet", '
        "working_days = { also_closed = [2025-01-07, 2025-01-08] } }",
    )
    closed = a_matter.small_place.read(text)
    assert closed.organisations.keys() == arrangement.organisations.keys()
    due = standings(matter(), closed, [ASKED], MONDAY)[0].due
    # Tuesday and Wednesday closed: Thursday 9, Friday 10, Monday 13.
    assert due == date(2025, 1, 13)


def test_a_sign_off_without_days_has_no_last_day():
    text = spoilt(("days = 3\n", 'days = "not stated"\n'))
    assert by_role(text, [ASKED], date(2026, 1, 1))["Finance"].state is State.WAITING


def test_the_alternate_may_sign_only_once_the_holder_is_late_or_hands_over():
    text = spoilt(*IN_ORDER)
    waiting = by_role(text, [ASKED])["Finance"]
    assert may_sign(waiting, "deputy").answer is Answer.NEEDS
    assert may_sign(by_role(text, [ASKED], date(2025, 1, 10))["Finance"], "deputy").stands
    over = by_role(text, [ASKED, Event("Finance", Move.HANDED_OVER, MONDAY)])["Finance"]
    assert may_sign(over, "deputy").stands


@pytest.mark.parametrize(
    ("said", "answer"),
    [("false", Answer.REFUSED), ('"not stated"', Answer.NOT_STATED)],
)
def test_a_sign_off_that_is_not_delegable_takes_no_alternate(said, answer):
    text = spoilt(*IN_ORDER).replace("days = 3", f"delegable = {said}\ndays = 3")
    late = by_role(text, [ASKED], date(2025, 1, 10))["Finance"]
    assert may_sign(late, "deputy").answer is answer
    assert may_sign(late, "director").stands


def test_nobody_else_may_sign():
    verdict = may_sign(by_role(events=[ASKED])["Finance"], "chief")
    assert verdict.answer is Answer.REFUSED
    assert "Director of Care" in verdict.remedies[0]


def test_a_changed_text_reopens_exactly_the_sign_offs_whose_parts_changed():
    events = [ASKED, signed("Finance", MONDAY), signed("Law", MONDAY)]
    text = spoilt(("The Care Act 2014 asks for it.", "The Care Act 2014 allows it."))
    known = by_role(text, events, MONDAY)
    assert known["Finance"].state is State.SIGNED
    assert known["Law"].state is State.REOPENED
    assert known["Law"].changed == ("legal",)


def test_a_changed_fact_reopens_what_tells_it_through_a_live_reference():
    spoken = ("Reablement costs £480,000 a year.", "Reablement costs {money:Reablement} a year.")
    before = spoilt(spoken)
    events = [ASKED, signed("Finance", MONDAY, before)]
    after = before.replace('{ amount = "£480,000"', '{ amount = "£490,000"')
    assert by_role(after, events)["Finance"].state is State.REOPENED


def test_moving_a_part_or_its_comment_reopens_nothing():
    events = [ASKED, signed("Finance", MONDAY)]
    text = spoilt(('comment = { by = "Head of Finance", on = 2025-01-20 }', ""))
    assert by_role(f"# a line above\n{text}", events)["Finance"].state is State.SIGNED


def test_a_reopened_sign_off_may_be_signed_again():
    text = spoilt(("The Care Act 2014 asks for it.", "The Care Act 2014 allows it."))
    events = [ASKED, signed("Law", MONDAY)]
    assert may_sign(by_role(text, events)["Law"], "Head of Law").stands
    events.append(signed("Law", MONDAY, text, "Head of Law"))
    assert by_role(text, events)["Law"].state is State.SIGNED


def test_a_move_that_does_not_follow_is_refused_with_what_does():
    verdict = may_move(by_role(events=[ASKED])["Finance"], Move.RESTARTED)
    assert verdict.answer is Answer.REFUSED
    assert "signed" in verdict.remedies[0]


def test_every_move_starts_and_ends_in_a_state_that_moves_make():
    made = {State.NOT_ASKED, *MOVES.values()}
    assert {s for s, _ in MOVES} <= made


def test_a_report_may_be_submitted_only_when_everything_is_there():
    verdict = may_submit(matter(), standings(matter(), place(), [ASKED], MONDAY), found(TEXT))
    assert verdict.answer is Answer.NEEDS
    assert [r.says.split(":")[0] for r in verdict.against] == ["Finance", "Law"]
    events = [ASKED, signed("Finance", MONDAY), signed("Law", MONDAY)]
    done = standings(matter(), place(), events, MONDAY)
    assert may_submit(matter(), done, found(TEXT)).stands


def test_what_is_missing_is_told_all_at_once():
    text = spoilt(("dated = 2025-01-27\n", "")) + a_matter.part("Yes/No")
    verdict = may_submit(
        matter(text), standings(matter(text), place(), [ASKED], MONDAY), found(text)
    )
    assert len(verdict.against) == 4  # two findings and two sign-offs


def test_slight_findings_do_not_keep_a_report_back():
    text = TEXT + a_matter.part("Advice was given on 04/04/18.")
    events = [ASKED, signed("Finance", MONDAY), signed("Law", MONDAY)]
    done = standings(matter(text), place(), events, MONDAY)
    assert may_submit(matter(text), done, found(text)).stands


def test_a_report_whose_signers_nobody_states_cannot_be_answered():
    text = TEXT[: TEXT.index("[[report.sign_offs]]")].replace(
        "[report]\n", '[report]\nsign_offs = "not stated"\n'
    )
    assert may_submit(matter(text), (), ()).answer is Answer.NOT_STATED


def test_a_signature_that_is_taken_back_waits_anew_with_its_reason_and_all_its_days():
    # Taken back on Monday 13 January; three working days on: Thursday 16.
    back = Event("Finance", Move.REVOKED, date(2025, 1, 13), "director", "the prices rose")
    events = [ASKED, signed("Finance", date(2025, 1, 8)), back]
    finance = by_role(events=events, on=date(2025, 1, 13))["Finance"]
    assert (finance.state, finance.due) == (State.WAITING, date(2025, 1, 16))
    assert "The signature was taken back: the prices rose." in finance.says
    again = by_role(events=[*events, signed("Finance", date(2025, 1, 14))], on=date(2025, 1, 14))
    assert again["Finance"].state is State.SIGNED


def test_only_what_was_signed_can_be_taken_back():
    waiting = by_role(events=[ASKED])["Finance"]
    assert may_move(waiting, Move.REVOKED).answer is Answer.REFUSED
