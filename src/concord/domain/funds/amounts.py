"""How amounts are read: cells by line and partner, apportioned cells, printed totals, figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from concord.domain.language.kinds import Reads, amount, ref, silent, words
from concord.domain.language.reading import At
from concord.domain.language.tables import Row, key, read_row
from concord.domain.language.values import NOT_STATED, NotStated

_money = amount()
TOTALS = ("total", "at_least", "gross", "net")


@dataclass(frozen=True, slots=True, kw_only=True)
class Apportioned(Row):
    """A cell that takes one part of a wider sum, by a basis the text states."""

    of: str | NotStated = key(ref("apportionment"), required=True)
    part: str | NotStated = key(words(), required=True)
    whole: int | NotStated = key(amount(), required=True)


Cell = int | Apportioned | NotStated
Cells = Mapping[str, Cell] | Cell  # by partner, or one sum where the partners are not stated


def cell() -> Reads:
    """Money, or one part of a wider sum."""

    def read(raw: object, at: At) -> Any:
        if isinstance(raw, dict):
            return read_row(Apportioned, raw, at) or NOT_STATED
        found = _money(raw, at)
        return _from_nil(found, raw, at)

    return read


def cells() -> Reads:
    """The amounts of one line: by partner, or one sum where the partners are not stated."""
    one = cell()

    def read(raw: object, at: At) -> Any:
        if not isinstance(raw, dict) or "whole" in raw:
            return one(raw, at)
        for name in raw:
            at.into(name).refers(name, ("organisation",))
        return {name: one(value, at.into(name)) for name, value in raw.items()}

    return read


def by_line() -> Reads:
    """The cells of a budget, line by line."""
    one = cells()

    def read(raw: object, at: At) -> Any:
        if silent(raw, at):
            return NOT_STATED
        if not isinstance(raw, dict):
            at.found("text.wrong_type", "amounts by line are needed here", _AS_CELLS)
            return NOT_STATED
        for name in raw:
            at.into(name).refers(name, ("line",))
        return {name: one(value, at.into(name)) for name, value in raw.items()}

    return read


_AS_CELLS = 'As { home_care = { council = "£5,000,000", icb = "£3,000,000" } }.'


def printed() -> Reads:
    """Totals as a source prints them, by their word or the partner or line they are for."""

    def read(raw: object, at: At) -> Any:
        if silent(raw, at):
            return NOT_STATED
        if not isinstance(raw, dict):
            at.found("text.wrong_type", "printed totals are needed here", 'As { total = "£10" }.')
            return NOT_STATED
        for name in raw:
            if name not in TOTALS:
                at.into(name).refers(name, ("organisation", "line"))
        return {name: _money(value, at.into(name)) for name, value in raw.items()}

    return read


def money_by(*kinds: str) -> Reads:
    """Money from nil, by the name of a thing, or by free words where no kind is named."""

    def read(raw: object, at: At) -> Any:
        if silent(raw, at):
            return NOT_STATED
        if not isinstance(raw, dict):
            at.found("text.wrong_type", "amounts by name are needed here", 'As { a = "£10" }.')
            return NOT_STATED
        for name in raw:
            if kinds:
                at.into(name).refers(name, kinds)
        return {
            name: _from_nil(_money(value, at.into(name)), value, at.into(name))
            for name, value in raw.items()
        }

    return read


def money() -> Reads:
    """Money from nil."""
    return lambda raw, at: _from_nil(_money(raw, at), raw, at)


def _from_nil(found: Any, raw: object, at: At) -> Any:
    if not isinstance(found, int) or found >= 0:
        return found
    says = f"{raw} is below zero"
    at.found("fund.below_zero", says, 'Write the amount without a minus sign; nil is "£0".')
    return NOT_STATED


def figures() -> Reads:
    """Whole numbers of nothing or more by part, not all of them nothing."""

    def read(raw: object, at: At) -> Any:
        if silent(raw, at):
            return NOT_STATED
        if not isinstance(raw, dict) or not raw:
            at.found("text.wrong_type", "figures by part are needed here", _AS_FIGURES)
            return NOT_STATED
        found = {name: _figure(value, at.into(name)) for name, value in raw.items()}
        if all(value == 0 for value in found.values()):
            at.found("fund.figures_sum_to_nothing", "the figures sum to nothing", _AS_FIGURES)
            return NOT_STATED
        return found

    return read


_AS_FIGURES = "As { city = 9_000, hackney = 291_000 }."


def _figure(raw: object, at: At) -> Any:
    if silent(raw, at):
        return NOT_STATED
    if isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0:
        return raw
    at.found("text.wrong_type", "a whole number from 0 is needed here", _AS_FIGURES)
    return NOT_STATED
