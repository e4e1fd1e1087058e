"""Moving money within a control total: one amount, a giver and a taker, and nothing is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from concord.domain.findings import Answer, Reason, Verdict, all_of
from concord.domain.funds.budgets import added
from concord.domain.funds.fund import ControlTotal
from concord.domain.language.values import NotStated
from concord.domain.money import pounds


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money from one organisation's budget to another's under the same control total."""

    giver: str
    taker: str
    amount: int
    agreed_by: frozenset[str] = frozenset()


def may_transfer(row: ControlTotal, transfer: Transfer) -> Verdict:
    """Whether both sides are under the total, both agree, and the giver has it to give."""
    return all_of((_both_under(row, transfer), _enough(row, transfer), _agreed(row, transfer)))


def after(row: ControlTotal, transfer: Transfer) -> Mapping[str, int | NotStated]:
    """The amounts once it is made; what one loses the other gains, so the sum is as it was."""
    if isinstance(row.amounts, NotStated):
        return {}
    moved = {transfer.giver: -transfer.amount, transfer.taker: transfer.amount}
    return {
        name: amount + moved.get(name, 0) if isinstance(amount, int) else amount
        for name, amount in row.amounts.items()
    }


def whole(row: ControlTotal) -> int | NotStated:
    """The control total itself: the sum of the organisations' amounts."""
    return row.amounts if isinstance(row.amounts, NotStated) else added(row.amounts.values())


def _both_under(row: ControlTotal, transfer: Transfer) -> Reason:
    amounts = {} if isinstance(row.amounts, NotStated) else row.amounts
    missing = [n for n in (transfer.giver, transfer.taker) if n not in amounts]
    if missing or transfer.giver == transfer.taker:
        says = f"{' and '.join(missing) or transfer.giver} cannot be both ends of this transfer"
        remedy = f"Name two of: {', '.join(amounts)}."
        return Reason(Answer.REFUSED, says, row.authority, remedy)
    return Reason(Answer.STANDS, "both organisations are under the total", row.authority)


def _enough(row: ControlTotal, transfer: Transfer) -> Reason:
    amounts = {} if isinstance(row.amounts, NotStated) else row.amounts
    has = amounts.get(transfer.giver, 0)
    if transfer.amount <= 0:
        says = f"{pounds(transfer.amount)} is not an amount to move"
        return Reason(Answer.REFUSED, says, row.authority, "Name an amount above nil.")
    if isinstance(has, NotStated):
        says = f"how much {transfer.giver} has under the total is not stated"
        return Reason(Answer.NOT_STATED, says, row.authority, "State the amount.")
    if has < transfer.amount:
        says = f"{transfer.giver} has {pounds(has)}, less than {pounds(transfer.amount)}"
        return Reason(Answer.REFUSED, says, row.authority, f"Move at most {pounds(has)}.")
    return Reason(Answer.STANDS, f"{transfer.giver} has it to give", row.authority)


def _agreed(row: ControlTotal, transfer: Transfer) -> Reason:
    waiting = [n for n in (transfer.giver, transfer.taker) if n not in transfer.agreed_by]
    if waiting:
        says = f"{' and '.join(waiting)} has not agreed" if len(waiting) == 1 else "neither agreed"
        return Reason(Answer.NEEDS, says, row.authority, f"Ask {' and '.join(waiting)} to agree.")
    return Reason(Answer.STANDS, "both have agreed", row.authority)
