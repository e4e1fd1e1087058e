"""Conditions in words: what each asks for, as a sentence can say it."""

from __future__ import annotations

from concord.domain.agreements import conditions as c
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import how_many, label, listed
from concord.domain.language.values import NotStated


def names(refs: tuple[str, ...] | str | NotStated) -> tuple[str, ...]:
    """The names a condition gives; none where it does not state them."""
    if isinstance(refs, NotStated):
        return ()
    return (refs,) if isinstance(refs, str) else refs


def told(arrangement: Arrangement, condition: c.Condition) -> str:
    """`the chair of the Board and the Place Director have been consulted`."""

    def who(refs: tuple[str, ...] | str | NotStated, verb: str = "") -> str:
        each = [label(arrangement, n) for n in names(refs)]
        if verb == "has" and len(each) > 1:
            verb = "have"
        return f"{listed(each) or 'those not stated'} {verb}".strip()

    match condition:
        case c.AgreedBy():
            least = f"at least {how_many(condition.at_least, 'of')} " if condition.at_least else ""
            return f"{least}{who(condition.agreed_by, 'has')} agreed{_manner(condition)}"
        case c.Consulted():
            return f"{who(condition.consulted, 'has')} been consulted"
        case c.RecommendedBy():
            return f"{who(condition.recommended_by, 'has')} recommended it"
        case c.AtMeetingOf():
            return f"{who(condition.at_meeting_of, 'has')} met on it"
        case c.CarriedAt():
            return f"it is carried at {who(condition.carried_at)}"
        case c.InForce():
            return f"{who(condition.in_force)} is in force"
        case c.NeutralFor():
            return f"it costs {who(condition.neutral_for)} nothing net"
    return _plainly(arrangement, condition)


def _plainly(arrangement: Arrangement, condition: c.Condition) -> str:
    """The conditions that name nobody."""
    match condition:
        case c.Decided():
            return f"a decision exists: {condition.decided}"
        case c.WithinBudget():
            return "it is within an agreed budget"
        case c.Met():
            return f"this is met: {condition.met}"
        case c.AnyOf():
            return listed([told(arrangement, one) for one in condition.any_], "or")
    return "a condition that is not stated is met"


def _manner(condition: c.AgreedBy) -> str:
    manner = ("in person", condition.personally), ("in writing", condition.in_writing)
    return "".join(f" {words}" for words, asked in manner if asked)
