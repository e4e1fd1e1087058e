"""The minute book: on which day a meeting's papers were made public, for each organisation."""

from datetime import date, datetime

import pytest

from concord.domain.decisions.meetings.adding import may_add
from concord.domain.decisions.meetings.book import BookEntry, EntryKind, read_book
from concord.domain.findings import Answer

MEETING = date(2026, 7, 22)
AGENDA = "agenda and reports"


def entry(number=1, clock=AGENDA, organisations=("council", "icb"), on="2026-07-14"):
    said = {"clock": clock, "organisations": list(organisations), "on": on}
    at = datetime.fromisoformat("2026-07-14T09:00:00")
    return BookEntry(number=number, kind=EntryKind.MADE_PUBLIC, at=at, said=said)


def book(*entries):
    return read_book("2026-07-22-board", MEETING, ("board",), entries)


def test_the_first_day_on_which_papers_were_public_is_the_one_that_counts():
    later = entry(2, organisations=("icb",), on="2026-07-20")
    assert dict(book(entry(), later).public) == {
        ("council", AGENDA): date(2026, 7, 14),
        ("icb", AGENDA): date(2026, 7, 14),
    }


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"clock": "gossip"}, "no notice or paper is called 'gossip'"),
        ({"organisations": ()}, "whose notice or papers they are is not said"),
        ({"on": "2026-07-23"}, "that day is after the meeting"),
    ],
)
def test_what_was_made_public_says_what_for_whom_and_before_the_meeting(given, says):
    verdict = may_add(None, book(), (), entry(**given))
    assert (verdict.answer, verdict.against[0].says) == (Answer.REFUSED, says)
