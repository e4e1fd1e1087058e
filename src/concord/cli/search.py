"""`concord search`: makes anew what search reads, where an older installation has none of it."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime

from concord.cli.printing import as_json


def rebuild(asked: Namespace) -> int:
    """Reads every decision, paper, body and person again; run twice, it is the same."""
    from concord.web import serving

    serving.set_up()
    from concord.commands.command import Acting
    from concord.commands.search_index import rebuild_search

    acting = Acting(None, datetime.now(UTC), why="making search anew")
    number = rebuild_search(acting, asked.place)
    if asked.json:
        as_json({"found_by_search": number})
    else:
        print(f"{number} things can be found.")
    return 0
