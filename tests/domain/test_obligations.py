"""Promises of reports, followed until they are met."""

from __future__ import annotations

from datetime import date

from tests.domain.a_matter import matter, spoilt

from concord.domain.decisions.obligations import State, obligation, open_first


def promised(on, text=None, met_on=None):
    promises = matter(text).promises if text else matter().promises
    return obligation(promises["review"], "reablement", on, met_on)


def test_a_promise_is_open_on_its_last_day_and_overdue_on_the_next():
    assert promised(date(2026, 6, 30)).state is State.OPEN
    late = promised(date(2026, 7, 3))
    assert (late.state, late.days_late) == (State.OVERDUE, 3)


def test_a_bound_is_a_last_day_and_silence_is_none():
    text = spoilt(("by = 2026-06-30", 'by = "not stated, by 2026-09-30"'))
    assert promised(date(2026, 9, 30), text).state is State.OPEN
    assert promised(date(2026, 10, 1), text).state is State.OVERDUE
    text = spoilt(("by = 2026-06-30", 'by = "not stated"'))
    assert promised(date(2030, 1, 1), text).state is State.NO_DAY


def test_once_met_it_is_closed_from_that_day_on():
    assert promised(date(2026, 8, 1), met_on=date(2026, 7, 20)).state is State.MET
    assert promised(date(2026, 7, 19), met_on=date(2026, 7, 20)).state is State.OVERDUE


def test_a_text_that_tells_of_the_past_may_say_when_it_was_met():
    text = spoilt(("by = 2026-06-30", "by = 2026-06-30\nmet = 2026-06-01"))
    assert promised(date(2027, 1, 1), text).state is State.MET


def test_it_keeps_its_owner_the_reports_words_and_its_line():
    found = promised(date(2026, 1, 1))
    assert (found.owner, found.to) == ("director", "cabinet")
    assert found.words == "a further report on the first year will be brought to Cabinet"
    assert found.line > 0


def test_the_longest_overdue_come_first_and_what_was_met_last():
    days = [date(2026, 7, 1), date(2026, 1, 1), date(2026, 8, 1)]
    late, open_, later = (promised(d) for d in days)
    met = promised(date(2026, 8, 1), met_on=date(2026, 7, 1))
    known = open_first([met, open_, late, later])
    assert [o.state for o in known] == [State.OVERDUE, State.OVERDUE, State.OPEN, State.MET]
