"""The fund text of a place, read beside its arrangement, for the tests of places."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.reader import read_arrangement
from concord.domain.funds.reader import FundReading, read_fund

PLACES = Path(__file__).parents[2] / "places"


@cache
def arrangement(place: str) -> Arrangement:
    text = (PLACES / place / "arrangement.toml").read_text(encoding="utf-8")
    read = read_arrangement(text).arrangement
    assert read is not None
    return read


@cache
def fund_reading(place: str, file: str = "fund.toml") -> FundReading:
    text = (PLACES / place / file).read_text(encoding="utf-8")
    return read_fund(text, arrangement(place), file)


def pounds_of(words: str) -> int:
    """`£'000` as the reports print them: `1,240` is £1,240,000, in pence."""
    return int(words.replace(",", "")) * 1000 * 100
