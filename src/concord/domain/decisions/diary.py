"""A diary: what was done at a place, act by act and in order, as text that commands carry out.

Each act says when it was done by the clock on the wall, and what; a closed set says what there is.
An act that names no meeting is of the meeting called or named last. What is put at an item may be
described once, in a table of its own under `items`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from concord.domain.decisions.meetings.book import HAPPENS, EntryKind
from concord.domain.findings import Finding
from concord.domain.language.reading import At, Gathered, nearest
from concord.domain.language.source import read_source

FORMATS = (1,)


class Do(StrEnum):
    """What an act of a diary does; each is one command."""

    CALL = "call a meeting"
    RECORD = "record"
    OUTCOME = "record an outcome"
    ALONE = "decide alone"
    PUBLISH = "publish a decision"
    STEP = "take a step"
    END = "end a decision"
    INTEREST = "register an interest"
    DISPENSATION = "grant a dispensation"
    TALK = "record talks"
    LADDER = "take a step on the ladder"
    ACTION = "give an action"
    UPDATE = "update an action"
    MINUTES = "write minutes"
    SETTLE = "settle what came by itself"
    BUDGET = "set a budget version"
    CONTRIBUTE = "record a contribution"
    POST = "post"
    MAPPING = "save a mapping"
    IMPORT = "import a ledger"
    ACCRUE = "accrue"
    REVERSE = "take a posting back"
    VIRE = "move budget"
    RESERVE = "move a reserve"
    CARRY = "carry forward"
    INVOICE = "raise an invoice"
    PAY = "pay an invoice"
    FORECAST = "forecast"
    CLOSE = "close a period"
    REOPEN = "reopen a period"


# What each act must say, and what it may say besides.
KEYS: Mapping[Do, tuple[frozenset[str], frozenset[str]]] = MappingProxyType(
    {
        do: (frozenset(must.split()), frozenset(may.split()))
        for do, must, may in (
            (Do.CALL, "bodies on", "starts_at where title"),
            (Do.RECORD, "meeting entry", "*"),
            (Do.OUTCOME, "meeting item body", "holds_from"),
            (Do.ALONE, "maker person item", "consulted agreed in_writing recommended holds_from"),
            (Do.PUBLISH, "decision", "public_text because exempt_by exempt_why"),
            (Do.STEP, "decision move", "members committee chair ground who why outside_framework"),
            (Do.END, "decision how by", ""),
            (Do.INTEREST, "person in kinds", "what starts ends replaces"),
            (Do.DISPENSATION, "person in by why starts ends", "speak vote"),
            (Do.TALK, "item who said", ""),
            (Do.LADDER, "item step by said", ""),
            (Do.ACTION, "what owners", "due meeting item decision condition"),
            (Do.UPDATE, "action state says", "evidence due"),
            (Do.MINUTES, "meeting body act", "approved_at item who why was now"),
            (Do.SETTLE, "", ""),
            (Do.BUDGET, "fund year version status because", "decision amounts named"),
            (Do.CONTRIBUTE, "fund partner stage amount effect", "says posted named"),
            (Do.POST, "fund line partner amount effect says", "kind deed decision posted named"),
            (Do.MAPPING, "name partner day day_form claims", "*"),
            (Do.IMPORT, "mapping file first last", "posted accepting why"),
            (
                Do.ACCRUE,
                "fund line partner amount effect says",
                "decision reverses_in posted named",
            ),
            (Do.REVERSE, "of because", "posted named"),
            (Do.VIRE, "giver taker partner amount effect decision says", "posted named"),
            (Do.RESERVE, "fund partner reserve amount effect decision says", "posted named"),
            (Do.CARRY, "fund line partner amount effect into decision says", "posted named"),
            (Do.INVOICE, "fund payer payee amount effect due reference says", "line posted named"),
            (Do.PAY, "reference amount effect says", "posted named"),
            (Do.FORECAST, "fund year version at_end_of", "outturns not_reported"),
            (Do.CLOSE, "fund period", "because"),
            (Do.REOPEN, "fund period because", ""),
        )
    }
)


# What a table of `items` may say of what is put.
_OF_AN_ITEM = "title kind matter stop purpose bodies text why_late private facts"
ITEM_KEYS = frozenset(_OF_AN_ITEM.split())
ENTRIES = HAPPENS | frozenset(map(str, EntryKind)) - {EntryKind.OUTCOME}


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryAct:
    """One act: its number in the diary, its line, when it was done, and what it says."""

    number: int
    line: int
    at: datetime
    do: Do
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DiaryReading:
    """A diary as far as it can be read, with every finding."""

    acts: tuple[DiaryAct, ...]
    findings: tuple[Finding, ...]


def read_diary(text: str, file: str = "diary.toml") -> DiaryReading:
    """Reads a whole diary; nothing is raised, whatever the text is."""
    source, faults = read_source(text, file)
    if source is None:
        return DiaryReading((), faults)
    gathered = Gathered(source)
    head = At(gathered, ())
    if source.values.get("format") not in FORMATS:
        says = f"the text's format is {source.values.get('format', 'missing')!r}"
        head.into("format").found("text.unknown_format", says, 'Begin with "format = 1".')
        return DiaryReading((), tuple(gathered.findings))
    for key in source.values:
        if key not in ("format", "acts", "items"):
            says = "a diary has no such table"
            head.into(key).found("text.unknown_table", says, nearest(key, ["acts", "items"]))
    rows = source.values.get("acts", [])
    items = _items(source.values.get("items", {}), head.into("items"))
    at = head.into("acts")
    acts = tuple(_acts(rows, items, at)) if isinstance(rows, list) else ()
    return DiaryReading(acts, tuple(gathered.findings))


def _items(tables: object, at: At) -> dict[str, Mapping[str, Any]]:
    """The items described in tables of their own, by name."""
    if not isinstance(tables, dict):
        at.found("text.wrong_type", "items are tables", "Write each under [items.its_name].")
        return {}
    for name, table in tables.items():
        for key in table if isinstance(table, dict) else ():
            if key not in ITEM_KEYS:
                says = "an item has no such key"
                at.into(name).into(key).found("text.unknown_key", says, nearest(key, ITEM_KEYS))
    return {name: table for name, table in tables.items() if isinstance(table, dict)}


def _acts(rows: list[Any], items: Mapping[str, Mapping[str, Any]], at: At) -> Iterator[DiaryAct]:
    before: datetime | None = None
    meeting = ""
    for number, row in enumerate(rows):
        here = at.into(number)
        act = _act(row, number + 1, items, meeting, here)
        if act is None:
            continue
        meeting = _meeting(act) or meeting
        if before is not None and act.at < before:
            says = f"it was done before the act above it, at {before:%Y-%m-%d %H:%M}"
            here.into("at").found("date.out_of_order", says, "Put the acts in order of time.")
        before = act.at
        yield act


def _meeting(act: DiaryAct) -> str:
    """The meeting that an act calls or names, of which the acts below it are."""
    if act.do is Do.CALL:
        return meeting_name(act.said.get("on"), act.said.get("bodies"))
    return str(act.said.get("meeting", "")) if act.do in (Do.RECORD, Do.OUTCOME) else ""


def meeting_name(on: object, bodies: object) -> str:
    """The name by which a meeting called for a day is known."""
    return f"{on}-{'-'.join(map(str, bodies))}" if isinstance(bodies, list) else ""


def _act(
    row: Any, number: int, items: Mapping[str, Mapping[str, Any]], meeting: str, at: At
) -> DiaryAct | None:
    if not isinstance(row, dict):
        at.found("text.wrong_type", "an act is a table", "Write it under [[acts]].")
        return None
    moment, do = row.get("at"), row.get("do")
    if not isinstance(moment, datetime) or moment.tzinfo is not None:
        says = "when it was done is not a day and a time on the clock on the wall"
        at.into("at").found("text.wrong_type", says, "Write it as 2025-11-26T14:00:00.")
        return None
    if do not in set(Do):
        says = f"{do!r} is nothing that a diary can do"
        at.into("do").found("text.unknown_word", says, nearest(str(do), map(str, Do)))
        return None
    said = {key: value for key, value in row.items() if key not in ("at", "do")}
    if meeting and "meeting" in KEYS[Do(do)][0]:
        said.setdefault("meeting", meeting)
    said = _with_item(said, items)
    _keys(said, Do(do), at)
    return DiaryAct(number=number, line=at.line, at=moment, do=Do(do), said=said)


def _with_item(said: dict[str, Any], items: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The act with the table of the item that it puts, or that somebody decides alone."""
    item = said.get("item")
    if not isinstance(item, str) or item not in items:
        return said
    if said.get("entry") == EntryKind.ITEM_PUT:
        return {**items[item], **said}
    if "maker" in said:
        return {**said, "item": {"item": item, **items[item]}}
    return said


def _keys(said: Mapping[str, Any], do: Do, at: At) -> None:
    must, may = KEYS[do]
    for key in sorted(must - set(said)):
        at.found("text.missing_key", f"{do}: {key} is missing", f"Add {key}.")
    for key in said:
        if "*" not in may and key not in must | may:
            says = f"{do} has no such key"
            at.into(key).found("text.unknown_key", says, nearest(key, must | may))
    if do is Do.RECORD and (entry := said.get("entry")) and entry not in ENTRIES:
        says = f"{entry!r} is nothing that a meeting's record can say"
        at.into("entry").found("text.unknown_word", says, nearest(str(entry), ENTRIES))
