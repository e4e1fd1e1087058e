"""From a fresh copy to served pages, and how little a second start does."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time

import pytest
from tests.conftest import PLACES

PREPARE = """
import json, sys
from pathlib import Path
from concord.web.serving import prepare
said = []
refused = prepare(said.append, Path(sys.argv[1]))
from concord.records.models import TextVersion
kept = TextVersion.objects.filter(kind="arrangement").order_by("place", "number")
versions = list(kept.values_list("place_id", "number"))
print(json.dumps({"said": said, "refused": len(refused), "versions": versions}))
"""


def prepared(installation, places):
    done = subprocess.run(
        [sys.executable, "-c", PREPARE, str(places)],
        env=installation,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def places(tmp_path):
    """A folder of places with Middlemarch alone in it."""
    folder = tmp_path / "places"
    alone = shutil.ignore_patterns("diary")
    shutil.copytree(PLACES / "middlemarch", folder / "middlemarch", ignore=alone)
    return folder


def test_the_first_start_makes_everything_and_the_second_nothing(installation, places):
    first = prepared(installation, places)
    assert first["versions"] == [["middlemarch", 1]]
    assert any("database" in line for line in first["said"])
    assert any("static" in line for line in first["said"])
    assert prepared(installation, places)["said"] == []


def test_a_changed_text_is_loaded_at_the_next_start_and_nothing_else_is_done(installation, places):
    prepared(installation, places)
    file = places / "middlemarch" / "arrangement.toml"
    file.write_text(file.read_text("utf-8") + "\n# changed\n", "utf-8")
    second = prepared(installation, places)
    assert second["versions"] == [["middlemarch", 1], ["middlemarch", 2]]
    assert second["said"][0] == "middlemarch: version 2."
    assert "Making the database ready." not in second["said"]


def test_a_text_that_is_not_understood_keeps_no_other_place_from_being_loaded(installation, places):
    bad = places / "nowhere"
    bad.mkdir()
    (bad / "arrangement.toml").write_bytes(b"format = 1\n\xff\xfe colour\n")
    first = prepared(installation, places)
    assert first["refused"] == 1
    assert first["versions"] == [["middlemarch", 1]]
    # It is tried and told again at each start until it is mended.
    assert prepared(installation, places)["refused"] == 1


DIARY = """format = 1
acts = [
  { at = 2026-11-18T09:00:00, do = "call a meeting", bodies = ["board"], on = 2026-11-25 },
  { at = 2026-11-18T09:01:00, do = "record", entry = "presides", who = "Dr Sprague" },
]
"""


def test_a_diary_is_carried_out_after_the_texts_and_where_it_stops_the_next_is_not(
    installation, places
):
    diary = places / "middlemarch" / "diary"
    diary.mkdir()
    (diary / "2026-11.toml").write_text(DIARY, "utf-8")
    assert prepared(installation, places)["said"][-1] == "middlemarch, diary: 2 acts."
    assert prepared(installation, places)["said"] == []
    (diary / "2026-10.toml").write_text(DIARY.replace('"board"', '"bored"'), "utf-8")
    again = prepared(installation, places)
    assert again["refused"] == 1
    assert again["said"][-1] == (
        "middlemarch, diary of 2026-10: stopped.\n"
        "  line 3: call a meeting at 2026-11-18 09:00: bored is no body of this place"
    )


def test_a_text_of_fifty_million_bytes_is_refused_quickly(installation, places):
    huge = places / "huge"
    huge.mkdir()
    with (huge / "arrangement.toml").open("wb") as file:
        file.truncate(50_000_000)
    started = time.monotonic()
    assert prepared(installation, places)["refused"] == 1
    assert time.monotonic() - started < 20


SERVE = "import sys; from concord.web.serving import serve; serve(port=int(sys.argv[1]), workers=1)"


def test_the_server_serves_and_stops_when_told(installation):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = f"if __name__ == '__main__':\n    {SERVE}"
    server = subprocess.Popen(
        [sys.executable, "-c", program, str(port)],
        env={**installation, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert answered(port, 60) == 200
    finally:
        server.terminate()
        said, _ = server.communicate(timeout=30)
    assert "Traceback" not in said
    assert os.path.getsize(os.path.join(installation["CONCORD_DATA"], "prepared.json")) > 0


def answered(port: int, seconds: float) -> int:
    """The status of the first page, as soon as there is anybody to give it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        asking = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            asking.request("GET", "/")
            return asking.getresponse().status
        except OSError:
            time.sleep(0.2)
        finally:
            asking.close()
    return 0
