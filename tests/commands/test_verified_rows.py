"""A row of evidence changed, added or taken away past the guards is found out by the trail."""

from dataclasses import replace

import pytest
from django.db import connection
from tests.commands.meeting_room import decided

from concord.records.evidence import allow_change, refuse_change
from concord.records.models import Decision, MeetingEntry, Outcome
from concord.records.verification import verify_evidence


@pytest.fixture
def past_the_guards(cast, operator):
    """A decided item in a database as somebody leaves it who may lift its guards."""
    decided(replace(operator, account=cast.democratic_services_officer))
    assert list(verify_evidence()) == []
    allow_change(connection)
    yield
    refuse_change(connection)


def found() -> list[tuple[str, str]]:
    return [(f.id, f.file) for f in verify_evidence()]


@pytest.mark.parametrize(
    ("model", "change", "called"),
    [
        (Decision, {"title": "Fifty places"}, "decision"),
        (Decision, {"pence": 1}, "decision"),
        (Decision, {"record": {"made_by": ["Nobody"]}}, "decision"),
        (Outcome, {"ballots": []}, "outcome"),
        (MeetingEntry, {"recorded_by": "somebody else"}, "meeting entry"),
    ],
)
def test_a_row_changed_past_the_guards_is_found_out(past_the_guards, model, change, called):
    row = model.objects.order_by("pk").first()
    model.objects.filter(pk=row.pk).update(**change)
    assert found() == [("audit.row_changed", called)]


def test_a_decision_taken_away_past_the_guards_leaves_a_gap_that_is_named(past_the_guards):
    from concord.records.models import DecisionSummary

    row = Decision.objects.get(reference="council-2026-1")
    DecisionSummary.objects.filter(decision=row).delete()
    row.delete()
    assert ("audit.row_missing", "decision") in found()


def test_the_last_entry_of_a_meeting_taken_away_is_found_out(past_the_guards):
    MeetingEntry.objects.order_by("-number").first().delete()
    ids = [i for i, _ in found()]
    assert ids == ["audit.row_missing", "audit.number_missing"]


def test_a_decision_put_in_past_the_commands_is_found_out_with_its_number(past_the_guards):
    row = Decision.objects.get(reference="council-2026-1")
    row.pk, row.number, row.reference = None, 3, "council-2026-3"
    row.save()
    # Two are there, and the last is number 3: one is left out between them.
    assert [i for i, _ in found()] == ["audit.row_unrecorded", "audit.number_missing"]
