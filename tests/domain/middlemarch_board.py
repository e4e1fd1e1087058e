"""Middlemarch's Joint Board in one room: its people, a meeting of it, and how a test runs one.

Middlemarch is fictional. Three members of its Cabinet and three of its ICB decide side by side
(section 75 agreement, Schedule 2): quorum two of each, consensus of the two organisations.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.matter import Matter
from concord.domain.agreements.reader import read_arrangement
from concord.domain.agreements.words import Act, Mode
from concord.domain.decisions.meetings import Attendee, Happening, Happens, HeldMeeting, may_record
from concord.domain.findings import Verdict
from concord.domain.money import pence

TEXT = Path(__file__).parents[2] / "places" / "middlemarch" / "arrangement.toml"
ON = date(2026, 11, 25)  # a Wednesday on which the Board meets
BROOKE, VINCY, CHETTAM = "Dorothea Brooke", "Walter Vincy", "Celia Chettam"
ROSAMOND, SPRAGUE, MINCHIN = "Rosamond Vincy", "Dr Sprague", "Dr Minchin"
COUNCIL = (BROOKE, VINCY, CHETTAM)
ICB = (ROSAMOND, SPRAGUE, MINCHIN)
EVERYONE = (*COUNCIL, *ICB)


@cache
def middlemarch() -> Arrangement:
    found = read_arrangement(TEXT.read_text(encoding="utf-8")).arrangement
    assert found is not None
    return found


def matter(amount: str = "£600,000", *functions: str, within_budget: bool = True) -> Matter:
    """Home care and community nursing bought together from the pool, unless told otherwise."""
    return Matter(
        functions or ("care", "nhs"), Act.COMMISSION, pence(amount), (Mode.POOLED,),
        funds=("care_pool",), within_budget=within_budget,
    )  # fmt: skip


def held(*items: str, on: date = ON) -> HeldMeeting:
    members = tuple(Attendee(person=p, body="board", seat="members") for p in COUNCIL)
    icb = tuple(Attendee(person=p, body="board", seat="icb") for p in ICB)
    return HeldMeeting(
        id="november", on=on, bodies=("board",), attendees=(*members, *icb), items=items or ("5",)
    )


def at(clock: str, on: date = ON) -> datetime:
    return datetime.combine(on, time.fromisoformat(clock))


def wall(moment: str) -> datetime:
    """A moment on the clock on the wall, as `2026-12-03 17:00`; the rules know no other."""
    return datetime.fromisoformat(moment)


def arrived(*people: str, clock: str = "14:00", on: date = ON) -> tuple[Happening, ...]:
    return tuple(
        Happening(what=Happens.ARRIVED, at=at(clock, on), who=p) for p in people or EVERYONE
    )


def opened(item: str = "5", clock: str = "14:30", on: date = ON) -> Happening:
    return Happening(what=Happens.ITEM_OPENED, at=at(clock, on), item=item)


def closed(item: str = "5", clock: str = "14:50", on: date = ON) -> Happening:
    return Happening(what=Happens.ITEM_CLOSED, at=at(clock, on), item=item)


def votes(
    for_: Iterable[str] = (), against: Iterable[str] = (), clock: str = "14:45", item: str = "5",
    on: date = ON,
) -> tuple[Happening, ...]:  # fmt: skip
    one = Happening(what=Happens.VOTED, at=at(clock, on), item=item)
    yes = tuple(replace(one, who=p, way=True) for p in for_)
    return (*yes, *(replace(one, who=p, way=False) for p in against))


def record(meeting: HeldMeeting, *happenings: Happening) -> tuple[Happening, ...]:
    """The record after these, each of which the rules must let through."""
    log: tuple[Happening, ...] = ()
    for happening in happenings:
        verdict = may_record(middlemarch(), meeting, log, happening)
        assert verdict.stands, (happening, says(verdict))
        log = (*log, happening)
    return log


def says(verdict: Verdict) -> str:
    return " / ".join(r.says for r in verdict.against)
