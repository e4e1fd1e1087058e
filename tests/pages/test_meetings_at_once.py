"""A real server with two clerks and many followers at once: nothing twice, nothing lost."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from threading import Event, Thread

from benchmarks.meetings import NAME, Follower, Visitor, prepared, served

CLERKS, MEMBERS, EACH, TIMES = 2, 8, 15, 3
PEOPLE = (
    "Councillor Dorothea Brooke", "Councillor Walter Vincy", "Rosamond Vincy", "Dr Sprague"
)  # fmt: skip

COUNT = """
import json
from concord.web.serving import set_up
set_up()
from concord.records.models import AuditEntry, Decision, Meeting, MeetingEntry, Outcome
from concord.records.verification import verify_evidence
rows = MeetingEntry.objects.filter(meeting__name=NAME).order_by("number")
print(json.dumps({
    "findings": [str(found) for found in verify_evidence()],
    "numbers": list(rows.values_list("number", flat=True)),
    "head": Meeting.objects.get(name=NAME).head,
    "notes": [r.said["words"] for r in rows if r.kind == "noted"],
    "votes": sum(r.kind == "voted" for r in rows),
    "outcomes": Outcome.objects.filter(meeting__name=NAME).count(),
    "decisions": sorted(
        Decision.objects.filter(outcome__meeting__name=NAME).values_list("organisation", flat=True)
    ),
    "trail": list(AuditEntry.objects.order_by("number").values_list("number", flat=True)),
}))
"""


def counted(settings):
    program = f"NAME = {NAME!r}\n{COUNT}"
    done = subprocess.run(
        [sys.executable, "-c", program], env=settings, text=True, check=True, capture_output=True
    )
    return json.loads(done.stdout)


def at_once(works):
    faults: list[str] = []

    def run(work, *words):
        try:
            work(*words)
        except Exception as fault:  # a thread's fault would be lost
            faults.append(repr(fault))

    threads = [Thread(target=run, args=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not faults


def test_what_two_clerks_record_at_once_is_there_once_each_while_members_follow(installation):
    sessions = prepared(installation, CLERKS, MEMBERS)
    with served(installation) as port:
        over = Event()
        followers = [Follower(Visitor(port, s), over, every=0.3) for s in sessions[CLERKS:]]
        for one in followers:
            one.start()

        def notes(clerk, time):
            """Each note sent several times at once, as by two windows after a lost answer."""
            with closing(Visitor(port, sessions[clerk])) as visitor:
                for number in range(EACH):
                    words = f"Clerk {clerk}, {number}"
                    status, said = visitor.act("note", f"n{clerk}-{number}", words=words)
                    assert status == 200, said

        at_once([(notes, c, t) for c in range(CLERKS) for t in range(TIMES)])
        with closing(Visitor(port, sessions[0])) as clerk:
            for person in PEOPLE:
                assert clerk.act("arrived", f"here-{person}", who=person)[0] == 200
            assert clerk.act("open", "open", item="i1")[0] == 200

        def decide(session):
            """Both clerks press all of it: each organisation's view, then the record button."""
            with closing(Visitor(port, sessions[session])) as visitor:
                for whose in ("council", "icb"):
                    said = {"item": "i1", "body": "board", "organisation": whose, "way": "for"}
                    assert visitor.act("view", f"view-{whose}", **said)[0] == 200
                assert visitor.act("outcome", "outcome", item="i1", body="board")[0] == 200

        at_once([(decide, c) for c in range(CLERKS) for _ in range(TIMES)])
        over.set()
        for one in followers:
            one.join(timeout=60)
    found = counted(installation)
    assert found["findings"] == []
    assert sorted(found["notes"]) == sorted(
        f"Clerk {c}, {n}" for c in range(CLERKS) for n in range(EACH)
    )
    assert found["numbers"] == list(range(1, found["head"] + 1))
    assert found["votes"] == 2
    assert found["outcomes"] == 1
    assert found["decisions"] == ["council", "icb"]
    assert found["trail"] == list(range(1, len(found["trail"]) + 1))
    assert not [fault for one in followers for fault in one.faults]
    assert all(one.renewed for one in followers)
