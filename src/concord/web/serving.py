"""From a fresh copy to served pages: the database made, the places loaded, the server started."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.conf import settings

from concord.domain.findings import Refused
from concord.web.diaries import load_diaries, loading_beside

if TYPE_CHECKING:
    from concord.records.models import TextVersion

Say = Callable[[str], None]

_PACKAGE = Path(__file__).resolve().parents[1]
_LONGEST = (
    1_000_000  # bytes of one text; the reader refuses more, and we do not read it all to know
)


def set_up() -> None:
    """Makes Django ready in this process, for a command that needs the database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concord.web.settings")
    django.setup()


def prepare(say: Say, places: Path | None = None, *, diaries: bool = True) -> tuple[Refused, ...]:
    """Migrates, loads the places and collects static files, each only where something changed.

    Gives the refusals of places that could not be loaded; the others are loaded all the same.
    Diaries take the longest: a server leaves them to a process beside it.
    """
    set_up()
    places = places or settings.PLACES
    made, marks = _read_marks(), _marks(places)
    if _is_gone():
        made = {}
    if made.get("database") != marks["database"]:
        say("Making the database ready.")
        _migrate()
        made = {"database": marks["database"], "static": made.get("static", "")}
    if made.get("static") != marks["static"]:
        say("Collecting the static files.")
        _collect_static()
        made = {**made, "static": marks["static"]}
    refused: tuple[Refused, ...] = ()
    if made.get("places") != marks["places"]:
        refused = load_places(say, places)
        # A place that was refused is tried and told again at the next start.
        made = {**made, "places": "" if refused else marks["places"]}
    if diaries and made.get("diaries") != marks["places"]:
        stopped = load_diaries(say, places, read_text)
        made = {**made, "diaries": "" if stopped else marks["places"]}
        refused = (*refused, *stopped)
    _write_marks(made)
    return refused


def _diaries_wait(places: Path) -> bool:
    """Whether some diary is not carried out yet, or was written since."""
    there = any(places.glob("*/diary/*.toml"))
    return there and _read_marks().get("diaries") != _marks(places)["places"]


def load_places(say: Say, places: Path | None = None) -> tuple[Refused, ...]:
    """Loads every folder that holds an arrangement; the refusals of those that could not be."""
    refused = []
    for what, load in _loads(places or settings.PLACES):
        try:
            version = load()
            say(f"{what}: version {version.number}.")
        except Refused as refusal:
            said = [reason.says for reason in refusal.verdict.against]
            say("\n  ".join([f"{what}: not loaded.", *said]))
            refused.append(refusal)
    return tuple(refused)


def _loads(places: Path) -> Iterator[tuple[str, Callable[[], TextVersion]]]:
    """Each text of each folder with the command that loads it, an arrangement before the rest."""
    from concord.commands.agreements import load_place
    from concord.commands.command import Acting
    from concord.commands.decisions import load_calendar, load_matter
    from concord.commands.funds import load_fund

    acting = Acting(None, datetime.now(UTC), why="loading the places' folders")
    for file in sorted(places.glob("*/arrangement.toml")):
        place, folder = file.parent.name, file.parent
        yield place, partial(load_place, acting, place, read_text(file))
        if (calendar := folder / "calendar.toml").is_file():
            yield f"{place}, calendar", partial(load_calendar, acting, place, read_text(calendar))
        if (fund := folder / "fund.toml").is_file():
            yield f"{place}, fund", partial(load_fund, acting, place, read_text(fund))
        for matter in sorted(folder.glob("matters/*.toml")):
            what = f"{place}, {matter.stem.replace('_', ' ')}"
            yield what, partial(load_matter, acting, place, matter.stem, read_text(matter))


def read_text(file: Path) -> str:
    """A text from its file, no more than the reader takes; what is not UTF-8 shows as U+FFFD."""
    with file.open("rb") as stream:
        return stream.read(_LONGEST + 1).decode("utf-8", errors="replace")


def serve(host: str = "127.0.0.1", port: int = 8000, workers: int = 2, say: Say = print) -> None:
    """Serves until stopped: processes, not threads, so that a slow reader holds up nobody."""
    prepare(say, diaries=False)
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    say(f"Concord is at http://{host}:{port}/ (Ctrl+C stops it).")
    sys.stdout.flush()
    server = Granian(
        "concord.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        websockets=False,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    with loading_beside(_diaries_wait(settings.PLACES), settings.PLACES):
        server.serve()


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def _collect_static() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def _marks(places: Path) -> dict[str, str]:
    """A hash for each thing a start prepares, over all that it is prepared from."""
    database = settings.DATABASES["default"]
    place = [str(database[key]) for key in ("ENGINE", "NAME") if key in database]
    place += [str(database.get(key, "")) for key in ("HOST", "PORT")]
    program = [django.__version__, *_tree(_PACKAGE / "records" / "migrations", "*.py")]
    static = _tree(_PACKAGE / "web" / "static", "*")
    # What a text means depends on the reader too: its findings are counted in each place's row.
    texts = [*_tree(places, "*.toml"), *_tree(_PACKAGE / "domain", "*.py")]
    texts += _tree(_PACKAGE / "law", "*")
    return {
        "database": _hash([*place, *program]),
        "static": _hash([django.__version__, *static]),
        "places": _hash([*place, *texts]),
    }


def _is_gone() -> bool:
    """Whether somebody took away what the marks say was made."""
    from django.db import connection

    tables = connection.introspection.table_names()
    return not settings.STATIC_ROOT.is_dir() or "records_place" not in tables


def _tree(folder: Path, pattern: str) -> list[str]:
    """Every file's path, size and time of change: enough to know that something changed."""
    files = sorted(file for file in folder.rglob(pattern) if file.is_file())
    return [f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in files]


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _read_marks() -> dict[str, str]:
    with suppress(OSError, ValueError):
        marks = json.loads(_marks_file().read_text("utf-8"))
        return {str(key): str(value) for key, value in marks.items()}
    return {}


def _write_marks(marks: Mapping[str, str]) -> None:
    # Written aside and moved, so that a start that is stopped leaves no half of a file.
    aside = _marks_file().with_suffix(".new")
    aside.write_text(json.dumps(marks), "utf-8")
    aside.replace(_marks_file())


def _marks_file() -> Path:
    return Path(settings.DATA) / "prepared.json"
