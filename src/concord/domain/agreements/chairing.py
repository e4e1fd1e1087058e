"""Whose turn it is to take the chair: fixed, alternating from a first, or elected (004 ¶26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.bodies import Body, Chair
from concord.domain.agreements.labels import label, listed
from concord.domain.agreements.words import ChairRule, Turn
from concord.domain.findings import Answer, Authority, Reason, Verdict, all_of
from concord.domain.language.values import NotStated


@dataclass(frozen=True, slots=True)
class Chairing:
    """Who takes the chair at a meeting: a post, seat, body or organisation, or nobody certain.

    `who` may be several, one of whom takes it; it is empty where the verdict is not `stands`.
    """

    who: tuple[str, ...]
    verdict: Verdict


def chair_of(arrangement: Arrangement, body: Body, on: date, held: int | None = None) -> Chairing:
    """Who chairs the body on that day.

    `held` is how many meetings it held before this one under the rule in force, which only a chair
    that alternates each meeting asks for; None is that nobody has said.
    """
    rule = body.chair.on(on)
    if not isinstance(rule, Chair) or isinstance(rule.rule, NotStated):
        why = f"who chairs {body.label} is not stated"
        return _unknown(why, body.authority, "Record its chair rule with the clause.")
    match rule.rule:
        case ChairRule.FIXED:
            return _fixed(arrangement, body, rule)
        case ChairRule.ALTERNATING:
            return _alternating(arrangement, body, rule, on, held)
    when = "at its yearly meeting" if rule.rule is ChairRule.ELECTED_YEARLY else "for the meeting"
    says = f"{body.label} elects its chair {when}"
    remedy = "Record who was elected, as the first item of that meeting."
    return Chairing((), all_of([Reason(Answer.NEEDS, says, rule.authority, remedy)]))


def _unknown(says: str, authority: Authority, remedy: str) -> Chairing:
    return Chairing((), all_of([Reason(Answer.NOT_STATED, says, authority, remedy)]))


def _named(rule: Chair) -> tuple[str, ...]:
    return () if rule.who is None or isinstance(rule.who, NotStated) else rule.who


def _fixed(arrangement: Arrangement, body: Body, rule: Chair) -> Chairing:
    who = _named(rule)
    if not who:
        why = f"{body.label} has a fixed chair, and who that is is not stated"
        return _unknown(why, rule.authority, "Record who it is, with the clause.")
    names = listed([label(arrangement, w) for w in who], "or")
    says = f"{names} chairs {body.label}"
    return Chairing(who, all_of([Reason(Answer.STANDS, says, rule.authority)]))


def _alternating(
    arrangement: Arrangement, body: Body, rule: Chair, on: date, held: int | None
) -> Chairing:
    order = _in_turn(rule)
    lacking = [
        word
        for word, known in (
            ("among whom", len(_named(rule)) > 1),
            ("what makes a turn", isinstance(rule.turn, Turn)),
            ("who came first", bool(order)),
        )
        if not known
    ]
    if lacking:
        why = f"the chair of {body.label} alternates, and {listed(lacking)}"
        why = f"{why} {'is' if len(lacking) == 1 else 'are'} not stated"
        return _unknown(why, rule.authority, "Record it with its clause; then the turn follows.")
    if rule.turn is Turn.EACH_MEETING:
        turn, since = held, "how many meetings it has held"
    else:
        first_day = _first_day(arrangement, body, rule)
        turn, since = _years(first_day, on), "from which day its years run"
    if turn is None:
        why = f"whose turn it is to chair {body.label} depends on {since}, which nobody has said"
        return _unknown(why, rule.authority, "Record the meetings held, or the first day.")
    who = order[turn % len(order)]
    says = f"it is the turn of {label(arrangement, who)} to chair {body.label}, {rule.turn} in turn"
    return Chairing((who,), all_of([Reason(Answer.STANDS, says, rule.authority)]))


def _in_turn(rule: Chair) -> tuple[str, ...]:
    """Those who alternate, from the first; none where the first is not stated."""
    who = _named(rule)
    if not isinstance(rule.first, str) or rule.first not in who:
        return ()
    start = who.index(rule.first)
    return (*who[start:], *who[:start])


def _first_day(arrangement: Arrangement, body: Body, rule: Chair) -> date | None:
    """The first day of the first turn: the rule's, the body's, or that of its agreement."""
    agreement = arrangement.agreements.get(body.under) if isinstance(body.under, str) else None
    terms = agreement.known_terms if agreement else ()
    days = [rule.starts, body.starts, *(t.starts for t in terms[:1])]
    return next((d for d in days if isinstance(d, date)), None)


def _years(first: date | None, on: date) -> int | None:
    """Whole years from a first day to a day; none before it."""
    if first is None or on < first:
        return None
    short = (on.month, on.day) < (first.month, first.day)
    return on.year - first.year - short
