"""What was put off: talks before it returns, returns counted, the dispute ladder climbed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.commands.meeting_room import COUNCIL, EVERYONE, MINCHIN, ROSAMOND, SPRAGUE, room_for

from concord.commands.talks import climb, record_talk
from concord.commands.talks_read import deferred_items
from concord.commands.texts import arrangement_of
from concord.domain.findings import Refused
from concord.records.models import DisputeEntry, Talk
from concord.records.verification import verify_evidence

NOVEMBER, DECEMBER = date(2026, 11, 25), date(2026, 12, 16)
CHAIR_AND_LEAD = ["board.chair", "icb_chief"]  # Schedule 2: who talk before it returns


@pytest.fixture
def clerk(cast, operator):
    return replace(
        operator, account=cast.democratic_services_officer, now=datetime(2027, 2, 1, tzinfo=UTC)
    )


def put_off(clerk, on=NOVEMBER):
    """The council's three for it, and two of the ICB's against: the Board defers it."""
    room = room_for(clerk, on)
    room.gather()
    room.put()
    room.open()
    room.vote(*COUNCIL, ROSAMOND)
    room.vote(SPRAGUE, MINCHIN, way=False)
    assert room.outcome().result == "deferred"


def talk(clerk, on=date(2026, 12, 3), who=CHAIR_AND_LEAD, said="Thirty places", key=""):
    return record_talk(
        clerk, "middlemarch", key=key or f"t {on}", item="5", on=on, who=who, said=said
    )  # fmt: skip


def step(clerk, what="taken up the dispute ladder", on=date(2027, 1, 4), by="icb", said="Beds"):
    return climb(clerk, "middlemarch", key=f"{what} {on}", item="5", step=what, on=on, by=by,
                 said=said)  # fmt: skip


def refusal(act) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return str(caught.value)


def deferred(on=date(2027, 2, 1)):
    return deferred_items("middlemarch", arrangement_of("middlemarch"), on)


def test_what_was_put_off_waits_for_talks_and_then_may_return(clerk):
    put_off(clerk)
    (found,) = deferred(date(2026, 12, 1))
    assert (found.title, found.returned) == ("Forty reablement places", 0)
    assert not found.back.stands
    talk(clerk)
    (found,) = deferred(date(2026, 12, 4))
    assert found.back.stands
    assert len(found.talks) == 1
    assert not list(verify_evidence())


def test_talks_with_somebody_else_do_not_let_it_return(clerk):
    put_off(clerk)
    talk(clerk, who=["director", "icb_cfo"])
    assert not deferred()[0].back.stands


def test_talks_of_before_it_was_put_off_again_count_no_more_and_the_return_is_counted(clerk):
    put_off(clerk)
    talk(clerk)
    put_off(clerk, DECEMBER)
    (found,) = deferred()
    assert found.returned == 1
    assert not found.back.stands


def test_an_item_that_returned_and_was_decided_is_off_the_list(clerk):
    put_off(clerk)
    talk(clerk)
    room = room_for(clerk, DECEMBER)
    room.gather()
    room.put()
    room.open()
    room.vote(*EVERYONE)
    assert room.outcome().result == "decided"
    assert deferred() == ()
    assert "it was decided on" in refusal(lambda: talk(clerk, on=date(2026, 12, 20)))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"on": date(2026, 11, 24)}, "only talks since then count"),
        ({"on": date(2027, 3, 1)}, "still to come"),
        ({"who": ["board.chair"]}, "between two at least"),
        ({"said": " "}, "what was said is not recorded"),
    ],
)
def test_talks_that_say_too_little_are_refused(clerk, more, said):
    put_off(clerk)
    assert said in refusal(lambda: talk(clerk, **more))
    assert not Talk.objects.exists()


def test_nothing_is_talked_about_that_was_not_put_off(clerk):
    assert "was not put off" in refusal(lambda: talk(clerk))


def test_the_ladder_waits_until_it_has_returned_once_and_then_runs_by_its_days(clerk):
    put_off(clerk)
    assert "has not returned" in refusal(lambda: step(clerk))
    talk(clerk)
    put_off(clerk, DECEMBER)
    step(clerk)
    ladder = deferred()[0].ladder
    # Clause 23.1: ten working days from Monday 4 January 2027 end on Monday 18 January; clause
    # 23.2: twenty more on Monday 15 February; clause 23.3 states no time.
    assert [r.due for r in ladder.rungs] == [date(2027, 1, 18), date(2027, 2, 15), None]
    assert ladder.rung == 1


def test_a_rung_that_passes_early_begins_the_next_one_early(clerk):
    put_off(clerk)
    talk(clerk)
    put_off(clerk, DECEMBER)
    step(clerk)
    step(clerk, "a rung passed without agreement", date(2027, 1, 11))
    ladder = deferred()[0].ladder
    # Twenty working days from Monday 11 January 2027 end on Monday 8 February.
    assert (ladder.rung, ladder.now.due) == (2, date(2027, 2, 8))
    step(clerk, "settled", date(2027, 1, 20), said="Thirty places, shared by half")
    assert deferred()[0].ladder.settled == date(2027, 1, 20)
    assert "it was settled" in refusal(lambda: step(clerk, "settled", date(2027, 1, 21)))


def test_a_partner_takes_it_up_and_nobody_else_and_it_is_taken_up_once(clerk):
    put_off(clerk)
    talk(clerk)
    put_off(clerk, DECEMBER)
    assert "is no partner" in refusal(lambda: step(clerk, by="trust"))
    assert "was not taken up" in refusal(lambda: step(clerk, "settled", date(2027, 1, 20)))
    step(clerk)
    step(clerk)
    assert DisputeEntry.objects.count() == 1
    assert "already" in refusal(lambda: step(clerk, on=date(2027, 1, 5)))
    assert not list(verify_evidence())
