"""Acts that come too late, by commands: under a power that has ended, or after a window closed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.commands.meeting_room import EVERYONE, decided, room_for

from concord.commands.effects import record_step, settle
from concord.domain.decisions.call_in import CalledBy
from concord.domain.findings import Refused
from concord.records.models import Decision, DecisionStep, DecisionSummary, Outcome
from concord.records.verification import verify_evidence

FIVE = CalledBy(
    members=frozenset({"A", "B", "C", "D", "E"}), ground="not consulted on as promised"
)  # fmt: skip


@pytest.fixture
def clerk(cast, operator):
    return replace(operator, account=cast.democratic_services_officer)


def board_on(clerk, day):
    room = room_for(clerk, day)
    room.gather()
    room.put()
    room.open()
    room.vote(*EVERYONE)
    return room


def publish_and_call_in(clerk, at):
    """Published on Thursday 26 November 2026: the fifth working day after it is 3 December."""
    decided(clerk)
    record_step(
        clerk, "middlemarch", "council-2026-1", move="publish", key="p",
        at=datetime.fromisoformat("2026-11-26 09:00"),
    )  # fmt: skip
    return record_step(
        clerk, "middlemarch", "council-2026-1", move="call in", key="c", by=FIVE,
        at=datetime.fromisoformat(at),
    )  # fmt: skip


def test_a_call_in_on_the_minute_is_recorded(clerk):
    assert publish_and_call_in(clerk, "2026-12-03 17:00").step == "call in"


def test_a_call_in_one_minute_after_the_window_is_refused_and_writes_nothing(clerk):
    with pytest.raises(Refused) as caught:
        publish_and_call_in(clerk, "2026-12-03 17:01")
    assert "3 December 2026" in str(caught.value)
    assert not DecisionStep.objects.filter(step="call in").exists()
    assert not list(verify_evidence())


def test_a_power_that_ends_on_31_march_decides_on_that_day(clerk):
    assert board_on(clerk, date(2027, 3, 31)).outcome().result == "decided"
    assert Decision.objects.count() == 2


def test_on_1_april_the_ended_power_decides_nothing_and_the_refusal_cites_its_end(clerk):
    room = board_on(clerk, date(2027, 4, 1))
    with pytest.raises(Refused) as caught:
        room.outcome()
    assert "ended on 31 March 2027" in str(caught.value)
    assert not Outcome.objects.exists()
    assert not Decision.objects.exists()
    assert not list(verify_evidence())


def test_the_end_of_a_day_is_kept_to_the_second_and_nothing_comes_before_it(clerk):
    """Scrutiny's ten days end with a day, not at an hour; PostgreSQL holds 19 characters."""
    publish_and_call_in(clerk, "2026-11-27 10:00")
    summary = DecisionSummary.objects.get(decision__reference="council-2026-1")
    assert len(summary.since) == 19
    assert summary.changes_at[10:] == "T23:59:59"
    day = date.fromisoformat(summary.changes_at[:10])
    # It sorts after five in the afternoon of its own day, as text too.
    assert f"{day}T17:00:00" < summary.changes_at

    def settled(hour, minute, second):
        now = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC)
        return settle(replace(clerk, account=None, now=now), "middlemarch")

    assert settled(17, 0, 0) == 0
    assert settled(23, 59, 59) == 0
    later = datetime(day.year, day.month, day.day + 1, 0, 0, 1, tzinfo=UTC)
    assert settle(replace(clerk, account=None, now=later), "middlemarch") >= 1
    assert settle(replace(clerk, account=None, now=later), "middlemarch") == 0
