"""What a clerk can press: each act with the entries it writes, read from its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict

from concord.commands.command import Acting, refuse
from concord.commands.deciding import record_outcome
from concord.commands.meetings_agenda import expect_everybody, put_agenda
from concord.commands.meetings_read import AtMeeting
from concord.commands.meetings_several import Said, record_several
from concord.domain.agreements.membership import may_vote
from concord.domain.decisions.interests import InterestRegime
from concord.domain.decisions.meetings import Attendee, Happens, at_item
from concord.domain.decisions.meetings.book import EntryKind, ItemKind

Form = Mapping[str, str]
WAYS: Mapping[str, bool | None] = {"for": True, "against": False, "neither": None}


def form_of(post: QueryDict) -> dict[str, str]:
    """The fields of a form, with those that the pressed button brings in its own value."""
    sent = {name: str(post.get(name, "")).strip() for name in post}
    pressed = QueryDict(sent.pop("do", ""))
    return {**sent, **{name: str(pressed.get(name, "")).strip() for name in pressed}}


def perform(
    acting: Acting, here: AtMeeting, form: Form, key: str, at: datetime | None, waited: bool
) -> None:
    """Does what was pressed; refused with the reason where a rule does not let it through."""
    act, place, name = form.get("act", ""), here.place, here.meeting.name
    if act == "outcome":
        record_outcome(acting, place, name, item=form.get("item", ""), body=form.get("body", ""),
                       key=key, at=at)  # fmt: skip
    elif act == "agenda":
        put_agenda(acting, place, name, key=key)
    elif act == "everybody":
        expect_everybody(acting, place, name, key=key)
    elif act in ACTS:
        entries = ACTS[act](form, here)
        record_several(acting, place, name, key=key, entries=entries, at=at, waited=waited)
    else:
        raise refuse("meetings.record", f"{act[:60]!r} is nothing that this page can do")


def _who(kind: str) -> Callable[[Form, AtMeeting], list[Said]]:
    return lambda form, here: [(kind, {"who": form.get("who", "")})]


def _who_at(kind: str) -> Callable[[Form, AtMeeting], list[Said]]:
    return lambda form, here: [(kind, {"who": form.get("who", ""), "item": form.get("item", "")})]


def _at(kind: str) -> Callable[[Form, AtMeeting], list[Said]]:
    return lambda form, here: [(kind, {"item": form.get("item", "")})]


def _seat(form: Form, here: AtMeeting) -> list[Said]:
    """Someone takes a seat, with apologies first for whom they take the place of."""
    who, away = form.get("who", ""), form.get("instead_of", "")
    body, _, seat = form.get("seat", "").partition(".")
    said: dict[str, Any] = {"who": who, "body": body, "seat": seat}
    found: list[Said] = []
    if away:
        said |= {"instead_of": away, "named": form.get("named", "") == "yes"}
        if here.record.held.seats_of(away):
            found.append((EntryKind.STOOD_DOWN, {"who": away}))
    found.append((EntryKind.SEATED, said))
    if who not in at_item(here.record.held, here.record.log, "").present:
        found.append((Happens.ARRIVED, {"who": who}))
    return found


def _view(form: Form, here: AtMeeting) -> list[Said]:
    """An organisation's view by hands: one vote for all of its seats at a body."""
    item, body, whose = form.get("item", ""), form.get("body", ""), form.get("organisation", "")
    state = at_item(here.record.held, here.record.log, item)
    mine = [a for a in voting_here(here, item, body) if _of(here, a) == whose]
    way = WAYS.get(form.get("way", ""))
    if any((a.person, a.place) in state.votes for a in mine):
        return [_vote(a, item, way) for a in mine]
    who = mine[0].person if mine else ""
    return [(Happens.VOTED, {"who": who, "item": item, "organisation": whose, "way": way})]


def _vote(a: Attendee, item: str, way: bool | None) -> Said:
    return Happens.VOTED, {"who": a.person, "item": item, "seat": a.place, "way": way}


def _ballot(form: Form, here: AtMeeting) -> list[Said]:
    """One person's vote, or that of everyone who is there."""
    item, way, who = form.get("item", ""), WAYS.get(form.get("way", "")), form.get("who", "")
    if who:
        seat = form.get("seat", "")
        return [(Happens.VOTED, {"who": who, "item": item, "seat": seat, "way": way})]
    found = [_vote(a, item, way) for a in voting_here(here, item, form.get("body", ""))]
    return found or [(Happens.VOTED, {"who": "", "item": item, "way": way})]


def voting_here(here: AtMeeting, item: str, body: str) -> list[Attendee]:
    """Who is there, may vote at that body and is kept from it by nothing."""
    state = at_item(here.record.held, here.record.log, item)
    barred = here.barred(item)
    found = here.arrangement.bodies.get(body)
    return [
        a
        for a in here.record.held.attendees
        if found and a.body == body and a.person in state.taking_part - barred
        if may_vote(here.arrangement, found, found.known_seats[a.seat], here.on)
    ]


def _of(here: AtMeeting, a: Attendee) -> str:
    return str(here.arrangement.bodies[a.body].known_seats[a.seat].of)


def _declared(form: Form, here: AtMeeting) -> list[Said]:
    kinds = {str(r): form[f"kind-{r}"] for r in InterestRegime if form.get(f"kind-{r}")}
    said = {"who": form.get("who", ""), "item": form.get("item", ""), "in": form.get("in", ""),
            "what": form.get("what", ""), "kinds": kinds}  # fmt: skip
    if not said["in"]:
        raise refuse("meetings.record", "in whom or what the interest is, is not said", "Name it.")
    return [(EntryKind.DECLARED, said)]


def _ruled(form: Form, here: AtMeeting) -> list[Said]:
    said: dict[str, Any] = {n: form.get(n, "") for n in ("who", "item", "by", "why")}
    said |= {n: form.get(n) == "yes" for n in ("stay", "speak", "vote")}
    return [(EntryKind.RULED, said)]


def _fact(form: Form, here: AtMeeting) -> list[Said]:
    said: dict[str, Any] = {"who": form.get("who", ""), "item": form.get("item", "")}
    said |= {n: True for n in ("personally", "in_writing") if form.get(n) == "yes"}
    return [(form.get("fact", ""), said)]


def _excluded(form: Form, here: AtMeeting) -> list[Said]:
    parts = [p.strip() for p in form.get("parts", "").split(";") if p.strip()]
    number = form.get("paragraph", "")
    said: dict[str, Any] = {
        "item": form.get("item", ""), "parts": parts, "resolved": form.get("resolved") == "yes",
        "confidential": form.get("confidential") == "yes",
        "paragraph": int(number) if number.isdecimal() and number.isascii() else None,
        "outweighs": form.get("outweighs", ""), "special_reasons": form.get("special_reasons", ""),
    }  # fmt: skip
    return [(EntryKind.EXCLUDED, said)]


def _item(form: Form, here: AtMeeting) -> list[Said]:
    """An item added at the meeting: late with its reason, or a standing one."""
    number = sum(i.startswith("added-") for i in here.record.items) + 1
    late = form.get("why_late", "")
    said: dict[str, Any] = {
        "item": form.get("new") or f"added-{number}", "title": form.get("title", ""),
        "kind": str(ItemKind.LATE if late else ItemKind.STANDING), "why_late": late,
        "purpose": form.get("purpose") or "information", "text": form.get("text", ""),
    }  # fmt: skip
    return [(EntryKind.ITEM_PUT, said)]


def _why_late(form: Form, here: AtMeeting) -> list[Said]:
    """The reason for taking a late item, put with the item as it stands."""
    put = here.record.items.get(form.get("item", ""))
    if put is None:
        raise refuse("meetings.record", "the item is not on the agenda")
    said: dict[str, Any] = {
        "item": put.id, "title": put.title, "kind": str(put.kind), "matter": put.matter,
        "stop": put.stop, "purpose": str(put.purpose), "bodies": list(put.bodies),
        "text": put.text, "private": put.private, "facts": dict(put.facts),
        "why_late": form.get("why_late", ""),
    }  # fmt: skip
    return [(EntryKind.ITEM_PUT, said)]


def _moved(form: Form, here: AtMeeting) -> list[Said]:
    """The agenda with one item a place earlier or later."""
    order, item = list(here.record.held.items), form.get("item", "")
    if item in order:
        at = order.index(item)
        to = at - 1 if form.get("way") == "earlier" else at + 1
        if 0 <= to < len(order):
            order[at], order[to] = order[to], order[at]
    return [(EntryKind.ORDERED, {"items": order})]


def _together(form: Form, here: AtMeeting) -> list[Said]:
    """This item and the other taken in one vote; alone again where none is named."""
    item, other = form.get("item", ""), form.get("other", "")
    groups = [[i for i in g if i != item] for g in here.record.held.together]
    if other:
        mine = next((g for g in groups if other in g), None)
        if mine is None:
            groups.append([other, item])
        else:
            mine.append(item)
    kept = [g for g in groups if len(g) > 1]
    return [(EntryKind.ORDERED, {"items": list(here.record.held.items), "together": kept})]


def _struck(form: Form, here: AtMeeting) -> list[Said]:
    number = form.get("entry", "")
    entry = int(number) if number.isdecimal() and number.isascii() else 0
    return [(EntryKind.STRUCK, {"entry": entry, "why": form.get("why", "")})]


def _noted(form: Form, here: AtMeeting) -> list[Said]:
    if not form.get("words"):
        raise refuse("meetings.record", "the note says nothing", "Write it first.")
    return [(EntryKind.SAID, {"item": form.get("item", ""), "words": form["words"]})]


ACTS: Mapping[str, Callable[[Form, AtMeeting], list[Said]]] = {
    "arrived": _who(Happens.ARRIVED),
    "left": _who(Happens.LEFT),
    "withdrew": _who_at(Happens.WITHDREW),
    "returned": _who_at(Happens.RETURNED),
    "apologies": _who(EntryKind.STOOD_DOWN),
    "presides": _who(EntryKind.PRESIDES),
    "seat": _seat,
    "open": _at(Happens.ITEM_OPENED),
    "close": _at(Happens.ITEM_CLOSED),
    "view": _view,
    "ballot": _ballot,
    "casting": lambda f, h: [
        (Happens.CASTING, {**dict(_who_at("")(f, h)[0][1]), "way": WAYS.get(f.get("way", ""))})
    ],
    "again": lambda f, h: [
        (Happens.VOTE_BEGUN_AGAIN, {"item": f.get("item", ""), "why": f.get("why", "")})
    ],
    "declared": _declared,
    "ruled": _ruled,
    "fact": _fact,
    "exclude": _excluded,
    "readmit": _at(EntryKind.READMITTED),
    "item": _item,
    "why_late": _why_late,
    "move": _moved,
    "together": _together,
    "strike": _struck,
    "note": _noted,
    "end": lambda f, h: [(EntryKind.ENDED, {})],
}
