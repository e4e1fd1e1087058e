"""Whole pence, read and printed the one way that cannot mix up pounds, pence and thousands."""

from __future__ import annotations

import re
from fractions import Fraction

# The pound sign is the unit and the commas are a check digit, so both are required.
_POUNDS = re.compile(r"(?P<sign>[-−]?)£(?P<pounds>0|[1-9]\d{0,2}(?:,\d{3})*)(?:\.(?P<pence>\d\d))?")


def pence(text: str) -> int:
    """Whole pence of `£1,240,000` or `-£80,000.50`; ValueError says what is wrong with it."""
    found = _POUNDS.fullmatch(text)
    if not found:
        raise ValueError(_fault(text))
    whole = int(found["pounds"].replace(",", "")) * 100 + int(found["pence"] or 0)
    return -whole if found["sign"] else whole


def _fault(text: str) -> str:
    if "£" not in text:
        return "money needs its pound sign"
    if re.search(r"[kKmM]\b|bn", text):
        return "money is written out in full, without k, m or bn"
    if re.search(r"£\d{4,}", text):
        return "money needs commas between thousands"
    return "this is not an amount of money"


def pounds(amount: int) -> str:
    """`£1,240,000`, with pence only when there are any, and a true minus sign."""
    whole, rest = divmod(abs(amount), 100)
    sign = "−" if amount < 0 else ""
    return f"{sign}£{whole:,}" + (f".{rest:02}" if rest else "")


def part(share: Fraction, amount: int) -> int:
    """That share of an amount in pence; a part of a penny is dropped, whatever the sign."""
    exact = share * abs(amount)
    whole = exact.numerator // exact.denominator
    return -whole if amount < 0 else whole
