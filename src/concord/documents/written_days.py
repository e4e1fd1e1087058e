"""Days and times of day as other systems write them; the day stands before the month."""

from __future__ import annotations

import re
from datetime import date, time

_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})\b")
_TIME = re.compile(r"\b(\d{1,2})[:.](\d{2})(?::\d{2})?\s*([ap]\.?m\.?)?", re.IGNORECASE)
_HOUR = re.compile(r"^(\d{1,2})\s*([ap]\.?m\.?)$", re.IGNORECASE)


def read_day(words: str) -> date | None:
    """A day as 2018-03-31 or 31/03/2018; a month before its day is never guessed."""
    try:
        if found := _ISO.match(words.strip()):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY_FIRST.match(words.strip()):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    return None


def read_time(words: str) -> str:
    """A time of day as 18:30, from `18.30`, `6.30 pm`, `6pm`; nothing where there is none."""
    words = words.strip()
    found = _TIME.search(words) or _HOUR.match(words)
    if not found:
        return ""
    minute = int(found[2]) if found.re is _TIME else 0
    half = (found[3] if found.re is _TIME else found[2]) or ""
    hour = int(found[1]) % 12 + (12 if half[:1].lower() == "p" else 0) if half else int(found[1])
    try:
        return f"{time(hour, minute):%H:%M}"
    except ValueError:
        return ""
