"""What the words of `concord who-pays` say: outturns, causes, decisions, chances."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace

from concord.cli.printing import Failed
from concord.domain.agreements.matter import Facts
from concord.domain.funds import budgets
from concord.domain.funds.fund import FundText
from concord.domain.funds.risk_rules import Cause
from concord.domain.funds.risk_share.facts import LineVariance, Position, Recorded
from concord.domain.language.reading import nearest
from concord.domain.money import pence

_AGREED = re.compile(r"([^=]+)=([a-z0-9_.,]*)(?::(.+))?")


def position_of(asked: Namespace, text: FundText, year: str) -> Position:
    """The year's variances and what is recorded, as the command's words say."""
    found = [_variance(text, year, words, True) for words in asked.outturn]
    found += [_variance(text, year, words, False) for words in asked.variance]
    causes = dict(_pair(words, "a line and its cause") for words in asked.cause)
    for line in causes:
        _known(line, {v.line for v in found}, "line with an outturn")
    found = [_caused(v, causes[v.line]) if v.line in causes else v for v in found]
    return Position(
        year=year,
        variances=tuple(found),
        recorded=dict(_recorded(words) for words in asked.agreed),
        reserves=_amounts(asked.reserve, set(text.reserves), "reserve"),
        uncommitted=_amounts(asked.uncommitted, set(text.lines), "line"),
    )


def _variance(text: FundText, year: str, words: str, outturn: bool) -> LineVariance:
    line, amount = _pair(words, "a line and an amount")
    _known(line, set(text.lines), "line")
    pounds = _amount(amount)
    version, budget = latest_of(text, line, year)
    if not outturn:
        return LineVariance(line=line, amount=pounds, version=version)
    if not isinstance(budget, int):
        raise Failed(
            f"the budget of {line} for {year} is not stated", f"Give --variance {line}=£… instead."
        )
    return LineVariance(line=line, amount=pounds - budget, version=version)


def latest_of(text: FundText, line: str, year: str) -> tuple[int, object]:
    """The latest budget version of a line's fund and the line's budget in it, in pence."""
    fund = text.lines[line].fund
    version = budgets.latest(text, fund, year) if isinstance(fund, str) else None
    if version is None or not isinstance(version.version, int):
        years = sorted({str(b.year) for b in text.budgets if b.fund == fund})
        raise Failed(
            f"{line} has no budget for {year}",
            f"Its fund has budgets for {', '.join(years)}." if years else "Its fund has none.",
        )
    return version.version, budgets.line_total(text, version, line)


def _caused(variance: LineVariance, words: str) -> LineVariance:
    """`breach:icb` is a breach that evidence shows to be the ICB's."""
    word, _, partner = words.partition(":")
    _known(word, set(map(str, Cause)), "cause")
    return replace(variance, cause=Cause(word), at_fault=partner or None)


def _recorded(words: str) -> tuple[str, Recorded]:
    """`reserve=executive_group:£260,000`, or shares as `rest=board:council=£20,icb=£40`."""
    found = _AGREED.fullmatch(words)
    if not found:
        raise Failed(f"{words!r} does not say who agreed", "As reserve=executive_group:£260,000.")
    who = frozenset(name for name in found[2].split(",") if name)
    if not found[3] or "=" not in found[3]:
        amount = _amount(found[3]) if found[3] else None
        return found[1], Recorded(facts=Facts(agreed=who), amount=amount)
    parts = re.split(r",(?=[a-z_]+=)", found[3])
    shares = {name: _amount(amount) for name, amount in (_pair(p, "a share") for p in parts)}
    return found[1], Recorded(facts=Facts(agreed=who), shares=shares)


def _amounts(words: list[str], known: set[str], what: str) -> dict[str, int]:
    found = {}
    for word in words:
        name, amount = _pair(word, f"a {what} and an amount")
        _known(name, known, what)
        found[name] = _amount(amount)
        if found[name] < 0:
            raise Failed(f"{word!r} is below zero", f"What a {what} holds is £0 or more.")
    return found


def _pair(words: str, what: str) -> tuple[str, str]:
    name, sign, value = words.partition("=")
    if not sign or not name or not value:
        raise Failed(f"{words!r} is not {what}", "As home_care=£8,900,000.")
    return name, value


def _known(name: str, known: set[str], what: str) -> None:
    if name not in known:
        raise Failed(f"no {what} is called {name!r}", nearest(name, sorted(known)))


def _amount(words: str) -> int:
    try:
        return pence(words)
    except ValueError as fault:
        raise Failed(f"{words!r}: {fault}", "Write it as £1,240,000.") from None


def chances_of(asked: Namespace, text: FundText, position: Position) -> tuple[object, ...]:
    """How each line may fall: what --chance says, else exactly what was entered for it."""
    from concord.domain.funds.who_pays.chances import Chance, Fixed, faults

    said = [_pair(words, "a line and its chance") for words in asked.chance]
    for line, _ in said:
        _known(line, set(text.lines), "line")
    drawn = {line for line, _ in said}
    chances = [
        Chance(v.line, Fixed(v.amount), 0, v.version, v.cause, v.at_fault)
        for v in position.variances
        if v.line not in drawn
    ]
    entered = {v.line: v for v in position.variances}
    for line, words in said:
        version, budget = latest_of(text, line, position.year)
        given = entered.get(line)
        mean = _amount_or(budget, given)
        less = budget if isinstance(budget, int) else 0
        shape = _shape(words, mean)
        cause = given.cause if given else Cause.DEMAND
        chances.append(Chance(line, shape, less, version, cause, given.at_fault if given else None))
    for chance in chances:
        if fault := faults(chance):
            raise Failed(fault, _AS_CHANCE)
    return tuple(chances)


_AS_CHANCE = "As 10%, or £7,600,000..£8,900,000, or £7,500,000..£8,000,000..£9,500,000."


def _amount_or(budget: object, given: LineVariance | None) -> int:
    """The outturn entered, else the budget: what a spread in per cent is about."""
    return (budget if isinstance(budget, int) else 0) + (given.amount if given else 0)


def _shape(words: str, mean: int) -> object:
    """`10%` about the mean; two ends of four times in five; or lowest, likeliest, highest."""
    from concord.domain.funds.who_pays.chances import Interval, Lognormal, Pert

    if words.endswith("%"):
        try:
            return Lognormal(mean, float(words[:-1]) / 100)
        except ValueError:
            raise Failed(f"{words!r} is not a spread", _AS_CHANCE) from None
    shapes: dict[int, Callable[..., object]] = {2: Interval, 3: Pert}
    ends = [_amount(part) for part in words.split("..")]
    if len(ends) not in shapes:
        raise Failed(f"{words!r} is not a chance", _AS_CHANCE)
    return shapes[len(ends)](*ends)
