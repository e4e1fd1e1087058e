"""Makes a plan: picks and groups variances, works out weights, widths, caps and sources.

docs/language.md, 5.2, as far as it needs no amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.funds.fund import FundText
from concord.domain.funds.risk_rules import (
    Falls,
    Net,
    OffsetIn,
    On,
    RiskRule,
    ToReserve,
    UncommittedIn,
)
from concord.domain.funds.risk_share.asking import ask, in_force
from concord.domain.funds.risk_share.facts import LineVariance, Position, Recorded
from concord.domain.funds.risk_share.picking import names_line, picks, silences
from concord.domain.funds.risk_share.plan import (
    Capped,
    Destination,
    Leave,
    NetGroup,
    Pot,
    RiskPlan,
    RiskStep,
)
from concord.domain.funds.risk_share.setting import Compartment, Setting
from concord.domain.funds.risk_share.weighing import (
    Missing,
    Pool,
    Weights,
    caps_of,
    cited_by,
    weights_of,
    width,
)
from concord.domain.language.values import NotStated

Key = tuple[Compartment, str]


def planned(arrangement: Arrangement, text: FundText, position: Position, on: date) -> RiskPlan:
    """Every rule in force on the day, made ready for these variances."""
    setting = Setting(arrangement, text, position.year, on)
    variances = position.variances
    everything = range(len(variances))
    outside = {i for i in everything if not setting.inside(variances[i].line)}
    if isinstance(text.risk, NotStated):
        silent = tuple(i for i in everything if i not in outside)
        return RiskPlan(setting, variances, (), tuple(sorted(outside)), silent)
    steps = tuple(
        _step(setting, rule, variances, position)
        for rule in text.risk
        if in_force(setting, rule) is not False
    )
    reached = {i for step in steps for group in step.groups for i in group.items}
    return RiskPlan(
        setting,
        variances,
        steps,
        tuple(sorted(outside - reached)),
        reserves=_balances(text, position),
        uncommitted=_uncommitted(setting, position),
    )


def _balances(text: FundText, position: Position) -> dict[str, int]:
    """What each reserve holds, in pence; one of which nobody knows is left out."""
    stated = {name: r.opening for name, r in text.reserves.items() if isinstance(r.opening, int)}
    return {**stated, **position.reserves}


def _uncommitted(setting: Setting, position: Position) -> dict[tuple[str, Compartment], int]:
    found: dict[tuple[str, Compartment], int] = {}
    for line, amount in position.uncommitted.items():
        fund = setting.fund(line)
        if fund is not None and amount > 0:
            key = (fund.id, setting.compartment(line))
            found[key] = found.get(key, 0) + amount
    return found


def _step(
    setting: Setting, rule: RiskRule, variances: Sequence[LineVariance], position: Position
) -> RiskStep:
    recorded = position.recorded.get(rule.label)
    word = ask(setting, rule, recorded)
    silence = silences(rule)
    making = _Making(setting, rule, variances, recorded, silence)
    groups = tuple(making.group(key, items) for key, items in making.grouped().items())
    pots, missing = _pots(setting, rule, position)
    if missing and not silence:
        groups = tuple(_unknown(g, missing) for g in groups)
    return RiskStep(
        rule,
        rule.on if isinstance(rule.on, On) else On.EITHER,
        making.with_caps_known(groups),
        Leave.NOT_STATED if silence else word.leave,
        word.verdict,
        _destination(rule),
        word.limit,
        making.capped(groups),
        pots,
        silence or word.why,
    )


def _destination(rule: RiskRule) -> Destination:
    match rule.falls_to:
        case OffsetIn():
            return Destination.OFFSET
        case ToReserve():
            return Destination.RESERVE
        case UncommittedIn():
            return Destination.UNCOMMITTED
        case Falls.NO_ONE:
            return Destination.NO_ONE
    return Destination.PARTNERS


def _unknown(group: NetGroup, why: str) -> NetGroup:
    return NetGroup(group.name, group.items, group.compartment, group.takes, unknown=why)


@dataclass(frozen=True, slots=True)
class _Making:
    """One rule while its groups are made."""

    setting: Setting
    rule: RiskRule
    variances: Sequence[LineVariance]
    recorded: Recorded | None
    silence: str

    @property
    def net(self) -> Net:
        return self.rule.net if isinstance(self.rule.net, Net) else Net.LINE

    def key(self, line: str, net: Net) -> Key:
        """The group a line is in at this width; a line without a scheme is one by itself."""
        of = self.setting.line(line)
        name = {
            Net.LINE: f"line {line}",
            Net.SCHEME: f"scheme {of.scheme}" if isinstance(of.scheme, str) else f"line {line}",
            Net.FUND: f"fund {of.fund}" if isinstance(of.fund, str) else f"line {line}",
            Net.AGREEMENT: "agreement",
        }[net]
        return self.setting.compartment(line), name

    def grouped(self) -> dict[Key, list[int]]:
        found: dict[Key, list[int]] = {}
        for i, variance in enumerate(self.variances):
            if picks(self.setting, self.rule, variance):
                found.setdefault(self.key(variance.line, self.net), []).append(i)
        return found

    def pool(self, keys: Iterable[Key], items: Sequence[int], net: Net) -> Pool:
        """Every line the rule names in these groups, whether or not it varies."""
        wanted = set(keys)
        lines = tuple(
            name
            for name in self.setting.text.lines
            if names_line(self.setting, self.rule, name) and self.key(name, net) in wanted
        )
        return Pool(self.setting, lines, cited_by(self.setting, self._of(items)))

    def _of(self, items: Sequence[int]) -> list[LineVariance]:
        return [self.variances[i] for i in items]

    def group(self, key: Key, items: list[int]) -> NetGroup:
        bare = NetGroup(self._name(key), tuple(items), key[0])
        if self.silence:
            return _unknown(bare, self.silence)
        try:
            pool = self.pool([key], items, self.net)
            takes = width(self.rule, pool)
            bare = NetGroup(bare.name, bare.items, bare.compartment, takes)
            weights = weights_of(self.rule, pool, self._of(items), self.recorded)
        except Missing as missing:
            return _unknown(bare, str(missing))
        who = self._who(key[0].agreement, weights)
        rows = tuple(tuple(row.get(w, 0) for w in who) for row in weights)
        return NetGroup(bare.name, bare.items, bare.compartment, takes, who, rows)

    def _name(self, key: Key) -> str:
        """What the group is called: its line, scheme, fund or agreement."""
        kind, _, name = key[1].partition(" ")
        text = self.setting.text
        tables: dict[str, Mapping[str, object]] = {
            "line": text.lines, "scheme": text.schemes, "fund": text.funds,
        }  # fmt: skip
        if kind == "agreement":
            name = key[0].agreement
            tables[kind] = self.setting.arrangement.agreements
        called = getattr(tables[kind].get(name), "label", name)
        return f"{called} ({key[0].apart})" if key[0].apart and kind != "line" else called

    def _who(self, agreement: str, weights: Sequence[Weights]) -> tuple[str, ...]:
        """The partners in the agreement's order, then any other in the order written."""
        named = dict.fromkeys(name for row in weights for name in row)
        parties = [p for p in self.setting.parties(agreement) if p in named]
        return tuple(dict.fromkeys([*parties, *named]))

    def _cap_net(self) -> Net:
        return self.rule.cap_at if isinstance(self.rule.cap_at, Net) else self.net

    def _cap_groups(self, groups: Sequence[NetGroup]) -> dict[Key, list[int]]:
        found: dict[Key, list[int]] = {}
        for number, group in enumerate(groups):
            if not group.unknown and group.items:
                line = self.variances[group.items[0]].line
                found.setdefault(self.key(line, self._cap_net()), []).append(number)
        return found

    def _caps(self, key: Key, groups: Sequence[NetGroup], numbers: list[int]) -> dict[str, int]:
        if isinstance(self.rule.cap, NotStated) or isinstance(self.rule.cap_at, NotStated):
            raise Missing("the cap of the rule is not stated")
        items = [i for n in numbers for i in groups[n].items]
        who = dict.fromkeys(w for n in numbers for w in groups[n].who)
        return caps_of(self.rule, self.pool([key], items, self._cap_net()), tuple(who))

    def capped(self, groups: Sequence[NetGroup]) -> tuple[Capped, ...]:
        """The caps that are known; `with_caps_known` says where they are not."""
        if self.rule.cap is None or _destination(self.rule) is not Destination.PARTNERS:
            return ()
        found = []
        for key, numbers in self._cap_groups(groups).items():
            try:
                found.append(Capped(tuple(numbers), self._caps(key, groups, numbers)))
            except Missing:
                continue
        return tuple(found)

    def with_caps_known(self, groups: tuple[NetGroup, ...]) -> tuple[NetGroup, ...]:
        """The groups, with those not stated whose cap nobody knows."""
        if self.rule.cap is None or _destination(self.rule) is not Destination.PARTNERS:
            return groups
        made = list(groups)
        for key, numbers in self._cap_groups(groups).items():
            try:
                self._caps(key, groups, numbers)
            except Missing as missing:
                for number in numbers:
                    made[number] = _unknown(made[number], str(missing))
        return tuple(made)


def _pots(setting: Setting, rule: RiskRule, position: Position) -> tuple[tuple[Pot, ...], str]:
    """Where a rule draws from, in turn, and what is missing for it."""
    match rule.falls_to:
        case OffsetIn(offset_in=names):
            if isinstance(names, NotStated):
                return (), "in which funds the offset is is not stated"
            return tuple(_offset(setting, name, position.variances) for name in names), ""
        case UncommittedIn(uncommitted_in=names):
            if isinstance(names, NotStated):
                return (), "in which funds to cut is not stated"
            kept = {setting.compartment(line): () for line in setting.text.lines}
            return tuple(Pot(name, kept) for name in names), ""
        case ToReserve(reserve=name):
            return _reserve(setting, name, rule, position)
    return (), ""


def _offset(setting: Setting, fund: str, variances: Sequence[LineVariance]) -> Pot:
    parts: dict[Compartment, list[int]] = {}
    for i, variance in enumerate(variances):
        if setting.line(variance.line).fund == fund:
            parts.setdefault(setting.compartment(variance.line), []).append(i)
    return Pot(fund, {where: tuple(items) for where, items in parts.items()})


def _reserve(
    setting: Setting, name: str | NotStated, rule: RiskRule, position: Position
) -> tuple[tuple[Pot, ...], str]:
    reserve = setting.text.reserves.get(name) if isinstance(name, str) else None
    if reserve is None or isinstance(reserve.of, NotStated):
        return (), "which reserve it is, or of which agreement, is not stated"
    draws = rule.on is not On.UNDERSPEND
    if draws and reserve.id not in _balances(setting.text, position):
        return (), f"what {reserve.name} holds is not stated"
    if position.reserves.get(reserve.id, 0) < 0:
        return (), f"the balance given for {reserve.name} is below zero"
    general = Compartment(reserve.of, inside=True)
    return (Pot(reserve.id, {general: ()}),), ""
