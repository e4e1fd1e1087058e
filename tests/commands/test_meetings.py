"""A meeting recorded by commands: what may not be said is refused, and nothing is there twice."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.commands.meeting_room import (
    CHETTAM,
    COUNCIL,
    EVERYONE,
    ICB,
    MINCHIN,
    ROSAMOND,
    SPRAGUE,
    decided,
    room_for,
)

from concord.commands.effects import effect_of, record_step, settle
from concord.commands.meetings import record
from concord.domain.decisions.call_in import CalledBy
from concord.domain.decisions.effects import EffectState
from concord.domain.decisions.meetings import Happens
from concord.domain.decisions.meetings.book import EntryKind
from concord.domain.findings import Refused
from concord.records.models import AuditEntry, Decision, DecisionStep, MeetingEntry, Outcome, Talk
from concord.records.verification import verify_evidence

FIVE = CalledBy(members=frozenset({"A", "B", "C", "D", "E"}))


@pytest.fixture
def clerk(cast, operator):
    return replace(operator, account=cast.democratic_services_officer)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def refusal(act) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return str(caught.value)


def test_all_six_agree_and_each_organisation_has_its_own_numbered_decision(clerk):
    outcome = decided(clerk)
    references = sorted(d.reference for d in outcome.decisions.all())
    assert references == ["council-2026-1", "icb-2026-1"]
    council = Decision.objects.get(reference="council-2026-1")
    assert council.record["made_by"] == list(COUNCIL)
    assert council.record["reasons"] == "People leave hospital sooner"
    assert not list(verify_evidence())


def test_the_nhs_view_against_makes_no_decision_and_the_item_returns_only_after_talks(clerk):
    room = room_for(clerk)
    room.gather()
    room.put()
    room.open()
    room.vote(*COUNCIL, ROSAMOND)
    room.vote(SPRAGUE, MINCHIN, way=False)
    assert room.outcome().result == "deferred"
    assert not Decision.objects.exists()
    later = room_for(clerk, date(2026, 12, 16))
    later.gather()
    assert "consult" in refusal(later.put)
    Talk.objects.create(
        place_id="middlemarch", item="5", on=date(2026, 12, 3), who=["board.chair", "icb_chief"],
        said="thirty places, from January", key="t", recorded_at=clerk.now, recorded_by="clerk",
    )  # fmt: skip
    later.put()
    later.open()
    later.vote(*EVERYONE)
    assert later.outcome().result == "decided"


def test_the_same_entry_sent_twice_is_there_once_and_is_told_once(clerk):
    room = room_for(clerk)
    room.gather()
    before = AuditEntry.objects.count()
    first = room.say(Happens.LEFT, "14:20", key="left-once", who=CHETTAM)
    again = room.say(Happens.LEFT, "14:20", key="left-once", who=CHETTAM)
    assert first.pk == again.pk
    assert AuditEntry.objects.count() == before + 1


def test_the_same_outcome_sent_twice_makes_one_pair_of_decisions(clerk):
    outcome = decided(clerk)
    room = room_for(clerk)
    assert room.outcome().pk == outcome.pk
    assert Decision.objects.count() == 2


def test_a_vote_by_someone_who_has_left_and_one_after_the_close_are_refused(clerk):
    room = room_for(clerk)
    room.gather()
    room.put()
    room.open()
    room.say(Happens.LEFT, "14:40", who=CHETTAM)
    assert "left at 14:40" in refusal(lambda: room.vote(CHETTAM))
    room.vote(*[p for p in EVERYONE if p != CHETTAM])
    room.say(Happens.ITEM_CLOSED, "14:50", item="5")
    assert "was closed at 14:50" in refusal(lambda: room.vote(ROSAMOND, clock="14:51"))


def test_attendance_cannot_change_once_there_are_votes(clerk):
    room = room_for(clerk)
    room.gather()
    room.put()
    room.open()
    room.vote(*EVERYONE)
    said = refusal(lambda: room.say(Happens.LEFT, "14:46", who=CHETTAM))
    assert "who was there for it cannot change" in said


def test_an_inquorate_item_records_no_decision(clerk):
    room = room_for(clerk)
    room.gather(*COUNCIL, ROSAMOND)  # Schedule 2, 4: two of each, and one of the ICB is there
    room.put()
    room.open()
    room.vote(*COUNCIL, ROSAMOND)
    assert "quor" in refusal(room.outcome).lower() or "two" in refusal(room.outcome).lower()
    assert not Outcome.objects.exists()


def test_a_decision_outside_the_delegation_cannot_be_recorded_as_made(clerk):
    room = room_for(clerk)
    room.gather()
    room.put(facts={"functions": ["care"], "act": "commission", "amount": "£1,600,000",
                    "modes": ["pooled"], "within_budget": True})  # fmt: skip
    room.open()
    room.vote(*EVERYONE)
    assert "£1,500,000" in refusal(room.outcome)  # clause 7.5, the raised limit
    assert not Outcome.objects.exists()
    assert not Decision.objects.exists()


def test_an_entry_made_in_mistake_is_struck_out_and_stays_visible(clerk):
    room = room_for(clerk)
    room.gather()
    slip = room.say(Happens.LEFT, "14:20", who=CHETTAM)
    room.say(EntryKind.STRUCK, "14:21", entry=slip.number, why="It was Walter Vincy who left")
    room.say(Happens.LEFT, "14:21", who="Walter Vincy")
    room.put()
    room.open()
    room.vote(CHETTAM, *ICB)
    assert MeetingEntry.objects.filter(kind="left").count() == 2


def test_nobody_without_the_role_records_a_meeting(cast, operator, clerk):
    room_for(clerk)
    councillor = replace(operator, account=cast.councillor)
    said = refusal(
        lambda: record(
            councillor, "middlemarch", "2026-11-25-board", key="x", kind="noted", said={}
        )
    )
    assert "you may not record what happens at a meeting" in said


def test_an_entry_that_says_nothing_a_record_can_say_is_refused_and_kept_out(clerk):
    room = room_for(clerk)
    assert "nothing that a meeting's record can say" in refusal(lambda: room.say("danced"))
    assert "does not say what it must" in refusal(lambda: room.say(EntryKind.SEATED, who="x"))
    assert not MeetingEntry.objects.exists()


def test_the_councils_half_is_called_in_and_the_nhs_half_waits_for_it(clerk):
    outcome = decided(clerk)
    publish(clerk)
    record_step(
        clerk, "middlemarch", "council-2026-1", move="call in", key="c", by=signed(),
        at=wall("2026-11-27 10:00"),
    )  # fmt: skip
    effect, _ = effect_of(outcome, wall("2026-11-28 10:00"))
    assert effect.of("council").state is EffectState.ON_HOLD
    assert effect.of("icb").state is EffectState.WAITING
    assert not effect.implementable


def publish(clerk) -> None:
    for reference in ("council-2026-1", "icb-2026-1"):
        record_step(
            clerk, "middlemarch", reference, move="publish", key=f"p-{reference}",
            at=wall("2026-11-26 09:00"),
        )  # fmt: skip


def signed() -> CalledBy:
    return replace(FIVE, ground="not consulted on as promised")


def test_a_window_that_closes_takes_effect_by_itself_once_however_often_it_is_looked_for(clerk):
    decided(clerk)
    publish(clerk)
    # However late: the window has long closed on 30 December.
    late = replace(clerk, account=None, now=datetime(2026, 12, 30, 9, tzinfo=UTC))
    assert settle(late, "middlemarch") == 1
    entries = AuditEntry.objects.count()
    assert settle(late, "middlemarch") == 0
    assert AuditEntry.objects.count() == entries
    step = DecisionStep.objects.get(by_itself=True)
    assert step.step == "the window closes"
    assert step.at < "2026-12-30"
    summary = Decision.objects.get(reference="icb-2026-1").summary
    assert summary.state == "in effect"
