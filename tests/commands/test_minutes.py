"""Minutes from the record to the signature: corrected by two at once, public only when approved."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count

import pytest
from tests.commands.meeting_room import (
    BROOKE,
    CHETTAM,
    COUNCIL,
    EVERYONE,
    ICB,
    MINCHIN,
    ROSAMOND,
    VINCY,
    room_for,
)

from concord.commands.meetings import record
from concord.commands.minutes import (
    MinutesDiffer,
    approve_minutes,
    correct_minutes,
    draft_minutes,
    put_minutes,
    sign_minutes,
)
from concord.commands.minutes_read import minutes_on, minutes_to_approve, public_minutes
from concord.domain.decisions.meetings import Happens
from concord.domain.decisions.minutes import MinuteLine
from concord.domain.findings import Refused
from concord.records.models import MinutesEntry, Publication
from concord.records.verification import verify_evidence

DECEMBER = date(2026, 12, 16)
SECRET = "the price that Stone Court asked"


@pytest.fixture
def clerk(cast, operator):
    return replace(
        operator, account=cast.democratic_services_officer,
        now=datetime(2026, 12, 17, 9, tzinfo=UTC),
    )  # fmt: skip


@pytest.fixture
def held(clerk):
    """A closed meeting: one item decided by all six, one taken in private, one late."""
    room = room_for(clerk)
    room.gather()
    room.say("presides", "14:00", who=BROOKE)
    room.put()
    room.put("6", "Home care contract", purpose="information", private=True)
    late = {"item": "7", "title": "Winter beds", "kind": "late"}
    record(
        clerk, "middlemarch", room.meeting.name, key="late", kind="item put on the agenda",
        said={**late, "why_late": "the trust closed a ward on Monday"}, at=room.at("13:56"),
    )  # fmt: skip
    room.open()
    room.say("noted", "14:40", item="5", words="Members asked about staffing")
    room.vote(*EVERYONE)
    room.outcome()
    room.say(
        "the public excluded", "14:55", item="6", parts=["the contract price"], resolved=True,
        paragraph=3, outweighs="a bidder would learn the price", special_reasons="commercial",
    )  # fmt: skip
    room.open("6", "14:56")
    room.say("noted", "14:57", item="6", words=f"Members heard {SECRET}")
    room.say(Happens.ITEM_CLOSED, "14:58", item="6")
    room.say("meeting closed", "15:30")
    return room


KEYS = count()


def act(command, clerk, room, **more):
    said = {"body": "board", "key": f"m{next(KEYS)}", **more}
    return command(clerk, "middlemarch", room.meeting.name, **said)


def now(room, body="board"):
    return minutes_on(room.meeting, body)


def says(room, body="board") -> str:
    return " ".join(line.says for line in now(room, body).lines)


def corrected(clerk, room, was: str, is_: str, seen=None, why="A slip"):
    begun = now(room)
    lines = begun.lines
    if seen is not None:
        entry = MinutesEntry.objects.get(pk=seen)
        lines = [MinuteLine(x["item"], x["says"], x["private"]) for x in entry.lines]
    changed = [replace(x, says=x.says.replace(was, is_)) for x in lines]
    return act(
        correct_minutes, clerk, room, lines=changed, why=why, seen=seen or begun.seen
    )  # fmt: skip


def later_meeting(clerk, *people, on=DECEMBER):
    room = room_for(clerk, on)
    room.gather(*(people or EVERYONE))
    room.say("presides", "14:00", who=ROSAMOND)
    return room


def refusal(do) -> str:
    with pytest.raises(Refused) as caught:
        do()
    return str(caught.value)


def test_the_draft_says_all_that_the_record_holds(clerk, held):
    act(draft_minutes, clerk, held)
    lines = [(x.item, x.says) for x in now(held).lines]
    assert ("", f"{BROOKE} presided.") in lines
    assert ("5", "Members asked about staffing.") in lines
    assert ("7", "Taken as an urgent item: the trust closed a ward on Monday.") in lines
    assert ("7", "Not taken.") in lines
    assert any(i == "5" and s.startswith("For Middlemarch Borough Council,") for i, s in lines)
    assert "Board decided" not in says(held)
    excluded = next(s for i, s in lines if "exclude" in s)
    assert "paragraph 3 of Schedule 12A" in excluded


def test_what_was_taken_in_private_is_marked(clerk, held):
    act(draft_minutes, clerk, held)
    private = [x.says for x in now(held).lines if x.private]
    assert private == [f"Members heard {SECRET}."]


def test_minutes_wait_until_the_meeting_is_closed(clerk):
    room = room_for(clerk)
    assert "not closed" in refusal(lambda: act(draft_minutes, clerk, room))


def test_a_correction_says_why_and_the_text_before_it_stays(clerk, held):
    act(draft_minutes, clerk, held)
    assert "what was wrong" in refusal(
        lambda: corrected(clerk, held, "staffing", "nursing", why=" ")
    )
    corrected(clerk, held, "staffing", "nursing", why="It was nursing")
    assert "nursing" in says(held)
    texts = [str(e.lines) for e in MinutesEntry.objects.order_by("pk")]
    assert ["staffing" in t for t in texts] == [True, False]
    assert not list(verify_evidence())


def test_two_editors_of_different_lines_are_put_together(clerk, held):
    act(draft_minutes, clerk, held)
    begun = now(held).seen
    corrected(clerk, held, "staffing", "nursing")
    corrected(clerk, held, "closed a ward", "closed two wards", seen=begun)
    assert "nursing" in says(held)
    assert "two wards" in says(held)


def test_two_editors_of_one_line_are_shown_both_and_neither_is_lost(clerk, held):
    act(draft_minutes, clerk, held)
    begun = now(held).seen
    corrected(clerk, held, "staffing", "nursing")
    with pytest.raises(MinutesDiffer) as caught:
        corrected(clerk, held, "staffing", "porters", seen=begun)
    assert any("porters" in x.says for x in caught.value.yours)
    assert any("nursing" in x.says for x in caught.value.now.lines)


def approved(clerk, room, later=None, **more):
    act(draft_minutes, clerk, room)
    act(put_minutes, clerk, room)
    later = later or later_meeting(clerk)
    return act(approve_minutes, clerk, room, at=later.meeting.name, **more)


def test_a_later_quorate_meeting_of_the_body_approves_them_and_who_presided_signs(clerk, held):
    approved(clerk, held)
    assert "did not preside" in refusal(lambda: act(sign_minutes, clerk, held, who=BROOKE))
    act(sign_minutes, clerk, held, who=ROSAMOND)
    fact = now(held).fact
    assert (fact.stage, fact.signed_by, fact.approved) == ("signed", ROSAMOND, DECEMBER)
    assert not list(verify_evidence())


def test_what_waits_for_approval_is_told_to_whoever_makes_the_next_agenda(clerk, held):
    act(draft_minutes, clerk, held)
    assert minutes_to_approve("middlemarch", ["board"], DECEMBER) == ()
    act(put_minutes, clerk, held)
    waiting = minutes_to_approve("middlemarch", ["board"], DECEMBER)
    assert [m.meeting.name for m in waiting] == [held.meeting.name]
    assert minutes_to_approve("middlemarch", ["cabinet"], DECEMBER) == ()
    assert minutes_to_approve("middlemarch", ["board"], held.meeting.on) == ()


def test_an_inquorate_meeting_approves_nothing(clerk, held):
    # Schedule 2, paragraph 4: two of each; one of the ICB is there.
    later = later_meeting(clerk, *COUNCIL, ROSAMOND)
    assert "quorate" in refusal(lambda: approved(clerk, held, later))


def test_neither_the_same_meeting_nor_another_body_approves_them(clerk, held):
    assert "a later meeting" in refusal(lambda: approved(clerk, held, held))
    cabinet = room_for(clerk, DECEMBER, "cabinet")
    cabinet.say("presides", "14:00", who=BROOKE)
    assert "only the body itself" in refusal(
        lambda: act(approve_minutes, clerk, held, at=cabinet.meeting.name)
    )


def test_approved_minutes_are_corrected_in_those_of_a_later_meeting(clerk, held):
    approved(clerk, held)
    said = refusal(lambda: corrected(clerk, held, "staffing", "nursing"))
    assert "they are approved, and nobody can correct them" in said


def test_nothing_is_public_before_approval_and_then_all_but_what_was_private(clerk, held):
    act(draft_minutes, clerk, held)
    act(put_minutes, clerk, held)
    assert public_minutes("middlemarch") == ()
    assert not Publication.objects.filter(kind="minutes").exists()
    later = later_meeting(clerk)
    act(approve_minutes, clerk, held, at=later.meeting.name)
    assert [m.body for m in public_minutes("middlemarch")] == ["board"]
    rows = list(Publication.objects.filter(kind="minutes"))
    assert sorted(r.media_type for r in rows) == ["application/pdf", "text/html"]
    page = next(bytes(r.body).decode() for r in rows if r.media_type == "text/html")
    assert "Members asked about staffing" in page
    assert "kept from the public" in page
    assert SECRET not in page
    assert not list(verify_evidence())


def test_each_body_of_a_joint_meeting_has_its_own_minutes(clerk):
    room = room_for(clerk, DECEMBER, "board", "cabinet")
    room.gather(*COUNCIL, *ICB)
    room.put(bodies=["board"])
    room.put("c1", "Leisure", purpose="information", bodies=["cabinet"])
    room.say("expected in a seat", "13:50", who="Arthur Brooke", body="cabinet", seat="members")
    room.say(Happens.ARRIVED, "14:00", who="Arthur Brooke")
    room.say("meeting closed", "15:30")
    for body in ("board", "cabinet"):
        act(draft_minutes, clerk, room, body=body)
    assert {x.item for x in now(room).lines} == {"", "5"}
    assert {x.item for x in now(room, "cabinet").lines} == {"", "c1"}
    assert MINCHIN in says(room)
    assert MINCHIN not in says(room, "cabinet")
    assert "Arthur Brooke" in says(room, "cabinet")
    assert "Arthur Brooke" not in says(room)


def test_the_same_act_sent_twice_is_there_once(clerk, held):
    act(draft_minutes, clerk, held)
    for _ in range(2):
        act(put_minutes, clerk, held, key="put-once")
    assert MinutesEntry.objects.count() == 2


def test_a_member_does_not_write_minutes(cast, clerk, held):
    member = replace(clerk, account=cast.councillor)
    assert "you may not write and correct minutes" in refusal(
        lambda: act(draft_minutes, member, held)
    )


def test_whoever_left_early_is_in_the_minutes_with_the_time(clerk):
    room = room_for(clerk)
    room.gather()
    room.put()
    room.open()
    room.say(Happens.LEFT, "14:32", who=CHETTAM)
    room.vote(BROOKE, VINCY, *ICB)
    room.outcome()
    room.say("meeting closed", "15:30")
    act(draft_minutes, clerk, room)
    assert f"{CHETTAM} left at 14:32." in says(room)
