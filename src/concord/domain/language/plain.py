"""Any value of ours as JSON has it; what a text does not state is the words `not stated`."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from concord.domain.calendar import Period
from concord.domain.findings import Answer, Authority
from concord.domain.language.values import Dated, Limit, NotStated
from concord.domain.money import pounds


def plain(value: Any) -> Any:
    """The value as dicts, lists, words, numbers and null; dates as 2018-03-31, money in pounds."""
    if isinstance(value, Enum):
        return value.word if isinstance(value, Answer) else value.value
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | Set):
        return [plain(item) for item in value]
    return _ours(value)


def _ours(value: Any) -> Any:
    match value:
        case NotStated():
            return value.words
        case Limit():
            return "none" if value.pence is None else pounds(value.pence)
        case Dated():
            return [plain(row) for row in value.rows]
        case Authority() | Period():
            return str(value)
    if is_dataclass(value):
        return {f.name.rstrip("_"): plain(getattr(value, f.name)) for f in fields(value)}
    return str(value)
