"""Findings on the order of risk rules, which are read once, as written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

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
)
from concord.domain.funds.risk_share.picking import names_line
from concord.domain.funds.risk_share.setting import Setting
from concord.domain.language.values import NotStated

Lines = Mapping[int, frozenset[str]]  # the lines of each rule, by its identity
_AS_FAR_AS_IT_GOES = (OffsetIn, ToReserve, UncommittedIn)


def order_findings(text: FundText, arrangement: Arrangement) -> Iterator[Finding]:
    """What a rule takes before a later one can."""
    rules = rules_of(text)
    setting = setting_of(text, arrangement)
    lines = {id(rule): lines_of(setting, rule) for rule in rules}
    for number, rule in enumerate(rules):
        before = rules[:number]
        yield from _never_reached(lines, rule, before)
        yield from _underspend_first(text, lines, rule, rules[number + 1 :])
        yield from _nets_unasked(rule, before)


def setting_of(text: FundText, arrangement: Arrangement) -> Setting:
    """The text as of the end of the last year that has a budget: names are read as of then."""
    day = max((b.last_day for b in text.budgets if b.last_day), default=date.min)
    return Setting(arrangement, text, "", day)


def lines_of(setting: Setting, rule: RiskRule) -> frozenset[str]:
    """The lines a rule is about."""
    return frozenset(n for n in setting.text.lines if names_line(setting, rule, n))


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


def _never_reached(lines: Lines, rule: RiskRule, before: tuple[RiskRule, ...]) -> Iterator[Finding]:
    for earlier in before:
        if takes_all(earlier) and _as_long(earlier, rule) and _all_of(lines, earlier, rule):
            says = f"{earlier.label} takes everything that {rule.label} is about"
            remedy = f"Put {rule.label} before {earlier.label}, or take it out."
            yield grave("risk.never_reached", rule, says, remedy)
            return


def _all_of(lines: Lines, earlier: RiskRule, later: RiskRule) -> bool:
    """Whether the earlier rule is about every variance that the later one is about."""
    if earlier.on is not On.EITHER and earlier.on is not later.on:
        return False
    theirs, ours = lines[id(earlier)], lines[id(later)]
    if not ours or not ours <= theirs or not _wider(earlier.of, later.of):
        return False
    # A group of the other sign is left as it was, so a narrower rule may still find some in it.
    same = theirs == ours and _wider(later.of, earlier.of) and earlier.net is later.net
    return earlier.on is On.EITHER or earlier.net is Net.LINE or same


def _wider(one: object, other: object) -> bool:
    """Whether one takes every cause, and asks no more approvals, than the other."""
    if isinstance(one, NotStated) or isinstance(other, NotStated):
        return False
    causes, theirs = getattr(one, "causes", None), getattr(other, "causes", None)
    asked = getattr(one, "approved_beforehand_by", None)
    others = getattr(other, "approved_beforehand_by", None)
    if any(isinstance(named, NotStated) for named in (causes, theirs, asked, others)):
        return False
    every_cause = causes is None or (theirs is not None and set(theirs) <= set(causes))
    return every_cause and (asked is None or set(asked) <= set(others or ()))


def _as_long(earlier: RiskRule, later: RiskRule) -> bool:
    undated = earlier.starts is None and earlier.ends is None
    return undated or (earlier.starts, earlier.ends) == (later.starts, later.ends)


def _underspend_first(
    text: FundText, lines: Lines, rule: RiskRule, after: tuple[RiskRule, ...]
) -> Iterator[Finding]:
    """An overspend looks for underspends that an earlier rule has already given away."""
    if rule.on is not On.UNDERSPEND:
        return
    for later in after:
        if later.on is On.UNDERSPEND or not isinstance(later.falls_to, OffsetIn):
            continue
        funds = later.falls_to.offset_in if isinstance(later.falls_to.offset_in, tuple) else ()
        given = any(text.lines[name].fund in funds for name in lines[id(rule)])
        if given and meet(rule, later):
            says = f"{rule.label} takes underspends that {later.label} would meet overspends with"
            remedy = f"Put {later.label} first, if the agreement means overspends to be met first."
            yield slight("risk.underspend_first", rule, says, remedy)
            return


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
