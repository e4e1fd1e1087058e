"""The promises of a place’s reports as they stand on a day, in as few questions as there can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.obligations import Obligation, State, obligation, open_first
from concord.records.models import MatterSummary, PromiseMet
from concord.web.decisions_rows import read_stops

MOST = 200  # matters whose texts one page reads
_ON_FRONT = 25  # of them on a place's front page


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise with the title of its matter."""

    title: str
    promise: Obligation


def promises_of(place: str, matters: Mapping[str, MatterText], on: date) -> list[Obligation]:
    """The promises of these matters on a day, in one question to the database."""
    rows = PromiseMet.objects.filter(place=place, matter__in=matters, on__lte=on)
    met = {(row.matter, row.promise): row.on for row in rows}
    found = (
        obligation(promise, name, on, met.get((name, promise.id)))
        for name, text in matters.items()
        for promise in text.promises.values()
    )
    return list(open_first(found))


def matters_of(
    place: str, arrangement: Arrangement, most: int = MOST
) -> tuple[dict[str, MatterText], dict[str, str]]:
    """The texts and titles of a place's matters, the newest first, in one question."""
    summaries = MatterSummary.objects.filter(place=place).select_related("version")
    texts, titles = {}, {}
    for row in summaries.order_by("-last_stop", "name")[:most]:
        text = read_stops(row.version.text, arrangement).matter
        if text is not None and text.matter is not None:
            texts[row.name], titles[row.name] = text, row.title
    return texts, titles


def overdue(place: str, arrangement: Arrangement, on: date, most: int) -> list[Kept]:
    """The promises of the newest matters that are late on that day, longest overdue first."""
    texts, titles = matters_of(place, arrangement, _ON_FRONT)
    if not texts:
        return []
    found = promises_of(place, texts, on)
    late = [one for one in found if one.state is State.OVERDUE]
    return [Kept(titles[one.matter], one) for one in late[:most]]
