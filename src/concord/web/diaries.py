"""The places' diaries carried out: in this process, or in one of its own beside the server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from concord.domain.findings import Refused

Say = Callable[[str], None]
Read = Callable[[Path], str]


def load_diaries(say: Say, places: Path, read: Read) -> tuple[Refused, ...]:
    """Carries out every place's diaries in order; what is done already is not done again.

    An act that is refused stops the diaries of its place, since what follows rests on it.
    """
    return tuple(refused for folder in _with_diaries(places) for refused in _of(say, folder, read))


def _with_diaries(places: Path) -> list[Path]:
    found = {file.parents[1] for file in places.glob("*/diary/*.toml")}
    return sorted(folder for folder in found if (folder / "arrangement.toml").is_file())


def _of(say: Say, folder: Path, read: Read) -> Iterator[Refused]:
    from concord.commands.command import Acting
    from concord.commands.diary import carry_out
    from concord.commands.diary_money import ledgers_of

    acting = Acting(None, datetime.now(UTC), why="loading the places' diaries")
    count = 0
    for file in sorted(folder.glob("diary/*.toml")):
        try:
            text, ledgers = read(file), ledgers_of(folder)
            count += carry_out(acting, folder.name, file.stem, text, ledgers)
        except Refused as refusal:
            said = [reason.says for reason in refusal.verdict.against]
            say("\n  ".join([f"{folder.name}, diary of {file.stem}: stopped.", *said]))
            yield refusal
            return
    say(f"{folder.name}, diary: {count} acts.")


@contextmanager
def loading_beside(needed: bool, places: Path) -> Iterator[None]:
    """Loads the diaries in a process of its own, so that the first page need not wait for them.

    The process ends with the server; what it left undone is done at the next start.
    """
    command = [sys.executable, "-m", "concord.cli", "load", str(places)]
    # Ctrl+C is the server's; it ends this process itself.
    process = subprocess.Popen(command, start_new_session=True) if needed else None  # noqa: S603
    try:
        yield
    finally:
        if process is not None and process.poll() is None:
            process.terminate()
            process.wait()
