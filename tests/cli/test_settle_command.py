"""`concord settle`: late, twice, and twice at once, each thing comes once and at its own time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

# A place whose Board decided one item, published the day after: its window has long closed since.
PREPARE = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from dataclasses import replace
from datetime import UTC, datetime
from django.core.management import call_command
from concord.web.serving import set_up
set_up()
call_command("migrate", verbosity=0)
from concord.commands.agreements import load_place
from concord.commands.command import Acting
acting = Acting(None, datetime(2026, 11, 24, 9, 30, tzinfo=UTC))
text = open({str(ROOT / "places" / "middlemarch" / "arrangement.toml")!r}).read()
load_place(acting, "middlemarch", text)
from concord.commands.effects import record_step
from tests.commands.meeting_room import decided
decided(acting)
for reference in ("council-2026-1", "icb-2026-1"):
    record_step(acting, "middlemarch", reference, move="publish", key=reference,
                at=datetime(2026, 11, 26, 9))
"""

COUNT = """
import json
from concord.web.serving import set_up
set_up()
from concord.records.models import AuditEntry, DecisionStep, DecisionSummary
from concord.records.verification import verify_evidence
print(json.dumps({
    "findings": [str(f) for f in verify_evidence()],
    "steps": list(DecisionStep.objects.filter(by_itself=True).values_list("step", "at")),
    "acts": AuditEntry.objects.filter(act="decisions.settle").count(),
    "states": sorted(DecisionSummary.objects.values_list("state", flat=True)),
}))
"""

# As the command runs it, on a day when the window has closed.
SETTLE = """
import sys
from datetime import UTC, datetime
import concord.cli.settle as told

class Later(datetime):
    @classmethod
    def now(cls, zone=None):
        return datetime(2026, 12, 30, 9, tzinfo=UTC)

told.datetime = Later
from concord.cli import main
sys.exit(main(["settle", *sys.argv[1:]]))
"""


def start(program: str, installation: dict[str, str], *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *words],
        env=installation, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def finished(process: subprocess.Popen[str]) -> str:
    said, complaint = process.communicate(timeout=120)
    assert process.returncode == 0, complaint
    return said


def test_two_at_once_and_a_third_afterwards_record_one_thing_once(installation):
    finished(start(PREPARE, installation))
    at_once = [start(SETTLE, installation) for _ in range(2)]
    said = sorted(finished(process).splitlines()[-1] for process in at_once)
    assert said == ["1 came by itself.", "Nothing came by itself since the last time."]
    third = json.loads(finished(start(SETTLE, installation, "--json")))
    assert third == {"settled": []}
    found = json.loads(finished(start(COUNT, installation)))
    assert found["findings"] == []
    assert [step for step, _ in found["steps"]] == ["the window closes"]
    # It came when the window closed, not on 30 December when the timer ran.
    assert found["steps"][0][1] < "2026-12-10"
    assert found["acts"] == 1
    assert found["states"] == ["in effect", "in effect"]


def test_another_place_alone_is_settled_where_one_is_named(installation):
    finished(start(PREPARE, installation))
    assert "Nothing" in finished(start(SETTLE, installation, "--place", "elsewhere"))
    assert "council-2026-1" in finished(start(SETTLE, installation, "--place", "middlemarch"))
