"""The real server, killed and started again, and clerks who send each act until it is answered."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Event, Thread
from urllib.parse import urlencode

CLERKS = 2
ACTS = 25  # those of one meeting, each of them with a kill
KILLS = int(os.environ.get("CONCORD_KILLS") or ACTS)
NAMES = [f"{date(2026, 11, 25) + timedelta(weeks=n)}-board" for n in range(-(-KILLS // ACTS))]
ITEMS = ("i1", "i2", "i3", "i4")
PEOPLE = (
    "Councillor Dorothea Brooke", "Councillor Walter Vincy", "Rosamond Vincy", "Dr Sprague"
)  # fmt: skip
TOKEN = "a" * 32  # the secret of a form, the same in its cookie and its header
PATIENCE = 60.0  # seconds that a server may take to answer again on a machine that is busy

PREPARE = """
import json
from datetime import UTC, date, datetime
from importlib import import_module
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from concord.commands.accounts import add_account, grant_role
from concord.commands.agreements import load_place
from concord.commands.command import Acting
from concord.commands.meetings import call_meeting, record
from concord.commands.meetings_agenda import expect_everybody
acting = Acting(None, datetime.now(UTC), why="a fault test")
here = "middlemarch"
serving.prepare(lambda words: None)
facts = {"functions": ["care", "nhs"], "act": "commission", "amount": "£600,000",
         "modes": ["pooled"], "funds": ["care_pool"], "within_budget": True}
for name in NAMES:
    on = date.fromisoformat(name.removesuffix("-board"))
    call_meeting(acting, here, bodies=["board"], on=on, starts_at="14:00")
    expect_everybody(acting, here, name, key=f"{name}-people")
    for item in ITEMS:
        said = {"item": f"{name}-{item}", "title": f"{name}, {item}", "purpose": "decision",
                "facts": facts}
        record(acting, here, name, key=f"{name}-{item}", kind="item put on the agenda", said=said)
engine = import_module(settings.SESSION_ENGINE)
cookies = []
for number in range(CLERKS):
    email = f"who{number}@middlemarch.example"
    account = add_account(acting, "", email, email)
    grant_role(acting, here, email, "democratic services officer", "council", date(2026, 4, 1))
    kept = engine.SessionStore()
    kept[SESSION_KEY] = str(account.pk)
    kept[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    kept[HASH_SESSION_KEY] = account.get_session_auth_hash()
    kept.save()
    cookies.append(kept.session_key)
print(json.dumps(cookies))
"""

# A place beside the database, so that no server has a diary to carry out.
PLACE = """
import os, shutil
from pathlib import Path
from django.conf import settings
from concord.web import serving
serving.set_up()
places, given = Path(os.environ["CONCORD_DATA"]) / "places", settings.PLACES
(places / "middlemarch").mkdir(parents=True, exist_ok=True)
if not (places / "middlemarch" / "arrangement.toml").exists():
    shutil.copy2(given / "middlemarch" / "arrangement.toml", places / "middlemarch")
settings.PLACES = places
"""

# A process that has read the program once and makes of itself, for each line it is sent, the
# server as an operator starts it: a session of its own with a parent and its workers.
KEEPER = """
import sys
import concord.web.wsgi
from django.db import connections
from django.test import Client
Client(headers={"host": "localhost"}).get(f"/middlemarch/meetings/{NAMES[0]}/")
connections.close_all()
running = 0
for line in sys.stdin:
    if running:
        os.waitpid(running, 0)
    running = os.fork()
    if not running:
        os.setsid()
        # This process's own words are process ids, and nothing else.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        serving.serve(port=int(line), workers=2, say=lambda words: None)
        os._exit(0)
    print(running, flush=True)
os.killpg(running, 9)
"""

COUNT = """
import json
from concord.web.serving import set_up
set_up()
from django.db import connection
from concord.records.models import AuditEntry, Decision, Meeting, MeetingEntry, Outcome
from concord.records.verification import verify_evidence
whole = "ok"
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        whole = cursor.execute("PRAGMA integrity_check").fetchone()[0]
meetings = {}
for name in NAMES:
    rows = list(MeetingEntry.objects.filter(meeting__name=name).order_by("number"))
    meetings[name] = {
        "numbers": [r.number for r in rows], "head": Meeting.objects.get(name=name).head,
        "entries": [[r.kind, r.said] for r in rows],
        "outcomes": list(Outcome.objects.filter(meeting__name=name).order_by("pk")
                         .values_list("item", flat=True)),
    }
print(json.dumps({
    "findings": [str(found) for found in verify_evidence()], "whole": whole,
    "meetings": meetings,
    "decisions": list(Decision.objects.order_by("pk").values_list("reference", flat=True)),
    "trail": list(AuditEntry.objects.order_by("number").values_list("number", flat=True)),
}))
"""


def told(program: str, settings: dict[str, str]):
    """What a program of ours says at its end, as data."""
    names = f"NAMES, ITEMS, CLERKS = {NAMES!r}, {ITEMS!r}, {CLERKS}\n"
    done = subprocess.run(
        [sys.executable, "-c", names + PLACE + program], env=settings, text=True, check=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


@dataclass
class Server:
    """The server of one installation, which may be killed at any moment and is started again."""

    keeper: subprocess.Popen[str]
    port: int
    pid: int = 0
    killed: int = 0

    def start(self) -> None:
        self.keeper.stdin.write(f"{self.port}\n")
        self.keeper.stdin.flush()
        self.pid = int(self.keeper.stdout.readline())

    def kill(self) -> None:
        """Every process of the server at once, as when a machine's memory runs out."""
        for _ in range(3000):
            # A child that was made a moment ago may not yet have a session of its own.
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
                return
            time.sleep(0.01)
        raise ProcessLookupError(self.pid)

    def killed_and_started(self) -> None:
        self.kill()
        self.killed += 1
        self.start()


@contextmanager
def kept(settings: dict[str, str]) -> Iterator[Server]:
    """A server that runs, with the process that starts it anew; both end with the work."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    keeper = subprocess.Popen(
        [sys.executable, "-c", f"NAMES = {NAMES!r}\n{PLACE}{KEEPER}"], env=settings, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    server = Server(keeper, port)
    try:
        server.start()
        yield server
    finally:
        if server.pid:
            server.kill()
        keeper.kill()
        keeper.communicate(timeout=30)


@dataclass
class Clerk:
    """One browser that sends each act with a key of its own until the server has answered."""

    port: int
    session: str
    cut: int = 0  # acts whose sending or answer was cut off

    def act(self, meeting: str, act: str, key: str, **fields: str) -> None:
        sent = {"act": act, "key": key, "sent": "script", "clock": "14:30", **fields}
        until, met, was_cut = time.monotonic() + PATIENCE, "no answer", False
        while time.monotonic() < until:
            try:
                said = self._post(f"/middlemarch/meetings/{meeting}/record/act/", sent)
            except ConnectionRefusedError:
                met = "nobody listens"
            except (http.client.HTTPException, OSError) as fault:
                met, was_cut = repr(fault), True
            else:
                # Anything but an answer from the meeting itself is sent again, as a browser does.
                if "saved" in said:
                    self.cut += was_cut
                    return
                met, was_cut = str(said), True
                if "refused" in said:
                    break
            time.sleep(0.02)
        raise AssertionError(f"{meeting}, {key}: {met}")

    def _post(self, path: str, sent: dict[str, str]) -> dict[str, object]:
        headers = {
            "Cookie": f"concord={self.session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN,
            "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request("POST", path, urlencode(sent).encode(), headers)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        return json.loads(body) if body[:1] == b"{" else {"status": answer.status}


def script(meeting: str) -> Iterator[tuple[str, dict[str, str]]]:
    """A meeting from the first arrival to the last decision, 25 acts with what each says."""
    for who in PEOPLE:
        yield "arrived", {"who": who}
    for item in ITEMS:
        of = {"item": f"{meeting}-{item}"}
        yield "open", of
        for whose in ("council", "icb"):
            yield "view", {**of, "body": "board", "organisation": whose, "way": "for"}
        yield "outcome", {**of, "body": "board"}
        yield "note", {"words": f"{item} is decided"}
    yield "note", {"words": "the meeting ends"}


@dataclass(eq=False)
class Beside(Thread):
    """A second clerk, who notes something every now and then in the meeting that runs."""

    clerk: Clerk
    meeting: str
    over: Event = field(default_factory=Event)
    said: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def run(self) -> None:
        while not self.over.wait(0.1):
            words = f"beside, {len(self.said)}"
            try:
                self.clerk.act(self.meeting, "note", f"{self.meeting}-{words}", words=words)
            except Exception as fault:  # a thread's fault would be lost
                self.faults.append(repr(fault))
                return
            self.said.append(words)


class Later(Thread):
    """Does it at that time from now, whatever else goes on; what went wrong is told at the end."""

    def __init__(self, seconds: float, work: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self.seconds, self.work = seconds, work
        self.fault: Exception | None = None
        self.start()

    def run(self) -> None:
        time.sleep(self.seconds)
        try:
            self.work()
        except Exception as fault:  # a thread's fault would be lost
            self.fault = fault

    def end(self) -> None:
        self.join(timeout=PATIENCE)
        assert not self.is_alive(), "the server was not killed and started in time"
        if self.fault:
            raise self.fault
