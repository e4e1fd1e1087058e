"""A notice given late by a lawful exit: the meeting's page counts the exit, and only that one.

The Cabinet meets on Tuesday 15 December 2026; see tests/commands/test_exceptional_notices.py.
"""

from datetime import date

import pytest
from tests.commands.test_exceptional_notices import clerk as _clerk
from tests.commands.test_exceptional_notices import give, told

from concord.commands.meetings import call_meeting, record
from concord.commands.meetings_read import at_meeting
from concord.domain.decisions.matter import as_matter
from concord.domain.decisions.meetings.book import EntryKind
from concord.domain.decisions.notices import NoticeKind
from concord.domain.findings import Answer
from concord.web.meetings_lawful import lawful

clerk = _clerk


def about_the_plan(clerk):
    """What is said of the item that the notice is about, each with its answer."""
    meeting = call_meeting(clerk, "middlemarch", bodies=["cabinet"], on=date(2026, 12, 15))
    record(
        clerk, "middlemarch", meeting.name, key="put", kind=str(EntryKind.ITEM_PUT),
        said={"item": "beds", "title": "Beds", "purpose": "decision", "matter": "beds",
              "stop": "cabinet"},
    )  # fmt: skip
    here = at_meeting(meeting)
    put = here.record.items["beds"]
    found = lawful(here, put, as_matter(here.text(put).matter))
    return {r.says: r.answer for one in found.each for r in one.verdict.reasons}


@pytest.mark.django_db
def test_a_general_exception_makes_a_late_key_decision_lawful(clerk):
    lacking = "Notice that a key decision is to be made: nobody has recorded on which day"
    assert about_the_plan(clerk)[lacking] is Answer.REFUSED
    # The chair was told on 23 November and the notice given on the 24th: five clear working days
    # end with Monday 7 December (regulation 10), so the decision of 15 December may be made.
    give(clerk, NoticeKind.GENERAL_EXCEPTION, used=told())
    after = about_the_plan(clerk)
    assert lacking not in after
    says = "the chair of the relevant overview and scrutiny committee is told, "
    assert after[f"{says}on Monday 23 November 2026"] is Answer.STANDS
    # The papers are another matter: the exception is of the forward plan alone.
    papers = "Agenda and reports, open to inspection: nobody has recorded on which day"
    assert after[papers] is Answer.REFUSED
