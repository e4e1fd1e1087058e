"""How each act becomes a transaction: the legs it has and the accounts they lie on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from concord.domain.findings import Answer, Reason, Verdict, all_of
from concord.domain.funds.ledger.transaction import LedgerAccount, Posting, Transaction, two_sided
from concord.domain.funds.ledger.words import (
    OTHER_SIDE,
    STAGES,
    ContributionStage,
    Deed,
    LedgerKind,
)
from concord.domain.money import pounds

K = LedgerKind


@dataclass(frozen=True, slots=True)
class Said:
    """What every act says of itself: its key, its day, its periods and its words."""

    key: str
    on: date
    posted: int
    effect: int
    says: str
    decision: str = ""
    about: str = ""
    row: int = 0


def made(said: Said, deed: Deed, legs: Iterable[Posting]) -> Transaction:
    return Transaction(
        key=said.key, deed=deed, on=said.on, posted=said.posted, legs=tuple(legs), says=said.says,
        decision=said.decision, about=said.about, row=said.row,
    )  # fmt: skip


def posting(said: Said, account: LedgerAccount, amount: int, deed: Deed = Deed.POST) -> Transaction:
    """An amount on one account, and its other side."""
    return made(said, deed, two_sided(account, amount, said.effect))


def movement(said: Said, deed: Deed, giver: LedgerAccount, taker: LedgerAccount, amount: int
) -> Transaction:  # fmt: skip
    """Two legs: one account gives what the other takes."""
    return made(
        said, deed, (Posting(giver, -amount, said.effect), Posting(taker, amount, said.effect))
    )


def contribution(
    said: Said, stage: ContributionStage, fund: str, partner: str, amount: int
) -> Transaction:
    """A partner's contribution taken one stage on: from indicative to confirmed to received."""
    to, taken_from = STAGES[stage]
    account = LedgerAccount(fund, "", partner, to)
    return movement(said, Deed.CONTRIBUTE, replace(account, kind=taken_from), account, amount)


def may_contribute(stage: ContributionStage, amount: int, there: int) -> Verdict:
    """Whether that much may be taken to the stage; `there` stands at the stage before it."""
    before = STAGES[stage][1]
    if stage is ContributionStage.INDICATIVE or amount <= there:
        return all_of(())
    says = f"{pounds(amount)} cannot be {stage}: {pounds(there)} is {before.split(', ')[-1]}"
    remedy = "record what was indicated or confirmed first: the stages are different facts"
    return Verdict(Answer.REFUSED, (Reason(Answer.REFUSED, says, remedy=remedy),))


def budget(
    said: Said,
    fund: str,
    wanted: Mapping[tuple[str, str], int],
    stands: Mapping[tuple[str, str], int],
) -> Transaction | None:
    """What brings each line and partner from the budget that stands to the one wanted.

    Both are pence by (line, partner). None where nothing changes.
    """
    legs: list[Posting] = []
    for line, partner in dict.fromkeys((*wanted, *stands)):
        change = wanted.get((line, partner), 0) - stands.get((line, partner), 0)
        if change:
            account = LedgerAccount(fund, line, partner, K.BUDGET)
            legs.extend(two_sided(account, change, said.effect))
    return made(said, Deed.SET_BUDGET, legs) if legs else None


def reserve(said: Said, fund: str, partner: str, name: str, amount: int) -> Transaction:
    """Money into a reserve, or out of it where the amount is below nil."""
    return posting(said, LedgerAccount(fund, "", partner, K.RESERVE, name), amount, Deed.RESERVE)


def may_draw(name: str, stands: int, amount: int) -> Verdict:
    """A reserve gives what is in it and no more."""
    if stands + amount >= 0:
        return all_of(())
    says = f"{name} holds {pounds(stands)}, which is less than {pounds(-amount)}"
    remedy = "draw no more than it holds: a reserve is never below nil"
    return Verdict(Answer.REFUSED, (Reason(Answer.REFUSED, says, remedy=remedy),))


def carry_forward(said: Said, account: LedgerAccount, amount: int, into: int) -> Transaction:
    """A balance out of one year's last period and into another's first: the year is the way."""
    carried = replace(account, kind=K.CARRIED_FORWARD)
    return made(
        said,
        Deed.CARRY_FORWARD,
        (Posting(carried, -amount, said.effect), Posting(carried, amount, into)),
    )


def recharge(said: Said, fund: str, line: str, payer: str, payee: str, amount: int) -> Transaction:
    """One partner's invoice to another for a line or, without one, for the fund; `about` is it."""
    owed = LedgerAccount(fund, line, payee, K.RECHARGE)
    return movement(said, Deed.RECHARGE, owed, replace(owed, partner=payer), amount)


def settlement(
    said: Said, fund: str, line: str, payer: str, payee: str, amount: int
) -> Transaction:
    """An invoice paid: what was owed by one partner and to the other no longer is."""
    paid = LedgerAccount(fund, line, payer, K.SETTLED)
    return movement(said, Deed.SETTLE, paid, replace(paid, partner=payee), amount)


def may_settle(invoice: str, outstanding: int, amount: int) -> Verdict:
    """Whether that much of an invoice may be paid; nothing is outstanding on one never raised."""
    if 0 < amount <= outstanding:
        return all_of(())
    says = f"{pounds(amount)} cannot be paid on {invoice}: {pounds(outstanding)} is outstanding"
    remedy = "raise the invoice first, or pay no more than is outstanding"
    return Verdict(Answer.REFUSED, (Reason(Answer.REFUSED, says, remedy=remedy),))


def has_another_side(kind: LedgerKind) -> bool:
    return kind in OTHER_SIDE
