"""What a fund's books hold beside its lines: contributions, reserves, savings, moves, months."""

from __future__ import annotations

from typing import Any

from concord.domain.funds.ledger.chart import NOBODY_STATED
from concord.domain.funds.ledger.periods import in_words, periods_of
from concord.domain.funds.ledger.words import CITES_A_DECISION, SPENT, LedgerKind
from concord.domain.language.values import NotStated
from concord.records.models import Decision, FundAccount, LedgerPosting
from concord.web.funds_reading import Money, OpenedFunds
from concord.web.funds_told import line_name

_MOVES = 60  # movements one page tells of, the newest first
_MOVED_ON = (LedgerKind.BUDGET, LedgerKind.RESERVE, LedgerKind.CARRIED_FORWARD)


def contributions_of(money: Money) -> list[dict[str, Any]]:
    """Each partner's contribution: the budget's, and how far it has come in the ledger."""
    status = money.version.status if money.version else "not stated"
    return [
        {
            "partner": partner,
            "budget_pence": money.partner_budget(partner),
            "status": status,
            "indicative_pence": money.stands(LedgerKind.INDICATIVE, partner=partner),
            "confirmed_pence": money.stands(LedgerKind.CONFIRMED, partner=partner),
            "received_pence": money.stands(LedgerKind.RECEIVED, partner=partner),
        }
        for partner in money.partners
        if partner != NOBODY_STATED
    ]


def reserves_of(here: OpenedFunds, money: Money) -> list[dict[str, Any]]:
    """The reserves of the fund's agreement: their opening, and what stands in the ledger."""
    return [
        {
            "reserve": row.id,
            "name": row.name,
            "kind": row.kind,
            "opening_pence": row.opening,
            "stands_pence": money.stands(LedgerKind.RESERVE, name=row.id),
            "use": row.use,
        }
        for row in here.text.reserves.values()
        if isinstance(row.of, str) and row.of == money.fund.agreement
    ]


def savings_of(here: OpenedFunds, money: Money) -> list[dict[str, Any]]:
    """Savings planned and delivered, line by line, where the ledger keeps any."""
    found = []
    for line in money.lines:
        planned = money.stands(LedgerKind.SAVING_PLANNED, line=line.id)
        delivered = money.stands(LedgerKind.SAVING_DELIVERED, line=line.id)
        if planned is not None or delivered is not None:
            name = line_name(here.text, line.id)
            found.append(
                {"line": line.id, "name": name, "planned": planned, "delivered": delivered}
            )
    return found


def months_of(money: Money) -> list[dict[str, Any]]:
    """The twelve months: what was spent in each, so far, and whether it is closed."""
    spent: dict[int, int] = {}
    for one in money.balances:
        if one.account.kind in SPENT:
            spent[one.effect] = spent.get(one.effect, 0) + one.amount
    if not spent:
        return []
    rows, so_far = [], 0
    for period in periods_of(money.year):
        amount = spent.get(period)
        so_far += amount or 0
        rows.append({
            "period": period, "name": in_words(period), "spent": amount,
            "so_far": so_far if amount is not None else None, "closed": period in money.closed,
        })  # fmt: skip
    return rows


def moves_of(here: OpenedFunds, money: Money) -> list[dict[str, Any]]:
    """Virements, transfers and movements of reserves, each with the decision it cites."""
    if not any(b.account.kind in _MOVED_ON for b in money.balances):
        return []
    accounts = FundAccount.objects.filter(
        place=here.it.name, fund=money.fund.id, kind__in=[str(k) for k in _MOVED_ON]
    )
    periods = periods_of(money.year)
    legs = (
        LedgerPosting.objects.filter(
            account__in=accounts, effect__range=(periods[0], periods[-1]),
            transaction__deed__in=[str(d) for d in CITES_A_DECISION],
        )
        .select_related("transaction", "account")
        .order_by("-id")[: _MOVES * 2]
    )  # fmt: skip
    found: dict[int, dict[str, Any]] = {}
    for leg in legs:
        row = found.setdefault(leg.transaction_id, _move(leg.transaction))
        what = leg.account.line or leg.account.name
        told = line_name(here.text, what) if leg.account.line else _reserve(here, what)
        row["legs"].append((told, leg.amount))
        row["data"]["legs"].append({"of": what, "pence": leg.amount})
    for row in found.values():
        row["legs"].sort(key=lambda leg: leg[1])
    return list(found.values())[:_MOVES]


def _move(made: Any) -> dict[str, Any]:
    return {
        "on": made.on, "deed": made.deed, "says": made.says, "decision": made.decision,
        "legs": [],
        "data": {"key": made.key, "on": made.on, "deed": made.deed, "says": made.says,
                 "decision": made.decision or None, "legs": []},
    }  # fmt: skip


def _reserve(here: OpenedFunds, name: str) -> str:
    row = here.text.reserves.get(name)
    return name if row is None or isinstance(row.name, NotStated) else row.name


def known_decisions(place: str, references: set[str]) -> set[str]:
    """Which of these references the register knows, so that only those are links."""
    if not references:
        return set()
    rows = Decision.objects.filter(place=place, reference__in=references)
    return set(rows.values_list("reference", flat=True))
