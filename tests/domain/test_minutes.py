"""Minutes: drafted from the record, approved by a later meeting, signed, not public before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.domain.middlemarch_board import (
    BROOKE,
    CHETTAM,
    COUNCIL,
    ICB,
    MINCHIN,
    ON,
    ROSAMOND,
    SPRAGUE,
    VINCY,
    arrived,
    at,
    closed,
    held,
    matter,
    middlemarch,
    opened,
    record,
    says,
    votes,
)

from concord.domain.agreements.matter import Facts
from concord.domain.decisions.meetings import Happening, Happens, at_item
from concord.domain.decisions.minutes import (
    AtApproval,
    Minutes,
    MinutesAct,
    MinutesStage,
    drafted,
    may,
)
from concord.domain.decisions.outcomes import Proposal, outcome_at
from concord.domain.findings import Answer

DRAFT = Minutes(body="board", of=ON)
PUT = replace(DRAFT, stage=MinutesStage.PUT)
NEXT = AtApproval(on=date(2026, 12, 16), body="board", quorate=True)


def test_the_draft_says_who_was_there_who_decided_for_whom_and_never_that_the_board_did():
    meeting = held("5", "6")
    log = record(
        meeting,
        *arrived(BROOKE, VINCY, *ICB),
        opened("5"),
        Happening(
            what=Happens.WITHDREW, at=at("14:31"), who=MINCHIN, item="5", why="a partner's surgery"
        ),
        *votes([BROOKE, VINCY, ROSAMOND, SPRAGUE]),
        closed("5"),
    )
    put = Proposal(item="5", text="Buy forty places", matter=matter())
    outcome = outcome_at(
        middlemarch(), meeting, at_item(meeting, log, "5"), "board", put, Facts(), at("14:50")
    )
    lines = [(x.item, x.says) for x in drafted(middlemarch(), meeting, log, {"5": outcome})]
    assert lines == [
        ("", f"Members at Middlemarch Joint Board: {BROOKE} and {VINCY}."),
        ("", f"Members of NHS Loamshire Integrated Care Board at Middlemarch Joint Board: "
             f"{ROSAMOND}, {SPRAGUE} and {MINCHIN}."),
        ("", f"Apologies: {CHETTAM}."),
        ("5", f"{MINCHIN} withdrew from the item at 14:31: a partner's surgery."),
        ("5", "four votes for, no votes against, no abstentions; "
              "by individual delegates, after consensus."),
        ("5", f"For Middlemarch Borough Council, {BROOKE} and {VINCY} decided under clause 7.4: "
              "Buy forty places."),
        ("5", f"For NHS Loamshire Integrated Care Board, {ROSAMOND} and {SPRAGUE} decided under "
              "clause 4.2: Buy forty places."),
        ("6", "Not taken."),
    ]  # fmt: skip


def test_a_deferral_is_minuted_with_the_partner_that_did_not_agree():
    log = record(held(), *arrived(), opened(), *votes(COUNCIL, ICB), closed())
    put = Proposal(item="5", text="Buy forty places", matter=matter())
    outcome = outcome_at(
        middlemarch(), held(), at_item(held(), log, "5"), "board", put, Facts(), at("14:50")
    )
    last = drafted(middlemarch(), held(), log, {"5": outcome})[-1]
    assert last.says == "Deferred: NHS Loamshire Integrated Care Board does not agree."


def test_nothing_is_public_before_a_later_meeting_has_approved_it():
    public = {s: replace(DRAFT, stage=s).public for s in MinutesStage}
    assert [s for s, shown in public.items() if shown] == [
        MinutesStage.APPROVED, MinutesStage.SIGNED,
    ]  # fmt: skip


def test_a_later_quorate_meeting_of_the_same_body_approves():
    assert may(PUT, MinutesAct.APPROVE, NEXT).stands


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        (replace(NEXT, on=ON), Answer.REFUSED),
        (replace(NEXT, body="cabinet"), Answer.REFUSED),
        (replace(NEXT, quorate=False), Answer.REFUSED),
        (replace(NEXT, quorate=None), Answer.NEEDS),
    ],
)
def test_no_other_meeting_does(given, answer):
    assert may(PUT, MinutesAct.APPROVE, given).answer is answer


def test_a_draft_is_put_before_it_is_approved_and_a_correction_says_why():
    assert may(DRAFT, MinutesAct.APPROVE, NEXT).answer is Answer.REFUSED
    assert may(DRAFT, MinutesAct.CORRECT, NEXT).answer is Answer.NEEDS
    assert may(PUT, MinutesAct.CORRECT, replace(NEXT, why="the time of leaving")).stands


def test_whoever_presided_when_they_were_approved_signs_them():
    approved = replace(PUT, stage=MinutesStage.APPROVED, presided=BROOKE)
    assert may(approved, MinutesAct.SIGN, replace(NEXT, who=BROOKE)).stands
    refused = may(approved, MinutesAct.SIGN, replace(NEXT, who=VINCY))
    assert refused.answer is Answer.REFUSED
    assert refused.remedies == (f"Ask {BROOKE}.",)


def test_approved_minutes_do_not_change():
    approved = replace(PUT, stage=MinutesStage.APPROVED)
    verdict = may(approved, MinutesAct.CORRECT, replace(NEXT, why="a name"))
    assert verdict.answer is Answer.REFUSED
    assert "later meeting" in verdict.remedies[0]
    assert "nobody can correct them" in says(verdict)
