"""What becomes of a paper: a published version never changes, and a correction says what it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from concord.domain.decisions.lateness import Lateness
from concord.domain.decisions.publication import (
    ACTS,
    SHOWN,
    PaperStage,
    Publishing,
    Version,
    after,
    current,
    history,
    may,
    may_publish,
    may_withdraw,
)
from concord.domain.findings import Answer, Authority, Reason, all_of

FINE = all_of([])
READY = Version(of="cabinet", number=1, stage=PaperStage.READY, hash="aa")
PUBLIC = replace(READY, stage=PaperStage.PUBLIC, published=date(2025, 2, 3))
CORRECTION = Version(
    of="cabinet", number=2, stage=PaperStage.READY, hash="bb", supersedes=1, why="a sum was wrong"
)


def test_a_version_that_is_ready_complete_and_in_time_may_be_published():
    assert may_publish(READY, [READY], "aa", FINE, FINE).stands


@pytest.mark.parametrize("stage", sorted(SHOWN))
def test_what_was_once_public_can_never_be_edited(stage):
    verdict = may(replace(PUBLIC, stage=stage), Publishing.EDIT)
    assert verdict.answer is Answer.REFUSED
    assert "correction" in verdict.remedies[0]


def test_no_act_leads_back_from_public():
    assert {after_ for (stage, _), after_ in ACTS.items() if stage is PaperStage.PUBLIC} == {
        PaperStage.SUPERSEDED,
        PaperStage.WITHDRAWN,
    }
    assert not [
        act for stage, act in ACTS if stage in (PaperStage.SUPERSEDED, PaperStage.WITHDRAWN)
    ]


def test_a_draft_cannot_be_published_past_being_made_ready():
    draft = replace(READY, stage=PaperStage.DRAFT)
    assert may_publish(draft, [draft], "aa", FINE, FINE).answer is Answer.REFUSED


def test_what_is_published_must_be_what_was_made_ready():
    verdict = may_publish(READY, [READY], "changed since", FINE, FINE)
    assert verdict.answer is Answer.REFUSED


def test_what_is_missing_or_late_keeps_it_back_with_every_reason():
    missing = all_of([Reason(Answer.NEEDS, "the report has no date")])
    late = all_of([Reason(Answer.REFUSED, "no way is open")])
    verdict = may_publish(READY, [READY], "aa", missing, late)
    assert [r.says for r in verdict.against] == ["no way is open", "the report has no date"]


def test_a_correction_names_what_it_supersedes_and_why():
    assert may_publish(CORRECTION, [PUBLIC, CORRECTION], "bb", FINE, FINE).stands
    silent = replace(CORRECTION, supersedes=None, why="")
    verdict = may_publish(silent, [PUBLIC, silent], "bb", FINE, FINE)
    assert verdict.answer is Answer.NEEDS
    assert len(verdict.against) == 2


def test_a_correction_that_says_the_same_is_none():
    same = replace(CORRECTION, hash="aa")
    assert may_publish(same, [PUBLIC, same], "aa", FINE, FINE).answer is Answer.REFUSED


def test_nothing_supersedes_what_is_not_public():
    verdict = may_publish(CORRECTION, [READY, CORRECTION], "bb", FINE, FINE)
    assert verdict.answer is Answer.REFUSED


def test_a_withdrawal_needs_its_reason_and_stays_visible():
    assert may_withdraw(PUBLIC, "the meeting is cancelled").stands
    assert may_withdraw(PUBLIC, "").answer is Answer.NEEDS
    gone = replace(PUBLIC, stage=after(PUBLIC, Publishing.WITHDRAW), withdrawn="it is cancelled")
    assert gone.shown
    assert "Withdrawn: it is cancelled" in history([gone])[0][1]


def test_the_history_shows_each_version_and_what_became_of_it():
    first = replace(PUBLIC, stage=PaperStage.SUPERSEDED)
    second = replace(CORRECTION, stage=PaperStage.PUBLIC, published=date(2025, 2, 5))
    draft = Version(of="cabinet", number=3, stage=PaperStage.DRAFT)
    told = history([first, second, draft])
    assert [v.number for v, _ in told] == [2, 1]
    assert "supersedes version 1: a sum was wrong" in told[0][1]
    assert "Superseded by version 2" in told[1][1]
    assert current([first, second, draft]) == second


def test_a_late_publication_says_so_even_when_it_is_superseded():
    late = Lateness(
        what="Agenda", due=date(2025, 2, 3), on=date(2025, 2, 4), days=1, exit="urgent item",
        by="chair of the meeting", why="the grant ends", authority=Authority(),
    )  # fmt: skip
    version = replace(PUBLIC, stage=PaperStage.SUPERSEDED, late=late)
    assert "Published 1 day late" in history([version])[0][1]
