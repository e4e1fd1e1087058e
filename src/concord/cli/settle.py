"""`concord settle`: records what came by itself at its time; a timer runs it, late or twice."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime

from concord.cli.printing import as_json


def settle(asked: Namespace) -> int:
    """Gives every deadline that passed without anyone acting its effect, at its own time."""
    from concord.web import serving

    serving.set_up()
    from concord.commands.command import Acting
    from concord.commands.effects import settle as settle_places
    from concord.records.models import DecisionStep

    before = DecisionStep.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    acting = Acting(None, datetime.now(UTC), why="a deadline passed")
    came = settle_places(acting, asked.place)
    steps = DecisionStep.objects.filter(by_itself=True, pk__gt=before).select_related("decision")
    rows = [(s.decision.place_id, s.decision.reference, s.step, s.at) for s in steps][:came]
    if asked.json:
        keys = ("place", "decision", "came", "at")
        as_json({"settled": [dict(zip(keys, row, strict=True)) for row in rows]})
        return 0
    for place, reference, what, at in rows:
        print(f"{place}: {reference}: {what}, {at.replace('T', ' ')[:16]}")
    print(f"{came} came by itself." if came else "Nothing came by itself since the last time.")
    return 0
