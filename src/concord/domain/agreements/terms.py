"""Terms of an agreement: in force on a day, signed by whom, gaps between them, notice running."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from concord.domain.agreements.arrangement import Agreement, Arrangement, Ending, Term
from concord.domain.agreements.labels import label, listed, on_day
from concord.domain.agreements.words import TermKind
from concord.domain.calendar import Period
from concord.domain.findings import Answer, Reason
from concord.domain.language.values import Day, NotStated, holds_on, reached


@dataclass(frozen=True, slots=True)
class Gap:
    """Days between two terms that no term covers; both days lie in the gap."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def is_in_force(arrangement: Arrangement, agreement: Agreement, on: date) -> Reason:
    """Whether a term runs on that day and every party had signed it by then.

    SI 2000/617 regs 7(3) and 9 ask for writing; an option gives nothing until it is exercised.
    """
    if isinstance(agreement.terms, NotStated) or not agreement.known_terms:
        return _silent(agreement, "its term is not stated")
    holding = [(t, _runs(t, on)) for t in agreement.known_terms if t.kind is not TermKind.OPTION]
    running = [t for t, holds in holding if holds]
    if not running:
        if any(holds is None for _, holds in holding):
            return _silent(agreement, f"whether a term ran on {on_day(on)} is not stated")
        says = f"no term of {agreement.label} runs on {on_day(on)}"
        remedy = "Agree and sign a further term."
        return Reason(Answer.REFUSED, says, agreement.authority, remedy)
    reasons = [_signed(arrangement, agreement, term, on) for term in running]
    return max(reasons, key=lambda r: r.answer)


def _runs(term: Term, on: date) -> bool | None:
    if isinstance(term.ended, date) and on > term.ended:
        return False
    return holds_on(term.starts, term.ends, on)


def _silent(agreement: Agreement, says: str) -> Reason:
    remedy = f"Record the term of {agreement.label} and the days it was signed."
    return Reason(Answer.NOT_STATED, f"{agreement.label}: {says}", agreement.authority, remedy)


def _signed(arrangement: Arrangement, agreement: Agreement, term: Term, on: date) -> Reason:
    parties = () if isinstance(agreement.parties, NotStated) else agreement.parties
    signed = {p: signature(term, p) for p in parties} or {"": signature(term, "")}
    by = {p: None if day is None else reached(day, on) for p, day in signed.items()}
    late = [p for p, done in by.items() if done is False]
    if late:
        who = listed([label(arrangement, p) for p in late if p]) or "a party"
        says = f"{agreement.label} had not been signed by {who} on {on_day(on)}"
        return Reason(Answer.REFUSED, says, term.authority, "Sign it before relying on it.")
    if None in by.values():
        return _silent(agreement, "when it was signed is not stated")
    return Reason(Answer.STANDS, f"{agreement.label} is in force on {on_day(on)}", term.authority)


def signature(term: Term, party: str) -> Day:
    """The day that party signed; None where the text does not have it."""
    if isinstance(term.signed, Mapping):
        return term.signed.get(party)
    return term.signed


def gaps(agreement: Agreement) -> tuple[Gap, ...]:
    """Days between terms that no term covers, in order; options give nothing."""
    found = []
    covered: date | None = None
    for term in sorted(_known(agreement), key=lambda t: t[0]):
        if covered is not None and (term[0] - covered).days > 1:
            found.append(Gap(covered + timedelta(days=1), term[0] - timedelta(days=1)))
        covered = max(covered or date.min, term[1])
    return tuple(found)


def _known(agreement: Agreement) -> list[tuple[date, date]]:
    found = []
    for term in agreement.known_terms:
        if term.kind is TermKind.OPTION or not isinstance(term.starts, date):
            continue
        last = term.ended if isinstance(term.ended, date) else term.ends
        found.append((term.starts, last if isinstance(last, date) else date.max))
    return found


def slip(term: Term) -> int | None:
    """By how many days the start has moved from the first planned one; None where not known."""
    if isinstance(term.first_planned, date) and isinstance(term.starts, date):
        return (term.starts - term.first_planned).days
    return None


def parties_of(agreement: Agreement) -> tuple[str, ...]:
    """The parties that the text states."""
    return () if isinstance(agreement.parties, NotStated) else agreement.parties


def end_of(term: Term) -> date | None:
    """The last day of a term, as it ended or as it was to; None where the text does not say."""
    if isinstance(term.ended, date):
        return term.ended
    return term.ends if isinstance(term.ends, date) else None


def last_term(agreement: Agreement) -> Term | None:
    """The term that ends last; None where one may run on, or the text does not say."""
    given = [t for t in agreement.known_terms if t.kind is not TermKind.OPTION]
    ends = [end_of(t) for t in given]
    if not given or None in ends:
        return None
    return max(given, key=lambda t: end_of(t) or date.max)


def notice_runs_out(ending: Ending) -> date | None:
    """The day to which notice runs: the day wanted, but no earlier than the period of notice."""
    least = None
    if isinstance(ending.notice_given, date) and isinstance(ending.notice, Period):
        least = ending.notice.after(ending.notice_given)
    wanted = ending.wanted if isinstance(ending.wanted, date) else None
    return max((d for d in (least, wanted) if d), default=None)
