"""What came of items as Popolo's motions and vote events: one group result per organisation.

Where organisations agree as one, how each formed its view is its own: the organisations are the
voters. Where members vote by name, they are. The standard's schema wants `vote_events` as objects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from concord.documents.popolo import BODY, ORGANISATION, Object, named, person_id
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.bodies import Deciding
from concord.domain.agreements.consensus import organisation_view
from concord.domain.agreements.labels import label
from concord.domain.agreements.matter import Meeting, Sitting
from concord.domain.decisions.outcomes import Manner, Result

BY_NAME = frozenset({Manner.MAJORITY, Manner.DELEGATES})
NO_VOTE = frozenset({Manner.ALONE, Manner.NOTE})
_HERE = ZoneInfo("Europe/London")
_OPTIONS = {True: "yes", False: "no", None: "not voting"}
_RESULTS = {True: "pass", False: "fail", None: "not stated"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeFacts:
    """One outcome as anybody may see it; `text` is empty where it is not public.

    `made` are the organisations that made a decision, `ballots` each person's seat and vote.
    """

    number: int
    title: str
    text: str
    at: datetime
    body: str
    result: Result
    manner: Manner
    references: Sequence[str]
    made: frozenset[str]
    ballots: Sequence[Mapping[str, Any]]
    address: str


def motion(place: str, arrangement: Arrangement, one: OutcomeFacts) -> Object:
    """One outcome with its vote, where there was one."""
    event = vote_event(place, arrangement, one)
    found: Object = {
        "id": named(place, "motion", str(one.number)), "text": one.text or one.title,
        "identifier": ", ".join(one.references) or None, "classification": str(one.manner),
        "date": _moment(one.at), "requirement": str(one.manner),
        "result": "pass" if one.result is Result.DECIDED else str(one.result),
        "vote_events": [event] if event else [],
        "sources": [{"url": one.address, "note": one.title}],
    }  # fmt: skip
    if one.body:
        found["organization_id"] = named(place, BODY, one.body)
    return found


def vote_event(place: str, arrangement: Arrangement, one: OutcomeFacts) -> Object | None:
    """The vote on one item; None where nothing was voted on."""
    if one.manner in NO_VOTE or one.body not in arrangement.bodies:
        return None
    views = _views(arrangement, one)
    by_name = one.manner in BY_NAME
    return {
        "id": named(place, "vote-event", str(one.number)),
        "motion_id": named(place, "motion", str(one.number)),
        "organization_id": named(place, BODY, one.body),
        "classification": str(one.manner), "start_date": _moment(one.at),
        "result": "pass" if one.result is Result.DECIDED else "fail",
        "group_results": [
            {"group_id": named(place, ORGANISATION, name),
             "group": {"name": label(arrangement, name)}, "result": _RESULTS[view]}
            for name, view in views.items()
        ],
        "counts": _counts(place, arrangement, one) if by_name else [],
        "votes": _by_person(place, arrangement, one) if by_name else _as_one(place, views),
        "sources": [{"url": one.address, "note": one.title}],
    }  # fmt: skip


def _views(arrangement: Arrangement, one: OutcomeFacts) -> dict[str, bool | None]:
    """How each organisation of the body stood: its decision says so, or else its seats' votes."""
    body = arrangement.bodies[one.body]
    rule = body.deciding.on(one.at.date())
    meeting = Meeting(one.body, _sittings(one.ballots))
    found: dict[str, bool | None] = {}
    for name in body.organisations:
        if name in one.made:
            found[name] = True
        elif isinstance(rule, Deciding):
            on = one.at.date()
            found[name] = organisation_view(arrangement, body, rule, meeting, name, on)
        else:
            found[name] = None
    return found


def _sittings(ballots: Sequence[Mapping[str, Any]]) -> dict[str, Sitting]:
    seats: dict[str, list[Any]] = {}
    for ballot in ballots:
        seats.setdefault(str(ballot["place"]).partition(".")[2], []).append(ballot["way"])
    return {
        seat: Sitting(len(ways), 0, ways.count(True), ways.count(False))
        for seat, ways in seats.items()
    }


def _group(place: str, arrangement: Arrangement, ballot: Mapping[str, Any]) -> str | None:
    body, _, seat = str(ballot["place"]).partition(".")
    found = arrangement.bodies[body].known_seats.get(seat) if body in arrangement.bodies else None
    of = found.of if found else None
    return named(place, ORGANISATION, of) if isinstance(of, str) else None


def _by_person(place: str, arrangement: Arrangement, one: OutcomeFacts) -> list[Object]:
    return [
        {"voter_id": person_id(place, str(b["person"])), "option": _OPTIONS[b["way"]],
         "group_id": _group(place, arrangement, b), "role": label(arrangement, str(b["place"]))}
        for b in one.ballots
    ]  # fmt: skip


def _as_one(place: str, views: Mapping[str, bool | None]) -> list[Object]:
    return [
        {"voter_id": named(place, ORGANISATION, name), "option": _OPTIONS[view]}
        for name, view in views.items()
        if view is not None
    ]


def _counts(place: str, arrangement: Arrangement, one: OutcomeFacts) -> list[Object]:
    found: dict[tuple[str, str | None], int] = {}
    for ballot in one.ballots:
        key = (_OPTIONS[ballot["way"]], _group(place, arrangement, ballot))
        found[key] = found.get(key, 0) + 1
    return [{"option": o, "value": n, "group_id": group} for (o, group), n in found.items()]


def _moment(at: datetime) -> str:
    """A time on the wall clock of England as the whole world reads it."""
    return at.replace(tzinfo=_HERE).astimezone(UTC).isoformat().replace("+00:00", "Z")
