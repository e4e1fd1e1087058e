"""The question “Who may decide?” as an address holds it: read from it, and offered as a form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from django.http import QueryDict

from concord.domain.agreements import conditions as c
from concord.domain.agreements.bodies import Body
from concord.domain.agreements.matter import BEFORE, Facts, Matter, Meeting, Sitting
from concord.domain.agreements.words import Act, Mode
from concord.domain.language.values import NotStated, holds_on
from concord.domain.money import pence, pounds
from concord.web.naming import Names, each, spoken
from concord.web.pages import Unreadable
from concord.web.wording import upper_first

_HAPPENED = ("agreed", "personally", "in_writing", "consulted", "recommended", "decided", "met")
_MOST_SEATS = 60


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing that may have happened, as the form offers it."""

    value: str
    label: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class SeatAsked:
    """One seat of the body that meets: how many are there and how many agree."""

    name: str
    label: str
    number: int
    agree: int
    present: int


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, as far as the address says it."""

    functions: tuple[str, ...] = ()
    amount: str = ""
    unknown: bool = False
    act: str = ""
    mode: str = ""
    budget: str = ""
    after: bool = False
    body: str = ""
    agree: dict[str, int] = field(default_factory=dict)
    present: dict[str, int] = field(default_factory=dict)
    happened: tuple[str, ...] = ()

    @property
    def asked(self) -> bool:
        return bool(self.functions)


def read_question(asked: QueryDict, names: Names) -> Question:
    """The question in an address; Unreadable where a word or a number cannot be understood."""
    known = names.arrangement.functions
    functions = tuple(dict.fromkeys(f for f in asked.getlist("function") if f))
    for name in functions:
        if name not in known:
            raise Unreadable(
                f"No function is called “{name[:60]}” here.", "Choose one of the form."
            )
    return Question(
        functions=functions,
        amount=asked.get("amount", "").strip(),
        unknown=bool(asked.get("unknown")),
        act=_one_of(asked.get("act", ""), Act, "act"),
        mode=_one_of(asked.get("mode", ""), Mode, "kind of money"),
        budget=asked.get("budget", ""),
        after=asked.get("when") == "after",
        body=asked.get("body", ""),
        agree=_numbers(asked, "agree."),
        present=_numbers(asked, "present."),
        happened=tuple(asked.getlist("happened")),
    )


def _one_of(word: str, words: type[Act] | type[Mode], what: str) -> str:
    if word and word not in {one.value for one in words}:
        raise Unreadable(f"“{word[:60]}” is not a {what} known here.", "Choose one of the form.")
    return word


def _numbers(asked: QueryDict, prefix: str) -> dict[str, int]:
    found = {}
    for name, value in asked.items():
        if name.startswith(prefix) and value.isascii() and value.isdigit() and len(value) < 4:
            found[name.removeprefix(prefix)] = int(value)
    return found


def amount(said: str) -> int | None:
    """Pence of what a person typed, `1900000` or `£1,900,000`; none where nothing was typed."""
    bare = re.sub(r"[£,\s]", "", said)
    if not bare:
        return None
    found = re.fullmatch(r"(\d{1,12})(\.\d\d)?", bare)
    if not found:
        remedy = "Write it out in full, as 1,900,000 or 1,900,000.50, without k, m or bn."
        raise Unreadable(f"“{said[:40]}” is not an amount of money this page can read.", remedy)
    return pence(f"£{int(found[1]):,}{found[2] or ''}")


def matter(asked: Question) -> Matter:
    money: int | NotStated | None = NotStated() if asked.unknown else amount(asked.amount)
    return Matter(
        functions=asked.functions,
        act=Act(asked.act) if asked.act else None,
        amount=money,
        modes=(Mode(asked.mode),) if asked.mode else (),
        within_budget={"yes": True, "no": False}.get(asked.budget),
    )


def facts(asked: Question, body: Body | None, names: Names) -> Facts:
    """What has happened, when the question says that anything has."""
    if not asked.after:
        return BEFORE
    sets: dict[str, set[str]] = {kind: set() for kind in _HAPPENED}
    for tick in asked.happened:
        kind, _, what = tick.partition(":")
        if kind in sets:
            sets[kind].add(what)
    meeting = None
    if body is not None:
        seats = {
            one.name: Sitting(one.present, 0, one.agree, 0) for one in seats_of(asked, body, names)
        }
        meeting = Meeting(body.id, MappingProxyType(seats))
    return Facts(
        meeting=meeting,
        agreed=frozenset(sets["agreed"] | sets["personally"] | sets["in_writing"]),
        personally=frozenset(sets["personally"]),
        in_writing=frozenset(sets["in_writing"]),
        consulted=frozenset(sets["consulted"]),
        recommended=frozenset(sets["recommended"]),
        decided=_decided(sets["decided"]),
        met=frozenset(sets["met"]),
    )


def _decided(ticked: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Each earlier decision by its label, with everyone ticked as having taken it."""
    found: dict[str, tuple[str, ...]] = {}
    for one in sorted(ticked):
        label, _, taker = one.partition("|")
        found[label] = (*found.get(label, ()), *filter(None, [taker]))
    return MappingProxyType(found)


def meeting_bodies(names: Names) -> list[Body]:
    """The joint bodies that could meet on the day, those through whose seats power runs first."""
    there = [
        body
        for body in names.arrangement.bodies.values()
        if len(body.organisations) > 1
        and any(isinstance(seat.count, int) for seat in body.known_seats.values())
        and holds_on(body.starts, body.ends, names.on) is not False
    ]
    takers = [one for given in names.arrangement.delegations.values() for one in given.given_to]
    powers = [one.partition(".")[0] for one in takers]
    return sorted(there, key=lambda body: -powers.count(body.id))


def seats_of(asked: Question, body: Body, names: Names) -> list[SeatAsked]:
    """The seats of a body with the numbers asked; unless told otherwise everyone is there."""
    found = []
    for name, seat in body.known_seats.items():
        number = seat.count if isinstance(seat.count, int) else 0
        number = min(number, _MOST_SEATS)
        agree = min(asked.agree.get(name, number), number)
        present = max(min(asked.present.get(name, number), number), agree)
        posts = "" if isinstance(seat.name, str) else names.listed(seat.posts)
        label = posts or _who(name, body, names)
        found.append(SeatAsked(name, label, number, agree, present))
    return found


def _who(name: str, body: Body, names: Names) -> str:
    """`Cabinet members`; a seat named like its organisation, or only `members`, says whose."""
    is_bare = name == "members" or name in names.arrangement.organisations
    return upper_first(names.seat(body.id, name) if is_bare else spoken(name))


def ticks(asked: Question, names: Names) -> list[Tick]:
    """Everything the text asks to have happened first, for the functions that were named."""
    found: dict[str, str] = {}
    for one in _conditions(asked, names):
        for value, label in _offers(one, names):
            found.setdefault(value, label)
    return [Tick(value, label, value in asked.happened) for value, label in found.items()]


def _conditions(asked: Question, names: Names) -> Iterator[object]:
    a = names.arrangement
    wanted = set(asked.functions)

    def concerns(row: object) -> bool:
        reach = set(each(getattr(row, "functions", ())))
        return not wanted or not reach or bool(reach & wanted)

    for given in a.delegations.values():
        if concerns(given.covers) and holds_on(given.starts, given.ends, names.on) is not False:
            yield from given.provided
    for kept in a.reserved.values():
        if concerns(kept.touching):
            yield from kept.provided
    for body in meeting_bodies(names):
        way = body.deciding.on(names.on)
        yield from getattr(way, "until", ()) or ()


def _offers(one: object, names: Names) -> Iterable[tuple[str, str]]:
    """What a condition asks to have happened, each as the form's value and its words."""
    if isinstance(one, c.AnyOf):
        for inner in one.any_:
            yield from _offers(inner, names)
    elif isinstance(one, c.Decided):
        by = each(one.by)[0] if each(one.by) else ""
        taker = f" by {names.the(by)}" if by else ""
        yield f"decided:{one.decided}|{by}", f"Decided{taker}: {one.decided}"
    elif isinstance(one, c.Met):
        yield f"met:{one.met}", f"Met: {one.met}"
    else:
        yield from _of_people(one, names)


def _of_people(one: object, names: Names) -> Iterable[tuple[str, str]]:
    who: Iterable[str] = ()
    kind = words = ""
    if isinstance(one, c.Consulted):
        who, kind, words = each(one.consulted), "consulted", "consulted"
    elif isinstance(one, c.RecommendedBy):
        who, kind, words = each(one.recommended_by), "recommended", "recommended it"
    elif isinstance(one, c.AgreedBy):
        who = (name for name in each(one.agreed_by) if not _is_seat(name))
        kind, words = _manner(one)
    for name in who:
        yield f"{kind}:{name}", f"{names.of(name)} {words}"


def _manner(one: c.AgreedBy) -> tuple[str, str]:
    if one.personally is True:
        return "personally", "agreed in person"
    return ("in_writing", "agreed in writing") if one.in_writing is True else ("agreed", "agreed")


def _is_seat(reference: str) -> bool:
    """The members of a seat agree by their votes at the meeting, which the form asks for itself."""
    return "." in reference and not reference.endswith(".chair")


def told(asked: Question, body: Body | None, names: Names, on: date) -> dict[str, object]:
    """The question in the parts from which its sentence is made."""
    money = amount(asked.amount)
    return {
        "amount": "An amount that is not known yet"
        if asked.unknown
        else pounds(money)
        if money is not None
        else "",
        "mode": asked.mode,
        "functions": [names.arrangement.functions[f].label for f in asked.functions],
        "act": asked.act,
        "budget": asked.budget,
        "after": asked.after,
        "body": body.label if body else "",
        "seats": seats_of(asked, body, names) if body and asked.after else [],
        "happened": [one.label for one in ticks(asked, names) if one.ticked],
        "on": on,
    }
