"""When each half takes effect and which waits for which; Middlemarch's dates counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.middlemarch_board import middlemarch, wall

from concord.domain.agreements.words import TakesEffect
from concord.domain.clocks import Business
from concord.domain.decisions.call_in import CallInMove, CallInStep
from concord.domain.decisions.effects import (
    CameByItself,
    EffectState,
    JointEffect,
    MadeHalf,
    Undoing,
    Undone,
    came_by_itself,
    joint_effect,
    made_half,
)
from concord.domain.findings import Answer
from concord.domain.language.values import NOT_STATED

MADE = wall("2026-11-25 14:50")
PUBLISHED = CallInStep(move=CallInMove.PUBLISH, at=wall("2026-11-26 10:00"))
CLOSES = wall("2026-12-03 17:00")  # the fifth working day after Thursday 26 November
CALLED = CallInStep(move=CallInMove.CALL_IN, at=wall("2026-12-01 10:00"))  # the third
SCRUTINY_BY = datetime.combine(date(2026, 12, 15), time.max)  # the tenth after 1 December


def council(*steps: CallInStep, lapses: bool = False) -> MadeHalf:
    business = Business(function_kind="executive", key=True, private=False)
    half = made_half(middlemarch(), "council", "board.members", business, MADE)
    assert half.rule is not None
    # Middlemarch's text says that it lapses; other places' texts do not say.
    meeting = replace(half.rule.meeting, lapses=lapses or NOT_STATED)
    rule = replace(half.rule, meeting=meeting)
    return replace(half, steps=steps, rule=rule)


def icb() -> MadeHalf:
    return made_half(middlemarch(), "icb", "board.icb", Business(function_kind="NHS"), MADE)


def pair(
    half: MadeHalf, at: datetime, takes_effect: TakesEffect = TakesEffect.TOGETHER
) -> JointEffect:
    return joint_effect(middlemarch(), [half, icb()], takes_effect, at)


def test_call_in_reaches_the_councils_half_and_not_the_nhs_half():
    assert council().reached.answer is Answer.STANDS
    assert icb().reached.answer is Answer.REFUSED
    assert "section 9F" in str(icb().reached.authority)


def test_before_publication_nothing_starts_and_the_partner_waits():
    now = pair(council(), MADE)
    assert now.of("council").state is EffectState.MADE
    assert now.of("icb").state is EffectState.WAITING
    assert (now.implementable, now.not_before) == (False, None)


def test_an_unpublished_decision_is_late_after_its_second_working_day():
    # Made on Wednesday 25 November: due by Friday 27.
    assert pair(council(), wall("2026-11-27 23:00")).of("council").late == ""
    assert (
        "due by Friday 27 November" in pair(council(), wall("2026-11-28 00:00")).of("council").late
    )
    late = CallInStep(move=CallInMove.PUBLISH, at=wall("2026-11-30 09:00"))
    now = pair(council(late), late.at).of("council")
    assert now.late == (
        "published on Monday 30 November 2026; it was due by Friday 27 November 2026"
    )


def test_both_take_effect_together_when_the_window_closes():
    before = pair(council(PUBLISHED), CLOSES)
    assert (before.implementable, before.not_before) == (False, CLOSES)
    now = pair(council(PUBLISHED), CLOSES + timedelta(minutes=1))
    assert now.implementable
    assert {h.state for h in now.halves} == {EffectState.IN_EFFECT}
    assert {h.since for h in now.halves} == {CLOSES}


def test_called_in_on_the_third_day_the_other_half_waits_and_says_on_what():
    now = pair(council(PUBLISHED, CALLED, lapses=True), CALLED.at)
    assert now.of("council").state is EffectState.ON_HOLD
    nhs = now.of("icb")
    assert nhs.state is EffectState.WAITING
    assert nhs.own is EffectState.IN_EFFECT
    assert "Middlemarch Borough Council's half is called in since Tuesday 1 December" in nhs.says
    assert now.not_before == SCRUTINY_BY


def test_without_a_rule_for_scrutiny_that_does_not_meet_no_day_is_promised():
    now = pair(council(PUBLISHED, CALLED), CALLED.at)
    assert now.not_before is None
    assert "what follows then is not stated" in now.waits_on[0]


def test_halves_that_take_effect_separately_do_not_wait():
    now = pair(council(PUBLISHED, CALLED), CALLED.at, TakesEffect.SEPARATELY)
    assert now.of("icb").state is EffectState.IN_EFFECT
    assert now.of("icb").since == MADE
    assert not now.implementable


def test_where_the_agreement_does_not_say_the_halves_wait():
    now = joint_effect(middlemarch(), [council(PUBLISHED), icb()], NOT_STATED, PUBLISHED.at)
    assert now.of("icb").state is EffectState.WAITING


def test_a_half_changed_on_reconsideration_leaves_the_partner_with_another_text():
    steps = (
        PUBLISHED, CALLED,
        CallInStep(move=CallInMove.REFER_BACK, at=wall("2026-12-09 18:00")),
        CallInStep(move=CallInMove.CHANGE, at=wall("2026-12-14 10:00")),
    )  # fmt: skip
    now = pair(council(*steps), wall("2027-01-04 09:00"))
    assert now.of("council").state is EffectState.CHANGED
    assert "the partners' texts now differ" in now.of("icb").says
    assert not now.implementable


def test_a_rescinded_half_takes_the_pair_out_of_effect_from_then_on():
    gone = Undone(how=Undoing.RESCINDED, at=wall("2027-02-01 12:00"), by="decision C 2027/4")
    half = replace(council(PUBLISHED), undone=gone)
    assert pair(half, wall("2027-02-01 11:00")).implementable
    now = pair(half, wall("2027-02-01 12:00"))
    assert now.of("council").state is EffectState.RESCINDED
    assert now.of("icb").state is EffectState.WAITING
    assert not now.implementable


def test_a_superseded_decision_names_what_took_its_place():
    gone = Undone(how=Undoing.SUPERSEDED, at=wall("2027-02-01 12:00"), by="decision C 2027/4")
    now = pair(replace(council(PUBLISHED), undone=gone), wall("2027-03-01 00:00")).of("council")
    assert now.says == "superseded by decision C 2027/4 on Monday 1 February 2027"


def test_a_decision_for_a_day_before_it_was_made_is_named_retrospective():
    assert replace(council(), retrospective_from=date(2026, 4, 1)).retrospective
    assert not replace(council(), retrospective_from=MADE.date()).retrospective
    assert not council().retrospective


def test_a_call_in_rule_that_nobody_recorded_holds_the_pair_and_says_so():
    silent = replace(
        council(),
        rule=None,
        reached=replace(council().reached, answer=Answer.NOT_STATED, says="it is not stated"),
    )
    now = pair(silent, MADE + timedelta(days=90))
    assert now.of("council").state is EffectState.NOT_STATED
    assert not now.implementable


def test_an_executive_decision_not_known_to_be_key_is_still_reached_where_the_rule_reaches_all():
    business = Business(function_kind="executive", key=None)
    half = made_half(middlemarch(), "council", "board.members", business, MADE)
    assert half.reached.answer is Answer.STANDS


def test_full_councils_own_decision_cannot_be_called_in():
    business = Business(function_kind="non-executive")
    half = made_half(middlemarch(), "council", "full_council", business, MADE)
    assert half.reached.answer is Answer.REFUSED


def test_what_comes_by_itself_has_one_name_however_late_or_often_it_is_asked():
    halves = [council(PUBLISHED), icb()]
    came = (CameByItself(CLOSES, "council", "the window closes"),)
    assert came_by_itself(halves, CLOSES) == ()
    assert came_by_itself(halves, CLOSES + timedelta(minutes=1)) == came
    assert came_by_itself(halves, CLOSES + timedelta(days=400)) == came


hours = st.integers(min_value=0, max_value=24 * 60)


@given(hours, hours, st.booleans())
def test_together_neither_half_is_ever_in_effect_before_the_other(called, asked, lapses):
    step = CallInStep(move=CallInMove.CALL_IN, at=PUBLISHED.at + timedelta(hours=called))
    now = pair(council(PUBLISHED, step, lapses=lapses), PUBLISHED.at + timedelta(hours=asked))
    in_effect = [h.state is EffectState.IN_EFFECT for h in now.halves]
    assert all(in_effect) or not any(in_effect)
    assert all(in_effect) == now.implementable


@given(hours, hours)
def test_the_day_not_to_start_before_never_comes_true_early(called, asked):
    step = CallInStep(move=CallInMove.CALL_IN, at=PUBLISHED.at + timedelta(hours=called))
    half = council(PUBLISHED, step, lapses=True)
    at = PUBLISHED.at + timedelta(hours=asked)
    now = pair(half, at)
    if now.not_before and not now.implementable and step.at <= at:
        assert not pair(half, now.not_before).implementable
        assert pair(half, now.not_before + timedelta(minutes=1)).implementable


def test_a_body_that_says_nothing_of_effect_has_its_halves_wait_too():
    now = joint_effect(middlemarch(), [council(PUBLISHED), icb()], None, PUBLISHED.at)
    assert now.of("icb").state is EffectState.WAITING
