"""What stands on the accounts: by any dimension, at any period, and the trial balance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from concord.domain.funds.ledger.periods import year_of
from concord.domain.funds.ledger.transaction import LedgerAccount, Transaction
from concord.domain.funds.ledger.words import LedgerKind


class Dimension(StrEnum):
    """What balances can be gathered by."""

    FUND = "fund"
    LINE = "line"
    PARTNER = "partner"
    KIND = "kind"
    NAME = "name"
    POSTED = "period of posting"
    EFFECT = "period of effect"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Balance:
    """What the postings of one period of posting and of effect came to on one account."""

    account: LedgerAccount
    posted: int
    effect: int
    amount: int
    legs: int = 1


Key = Callable[[Balance], object]
_KEYS: dict[Dimension, Key] = {
    Dimension.FUND: lambda s: s.account.fund,
    Dimension.LINE: lambda s: s.account.line,
    Dimension.PARTNER: lambda s: s.account.partner,
    Dimension.KIND: lambda s: s.account.kind,
    Dimension.NAME: lambda s: s.account.name,
    Dimension.POSTED: lambda s: s.posted,
    Dimension.EFFECT: lambda s: s.effect,
    Dimension.YEAR: lambda s: year_of(s.effect),
}


def balances_of(transactions: Iterable[Transaction]) -> tuple[Balance, ...]:
    """The balances of transactions, one for each account and pair of periods."""
    sums: defaultdict[tuple[LedgerAccount, int, int], list[int]] = defaultdict(lambda: [0, 0])
    for transaction in transactions:
        for leg in transaction.legs:
            there = sums[leg.account, transaction.posted, leg.effect]
            there[0] += leg.amount
            there[1] += 1
    return tuple(Balance(*key, amount, legs) for key, (amount, legs) in sums.items())


def gathered(
    balances: Iterable[Balance], *by: Dimension, known_by: int | None = None
) -> dict[tuple[object, ...], int]:
    """Pence by these dimensions; with `known_by`, only what was posted up to that period.

    That is what a report of that month saw: a later posting does not change it, whatever period
    it has effect in.
    """
    keys = [_KEYS[dimension] for dimension in by]
    sums: defaultdict[tuple[object, ...], int] = defaultdict(int)
    for one in balances:
        if known_by is None or one.posted <= known_by:
            sums[tuple(key(one) for key in keys)] += one.amount
    return dict(sums)


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """Every account with what stands on it, in order; both sides are pence and equal."""

    rows: tuple[tuple[LedgerAccount, int], ...]

    @property
    def plus(self) -> int:
        return sum(amount for _, amount in self.rows if amount > 0)

    @property
    def minus(self) -> int:
        return -sum(amount for _, amount in self.rows if amount < 0)

    @property
    def holds(self) -> bool:
        return self.plus == self.minus


def trial_balance(balances: Iterable[Balance], known_by: int | None = None) -> TrialBalance:
    sums: defaultdict[LedgerAccount, int] = defaultdict(int)
    for one in balances:
        if known_by is None or one.posted <= known_by:
            sums[one.account] += one.amount
    return TrialBalance(tuple(sorted(sums.items(), key=lambda row: _order(row[0]))))


def _order(account: LedgerAccount) -> tuple[str, str, str, int, str]:
    kind = list(LedgerKind).index(account.kind)
    return account.fund, account.line, account.partner, kind, account.name
