"""A financial year by its name, `2024/25`: from 1 April to 31 March."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from concord.domain.language.kinds import Reads, silent
from concord.domain.language.reading import At
from concord.domain.language.values import FIRST_DAY, LAST_DAY, NOT_STATED

_NAME = re.compile(r"(\d{4})/(\d\d)")


def first_day(year: str) -> date:
    """1 April of the year so named; ValueError says what is wrong with the name."""
    found = _NAME.fullmatch(year)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise ValueError("a financial year is its two calendar years, as 2024/25")
    first = int(found[1])
    if not FIRST_DAY.year <= first < LAST_DAY.year:
        raise ValueError("a financial year lies between 1800/01 and 2198/99")
    return date(first, 4, 1)


def last_day(year: str) -> date:
    """31 March of the year so named."""
    return date(first_day(year).year + 1, 3, 31)


def year_of(day: date) -> str:
    """The name of the financial year a day lies in."""
    first = day.year if (day.month, day.day) >= (4, 1) else day.year - 1
    return f"{first}/{(first + 1) % 100:02}"


def year() -> Reads:
    """A financial year by its name."""

    def read(raw: object, at: At) -> Any:
        if silent(raw, at):
            return NOT_STATED
        try:
            first_day(raw if isinstance(raw, str) else "")
        except ValueError as fault:
            at.found("text.not_a_year", f"{raw!r}: {fault}", 'Write it as "2024/25".')
            return NOT_STATED
        return raw

    return read
