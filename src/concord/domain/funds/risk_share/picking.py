"""Which lines and variances a rule is about (docs/language.md, 5.1 `of`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from concord.domain.funds.fund import Line
from concord.domain.funds.risk_rules import RiskRule, Which
from concord.domain.funds.risk_share.facts import LineVariance
from concord.domain.funds.risk_share.setting import Setting
from concord.domain.language.values import NotStated

_OF_LINES: Mapping[str, Callable[[Setting, Line], object]] = {
    "funds": lambda setting, line: line.fund,
    "schemes": lambda setting, line: line.scheme,
    "lines": lambda setting, line: line.id,
    "modes": lambda setting, line: setting.mode(line.id),
    "funding": lambda setting, line: line.funding,
    "marks": lambda setting, line: line.marks,
    "leads": lambda setting, line: setting.lead(line.id),
}


def names_line(setting: Setting, rule: RiskRule, name: str) -> bool:
    """Whether `of` names this line; a key the text is silent on leaves nothing out."""
    line = setting.line(name)
    if not isinstance(rule.of, Which):
        return setting.inside(name)
    if not setting.inside(name) and not _reaches_outside(setting, rule.of, line):
        return False
    return all(_has(setting, rule.of, key, line) for key in _OF_LINES)


def _has(setting: Setting, of: Which, key: str, line: Line) -> bool:
    wanted = getattr(of, key)
    if wanted is None or isinstance(wanted, NotStated):
        return True
    if key == "leads":
        wanted = tuple(setting.now(lead) for lead in wanted)
    has = _OF_LINES[key](setting, line)
    return bool(set(has) & set(wanted)) if isinstance(has, tuple) else has in wanted


def _reaches_outside(setting: Setting, of: Which, line: Line) -> bool:
    """A line outside the section 75 is reached only by a rule naming its mode, fund or line."""
    return any(
        isinstance(getattr(of, key), tuple) and _has(setting, of, key, line)
        for key in ("modes", "funds", "lines")
    )


def picks(setting: Setting, rule: RiskRule, variance: LineVariance) -> bool:
    """Whether a rule is about this variance."""
    if not names_line(setting, rule, variance.line):
        return False
    of = rule.of
    if not isinstance(of, Which):
        return True
    if isinstance(of.causes, tuple) and variance.cause not in of.causes:
        return False
    asked = of.approved_beforehand_by
    return not isinstance(asked, tuple) or set(asked) <= variance.approved_by


def silences(rule: RiskRule) -> str:
    """What a rule needs before it can be applied at all and does not state; empty if nothing."""
    if isinstance(rule.on, NotStated):
        return "whether the rule is about overspends or underspends is not stated"
    if isinstance(rule.net, NotStated):
        return "how wide the rule adds variances up is not stated"
    if isinstance(rule.of, NotStated):
        return "which variances the rule is about is not stated"
    if isinstance(rule.of, Which):
        for key in (*_OF_LINES, "causes", "approved_beforehand_by"):
            if isinstance(getattr(rule.of, key), NotStated):
                return f"which {key.replace('_', ' ')} the rule is about is not stated"
    if isinstance(rule.falls_to, NotStated):
        return "where the rule lets it fall is not stated"
    if isinstance(rule.takes, NotStated):
        return "how much the rule takes is not stated"
    return ""
