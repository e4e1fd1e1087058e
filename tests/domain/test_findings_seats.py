"""Findings on seats: counted twice, voting against the law, no mandate, against their own rule."""

import pytest
from tests.domain.small_place import ids, line_of, one, spoilt

from concord.domain.findings import Weight

COUNCIL_SEAT = 'seats.council = { of = "council", posts = ["leader", "member"] }'
ICB_SEAT = 'seats.icb = { of = "icb", posts = ["chief", "nurse"] }'


def committee(form: str, seat: str) -> str:
    return spoilt(
        more=f'[bodies.panel]\nname = "Panel"\nof = "council"\nlegal_form = "{form}"\n'
        f'deciding = {{ votes = "by member", needs = "majority" }}\nseats.some = {seat}\n'
    )


def test_a_post_in_two_seats_of_one_body_is_counted_twice():
    text = spoilt((ICB_SEAT, ICB_SEAT.replace('"nurse"', '"nurse", "leader"')))
    finding = one(text, "seat.counted_twice")
    assert (finding.line, finding.weight) == (line_of(text, "seats.icb"), Weight.GRAVE)
    assert "Leader sits twice at Joint Board: in council and icb" in finding.says


def test_a_post_in_seats_of_other_days_sits_once():
    text = spoilt(
        (COUNCIL_SEAT, COUNCIL_SEAT.replace(" }", ", ends = 2024-12-31 }")),
        (ICB_SEAT, ICB_SEAT + '\nseats.later = { of = "council", posts = ["leader", "member"], '
         "starts = 2025-01-01 }"),
    )  # fmt: skip
    assert "seat.counted_twice" not in ids(text)


def test_a_post_named_twice_in_one_seat_is_counted_twice():
    text = spoilt((COUNCIL_SEAT, COUNCIL_SEAT.replace('"member"', '"leader"')))
    assert one(text, "seat.counted_twice").line == line_of(text, "seats.council")


def test_an_organisation_named_twice_by_a_body_is_counted_twice():
    text = spoilt((
        'legal_form = "individual delegates"',
        'legal_form = "individual delegates"\npurpose = "to plan"',
    ), ('[bodies.board]\nname = "Joint Board"\nof = ["council", "icb"]',
        '[bodies.board]\nname = "Joint Board"\nof = ["council", "icb", "icb"]'))  # fmt: skip
    assert one(text, "seat.counted_twice").line == line_of(text, "[bodies.board]")


MANDATE = 'mandate = { clause = "Sch 2, 4", starts = 2024-04-01 }'


def test_two_seats_with_the_voice_of_one_organisation_count_it_twice():
    """002 ¶26: one officer may represent several groups; then they have no second voice there."""
    speaks = f', speaks_for = "council", {MANDATE} }}'
    text = spoilt((ICB_SEAT, ICB_SEAT.replace(" }", speaks)))
    assert "both carry the voice of Lowick Council" in one(text, "seat.counted_twice").says


def test_a_seat_that_speaks_for_another_under_a_mandate_is_in_order():
    text = spoilt(
        (COUNCIL_SEAT + "\n", ""),
        ('"board.council"', '"leader"'),
        ("each = { council = 1, icb = 1 }", "each = { icb = 1 }"),
        (ICB_SEAT, f'seats.icb = {{ of = "icb", posts = ["chief", "nurse"], '
         f'speaks_for = "council", {MANDATE} }}'),
    )  # fmt: skip
    assert not [i for i in ids(text) if i.startswith("seat.")]


def test_a_seat_that_speaks_for_another_needs_a_mandate():
    text = spoilt((ICB_SEAT, ICB_SEAT.replace(" }", ', speaks_for = "council" }')))
    finding = one(text, "seat.no_mandate")
    assert finding.weight is Weight.GRAVE
    assert '"not stated"' in finding.remedy


def test_a_mandate_not_stated_is_silence_and_no_fault():
    text = spoilt((
        ICB_SEAT, ICB_SEAT.replace(" }", ', speaks_for = "council", mandate = "not stated" }'),
    ))  # fmt: skip
    assert ids(text) == []


def test_a_co_opted_member_of_an_ordinary_committee_does_not_vote():
    """LGHA 1989 s13(1): who is not a member of the council is non-voting."""
    text = committee("council committee", '{ of = "icb", posts = ["chief"] }')
    finding = one(text, "seat.may_not_vote")
    assert finding.authority == "LGHA 1989, section 13(1)"
    assert not finding.unverified
    assert finding.line == line_of(text, "seats.some")


def test_a_co_opted_member_without_a_vote_is_in_order():
    text = committee("council committee", '{ of = "icb", posts = ["chief"], voting = false }')
    assert ids(text) == []


def test_whether_a_co_opted_member_votes_may_be_not_stated():
    text = committee(
        "council committee", '{ of = "icb", posts = ["chief"], voting = "not stated" }'
    )
    assert ids(text) == []


def test_an_officer_has_no_vote_on_a_council_committee():
    text = committee("council committee", '{ of = "council", posts = ["director"] }')
    assert "Director of Care" in one(text, "seat.may_not_vote").says


def test_only_the_executive_votes_on_a_cabinet_committee():
    """LGA 2000 s9E, which nobody has read for this: the finding says so."""
    text = committee("cabinet committee", '{ of = "council", posts = ["member", "director"] }')
    finding = one(text, "seat.may_not_vote")
    assert finding.says.startswith("Director of Care: no member of the executive")
    assert finding.unverified


@pytest.mark.parametrize("form", ["health and wellbeing board", "advisory"])
def test_officers_and_nhs_members_vote_on_other_boards(form):
    """SI 2013/218: every member of a health and wellbeing board votes unless directed otherwise."""
    text = committee(form, '{ of = "icb", posts = ["chief"] }')
    assert "seat.may_not_vote" not in ids(text)


def test_a_number_that_differs_from_the_posts_departs_from_the_rule():
    text = spoilt((COUNCIL_SEAT, COUNCIL_SEAT.replace(" }", ", number = 3 }")))
    finding = one(text, "seat.departs_from_rule")
    assert finding.weight is Weight.SLIGHT
    assert "three places and two posts" in finding.says


def test_more_cannot_be_drawn_from_a_body_than_it_has():
    text = spoilt(
        ('name = "Cabinet", of = "council", legal_form = "cabinet" }',
         'name = "Cabinet", of = "council", legal_form = "cabinet", '
         'seats = { members = { of = "council", posts = ["leader", "member"] } } }'),
        (COUNCIL_SEAT, 'seats.council = { of = "council", number = 3, drawn_from = "cabinet" }'),
    )  # fmt: skip
    assert "three members from Cabinet, which has two seats" in (
        one(text, "seat.departs_from_rule").says
    )


def test_a_post_drawn_from_a_body_has_a_seat_there():
    text = spoilt(
        ('name = "Cabinet", of = "council", legal_form = "cabinet" }',
         'name = "Cabinet", of = "council", legal_form = "cabinet", '
         'seats = { members = { of = "council", posts = ["leader"] } } }'),
        (COUNCIL_SEAT, COUNCIL_SEAT.replace(" }", ', drawn_from = "cabinet" }')),
    )  # fmt: skip
    assert "Cabinet Member has no seat" in one(text, "seat.departs_from_rule").says
