"""Findings on ladders of agreements: a step taken before what it waits for, a ladder in a ring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from concord.domain.agreements.arrangement import Agreement, Arrangement, Term
from concord.domain.agreements.checks.found import grave
from concord.domain.agreements.conditions import AgreedBy, InForce
from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.labels import label, on_day
from concord.domain.agreements.ladder import conditions_of
from concord.domain.agreements.provisos import names
from concord.domain.agreements.terms import is_in_force, parties_of, signature
from concord.domain.agreements.words import Stage, TermKind
from concord.domain.findings import Answer, Finding
from concord.domain.language.values import Day, NotStated

ID = "agree.ladder_broken"


def ladder_findings(arrangement: Arrangement) -> Iterator[Finding]:
    """Every way in which the text itself shows a ladder broken, without any record."""
    for agreement in arrangement.agreements.values():
        yield from _follows(arrangement, agreement)
        for term in agreement.known_terms:
            yield from _approved_too_late(arrangement, agreement, term)
            yield from _not_in_force(arrangement, agreement, term)
    yield from _rings(arrangement)


def first_signed(agreement: Agreement) -> Day:
    """The day by which every party had first signed; None where the text shows no signing."""
    found: list[date] = []
    silent = isinstance(agreement.terms, NotStated)
    for term in agreement.known_terms:
        days = [signature(term, p) for p in parties_of(agreement) or ("",)]
        dated = [d for d in days if isinstance(d, date)]
        silent = silent or any(isinstance(d, NotStated) for d in days)
        if len(dated) == len(days):
            found.append(max(dated))
    return min(found) if found else (NotStated() if silent else None)


def _follows(arrangement: Arrangement, agreement: Agreement) -> Iterator[Finding]:
    signed = first_signed(agreement)
    if not isinstance(signed, date) or isinstance(agreement.follows, NotStated):
        return
    for name in agreement.follows:
        earlier = arrangement.agreements.get(name)
        if earlier is None:
            continue
        before = first_signed(earlier)
        says = f"{agreement.label} was signed on {on_day(signed)} and follows {earlier.label}"
        remedy = f"Record when {earlier.label} was signed, or correct what this one follows."
        if before is None:
            yield grave(ID, agreement, f"{says}, which the text does not show as signed", remedy)
        elif isinstance(before, date) and before > signed:
            yield grave(ID, agreement, f"{says}, signed only on {on_day(before)}", remedy)


def _approved_too_late(
    arrangement: Arrangement, agreement: Agreement, term: Term
) -> Iterator[Finding]:
    """A party that signed before it approved, where signing waits for an agreement on its side."""
    waits = [c for c in conditions_of(agreement, Stage.SIGNED) if isinstance(c, AgreedBy)]
    sides = {o for c in waits for n in names(c.agreed_by) for o in owners_of(arrangement, n)}
    for party in parties_of(agreement):
        approved = term.approved.get(party) if isinstance(term.approved, Mapping) else term.approved
        signed = signature(term, party)
        both = isinstance(approved, date) and isinstance(signed, date)
        if party in sides and both and signed < approved:  # type: ignore[operator]
            says = f"{label(arrangement, party)} signed {agreement.label} on {on_day(signed)}"  # type: ignore[arg-type]
            says = f"{says}, and approved it only on {on_day(approved)}"  # type: ignore[arg-type]
            remedy = "Signing waits for the approval: correct the days, or have it signed again."
            yield grave(ID, term, says, remedy)


def _not_in_force(arrangement: Arrangement, agreement: Agreement, term: Term) -> Iterator[Finding]:
    """A term signed or begun on a day on which the agreement it waits for was not in force."""
    if term.kind is TermKind.OPTION:
        return
    signed = [signature(term, p) for p in parties_of(agreement) or ("",)]
    days = {
        Stage.SIGNED: [d for d in signed if isinstance(d, date)],
        Stage.STARTS: [term.starts] if isinstance(term.starts, date) else [],
    }
    for stage, on in days.items():
        waits = [c for c in conditions_of(agreement, stage) if isinstance(c, InForce)]
        for condition in waits:
            other = arrangement.agreements.get(str(condition.in_force))
            for day in on[:1] if other else ():
                reason = is_in_force(arrangement, other, day)  # type: ignore[arg-type]
                if reason.answer is Answer.REFUSED:
                    what = "was signed" if stage is Stage.SIGNED else "starts"
                    says = f"{agreement.label} {what} on {on_day(day)}, and {reason.says}"
                    yield grave(ID, term, says, "Correct the days, or sign the other one first.")


def _rings(arrangement: Arrangement) -> Iterator[Finding]:
    """Agreements that wait for one another, each ring told once."""
    told: set[frozenset[str]] = set()
    for start in arrangement.agreements:
        path = _back_to(arrangement, start)
        if path and frozenset(path) not in told:
            told.add(frozenset(path))
            last = max((arrangement.agreements[n] for n in path), key=lambda a: a.line)
            way = " on ".join(arrangement.agreements[n].label for n in (*path, path[0]))
            says = f"agreements wait for one another in a ring: {way}"
            yield grave(ID, last, says, "Take out the step that looks forward.")


def _back_to(arrangement: Arrangement, start: str) -> tuple[str, ...]:
    pending: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while pending:
        path = pending.pop(0)
        for name in _waits_for(arrangement.agreements[path[-1]]):
            if name == start:
                return path
            if name in arrangement.agreements and name not in seen:
                seen.add(name)
                pending.append((*path, name))
    return ()


def _waits_for(agreement: Agreement) -> Iterator[str]:
    if not isinstance(agreement.follows, NotStated):
        yield from agreement.follows
    if isinstance(agreement.under, str):
        yield agreement.under
    for stage in Stage:
        for condition in conditions_of(agreement, stage):
            if isinstance(condition, InForce) and isinstance(condition.in_force, str):
                yield condition.in_force
