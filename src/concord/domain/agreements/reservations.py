"""What one holder keeps to itself, and who may therefore not decide it (docs/language.md, 3.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from concord.domain.agreements.arrangement import Arrangement, Function, Reserved
from concord.domain.agreements.delegations import Chain, touches
from concord.domain.agreements.fulfilment import fulfilled
from concord.domain.agreements.holders import holders_in
from concord.domain.agreements.labels import label, listed
from concord.domain.agreements.matter import Facts, Matter
from concord.domain.findings import Answer, Reason
from concord.domain.language.values import NotStated, holds_on


def not_reserved(
    arrangement: Arrangement,
    chain: Chain,
    function: Function,
    matter: Matter,
    facts: Facts,
    on: date,
) -> Iterator[Reason]:
    """Every reservation that bites, or may; and the conditions of what the maker itself keeps."""
    for row in arrangement.reserved.values():
        if isinstance(row.touching, NotStated) or holds_on(row.starts, row.ends, on) is False:
            continue
        bites = touches(row.touching, matter, function.id)
        if bites is False:
            continue
        if chain.maker in keepers(arrangement, row, function, on):
            yield from fulfilled(arrangement, row.provided, matter, facts, on, clause=row.clause)
        else:
            yield _kept(arrangement, row, matter, bites)


def keepers(
    arrangement: Arrangement, row: Reserved, function: Function, on: date
) -> tuple[str, ...]:
    """Who keeps it: the holders named, and for an organisation whoever in it holds by law."""
    named = () if isinstance(row.held_by, NotStated) else row.held_by
    if isinstance(function.kind, NotStated):
        return named
    within = (
        holder
        for name in named
        if name in arrangement.organisations
        for holder in holders_in(arrangement, name, function.kind, on)
    )
    return (*named, *within)


def _what(row: Reserved, matter: Matter) -> str:
    """What is kept that the question is silent on: `decommission`, `aligned money`."""
    touching = row.touching
    if isinstance(touching, NotStated):
        return "what is kept is not stated"
    acts, modes = (
        () if kept is None or has or isinstance(kept, NotStated) else tuple(map(str, kept))
        for kept, has in ((touching.acts, matter.act), (touching.modes, matter.modes))
    )
    kept = [*acts, *(f"{mode} money" for mode in modes)]
    return f"{listed(kept, 'or')}; the question does not say" if kept else "the text is silent"


def _kept(arrangement: Arrangement, row: Reserved, matter: Matter, bites: bool | None) -> Reason:
    named = () if isinstance(row.held_by, NotStated) else row.held_by
    who = listed([label(arrangement, h) for h in named], "or") or "someone not stated"
    if bites:
        remedy = f"Take it to {who}."
        return Reason(Answer.REFUSED, f"this is reserved to {who}", row.authority, remedy)
    says = f"part of this may be reserved to {who}: {_what(row, matter)}"
    remedy = "Say which money, and what the decision does."
    return Reason(Answer.NEEDS, says, row.authority, remedy)
