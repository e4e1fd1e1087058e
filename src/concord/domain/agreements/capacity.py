"""In what capacity a body takes a matter: it decides, does less, or notes it and refers it on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.bodies import Body, Remit
from concord.domain.agreements.delegations import touches
from concord.domain.agreements.holders import may_be_given
from concord.domain.agreements.labels import label, listed
from concord.domain.agreements.matter import Matter
from concord.domain.agreements.membership import now_called
from concord.domain.findings import Answer, Authority, Verdict
from concord.domain.language.values import NotStated, holds_on

DECIDE = "decide"
NOTE = "note and refer"


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a body does with a matter, why, and who decides instead."""

    body: str
    label: str
    verb: str
    says: str
    authority: Authority
    refer_to: tuple[str, ...] = ()


def capacity_of(
    arrangement: Arrangement, body: Body, matter: Matter, deciding: Mapping[str, Verdict], on: date
) -> Capacity:
    """The body's capacity, given the verdicts on everyone to whom a power leads."""
    seats = [f"{body.id}.{s}" for s in body.known_seats]
    able = [m for m in (body.id, *seats) if _able(deciding.get(m))]
    if body.id in able:
        return Capacity(body.id, body.label, DECIDE, "it may decide this", body.authority)
    if able:
        who = listed([label(arrangement, m) for m in able])
        says = f"the body does not decide; {who} may, each for its own organisation"
        return Capacity(body.id, body.label, DECIDE, says, body.authority)
    others = tuple(m for m, verdict in deciding.items() if verdict.answer >= Answer.NEEDS)
    row = _remit(body, matter, on)
    if row is not None and not isinstance(row.may, NotStated):
        verb = listed([str(v) for v in row.may])
        return Capacity(
            body.id, body.label, verb, f"it may {verb}, not decide", row.authority, others
        )
    says, authority = _why_not(arrangement, body, matter, deciding, on)
    return Capacity(body.id, body.label, NOTE, says, authority, others)


def _able(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.answer >= Answer.NEEDS


def _remit(body: Body, matter: Matter, on: date) -> Remit | None:
    if isinstance(body.remit, NotStated):
        return None
    for row in body.remit:
        if row.covers is None or isinstance(row.covers, NotStated):
            continue
        holds = holds_on(row.starts, row.ends, on)
        if holds is not False and any(touches(row.covers, matter, f) for f in matter.functions):
            return row
    return None


def _why_not(
    arrangement: Arrangement, body: Body, matter: Matter, deciding: Mapping[str, Verdict], on: date
) -> tuple[str, Authority]:
    for name in matter.functions:
        function = arrangement.functions.get(name)
        if function is None:
            continue
        barred = may_be_given(arrangement, body.id, function, matter, False, on)
        if barred and barred.answer is Answer.REFUSED:
            return barred.says, barred.authority
        if isinstance(function.of, str) and not _of(arrangement, body, function.of, on):
            owners = now_called(arrangement, function.of, on) or (function.of,)
            whose = listed([label(arrangement, o) for o in owners])
            return f"the function belongs to {whose}", function.authority
    return _power_falls_short(arrangement, body, deciding), body.authority


def _power_falls_short(
    arrangement: Arrangement, body: Body, deciding: Mapping[str, Verdict]
) -> str:
    """Why the power that a body or its seats were given is not enough; or that there is none."""
    makers = [m for m in (body.id, *(f"{body.id}.{s}" for s in body.known_seats)) if m in deciding]
    if not makers:
        return "no power over this has been given to it"
    open_ = [m for m in makers if deciding[m].answer is Answer.NOT_STATED]
    who = listed([label(arrangement, m) for m in open_ or makers])
    if open_:
        return f"whether the power given to {who} reaches this is not stated"
    return f"the power given to {who} does not reach this"


def _of(arrangement: Arrangement, body: Body, organisation: str, on: date) -> bool:
    owners = {organisation, *now_called(arrangement, organisation, on)}
    return not body.organisations or bool(owners & set(body.organisations))
