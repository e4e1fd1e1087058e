"""Whether an agreement's terms cover a month; an option gives nothing until it is exercised."""

from __future__ import annotations

from datetime import date

from concord.domain.agreements.arrangement import Agreement, Term
from concord.domain.agreements.terms import end_of
from concord.domain.agreements.words import TermKind


def term_covers(agreement: Agreement, period: int) -> bool:
    """Whether some term runs on the first day of the month; a silence is not held against it."""
    day = date(*divmod(period, 100), 1)
    given = [t for t in agreement.known_terms if t.kind is not TermKind.OPTION]
    return not given or any(_runs(term, day) for term in given)


def _runs(term: Term, day: date) -> bool:
    begun = not isinstance(term.starts, date) or term.starts <= day
    last = end_of(term)
    return begun and (last is None or day <= last)
