"""Amounts and days as partners' ledgers write them; what is not certain is said, not guessed."""

from __future__ import annotations

import re
from datetime import date

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2})0*)?|\.\d{1,2}")
_SHORT = re.compile(r"\d\s*(?:k|m|mn|bn|b|thousand|million|billion)$", re.IGNORECASE)
_NEGATIVES = ("-", "−", "–")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_DAYS = {
    "YYYY-MM-DD": re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?:[T ]00:00(?::00)?)?"),
    "DD/MM/YYYY": re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})"),
    "MM/DD/YYYY": re.compile(r"(?P<m>\d{1,2})[/.-](?P<d>\d{1,2})[/.-](?P<y>\d{4})"),
    "DD-MMM-YYYY": re.compile(r"(?P<d>\d{1,2})[ -](?P<m>[A-Za-z]{3})[a-z]*[ -](?P<y>\d{4})"),
    "YYYYMMDD": re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
}
DAY_FORMS = tuple(_DAYS)
SHORTENED = "shortened"


def pence_of(text: str) -> int | str:
    """Whole pence of `1636.01`, `£1,636.01`, `-1`, `(1)`, `1-`, `1 CR`; else what is wrong.

    A credit is below nil and a debit above it. `£12,480M` is *shortened*: thousands or millions are
    never worked out from a letter.
    """
    bare, sign = _unsigned(text.strip())
    found = _NUMBER.fullmatch(bare)
    if found is None:
        return SHORTENED if _SHORT.search(bare) else "it is not an amount of money"
    whole, _, part = bare.replace(",", "").partition(".")
    part = part.rstrip("0") if len(part) > 2 else part
    return sign * (int(whole or "0") * 100 + int(part.ljust(2, "0")))


def _unsigned(text: str) -> tuple[str, int]:
    """The amount without its signs, and 1 or -1; two signs of different kinds stay and fail."""
    sign = 1
    if text[:1] == "(" and text[-1:] == ")":
        text, sign = text[1:-1].strip(), -1
    elif text[-2:].upper() in ("CR", "DR"):
        text, sign = text[:-2].strip(), -1 if text[-2:].upper() == "CR" else 1
    elif text[:2].upper() in ("CR", "DR"):
        text, sign = text[2:].strip(), -1 if text[:2].upper() == "CR" else 1
    elif text[-1:] in _NEGATIVES:
        text, sign = text[:-1].strip(), -1
    elif text[:1] in _NEGATIVES:
        text, sign = text[1:].strip(), -1
    text = text.removeprefix("£").strip()
    if text[:1] in _NEGATIVES and sign == 1:  # £-1
        text, sign = text[1:].strip(), -1
    return text, sign


def day_of(text: str, form: str) -> date | None:
    """A day written in one of `DAY_FORMS`; none where it is not one."""
    found = _DAYS[form].fullmatch(text.strip())
    if found is None:
        return None
    month = found["m"]
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
    try:
        return date(int(found["y"]), number, int(found["d"]))
    except ValueError:
        return None
