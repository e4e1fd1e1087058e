"""Findings on the order of risk rules, which are read once, as written."""

from __future__ import annotations

from collections.abc import Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.checks.found import grave, meet, slight
from concord.domain.findings import Finding
from concord.domain.funds.fund import FundText
from concord.domain.funds.names import rules_of
from concord.domain.funds.risk_rules import (
    FallsTo,
    Net,
    OffsetIn,
    On,
    RiskRule,
    ToReserve,
    UncommittedIn,
    Which,
)
from concord.domain.language.values import NotStated

KEYS = (
    "funds", "schemes", "lines", "modes", "funding", "marks", "leads", "causes",
    "approved_beforehand_by",
)  # fmt: skip
_AS_FAR_AS_IT_GOES = (OffsetIn, ToReserve, UncommittedIn)


def order_findings(text: FundText, arrangement: Arrangement) -> Iterator[Finding]:
    """What a rule takes before a later one can."""
    rules = rules_of(text)
    for number, rule in enumerate(rules):
        before = rules[:number]
        yield from _never_reached(rule, before)
        yield from _underspend_first(rule, before)
        yield from _nets_unasked(rule, before)


def takes_all(rule: RiskRule) -> bool:
    """Whether nothing that the rule is about is left when it has been read."""
    if rule.takes is not None or rule.cap is not None or rule.asks:
        return False
    return not _goes_only_so_far(rule)


def _goes_only_so_far(rule: RiskRule) -> bool:
    """A reserve that an underspend goes into has no bottom; the other three give out."""
    falls: FallsTo = rule.falls_to
    if isinstance(falls, ToReserve):
        return rule.on is not On.UNDERSPEND
    return isinstance(falls, _AS_FAR_AS_IT_GOES)


def _never_reached(rule: RiskRule, before: tuple[RiskRule, ...]) -> Iterator[Finding]:
    for earlier in before:
        if takes_all(earlier) and _holds_as_long(earlier, rule) and _leaves_nothing(earlier, rule):
            says = f"{earlier.label} takes everything that {rule.label} is about"
            remedy = f"Put {rule.label} before {earlier.label}, or take it out."
            yield grave("risk.never_reached", rule, says, remedy)
            return


def _leaves_nothing(earlier: RiskRule, later: RiskRule) -> bool:
    if earlier.on is not On.EITHER and earlier.on is not later.on:
        return False
    if not _wider(earlier.of, later.of):
        return False
    # A group of the other sign is left as it was, so a narrower rule may still find some in it.
    as_wide = earlier.net is later.net and earlier.of == later.of and _same(earlier.of, later.of)
    return earlier.on is On.EITHER or earlier.net is Net.LINE or as_wide


def _same(one: object, other: object) -> bool:
    return all(getattr(one, k, None) == getattr(other, k, None) for k in KEYS)


def _wider(earlier: object, later: object) -> bool:
    """Whether the earlier rule is about all that the later one is about."""
    if isinstance(earlier, NotStated) or isinstance(later, NotStated):
        return False
    for key in KEYS:
        wide, narrow = getattr(earlier, key, None), getattr(later, key, None)
        if wide is None:
            continue
        if not isinstance(wide, tuple) or not isinstance(narrow, tuple):
            return False
        # Everyone asked beforehand must have approved, so fewer named is wider there.
        inside = set(wide) <= set(narrow) if key == KEYS[-1] else set(narrow) <= set(wide)
        if not inside:
            return False
    return isinstance(later, Which) or earlier is None or _outside(earlier)


def _outside(which: object) -> bool:
    """A rule without `of` is about the section 75 alone, which any key narrows."""
    return all(getattr(which, k, None) is None for k in KEYS)


def _holds_as_long(earlier: RiskRule, later: RiskRule) -> bool:
    undated = earlier.starts is None and earlier.ends is None
    return undated or (earlier.starts, earlier.ends) == (later.starts, later.ends)


def _underspend_first(rule: RiskRule, before: tuple[RiskRule, ...]) -> Iterator[Finding]:
    """An overspend looks for underspends that an earlier rule has already given away."""
    if not isinstance(rule.falls_to, OffsetIn) or rule.on is On.UNDERSPEND:
        return
    wanted = rule.falls_to.offset_in if isinstance(rule.falls_to.offset_in, tuple) else ()
    for earlier in before:
        of = earlier.of if isinstance(earlier.of, Which) else None
        funds = of.funds if of and isinstance(of.funds, tuple) else wanted
        if earlier.on is On.UNDERSPEND and set(funds) & set(wanted) and meet(earlier, rule):
            says = f"{earlier.label} takes underspends that {rule.label} would meet overspends with"
            remedy = f"Put {rule.label} first, if the agreement means overspends to be met first."
            yield slight("risk.underspend_first", earlier, says, remedy)


def _nets_unasked(rule: RiskRule, before: tuple[RiskRule, ...]) -> Iterator[Finding]:
    """A wider net does without a decision what an earlier rule does only with one."""
    if rule.net in (Net.LINE, None) or isinstance(rule.net, NotStated):
        return
    for earlier in before:
        asked = isinstance(earlier.falls_to, OffsetIn) and earlier.asks
        if asked and rule.on is not On.UNDERSPEND and meet(earlier, rule):
            says = (
                f"{earlier.label} offsets only if it is agreed, and {rule.label} nets over the "
                f"{rule.net} unasked"
            )
            yield slight("risk.nets_unasked", rule, says, 'Write net = "line" there.')
            return
