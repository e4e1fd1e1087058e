"""Accounts and transactions: legs of whole pence that balance, or there is no transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from concord.domain.findings import Answer, Reason
from concord.domain.funds.ledger.words import OTHER_SIDE, Deed, LedgerKind
from concord.domain.money import pounds

MOST_LEGS = 999


@dataclass(frozen=True, slots=True)
class LedgerAccount:
    """Where money stands: a fund, a line of it, a partner and a kind; a reserve has a name too."""

    fund: str
    line: str
    partner: str
    kind: LedgerKind
    name: str = ""

    def __str__(self) -> str:
        parts = (self.fund, self.line, self.partner, self.kind, self.name)
        return " · ".join(p for p in parts if p)

    def other_side(self) -> LedgerAccount:
        """The account that takes the other side of a posting here; KeyError where it has none.

        It keeps the line, so that a line's compartment balances by itself.
        """
        return replace(self, kind=OTHER_SIDE[self.kind], name="")


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of a transaction: an account, pence, and the period in which it has effect."""

    account: LedgerAccount
    amount: int
    effect: int


@dataclass(frozen=True, slots=True)
class Transaction:
    """Legs that sum to nil, or a ValueError: one that does not balance cannot be made.

    `key` is made by whoever asks, so that asking again does nothing twice. `posted` is the period
    of posting, `on` the day of the fact behind it; `reverses` is the key of what it takes back;
    `about` what it belongs to (an invoice, an import); `row` the row of the file it came from.
    """

    key: str
    deed: Deed
    on: date
    posted: int
    legs: tuple[Posting, ...]
    says: str
    decision: str = ""
    reverses: str = ""
    about: str = ""
    row: int = 0

    def __post_init__(self) -> None:
        reason = balances(self.legs)
        if reason.answer is not Answer.STANDS:
            raise ValueError(reason.says)

    @property
    def funds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(leg.account.fund for leg in self.legs))


def balances(legs: Iterable[Posting]) -> Reason:
    """Whether legs make a transaction: two at least, none nil, and together exactly nothing."""
    kept = tuple(legs)
    total = sum(leg.amount for leg in kept)
    if total:
        says = f"the legs come to {pounds(total)}, not to nil"
        return _refused(says, "correct the amounts: nothing is posted until they balance")
    if len(kept) < 2:
        return _refused("a transaction has two legs at least", "name the account at its other side")
    if len(kept) > MOST_LEGS:
        return _refused(f"a transaction has {MOST_LEGS} legs at most", "post it as several")
    if not all(leg.amount for leg in kept):
        return _refused("a leg of nil moves nothing", "leave it out")
    return Reason(Answer.STANDS, "the legs balance")


def two_sided(account: LedgerAccount, amount: int, effect: int) -> tuple[Posting, Posting]:
    """A posting and its other side."""
    return Posting(account, amount, effect), Posting(account.other_side(), -amount, effect)


def same(one: Transaction, other: Transaction) -> bool:
    """Whether a second asking is the first one again: everything but the wording of it."""
    return replace(one, says="") == replace(other, says="")


def _refused(says: str, remedy: str) -> Reason:
    return Reason(Answer.REFUSED, says, remedy=remedy)
