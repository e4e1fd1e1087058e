"""Findings on days: gaps between dated rows, days in the wrong order, use outside a life."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, timedelta

from concord.domain.agreements.arrangement import Agreement, Arrangement, Ending, Term
from concord.domain.agreements.checks.found import grave, slight
from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.labels import label, on_day
from concord.domain.agreements.words import TermKind
from concord.domain.findings import Answer, Authority, Finding
from concord.domain.language.tables import Row
from concord.domain.language.values import Dated, Day, NotStated, Since, holds_on
from concord.domain.places.organisations import in_being, outlives_its_kind
from concord.domain.places.succession import names_before, names_on, succession_findings


def date_findings(arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the family `date.` that needs more than one row."""
    rows = (*arrangement.organisations.values(), *arrangement.bodies.values())
    for row in rows:
        yield from _gaps(row)
    for organisation in arrangement.organisations.values():
        if isinstance(organisation.kind, NotStated):
            continue
        for says in outlives_its_kind(organisation.kind, organisation.starts, organisation.ends):
            remedy = "Correct its first or last day, or its kind."
            says = f"{organisation.label}: {says}"
            yield grave("date.not_in_being", organisation, says, remedy)
    yield from succession_findings(arrangement.successions)
    for agreement in arrangement.agreements.values():
        yield from _out_of_order(agreement)
    told: set[tuple[int, str]] = set()
    for row, name, day, what in _used(arrangement):
        for finding in _not_in_being(arrangement, row, name, day, what):
            if (row.line, name) not in told:  # one day of a row is enough
                told.add((row.line, name))
                yield finding


def _gaps(row: Row) -> Iterator[Finding]:
    for field in fields(row):
        value = getattr(row, field.name)
        if isinstance(value, Dated) and len(value.rows) > 1:
            key = field.name.replace("_", " ")
            for first, last, line in gaps_between(value.rows):
                says = f"the {key} of {row.label} is not given"  # type: ignore[attr-defined]
                says = f"{says} from {on_day(first)} to {on_day(last)}"
                remedy = "Add the row for those days, or say that it is not stated."
                yield slight("date.gap", row, says, remedy, line=line)


def gaps_between(rows: tuple[Since[object], ...]) -> Iterator[tuple[date, date, int]]:
    """The days that lie between dated rows, and the line of the row that follows."""
    covered: date | None = None
    for row in sorted(rows, key=lambda r: _or(r.starts, date.min)):
        starts = _or(row.starts, date.min)
        stated = not isinstance(row.starts, NotStated)
        if stated and covered and covered < date.max and starts > covered + timedelta(days=1):
            yield covered + timedelta(days=1), starts - timedelta(days=1), row.line
        covered = max(covered or date.min, _or(row.ends, date.max))


def _or(day: Day, otherwise: date) -> date:
    return day if isinstance(day, date) else otherwise


def _out_of_order(agreement: Agreement) -> Iterator[Finding]:
    for term in agreement.known_terms:
        yield from _before(term, term.starts, term.ended, "the term ended", "it started")
    ending = agreement.ending
    if isinstance(ending, Ending):
        given = ending.notice_given
        yield from _before(ending, given, ending.wanted, "it was to end", "notice was given")
        yield from _before(ending, given, ending.ended, "it ended", "notice was given")


def _before(row: Row, first: Day, then: Day, what: str, earlier: str) -> Iterator[Finding]:
    if isinstance(first, date) and isinstance(then, date) and then < first:
        says = f"{what} on {on_day(then)}, before {earlier} on {on_day(first)}"
        yield grave("date.ends_before_start", row, says, "Correct one of the two days.")


Use = tuple[Row, str, date, str]


def _used(arrangement: Arrangement) -> Iterator[Use]:
    """Every use of an organisation on a day that the text states."""
    for agreement in arrangement.agreements.values():
        yield from _in_agreement(agreement)
    yield from _in_delegations(arrangement)
    for body in arrangement.bodies.values():
        if isinstance(body.starts, date):
            for name in body.organisations:
                yield body, name, body.starts, f"has a part in {body.label}"
    for row in arrangement.successions:
        if isinstance(row.on, date) and not isinstance(row.to, NotStated):
            for name in row.to:
                yield row, name, row.on, "takes another's place"


def _in_delegations(arrangement: Arrangement) -> Iterator[Use]:
    for row in arrangement.delegations.values():
        if not isinstance(row.starts, date):
            continue
        giver = row.from_ if isinstance(row.from_, str) else ""
        for owner in owners_of(arrangement, giver):
            yield row, owner, row.starts, "gives a power"
        for owner in (o for to in row.given_to for o in owners_of(arrangement, to)):
            yield row, owner, row.starts, "is given a power"


def _in_agreement(agreement: Agreement) -> Iterator[Use]:
    for term in agreement.known_terms:
        yield from _in_term(agreement, term)
    ending = agreement.ending
    if not isinstance(ending, Ending) or not isinstance(ending.given_by, str):
        return
    if isinstance(ending.notice_given, date):
        yield ending, ending.given_by, ending.notice_given, "gives notice"


def _in_term(agreement: Agreement, term: Term) -> Iterator[Use]:
    parties = () if isinstance(agreement.parties, NotStated) else agreement.parties
    what = f"is a party to {agreement.label}"
    if isinstance(term.starts, date) and term.kind is not TermKind.OPTION:
        for party in parties:
            yield term, party, term.starts, what
    for days, verb in ((term.approved, "approves"), (term.signed, "signs")):
        if isinstance(days, Mapping):
            for party, day in days.items():
                if isinstance(day, date):
                    yield term, party, day, f"{verb} {agreement.label}"


def _not_in_being(
    arrangement: Arrangement, row: Row, name: str, day: date, what: str
) -> Iterator[Finding]:
    now = names_on(arrangement.successions, name, day)
    if isinstance(now, NotStated) or name not in arrangement.organisations:
        return
    why = [w for w in (outside_its_life(arrangement, n, day) for n in now) if w]
    if not why:
        return
    before = [n for n in names_before(arrangement.successions, name, day) if n != name]
    who = " and ".join(label(arrangement, n) for n in before)
    remedy = f"Name {who}, as it then was." if who else "Name its successor, or correct the day."
    says = f"{label(arrangement, name)} {what} on {on_day(day)}: {why[0][0]}"
    yield grave("date.not_in_being", row, says, remedy, why[0][1])


def outside_its_life(
    arrangement: Arrangement, name: str, day: date
) -> tuple[str, Authority | None] | None:
    """Why an organisation was not in being on that day; None if it was, or if nobody says."""
    organisation = arrangement.organisations.get(name)
    if organisation is None:
        return None
    starts, ends = organisation.starts, organisation.ends
    if holds_on(starts, ends, day) is False:
        if isinstance(ends, date) and day > ends:
            return f"it ended on {on_day(ends)}", organisation.authority
        begins = f" before {on_day(starts)}" if isinstance(starts, date) else " then"
        return f"it did not exist{begins}", organisation.authority
    if isinstance(organisation.kind, NotStated):
        return None
    for reason in in_being(organisation.kind, day).reasons:
        if reason.answer is Answer.REFUSED:
            return reason.says, reason.authority
    return None
