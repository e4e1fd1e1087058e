"""A meeting's record in words: each entry as a line, each item with where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from concord.commands.meetings_read import AtMeeting
from concord.domain.agreements.labels import listed
from concord.domain.calendar import in_words
from concord.domain.decisions.meetings import Happens, at_item
from concord.domain.decisions.meetings.book import BookEntry, EntryKind, ItemKind
from concord.web.naming import Names
from concord.web.wording import upper_first

_WAYS = {True: "for", False: "against", None: "neither way"}


@dataclass(frozen=True, slots=True)
class Told:
    """One entry in words; `gone` where it was struck out, `may_go` where a clerk may strike it."""

    number: int
    at: str
    says: str
    gone: bool
    may_go: bool


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of the agenda with its number and where it stands."""

    number: int
    id: str
    title: str
    state: str
    kind: str
    private: bool
    current: bool
    together: bool


def item_rows(here: AtMeeting, current: str) -> list[ItemRow]:
    """The agenda in its order."""
    record = here.record
    grouped = {i for g in record.held.together for i in g}
    return [
        ItemRow(
            number, item, record.items[item].title, _state(here, item),
            str(record.items[item].kind), item in record.exclusions, item == current,
            item in grouped,
        )
        for number, item in enumerate(record.held.items, 1)
    ]  # fmt: skip


def _state(here: AtMeeting, item: str) -> str:
    state = at_item(here.record.held, here.record.log, item)
    if here.record.settled(item):
        return "Recorded"
    if state.closed:
        return f"Closed {state.closed:%H:%M}"
    if state.opened:
        return "Open now"
    if here.record.items[item].kind is ItemKind.LATE:
        return "Late"
    return ""


def told(here: AtMeeting, names: Names) -> list[Told]:
    """The record so far, the newest first."""
    struck = here.record.struck
    final = here.record.ended is not None
    return [
        Told(
            e.number, f"{e.at:%H:%M}", upper_first(says(here, names, e)), e.number in struck,
            e.number not in struck and not final
            and e.kind not in (EntryKind.OUTCOME, EntryKind.STRUCK),
        )
        for e in reversed(here.entries)
    ]  # fmt: skip


def says(here: AtMeeting, names: Names, e: BookEntry) -> str:
    """One entry as a sentence without its end."""
    who, about = str(e.said.get("who", "")), title_of(here, e.item)
    if e.kind in (Happens.VOTED, Happens.CASTING):
        return _vote(names, e, who, about)
    words = _SAYS.get(e.kind)
    if words is not None:
        return words(e, names, about)
    return f"{who} {e.kind}".strip() + (f": {about}" if about else "")


def _vote(names: Names, e: BookEntry, who: str, about: str) -> str:
    if e.said.get("organisation"):
        whose = names.organisation(str(e.said["organisation"]))
        return f"{whose}: {_view(e.said.get('way'))}, on {about}"
    verb = "voted" if e.kind == Happens.VOTED else "cast the deciding vote"
    return f"{who} {verb} {_WAYS[e.said.get('way')]}, on {about}"


def _seated(e: BookEntry, names: Names, about: str) -> str:
    instead = e.said.get("instead_of")
    return f"{e.said['who']} expected" + (f" for {instead}" if instead else "")


def _declared(e: BookEntry, names: Names, about: str) -> str:
    whose = names.of(str(e.said["in"]))
    return f"{e.said['who']} declares an interest in {whose}, on {about}"


def _made_public(e: BookEntry, names: Names, about: str) -> str:
    whose = listed([names.organisation(str(o)) for o in e.said["organisations"]])
    on = in_words(date.fromisoformat(str(e.said["on"])))
    return f"{e.said['clock']} made public for {whose} on {on}"


def _noted(e: BookEntry, names: Names, about: str) -> str:
    return str(e.said.get("words") or e.said.get("text") or e.said.get("says") or "noted")


_SAYS: Mapping[str, Callable[[BookEntry, Names, str], str]] = {
    EntryKind.SEATED: _seated,
    EntryKind.STOOD_DOWN: lambda e, n, a: f"apologies from {e.said['who']}",
    EntryKind.PRESIDES: lambda e, n, a: f"{e.said['who']} takes the chair",
    EntryKind.DECLARED: _declared,
    EntryKind.RULED: lambda e, n, a: (
        f"{e.said.get('by')} ruled on {e.said['who']}’s interest: {_ruling(e)}"
    ),
    EntryKind.SAID: _noted,
    EntryKind.STRUCK: lambda e, n, a: f"entry {e.said['entry']} struck out: {e.said.get('why')}",
    EntryKind.MADE_PUBLIC: _made_public,
    EntryKind.ORDERED: lambda e, n, a: "the agenda put in order",
    EntryKind.OUTCOME: lambda e, n, a: f"what came of {a} recorded",
    EntryKind.ENDED: lambda e, n, a: "the meeting closed",
}


def _view(way: object) -> str:
    return "agrees" if way is True else "does not agree" if way is False else "neither way"


def _ruling(e: BookEntry) -> str:
    may = [w for w in ("stay", "speak", "vote") if e.said.get(w)]
    return f"may {', '.join(may)}" if may else "leaves"


def title_of(here: AtMeeting, item: str) -> str:
    """An item by its title, or as it was called where it is not on the agenda."""
    put = here.record.items.get(item)
    return put.title if put else item


def plainly(here: AtMeeting, words: str) -> str:
    """A rule's sentence with items by their titles, where it knew only their short names."""
    for item, put in here.record.items.items():
        words = words.replace(f"item {item} ", f"“{put.title}” ")
        words = words.replace(f"item {item}.", f"“{put.title}”.")
    return words
