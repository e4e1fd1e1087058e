"""Splitting pence: largest remainder, on the absolute amount, ties to the earlier partner."""

from fractions import Fraction
from itertools import product
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concord.domain.funds.allocation import allocate, allocation

WEIGHTS = st.lists(st.integers(0, 10**10), min_size=1, max_size=6).filter(any)
AMOUNTS = st.integers(-(10**13), 10**13)


@pytest.mark.parametrize(
    ("amount", "weights", "shares"),
    [
        # 4 × 3/8 = 1.5, 1.5, 4 × 2/8 = 1.0: floors 1, 1, 1; the penny left goes to the first half.
        (4, (3, 3, 2), (2, 1, 1)),
        # 5 × 0.7 = 3.5 and 1.5: floors 3 and 1; equal remainders, so the earlier one has it.
        (5, (7, 3), (4, 1)),
        (-5, (7, 3), (-4, -1)),
        # A third each of 100: 33, 33, 33 and one penny for the first.
        (100, (1, 1, 1), (34, 33, 33)),
        (101, (1, 1, 1), (34, 34, 33)),
        # 60/40 and 35/65 of a penny: the larger remainder has it.
        (1, (60, 40), (1, 0)),
        (1, (35, 65), (0, 1)),
        (1, (50, 50), (1, 0)),
        (0, (1, 2), (0, 0)),
        # Nothing for a weight of nothing, even where pennies are left: 5/2 = 2.5 each of two.
        (5, (0, 1, 1), (0, 3, 2)),
        # £250,000 in 55:45.
        (25_000_000, (55, 45), (13_750_000, 11_250_000)),
    ],
)
def test_worked_splits(amount, weights, shares):
    assert allocate(amount, weights) == shares


@given(AMOUNTS, WEIGHTS)
def test_shares_sum_exactly_and_lie_within_a_penny_of_exact(amount, weights):
    shares, total = allocate(amount, weights), sum(weights)
    assert sum(shares) == amount
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(amount * weight, total)) < 1
        assert weight or share == 0


@given(AMOUNTS, WEIGHTS)
def test_the_split_of_minus_x_is_minus_the_split_of_x(amount, weights):
    assert allocate(-amount, weights) == tuple(-s for s in allocate(amount, weights))


@given(AMOUNTS, WEIGHTS, st.integers(1, 1000))
def test_only_the_proportion_of_the_weights_matters(amount, weights, factor):
    assert allocate(amount, weights) == allocate(amount, [w * factor for w in weights])


@settings(max_examples=300)
@given(st.integers(0, 12), st.lists(st.integers(0, 5), min_size=1, max_size=4).filter(any))
def test_no_split_in_whole_pence_lies_closer_and_ties_go_to_the_earlier(amount, weights):
    """Independently: of every way to share, the one nearest to exact, and of those the first."""
    exact = [Fraction(amount * w, sum(weights)) for w in weights]
    ways = (
        way
        for way in product(range(amount + 1), repeat=len(weights))
        if sum(way) == amount and all(floor(e) <= s for s, e in zip(way, exact, strict=True))
    )
    distance = {
        way: sum((s - e) ** 2 for s, e in zip(way, exact, strict=True))
        for way in ways
        if all(e or s == 0 for s, e in zip(way, exact, strict=True))
    }
    nearest = min(distance.values())
    assert allocate(amount, weights) == max(w for w, d in distance.items() if d == nearest)


@pytest.mark.parametrize("weights", [(), (0, 0), (3, -1)])
def test_weights_that_say_nothing_are_refused(weights):
    with pytest.raises(ValueError, match="weight"):
        allocate(100, weights)


def test_a_split_shows_how_it_was_made():
    split = allocation(-4, (3, 3, 2))
    assert split.exact == (Fraction(-3, 2), Fraction(-3, 2), Fraction(-1))
    assert split.floors == (1, 1, 1)
    assert split.pennies == (True, False, False)


def test_four_quarters_posted_by_difference_add_up_to_the_year():
    # Each quarter's own 1p in 50:50 would give the first partner all four. The cumulative amount,
    # with the difference posted, gives 1, 1, 2, 2 of 1, 2, 3, 4.
    cumulative = [allocate(so_far, (50, 50)) for so_far in (1, 2, 3, 4)]
    assert [first for first, _ in cumulative] == [1, 1, 2, 2]
    assert cumulative[-1] == allocate(4, (50, 50)) == (2, 2)
