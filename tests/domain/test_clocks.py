"""Which clocks run for whom: worked from the regulations and the five reports' real dates."""

from datetime import date

import pytest

from concord.domain.calendar import Closed, Counting
from concord.domain.clocks import (
    Business,
    DecisionMaker,
    LocalRule,
    Timetable,
    distance,
    duty_after,
    general_exception_opens,
    printed,
    regime_of,
    timetable,
    together,
    way_on,
)

LEADER, COMMITTEES = "leader and cabinet", "committee system"
TUE_18_JULY = date(2017, 7, 18)

CABINET = DecisionMaker(
    name="Cabinet", form="cabinet", organisation="Middlemarch Borough Council", governance=LEADER
)
ICB = DecisionMaker(
    name="Board",
    form="NHS board",
    organisation="NHS Loamshire",
    organisation_kind="integrated care board",
)
KEY_IN_PUBLIC = Business(function_kind="executive", key=True, private=False)


def maker(form: str, governance: str = LEADER, **more: object) -> DecisionMaker:
    given: dict[str, object] = {"name": form, "organisation": "Middlemarch Borough Council"}
    return DecisionMaker(form=form, governance=governance, **{**given, **more})  # type: ignore[arg-type]


def day(table: Timetable, id_: str) -> date:
    step = table.step(id_)
    assert step
    assert step.day
    return step.day


def clocks(table: Timetable) -> set[str]:
    return {s.clock for s in table.steps}


@pytest.mark.parametrize(
    ("meeting", "key", "papers"),
    [
        (date(2017, 7, 18), date(2017, 6, 19), date(2017, 7, 10)),
        (date(2019, 3, 20), date(2019, 2, 19), date(2019, 3, 12)),
        (date(2018, 4, 24), date(2018, 3, 26), date(2018, 4, 16)),
        (date(2018, 10, 16), date(2018, 9, 17), date(2018, 10, 8)),
        (date(2018, 4, 4), date(2018, 3, 6), date(2018, 3, 23)),
    ],
)
def test_a_cabinets_key_decision_has_its_notice_and_papers_on_the_diarys_days(
    meeting: date, key: date, papers: date
) -> None:
    table = timetable(CABINET, KEY_IN_PUBLIC, meeting)
    assert day(table, "reg_9_2") == key
    assert day(table, "reg_6_1") == day(table, "reg_6_2") == day(table, "reg_7") == papers


@pytest.mark.parametrize(
    ("meeting", "five_calendar", "five_sundays", "three_working"),
    [
        (date(2017, 7, 18), date(2017, 7, 12), date(2017, 7, 11), date(2017, 7, 12)),
        (date(2019, 3, 20), date(2019, 3, 14), date(2019, 3, 13), date(2019, 3, 14)),
        (date(2018, 4, 24), date(2018, 4, 18), date(2018, 4, 17), date(2018, 4, 18)),
        (date(2018, 10, 16), date(2018, 10, 10), date(2018, 10, 9), date(2018, 10, 10)),
        (date(2018, 4, 4), date(2018, 3, 29), date(2018, 3, 26), date(2018, 3, 27)),
    ],
)
def test_the_same_meetings_in_the_other_readings_and_for_the_nhs(
    meeting: date, five_calendar: date, five_sundays: date, three_working: date
) -> None:
    step = timetable(CABINET, KEY_IN_PUBLIC, meeting).step("reg_6_2")
    assert step
    assert dict(step.others) == {
        Counting.CALENDAR: five_calendar,
        Counting.SUNDAYS_OUT: five_sundays,
    }
    assert day(timetable(ICB, Business(function_kind="NHS"), meeting), "act_1960_4a") == (
        three_working
    )


def test_the_general_exception_opens_once_five_clear_days_have_elapsed() -> None:
    opens = {c.counting: c.day for c in general_exception_opens(date(2018, 3, 28), CABINET)}
    assert opens == {
        Counting.WORKING: date(2018, 4, 9),
        Counting.CALENDAR: date(2018, 4, 3),
        Counting.SUNDAYS_OUT: date(2018, 4, 6),
    }


def test_the_other_readings_are_given_beside_the_day() -> None:
    step = timetable(CABINET, KEY_IN_PUBLIC, TUE_18_JULY).step("reg_6_2")
    assert step
    assert dict(step.others) == {
        Counting.CALENDAR: date(2017, 7, 12),
        Counting.SUNDAYS_OUT: date(2017, 7, 11),
    }
    assert "Wednesday 12 July 2017" in step.how_counted


def test_the_two_28_day_duties_are_independent() -> None:
    def running(key: bool, private: bool) -> tuple[bool, bool]:
        asked = Business(function_kind="executive", key=key, private=private)
        table = timetable(CABINET, asked, TUE_18_JULY)
        return table.step("reg_9_2") is not None, table.step("reg_5_2") is not None

    assert running(key=True, private=True) == (True, True)
    assert running(key=True, private=False) == (True, False)
    assert running(key=False, private=True) == (False, True)
    assert running(key=False, private=False) == (False, False)


def test_a_private_meeting_has_two_notices() -> None:
    table = timetable(CABINET, Business(function_kind="executive", private=True), TUE_18_JULY)
    assert day(table, "reg_5_2") == date(2017, 6, 19)
    assert day(table, "reg_5_4") == date(2017, 7, 10)


def test_what_nobody_has_said_of_the_business_is_a_condition_not_a_guess() -> None:
    table = timetable(CABINET, Business(function_kind="executive"), TUE_18_JULY)
    step = table.step("reg_9_2")
    assert step
    assert step.if_ == "if the decision is key"


def test_regulation_9_has_a_ladder_and_regulation_5_a_single_step() -> None:
    both = Business(function_kind="executive", key=True, private=True)
    exits = timetable(CABINET, both, date(2018, 4, 4)).exits
    ladder = [(x.order, x.id, x.needs) for x in exits if x.from_step == "reg_9_2"]
    assert ladder == [(1, "general_exception", "notice"), (2, "special_urgency", "agreement")]
    assert [x.needs for x in exits if x.from_step == "reg_5_2"] == ["agreement"]
    urgent = next(x for x in exits if x.id == "special_urgency")
    assert [w.split(",")[0] for w in urgent.who] == [
        "chair of the relevant overview and scrutiny committee",
        "chair of the council",
        "vice-chair of the council",
    ]


def test_the_exit_still_open_depends_on_the_day_it_is_asked() -> None:
    # A decision on Monday 9 April 2018: five clear working days back from it is 28 March.
    table = timetable(CABINET, KEY_IN_PUBLIC, date(2018, 4, 9))
    step = table.step("reg_9_2")
    assert step
    assert step.day == date(2018, 3, 11)

    def next_exit(asked_on: date) -> str:
        found = way_on(table.exits, step, asked_on)
        return found.id if found else ""

    assert next_exit(date(2018, 3, 11)) == ""
    assert next_exit(date(2018, 3, 12)) == "general_exception"
    assert next_exit(date(2018, 3, 28)) == "general_exception"
    assert next_exit(date(2018, 3, 29)) == "special_urgency"
    late = next(
        s for s in table.to_data(date(2018, 3, 29))["steps"] if s["clock"] == "forward plan"
    )
    assert late["way_on"] == "special urgency"
    assert any(
        line.startswith("  The day has gone. Still open: Special urgency")
        for line in printed(table, date(2018, 3, 29))
    )


def test_a_committee_system_council_has_no_regulation_9_clock_and_is_told_why() -> None:
    committee = maker("council committee", COMMITTEES)
    table = timetable(committee, KEY_IN_PUBLIC, TUE_18_JULY)
    assert [r.id for r in table.regime.regimes] == ["non-executive"]
    assert clocks(table) == {"agenda and reports"}
    assert day(table, "s100B_3") == date(2017, 7, 10)
    absent = {n.clock for n in table.not_running}
    assert {"forward plan", "private meeting", "call-in"} <= absent


def test_the_city_of_london_has_no_key_decision_clock() -> None:
    city = maker("council committee", "", organisation="City of London Corporation")
    officer = maker("officer", "", organisation="City of London Corporation")
    for who in (city, officer):
        table = timetable(who, KEY_IN_PUBLIC, date(2016, 11, 18))
        assert table.regime.settled
        assert "forward plan" not in clocks(table)
    assert (
        timetable(officer, KEY_IN_PUBLIC, TUE_18_JULY)
        .regime.verdict.reasons[0]
        .authority.unverified
    )


def test_governance_is_asked_on_the_date_and_not_stated_leaves_both_regimes() -> None:
    found = regime_of(maker("cabinet", ""), KEY_IN_PUBLIC, TUE_18_JULY)
    assert not found.settled
    assert {r.id for r in found.regimes} == {"executive", "non-executive"}
    table = timetable(maker("cabinet", ""), KEY_IN_PUBLIC, TUE_18_JULY)
    assert all(s.if_.startswith("if ") for s in table.steps)


@pytest.mark.parametrize(
    "form",
    ["full council", "council committee", "health and wellbeing board", "scrutiny committee"],
)
def test_a_body_of_the_council_is_never_under_the_executive_rules(form: str) -> None:
    found = regime_of(maker(form), KEY_IN_PUBLIC, TUE_18_JULY)
    assert [r.id for r in found.regimes] == ["non-executive"]


def test_a_key_decision_by_an_officer_needs_the_notice_and_a_record() -> None:
    table = timetable(maker("officer"), KEY_IN_PUBLIC, TUE_18_JULY)
    notice = table.step("reg_9_2")
    assert notice
    assert "(c) the name of the person who will decide, and title if any" in notice.heads
    assert table.step("reg_13_record")
    assert table.step("reg_6_1") is None
    assert table.step("reg_16_4")


def test_members_who_decide_one_by_one_are_named_and_their_board_is_not() -> None:
    # Southampton: each cabinet member on the board decides; the notice names a person.
    board = maker("individual delegates")
    body = timetable(CABINET, KEY_IN_PUBLIC, TUE_18_JULY).step("reg_9_2")
    each = timetable(board, KEY_IN_PUBLIC, TUE_18_JULY).step("reg_9_2")
    assert body
    assert any("list of its members" in h for h in body.heads)
    assert each
    assert not any("list of its members" in h for h in each.heads)


def test_a_joint_committee_with_nhs_members_waits_for_a_ruling() -> None:
    joint = maker("regulation 10 joint committee")
    assert not regime_of(joint, KEY_IN_PUBLIC, TUE_18_JULY).settled
    ruled = maker(
        "regulation 10 joint committee", ruled="non-executive", ruling="note of 1 May 2017"
    )
    found = regime_of(ruled, KEY_IN_PUBLIC, TUE_18_JULY)
    assert found.settled
    assert "note of 1 May 2017" in found.why


@pytest.mark.parametrize(("whole", "regime"), [(True, ["executive"]), (False, ["non-executive"])])
def test_a_joint_committee_of_councils_is_executive_only_if_all_its_members_are(
    whole: bool, regime: list[str]
) -> None:
    joint = maker("joint committee of councils", all_of_executives=whole)
    assert [r.id for r in regime_of(joint, KEY_IN_PUBLIC, TUE_18_JULY).regimes] == regime


def test_an_nhs_board_has_three_clear_days_and_no_call_in() -> None:
    table = timetable(ICB, Business(function_kind="NHS"), date(2024, 10, 16))
    assert day(table, "act_1960_4a") == date(2024, 10, 10)
    absent = {n.clock: n.says for n in table.not_running}
    assert "no call-in" in absent["call-in"]
    assert {"forward plan", "private meeting"} <= absent.keys()


def test_before_10_september_2012_no_executive_period_is_claimed() -> None:
    table = timetable(CABINET, KEY_IN_PUBLIC, date(2012, 9, 9))
    assert table.steps == ()
    assert "SI 2000/3272" in str(table.not_running[0].authority)
    assert timetable(CABINET, KEY_IN_PUBLIC, date(2012, 9, 10)).step("reg_9_2")


def test_a_council_meeting_in_september_2002_had_three_clear_days() -> None:
    council = maker("full council")
    plain = Business(function_kind="non-executive")
    assert timetable(council, plain, date(2002, 9, 30)).step("s100B_3") is None
    assert timetable(council, plain, date(2002, 9, 30)).step("s100B_3_before_2002")
    assert timetable(council, plain, date(2002, 10, 1)).step("s100B_3")


def test_an_urgent_item_needs_the_chairs_opinion_and_the_minutes() -> None:
    exits = timetable(
        maker("council committee"), Business(function_kind="non-executive"), TUE_18_JULY
    )
    urgent = next(x for x in exits.exits if x.id == "urgent_item")
    assert urgent.needs == "opinion"
    assert urgent.then == ("state the special circumstances in the minutes",)


def test_one_meeting_can_be_called_in_time_for_the_nhs_and_too_late_for_the_council() -> None:
    meeting = date(2018, 10, 16)
    council = timetable(
        maker("council committee"), Business(function_kind="non-executive"), meeting
    )
    nhs = timetable(ICB, Business(function_kind="NHS"), meeting)
    joint = next(t for t in together([council, nhs]) if t.clock == "agenda and reports")
    assert joint.day == date(2018, 10, 8)
    assert {o: s.day for o, s in joint.by} == {
        "Middlemarch Borough Council": date(2018, 10, 8),
        "NHS Loamshire": date(2018, 10, 10),
    }
    assert "NHS Loamshire needs three clear days" in joint.says
    assert "the stricter rule is used" in joint.says


def test_an_organisations_own_way_of_counting_and_closed_days_are_used() -> None:
    saturdays = maker("cabinet", counting=Counting.SUNDAYS_OUT)
    assert day(timetable(saturdays, KEY_IN_PUBLIC, TUE_18_JULY), "reg_6_2") == date(2017, 7, 11)
    shut = maker("cabinet", closed=Closed(days=frozenset({date(2017, 7, 14)})))
    assert day(timetable(shut, KEY_IN_PUBLIC, TUE_18_JULY), "reg_6_2") == date(2017, 7, 7)


def test_an_executive_decision_without_a_recorded_window_says_that_none_is_known() -> None:
    table = timetable(CABINET, KEY_IN_PUBLIC, TUE_18_JULY)
    assert any("no statute sets it" in s for s in table.not_stated)


@pytest.mark.parametrize(
    ("asked_on", "words"),
    [
        (date(2026, 11, 16), "in 9 days"),
        (date(2026, 11, 24), "tomorrow"),
        (date(2026, 11, 25), "today, by midnight"),
        (date(2026, 11, 26), "1 working day late"),
        (date(2026, 11, 30), "3 working days late"),
    ],
)
def test_a_due_day_says_how_far_off_it_is(asked_on: date, words: str) -> None:
    assert distance(date(2026, 11, 25), asked_on) == words


def test_a_scrutiny_request_is_met_by_the_tenth_clear_day() -> None:
    assert duty_after("reg_17", date(2018, 3, 1))[0] == date(2018, 3, 11)


def test_an_interest_is_declared_within_28_days_of_knowing_it() -> None:
    due, authority = duty_after("interests_icb", date(2024, 10, 1))
    assert due == date(2024, 10, 29)
    assert authority.unverified


def test_a_new_members_28_days_begin_with_the_day_of_election() -> None:
    # Elected on 3 May 2018: that day is the first, 30 May the twenty-eighth.
    assert duty_after("interests_councillors", date(2018, 5, 3))[0] == date(2018, 5, 30)


def test_records_are_kept_six_years_and_background_papers_four() -> None:
    assert duty_after("keep_executive_records", TUE_18_JULY)[0] == date(2023, 7, 18)
    assert duty_after("keep_executive_background_papers", TUE_18_JULY)[0] == date(2021, 7, 18)


def test_a_timetable_prints_as_plain_data() -> None:
    data = timetable(CABINET, KEY_IN_PUBLIC, TUE_18_JULY).to_data(date(2017, 6, 10))
    first = data["steps"][0]
    assert first["by"] == "2017-06-19"
    assert first["due"] == "Monday 19 June 2017, in 9 days"
    assert first["authority"] == "SI 2012/2089, regulation 9(1) and (2)"
    assert data["regime"] == ["executive"]


def test_a_timetable_prints_due_date_distance_rule_and_authority() -> None:
    lines = printed(timetable(CABINET, KEY_IN_PUBLIC, TUE_18_JULY), date(2017, 6, 10))
    at = lines.index("Notice that a key decision is to be made")
    assert lines[at + 1] == "  Monday 19 June 2017, in 9 days."
    assert (
        lines[at + 2]
        == "  28 clear days before the decision. SI 2012/2089, regulation 9(1) and (2)"
    )
    assert "Wednesday 7 June 2017" in lines[at + 3]
    assert any("Notice by Monday 10 July 2017." in line for line in lines)
    assert any(line.startswith("  private meeting: The item is taken in public.") for line in lines)


def test_what_rests_on_an_unread_text_says_unverified_wherever_it_is_shown() -> None:
    table = timetable(CABINET, KEY_IN_PUBLIC, TUE_18_JULY)
    shown = next(s for s in table.to_data()["steps"] if "regulation 7" in s["authority"])
    assert shown["unverified"]
    assert any("regulation 7 (unverified)" in line for line in printed(table))


def test_a_date_past_the_bank_holidays_carries_its_warning() -> None:
    table = timetable(CABINET, KEY_IN_PUBLIC, date(2029, 1, 9))
    assert any("31 December 2028" in w.says for w in table.warnings)


def test_an_advisory_body_runs_only_the_clocks_of_its_own_rules() -> None:
    board = maker("advisory", name="Management board")
    rule = LocalRule(
        name="papers", of="Management board", clock="agenda and reports", period="7 days"
    )
    table = timetable(board, Business(function_kind="executive"), TUE_18_JULY, [rule])
    assert [(s.clock, s.day, s.local) for s in table.steps] == [
        ("agenda and reports", date(2017, 7, 11), True)
    ]
