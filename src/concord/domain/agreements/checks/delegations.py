"""Findings on what is delegated: to whom the law forbids it, for nothing, without an end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from concord.domain.agreements.arrangement import Arrangement, Delegation, Function
from concord.domain.agreements.bodies import Covers
from concord.domain.agreements.checks.found import a_day_of, grave, slight
from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.holders import form_of, may_be_given
from concord.domain.agreements.labels import how_many, label, listed, on_day
from concord.domain.agreements.matter import Matter
from concord.domain.agreements.membership import now_called
from concord.domain.agreements.words import Mode, Renewal
from concord.domain.findings import Answer, Finding
from concord.domain.language.values import Limit, NotStated

Leads = Mapping[str, set[str]]


def delegation_findings(arrangement: Arrangement) -> Iterator[Finding]:
    """The findings of the family `deleg.` that look at one delegation, or at its renewal."""
    leads = _to_organisations(arrangement)
    for row in arrangement.delegations.values():
        yield from _covers_nothing(arrangement, row)
        yield from _renewal_needs_end(arrangement, row)
        yield from _renewed_late(arrangement, row)
        for name in row.given_to:
            yield from _to_whom(arrangement, row, name, leads)


def given_to(arrangement: Arrangement, row: Delegation) -> str:
    """To whom a delegation is made, in words."""
    return listed([label(arrangement, n) for n in row.given_to]) or "someone not stated"


def functions_of(arrangement: Arrangement, row: Delegation) -> tuple[Function, ...]:
    """The functions a delegation covers, of those that the text defines."""
    if isinstance(row.covers, NotStated) or isinstance(row.covers.functions, NotStated):
        return ()
    named = dict.fromkeys(row.covers.functions)
    return tuple(arrangement.functions[f] for f in named if f in arrangement.functions)


def _covers_nothing(arrangement: Arrangement, row: Delegation) -> Iterator[Finding]:
    if not isinstance(row.covers, Covers):
        return
    empty = [key for key in ("functions", "acts", "modes", "funds", "agreements")
             if getattr(row.covers, key) == ()]  # fmt: skip
    if empty:
        says = f"the delegation to {given_to(arrangement, row)} covers nothing: no {empty[0]}"
        remedy = f"Name the {empty[0]}, or leave the key out where it is not to narrow."
        yield grave("deleg.covers_nothing", row, says, remedy)


def _renewal_needs_end(arrangement: Arrangement, row: Delegation) -> Iterator[Finding]:
    if row.renewal is Renewal.YEARLY and row.ends is None:
        says = f"the delegation to {given_to(arrangement, row)} is renewed yearly and never ends"
        remedy = 'Add ends, the last day it holds; if the source is silent, "not stated".'
        yield grave("deleg.renewal_needs_end", row, says, remedy)


def _to_whom(
    arrangement: Arrangement, row: Delegation, name: str, leads: Leads
) -> Iterator[Finding]:
    """That the law keeps a power from its receiver; functions alike in law are told together."""
    if name in arrangement.organisations:
        return  # lead commissioning: its own law says who inside it decides
    on = a_day_of(row)
    form = form_of(arrangement, name, on)
    alike: dict[tuple[object, object, bool], list[Function]] = {}
    for function in functions_of(arrangement, row):
        lead = _reached_by_lead(arrangement, name, function, row, leads)
        alike.setdefault((function.of, function.kind, lead), []).append(function)
    for (_, _, lead), functions in alike.items():
        outside = "" if lead else _not_of(arrangement, name, functions[0], on)
        if outside:
            what = listed([f.label for f in functions])
            says = f"{outside}, whose function it is: {what}"
            remedy = "Use lead commissioning, a joint appointment, or someone of the organisation."
            yield grave("deleg.form_forbids", row, says, remedy)
            continue
        matter = _matter(row, functions[0])
        barred = may_be_given(arrangement, name, functions[0], matter, lead, on)
        if barred is None or barred.answer is not Answer.REFUSED:
            continue
        nothing = form is not None and form.may_not_be_given_any
        id_ = "deleg.holds_nothing" if nothing else "deleg.form_forbids"
        remedy = barred.remedy
        if not nothing and not _outside_section_75(matter):
            remedy = "Give it to someone who may hold it, or record a ruling that it may be given."
        yield grave(id_, row, barred.says, remedy, barred.authority)


def _matter(row: Delegation, function: Function) -> Matter:
    """A matter with every mode of money that the delegation names; where it names none, pooled."""
    modes = row.covers.modes if isinstance(row.covers, Covers) else None
    known = (Mode.POOLED,) if modes is None or isinstance(modes, NotStated) else modes
    return Matter((function.id,), modes=known)


def _outside_section_75(matter: Matter) -> bool:
    return any(not mode.in_section_75 for mode in matter.modes)


def _not_of(arrangement: Arrangement, name: str, function: Function, on: date) -> str:
    owners = owners_of(arrangement, name)
    if isinstance(function.of, NotStated) or not owners:
        return ""
    wanted = {function.of, *now_called(arrangement, function.of, on)}
    theirs = {n for o in owners for n in (o, *now_called(arrangement, o, on))}
    if wanted & theirs:
        return ""
    return f"{label(arrangement, name)} is not of {label(arrangement, function.of)}"


def _to_organisations(arrangement: Arrangement) -> Leads:
    """The functions that delegations bring to each organisation."""
    found: dict[str, set[str]] = {}
    for row in arrangement.delegations.values():
        for to in row.given_to:
            if to in arrangement.organisations:
                found.setdefault(to, set()).update(f.id for f in functions_of(arrangement, row))
    return found


def _reached_by_lead(
    arrangement: Arrangement, name: str, function: Function, row: Delegation, leads: Leads
) -> bool:
    """Whether the function reached the giver's and the receiver's organisation by a delegation."""
    theirs = {*owners_of(arrangement, name)}
    if isinstance(row.from_, str):
        theirs &= {*owners_of(arrangement, row.from_)}
    return any(function.id in leads.get(o, ()) for o in theirs)


def _renewed_late(arrangement: Arrangement, row: Delegation) -> Iterator[Finding]:
    """Days between a power and its renewal on which nobody held it."""
    if row.renewal is None or not isinstance(row.ends, date):
        return
    after = next_of(arrangement, row)
    if after is None or not isinstance(after.starts, date):
        return
    days = (after.starts - row.ends).days - 1
    if days > 0:
        says = f"the delegation to {given_to(arrangement, row)} ended on {on_day(row.ends)}"
        says = f"{says} and was not renewed until {on_day(after.starts)}: {how_many(days, 'day')}"
        remedy = "Look for decisions taken in between; the giver would have to confirm them."
        yield slight("deleg.not_renewed", after, f"{says} without it", remedy)


def next_of(arrangement: Arrangement, row: Delegation) -> Delegation | None:
    """The delegation that renews this one: of the same power, holding soonest after its end."""
    if not isinstance(row.ends, date):
        return None
    later = [
        d
        for d in arrangement.delegations.values()
        if d is not row and _same_power(arrangement, row, d) and _outlasts(d, row.ends)
    ]
    return min(
        later, key=lambda d: d.starts if isinstance(d.starts, date) else date.min, default=None
    )


def _outlasts(row: Delegation, day: date) -> bool:
    return not isinstance(row.ends, date) or row.ends > day


def _same_power(arrangement: Arrangement, one: Delegation, other: Delegation) -> bool:
    if one.from_ != other.from_ or set(one.given_to) != set(other.given_to):
        return False
    mine, theirs = functions_of(arrangement, one), functions_of(arrangement, other)
    if not {f.id for f in mine} & {f.id for f in theirs}:
        return False
    return (one.clause == other.clause != "not stated") or _as_much(one, other)


def _as_much(one: Delegation, other: Delegation) -> bool:
    if not isinstance(one.limit, Limit) or not isinstance(other.limit, Limit):
        return True
    if one.limit.pence is None or other.limit.pence is None:
        return other.limit.pence is None
    return other.limit.pence >= one.limit.pence
