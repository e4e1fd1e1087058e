"""Findings on deciding: no way given, a way not stated, a quorum that can never be met."""

from tests.domain.small_place import ids, line_of, one, spoilt

from concord.domain.findings import Weight

QUORUM = "quorum = { number = 2, each = { council = 1, icb = 1 } }"
DECIDING = (
    'deciding = { votes = "by organisation", needs = "all", each_view = "all of its seats" }\n'
)


def test_a_board_at_which_powers_are_used_needs_a_way_of_deciding():
    text = spoilt((DECIDING, ""))
    finding = one(text, "deciding.way_missing")
    assert (finding.line, finding.weight) == (line_of(text, "[bodies.board]"), Weight.GRAVE)


def test_an_advisory_body_without_powers_needs_no_way_of_deciding():
    """The Planning Forum of the small place has none."""
    assert "deciding.way_missing" not in ids(spoilt())


def test_a_cabinet_decides_by_its_own_standing_orders():
    text = spoilt(("{ carried_at", '{ at_meeting_of = "cabinet" }, { carried_at'))
    assert ids(text) == []


def test_a_way_not_stated_is_slight_and_names_everything_that_is_open():
    text = spoilt((DECIDING, 'deciding = "not stated"\n'), (QUORUM, 'quorum = "not stated"'))
    finding = one(text, "deciding.not_stated")
    assert finding.weight is Weight.SLIGHT
    assert finding.says == "Joint Board: its quorum and how it decides are not stated"


def test_how_an_organisations_seats_form_its_view_may_be_open():
    """001 ¶18 asks for consensus of the two and does not say how each forms its view."""
    text = spoilt(('each_view = "all of its seats"', 'each_view = "not stated"'))
    assert "how an organisation's seats form its view" in one(text, "deciding.not_stated").says


def test_a_quorum_larger_than_the_seats_is_out_of_reach():
    text = spoilt((QUORUM, "quorum = { number = 5 }"))
    finding = one(text, "deciding.quorum_unreachable")
    assert finding.line == line_of(text, "number = 5")
    assert "needs five members and has four seats" in finding.says


def test_a_quorum_of_every_seat_is_within_reach():
    assert ids(spoilt((QUORUM, "quorum = { number = 4 }"))) == []


def test_a_partner_with_two_seats_cannot_bring_three():
    text = spoilt((QUORUM, "quorum = { number = 2, each = { council = 1, icb = 3 } }"))
    finding = one(text, "deciding.quorum_unreachable")
    assert "three members of NHS Lowick ICB and has two seats" in finding.says


def test_a_named_seat_is_counted_by_itself():
    text = spoilt((QUORUM, "quorum = { each = { council = 3 } }"))
    assert "deciding.quorum_unreachable" in ids(text)


def test_seats_without_a_vote_do_not_count_towards_a_quorum_of_voting_seats():
    icb = 'seats.icb = { of = "icb", posts = ["chief", "nurse"]'
    text = spoilt((QUORUM, "quorum = { number = 3 }"), (icb, f"{icb}, voting = false"))
    assert "deciding.quorum_unreachable" in ids(text)
    counted = text.replace("number = 3 }", 'number = 3, counting = "all seats" }')
    assert "deciding.quorum_unreachable" not in ids(counted)


def test_a_seat_whose_number_is_not_stated_makes_no_quorum_certainly_unreachable():
    icb = 'seats.icb = { of = "icb", posts = ["chief", "nurse"] }'
    text = spoilt(
        (QUORUM, "quorum = { number = 9, each = { icb = 9 } }"),
        (icb, 'seats.icb = { of = "icb", number = "not stated", drawn_from = "icb_board" }'),
    )
    assert "deciding.quorum_unreachable" not in ids(text)
