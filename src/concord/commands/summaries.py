"""The rows derived from adopted texts, so that a list of places asks the database once."""

from __future__ import annotations

from concord.commands.search_index import index_arrangement
from concord.domain.agreements.arrangement import Arrangement, Organisation
from concord.domain.agreements.reader import Reading, read_arrangement
from concord.domain.findings import Weight
from concord.records.models import PlaceSummary, TextVersion

_COMMISSIONERS = {
    "council",
    "primary care trust",
    "clinical commissioning group",
    "integrated care board",
}


def summarise(version: TextVersion, reading: Reading | None = None) -> None:
    """Writes the place's row anew from that version; a text already read need not be read again."""
    reading = reading or read_arrangement(version.text, f"{version.kind}.toml")
    weights = [finding.weight for finding in reading.findings]
    row: dict[str, object] = {
        "version": version,
        "title": reading.arrangement.place.name if reading.arrangement else version.place_id,
        "fictional": bool(reading.arrangement and reading.arrangement.place.fictional),
        "partners": partners(reading.arrangement) if reading.arrangement else [],
        "grave": weights.count(Weight.GRAVE),
        "slight": weights.count(Weight.SLIGHT),
        "not_stated": len(reading.not_stated),
    }
    PlaceSummary.objects.update_or_create(place_id=version.place_id, defaults=row)
    if reading.arrangement is not None:
        index_arrangement(version.place_id, reading.arrangement)


def partners(arrangement: Arrangement) -> list[str]:
    """The councils and NHS commissioners that are parties to an agreement, in the text's order."""
    parties = [
        name
        for agreement in arrangement.agreements.values()
        if isinstance(agreement.parties, tuple)
        for name in agreement.parties
    ]
    named = [arrangement.organisations[n] for n in parties if n in arrangement.organisations]
    return list(dict.fromkeys(_name(o) for o in named if o.kind in _COMMISSIONERS))


def _name(organisation: Organisation) -> str:
    """The name the text gives first; an old agreement was made under an old name."""
    return next((str(row.value) for row in organisation.name.rows), "")
