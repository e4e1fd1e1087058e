"""Whom a place serves and whom its arrangement does not reach."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concord.domain.language.values import NOT_STATED, NotStated, Share
from concord.domain.places.populations import (
    Basis,
    NotCovered,
    Population,
    coverage,
    total,
    who_is_not_covered,
)

DAY = date(2017, 4, 1)
# 003 ¶2: around a quarter of the City's residents are registered in Tower Hamlets; 003 ¶1: workers.
EASTERN = NotCovered(who="Residents registered in Tower Hamlets", share=Share(Fraction(1, 4)))
WORKERS = NotCovered(who="People who work in the City")


def test_a_quarter_registered_elsewhere_leaves_three_quarters_covered():
    covered = coverage((EASTERN,), DAY)
    assert covered.share == Fraction(3, 4)


def test_a_share_that_is_not_stated_leaves_only_what_is_covered_at_most():
    covered = coverage((EASTERN, WORKERS), DAY)
    assert covered.share is None
    assert (covered.at_least, covered.at_most) == (Fraction(0), Fraction(3, 4))


@pytest.mark.parametrize("silent", [(), None, NOT_STATED])
def test_a_text_that_names_nobody_left_out_does_not_say_that_everyone_is_covered(silent):
    assert coverage(silent, DAY).share is None
    assert coverage(silent, DAY).at_most == 1


def test_a_group_that_joins_later_is_left_out_only_until_then():
    """003 ¶27: other groups might join in 2017/18."""
    joins = NotCovered(
        who="Residents of the east", share=Share(Fraction(1, 4)), ends=date(2018, 3, 31)
    )
    assert coverage((joins,), date(2018, 3, 31)).share == Fraction(3, 4)
    assert coverage((joins,), date(2018, 4, 1)).share == 1


def test_a_group_that_may_already_have_joined_leaves_bounds():
    joins = NotCovered(who="East", share=Share(Fraction(1, 4)), ends=NotStated())
    covered = coverage((joins,), DAY)
    assert (covered.at_least, covered.at_most) == (Fraction(3, 4), Fraction(1))


def test_those_left_out_are_listed_largest_first_and_unknown_shares_last():
    small = NotCovered(who="Some", share=Share(Fraction(1, 10)))
    assert who_is_not_covered((WORKERS, small, EASTERN), DAY) == (EASTERN, small, WORKERS)
    assert who_is_not_covered(NOT_STATED, DAY) == ()


def test_groups_that_come_to_more_than_everyone_are_a_fault():
    most = NotCovered(who="Most", share=Share(Fraction(9, 10)))
    with pytest.raises(ValueError, match="more than everyone"):
        coverage((most, EASTERN), DAY)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=10))
def test_what_is_left_out_and_what_is_covered_make_the_whole(tenths):
    groups = [NotCovered(who=f"g{n}", share=Share(Fraction(t, 100))) for n, t in enumerate(tenths)]
    share = coverage(groups, DAY).share
    assert share is not None
    assert share + Fraction(sum(tenths), 100) == 1


def test_counts_add_up_only_on_one_basis_and_vintage():
    one = Population("middlemarch", Basis.RESIDENT, 8_000, "mid-2015")
    two = Population("loamshire", Basis.RESIDENT, 269_000, "mid-2015")
    assert total((one, two)) == 277_000
    with pytest.raises(ValueError, match="different"):
        total((one, Population("loamshire", Basis.REGISTERED, 290_000, "mid-2015")))
    with pytest.raises(ValueError, match="different"):
        total((one, Population("loamshire", Basis.RESIDENT, 290_000, "mid-2016")))


def test_a_total_with_an_unknown_part_is_not_stated_and_never_zero():
    one = Population("middlemarch", Basis.WORKERS, NOT_STATED, "2011")
    two = Population("loamshire", Basis.WORKERS, 90_000, "2011")
    assert total((one, two)) == NOT_STATED
    assert total(()) == 0
