"""`concord trace`: from any pound to its statute, and back; and a check over a whole place."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING

from concord.cli.printing import Failed, as_json, wrapped
from concord.cli.texts import today
from concord.domain.chain import BrokenLink, ChainLink, Moved, Rests
from concord.domain.findings import Refused
from concord.domain.money import pounds

if TYPE_CHECKING:
    from concord.commands.chain_tracing import Checked, Traced

_MOST = 20  # of what rests on a thing, unless all is asked for


def trace(asked: Namespace) -> int:
    """The chain of one thing, or every break of a place; exit 1 where a link is broken."""
    from concord.web import serving

    serving.set_up()
    from concord.commands.chain_tracing import checked, traced

    if not asked.check and not asked.what:
        raise Failed(
            "nothing is named to be traced", "Name a transaction or a decision, or --check."
        )
    try:
        if asked.check:
            return _checked(asked, checked(asked.place, asked.on or today()))
        return _traced(asked, traced(asked.place, asked.what))
    except Refused as refusal:
        raise Failed(str(refusal), " ".join(refusal.verdict.remedies)) from None


def _checked(asked: Namespace, found: Checked) -> int:
    if asked.json:
        as_json(
            {
                "place": asked.place, "movements": found.movements,
                "decisions": found.decisions, "budgets": found.budgets,
                "breaks": [_as_data(b) for b in found.breaks],
            }
        )  # fmt: skip
        return 1 if found.breaks else 0
    walked = f"{found.movements:,} movements, {found.decisions} decisions, {found.budgets} budgets"
    print(f"{asked.place}: {walked}.")
    for one in found.breaks:
        _say_break(one)
    count = len(found.breaks)
    says = "1 link is broken." if count == 1 else f"{count} links are broken."
    print(says if count else "No link is broken.")
    return 1 if found.breaks else 0


def _as_data(one: BrokenLink) -> dict[str, str]:
    return {"id": one.name, "where": one.where, "says": one.says, "remedy": one.remedy}


def _say_break(one: BrokenLink) -> None:
    print(f"{one.where}: {one.name}")
    print(wrapped(one.says, "    "))
    print(wrapped(f"→ {one.remedy}", "    ", "      "))


def _traced(asked: Namespace, found: Traced) -> int:
    if asked.json:
        as_json(
            {
                "what": found.what, "heading": found.heading, "whole": found.says,
                "links": [_link(link) for link in found.links],
                "decisions": [d.reference for d in found.rests.decisions],
                "budgets": [b.id for b in found.rests.budgets],
                "money": [_moved(m) for m in found.rests.money],
                "spent_within": [_moved(m) for m in found.rests.within],
            }
        )  # fmt: skip
        return 1 if found.breaks else 0
    print(found.heading)
    _say_links(found.links)
    _say_rests(found.rests)
    print(f"\n{found.says}")
    return 1 if found.breaks else 0


def _moved(one: Moved) -> dict[str, object]:
    return {"id": one.id, "deed": one.deed, "on": one.on, "pence": one.amount}


def _link(link: ChainLink) -> dict[str, object]:
    return {
        "leads": str(link.step), "id": link.id, "what": link.what, "says": link.says,
        "authority": str(link.authority), "breaks": [_as_data(b) for b in link.broken],
    }  # fmt: skip


def _say_links(links: Iterable[ChainLink]) -> None:
    for link in links:
        name = f"{link.what} ({link.id})" if link.id and link.id != link.what else link.what
        print(wrapped(f"{link.step}: {name}", "  ", "      "))
        if link.says:
            print(wrapped(link.says, "      "))
        if link.authority:
            print(wrapped(f"§ {link.authority}", "      "))
        for one in link.broken:
            print(wrapped(f"Broken here, {one.name}: {one.says}", "      "))
            print(wrapped(f"→ {one.remedy}", "      "))


def _say_rests(rests: Rests) -> None:
    if not (rests.money or rests.decisions or rests.within):
        return
    print(f"\nWhat rests on it: {pounds(rests.pence)} moved under it")
    if rests.within:
        print(f"  {pounds(rests.pence_within)} was spent within the budgets that it set or changed")
    for made in rests.decisions:
        print(wrapped(f"{made.reference}: {made.title}", "  ", "      "))
    for budget in rests.budgets:
        print(wrapped(budget.label, "  ", "      "))
    _say_money((*rests.money, *rests.within))


def _say_money(money: tuple[Moved, ...]) -> None:
    for one in money[:_MOST]:
        print(wrapped(f"{one.on}  {pounds(one.amount)}  {one.says or one.deed} ({one.id})", "  "))
    if len(money) > _MOST:
        print(f"  and {len(money) - _MOST} more; --json has all")
