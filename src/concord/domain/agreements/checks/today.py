"""Findings that depend on the day: what ends soon, ran out, was not renewed, is under notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from concord.domain.agreements.arrangement import (
    Agreement,
    Arrangement,
    Delegation,
    Ending,
)
from concord.domain.agreements.checks.delegations import given_to, next_of
from concord.domain.agreements.checks.found import slight
from concord.domain.agreements.checks.ladders import first_signed
from concord.domain.agreements.labels import how_many, label, on_day
from concord.domain.agreements.terms import end_of, gaps, last_term, notice_runs_out
from concord.domain.findings import Finding
from concord.domain.language.reading import Standing
from concord.domain.language.values import Day, NotStated, reached

SOON = 90  # days; a cabinet's cycle of reports and the forward plan's 28 days fit into it


def today_findings(arrangement: Arrangement, on: date) -> Iterator[Finding]:
    """What a reader has to know on that day; what is only proposed has not begun to run out."""
    for row in arrangement.delegations.values():
        if row.standing is not Standing.PROPOSED:
            yield from _power(arrangement, row, on)
    for agreement in arrangement.agreements.values():
        if agreement.standing is not Standing.PROPOSED:
            if not _followed(arrangement, agreement, on):
                yield from _term(agreement, on)
            yield from _notice(arrangement, agreement, on)


def _power(arrangement: Arrangement, row: Delegation, on: date) -> Iterator[Finding]:
    if not isinstance(row.ends, date) or reached(row.starts, on) is False:
        return
    if next_of(arrangement, row) is not None:
        return
    giver = label(arrangement, row.from_) if isinstance(row.from_, str) else "its giver"
    says = f"the delegation to {given_to(arrangement, row)}"
    if row.ends < on:
        if row.renewal is not None:
            says = f"{says} ended on {on_day(row.ends)} and was not renewed"
            remedy = f"Ask {giver} to give it again, or to say that it is at an end."
            yield slight("deleg.not_renewed", row, says, remedy)
    elif (row.ends - on).days <= SOON:
        says = f"{says} ends on {on_day(row.ends)}, in {how_many((row.ends - on).days, 'day')}"
        yield slight("deleg.ends_soon", row, says, f"Ask {giver} in time to renew it.")


def _followed(arrangement: Arrangement, agreement: Agreement, on: date) -> bool:
    """Whether the next step of its ladder had been signed by that day, and stands in its place."""
    for later in arrangement.agreements.values():
        if not isinstance(later.follows, NotStated) and agreement.id in later.follows:
            signed = first_signed(later)
            if signed is not None and reached(signed, on):
                return True
    return False


def _term(agreement: Agreement, on: date) -> Iterator[Finding]:
    for gap in gaps(agreement):
        if gap.first <= on <= gap.last:
            says = f"no term of {agreement.label} runs today; the next begins on"
            says = f"{says} {on_day(gap.last + timedelta(days=1))}"
            yield slight("agree.gap", agreement, says, "Agree what holds until then, in writing.")
    last = last_term(agreement)
    if last is None or (end := end_of(last)) is None or reached(last.starts, on) is False:
        return
    if end < on:
        says = f"the last term of {agreement.label} ended on {on_day(end)}"
        remedy = "Agree and sign a further term, or record that it is at an end."
        yield slight("agree.expired", last, says, remedy)
    elif (end - on).days <= SOON:
        says = f"the last term of {agreement.label} ends on {on_day(end)}"
        says = f"{says}, in {how_many((end - on).days, 'day')}"
        yield slight("agree.ends_soon", last, says, "Agree and sign a further term in time.")


def _notice(arrangement: Arrangement, agreement: Agreement, on: date) -> Iterator[Finding]:
    ending = agreement.ending
    if not isinstance(ending, Ending) or ending.notice_given is None:
        return
    if reached(ending.notice_given, on) is not True or _over(ending, on):
        return
    by = f" by {label(arrangement, ending.given_by)}" if isinstance(ending.given_by, str) else ""
    when = ending.notice_given
    says = f"notice to end {agreement.label} was given{by}"
    says += f" on {on_day(when)}" if isinstance(when, date) else ""
    earliest = notice_runs_out(ending)
    says += f"; it runs until {on_day(earliest)}" if earliest else "; until when is not stated"
    remedy = "Agree what follows for the money, the staff and the people served."
    yield slight("agree.notice_running", ending, says, remedy)


def _over(ending: Ending, on: date) -> bool:
    end: Day = ending.ended
    if end is None or isinstance(end, NotStated):
        end = ending.wanted
    return isinstance(end, date) and end < on
