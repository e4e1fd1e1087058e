"""From draft to published paper: signed by those who hold the posts, public with its proof."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.conftest import PLACES

from concord.commands import publishing
from concord.commands.accounts import add_account, grant_role
from concord.commands.command import Acting
from concord.commands.decisions import load_matter, save_report
from concord.commands.notices import publish_notice
from concord.commands.publishing import (
    HTML,
    PDF,
    WORD,
    publish_paper,
    record_promise,
    submit_report,
    withdraw,
)
from concord.commands.sign_offs import ask_sign_offs, move_sign_off, sign_off
from concord.domain.agreements.reader import read_arrangement
from concord.domain.decisions.facts import answers
from concord.domain.decisions.forward_plan import Particulars
from concord.domain.decisions.lateness import ExitUsed
from concord.domain.decisions.notices import NoticeKind
from concord.domain.decisions.reader import read_matter
from concord.domain.decisions.signing import Move
from concord.domain.findings import Answer, Refused
from concord.records.models import AuditEntry, Draft, Publication, SignOffEvent
from concord.records.models.agreements import matter_kind
from concord.records.verification import verify_evidence

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TEXT = (Path(__file__).parent / "beds.toml").read_text("utf-8")


def person(operator: Acting, name: str, role: str) -> Acting:
    email = f"{name.lower().replace(' ', '.')}@middlemarch.example"
    account = add_account(operator, "", email, name, "the provinces of Loamshire 1832")
    grant_role(operator, "middlemarch", email, role, starts=date(2026, 4, 1))
    return Acting(account, NOW)


@pytest.fixture
def people(middlemarch):
    operator = Acting(None, NOW, why="in a test")
    load_matter(operator, "middlemarch", "beds", TEXT)
    return {
        "operator": operator,
        "director": person(operator, "Caleb Garth", "integration manager"),
        "finance": person(operator, "Nicholas Bulstrode", "pool manager"),
        "clerk": person(operator, "Mary Garth", "democratic services officer"),
        "lawyer": person(operator, "Lucy Standish", "integration manager"),
    }


def signed(people) -> None:
    ask_sign_offs(people["director"], "middlemarch", "beds")
    sign_off(people["finance"], "middlemarch", "beds", "Finance", "finance")
    sign_off(people["director"], "middlemarch", "beds", "Director", "director")


def test_a_report_goes_from_draft_to_published_paper_with_its_proof(people):
    signed(people)
    rows = publish_paper(people["clerk"], "middlemarch", "beds", "cabinet")
    assert {row.media_type for row in rows} == {HTML, PDF, WORD}
    for row in rows:
        assert row.sha256 == hashlib.sha256(bytes(row.body)).hexdigest()
        assert row.published_at == NOW
        assert row.late_by == ""
    entry = AuditEntry.objects.order_by("-number").first()
    assert entry.act == "decisions.publish_paper"
    assert all(row.sha256 in entry.after for row in rows)
    assert list(verify_evidence()) == []


def test_the_public_paper_has_no_trace_of_what_is_exempt(people):
    signed(people)
    rows = publish_paper(people["clerk"], "middlemarch", "beds", "cabinet")
    page = next(bytes(r.body).decode() for r in rows if r.media_type == HTML)
    assert "SECRETPRICE" not in page
    assert "Twelve more" in page or "twelve more" in page


def test_nobody_signs_for_a_post_that_is_not_theirs(people):
    ask_sign_offs(people["director"], "middlemarch", "beds")
    with pytest.raises(Refused, match="Section 151 Officer is Nicholas Bulstrode"):
        sign_off(people["director"], "middlemarch", "beds", "Finance", "finance")
    assert not SignOffEvent.objects.filter(step="signed").exists()


def test_a_sign_off_that_cannot_be_delegated_is_not_given_by_an_alternate(people):
    ask_sign_offs(people["director"], "middlemarch", "beds")
    with pytest.raises(Refused, match="in person"):
        sign_off(people["lawyer"], "middlemarch", "beds", "Director", "monitoring_officer")


def test_a_changed_part_reopens_the_sign_off_that_read_it_and_no_other(people):
    signed(people)
    desk = Draft.objects.desk("middlemarch", matter_kind("beds"))
    changed = TEXT.replace("within the pool's budget", "inside the pool's budget")
    draft = save_report(people["director"], "middlemarch", "beds", changed, desk.revision)
    with pytest.raises(Refused) as refusal:
        submit_report(people["director"], "middlemarch", "beds", draft.revision)
    said = [r.says for r in refusal.value.verdict.against]
    assert any("Finance" in s and "changed since" in s for s in said)
    sign_off(people["finance"], "middlemarch", "beds", "Finance", "finance")
    sign_off(people["director"], "middlemarch", "beds", "Director", "director")
    version = submit_report(people["director"], "middlemarch", "beds", draft.revision)
    assert version.number == 2


def test_a_report_that_lacks_its_sign_offs_is_not_published(people):
    with pytest.raises(Refused) as refusal:
        publish_paper(people["clerk"], "middlemarch", "beds", "cabinet")
    assert refusal.value.verdict.answer is Answer.NEEDS
    assert not Publication.objects.exists()


def test_a_hold_needs_its_reason_and_a_restart_ends_it(people):
    ask_sign_offs(people["director"], "middlemarch", "beds")
    with pytest.raises(Refused, match="no reason"):
        move_sign_off(people["finance"], "middlemarch", "beds", "Finance", Move.HELD, " ")
    move_sign_off(
        people["finance"], "middlemarch", "beds", "Finance", Move.HELD, "the bids are late"
    )
    with pytest.raises(Refused, match="cannot be signed"):
        sign_off(people["finance"], "middlemarch", "beds", "Finance", "finance")
    move_sign_off(people["finance"], "middlemarch", "beds", "Finance", Move.RESTARTED, "")
    sign_off(people["finance"], "middlemarch", "beds", "Finance", "finance")


def test_a_signature_is_taken_back_by_whoever_gave_it_with_the_reason_and_stops_the_paper(people):
    signed(people)
    back = "middlemarch", "beds", "Finance", Move.REVOKED
    with pytest.raises(Refused, match="no reason"):
        move_sign_off(people["finance"], *back, " ")
    with pytest.raises(Refused, match="and you are Caleb Garth"):
        move_sign_off(people["director"], *back, "the bids rose")
    event = move_sign_off(people["finance"], *back, "the bids rose")
    assert (event.step, event.by, event.note) == ("taken back", "finance", "the bids rose")
    with pytest.raises(Refused, match="taken back: the bids rose"):
        publish_paper(people["clerk"], "middlemarch", "beds", "cabinet")
    sign_off(people["finance"], "middlemarch", "beds", "Finance", "finance")
    assert publish_paper(people["clerk"], "middlemarch", "beds", "cabinet")


def late(people) -> Acting:
    """The clerk on Friday 11 December, three days of the five clear ones too late."""
    return replace(people["clerk"], now=datetime(2026, 12, 11, 9, tzinfo=UTC))


def test_a_late_paper_needs_its_lawful_way_out_and_says_so_for_ever(people):
    signed(people)
    with pytest.raises(Refused, match="was due by") as refusal:
        publish_paper(late(people), "middlemarch", "beds", "cabinet")
    assert refusal.value.verdict.answer is Answer.NEEDS
    why = "The hospital opened its last ward on 9 December."
    clocks = facts_of_cabinet().clocks
    way = next(x for x in clocks.exits if x.id == "executive_shorter_notice")
    used = ExitUsed(way.id, way.who[0] if way.who else "", date(2026, 12, 10), why)
    rows = publish_paper(late(people), "middlemarch", "beds", "cabinet", used=used)
    assert all(why in row.late_by for row in rows)
    assert all("late" in row.late_by for row in rows)


def facts_of_cabinet():
    text = (PLACES / "middlemarch" / "arrangement.toml").read_text("utf-8")
    arrangement = read_arrangement(text).arrangement
    matter = read_matter(TEXT, arrangement).matter
    return next(s for s in answers(matter, arrangement, NOW.date()).stops if s.stop == "cabinet")


def test_a_paper_is_not_published_after_its_meeting(people):
    signed(people)
    after = replace(people["clerk"], now=datetime(2026, 12, 16, 9, tzinfo=UTC))
    with pytest.raises(Refused, match="the meeting was on"):
        publish_paper(after, "middlemarch", "beds", "cabinet", used=None)


def test_a_correction_takes_the_place_of_the_first_and_leaves_it_readable(people):
    signed(people)
    first = publish_paper(people["clerk"], "middlemarch", "beds", "cabinet")
    with pytest.raises(Refused, match="is public since"):
        publish_paper(people["clerk"], "middlemarch", "beds", "cabinet")
    second = publish_paper(
        people["clerk"], "middlemarch", "beds", "cabinet", because="a wrong ward"
    )
    assert {row.supersedes_id for row in second} == {row.pk for row in first}
    assert Publication.objects.count() == 6
    assert all(row.details["because"] == "a wrong ward" for row in second)


def test_a_withdrawal_is_public_with_its_reason(people):
    signed(people)
    row = publish_paper(people["clerk"], "middlemarch", "beds", "cabinet")[0]
    with pytest.raises(Refused, match="no reason"):
        withdraw(people["clerk"], "middlemarch", row.pk, "")
    taken = withdraw(people["clerk"], "middlemarch", row.pk, "The item was moved to January.")
    assert taken.supersedes_id == row.pk
    with pytest.raises(Refused):
        withdraw(people["clerk"], "middlemarch", row.pk, "again")


def test_a_paper_is_withdrawn_whole_and_comes_back_whole(people):
    signed(people)
    first = publish_paper(people["clerk"], "middlemarch", "beds", "cabinet")
    withdraw(people["clerk"], "middlemarch", first[1].pk, "The item was moved to January.")
    left = Publication.objects.filter(kind="paper", superseded_by=None)
    assert not left.exists()
    assert {row.supersedes_id for row in Publication.objects.filter(kind="withdrawal")} == {
        row.pk for row in first
    }
    again = publish_paper(people["clerk"], "middlemarch", "beds", "cabinet")
    assert {row.media_type for row in again} == {HTML, PDF, WORD}


def test_a_publication_that_breaks_off_leaves_nothing_public(people, monkeypatch):
    signed(people)
    entries = AuditEntry.objects.count()
    monkeypatch.setattr(publishing, "to_word", lambda paper: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish_paper(people["clerk"], "middlemarch", "beds", "cabinet")
    assert not Publication.objects.exists()
    assert AuditEntry.objects.count() == entries


def test_only_a_clerk_publishes(people):
    signed(people)
    with pytest.raises(Refused, match="publish a paper"):
        publish_paper(people["finance"], "middlemarch", "beds", "cabinet")


def test_the_last_lawful_day_is_the_fifth_clear_working_day_before_the_meeting(people):
    # Tuesday 15 December 2026; clear working days 14, 11, 10, 9 and 8; so by Monday 7 December.
    signed(people)
    monday = replace(people["clerk"], now=datetime(2026, 12, 7, 9, tzinfo=UTC))
    tuesday = replace(people["clerk"], now=datetime(2026, 12, 8, 9, tzinfo=UTC))
    with pytest.raises(Refused, match="Monday 7 December 2026"):
        publish_paper(tuesday, "middlemarch", "beds", "cabinet")
    assert publish_paper(monday, "middlemarch", "beds", "cabinet")


OWN = Particulars(
    address="Town Hall, Middlemarch", how_to_ask="Write to the Democratic Services Officer.",
    time="10 in the morning", place="Town Hall, Middlemarch",
)  # fmt: skip


def test_a_private_meeting_notice_is_published_with_what_the_law_asks(people):
    early = replace(people["clerk"], now=datetime(2026, 11, 10, 9, tzinfo=UTC))
    row = publish_notice(early, "middlemarch", "beds", "cabinet", NoticeKind.PRIVATE, OWN)
    page = bytes(row.body).decode()
    assert "public interest" in page or "Providers would ask more" in page
    assert row.late_by == ""
    assert row.details["by"] == "2026-11-16"  # 28 clear days before Tuesday 15 December 2026


def test_a_notice_that_is_public_is_given_anew_only_with_its_reason(people):
    early = replace(people["clerk"], now=datetime(2026, 11, 10, 9, tzinfo=UTC))
    first = publish_notice(early, "middlemarch", "beds", "cabinet", NoticeKind.PRIVATE, OWN)
    with pytest.raises(Refused, match="is public since"):
        publish_notice(early, "middlemarch", "beds", "cabinet", NoticeKind.PRIVATE, OWN)
    told = replace(early, why="the room was wrong")
    second = publish_notice(told, "middlemarch", "beds", "cabinet", NoticeKind.PRIVATE, OWN)
    assert second.supersedes_id == first.pk
    assert second.details["because"] == "the room was wrong"


def test_a_late_private_notice_is_refused_and_names_who_may_agree(people):
    with pytest.raises(Refused) as refusal:
        publish_notice(people["clerk"], "middlemarch", "beds", "cabinet", NoticeKind.PRIVATE, OWN)
    assert refusal.value.verdict.answer is Answer.NEEDS
    assert any("overview and scrutiny" in remedy for remedy in refusal.value.verdict.remedies)
    assert not Publication.objects.exists()


def test_a_notice_that_is_not_owed_is_refused_with_those_that_are(people):
    with pytest.raises(Refused, match="is owed for"):
        publish_notice(
            people["clerk"], "middlemarch", "beds", "nobody", NoticeKind.FORWARD_PLAN, OWN
        )


def test_a_promise_that_was_never_made_cannot_be_met(people):
    with pytest.raises(Refused, match="makes no promise"):
        record_promise(people["clerk"], "middlemarch", "beds", "review", NOW.date(), "minute 4")
