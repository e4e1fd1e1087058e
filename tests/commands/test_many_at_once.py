"""Several processes, each with several threads, at once: one chain, and no work lost."""

from __future__ import annotations

import json
import subprocess
import sys

PROCESSES, THREADS, EACH = 3, 2, 6

PREPARE = """
from datetime import UTC, datetime
from django.core.management import call_command
from concord.web.serving import set_up
set_up()
call_command("migrate", verbosity=0)
from concord.commands.accounts import add_account, grant_role
from concord.commands.agreements import load_place
from concord.commands.command import Acting
acting = Acting(None, datetime.now(UTC))
load_place(acting, "nowhere", open(sys.argv[1]).read())
for process in range({processes}):
    for thread in range({threads}):
        email = f"writer{{process}}{{thread}}@nowhere.example"
        add_account(acting, "", email, email)
        grant_role(acting, "nowhere", email, "integration manager")
"""

# Every writer begins from the draft as it is, adds a line of its own, and tries until it holds.
WRITE = """
from datetime import UTC, datetime
from threading import Thread
from django.db import connection
from concord.web.serving import set_up
set_up()
from concord.commands.agreements import TextsDiffer, save_draft
from concord.commands.command import Acting
from concord.records.models import Account, Draft

def write(email):
    acting = Acting(Account.objects.get(email=email), datetime.now(UTC))
    for number in range({each}):
        while True:
            desk = Draft.objects.desk("nowhere")
            try:
                text = f"{{desk.text}}# {{email}} {{number}}\\n"
                save_draft(acting, "nowhere", text, desk.revision)
                break
            except TextsDiffer:
                pass
    connection.close()

threads = [
    Thread(target=write, args=[f"writer{{sys.argv[1]}}{{thread}}@nowhere.example"])
    for thread in range({threads})
]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""

COUNT = """
import json
from concord.web.serving import set_up
set_up()
from concord.records.models import AuditEntry, Draft, KeptText
from concord.records.verification import verify_evidence
desk = Draft.objects.desk("nowhere")
print(json.dumps({{
    "findings": [str(found) for found in verify_evidence()],
    "numbers": list(AuditEntry.objects.values_list("number", flat=True)),
    "saved": AuditEntry.objects.filter(act="agreements.save_draft").count(),
    "kept": AuditEntry.objects.filter(act="agreements.keep_text").count(),
    "kept_texts": KeptText.objects.filter(because=KeptText.TOO_LATE).count(),
    "lines": [line for line in desk.text.splitlines() if line.startswith("# writer")],
    "revision": desk.revision,
}}))
"""

TEXT = """format = 1
[place]
name = "Nowhere"
fictional = true
"""


def start(program: str, installation: dict[str, str], *words: str) -> subprocess.Popen[str]:
    program = "import sys\n" + program.format(processes=PROCESSES, threads=THREADS, each=EACH)
    return subprocess.Popen(
        [sys.executable, "-c", program, *words],
        env=installation,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process: subprocess.Popen[str]) -> str:
    said, complaint = process.communicate(timeout=120)
    assert process.returncode == 0, complaint
    assert "Traceback" not in complaint
    return said


def test_many_writers_at_once_never_fork_the_chain_and_lose_no_line(installation, tmp_path):
    file = tmp_path / "arrangement.toml"
    file.write_text(TEXT, "utf-8")
    finished(start(PREPARE, installation, str(file)))
    for process in [start(WRITE, installation, str(number)) for number in range(PROCESSES)]:
        finished(process)
    found = json.loads(finished(start(COUNT, installation)))
    writes = PROCESSES * THREADS * EACH
    assert found["findings"] == []
    assert found["numbers"] == list(range(1, len(found["numbers"]) + 1))
    assert len(set(found["lines"])) == len(found["lines"]) == found["saved"] == writes
    # One revision for the loading and one for each save.
    assert found["revision"] == 1 + writes
    # Whoever came too late had the text set aside, with an entry for it.
    assert found["kept"] == found["kept_texts"]
