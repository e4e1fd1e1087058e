"""How fast the public pages of the register and search answer at national size.

    python benchmarks/register.py [places] [decisions]

A scratch database is filled with 150 places, ten years and 100,000 decisions, each place a copy of
Middlemarch under a name of its own; rows are added in bulk, as nothing in the product may do. It is
SQLite in a temporary folder, or the empty PostgreSQL that CONCORD_DATABASE names. Then pages are
asked for at random, in one process and through every layer of the application, once each place's
text has been read as a server does in its first minutes. docs/benchmarks.md keeps the last figures.
"""

from __future__ import annotations

import hashlib
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

TEXT = Path(__file__).parents[1] / "places" / "middlemarch" / "arrangement.toml"
SEED, YEARS, FIRST = 75, 10, date(2017, 1, 9)
ASKED = 400  # pages of each kind
NOUNS = (
    "equipment", "reablement", "carers", "dementia", "stroke", "housing", "transport", "respite",
    "nursing", "advocacy",
)  # fmt: skip
VERBS = ("Extend", "Renew", "Buy", "Review", "End", "Vary", "Let", "Pool")
NOW = datetime(2017, 1, 2, tzinfo=UTC)
COUNCIL = ["Dorothea Brooke", "Walter Vincy", "Celia Chettam"]
ICB = ["Rosamond Vincy", "Dr Sprague", "Dr Minchin"]


def start() -> None:
    if "CONCORD_DATABASE" not in os.environ:
        os.environ["CONCORD_DATA"] = tempfile.mkdtemp(prefix="register-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concord.web.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"] = {"BACKEND": plain}
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def fill(places: int, decisions: int) -> None:
    """Every place with its text, meetings, outcomes, decisions, steps and records."""
    from concord.records.models import Place

    chance = random.Random(SEED)  # noqa: S311 - a benchmark, not a secret
    text = TEXT.read_text("utf-8")
    each = decisions // 2 // places
    for number in range(places):
        place = Place.objects.create(name=f"place_{number:03}", added_at=NOW)
        _place(place, text, number)
        _decisions(place, each, chance)


def _place(place: Any, text: str, number: int) -> None:
    from concord.records.models import PlaceSummary, TextVersion

    title = f"Middlemarch {number:03}"
    mine = text.replace('name = "Middlemarch"', f'name = "{title}"', 1)
    sha = hashlib.sha256(mine.encode()).hexdigest()
    version = TextVersion.objects.create(
        place=place, kind="arrangement", number=1, text=mine, sha256=sha,
        adopted_at=NOW, adopted_by="a benchmark",
    )  # fmt: skip
    PlaceSummary.objects.create(place=place, version=version, title=title, fictional=True)


def _decisions(place: Any, each: int, chance: random.Random) -> None:
    from concord.records import models as m

    version = m.TextVersion.objects.get(place=place)
    meetings = m.Meeting.objects.bulk_create([
        m.Meeting(place=place, name=f"{on}-board", title="Joint Board", bodies=["board"], on=on,
                  arrangement=version, head=12)
        for on in (FIRST + timedelta(days=30 * n) for n in range(12 * YEARS))
    ])  # fmt: skip
    m.MeetingEntry.objects.bulk_create(list(_entries(meetings)), batch_size=900)
    outcomes = m.Outcome.objects.bulk_create([
        _outcome(place, version, meetings[n * len(meetings) // each], n, chance)
        for n in range(each)
    ], batch_size=300)  # fmt: skip
    numbers: dict[tuple[str, int], int] = {}
    rows = [r for o in outcomes for r in _pair(place, o, numbers, chance)]
    m.Decision.objects.bulk_create(rows, batch_size=300)
    steps = [s for r in rows for s in _steps(r, chance)]
    m.DecisionStep.objects.bulk_create(steps, batch_size=300)
    m.DecisionSummary.objects.bulk_create([_summary(place, r) for r in rows], batch_size=300)
    m.Publication.objects.bulk_create([_publication(place, r) for r in rows], batch_size=100)
    m.SearchDocument.objects.bulk_create([_document(place, r) for r in rows], batch_size=300)


def _entries(meetings: list[Any]) -> Iterator[Any]:
    from concord.records.models import MeetingEntry

    for meeting in meetings:
        at, now = f"{meeting.on}T13:50:00", NOW
        for number, who in enumerate((*COUNCIL, *ICB)):
            seat = "members" if who in COUNCIL else "icb"
            said = {"who": who, "body": "board", "seat": seat}
            more = {"at": at, "recorded_at": now, "recorded_by": "a benchmark", "meeting": meeting}
            yield MeetingEntry(number=2 * number + 1, key=f"{number}-s", said=said,
                               kind="expected in a seat", **more)  # fmt: skip
            yield MeetingEntry(number=2 * number + 2, key=f"{number}-a", said={"who": who},
                               kind="arrived", **more)  # fmt: skip


def _outcome(place: Any, version: Any, meeting: Any, number: int, chance: random.Random) -> Any:
    from concord.records.models import Outcome

    noun, verb = chance.choice(NOUNS), chance.choice(VERBS)
    ballots = [{"person": p, "place": "board.members" if p in COUNCIL else "board.icb", "way": True}
               for p in (*COUNCIL, *ICB)]  # fmt: skip
    return Outcome(
        place=place, meeting=meeting, body="board", item=str(number), arrangement=version,
        title=f"{verb} {noun} in ward {number % 40}", result="decided",
        text=f"{verb} the {noun} contract for two years", on=meeting.on, ballots=ballots,
        manner="individual delegates, after consensus", at=f"{meeting.on}T14:50:00",
        key=f"{place.pk}-{number}", recorded_at=NOW,
        recorded_by="a benchmark",
    )  # fmt: skip


def _pair(
    place: Any, outcome: Any, numbers: dict[tuple[str, int], int], chance: random.Random
) -> Iterator[Any]:
    from concord.records.models import Decision

    pence = chance.randrange(1, 75_000_000)
    halves = (("council", "board.members", COUNCIL, "members_2026", "care", "executive", "7.4"),
              ("icb", "board.icb", ICB, "", "nhs", "NHS", "4.2"))  # fmt: skip
    for of, maker, people, power, function, kind, clause in halves:
        year = outcome.on.year
        number = numbers[of, year] = numbers.get((of, year), 0) + 1
        record = {
            "made_by": people, "capacity": outcome.manner, "functions": [function],
            "function_kind": kind, "law": "reg_13_record", "text": outcome.text, "key": True,
            "reasons": f"{outcome.title} keeps people at home", "conflicts": [], "private": False,
            "rejected": [{"what": "Do nothing", "why": "beds stay full"}], "consulted": [],
            "dispensations": [],
        }  # fmt: skip
        yield Decision(
            place=place, outcome=outcome, organisation=of, year=year, number=number,
            reference=f"{of}-{year}-{number}", title=outcome.title, maker=maker,
            made_at=outcome.at, made_on=outcome.on, power=power, clause=clause, is_key=True,
            pence=pence, record=record,
        )  # fmt: skip


def _steps(row: Any, chance: random.Random) -> Iterator[Any]:
    from concord.records.models import DecisionStep

    day = row.made_on + timedelta(days=1)
    more = {"decision": row, "recorded_at": NOW,
            "recorded_by": "a benchmark"}  # fmt: skip
    key = f"{row.place_id}-{row.reference}"
    yield DecisionStep(step="publish", at=f"{day}T09:00:00", key=f"{key}-p", **more)
    if row.organisation == "council" and chance.random() < 0.05:
        called = day + timedelta(days=3)
        yield DecisionStep(step="call in", at=f"{called}T10:00:00", key=f"{key}-c",
                           by=["A", "B", "C", "D", "E"], **more)  # fmt: skip


def _summary(place: Any, row: Any) -> Any:
    from concord.records.models import DecisionSummary

    return DecisionSummary(decision=row, place=place, state="in effect", since=row.made_at,
                           published_on=row.made_on, says="in effect")  # fmt: skip


def _publication(place: Any, row: Any) -> Any:
    from concord.records.models import Publication

    body = f"<p>{row.title}</p>".encode() * 20
    return Publication(
        place=place, kind="decision record", title=row.title, media_type="text/html", body=body,
        sha256=hashlib.sha256(body).hexdigest(), published_by="a benchmark",
        published_at=datetime.combine(row.made_on, datetime.min.time(), UTC),
        details={"decision": row.reference, "organisation": row.organisation},
    )  # fmt: skip


def _document(place: Any, row: Any) -> Any:
    from concord.records.models import SearchDocument

    words = f"{row.record['text']} {row.record['reasons']} {' '.join(row.record['made_by'])}"
    return SearchDocument(place=place, kind="decision", name=row.reference, title=row.title,
                          on=row.made_on, words=words)  # fmt: skip


def pages(places: int, chance: random.Random) -> dict[str, Callable[[], str]]:
    """Each kind of page with an address of it at random."""

    def one() -> str:
        return f"place_{chance.randrange(places):03}"

    def place() -> str:
        return f"/{one()}/"

    def some() -> str:
        year = FIRST.year + chance.randrange(YEARS - 1)
        whose = chance.choice(("council", "icb"))
        return f"{place()}decisions/register/{whose}-{year}-{1 + chance.randrange(20)}/"

    register = "decisions/register/"
    return {
        "a decision": some,
        "a decision's data": lambda: f"{some()[:-1]}.json",
        "the register": lambda: f"{place()}{register}",
        "the register, filtered": lambda: f"{place()}{register}?organisation=icb&year=2021",
        "its figures": lambda: f"{place()}{register}figures/",
        "its feed": lambda: f"{place()}decisions/register.atom",
        "a place": place,
        "search, a rare word": lambda: f"/search/?q={chance.choice(NOUNS)}+{chance.randrange(40)}",
        "search, a common word": lambda: "/search/?q=contract",
        "search of one place": lambda: f"/search/?q=contract&place={one()}",
    }  # fmt: skip


def measure(places: int) -> None:
    from django.test import Client

    client, chance = Client(), random.Random(SEED)  # noqa: S311 - a benchmark, not a secret
    began = time.perf_counter()
    for number in range(places):
        for path in ("", "decisions/register/figures/", "decisions/register/council-2020-1/"):
            assert client.get(f"/place_{number:03}/{path}").status_code == 200  # noqa: S101
    print(f"Each place's pages once, from nothing: {time.perf_counter() - began:.0f} s")
    for name, address in pages(places, chance).items():
        each = []
        for _ in range(ASKED):
            path = address()
            started = time.perf_counter()
            status = client.get(path).status_code
            each.append(1000 * (time.perf_counter() - started))
            assert status == 200, path  # noqa: S101
        each.sort()
        last = each[int(len(each) * 0.95)]
        print(f"{name:24} median {statistics.median(each):5.1f} ms, 95th {last:5.1f} ms")


def main() -> None:
    places = int(sys.argv[1]) if len(sys.argv) > 1 else 150
    decisions = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    start()
    from django.db import connection

    from concord.records.models import Decision

    began = time.perf_counter()
    if not Decision.objects.exists():
        fill(places, decisions)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    held = f"{Decision.objects.count():,} decisions at {places} places"
    print(f"{held}, {connection.vendor}, filled in {time.perf_counter() - began:.0f} s")
    measure(places)


if __name__ == "__main__":
    main()
