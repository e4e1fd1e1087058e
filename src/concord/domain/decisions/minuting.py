"""The minutes of one body's part of a meeting, drafted from everything that its record holds.

A joint meeting has minutes for each of its bodies. What was taken in private is marked, so that the
public reads the rest (LGA 1972, section 100C); why a late item was taken is in the minutes
(section 100B(4)(b)).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label, listed
from concord.domain.decisions.meetings import Happening, HeldMeeting
from concord.domain.decisions.meetings.book import (
    BookEntry,
    EntryKind,
    ItemKind,
    ItemPut,
    MeetingRecord,
    exclusion,
)
from concord.domain.decisions.meetings.exclusion import Exclusion
from concord.domain.decisions.meetings.held import MOVES
from concord.domain.decisions.minutes import MinuteLine, drafted, said_of
from concord.domain.decisions.outcomes import Outcome

MARK, KEPT_BACK = "#", "!"  # how an item and a line kept from the public begin in a written text


def minuted(
    arrangement: Arrangement, record: MeetingRecord, entries: Iterable[BookEntry], body: str,
    outcomes: Mapping[str, Outcome],
) -> tuple[MinuteLine, ...]:  # fmt: skip
    """Draft minutes of one body: who presided and was there, and all that came of each item."""
    kept = [e for e in entries if e.number not in record.struck]
    held, log = _of_body(record, body)
    lines = [MinuteLine("", s) for s in _presided(kept)]
    found = drafted(arrangement, held, log, outcomes)
    lines += [x for x in found if not x.item]
    for item in held.items:
        private = _in_private(record, kept, item)
        lines += [MinuteLine(item, s) for s in _before(arrangement, record.items[item], kept)]
        said = [x for x in found if x.item == item]
        told = list(said_of(arrangement, outcomes[item])) if item in outcomes else []
        moves = len(said) - len(told)
        lines += said[:moves]
        lines += [MinuteLine(item, s, private) for s in _noted(kept, item)]
        lines += [replace(x, says=_begun(x.says), private=private) for x in said[moves:]]
    return tuple(lines)


def _of_body(record: MeetingRecord, body: str) -> tuple[HeldMeeting, tuple[Happening, ...]]:
    """The meeting as one of its bodies held it: its own people and its own items."""
    held = record.held
    mine = tuple(a for a in held.attendees if a.body == body)
    items = tuple(i for i in held.items if body in record.items[i].bodies)
    groups = tuple(g for g in (tuple(i for i in g if i in items) for g in held.together) if g)
    people = {a.person for a in mine}
    log = tuple(h for h in record.log if h.what not in MOVES or h.who in people)
    own = replace(held, bodies=(body,), attendees=mine, items=items, together=groups)
    return own, log


def _presided(kept: list[BookEntry]) -> Iterator[str]:
    first = True
    for e in kept:
        if e.kind == EntryKind.PRESIDES:
            yield f"{e.said['who']} presided" + ("." if first else f" from {e.at:%H:%M}.")
            first = False


def _before(arrangement: Arrangement, put: ItemPut, kept: list[BookEntry]) -> Iterator[str]:
    """What stands before the item is discussed: why it is late, interests, the public excluded."""
    if put.kind is ItemKind.LATE and put.why_late.strip():
        yield f"Taken as an urgent item: {_sentence(put.why_late)}"
    for e in kept:
        if e.item != put.id:
            continue
        if e.kind == EntryKind.DECLARED:
            yield _declared(arrangement, e)
        elif e.kind == EntryKind.RULED:
            yield _ruled(e)
        elif e.kind == EntryKind.EXCLUDED:
            yield _excluded(exclusion(e.said))
        elif e.kind == EntryKind.READMITTED:
            yield f"The public were admitted again at {e.at:%H:%M}."


def _declared(arrangement: Arrangement, e: BookEntry) -> str:
    kinds = [f"{kind} under the rules for {rules}" for rules, kind in e.said["kinds"].items()]
    what = str(e.said.get("what", "")).strip()
    said = f"{e.said['who']} declared an interest in {label(arrangement, str(e.said['in']))}"
    return _sentence(": ".join(p for p in (f"{said} ({listed(kinds)})" * bool(kinds) or said, what)
                               if p))  # fmt: skip


def _ruled(e: BookEntry) -> str:
    may = [w for w in ("stay", "speak", "vote") if e.said.get(w)]
    ruled = f"may {listed(may)}" if may else "leaves and takes no part"
    why = str(e.said.get("why", "")).strip()
    return _sentence(f"Ruled by {e.said['by']}: {e.said['who']} {ruled}" + (f": {why}" * bool(why)))


def _excluded(asked: Exclusion) -> str:
    what = listed(list(asked.parts)) or "the item"
    if asked.confidential:
        return f"The public were excluded from {what}: confidential information."
    why = []
    if asked.paragraph:
        why.append(f"exempt under paragraph {asked.paragraph} of Schedule 12A")
    why += [w.strip().rstrip(".") for w in (asked.outweighs, asked.special_reasons) if w.strip()]
    return f"It was resolved to exclude the public from {what}: {'; '.join(why)}."


def _noted(kept: list[BookEntry], item: str) -> Iterator[str]:
    for e in kept:
        if e.kind == EntryKind.SAID and e.item == item:
            words = e.said.get("words") or e.said.get("text") or e.said.get("says") or ""
            if str(words).strip():
                yield _sentence(str(words))


def _in_private(record: MeetingRecord, kept: list[BookEntry], item: str) -> bool:
    was = any(e.kind == EntryKind.EXCLUDED and e.item == item for e in kept)
    return was or record.items[item].private


def _begun(words: str) -> str:
    """A sentence with its first letter large."""
    return words[:1].upper() + words[1:]


def _sentence(words: str) -> str:
    words = " ".join(words.split())
    return words if words[-1:] in ".?!" else f"{words}."


def as_text(lines: Iterable[MinuteLine]) -> str:
    """Minutes as one text, a line for each sentence, so that two people's changes can be merged."""
    said: list[str] = []
    item = ""
    for line in lines:
        if line.item != item:
            item = line.item
            said.append(f"{MARK} {item}")
        said.append(f"{KEPT_BACK} {line.says}" if line.private else line.says)
    return "".join(f"{s}\n" for s in said)


def from_text(text: str) -> tuple[MinuteLine, ...]:
    """The lines of a text written as `as_text` writes them."""
    found, item = [], ""
    for line in text.splitlines():
        words = " ".join(line.split())
        if words.startswith(f"{MARK} "):
            item = words[2:]
        elif words:
            private = words.startswith(f"{KEPT_BACK} ")
            found.append(MinuteLine(item, words[2:] if private else words, private))
    return tuple(found)
