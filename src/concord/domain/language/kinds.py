"""How each kind of value is read: words of a closed set, money, days, references and lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from concord.domain.calendar import read_period
from concord.domain.language.reading import At, nearest
from concord.domain.language.values import (
    BEYOND,
    FIRST_DAY,
    LAST_DAY,
    NOT_STATED,
    Day,
    NotStated,
    read_bounded_day,
    read_limit,
    read_share,
    read_yearly_day,
)
from concord.domain.money import pence

Reads = Callable[[object, At], Any]


def silent(raw: object, at: At) -> bool:
    """Whether the text says here that its source is silent; it is then counted."""
    if raw == "not stated":
        at.silent("not stated")
        return True
    return False


def _wrong(at: At, needed: str, remedy: str) -> Any:
    at.found("text.wrong_type", f"{needed} is needed here", remedy)
    return NOT_STATED


def words() -> Reads:
    """Words read by people: names, titles, purposes."""

    def read(raw: object, at: At) -> Any:
        if silent(raw, at):
            return NOT_STATED
        if isinstance(raw, str) and raw.strip():
            return raw
        return _wrong(at, "a text", "Write it in quotation marks.")

    return read


def word(known: type[StrEnum]) -> Reads:
    """One word of a closed set."""
    by_word = {str(w): w for w in known}

    def read(raw: object, at: At) -> Any:
        if isinstance(raw, str) and raw in by_word:
            return by_word[raw]
        if silent(raw, at):
            return NOT_STATED
        if not isinstance(raw, str):
            return _wrong(at, "a word", f"One of: {', '.join(by_word)}.")
        at.found("text.unknown_word", f"{raw!r} is not a known word here", nearest(raw, by_word))
        return NOT_STATED

    return read


def yes_or_no() -> Reads:
    """`true` or `false`."""

    def read(raw: object, at: At) -> Any:
        if isinstance(raw, bool):
            return raw
        return (
            NOT_STATED
            if silent(raw, at)
            else _wrong(at, "true or false", "Without quotation marks.")
        )

    return read


def number() -> Reads:
    """A whole number from 1."""

    def read(raw: object, at: At) -> Any:
        if isinstance(raw, int) and not isinstance(raw, bool) and raw > 0:
            return raw
        if silent(raw, at):
            return NOT_STATED
        return _wrong(at, "a whole number from 1", "Without quotation marks or decimals.")

    return read


def _literal(reads: Callable[[str], Any], id_: str, needed: str, remedy: str) -> Reads:
    def read(raw: object, at: At) -> Any:
        if silent(raw, at):
            return NOT_STATED
        if not isinstance(raw, str):
            at.found(id_, f"{needed} is needed here, not {_shown(raw)}", remedy)
            return NOT_STATED
        try:
            value = reads(raw)
        except ValueError as error:
            at.found(id_, f"{raw!r}: {error}", remedy)
            return NOT_STATED
        if raw.startswith("not stated"):
            at.silent(raw)
        return value

    return read


def _shown(raw: object) -> str:
    return "a table" if isinstance(raw, dict) else "a list" if isinstance(raw, list) else repr(raw)


_AS_MONEY = 'Write it in pounds, as "£1,240,000".'


def amount() -> Reads:
    """An amount of money, in pence."""
    return _literal(pence, "text.not_money", "money", _AS_MONEY)


def limit() -> Reads:
    """A limit: money, `none`, or not stated with a bound."""
    return _literal(read_limit, "text.not_money", "a limit", f'{_AS_MONEY} Or "none".')


def period() -> Reads:
    """A stretch of time."""
    return _literal(read_period, "text.not_a_period", "a period", 'As "5 clear working days".')


def share() -> Reads:
    """A percentage."""
    return _literal(read_share, "text.not_a_share", "a share", 'As "25%".')


def read_day(raw: object, at: At) -> Day:
    """A date, or not stated with its bounds."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        if FIRST_DAY <= raw <= LAST_DAY:
            return raw
        remedy = "Correct the year, or leave the key out where nothing begins or ends it."
        at.found("text.not_a_date", f"{raw}: {BEYOND}", remedy)
        return NOT_STATED
    if isinstance(raw, str) and raw.startswith("not stated"):
        try:
            value = NOT_STATED if raw == "not stated" else read_bounded_day(raw)
        except ValueError as error:
            at.found("text.not_a_date", f"{raw!r}: {error}", "Write the date as 2018-03-31.")
            return NOT_STATED
        at.silent(raw)
        return value
    at.found("text.not_a_date", f"a date is needed here, not {_shown(raw)}", "As 2018-03-31.")
    return NOT_STATED


def day() -> Reads:
    """A date, or not stated with its bounds."""
    return read_day


def closed_day() -> Reads:
    """A day on which an organisation is closed: a date, or a day of every year (`24 December`)."""
    yearly = _literal(
        read_yearly_day, "text.not_a_date", "a day", 'As 2026-12-24 or "24 December".'
    )
    return either(date, read_day, yearly)


def ref(*kinds: str) -> Reads:
    """The name of one thing of these kinds."""

    def read(raw: object, at: At) -> Any:
        if silent(raw, at):
            return NOT_STATED
        if not isinstance(raw, str) or not raw:
            return _wrong(
                at, f"the name of a thing ({', '.join(kinds)})", "As its key elsewhere in the text."
            )
        at.refers(raw, kinds)
        return raw

    return read


def listing(each: Reads) -> Reads:
    """One or several of a kind, as a tuple; `none` is an empty one, silence is NOT_STATED.

    A list of which one is not stated, or cannot be read, is not stated: nobody is left out unseen.
    """

    def read(raw: object, at: At) -> Any:
        if raw == "none":
            return ()
        if silent(raw, at):
            return NOT_STATED
        if not isinstance(raw, list):
            return _kept([each(raw, at)])
        return _kept([each(item, at.into(number)) for number, item in enumerate(raw)])

    return read


def _kept(values: list[Any]) -> Any:
    if any(isinstance(v, NotStated) for v in values):
        return NOT_STATED
    return tuple(v for v in values if v is not None)


def refs(*kinds: str) -> Reads:
    """The names of one or several things of these kinds."""
    return listing(ref(*kinds))


def counts(*kinds: str) -> Reads:
    """Whole numbers by the name of a thing: `{ council = 2, icb = 2 }`."""
    one = number()

    def read(raw: object, at: At) -> Any:
        if silent(raw, at):
            return NOT_STATED
        if not isinstance(raw, dict) or not raw:
            return _wrong(at, "numbers by name", "As { council = 2, icb = 2 }.")
        for name in raw:
            at.into(name).refers(name, kinds)
        return {name: one(value, at.into(name)) for name, value in raw.items()}

    return read


def fraction() -> Reads:
    """A fraction written as two whole numbers: `[1, 3]`."""

    def read(raw: object, at: At) -> Any:
        if silent(raw, at):
            return NOT_STATED
        match raw:
            case [int(above), int(below)] if 0 < above <= below:
                return (above, below)
        return _wrong(at, "a fraction of at most one", "As [1, 3] for a third.")

    return read


def either(by_type: type, first: Reads, otherwise: Reads) -> Reads:
    """Read by `first` when the value is of that type, by `otherwise` when it is not."""
    return lambda raw, at: (first if isinstance(raw, by_type) else otherwise)(raw, at)


def by_name(each: Reads, *kinds: str) -> Reads:
    """Values by the name of a thing."""

    def read(raw: object, at: At) -> Any:
        if silent(raw, at):
            return NOT_STATED
        if not isinstance(raw, dict):
            return _wrong(at, "values by name", "As { council = …, icb = … }.")
        for name in raw:
            at.into(name).refers(name, kinds)
        return {name: each(value, at.into(name)) for name, value in raw.items()}

    return read


ANY_TABLE = ("clause", "source", "starts", "ends", "standing", "note")  # keys any table may carry


def by_word(known: type[StrEnum], each: Reads) -> Reads:
    """Values by a word of a closed set, each word once; `starts` may be such a word, a stage."""
    one = word(known)
    carried = set(ANY_TABLE) - {str(w) for w in known}

    def read(raw: object, at: At) -> Any:
        if silent(raw, at):
            return NOT_STATED
        if not isinstance(raw, dict):
            return _wrong(at, "a table", f"Its keys are: {', '.join(known)}.")
        given = {name: value for name, value in raw.items() if name not in carried}
        found = {
            one(name, at.into(name)): each(value, at.into(name)) for name, value in given.items()
        }
        return {name: value for name, value in found.items() if isinstance(name, known)}

    return read
