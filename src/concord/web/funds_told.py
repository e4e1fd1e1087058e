"""How money is said: signs, silences, the words of a risk rule and of a fund's facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from concord.domain.agreements.words import Mode
from concord.domain.funds.fund import Fund, FundText, Line
from concord.domain.funds.ledger.chart import NOBODY_STATED
from concord.domain.funds.ledger.periods import in_words
from concord.domain.funds.risk_rules import (
    ByContributions,
    ByRatio,
    Falls,
    Net,
    OffsetIn,
    On,
    RiskRule,
    ToReserve,
    UncommittedIn,
)
from concord.domain.language.values import NotStated, Share
from concord.domain.money import pounds
from concord.web.naming import Names, known
from concord.web.wording import listed, upper_first


def exact(pence: int) -> str:
    """`£506,499.89`, to the penny whatever the pence are; nil in words."""
    if pence == 0:
        return "nil"
    whole, rest = divmod(abs(pence), 100)
    return f"{'−' if pence < 0 else ''}£{whole:,}.{rest:02}"


def signed(pence: int) -> str:
    """`+£318,402.75` and `−£60,000.00`."""
    return f"+{exact(pence)}" if pence > 0 else exact(pence)


def told(value: int | NotStated | None, silent: str = "Not reported") -> str:
    """An amount, or the word for why there is none."""
    if isinstance(value, NotStated):
        return "Not stated"
    return silent if value is None else "nil" if value == 0 else pounds(value)


def millions(pence: int) -> str:
    """`£105.196m` for a headline; below a million, whole pounds."""
    if abs(pence) < 1_000_000_00:
        return pounds(round(pence / 100) * 100)
    return f"{'−' if pence < 0 else ''}£{abs(pence) / 1_000_000_00:,.3f}m"


def partner(names: Names, name: str) -> str:
    """A partner as a column's heading."""
    if name in ("", NOBODY_STATED):
        return "Whose, not stated"
    return upper_first(names.short(name))


def said(value: object) -> str:
    """A word of the text, or that it is silent."""
    return upper_first(value) if known(value) else "Not stated"


def line_name(text: FundText, name: str) -> str:
    """A line by its label, or as a person says its id."""
    line = text.lines.get(name)
    label = line.label if line else name
    return upper_first(label.replace("_", " ")) if label == name else label


def mode(fund: Fund) -> str:
    return f"{fund.mode}" if isinstance(fund.mode, Mode | str) else "mode not stated"


def apart(text: FundText, line: Line) -> str:
    """Why a line's money stands apart: ring-fenced or capital; empty where it does not."""
    source = text.funding.get(line.funding) if isinstance(line.funding, str) else None
    if source is None or not source.apart:
        return ""
    return "ring-fenced" if source.ring_fenced is True else "capital"


_ON = {
    On.OVERSPEND: "An overspend",
    On.UNDERSPEND: "An underspend",
    On.EITHER: "What is over or under budget",
}
_NET = {
    Net.LINE: "line by line",
    Net.SCHEME: "scheme by scheme",
    Net.FUND: "over the whole fund",
    Net.AGREEMENT: "over the whole agreement",
}
_FALLS = {
    Falls.LEAD: "falls to the lead of the line",
    Falls.HOST: "falls to the host",
    Falls.AT_FAULT: "falls to the partner that caused it",
    Falls.LINE_SHARE: "falls in the share agreed for the line",
    Falls.COMMISSIONED: "falls in proportion to what each commissions",
    Falls.AS_DECIDED: "falls as is decided",
    Falls.NO_ONE: "has no owner until someone decides",
}


def plan_words(names: Names, text: FundText, said_: str) -> str:
    """What a rule says of lines, partners and bodies by their ids, with the names readers know."""
    words = said_
    for line in text.lines:
        for who in names.arrangement.organisations:
            words = words.replace(
                f"{line}, {who}", f"{line_name(text, line)} ({partner(names, who)})"
            )
    for body in names.arrangement.bodies:
        words = re.sub(rf"\bgive {re.escape(body)} its\b", f"give {names.the(body)} its", words)
    return words


def rule_words(names: Names, text: FundText, rule: RiskRule) -> str:
    """One rule as a sentence."""
    on = _ON[rule.on] if isinstance(rule.on, On) else "A variance"
    net = f", counted {_NET[rule.net]}," if isinstance(rule.net, Net) else ""
    what = f"{on}{_which(names, text, rule)}{net} {_falls(names, text, rule)}"
    takes = f"; at most {_amount(rule.takes)} of it" if rule.takes is not None else ""
    return f"{what}{takes}{_cap(names, rule)}{_asked(names, rule)}."


def _which(names: Names, text: FundText, rule: RiskRule) -> str:
    of = rule.of
    if of is None or isinstance(of, NotStated):
        return ""
    said = []
    for words, values in (
        ("caused by", of.causes), ("of lines held", of.modes), ("of lines marked", of.marks),
        ("of lines led by", of.leads), ("of", of.lines), ("of", of.schemes), ("in", of.funds),
        ("paid from", of.funding),
    ):  # fmt: skip
        if isinstance(values, tuple):
            said.append(f"{words} {listed((_name(names, text, v) for v in values), 'or')}")
    return f" {' and '.join(said)}" if said else ""


def _name(names: Names, text: FundText, value: object) -> str:
    word = str(value)
    for table in (text.lines, text.schemes, text.funds, text.funding):
        if word in table:
            return table[word].label
    return names.the_short(word) if word in names.arrangement.organisations else word


def _falls(names: Names, text: FundText, rule: RiskRule) -> str:
    match rule.falls_to:
        case Falls() as word:
            return _FALLS[word]
        case ByRatio(ratio=ratio) if isinstance(ratio, Mapping):
            parts = listed(f"{names.the_short(p)} {w}" for p, w in ratio.items())
            return f"is shared in the agreed ratio, {parts}"
        case ByRatio():
            return "is shared in a ratio that is not stated"
        case ByContributions(contributions=basis):
            return f"is shared in proportion to contributions {basis}"
        case OffsetIn(offset_in=funds):
            return f"is met by the opposite in {_of(text.funds, funds)}"
        case ToReserve(reserve=name):
            row = text.reserves.get(name) if isinstance(name, str) else None
            return f"is met from the {row.name if row else 'reserve'}"
        case UncommittedIn(uncommitted_in=funds):
            return f"is met by cutting what is not committed in {_of(text.funds, funds)}"
    return "falls to whom is not stated"


def _of(funds: Mapping[str, Fund], listed_: Iterable[str] | NotStated | None) -> str:
    if listed_ is None or isinstance(listed_, NotStated):
        return "funds not stated"
    return listed(funds[n].label if n in funds else n for n in listed_)


def _amount(value: object) -> str:
    if isinstance(value, Share):
        of = f" of {value.of}" if value.of else ""
        return f"{float(value.fraction * 100):g}%{of}"
    return pounds(value) if isinstance(value, int) else "an amount not stated"


def _cap(names: Names, rule: RiskRule) -> str:
    if rule.cap is None:
        return ""
    if isinstance(rule.cap, Mapping):
        caps = listed(f"{names.the_short(p)} stops at {_amount(c)}" for p, c in rule.cap.items())
        return f"; {caps}"
    return f"; each partner stops at {_amount(rule.cap)}"


def _asked(names: Names, rule: RiskRule) -> str:
    who: list[str] = []
    for condition in rule.provided:
        found = getattr(condition, "agreed_by", None)
        who += [names.the(one) for one in found] if isinstance(found, tuple) else []
    if not who:
        return ""
    return f"; {listed(who)} must agree, and without an answer it {rule.silence}"


def dress(names: Names) -> dict[str, Any]:
    """What every page of the money says figures and partners with."""
    return {
        "exact_pence": exact, "signed_pence": signed, "exact": exact, "signed": signed,
        "millions": millions, "told": told, "said": said, "period_name": in_words,
        "in_words": in_words, "who": lambda p: partner(names, p), "side": names.side,
    }  # fmt: skip
