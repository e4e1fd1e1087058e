"""The record of a decision made public: every head of its law, its proof, its window."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.commands.meeting_room import EVERYONE, FACTS, decided, room_for

from concord.commands.command import Acting
from concord.commands.publishing_decisions import publish_decision
from concord.commands.search_index import rebuild_search
from concord.domain.findings import Refused
from concord.records.models import (
    AuditEntry,
    Decision,
    DecisionStep,
    Publication,
    SearchDocument,
)
from concord.records.search import find
from concord.records.verification import verify_evidence

# The day after the meeting of Wednesday 25 November 2026.
THEN = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def clerk(cast, operator) -> Acting:
    return replace(operator, account=cast.democratic_services_officer, now=THEN)


def publish(clerk: Acting, reference: str = "council-2026-1", key: str = "p", **how) -> Publication:
    return publish_decision(clerk, "middlemarch", reference, key=key, **how)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def refusal(act) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return str(caught.value)


def body(row: Publication) -> str:
    return bytes(Publication.objects.get(pk=row.pk).body).decode()


def test_a_councils_record_holds_the_five_heads_of_regulation_13(clerk):
    decided(clerk)
    said = body(publish(clerk))
    # Members of the Board decide in person, so regulation 13 and not 12: its heads (a) to (e).
    for letter in "abcde":
        assert f"({letter}) " in said
    assert "People leave hospital sooner" in said
    assert "Do nothing: Beds stay full" in said
    assert "Made on Wednesday 25 November 2026." in said
    assert "SI 2012/2089, regulation 13" in said


def test_the_nhs_bodys_record_names_who_decided_by_its_own_rules(clerk):
    decided(clerk)
    said = body(publish(clerk, "icb-2026-1"))
    assert "Rosamond Vincy" in said
    assert "Dorothea Brooke" not in said  # she decides for the council, not for the ICB
    assert "(who)" in said


def test_publishing_is_one_act_that_opens_the_window_and_keeps_the_bytes(clerk):
    decided(clerk)
    entries = AuditEntry.objects.count()
    row = publish(clerk)
    assert AuditEntry.objects.count() == entries + 1
    step = DecisionStep.objects.get(decision__reference="council-2026-1")
    assert step.step == "publish"
    summary = Decision.objects.get(reference="council-2026-1").summary
    assert summary.state == "open to call-in"
    # Five working days after Thursday 26 November, to five o'clock: Thursday 3 December.
    assert summary.changes_at.startswith("2026-12-03T17:00")
    assert len(row.sha256) == 64
    assert not list(verify_evidence())


def test_the_same_form_sent_twice_publishes_once(clerk):
    decided(clerk)
    assert publish(clerk).pk == publish(clerk).pk
    assert Publication.objects.filter(kind="decision record").count() == 1


def test_a_correction_says_why_takes_its_place_and_moves_no_window(clerk):
    decided(clerk)
    first = publish(clerk)
    assert "say why" in " ".join(_remedies(lambda: publish(clerk, key="q")))
    second = publish(clerk, key="q", because="A name was misspelt")
    assert second.supersedes_id == first.pk
    assert DecisionStep.objects.count() == 1


def _remedies(act) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.verdict.remedies


def test_a_late_record_says_so_for_ever_even_when_it_is_corrected(clerk):
    decided(clerk)
    late = replace(clerk, now=datetime(2026, 12, 9, 9, 0, tzinfo=UTC))
    row = publish(late)
    # Middlemarch's own rule: two working days, so Friday 27 November.
    assert row.late_by == (
        "published on Wednesday 9 December 2026; it was due by Friday 27 November 2026"
    )
    again = publish(late, key="q", because="A name was misspelt")
    assert again.late_by == row.late_by
    summary = Decision.objects.get(reference="council-2026-1").summary
    assert "it was due by Friday 27 November 2026" in summary.late


def test_nothing_is_published_before_it_is_made_or_in_the_future(clerk):
    decided(clerk)
    assert "still to come" in refusal(lambda: publish(clerk, at=wall("2026-11-27 09:00")))
    assert "was made on" in refusal(lambda: publish(clerk, at=wall("2026-11-25 09:00")))
    assert not Publication.objects.filter(kind="decision record").exists()
    assert not DecisionStep.objects.exists()


def test_an_exemption_needs_the_person_whom_the_rule_names_and_a_reason(clerk):
    decided(clerk)
    wrong = refusal(lambda: publish(clerk, exempt_by="director", exempt_why="It cannot wait"))
    assert "cannot exempt it" in wrong
    assert not Publication.objects.filter(kind="decision record").exists()
    publish(clerk, exempt_by="scrutiny_chair", exempt_why="The provider closes on Friday")
    assert DecisionStep.objects.get().step == "publish, exempt from call-in"


@pytest.fixture
def private(clerk):
    room = room_for(clerk)
    room.gather()
    room.put(private=True, facts={**FACTS, "reasons": "The rival asked for £650,000"})
    room.open()
    room.vote(*EVERYONE)
    return room.outcome()


def test_a_private_decision_publishes_its_public_part_only(clerk, private):
    said = body(publish(clerk, public_text="To buy forty places"))
    assert "To buy forty places" in said
    assert "650,000" not in said
    assert "Beds stay full" not in said
    assert "Not for publication" in said
    assert "650,000" not in str(list(SearchDocument.objects.values_list("words", flat=True)))
    summary = Decision.objects.get(reference="council-2026-1").summary
    assert "650,000" not in summary.words


def test_reasons_are_found_once_they_are_public_and_a_rebuild_finds_the_same(clerk):
    decided(clerk)
    assert not find("sooner").hits
    publish(clerk)
    assert [h.name for h in find("sooner").hits] == ["council-2026-1"]
    before = set(SearchDocument.objects.values_list("kind", "name", "title", "words"))
    rebuild_search(replace(clerk, account=None), "")
    assert set(SearchDocument.objects.values_list("kind", "name", "title", "words")) == before


def test_whoever_may_not_publish_publishes_nothing(clerk, cast):
    decided(clerk)
    assert "you may not" in refusal(lambda: publish(replace(clerk, account=cast.councillor)))
