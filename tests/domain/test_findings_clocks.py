"""Findings on a place's own clocks, from its text to the law they stand beside."""

from tests.domain.small_place import found, ids, line_of, one, spoilt

from concord.domain.findings import Weight

PERIOD = 'period = "5 clear working days"'


def test_three_clear_working_days_for_an_agenda_are_looser_than_the_law():
    """SI 2012/2089 reg 6 asks for five clear days of an executive."""
    text = spoilt((PERIOD, 'period = "3 clear working days"'))
    finding = one(text, "clock.looser_than_law")
    assert finding.weight is Weight.GRAVE
    assert finding.line == line_of(text, "[clocks.agenda]")
    assert "SI 2012/2089" in finding.authority


def test_a_stricter_clock_is_in_order():
    assert ids(spoilt((PERIOD, 'period = "7 clear working days"'))) == []


def test_a_period_not_stated_is_slight():
    text = spoilt((PERIOD, 'period = "not stated"'))
    assert one(text, "clock.not_stated").weight is Weight.SLIGHT


def test_an_nhs_body_has_no_call_in():
    """LGA 2000 s9F reaches councils only."""
    text = spoilt(
        more='[clocks.call_in]\nof = "icb"\nclock = "call-in window"\nperiod = "5 working days"\n'
    )
    assert one(text, "clock.does_not_apply").weight is Weight.SLIGHT


def test_a_clock_of_an_organisation_whose_kind_is_not_stated_is_held_to_no_law():
    text = spoilt(
        ("[functions]\n", 'other = { name = "Other", kind = "not stated" }\n[functions]\n'),
        more='[clocks.call_in]\nof = "other"\nclock = "call-in window"\nperiod = "1 day"\n',
    )
    assert ids(text) == []


# A council's own rule for call-in ----------------------------------------------------------

WINDOW = '[clocks.call_in]\nof = "council"\nclock = "call-in window"\nperiod = "5 working days"\n'
MEETING = '[clocks.meets]\nof = "council"\nclock = "call-in meeting"\nperiod = "10 working days"\n'


def test_a_whole_rule_for_call_in_is_in_order():
    rule = WINDOW + 'grounds = ["not consulted on"]\nexempt_by = "director"\ncut_off = "17:00"\n'
    assert ids(spoilt(more=rule + MEETING + "lapses = true\n")) == []


def test_a_key_at_a_clock_that_it_says_nothing_of_is_found_there():
    text = spoilt(more=WINDOW + "lapses = true\n" + MEETING + 'exempt_by = "director"\n')
    found_ = [f for f in found(text) if f.id == "clock.key_elsewhere"]
    assert [f.line for f in found_] == [line_of(text, n) for n in ("[clocks.call_in]", "[clocks.m")]
    assert "exempt_by says nothing of a call-in meeting clock" in found_[1].says
    assert "call-in window" in found_[1].remedy


def test_a_stage_after_a_call_in_that_has_no_window_is_found():
    assert one(spoilt(more=MEETING), "clock.no_window").weight is Weight.SLIGHT


def test_two_windows_for_the_same_decisions_are_found_unless_their_days_differ():
    other = WINDOW.replace("call_in]", "again]").replace("5 w", "4 w")
    assert one(spoilt(more=WINDOW + other), "clock.twice").weight is Weight.GRAVE
    apart = WINDOW + "ends = 2025-03-31\n" + other + "starts = 2025-04-01\n"
    assert ids(spoilt(more=apart)) == []
    key_only = other + 'applies_to = "key decisions"\n'
    assert ids(spoilt(more=WINDOW + key_only)) == []


def test_nobody_of_the_nhs_exempts_a_councils_decision_from_its_call_in():
    finding = one(spoilt(more=WINDOW + 'exempt_by = "chief"\n'), "clock.exempts_for_another")
    assert finding.weight is Weight.GRAVE


def test_a_cut_off_that_is_no_time_of_day_is_found():
    finding = one(spoilt(more=WINDOW + 'cut_off = "tea time"\n'), "clock.not_a_time")
    assert finding.weight is Weight.SLIGHT
