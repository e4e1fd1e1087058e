"""A server killed again and again in the middle of meetings: nothing lost, nothing doubled.

Every process of the server is killed as the operating system kills, within a tenth of a second of
the sending of each act, and the server is started again; a clerk's browser sends the act until it
is answered, with the act's own key. A run makes 25 kills; CONCORD_KILLS=100 makes the hundred.
That the machine itself loses its power is not tried here.
"""

from __future__ import annotations

import os
import random
import time

from tests.commands.killed_server import (
    COUNT,
    ITEMS,
    KILLS,
    NAMES,
    PREPARE,
    Beside,
    Clerk,
    Later,
    Server,
    kept,
    script,
    told,
)

SEED = int(os.environ.get("CONCORD_SEED") or time.time_ns() % 1_000_000)
SOON = 0.1  # seconds within which an act is as a rule sent, recorded and answered

# What each act of the script writes. An outcome closes its item.
WRITES = {
    "arrived": ["arrived"],
    "open": ["item opened"],
    "view": ["voted"],
    "outcome": ["outcome recorded", "item closed"],
    "note": ["noted"],
}
BEFORE = ("expected in a seat", "item put on the agenda")


def test_a_server_killed_25_times_or_as_asked_loses_nothing_and_doubles_nothing(installation):
    chance = random.Random(SEED)  # noqa: S311 a moment, not a secret
    sessions = told(PREPARE, installation)
    notes, cut = {}, 0
    with kept(installation) as server:
        for name in NAMES:
            clerk, beside = Clerk(server.port, sessions[0]), Clerk(server.port, sessions[1])
            notes[name] = a_meeting(server, chance, name, clerk, Beside(beside, name))
            cut += clerk.cut
        killed = server.killed
    print(f"seed {SEED}: {killed} kills, {cut} of the first clerk's acts cut off")
    assert killed == KILLS
    assert cut > 0, "no act was under way when the server was killed"
    assert_everything_once(told(COUNT, installation), notes)


def a_meeting(
    server: Server, chance: random.Random, name: str, clerk: Clerk, beside: Beside
) -> list[str]:
    """The whole script with a kill for each act as far as they go; what the second clerk noted."""
    beside.start()
    try:
        for number, (act, fields) in enumerate(script(name)):
            kills = server.killed < KILLS
            breaks = Later(chance.uniform(0, SOON), server.killed_and_started) if kills else None
            try:
                clerk.act(name, act, f"{name}-act-{number}", **fields)
            finally:
                if breaks:
                    breaks.end()
    finally:
        beside.over.set()
        beside.join(timeout=90)
    assert not beside.is_alive()
    assert beside.faults == []
    return beside.said


def assert_everything_once(found, notes):
    assert found["whole"] == "ok"
    assert found["findings"] == []
    assert found["trail"] == list(range(1, len(found["trail"]) + 1))
    for name in NAMES:
        meeting = found["meetings"][name]
        assert meeting["numbers"] == list(range(1, meeting["head"] + 1))
        happened = [(kind, said) for kind, said in meeting["entries"] if kind not in BEFORE]
        assert [said["words"] for _, said in happened if is_beside(said)] == notes[name]
        mine = [line(kind, said) for kind, said in happened if not is_beside(said)]
        acts = list(script(name))
        assert mine == [line(kind, said) for act, said in acts for kind in WRITES[act]]
        assert meeting["outcomes"] == [f"{name}-{item}" for item in ITEMS]
    # Four items at each meeting, one decision for each organisation, numbered without a gap.
    for organisation in ("council", "icb"):
        numbers = [d for d in found["decisions"] if d.startswith(f"{organisation}-")]
        assert numbers == [f"{organisation}-2026-{n}" for n in range(1, 4 * len(NAMES) + 1)]
    assert len(found["decisions"]) == 2 * 4 * len(NAMES)


def is_beside(said):
    return said.get("words", "").startswith("beside, ")


def line(kind, said):
    # A view is written down with the person who gives it for their organisation.
    who = "" if kind == "voted" else said.get("who", "")
    return kind, who, said.get("item", ""), said.get("organisation", ""), said.get("words", "")
