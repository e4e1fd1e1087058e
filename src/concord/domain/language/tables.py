"""How a table of the language is declared and read: a dataclass, its fields the keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from functools import cache
from typing import Any, TypeVar

from concord.domain.findings import Authority
from concord.domain.language.kinds import Reads, read_day, silent, word
from concord.domain.language.reading import At, Standing, nearest
from concord.domain.language.source import Path
from concord.domain.language.values import NOT_STATED, Dated, Day, Since, always, overlap

R = TypeVar("R", bound="Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every table carries: its name, line, clause, sources, days, standing and a note."""

    id: str = ""
    path: Path = ()
    line: int = 0
    clause: str = ""
    sources: tuple[str, ...] = ()
    starts: Day = None
    ends: Day = None
    standing: Standing = Standing.ADOPTED
    note: str = ""

    @property
    def authority(self) -> Authority:
        clause = "" if self.clause == "not stated" else self.clause
        return Authority(clause, self.sources, proposed=self.standing is Standing.PROPOSED)


@dataclass(frozen=True, slots=True)
class Key:
    """How one key is read, and whether a table may leave it out."""

    reads: Reads
    required: bool = False


def key(reads: Reads, *, required: bool = False, default: Any = None) -> Any:
    """A field that is read from the text; the key is the field's name without a last underscore."""
    how = {"key": Key(reads, required)}
    if isinstance(default, Mapping):
        return field(default_factory=lambda: default, metadata=how)
    return field(default=default, metadata=how)


@cache
def keys_of(table: type[Row]) -> Mapping[str, tuple[str, Key]]:
    """The keys a table knows: the word in the text, the field it goes to and how it is read."""
    found = {f.name: f.metadata["key"] for f in fields(table) if "key" in f.metadata}
    return {name.removesuffix("_"): (name, how) for name, how in found.items()}


def expect_table(raw: object, at: At) -> dict[str, object] | None:
    """The value as a table, or a finding."""
    if isinstance(raw, dict):
        return raw
    at.found("text.wrong_type", "a table is needed here", "Write it as { key = value } or [table].")
    return None


def said(raw: object, at: At) -> str:
    """A clause or a note as it is written; a clause that is not stated stays those words."""
    if isinstance(raw, str):
        if raw == "not stated":
            at.silent(raw)
        return raw
    at.found("text.wrong_type", "words are needed here", "Put them in quotation marks.")
    return ""


_COMMON: Mapping[str, Callable[[object, At], Any]] = {
    "clause": said, "note": said, "starts": read_day, "ends": read_day,
    "source": lambda raw, at: None, "standing": lambda raw, at: None,
}  # fmt: skip
_INHERITED = ("source", "standing")
_standing = word(Standing)


def read_row(table: type[R], raw: object, at: At, id_: str = "") -> R | None:
    """One table as its dataclass; every fault in it is gathered."""
    values = expect_table(raw, at)
    if values is None:
        return None
    at = _inheriting(values, at)
    known: Mapping[str, tuple[str, Key]] = keys_of(table)  # type: ignore[arg-type]
    read: dict[str, Any] = {}
    for name, value in values.items():
        if name in known:
            target, how = known[name]
            read[target] = how.reads(value, at.into(name))
        elif name in _COMMON and name not in _INHERITED:
            read[name] = _COMMON[name](value, at.into(name))
        elif name not in _COMMON:
            _unknown(name, [*known, *_COMMON], at)
    for name, (target, how) in known.items():
        if how.required:
            _require(name, values, read.get(target), at)
            if read.get(target) is None and _default(table, target) is None:
                read[target] = NOT_STATED
    row = table(
        **read, id=id_, path=at.path, line=at.line, sources=at.sources, standing=at.standing
    )
    _check_days(row, at)
    return row


def _require(name: str, values: Mapping[str, object], value: object, at: At) -> None:
    """A table says what it has to say: it is neither missing nor none."""
    if name not in values:
        remedy = f'Add {name}; if the source is silent, {name} = "not stated".'
        at.found("text.missing_key", f"{name} is missing", remedy)
    elif values[name] == "none" and value is None:
        remedy = 'Write what it is; if the source is silent, "not stated".'
        at.into(name).found("text.wrong_type", f"{name} cannot be none", remedy)


def _default(table: type[Row], target: str) -> Any:
    """What a field is where the text does not have its key; None where it has no default."""
    found = next(f for f in fields(table) if f.name == target)
    return None if found.default is found.default_factory is MISSING else found.default


def _unknown(name: str, known: list[str], at: At) -> None:
    kind = "key" if at.path else "table"
    at.into(name).found(f"text.unknown_{kind}", f"this {kind} is not known", nearest(name, known))


def _check_days(row: Row, at: At) -> None:
    if isinstance(row.starts, date) and isinstance(row.ends, date) and row.ends < row.starts:
        says = f"it ends on {row.ends}, before it starts on {row.starts}"
        at.into("ends").found("date.ends_before_start", says, "Correct one of the two days.")


def _inheriting(values: Mapping[str, object], at: At) -> At:
    """The place with this table's own source and standing, which its inner tables inherit."""
    sources, standing = at.sources, at.standing
    if "source" in values:
        sources = _sources(values["source"], at.into("source"))
    if "standing" in values:
        read = _standing(values["standing"], at.into("standing"))
        standing = read if isinstance(read, Standing) else standing
    return At(at.gathered, at.path, sources, standing)


def _sources(raw: object, at: At) -> tuple[str, ...]:
    listed = raw if isinstance(raw, list) else [raw]
    if not listed or not all(isinstance(s, str) and s.strip() for s in listed):
        at.found("text.wrong_type", "a source is its id and the place in it", 'As "s75 7.4".')
        return ()
    for number, words in enumerate(listed):
        (at.into(number) if isinstance(raw, list) else at).refers(words.split()[0], ("source",))
    return tuple(listed)


def table(of: type[R]) -> Reads:
    """One table; `none` is None and silence NOT_STATED."""

    def read(raw: object, at: At) -> Any:
        if raw == "none":
            return None
        return NOT_STATED if silent(raw, at) else read_row(of, raw, at)

    return read


def named(of: type[R], *, or_silence: bool = False) -> Reads:
    """Tables by name, where order means nothing."""

    def read(raw: object, at: At) -> Any:
        if or_silence and silent(raw, at):
            return NOT_STATED
        values = expect_table(raw, at) or {}
        found = {name: read_row(of, value, at.into(name), name) for name, value in values.items()}
        return {name: row for name, row in found.items() if row is not None}

    return read


def rows(of: type[R], *, silence: Any = NOT_STATED) -> Reads:
    """Tables in an array, where order means something; silence is NOT_STATED, or what it means."""

    def read(raw: object, at: At) -> Any:
        if raw == "none":
            return ()
        if silent(raw, at):
            return silence
        if isinstance(raw, dict):
            raw = [raw]
        if not isinstance(raw, list):
            at.found("text.wrong_type", "a list of tables is needed here", "As [{ … }, { … }].")
            return ()
        found = (read_row(of, value, at.into(number)) for number, value in enumerate(raw))
        return tuple(row for row in found if row is not None)

    return read


@dataclass(frozen=True, slots=True, kw_only=True)
class _Is(Row):
    """One row of a plain value that changes: `is` holds it."""

    is_: Any = key(lambda raw, at: raw, required=True)


def dated(of: type[R]) -> Reads:
    """A table as of each date: one table for always, or an array of rows with their days."""
    one = table(of)

    def read(raw: object, at: At) -> Dated[Any]:
        if not isinstance(raw, list):
            value = one(raw, at)
            return (
                Dated((Since(value, value.starts, value.ends, at.line),))
                if isinstance(value, Row)
                else always(value)
            )
        found = (read_row(of, item, at.into(number)) for number, item in enumerate(raw))
        return _without_overlap(tuple(Since(r, r.starts, r.ends, r.line) for r in found if r), at)

    return read


def dated_value(each: Reads) -> Reads:
    """A plain value as of each date: one value for always, or rows whose `is` holds it."""

    def read(raw: object, at: At) -> Dated[Any]:
        if not (isinstance(raw, list) and raw and all(isinstance(item, dict) for item in raw)):
            return always(each(raw, at))
        since = []
        for number, item in enumerate(raw):
            there = at.into(number)
            row = read_row(_Is, item, there)
            if row is not None and "is" in item:
                since.append(
                    Since(each(item["is"], there.into("is")), row.starts, row.ends, row.line)
                )
        return _without_overlap(tuple(since), at)

    return read


def _without_overlap(since: tuple[Since[Any], ...], at: At) -> Dated[Any]:
    for number, later in enumerate(since):
        if any(overlap(earlier, later) for earlier in since[:number]):
            says = "this row holds on days when an earlier row holds"
            at.into(number).found("date.overlap", says, "Give each row days of its own.")
    return Dated(since)
