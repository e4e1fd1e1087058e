"""Shares an amount in whole pence by largest remainder; the penny goes where the rule says.

Integers only. The absolute amount is shared and the sign restored, so the split of −x is minus the
split of x. A tie goes to the earlier partner; a weight of nothing gets nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Allocation:
    """One split, with what a reader needs to follow it.

    `floors` are the exact shares of the absolute amount rounded down, `pennies` says who gets one
    of the pennies left; `shares` are the answer, signed.
    """

    amount: int
    weights: tuple[int, ...]
    floors: tuple[int, ...]
    pennies: tuple[bool, ...]

    @property
    def shares(self) -> tuple[int, ...]:
        sign = -1 if self.amount < 0 else 1
        pairs = zip(self.floors, self.pennies, strict=True)
        return tuple(sign * (floor + penny) for floor, penny in pairs)

    @property
    def exact(self) -> tuple[Fraction, ...]:
        """The shares before rounding, signed."""
        total = sum(self.weights)
        return tuple(Fraction(self.amount * w, total) for w in self.weights)


def allocation(amount: int, weights: Sequence[int]) -> Allocation:
    """The split of an amount in pence; ValueError where weights are negative or sum to nothing."""
    if any(w < 0 for w in weights):
        raise ValueError("a weight is below zero")
    total = sum(weights)
    if total == 0:
        raise ValueError("the weights sum to nothing")
    divided = [divmod(abs(amount) * w, total) for w in weights]
    left = abs(amount) - sum(floor for floor, _ in divided)
    by_remainder = sorted(range(len(weights)), key=lambda i: -divided[i][1])  # keeps the order
    lucky = set(by_remainder[:left])
    return Allocation(
        amount,
        tuple(weights),
        tuple(floor for floor, _ in divided),
        tuple(i in lucky for i in range(len(weights))),
    )


def allocate(amount: int, weights: Sequence[int]) -> tuple[int, ...]:
    """The shares alone, in pence."""
    return allocation(amount, weights).shares
