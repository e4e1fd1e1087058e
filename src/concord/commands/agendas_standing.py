"""An act on a meeting whose papers are laid out before its turn, so that nobody waits for them.

All that an agenda is made of has a stamp of a few numbers. It is read before the laying out and
again within the act: where the two differ, something was written in between, and it is laid out
anew. What the laying out refuses is refused within the act, after the policy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.db.models import Max

from concord.commands.command import refuse
from concord.domain.findings import Refused
from concord.records.models import (
    FiledPaper,
    MatterSummary,
    Publication,
    SignOffEvent,
    TextVersion,
)
from concord.records.models.agreements import ARRANGEMENT, CALENDAR

T = TypeVar("T")
R = TypeVar("R")
_TRIES = 4


class Moved(Exception):
    """Something was written between the laying out and the act."""


@dataclass(frozen=True, slots=True)
class Laid(Generic[T]):
    """What was laid out before the act, or why it cannot be, with the stamp it was made at."""

    place: str
    body: str
    on: date
    stamp: str
    made: T | None
    refused: Refused | None = None

    def now(self) -> T:
        """What was laid out, where nothing has changed since; asked within the act."""
        if stamp(self.place, self.body, self.on) != self.stamp:
            raise Moved
        if self.refused is not None:
            raise self.refused
        assert self.made is not None  # noqa: S101 - it is laid out or refused
        return self.made


def lay_out(place: str, body: str, on: date, make: Callable[[], T]) -> Laid[T]:
    """Carries out the laying out, outside any act."""
    before = stamp(place, body, on)
    try:
        return Laid(place, body, on, before, make())
    except Refused as refusal:
        return Laid(place, body, on, before, None, refusal)


def until_still(act: str, attempt: Callable[[], R]) -> R:
    """Tries again where something was written in between; refused where it never rests."""
    for _ in range(_TRIES):
        try:
            return attempt()
        except Moved:
            continue
    says = "the papers of this meeting are being changed at this moment"
    raise refuse(act, says, "try again in a minute")


def stamp(place: str, body: str, on: date) -> str:
    """Changes with every text, file, paper, pack and sign-off that an agenda of it rests on."""
    texts = [TextVersion.objects.newest(place, kind) for kind in (ARRANGEMENT, CALENDAR)]
    rows = MatterSummary.objects.filter(place=place, first_stop__lte=on, last_stop__gte=on)
    matters = sorted(rows.values_list("name", "version_id"))
    files = sorted(FiledPaper.objects.of_meeting(place, body, on).values_list("pk", flat=True))
    public = Publication.objects.filter(place=place).aggregate(last=Max("pk"))["last"]
    signed = SignOffEvent.objects.filter(place=place, matter__in=[name for name, _ in matters])
    last = signed.aggregate(last=Max("pk"))["last"]
    return repr(([text and text.pk for text in texts], matters, files, public, last))
