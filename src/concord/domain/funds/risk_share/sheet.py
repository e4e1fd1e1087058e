"""The worked sheet: a sentence and the figures for every step, the same for both partners."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label, listed
from concord.domain.findings import Authority
from concord.domain.funds.fund import FundText
from concord.domain.funds.risk_rules import ByContributions, ByRatio, Falls
from concord.domain.funds.risk_share.plan import Destination, Leave
from concord.domain.funds.risk_share.result import Working
from concord.domain.language.values import NotStated
from concord.domain.money import pounds


@dataclass(frozen=True, slots=True)
class SheetShare:
    """One partner's part of a step; amounts in pence, `exact` in pence to six places."""

    partner: str
    weight: int
    exact: str
    rounded_down: int
    penny: bool
    share: int
    cap: int | None
    over_cap: int
    bears: int


@dataclass(frozen=True, slots=True)
class SheetStep:
    """One rule at one group, in words and figures that a reader can work again."""

    rule: str
    group: str
    lines: tuple[tuple[str, int], ...]
    net: int
    taken: int
    shares: tuple[SheetShare, ...]
    pennies_left: int
    passes_on: int
    says: str
    authority: Authority


def worked_sheet(
    arrangement: Arrangement, text: FundText, trail: tuple[Working, ...]
) -> tuple[SheetStep, ...]:
    """Every step of a trail, in the order of the rules."""
    return tuple(_step(arrangement, text, working) for working in trail)


def _step(a: Arrangement, text: FundText, w: Working) -> SheetStep:
    lines = tuple((text.lines[name].label, amount) for name, amount in w.found)
    shares = tuple(_shares(a, w))
    left = sum(share.penny for share in shares)
    says = " ".join(_sentences(a, text, w))
    return SheetStep(
        w.rule.label, w.group, lines, w.net, w.taken, shares, left, w.passes_on, says,
        w.rule.authority,
    )  # fmt: skip


def _shares(a: Arrangement, w: Working) -> Iterator[SheetShare]:
    if w.split is None:
        return
    stopped = {s.partner: s for s in w.stopped}
    for n, who in enumerate(w.who):
        stop, share = stopped.get(who), w.split.shares[n]
        over = stop.over if stop else 0
        yield SheetShare(
            label(a, who), w.split.weights[n], six_places(w.split.exact[n]), w.split.floors[n],
            w.split.pennies[n], share, stop.cap if stop else None, over, share - over,
        )  # fmt: skip


def six_places(exact: Fraction) -> str:
    """A fraction of pence to six places, dropping what is beyond them."""
    whole, rest = divmod(abs(exact.numerator) * 10**6 // exact.denominator, 10**6)
    return f"{'−' if exact < 0 else ''}{whole:,}.{rest:06}"


def _sentences(a: Arrangement, text: FundText, w: Working) -> Iterator[str]:
    kind = "overspend" if w.net > 0 else "underspend"
    if w.net:
        yield f"{w.group}: an {kind} of {pounds(abs(w.net))}."
    else:
        yield f"{w.group}: over- and underspends come to nothing net."
    if w.netted:
        yield f"Over and under cancel by {pounds(w.netted)} first."
    if w.leave is Leave.PASSES:
        yield f"{_asks(a, w)}; {w.why}."
        return
    if w.leave is Leave.NOT_STATED:
        yield f"{pounds(abs(w.taken))} cannot be placed: {w.why}."
        return
    if w.leave is Leave.WAITS:
        yield f"{pounds(abs(w.taken))} waits: {_asks(a, w)}; {w.why}."
        return
    if w.width is not None:
        yield f"The rule takes at most {pounds(w.width)} of it."
    yield from _placed(a, text, w)
    for s in w.stopped:
        who = label(a, s.partner)
        yield f"{who} stops at its cap of {pounds(s.cap)}; {pounds(abs(s.over))} is over it."
    if w.passes_on:
        yield f"{pounds(abs(w.passes_on))} passes on."


def _asks(a: Arrangement, w: Working) -> str:
    asked = [str(who) for c in w.rule.provided for who in _named(c)]
    names = listed([label(a, name) for name in asked])
    return f"{names} would have to agree" if names else "this needs a decision"


def _named(condition: object) -> tuple[str, ...]:
    found = getattr(condition, "agreed_by", ())
    return () if isinstance(found, NotStated) else found


def _placed(a: Arrangement, text: FundText, w: Working) -> Iterator[str]:
    amount = pounds(abs(w.taken))
    match w.destination:
        case Destination.PARTNERS:
            yield f"{amount} falls {_how(w)}: {_borne(a, w)}."
        case Destination.NO_ONE:
            yield f"{amount} has no owner until someone decides."
        case Destination.OFFSET:
            given = _given(w, {n: f.label for n, f in text.funds.items()})
            yield f"{amount} is met by {_opposite(w)} elsewhere{given}."
        case Destination.RESERVE:
            verb = "is drawn from" if w.net > 0 else "goes into"
            names = [str(text.reserves[name].name) for name, _ in w.drew if name in text.reserves]
            yield f"{amount} {verb} {listed(names) or 'the reserve'}."
        case Destination.UNCOMMITTED:
            given = _given(w, {n: f.label for n, f in text.funds.items()})
            yield f"{amount} is met by cutting what is not yet committed{given}."


def _opposite(w: Working) -> str:
    return "underspends" if w.net > 0 else "overspends"


def _given(w: Working, names: dict[str, str]) -> str:
    parts = [f"{names.get(name, name)} {pounds(amount)}" for name, amount in w.drew if amount]
    return f" ({', '.join(parts)})" if parts else ""


def _borne(a: Arrangement, w: Working) -> str:
    if w.split is None:
        return ""
    pairs = zip(w.who, w.split.shares, strict=True)
    return ", ".join(f"{label(a, who)} {pounds(share)}" for who, share in pairs)


def _how(w: Working) -> str:
    match w.rule.falls_to:
        case ByRatio():
            return "in the agreed ratio"
        case ByContributions(contributions=basis):
            return f"in proportion to contributions {basis}"
        case Falls.LEAD:
            return "to the lead of each line"
        case Falls.HOST:
            return "to the host"
        case Falls.AT_FAULT:
            return "to the partner at fault"
        case Falls.LINE_SHARE:
            return "in the share agreed for the line"
        case Falls.COMMISSIONED:
            return "in proportion to what each commissions"
        case Falls.AS_DECIDED:
            return "as decided"
    return "to the partners"
