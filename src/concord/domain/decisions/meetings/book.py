"""The minute book: a meeting's record as entries, from which everything about it is worked out.

An entry is added and never changed; one made in mistake is struck by a later one that says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from concord.domain.agreements.matter import Facts
from concord.domain.decisions.interests import Interest, InterestRegime, InterestRuling
from concord.domain.decisions.meetings.exclusion import Exclusion
from concord.domain.decisions.meetings.held import Attendee, Happening, Happens, HeldMeeting
from concord.domain.decisions.words import Purpose


class EntryKind(StrEnum):
    """What an entry can say, besides what happens in the room (`Happens`)."""

    ITEM_PUT = "item put on the agenda"
    ORDERED = "items put in order"
    MADE_PUBLIC = "made public"
    SEATED = "expected in a seat"
    STOOD_DOWN = "not expected after all"
    PRESIDES = "presides"
    EXCLUDED = "the public excluded"
    READMITTED = "the public readmitted"
    DECLARED = "interest declared"
    RULED = "ruled on an interest"
    AGREED = "agreed"
    CONSULTED = "consulted"
    RECOMMENDED = "recommended"
    MET = "shown to be met"
    SAID = "noted"
    OUTCOME = "outcome recorded"
    STRUCK = "entry struck out"
    ENDED = "meeting closed"
    CALLED_OFF = "called off"
    MOVED = "moved to another day"


HAPPENS = frozenset(map(str, Happens))
CHANGES = frozenset({EntryKind.CALLED_OFF, EntryKind.MOVED})
FACTS = frozenset({EntryKind.AGREED, EntryKind.CONSULTED, EntryKind.RECOMMENDED, EntryKind.MET})


class ItemKind(StrEnum):
    """How an item came to be on the agenda."""

    MATTER = "matter"
    STANDING = "standing"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookEntry:
    """One entry: its number in the record, its kind, when by the wall clock, what it says."""

    number: int
    kind: str
    at: datetime
    said: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def read(cls, number: int, kind: str, at: str, said: Mapping[str, Any]) -> BookEntry:
        """An entry as it was written down; KeyError for a kind there is not."""
        if kind not in HAPPENS:
            EntryKind(kind)
        return cls(number=number, kind=kind, at=datetime.fromisoformat(at), said=said)

    @property
    def item(self) -> str:
        return str(self.said.get("item", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPut:
    """One item as it stands on the agenda: what it is about, for what purpose, and the text put.

    `bodies` are those of the meeting that take it. `why_late` is the lawful reason of a late one.
    `facts` are those of an item that has no text of its own as a matter.
    """

    id: str
    title: str
    kind: ItemKind = ItemKind.STANDING
    matter: str = ""
    stop: str = ""
    purpose: Purpose = Purpose.INFORMATION
    bodies: tuple[str, ...] = ()
    text: str = ""
    why_late: str = ""
    private: bool = False
    facts: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def subject(self) -> str:
        """What it is about from meeting to meeting: its matter, or the item itself."""
        return self.matter or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRecord:
    """A meeting as its entries tell it; `outcomes` gives each item's outcome by body.

    `presides` is who presides now, and `exclusions` the items for which the public is excluded.
    `called_off` is why the meeting is not held, empty where it is.
    `public` says of an organisation and a clock on which day its notice or papers were made public.
    """

    held: HeldMeeting
    items: Mapping[str, ItemPut]
    log: tuple[Happening, ...] = ()
    exclusions: Mapping[str, Exclusion] = field(default_factory=lambda: MappingProxyType({}))
    declared: tuple[Interest, ...] = ()
    rulings: tuple[InterestRuling, ...] = ()
    said: tuple[BookEntry, ...] = ()
    facts: tuple[BookEntry, ...] = ()
    outcomes: Mapping[tuple[str, str], int] = field(default_factory=lambda: MappingProxyType({}))
    public: Mapping[tuple[str, str], date] = field(default_factory=lambda: MappingProxyType({}))
    presides: str = ""
    ended: datetime | None = None
    called_off: str = ""
    struck: frozenset[int] = frozenset()
    head: int = 0

    def item(self, item: str) -> ItemPut | None:
        return self.items.get(item)

    def settled(self, item: str) -> bool:
        """Whether every body that takes the item has its outcome."""
        put = self.items.get(self.held.leading(item))
        return put is not None and all((b, put.id) in self.outcomes for b in put.bodies)

    def facts_of(self, item: str) -> Facts:
        """What is recorded of one item besides the vote: who agreed, was consulted, recommended."""
        mine = [e for e in self.facts if e.item in ("", item)]
        return Facts(
            agreed=_who(mine, EntryKind.AGREED),
            personally=_who([e for e in mine if e.said.get("personally")], EntryKind.AGREED),
            in_writing=_who([e for e in mine if e.said.get("in_writing")], EntryKind.AGREED),
            consulted=_who(mine, EntryKind.CONSULTED), met=_who(mine, EntryKind.MET),
            recommended=_who(mine, EntryKind.RECOMMENDED),
        )  # fmt: skip


def _who(entries: Iterable[BookEntry], kind: EntryKind) -> frozenset[str]:
    return frozenset(str(e.said["who"]) for e in entries if e.kind == kind)


def read_book(
    name: str, on: date, bodies: tuple[str, ...], entries: Iterable[BookEntry]
) -> MeetingRecord:
    """The meeting as its entries tell it, those that were struck out left aside."""
    kept = sorted(entries, key=lambda e: e.number)
    struck = frozenset(int(e.said["entry"]) for e in kept if e.kind == EntryKind.STRUCK)
    record = MeetingRecord(held=HeldMeeting(id=name, on=on, bodies=bodies), items={}, struck=struck)
    for entry in kept:
        if entry.number not in struck:
            record = after(record, entry)
    return replace(record, head=kept[-1].number if kept else 0)


def after(record: MeetingRecord, entry: BookEntry) -> MeetingRecord:
    """The record with one more entry."""
    if entry.kind in HAPPENS:
        return replace(record, log=(*record.log, happening(entry)))
    kind = EntryKind(entry.kind)
    if kind in FACTS:
        return replace(record, facts=(*record.facts, entry))
    return _AFTER[kind](record, entry)


def happening(entry: BookEntry) -> Happening:
    """An entry as something that happened in the room."""
    told = {k: v for k, v in entry.said.items() if k in _HAPPENING}
    return Happening(what=Happens(entry.kind), at=entry.at, **told)


_HAPPENING = frozenset({"who", "item", "seat", "organisation", "way", "why"})


def _put(record: MeetingRecord, e: BookEntry) -> MeetingRecord:
    item = item_put(e.said, record.held.bodies)
    held = replace(record.held, items=tuple(dict.fromkeys([*record.held.items, item.id])))
    return replace(record, held=held, items={**record.items, item.id: item})


def item_put(said: Mapping[str, Any], bodies: tuple[str, ...]) -> ItemPut:
    """An item as an entry words it; every body takes it unless some are named."""
    return ItemPut(
        id=str(said["item"]), title=str(said["title"]),
        kind=ItemKind(said.get("kind", ItemKind.STANDING)), matter=str(said.get("matter", "")),
        stop=str(said.get("stop", "")), purpose=Purpose(said.get("purpose", Purpose.INFORMATION)),
        bodies=tuple(said.get("bodies") or bodies), text=str(said.get("text", "")),
        why_late=str(said.get("why_late", "")), private=bool(said.get("private", False)),
        facts=said.get("facts", {}),
    )  # fmt: skip


def _ordered(record: MeetingRecord, e: BookEntry) -> MeetingRecord:
    first = tuple(str(i) for i in e.said.get("items", record.held.items))
    rest = tuple(i for i in record.held.items if i not in first)
    groups = tuple(tuple(map(str, g)) for g in e.said.get("together", record.held.together))
    return replace(record, held=replace(record.held, items=(*first, *rest), together=groups))


def _seated(record: MeetingRecord, e: BookEntry) -> MeetingRecord:
    who = attendee(e.said)
    mine = (who.person, who.place)
    others = (a for a in record.held.attendees if (a.person, a.place) != mine)
    return replace(record, held=replace(record.held, attendees=(*others, who)))


def attendee(said: Mapping[str, Any]) -> Attendee:
    """Whoever an entry expects in a seat."""
    return Attendee(
        person=str(said["who"]), body=str(said["body"]), seat=str(said["seat"]),
        instead_of=str(said.get("instead_of", "")), named=bool(said.get("named", False)),
    )  # fmt: skip


def _stood_down(record: MeetingRecord, e: BookEntry) -> MeetingRecord:
    gone = [a for a in record.held.seats_of(e.said["who"]) if e.said.get("seat") in (None, a.place)]
    kept = tuple(a for a in record.held.attendees if a not in gone)
    return replace(record, held=replace(record.held, attendees=kept))


def _excluded(record: MeetingRecord, e: BookEntry) -> MeetingRecord:
    return replace(record, exclusions={**record.exclusions, e.item: exclusion(e.said)})


def exclusion(said: Mapping[str, Any]) -> Exclusion:
    """The exclusion that an entry resolves."""
    return Exclusion(
        parts=tuple(said.get("parts", ())), resolved=bool(said.get("resolved", False)),
        confidential=bool(said.get("confidential", False)), paragraph=said.get("paragraph"),
        outweighs=str(said.get("outweighs", "")),
        special_reasons=str(said.get("special_reasons", "")),
    )  # fmt: skip


def _readmitted(record: MeetingRecord, e: BookEntry) -> MeetingRecord:
    return replace(record, exclusions={i: x for i, x in record.exclusions.items() if i != e.item})


def _declared(record: MeetingRecord, e: BookEntry) -> MeetingRecord:
    kinds = {InterestRegime(k): str(v) for k, v in e.said.get("kinds", {}).items()}
    interest = Interest(
        person=str(e.said["who"]), in_=str(e.said["in"]), what=str(e.said.get("what", "")),
        kinds=MappingProxyType(kinds), item=e.item,
    )  # fmt: skip
    return replace(record, declared=(*record.declared, interest))


def _ruled(record: MeetingRecord, e: BookEntry) -> MeetingRecord:
    ruling = InterestRuling(
        person=str(e.said["who"]), item=e.item, by=str(e.said["by"]),
        stay=bool(e.said.get("stay")), speak=bool(e.said.get("speak")),
        vote=bool(e.said.get("vote")), why=str(e.said.get("why", "")),
    )  # fmt: skip
    others = (r for r in record.rulings if (r.person, r.item) != (ruling.person, ruling.item))
    return replace(record, rulings=(*others, ruling))


def _made_public(record: MeetingRecord, e: BookEntry) -> MeetingRecord:
    """The first day counts: what is put right later was public before."""
    on, clock = date.fromisoformat(str(e.said["on"])), str(e.said["clock"])
    found = {(str(o), clock): on for o in e.said["organisations"]}
    return replace(record, public={**found, **record.public})


def _outcome(record: MeetingRecord, e: BookEntry) -> MeetingRecord:
    key = (str(e.said["body"]), e.item)
    return replace(record, outcomes={**record.outcomes, key: int(e.said["outcome"])})


_AFTER: Mapping[EntryKind, Callable[[MeetingRecord, BookEntry], MeetingRecord]] = {
    EntryKind.ITEM_PUT: _put,
    EntryKind.ORDERED: _ordered,
    EntryKind.MADE_PUBLIC: _made_public,
    EntryKind.SEATED: _seated,
    EntryKind.STOOD_DOWN: _stood_down,
    EntryKind.PRESIDES: lambda r, e: replace(r, presides=str(e.said["who"])),
    EntryKind.EXCLUDED: _excluded,
    EntryKind.READMITTED: _readmitted,
    EntryKind.DECLARED: _declared,
    EntryKind.RULED: _ruled,
    EntryKind.SAID: lambda r, e: replace(r, said=(*r.said, e)),
    EntryKind.OUTCOME: _outcome,
    EntryKind.STRUCK: lambda r, e: r,
    EntryKind.ENDED: lambda r, e: replace(r, ended=e.at),
    EntryKind.CALLED_OFF: lambda r, e: replace(r, called_off=str(e.said["why"])),
    EntryKind.MOVED: lambda r, e: r,
}
