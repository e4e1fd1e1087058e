"""Two processes carry out one diary at once, as when a server is killed and started: it is one."""

from __future__ import annotations

import json
import subprocess
import sys

PREPARE = """
from concord.web import serving
serving.set_up()
serving._migrate()
from datetime import UTC, datetime
from django.conf import settings
from concord.commands.agreements import load_place
from concord.commands.command import Acting
here = settings.PLACES / "middlemarch"
text = (here / "arrangement.toml").read_text("utf-8")
load_place(Acting(None, datetime.now(UTC), why="a test"), "middlemarch", text)
"""

# One line in: carry it out. The count of acts or the refusals out.
CARRY_OUT = """
import json, sys
from concord.web.serving import set_up
set_up()
from datetime import UTC, datetime
from concord.commands.command import Acting
from concord.commands.diary import carry_out
from concord.domain.findings import Refused
acting = Acting(None, datetime.now(UTC), why="a test")
print("ready", flush=True)
text = sys.stdin.read()
try:
    print(carry_out(acting, "middlemarch", "november", text))
except Refused as refusal:
    print([reason.says for reason in refusal.verdict.against])
"""

COUNT = """
import json
from concord.web.serving import set_up
set_up()
from concord.records.models import AuditEntry, Meeting, MeetingEntry
from concord.records.verification import verify_evidence
print(json.dumps({
    "findings": [str(found) for found in verify_evidence()],
    "meetings": list(Meeting.objects.values_list("name", flat=True)),
    "entries": [[e.number, e.said.get("words", "")]
                for e in MeetingEntry.objects.order_by("number")],
    "trail": AuditEntry.objects.filter(act__startswith="meetings.").count(),
}))
"""

NOTES = 30
CALL = """format = 1
[[acts]]
at = 2026-11-18T09:00:00
do = "call a meeting"
bodies = ["board"]
on = 2026-11-25
starts_at = "14:00"
"""
NOTE = """
[[acts]]
at = 2026-11-25T14:{minute:02}:00
do = "record"
meeting = "2026-11-25-board"
entry = "noted"
words = "{minute}"
"""


def start(program: str, installation: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program], env=installation, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def finished(process: subprocess.Popen[str], text: str = "") -> str:
    said, complaint = process.communicate(text, timeout=120)
    assert process.returncode == 0, complaint
    return said.strip()


def test_two_that_carry_out_one_diary_at_once_end_as_one(installation):
    text = CALL + "".join(NOTE.format(minute=minute) for minute in range(NOTES))
    finished(start(PREPARE, installation))
    two = [start(CARRY_OUT, installation) for _ in range(2)]
    for process in two:
        assert process.stdout.readline() == "ready\n"
    for process in two:
        process.stdin.write(text)
        process.stdin.flush()
        process.stdin.close()
        process.stdin = None
    assert [finished(process) for process in two] == [str(1 + NOTES)] * 2
    found = json.loads(finished(start(COUNT, installation)))
    assert found["findings"] == []
    assert found["meetings"] == ["2026-11-25-board"]
    assert found["entries"] == [[n + 1, str(n)] for n in range(NOTES)]
    # One entry of the trail for the meeting and one for each note, whoever of the two came first.
    assert found["trail"] == 1 + NOTES
