"""How long an act of the clerk's page takes at the server while forty members follow the meeting.

    python benchmarks/meetings.py

A real server is started on a new database (SQLite, or the empty PostgreSQL that CONCORD_DATABASE
names) with the Joint Board of Middlemarch, which is fictional. Two clerks record at once, as fast
as two people at two tables do; forty signed-in members follow, each asking every four seconds and
fetching the meeting anew when something was recorded. An act counts from its first byte sent until
the last byte of the page that shows its result has come. docs/benchmarks.md keeps the last figures.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from urllib.parse import urlencode

CLERKS, MEMBERS, ACTS, THINKING = 2, 40, 60, 1.0
NAME = "2026-11-25-board"
TOKEN = "a" * 32  # the secret of a form, the same in its cookie and its header

PREPARE = """
import json, sys
from datetime import UTC, date, datetime
from importlib import import_module
from django.conf import settings
from concord.web import serving
serving.set_up()
serving._migrate()
serving._collect_static()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from concord.commands.accounts import add_account, grant_role
from concord.commands.agreements import load_place
from concord.commands.command import Acting
from concord.commands.meetings import call_meeting, record
from concord.commands.meetings_agenda import expect_everybody, put_agenda
acting = Acting(None, datetime.now(UTC), why="a benchmark")
here = "middlemarch"
load_place(acting, here, (settings.PLACES / here / "arrangement.toml").read_text("utf-8"))
serving._write_marks(serving._marks(settings.PLACES))  # the server has nothing left to prepare
call_meeting(acting, here, bodies=["board"], on=date(2026, 11, 25), starts_at="14:00")
expect_everybody(acting, here, NAME, key="people")
put_agenda(acting, here, NAME, key="agenda")
facts = {"functions": ["care", "nhs"], "act": "commission", "amount": "£600,000",
         "modes": ["pooled"], "funds": ["care_pool"], "within_budget": True}
for item in range(1, 8):
    said = {"item": f"i{item}", "title": f"Item {item}", "purpose": "decision", "facts": facts}
    record(acting, here, NAME, key=f"put-{item}", kind="item put on the agenda", said=said)
engine = import_module(settings.SESSION_ENGINE)
cookies = []
for number in range(CLERKS + MEMBERS):
    email = f"who{number}@middlemarch.example"
    account = add_account(acting, "", email, email)
    role = "democratic services officer" if number < CLERKS else "councillor"
    grant_role(acting, here, email, role, "council", date(2026, 4, 1))
    kept = engine.SessionStore()
    kept[SESSION_KEY] = str(account.pk)
    kept[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    kept[HASH_SESSION_KEY] = account.get_session_auth_hash()
    kept.save()
    cookies.append(kept.session_key)
print(json.dumps(cookies))
"""


@dataclass
class Visitor:
    """One signed-in browser, which keeps its connection as browsers do."""

    port: int
    session: str
    connection: http.client.HTTPConnection | None = None

    def ask(
        self, method: str, path: str, sent: Mapping[str, str] | None = None, **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """One request with its answer, on a new connection where the old one was closed."""
        told = {"Cookie": f"concord={self.session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN,
                "Accept": "application/json", **{k.replace("_", "-"): v for k, v in
                                                 headers.items()}}  # fmt: skip
        body = urlencode(sent).encode() if sent is not None else None
        if body is not None:
            told["Content-Type"] = "application/x-www-form-urlencoded"
        for last in (False, True):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                self.connection.request(method, path, body, told)
                answer = self.connection.getresponse()
                return answer.status, answer.headers, answer.read()
            except (http.client.HTTPException, OSError):
                self.close()
                if last:
                    raise
        raise AssertionError("unreached")

    def close(self) -> None:
        """Gives the connection back."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def act(self, act: str, key: str, **fields: str) -> tuple[int, dict[str, object]]:
        """Presses something on the clerk's page, timed at a moment of the meeting's own day."""
        sent = {"act": act, "key": key, "sent": "script", "clock": "14:30", **fields}
        status, _, body = self.ask("POST", f"/middlemarch/meetings/{NAME}/record/act/", sent)
        return status, json.loads(body) if body[:1] == b"{" else {"text": body[:300].decode()}


def prepared(
    settings: Mapping[str, str], clerks: int = CLERKS, members: int = MEMBERS
) -> list[str]:
    """Makes the database with the meeting and everybody signed in; their sessions, clerks first."""
    program = f"NAME, CLERKS, MEMBERS = {NAME!r}, {clerks}, {members}\n{PREPARE}"
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own program
        [sys.executable, "-c", program], env=dict(settings), text=True, check=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def served(settings: Mapping[str, str]) -> Iterator[int]:
    """The server as an operator starts it, on a free port, until the work is done."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "concord.cli", "serve", "--port", str(port)], env=dict(settings),
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            with closing(Visitor(port, "")) as anyone:
                if anyone.ask("GET", f"/middlemarch/meetings/{NAME}/head/")[0] == 200:
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError("the server did not start")


@dataclass
class Follower(Thread):
    """A member's page: one small question every few seconds, and the meeting anew when it grew."""

    visitor: Visitor
    over: Event
    every: float = 4.0
    asked: list[float] = field(default_factory=list)
    renewed: int = 0
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        etag, path = "", f"/middlemarch/meetings/{NAME}/"
        chance = random.Random(id(self))  # noqa: S311 - a benchmark, not a secret
        while not self.over.wait(self.every * (0.75 + chance.random() / 2)):
            began = time.perf_counter()
            told = {"If_None_Match": etag} if etag else {}
            status, headers, _ = self.visitor.ask("GET", f"{path}head/", **told)
            self.asked.append(time.perf_counter() - began)
            if status == 200:
                etag = headers["ETag"]
                status, _, body = self.visitor.ask("GET", f"{path}?part=room", Accept="text/html")
                self.renewed += status == 200 and b"Agenda" in body
            if status not in (200, 304):
                self.faults.append(f"answered {status}")
        self.visitor.close()


def recorded(visitor: Visitor, clerk: int, took: list[float], acts: int, thinking: float) -> None:
    """One clerk's work: notes, and people who come and go, each act timed."""
    people = ("Councillor Dorothea Brooke", "Rosamond Vincy")
    for number in range(acts):
        item = f"i{1 + number % 7}"
        fields = {"item": item, "shown": item}
        if number % 3 == 0:
            act = "left" if number % 6 else "arrived"
            fields["who"] = people[clerk % 2]
        else:
            act, fields["words"] = "note", f"Clerk {clerk}, {number}"
        began = time.perf_counter()
        status, said = visitor.act(act, f"c{clerk}-{number}", **fields)
        took.append(time.perf_counter() - began)
        if status != 200:
            raise RuntimeError(f"{act}: {status} {said}")
        time.sleep(thinking * (0.5 + random.random()))  # noqa: S311


def measured(settings: Mapping[str, str]) -> tuple[list[float], list[Follower]]:
    """The time of each act, and what the followers met."""
    sessions = prepared(settings)
    with served(settings) as port:
        over = Event()
        followers = [Follower(Visitor(port, s), over) for s in sessions[CLERKS:]]
        for one in followers:
            one.start()
        for session in sessions[:CLERKS]:  # a server that has just started has read nothing yet
            for _ in range(6):
                path = f"/middlemarch/meetings/{NAME}/record/"
                Visitor(port, session).ask("GET", path, Accept="text/html")
        took: list[float] = []
        clerks = [
            Thread(target=recorded, args=(Visitor(port, s), n, took, ACTS, THINKING))
            for n, s in enumerate(sessions[:CLERKS])
        ]
        for clerk in clerks:
            clerk.start()
        for clerk in clerks:
            clerk.join()
        over.set()
        for one in followers:
            one.join(timeout=30)
    return took, followers


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = {**os.environ, "CONCORD_DATA": folder}
        took, followers = measured(settings)
    engine = "PostgreSQL" if os.environ.get("CONCORD_DATABASE") else "SQLite"
    each = sorted(1000 * t for t in took)
    asked = [1000 * t for one in followers for t in one.asked]
    faults = [f for one in followers for f in one.faults]
    last = each[int(len(each) * 0.95) - 1]
    print(f"{engine}, {os.cpu_count()} cores, {CLERKS} clerks, {len(followers)} followers")
    print(f"{len(each)} of {CLERKS * ACTS} acts: median {statistics.median(each):.0f} ms, "
          f"95th percentile {last:.0f} ms, slowest {each[-1]:.0f} ms")  # fmt: skip
    renewed = sum(one.renewed for one in followers)
    print(f"{len(asked)} questions of followers: median {statistics.median(asked):.1f} ms; "
          f"{renewed} pages renewed, {len(faults)} faults")  # fmt: skip


if __name__ == "__main__":
    main()
