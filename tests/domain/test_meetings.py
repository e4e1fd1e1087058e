"""One meeting of several organisations: lawful for whom, who is there at each item, what stands.

Votes by who has left, votes on a closed item and attendance changed after a vote are refused.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.middlemarch_board import (
    BROOKE,
    CHETTAM,
    COUNCIL,
    EVERYONE,
    ICB,
    MINCHIN,
    ROSAMOND,
    SPRAGUE,
    VINCY,
    arrived,
    at,
    closed,
    held,
    middlemarch,
    opened,
    record,
    says,
    votes,
)

from concord.domain.agreements.matter import Sitting
from concord.domain.clocks import Business
from concord.domain.decisions.meetings import (
    Attendee,
    Exclusion,
    Happening,
    Happens,
    HeldMeeting,
    at_item,
    called_for,
    may_exclude,
    may_record,
    may_sit,
    may_take_vote,
    quorums,
    sitting_at,
    voters,
)
from concord.domain.findings import Answer

BOTH = {
    "council": Business(function_kind="executive", key=False, private=False),
    "icb": Business(function_kind="NHS", key=None, private=False),
}
PAPERS = "agenda and reports"


# Lawful for whom ------------------------------------------------------------------------


def in_common(on: date) -> HeldMeeting:
    """Cabinet and the ICB's Board, meeting in one room."""
    return HeldMeeting(id="common", on=on, bodies=("cabinet", "icb_board"))


def lawful(on: date, council: date, icb: date) -> dict[str, bool]:
    public = {("council", PAPERS): council, ("icb", PAPERS): icb}
    found = called_for(middlemarch(), in_common(on), BOTH, public)
    return {c.organisation: c.verdict.stands for c in found}


def test_one_meeting_can_be_in_time_for_the_nhs_and_late_for_the_council():
    # Monday 4 January 2027. Five whole working days before it: 31, 30, 29 December, then 28 and 25
    # are bank holidays. The council is closed on 24 December, so its other two are 23 and 22 and
    # the papers are due on 21; the ICB's are 24 and 23, and its papers are due on 22.
    monday, due = date(2027, 1, 4), date(2026, 12, 22)
    assert lawful(monday, due, due) == {"council": False, "icb": True}
    day_before = date(2026, 12, 21)
    assert lawful(monday, day_before, due) == {"council": True, "icb": True}


def test_a_late_one_says_when_it_was_due_and_which_way_is_open():
    due = date(2026, 12, 22)
    public = {("council", PAPERS): due, ("icb", PAPERS): due}
    found = called_for(middlemarch(), in_common(date(2027, 1, 4)), BOTH, public)
    council = next(c for c in found if c.organisation == "council").verdict
    assert "due by Monday 21 December 2026" in says(council)
    assert "shorter notice" in " ".join(council.remedies)


def test_a_day_that_nobody_recorded_is_no_notice():
    found = called_for(middlemarch(), in_common(date(2026, 11, 24)), BOTH, {})
    assert {c.verdict.answer for c in found} == {Answer.REFUSED}
    assert all("nobody has recorded" in says(c.verdict) for c in found)


# Who may sit ----------------------------------------------------------------------------


def sits(who: Attendee, without: str = "") -> Answer:
    meeting = held()
    left = tuple(a for a in meeting.attendees if a.person != without)
    return may_sit(middlemarch(), replace(meeting, attendees=left), who).answer


def test_a_council_member_sends_a_named_substitute_and_an_icb_member_none():
    frost = Attendee(person="Frost", body="board", seat="members", instead_of=CHETTAM, named=True)
    assert sits(frost, without=CHETTAM) is Answer.STANDS
    assert sits(replace(frost, named=False), without=CHETTAM) is Answer.REFUSED
    nurse = Attendee(person="Nurse", body="board", seat="icb", instead_of=MINCHIN, named=True)
    assert sits(nurse, without=MINCHIN) is Answer.REFUSED


def test_nobody_sits_instead_of_someone_who_is_there_nor_where_every_seat_is_taken():
    frost = Attendee(person="Frost", body="board", seat="members", instead_of=CHETTAM, named=True)
    assert sits(frost) is Answer.REFUSED
    assert sits(Attendee(person="Fourth", body="board", seat="members")) is Answer.REFUSED
    assert sits(Attendee(person="Fourth", body="board", seat="chairs")) is Answer.REFUSED


# Attendance, item by item ---------------------------------------------------------------


def test_each_item_has_the_attendance_of_its_own_time():
    meeting = held("5", "6")
    log = record(
        meeting,
        *arrived(*COUNCIL, ROSAMOND),
        opened("5", "14:10"), closed("5", "14:20"),
        *arrived(SPRAGUE, clock="14:25"),
        Happening(what=Happens.LEFT, at=at("14:26"), who=CHETTAM),
        opened("6", "14:30"),
    )  # fmt: skip
    five, six = at_item(meeting, log, "5"), at_item(meeting, log, "6")
    assert five.present == {*COUNCIL, ROSAMOND}
    assert six.present == {BROOKE, VINCY, ROSAMOND, SPRAGUE}


def test_the_meeting_at_an_item_is_what_authority_asks_about():
    meeting = held()
    log = record(meeting, *arrived(), opened(), *votes([*COUNCIL, ROSAMOND, SPRAGUE], [MINCHIN]))
    asked = sitting_at(middlemarch(), meeting, at_item(meeting, log, "5"), "board")
    assert asked.at("members") == Sitting(3, 0, 3, 0)
    assert asked.at("icb") == Sitting(3, 0, 2, 1)
    assert voters(at_item(meeting, log, "5"), meeting, "board.icb") == (ROSAMOND, SPRAGUE)


def test_a_substitute_is_counted_as_one():
    meeting = held()
    frost = Attendee(person="Frost", body="board", seat="members", instead_of=CHETTAM, named=True)
    rest = tuple(a for a in meeting.attendees if a.person != CHETTAM)
    meeting = replace(meeting, attendees=(*rest, frost))
    log = record(meeting, *arrived(BROOKE, VINCY, "Frost", *ICB), opened())
    asked = sitting_at(middlemarch(), meeting, at_item(meeting, log, "5"), "board")
    assert asked.at("members") == Sitting(3, 1, 0, 0)


def test_a_block_vote_counts_every_member_of_that_organisation_who_is_there():
    meeting = held()
    block = Happening(
        what=Happens.VOTED, at=at("14:40"), item="5", who=ROSAMOND, organisation="icb", way=True
    )
    log = record(meeting, *arrived(*COUNCIL, ROSAMOND, SPRAGUE), opened(), block)
    asked = sitting_at(middlemarch(), meeting, at_item(meeting, log, "5"), "board")
    assert asked.at("icb") == Sitting(2, 0, 2, 0)
    assert asked.at("members") == Sitting(3, 0, 0, 0)


def test_items_taken_together_share_one_vote():
    meeting = replace(held("5", "6", "7"), together=(("5", "6"),))
    log = record(meeting, *arrived(), opened("5"), *votes(EVERYONE, item="6"), closed("6"))
    assert at_item(meeting, log, "5").votes == at_item(meeting, log, "6").votes
    assert len(at_item(meeting, log, "5").votes) == 6
    assert not at_item(meeting, log, "7").voted


# What is refused ------------------------------------------------------------------------


def refused(log: tuple[Happening, ...], h: Happening, meeting: HeldMeeting | None = None) -> str:
    verdict = may_record(middlemarch(), meeting or held(), log, h)
    assert verdict.answer is Answer.REFUSED
    return says(verdict)


def test_a_vote_by_someone_who_has_left_is_refused_with_the_time():
    left = Happening(what=Happens.LEFT, at=at("14:32"), who=MINCHIN)
    log = record(held(), *arrived(), opened(), left)
    assert refused(log, *votes([MINCHIN])) == f"{MINCHIN} left at 14:32"


def test_a_vote_by_someone_who_withdrew_is_refused():
    away = Happening(what=Happens.WITHDREW, at=at("14:31"), who=VINCY, item="5", why="interest")
    log = record(held(), *arrived(), opened(), away)
    assert refused(log, *votes([VINCY])) == f"{VINCY} withdrew from this item"


def test_a_vote_after_the_item_closed_or_before_it_opened_is_refused():
    log = record(held(), *arrived(), opened(), closed(clock="14:40"))
    assert refused(log, *votes([BROOKE])) == "the item was closed at 14:40"
    assert refused(record(held(), *arrived()), *votes([BROOKE])) == "the item is not open"


def test_attendance_cannot_change_once_votes_are_recorded():
    log = record(held(), *arrived(*COUNCIL, ROSAMOND, SPRAGUE), opened(), *votes([BROOKE]))
    assert "votes on item 5" in refused(log, *arrived(MINCHIN, clock="14:46"))
    gone = Happening(what=Happens.LEFT, at=at("14:46"), who=VINCY)
    assert "votes on item 5" in refused(log, gone)
    log = record(held(), *log, closed())
    assert "votes on item 5" in refused(log, replace(gone, at=at("14:44")))
    assert may_record(middlemarch(), held(), log, replace(gone, at=at("14:51"))).stands


def test_beginning_the_vote_again_lets_attendance_change_and_asks_why():
    again = Happening(what=Happens.VOTE_BEGUN_AGAIN, at=at("14:46"), item="5")
    log = record(held(), *arrived(*COUNCIL, ROSAMOND, SPRAGUE), opened(), *votes(COUNCIL))
    assert may_record(middlemarch(), held(), log, again).answer is Answer.NEEDS
    log = record(held(), *log, replace(again, why="a member came in during the count"))
    assert not at_item(held(), log, "5").voted
    log = record(held(), *log, *arrived(MINCHIN, clock="14:47"))
    assert MINCHIN in at_item(held(), log, "5").taking_part


def test_a_vote_given_again_while_the_item_is_open_replaces_the_first():
    log = record(held(), *arrived(), opened(), *votes([BROOKE]), *votes((), [BROOKE]))
    assert list(at_item(held(), log, "5").votes.values()) == [False]


def test_one_item_at_a_time_and_each_once():
    meeting = held("5", "6")
    log = record(meeting, *arrived(), opened("5"))
    assert refused(log, opened("6", "14:31"), meeting) == "item 5 is still open"
    log = record(meeting, *log, closed("5", "14:35"))
    assert refused(log, opened("5", "14:40"), meeting) == "the item has been taken"
    assert "not on the agenda" in refused(log, opened("9", "14:40"), meeting)


def test_a_vote_is_not_slipped_in_before_something_recorded_later():
    log = record(held(), *arrived(), opened(), *votes([BROOKE], clock="14:45"))
    assert "something was recorded at 14:45" in refused(log, *votes([VINCY], clock="14:44"))


def test_a_stranger_neither_comes_nor_votes():
    assert "has no seat" in refused((), *arrived("Raffles"))
    log = record(held(), *arrived(), opened())
    assert "no such seat" in refused(log, *votes(["Raffles"]))


def test_whoever_sits_for_both_partners_says_for_which_they_vote():
    both = Attendee(person=BROOKE, body="board", seat="icb")
    meeting = replace(held(), attendees=(*held().attendees[:-1], both))
    log = record(meeting, *arrived(*COUNCIL, ROSAMOND, SPRAGUE), opened())
    (vote,) = votes([BROOKE])
    assert "more than one organisation" in refused(log, vote, meeting)
    log = record(meeting, *log, replace(vote, seat="board.icb"))
    asked = sitting_at(middlemarch(), meeting, at_item(meeting, log, "5"), "board")
    assert (asked.at("members").for_, asked.at("icb").for_) == (0, 1)


def test_an_interest_keeps_its_holder_from_voting():
    log = record(held(), *arrived(), opened())
    (vote,) = votes([VINCY])
    verdict = may_record(middlemarch(), held(), log, vote, barred=frozenset({VINCY}))
    assert "an interest keeps" in says(verdict)


# Quorum, item by item and organisation by organisation ----------------------------------


def test_quorum_falls_on_one_side_when_two_of_three_cannot_decide():
    log = record(held(), *arrived(), opened())
    state = at_item(held(), log, "5")
    barred = frozenset({ROSAMOND, SPRAGUE})
    each = {q.organisation: q.verdict for q in quorums(middlemarch(), held(), state, barred)}
    assert each["council"].stands
    assert each["icb"].answer is Answer.REFUSED
    assert "one member of NHS Loamshire" in says(each["icb"])
    assert may_take_vote(middlemarch(), held(), state, "board").stands
    assert not may_take_vote(middlemarch(), held(), state, "board", barred).stands


def test_the_vote_waits_for_the_item_to_open_and_is_over_when_it_closes():
    log = record(held(), *arrived())
    before = may_take_vote(middlemarch(), held(), at_item(held(), log, "5"), "board")
    assert before.answer is Answer.NEEDS
    log = record(held(), *log, opened(), closed())
    after = may_take_vote(middlemarch(), held(), at_item(held(), log, "5"), "board")
    assert after.answer is Answer.REFUSED


# The public ------------------------------------------------------------------------------

PRICES = Exclusion(
    parts=("appendix 2",), resolved=True, paragraph=3, outweighs="a tender is under way"
)


def test_a_council_excludes_the_public_from_a_named_part_with_its_description():
    assert may_exclude("executive", PRICES).stands
    for lacking in ({"parts": ()}, {"resolved": False}, {"paragraph": None}, {"paragraph": 8},
                    {"outweighs": " "}):  # fmt: skip
        verdict = may_exclude("executive", replace(PRICES, **lacking))
        assert verdict.answer is Answer.NEEDS, lacking


def test_confidential_information_is_kept_back_without_a_resolution():
    assert may_exclude("executive", Exclusion(parts=("item 7",), confidential=True)).stands


def test_an_nhs_body_gives_special_reasons_and_knows_no_schedule_12a():
    assert may_exclude("NHS body", PRICES).answer is Answer.NEEDS
    reasons = replace(PRICES, paragraph=None, special_reasons="prices under tender")
    verdict = may_exclude("NHS body", reasons)
    assert verdict.stands
    assert all("1960" in str(r.authority) for r in verdict.reasons)


# Of every record ------------------------------------------------------------------------

kinds = st.sampled_from(list(Happens))
people = st.sampled_from(EVERYONE)
ways = st.sampled_from([True, False, None])
happenings = st.lists(
    st.tuples(kinds, people, ways, st.integers(0, 3), st.sampled_from("56")), max_size=25
)


@given(happenings)
def test_no_record_that_the_rules_let_through_counts_a_vote_of_somebody_not_there(rows):
    meeting, log, now = held("5", "6"), arrived(*COUNCIL, *ICB[:2]), at("14:01")
    for what, who, way, minutes, item in rows:
        now += timedelta(minutes=minutes)
        named = "" if what in (Happens.ITEM_OPENED, Happens.ITEM_CLOSED) else who
        h = Happening(what=what, at=now, who=named, item=item, way=way, why="said")
        if may_record(middlemarch(), meeting, log, h).stands:
            log = (*log, h)
    for item in ("5", "6"):
        state = at_item(meeting, log, item)
        assert {who for who, _ in state.votes} <= state.taking_part
        for seat in sitting_at(middlemarch(), meeting, state, "board").seats.values():
            assert seat.for_ + seat.against <= seat.present <= 3


def test_whoever_voted_cannot_leave_under_the_name_of_another_item():
    meeting, log = held("5", "6"), arrived(*COUNCIL, *ICB[:2])
    for what, who, minute in (
        (Happens.ITEM_OPENED, "", "14:04"),
        (Happens.VOTED, COUNCIL[0], "14:08"),
    ):
        h = Happening(what=what, at=at(minute), who=who, item="6", way=True)
        assert may_record(middlemarch(), meeting, log, h).stands
        log = (*log, h)
    left = Happening(what=Happens.LEFT, at=at("14:15"), who=COUNCIL[0], item="5")
    verdict = may_record(middlemarch(), meeting, log, left)
    assert not verdict.stands
    assert "item 6" in verdict.reasons[0].says
