"""Findings on a place's own clocks, from its text to the law they stand beside."""

from tests.domain.small_place import ids, line_of, one, spoilt

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
