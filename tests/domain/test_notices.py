"""Notices: which are owed and by when, who agrees in turn, and lateness that stays for ever.

Lowick's Cabinet meets on Tuesday 11 February 2025 and takes a part in private. Twenty-eight clear
days end with the notice of Monday 13 January; five clear working days with that of Monday 3
February (4, 5, 6, 7 and 10 February lie between).
"""

from __future__ import annotations

from datetime import date

from tests.domain.a_matter import matter, spoilt
from tests.domain.test_forward_plan import PARTICULARS, place

from concord.domain.decisions.forward_plan import Particulars
from concord.domain.decisions.lateness import ExitUsed, in_time, lateness
from concord.domain.decisions.notices import NoticeKind, may_publish, notices
from concord.domain.findings import Answer

EARLY = date(2025, 1, 6)
MEETING = date(2025, 2, 11)
CHAIR, COUNCIL = (
    "chair of the relevant overview and scrutiny committee",
    "chair of the council, if there is no such chair or the chair cannot act",
)
FULL = {
    "council": Particulars(
        address="Town Hall, Lowick", how_to_ask="Write to the proper officer.", time="10.00 am",
        place="Town Hall, Lowick", representations="None were received.",
        response="None was needed.", told="The chair of scrutiny, on 20 January 2025.",
        agreed="The chair of scrutiny.", why="The bid ends on 14 February.",
    )
}  # fmt: skip


def owed(on=EARLY, text=None, particulars=FULL):
    known = notices("m", text or matter(), place(), on, particulars)
    return {n.kind: n for n in known if n.stop == "cabinet"}


def test_each_notice_has_its_own_last_day():
    known = owed()
    assert known[NoticeKind.FORWARD_PLAN].by == date(2025, 1, 13)
    assert known[NoticeKind.PRIVATE].by == date(2025, 1, 13)
    assert known[NoticeKind.SECOND_PRIVATE].by == date(2025, 2, 3)


def test_two_duties_of_28_days_are_two_notices():
    known = owed()
    assert known[NoticeKind.FORWARD_PLAN].step.id == "reg_9_2"
    assert known[NoticeKind.PRIVATE].step.id == "reg_5_2"


def test_a_matter_with_nothing_to_hide_has_no_private_notice():
    text = spoilt(('exempt = "prices"\n', ""))
    start, end = text.index("[exempt.prices]"), text.index("[stops.cabinet]")
    open_ = owed(text=matter(text[:start] + text[end:]))
    assert NoticeKind.PRIVATE not in open_
    assert open_[NoticeKind.AGENDA].by == date(2025, 2, 3)


def test_an_nhs_board_gives_three_clear_days_notice_of_its_meeting():
    # Thursday 13 February; 12, 11 and 10 lie between, and 9 is a Sunday, so Friday 7.
    known = [n for n in notices("m", matter(), place(), EARLY) if n.stop == "icb"]
    assert [n.kind for n in known] == [NoticeKind.AGENDA]
    assert known[0].by == date(2025, 2, 7)


def test_the_private_notice_gives_the_reasons_and_not_the_thing():
    private = owed()[NoticeKind.PRIVATE]
    reason = next(line.words for line in private.lines if line.letter == "3")
    assert "Schedule 12A, paragraph 3" in reason
    assert "known to their rivals" in reason
    assert private.complete().stands


def test_the_second_notice_needs_the_representations_and_the_response():
    second = owed(particulars=PARTICULARS)[NoticeKind.SECOND_PRIVATE]
    assert [line.letter for line in second.missing] == ["representations", "response"]
    assert may_publish(second, date(2025, 2, 3)).answer is Answer.NEEDS


def test_a_complete_notice_in_time_may_be_published():
    assert may_publish(owed()[NoticeKind.FORWARD_PLAN], date(2025, 1, 13)).stands


def test_before_its_day_has_gone_no_exit_is_offered():
    assert not {NoticeKind.GENERAL_EXCEPTION, NoticeKind.SPECIAL_URGENCY} & set(
        owed(date(2025, 1, 13))
    )


def test_once_28_days_are_gone_the_general_exception_is_the_way_on():
    # Five clear working days have to elapse, so the last day for it is Monday 3 February.
    late = owed(date(2025, 1, 20))
    assert late[NoticeKind.GENERAL_EXCEPTION].by == date(2025, 2, 3)
    assert late[NoticeKind.GENERAL_EXCEPTION].who[0] == CHAIR
    assert NoticeKind.SPECIAL_URGENCY not in late


def test_once_that_is_gone_too_special_urgency_is():
    late = owed(date(2025, 2, 4))
    assert NoticeKind.GENERAL_EXCEPTION not in late
    assert late[NoticeKind.SPECIAL_URGENCY].who[:2] == (CHAIR, COUNCIL)


def test_a_late_notice_without_its_exit_is_not_published():
    notice = owed(date(2025, 1, 20))[NoticeKind.FORWARD_PLAN]
    verdict = may_publish(notice, date(2025, 1, 20))
    assert verdict.answer is Answer.NEEDS
    assert "General exception" in verdict.remedies[0]


def used(exit_="general_exception", by=CHAIR, on=date(2025, 1, 20), why="The bid ends.", over=()):
    return ExitUsed(exit_, by, on, why, over)


def test_the_general_exception_needs_somebody_told_and_the_reasons():
    notice = owed(date(2025, 1, 20))[NoticeKind.GENERAL_EXCEPTION]
    assert may_publish(notice, date(2025, 1, 20), used()).stands
    assert may_publish(notice, date(2025, 1, 20), used(why=" ")).answer is Answer.NEEDS
    assert may_publish(notice, date(2025, 1, 20), used(by="the Leader")).answer is Answer.NEEDS


def test_special_urgency_is_refused_while_the_general_exception_is_open():
    notice = owed(date(2025, 1, 20))[NoticeKind.FORWARD_PLAN]
    verdict = may_publish(notice, date(2025, 1, 20), used("special_urgency"))
    assert verdict.answer is Answer.REFUSED


def test_the_general_exception_is_refused_once_its_own_days_are_gone():
    on = date(2025, 2, 4)
    notice = owed(on)[NoticeKind.FORWARD_PLAN]
    assert may_publish(notice, on, used(on=on)).answer is Answer.REFUSED
    assert may_publish(notice, on, used("special_urgency", on=on)).stands


def test_the_chair_of_the_council_may_agree_only_where_scrutinys_chair_cannot():
    on = date(2025, 2, 4)
    notice = owed(on)[NoticeKind.SPECIAL_URGENCY]
    second = used("special_urgency", COUNCIL, on)
    assert may_publish(notice, on, second).answer is Answer.NEEDS
    explained = used("special_urgency", COUNCIL, on, over=("the chair is abroad",))
    assert may_publish(notice, on, explained).stands


def test_agreement_that_came_after_publication_is_refused():
    on = date(2025, 2, 4)
    notice = owed(on)[NoticeKind.SPECIAL_URGENCY]
    after = used("special_urgency", on=date(2025, 2, 5))
    assert may_publish(notice, on, after).answer is Answer.REFUSED


def test_urgency_of_a_private_meeting_is_one_step_of_its_own():
    late = owed(date(2025, 2, 4))
    way = late[NoticeKind.URGENT_PRIVATE].way
    assert way is not None
    assert way.needs == "agreement"
    notice = late[NoticeKind.PRIVATE]
    ladder = used("special_urgency", on=date(2025, 2, 4))
    assert may_publish(notice, date(2025, 2, 4), ladder).answer is Answer.REFUSED


def test_on_the_day_after_the_meeting_no_way_is_open():
    step = owed()[NoticeKind.FORWARD_PLAN].step
    exits = owed()[NoticeKind.FORWARD_PLAN].exits
    assert in_time(step, exits, date(2025, 2, 12), used()).answer is Answer.REFUSED


def test_what_was_late_says_so_for_ever():
    notice = owed()[NoticeKind.FORWARD_PLAN]
    late = lateness(notice.step, notice.exits, date(2025, 1, 20), used())
    assert late is not None
    # Tuesday 14 to Monday 20 January: five working days.
    assert late.days == 5
    assert "General exception" in late.says
    assert lateness(notice.step, notice.exits, date(2025, 1, 13), None) is None
