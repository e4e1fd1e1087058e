"""The audit chain: each entry carries the hash of the one before, so a change anywhere shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

BEGINNING = "0" * 64  # what the first entry carries in place of a hash


@dataclass(frozen=True, slots=True)
class Entry:
    """One act as recorded: `act` is `subject.verb`, `before` and `after` are canonical JSON."""

    number: int
    at: datetime
    who: str
    on_behalf_of: str
    place: str
    act: str
    what: str
    why: str
    before: str
    after: str
    previous: str
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the evidence is not as it was written: an entry's number, or 0 for a text."""

    id: str
    number: int
    says: str


def canonical(value: Any) -> str:
    """The one JSON text of a value: keys sorted, no spaces, dates as text; TypeError on a float."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
    raise TypeError(f"an audit entry holds no {type(value).__name__}")


def moment(at: datetime) -> str:
    """An instant in universal time to the microsecond; a time without its zone is a ValueError."""
    if at.tzinfo is None:
        raise ValueError("a moment in the audit trail needs its time zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def hash_of(entry: Entry) -> str:
    """SHA-256 over the previous hash and everything else the entry says."""
    said = {
        name: getattr(entry, name) for name in Entry.__slots__ if name not in ("previous", "hash")
    }
    return hashlib.sha256(f"{entry.previous}\n{canonical(said)}".encode()).hexdigest()


def verify(entries: Iterable[Entry], noted: Mapping[int, str] | None = None) -> Iterator[Break]:
    """Every break in the chain, in its order, holding one entry at a time.

    `noted` gives hashes kept elsewhere, by number: a chain alone cannot show that its end was cut.
    """
    owed = dict(noted or {})
    number, previous = 0, BEGINNING
    for entry in entries:
        yield from _breaks(entry, number + 1, previous)
        kept = owed.pop(entry.number, entry.hash)
        if kept != entry.hash:
            yield _broken("other_hash", entry.number, "is not the entry whose hash was noted")
        number, previous = entry.number, entry.hash
    for missing in sorted(owed):
        yield _broken("entry_missing", missing, "was noted but is no longer there")


@dataclass(frozen=True, slots=True)
class AdoptedText:
    """One version of a text as it is kept now, with the hash that stands beside it."""

    place: str
    kind: str
    number: int
    text: str
    sha256: str

    def __str__(self) -> str:
        return f"version {self.number} of the {self.kind} of {self.place}"


def verify_texts(texts: Iterable[AdoptedText], entries: Iterable[Entry]) -> Iterator[Break]:
    """Every adopted text that is not the one whose adoption the chain records, or is missing."""
    adopted = dict(_adoptions(entries))
    for text in texts:
        recorded = adopted.pop((text.place, text.kind, text.number), None)
        if recorded is None:
            yield _unlike("text_unrecorded", text, "was adopted by no act in the audit trail")
        elif not recorded == text.sha256 == hashlib.sha256(text.text.encode()).hexdigest():
            yield _unlike("text_changed", text, "is not the text that was adopted")
    for place, kind, number in adopted:
        gone = AdoptedText(place, kind, number, "", "")
        yield _unlike("text_missing", gone, "was adopted but is no longer there")


def _adoptions(entries: Iterable[Entry]) -> Iterator[tuple[tuple[str, str, int], str]]:
    for entry in entries:
        after = json.loads(entry.after)
        if isinstance(after, dict) and {"version", "kind", "sha256"} <= after.keys():
            yield (entry.place, after["kind"], after["version"]), after["sha256"]


def _unlike(name: str, text: AdoptedText, says: str) -> Break:
    return Break(f"audit.{name}", 0, f"{text} {says}")


def _breaks(entry: Entry, number: int, previous: str) -> Iterator[Break]:
    if entry.number != number:
        yield _broken(
            "entry_missing", number, f"is missing: entry {entry.number} stands in its place"
        )
    if entry.previous != previous:
        yield _broken("link_broken", entry.number, "does not carry the hash of the entry before it")
    if hash_of(entry) != entry.hash:
        yield _broken("entry_changed", entry.number, "was changed after it was written")


def _broken(name: str, number: int, says: str) -> Break:
    return Break(f"audit.{name}", number, f"audit entry {number} {says}")
