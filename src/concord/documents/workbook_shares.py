"""One shared sum as rows of a workbook: weights, parts rounded down, remainders, pennies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import gcd

from concord.domain.funds.reports import SharedOut

EXACT = 2**53  # whole numbers beyond it are no longer exact in a spreadsheet
HEADS = (
    "Partner",
    "Weight",
    "Rounded down",
    "Remainder",
    "Rank",
    "Penny",
    "Share in pence",
    "Share",
)
Cell = tuple[str, float | str, str]  # where, its value, and its formula if it has one


def share_rows(shared: SharedOut, row: int) -> Iterator[Sequence[Cell]]:
    """The sum, the heads, a row for each partner and their sum, from that row on.

    Weights are divided by what they have in common, which leaves every share as it is. Where the
    numbers are too large to be exact in a spreadsheet, parts and remainders stand as values.
    """
    a = shared.allocation
    common = gcd(*a.weights) or 1
    weights = [w // common for w in a.weights]
    total = sum(weights)
    live = abs(a.amount) * max(total, 1) < EXACT
    yield [(f"A{row}", "To be shared", ""), (f"B{row}", a.amount, "")]
    yield [(f"{'ABCDEFGH'[n]}{row + 1}", head, "") for n, head in enumerate(HEADS)]
    first, last = row + 2, row + 1 + len(weights)
    amount, all_ = f"ABS($B${row})", f"SUM($B${first}:$B${last})"
    left = abs(a.amount) - sum(a.floors)
    remainders = [
        abs(a.amount) * w - floor * total for w, floor in zip(weights, a.floors, strict=True)
    ]
    ranks = sorted(range(len(weights)), key=lambda i: -remainders[i])
    for n, partner in enumerate(shared.partners):
        at = first + n
        product = f"{amount}*$B{at}"
        down = f"=INT({product}/{all_})-(INT({product}/{all_})*{all_}>{product})" if live else ""
        rest = f"={product}-C{at}*{all_}" if live else ""
        among = f"$D${first}:$D${last}"
        rank = f"=1+SUMPRODUCT(--({among}>D{at}))"
        if n:
            rank += f"+SUMPRODUCT(--($D${first}:$D{at - 1}=D{at}))"
        penny = f"=IF(E{at}<={amount}-SUM($C${first}:$C${last}),1,0)"
        yield [
            (f"A{at}", partner, ""),
            (f"B{at}", weights[n], ""),
            (f"C{at}", a.floors[n], down),
            (f"D{at}", remainders[n], rest),
            (f"E{at}", ranks.index(n) + 1, rank),
            (f"F{at}", int(ranks.index(n) < left), penny),
            (f"G{at}", a.shares[n], f"=SIGN($B${row})*(C{at}+F{at})"),
            (f"H{at}", a.shares[n] / 100, f"=ROUND(G{at}/100,2)"),
        ]
    end = last + 1
    yield [
        (f"A{end}", "Together", ""),
        (f"B{end}", total, f"={all_}"),
        (f"G{end}", a.amount, f"=SUM(G{first}:G{last})"),
        (f"H{end}", a.amount / 100, f"=ROUND(SUM(H{first}:H{last}),2)"),
    ]
