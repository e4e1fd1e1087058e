"""Which publications are the records of which decisions."""

from __future__ import annotations

from collections.abc import Iterable

from concord.records.models import Decision, Publication

RECORD = "decision record"


def records_of(decisions: Iterable[Decision]) -> dict[str, list[Publication]]:
    """Every published record of these decisions of one outcome, by reference, the newest first."""
    rows = list(decisions)
    if not rows:
        return {}
    kept = Publication.objects.of_matter(rows[0].place_id, rows[0].outcome.matter)
    names = [row.reference for row in rows]
    kept = kept.filter(kind=RECORD, details__decision__in=names)
    found: dict[str, list[Publication]] = {}
    for one in kept.order_by("-published_at", "-id"):
        found.setdefault(str(one.details["decision"]), []).append(one)
    return found
