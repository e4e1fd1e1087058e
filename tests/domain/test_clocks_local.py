"""A place's own clocks beside the law: stricter wins, looser is found, nothing is hidden."""

from datetime import date

import pytest

from concord.domain.calendar import Closed, Counting
from concord.domain.clocks import (
    Business,
    DecisionMaker,
    LocalRule,
    Step,
    Timetable,
    call_in_closes,
    local_rule_findings,
    timetable,
)
from concord.domain.findings import Authority, Weight

COUNCIL = "Southampton City Council"
CABINET = DecisionMaker(
    name="Cabinet", form="cabinet", organisation=COUNCIL, governance="leader and cabinet"
)
KEY_IN_PUBLIC = Business(function_kind="executive", key=True, private=False)
TUE_18_JULY = date(2017, 7, 18)


def rule(clock: str, period: str, of: str = COUNCIL, **more: object) -> LocalRule:
    given: dict[str, object] = {
        "governance": "leader and cabinet",
        "authority": Authority(clause="rule 8"),
    }
    return LocalRule(name=clock, of=of, clock=clock, period=period, **{**given, **more})  # type: ignore[arg-type]


def weights(*rules: LocalRule) -> list[tuple[str, Weight]]:
    return [(f.id, f.weight) for f in local_rule_findings(rules)]


def found(table: Timetable, id_: str) -> Step:
    step = table.step(id_)
    assert step is not None
    return step


def test_a_stricter_local_period_is_used_and_the_laws_day_stays_beside_it() -> None:
    step = found(
        timetable(
            CABINET,
            KEY_IN_PUBLIC,
            TUE_18_JULY,
            [rule("agenda and reports", "8 clear working days")],
        ),
        "reg_6_2",
    )
    assert step.day == date(2017, 7, 5)
    assert step.local
    assert "Monday 10 July 2017" in step.beside[0]
    assert "The stricter rule is used." in step.beside[0]


def test_a_looser_local_period_never_moves_the_laws_day() -> None:
    # Southampton's report: 28 days for the forward plan, five working days for reports.
    rules = [rule("forward plan", "28 days"), rule("agenda and reports", "5 working days")]
    table = timetable(CABINET, KEY_IN_PUBLIC, TUE_18_JULY, rules)
    plan, papers = found(table, "reg_9_2"), found(table, "reg_6_2")
    assert (plan.day, papers.day) == (date(2017, 6, 19), date(2017, 7, 10))
    assert "Tuesday 20 June 2017" in plan.beside[0]
    assert "Tuesday 11 July 2017" in papers.beside[0]
    assert [f.id for f in table.findings] == ["clock.looser_than_law"] * 2


def test_a_period_shorter_than_the_laws_is_grave() -> None:
    assert weights(rule("forward plan", "21 clear days")) == [
        ("clock.looser_than_law", Weight.GRAVE)
    ]
    assert weights(rule("agenda and reports", "3 clear working days")) == [
        ("clock.looser_than_law", Weight.GRAVE)  # on a Friday, even where every day counts
    ]
    assert weights(rule("agenda and reports", "2 days")) == [
        ("clock.looser_than_law", Weight.GRAVE)
    ]


def test_the_laws_number_without_the_word_clear_is_slight() -> None:
    (finding,) = local_rule_findings([rule("forward plan", "28 days", file="a.toml", line=9)])
    assert (finding.id, finding.weight) == ("clock.looser_than_law", Weight.SLIGHT)
    assert (finding.file, finding.line) == ("a.toml", 9)
    assert finding.authority == "SI 2012/2089, regulation 9(1) and (2)"


def test_five_working_days_are_looser_only_where_clear_days_are_counted_strictly() -> None:
    (finding,) = local_rule_findings([rule("agenda and reports", "5 working days")])
    assert finding.weight is Weight.SLIGHT
    assert "working days" in finding.says


@pytest.mark.parametrize(
    ("clock", "period"),
    [
        ("forward plan", "28 clear days"),
        ("private meeting", "28 clear days"),
        ("forward plan", "6 weeks"),
        ("agenda and reports", "5 clear days"),
        ("agenda and reports", "5 clear working days"),
        ("agenda and reports", "7 working days"),
        ("call-in window", "2 working days"),
        ("call-in meeting", "10 working days"),
        ("sign-off", "3 days"),
        ("decision published", "2 working days"),
    ],
)
def test_periods_no_looser_than_law_or_that_law_does_not_set_are_not_found(
    clock: str, period: str
) -> None:
    assert weights(rule(clock, period)) == []


def test_an_nhs_body_is_held_to_its_own_three_clear_days() -> None:
    icb = {"of": "NHS Loamshire", "organisation_kind": "integrated care board", "governance": ""}
    assert weights(rule("agenda and reports", "3 clear working days", **icb)) == []
    assert weights(rule("agenda and reports", "1 day", **icb)) == [
        ("clock.looser_than_law", Weight.GRAVE)
    ]
    assert weights(rule("call-in window", "5 working days", **icb)) == [
        ("clock.does_not_apply", Weight.SLIGHT)
    ]


def test_a_rule_that_ended_in_2002_is_held_to_the_law_of_its_day() -> None:
    old = {"governance": "committee system", "ends": date(2002, 9, 30)}
    assert weights(rule("agenda and reports", "3 clear days", **old)) == []
    now = {"governance": "committee system", "starts": date(2002, 10, 1)}
    assert weights(rule("agenda and reports", "3 clear days", **now)) != []


def test_a_silent_clock_is_a_finding_and_a_gap_not_a_guess() -> None:
    silent = rule("call-in window", "not stated")
    assert weights(silent) == [("clock.not_stated", Weight.SLIGHT)]
    table = timetable(CABINET, KEY_IN_PUBLIC, TUE_18_JULY, [silent], date(2017, 7, 20))
    assert found(table, "call-in window").day is None
    assert any("not stated" in s for s in table.not_stated)


def test_words_that_are_no_period_are_a_finding_and_never_a_crash() -> None:
    assert weights(rule("forward plan", "a month or so")) == [("clock.not_a_period", Weight.SLIGHT)]


def test_the_call_in_window_runs_from_publication_and_keeps_its_hour() -> None:
    # Medway published on 22 February 2005; the fifth working day after is 1 March.
    window = rule("call-in window", "5 working days", cut_off="17:00", callers="five members")
    assert call_in_closes(window, date(2005, 2, 22)) == date(2005, 3, 1)
    table = timetable(CABINET, KEY_IN_PUBLIC, TUE_18_JULY, [window], date(2017, 7, 20))
    step = found(table, "call-in window")
    assert step.due() == "Thursday 27 July 2017, by 17:00"
    assert step.due(date(2017, 7, 27)) == "Thursday 27 July 2017, by 17:00, today"
    assert step.due(date(2017, 7, 28)) == "Thursday 27 July 2017, by 17:00, closed"
    assert "five members" in step.what
    exempt = next(x for x in table.exits if x.id == "call_in_exemption")
    assert exempt.from_step == "call-in window"


def test_the_window_has_no_day_until_the_decision_is_published() -> None:
    window = rule("call-in window", "5 working days")
    step = found(timetable(CABINET, KEY_IN_PUBLIC, TUE_18_JULY, [window]), "call-in window")
    assert step.day is None
    assert step.when == "5 working days after publication"


def test_a_local_rule_reaches_only_the_business_it_names() -> None:
    key_only = rule("sign-off", "10 working days", applies_to="key decisions")
    for key, runs in ((True, True), (False, False), (None, True)):
        asked = Business(function_kind="executive", key=key, private=False)
        step = timetable(CABINET, asked, TUE_18_JULY, [key_only]).step("sign-off")
        assert (step is not None) is runs
    unknown = Business(function_kind="executive", private=False)
    step = found(timetable(CABINET, unknown, TUE_18_JULY, [key_only]), "sign-off")
    assert step.if_ == "if the decision is key"
    executive_only = rule("sign-off", "10 working days", applies_to="every executive decision")
    council = DecisionMaker(
        name="Council", form="full council", organisation=COUNCIL, governance="leader and cabinet"
    )
    plain = Business(function_kind="non-executive")
    assert timetable(council, plain, TUE_18_JULY, [executive_only]).step("sign-off") is None


def test_a_local_rule_holds_only_between_its_dates() -> None:
    ended = rule("agenda and reports", "8 clear working days", ends=date(2017, 7, 17))
    step = found(timetable(CABINET, KEY_IN_PUBLIC, TUE_18_JULY, [ended]), "reg_6_2")
    assert not step.local


def test_a_board_of_delegates_keeps_the_papers_rule_its_text_adopts() -> None:
    board = DecisionMaker(
        name="Board",
        form="individual delegates",
        organisation=COUNCIL,
        governance="leader and cabinet",
    )
    adopted = rule("agenda and reports", "5 working days", of="Board")
    table = timetable(board, KEY_IN_PUBLIC, TUE_18_JULY, [adopted])
    assert found(table, "agenda and reports").day == date(2017, 7, 11)


def test_a_clock_counts_by_its_own_organisations_days() -> None:
    shut = Closed(days=frozenset({date(2017, 7, 14)}))
    step = found(
        timetable(
            CABINET,
            KEY_IN_PUBLIC,
            TUE_18_JULY,
            [rule("sign-off", "5 clear days", counting=Counting.WORKING, closed=shut)],
        ),
        "sign-off",
    )
    assert step.day == date(2017, 7, 7)
