"""General exception and special urgency as notices of their own, and notices at a joint body.

Tuesday 15 December 2026. Twenty-eight clear days end with the notice of Monday 16 November; five
clear working days (14, 11, 10, 9 and 8 December) with that of Monday 7 December.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.commands.test_publishing import TEXT, person, signed

from concord.commands.command import Acting
from concord.commands.decisions import load_matter
from concord.commands.notices import publish_notice
from concord.commands.publishing import publish_paper
from concord.domain.decisions.forward_plan import Particulars
from concord.domain.decisions.lateness import ExitUsed
from concord.domain.decisions.notices import NoticeKind
from concord.domain.findings import Refused
from concord.records.models import Publication
from concord.records.verification import verify_evidence

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
CHAIR = "chair of the relevant overview and scrutiny committee"
COUNCIL = "chair of the council, if there is no such chair or the chair cannot act"
# £640,000 is above the £500,000 from which Middlemarch calls a decision key.
KEY = TEXT.replace("£240,000", "£640,000")
AT_THE_BOARD = KEY.replace('body = "cabinet"\norganisation = "council"', 'body = "board"')
OWN = Particulars(address="Town Hall, Middlemarch", how_to_ask="Write to the proper officer.")
NONE = Particulars()


def told(
    by=CHAIR, on=date(2026, 11, 23), why="The bid ends in January.", exit_="general_exception"
):
    return ExitUsed(exit_, by, on, why)


@pytest.fixture
def clerk(middlemarch):
    operator = Acting(None, NOW, why="in a test")
    load_matter(operator, "middlemarch", "beds", KEY)
    return person(operator, "Mary Garth", "democratic services officer")


def give(acting, kind, own=NONE, **how):
    return publish_notice(acting, "middlemarch", "beds", "cabinet", kind, own, **how)


def test_a_general_exception_is_published_with_who_was_told_when_and_why(clerk):
    row = give(clerk, NoticeKind.GENERAL_EXCEPTION, used=told())
    page = bytes(row.body).decode()
    assert f"The {CHAIR}, in writing on Monday 23 November 2026." in page
    assert "The bid ends in January." in page
    assert row.kind == "general exception notice"
    kept = row.details["exit"]
    assert (kept["by"], kept["on"], kept["report_by"]) == (CHAIR, "2026-11-23", None)
    assert "wait until five clear days have elapsed following that day" in page
    assert not list(verify_evidence())


def test_without_who_was_told_the_general_exception_is_not_published(clerk):
    with pytest.raises(Refused) as refusal:
        give(clerk, NoticeKind.GENERAL_EXCEPTION)
    assert any("Tell" in r or "in writing" in r for r in refusal.value.verdict.remedies)
    assert not Publication.objects.exists()


def test_special_urgency_keeps_who_agreed_and_the_last_day_for_its_report_to_the_council(clerk):
    later = replace(clerk, now=datetime(2026, 12, 9, 9, tzinfo=UTC))
    used = told(on=date(2026, 12, 8), exit_="special_urgency")
    row = give(later, NoticeKind.SPECIAL_URGENCY, used=used)
    page = bytes(row.body).decode()
    assert f"The {CHAIR}, on Tuesday 8 December 2026." in page
    # Regulation 19: at intervals of at most a year; the decision is on 15 December 2026.
    assert row.details["exit"]["report_by"] == "2027-12-15"
    assert "Wednesday 15 December 2027 (SI 2012/2089, regulation 19)" in page


def test_who_was_passed_over_and_why_is_part_of_the_notice(clerk):
    later = replace(clerk, now=datetime(2026, 12, 9, 9, tzinfo=UTC))
    used = ExitUsed("special_urgency", COUNCIL, date(2026, 12, 8), "Beds close.", ("she is ill",))
    page = bytes(give(later, NoticeKind.SPECIAL_URGENCY, used=used).body).decode()
    assert f"The {CHAIR} could not be asked: she is ill." in page


def test_special_urgency_is_not_owed_while_the_general_exception_is_open(clerk):
    with pytest.raises(Refused, match="no special urgency notice is owed"):
        give(clerk, NoticeKind.SPECIAL_URGENCY, used=told(exit_="special_urgency"))


def test_a_late_forward_plan_notice_says_for_ever_by_which_way_it_came(clerk):
    # Due on Monday 16 November; 17, 18, 19, 20, 23 and 24 are six working days.
    row = give(clerk, NoticeKind.FORWARD_PLAN, OWN, used=told())
    assert row.late_by.startswith("Published 6 days late, on Tuesday 24 November 2026")
    assert "General exception" in row.late_by


@pytest.fixture
def at_the_board(middlemarch):
    operator = Acting(None, NOW, why="in a test")
    load_matter(operator, "middlemarch", "beds", AT_THE_BOARD)
    return {
        "clerk": person(operator, "Mary Garth", "democratic services officer"),
        "director": person(operator, "Caleb Garth", "integration manager"),
        "finance": person(operator, "Nicholas Bulstrode", "pool manager"),
    }


def test_a_notice_at_a_joint_body_is_the_councils_and_is_superseded_with_its_reason(at_the_board):
    clerk, kind = at_the_board["clerk"], NoticeKind.GENERAL_EXCEPTION
    first = give(clerk, kind, used=told())
    assert first.details["organisation"] == "council"
    with pytest.raises(Refused, match="is public since"):
        give(clerk, kind, organisation="council", used=told())
    why = replace(clerk, why="the day of telling was wrong")
    second = give(why, kind, organisation="council", used=told(on=date(2026, 11, 24)))
    assert second.supersedes_id == first.pk
    assert second.details["because"] == "the day of telling was wrong"
    assert second.late_by


def test_no_partner_gives_the_others_notice_at_a_joint_body(at_the_board):
    early = replace(at_the_board["clerk"], now=datetime(2026, 11, 10, 9, tzinfo=UTC))
    with pytest.raises(Refused, match="no forward plan notice is owed"):
        give(early, NoticeKind.FORWARD_PLAN, OWN, organisation="icb")


def test_the_paper_of_a_joint_body_is_published_whole(at_the_board):
    signed(at_the_board)
    made = publish_paper(at_the_board["clerk"], "middlemarch", "beds", "cabinet")
    assert {row.details["body"] for row in made} == {"board"}
    assert len(made) == 3
    assert not any(row.late_by for row in made)


def test_a_late_paper_of_a_joint_body_needs_its_way_out(at_the_board):
    # The council's half: five clear working days end with Monday 7 December.
    signed(at_the_board)
    late = replace(at_the_board["clerk"], now=datetime(2026, 12, 9, 9, tzinfo=UTC))
    with pytest.raises(Refused):
        publish_paper(late, "middlemarch", "beds", "cabinet")
    assert not Publication.objects.exists()
