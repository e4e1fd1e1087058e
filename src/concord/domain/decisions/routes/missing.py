"""Organisations that must decide for themselves and have no stop on the route.

A matter of two organisations is two decisions (NHS Act 2006 s75 leaves each its functions).
"""

from __future__ import annotations

from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label
from concord.domain.agreements.membership import now_called
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.routes.plan import NoStop
from concord.domain.decisions.routes.stops import Turns
from concord.domain.findings import Authority
from concord.domain.language.values import NotStated
from concord.domain.places.organisations import Role


def no_stops(
    arrangement: Arrangement, matter: MatterText, turns: Turns, on: date
) -> tuple[NoStop, ...]:
    """Each commissioner concerned, or whose function it is, that decides at no stop."""
    deciding = {o for t in turns.turns if t.decides for o in t.organisations}
    concerned = _concerned(arrangement, matter, on)
    return tuple(
        _no_stop(arrangement, o, authority)
        for o, authority in concerned.items()
        if o not in deciding
    )


def _concerned(a: Arrangement, matter: MatterText, on: date) -> dict[str, Authority]:
    facts = matter.matter
    found: dict[str, Authority] = {}
    for name in facts.functions if isinstance(facts.functions, tuple) else ():
        function = a.functions.get(name)
        if function and isinstance(function.of, str):
            for holder in now_called(a, function.of, on):
                found.setdefault(holder, function.authority)
    for name in facts.organisations if isinstance(facts.organisations, tuple) else ():
        organisation = a.organisations.get(name)
        if organisation is None or isinstance(organisation.roles, NotStated):
            continue
        if Role.COMMISSIONER in organisation.roles:
            found.setdefault(name, organisation.authority)
    return found


def _no_stop(a: Arrangement, organisation: str, authority: Authority) -> NoStop:
    who = label(a, organisation)
    says = f"no stop is recorded for {who}'s own decision; nothing joint is decided until each has"
    remedy = f"Add a stop of {who} for decision, with its body and its day."
    return NoStop(
        organisation=organisation, label=who, says=says, remedy=remedy, authority=authority
    )
