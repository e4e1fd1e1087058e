"""What a matter's facts answer: key for whom, in which capacity each stop takes it, its clocks."""

from __future__ import annotations

from datetime import date

from tests.domain.a_matter import TEXT, matter, spoilt
from tests.domain.test_forward_plan import place

from concord.domain.decisions.facts import answers, by_organisation, organisation_of
from concord.domain.decisions.matter import as_matter
from concord.domain.language.values import NOT_STATED

ON = date(2025, 1, 6)


def asked(text=TEXT, arrangement=None, **more):
    return answers(matter(text), arrangement or place(), ON, **more)


def stop(name, text=TEXT, **more):
    return next(s for s in asked(text, **more).stops if s.stop == name)


def test_it_is_key_for_the_council_by_its_own_figure_and_never_for_the_nhs():
    known = {k.organisation: k for k in asked().keys}
    assert known["council"].key is True
    assert "icb" not in known
    assert asked(arrangement=place(amount="£500,000")).keys[0].key is False


def test_the_amount_tested_is_the_largest_of_costs_savings_and_income_together():
    # £480,000 is spent and £120,000 saved.
    assert as_matter(matter().matter).amount == 480_000_00
    text = spoilt(('{ amount = "£120,000"', '{ amount = "£620,000"'))
    assert as_matter(matter(text).matter).amount == 620_000_00
    unknown = spoilt(('{ amount = "£120,000"', '{ amount = "not stated"'))
    assert as_matter(matter(unknown).matter).amount == NOT_STATED


def test_a_key_decision_runs_the_forward_plan_clock_and_a_stop_that_is_told_does_not():
    cabinet, forum = stop("cabinet"), stop("forum")
    assert cabinet.clocks is not None
    assert cabinet.clocks.step("reg_9_2").day == date(2025, 1, 13)
    assert forum.clocks is None or forum.clocks.step("reg_9_2") is None


def test_a_planned_day_takes_the_place_of_the_texts():
    moved = stop("cabinet", days={"cabinet": date(2025, 3, 4)})
    assert moved.clocks is not None
    assert moved.clocks.on == date(2025, 3, 4)


def test_a_stop_is_its_bodys_organisations_where_that_is_one():
    text = matter()
    assert organisation_of(text.stops["cabinet"], place()) == "council"
    assert organisation_of(text.stops["forum"], place()) == ""


def test_at_a_joint_body_each_partner_has_its_own_clocks():
    text = spoilt(('body = "cabinet"\norganisation = "council"', 'body = "board"'))
    halves = [s for s in by_organisation(matter(text), place(), ON) if s.stop == "cabinet"]
    assert [s.organisation for s in halves] == ["council", "icb"]
    assert all(s.clocks for s in halves)


def test_an_organisation_that_has_to_decide_and_has_no_stop():
    assert asked().without_stop == ()
    decides = 'organisation = "icb"\npurpose = "decision"'
    text = spoilt((decides, decides.replace("decision", "consultation")))
    assert asked(text).without_stop == ("icb",)


def test_a_stop_for_information_is_never_more_whatever_its_body_could_do():
    text = spoilt(('body = "planning"', 'body = "cabinet"'))
    assert stop("forum", text).capacity == "information"
