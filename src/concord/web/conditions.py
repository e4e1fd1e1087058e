"""What a power or a step depends on, each condition as the end of a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from concord.domain.agreements import conditions as c
from concord.web.naming import Names, each, the
from concord.web.wording import count, listed


def condition(one: Any, names: Names) -> str:
    """One condition as the end of a sentence that begins `provided that`."""
    say = _SAID.get(type(one))
    return say(one, names) if say else "a condition that is not stated is met"


def _agreed(one: c.AgreedBy, names: Names) -> str:
    who, least = names.the_listed(one.agreed_by), one.at_least
    manner = ["in person"] * (one.personally is True) + ["in writing"] * (one.in_writing is True)
    how = f" {listed(manner)}" if manner else ""
    if isinstance(least, int):
        return f"at least {count(least)} of {who} agree{how}"
    return f"{who} {_many(one.agreed_by, 'agrees', 'agree')}{how}"


def _consulted(one: c.Consulted, names: Names) -> str:
    return f"{names.the_listed(one.consulted)} {_many(one.consulted, 'was', 'were')} consulted"


def _recommended(one: c.RecommendedBy, names: Names) -> str:
    has = _many(one.recommended_by, "has", "have")
    return f"{names.the_listed(one.recommended_by)} {has} recommended it"


def _decided(one: c.Decided, names: Names) -> str:
    by = f" by {names.the_listed(one.by)}" if each(one.by) else ""
    return f"“{one.decided}” was decided{by}"


def _any_of(one: c.AnyOf, names: Names) -> str:
    return listed((condition(inner, names) for inner in one.any_), "or")


_SAID: dict[type, Callable[[Any, Names], str]] = {
    c.AgreedBy: _agreed,
    c.Consulted: _consulted,
    c.RecommendedBy: _recommended,
    c.CarriedAt: lambda one, names: f"it is carried at {names.the(one.carried_at)}",
    c.AtMeetingOf: lambda one, names: f"{names.the(one.at_meeting_of)} meets on it",
    c.Decided: _decided,
    c.InForce: lambda one, names: f"{the(names.of(one.in_force))} is in force",
    c.WithinBudget: lambda one, names: "it is within an agreed budget",
    c.NeutralFor: lambda one, names: f"it costs {names.the_short(one.neutral_for)} nothing net",
    c.Met: lambda one, names: f"“{one.met}” is recorded as met",
    c.AnyOf: _any_of,
}


def conditions(rows: Iterable[Any], names: Names) -> str:
    said = listed(condition(one, names) for one in rows)
    return f", provided that {said}" if said else ""


def _many(who: Any, one: str, more: str) -> str:
    """The verb for one or for several; a seat is always several people."""
    several = each(who)
    is_seat = any("." in name and not name.endswith(".chair") for name in several)
    return more if len(several) > 1 or is_seat else one


def listed_conditions(rows: Iterable[Any], names: Names) -> str:
    """Every condition of a list, all of which must be met."""
    return listed(condition(one, names) for one in rows) or "nothing"
