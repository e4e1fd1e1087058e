"""`concord matter`: check a matter's text and say what its facts answer; no database is needed."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path

from concord.cli.printing import Failed, as_json, say_findings, wrapped
from concord.cli.texts import arrangement_of, file_of, today
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label
from concord.domain.decisions.checks import all_checks
from concord.domain.decisions.checks.days import written_on
from concord.domain.decisions.facts import MatterAnswers, answers
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.obligations import Obligation, obligation, open_first
from concord.domain.decisions.reader import MatterReading, read_matter
from concord.domain.language.source import LONGEST


def matter(asked: Namespace) -> int:
    """Findings, what the facts answer, and what is promised. Exit 1 if something is grave."""
    a = arrangement_of(asked.place)
    reading = reading_of(asked.place, asked.matter, a)
    text = reading.matter
    if text is None:
        if asked.json:
            as_json({"findings": reading.findings, "not_stated": reading.not_stated})
        else:
            say_findings(reading.findings)
        return 1
    # The facts are asked about on the day of the report; promises as they stand now.
    known = answers(text, a, asked.on or written_on(text) or today())
    promises = promises_of(text, asked.matter, asked.on or today())
    if asked.json:
        as_json(
            {
                "matter": text, "answers": known, "promises": promises,
                "findings": reading.findings, "not_stated": reading.not_stated,
            }
        )  # fmt: skip
    else:
        _say(text, a, known, promises)
        _say_found(reading)
    return 1 if reading.grave else 0


def reading_of(place: str, name: str, arrangement: Arrangement) -> MatterReading:
    """A matter's text, read and checked; no more of a file is taken than the reader accepts."""
    file = matter_file(place, name)
    with file.open("rb") as stream:
        data = stream.read(LONGEST + 1)
    text = data.decode("utf-8", errors="replace")
    return read_matter(text, arrangement, str(file), checks=(all_checks,))


def matter_file(place: str, name: str) -> Path:
    """The text of a matter given as a file, or by its name among its place's matters."""
    folder = file_of(place).parent / "matters"
    for candidate in (Path(name), folder / name, folder / f"{name}.toml"):
        if candidate.is_file():
            return candidate
    known = ", ".join(sorted(p.stem for p in folder.glob("*.toml")))
    remedy = (
        f"Name a file or one of: {known}." if known else "The place has no matters; name a file."
    )
    raise Failed(f"no matter is found at {name!r}", remedy)


def promises_of(text: MatterText, name: str, on: date) -> tuple[Obligation, ...]:
    return open_first(obligation(p, Path(name).stem, on) for p in text.promises.values())


def _say(
    text: MatterText, a: Arrangement, known: MatterAnswers, promises: tuple[Obligation, ...]
) -> None:
    print(text.matter.title)
    for key in known.keys:
        word = {True: "Key decision", False: "Not a key decision", None: "Key or not: not stated"}
        print(wrapped(f"{word[key.key]} for {label(a, key.organisation)}: {key.says}.", "  "))
    print("\nStops" if known.stops else "\nNo stops")
    for stop in known.stops:
        whose = f", {label(a, stop.organisation)}" if stop.organisation else ""
        print(wrapped(f"{stop.maker}{whose}: {stop.says}.", "  ", "    "))
    for organisation in known.without_stop:
        print(wrapped(f"{label(a, organisation)} has to decide, and no stop decides for it.", "  "))
    if promises:
        print("\nPromises")
    for promise in promises:
        owner = label(a, promise.owner) if promise.owner else "nobody named"
        by = f" by {promise.by}" if promise.by else ""
        print(wrapped(f"{promise.state}: {promise.what} ({owner}){by}", "  ", "    "))


def _say_found(reading: MatterReading) -> None:
    print("\nFindings" if reading.findings else "")
    say_findings(reading.findings)
    slight = len(reading.findings) - len(reading.grave)
    print(
        f"{len(reading.grave)} must be mended, {slight} to look at again, "
        f"{len(reading.not_stated)} not stated."
    )
