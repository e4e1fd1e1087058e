"""Commands on a place's text: check it, show it. None of them needs a database."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from concord.cli.beside import findings_beside
from concord.cli.printing import Failed, as_json, say_findings
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.checks import findings_on
from concord.domain.agreements.reader import Reading, read_arrangement
from concord.domain.findings import Finding, Weight
from concord.domain.funds.checks.covered import covered_findings
from concord.domain.funds.reader import FundReading, read_fund
from concord.domain.language.plain import plain
from concord.domain.language.source import LONGEST
from concord.domain.language.values import NotStated

FILE = "arrangement.toml"
FUND_FILE = "fund.toml"


def today() -> date:
    """The date here and now; only the command line and the web ask the clock."""
    return datetime.now(UTC).astimezone().date()


def file_of(place: str) -> Path:
    """The text of a place given as a file, a folder, or a name under `places/`."""
    given = Path(place)
    beside = Path(__file__).resolve().parents[3] / "places"
    for candidate in (given, given / FILE, Path("places") / place / FILE, beside / place / FILE):
        if candidate.is_file():
            return candidate
    known = ", ".join(sorted(p.parent.name for p in beside.glob(f"*/{FILE}")))
    raise Failed(
        f"no arrangement is found at {place!r}", f"Name a file, a folder or one of: {known}."
    )


def reading_of(place: str) -> Reading:
    """A place's text, read; no more of a file is taken than the reader accepts."""
    file = file_of(place)
    with file.open("rb") as stream:
        data = stream.read(LONGEST + 1)
    return read_arrangement(data.decode("utf-8", errors="replace"), str(file))


def fund_file_of(place: str) -> Path | None:
    """The fund text beside a place's arrangement; None where there is none."""
    file = file_of(place)
    beside = file.with_name(FUND_FILE)
    return beside if file.name == FILE and beside.is_file() else None


def fund_reading_of(file: Path, arrangement: Arrangement) -> FundReading:
    """A fund text, read; no more of a file is taken than the reader accepts."""
    with file.open("rb") as stream:
        data = stream.read(LONGEST + 1)
    return read_fund(data.decode("utf-8", errors="replace"), arrangement, str(file))


def all_findings(reading: FundReading, arrangement: Arrangement, file: str) -> list[Finding]:
    """The findings of a fund text, and those on powers over funds that the text does not have."""
    found = list(reading.findings)
    if reading.fund is not None:
        found += [replace(f, file=file) for f in covered_findings(reading.fund, arrangement)]
    return found


def arrangement_of(place: str) -> Arrangement:
    """A place's arrangement, or the findings that keep it from being read."""
    reading = reading_of(place)
    if reading.arrangement is None:
        say_findings(reading.findings)
        raise Failed(f"the text of {place} cannot be read", "Mend what is listed first.", 1)
    return reading.arrangement


def check(asked: Namespace) -> int:
    """Every finding of every place named, all at once; with a day, what depends on it too."""
    readings = {place: reading_of(place) for place in asked.places}
    funds = {place: _fund(place, reading) for place, reading in readings.items()}
    found = {
        p: [
            *_found(p, r, asked.on), *funds[p].findings,
            *findings_beside(p, file_of(p), r.arrangement),
        ]
        for p, r in readings.items()
    }  # fmt: skip
    silent = {p: [*r.not_stated, *funds[p].not_stated] for p, r in readings.items()}
    findings = [f for here in found.values() for f in here]
    grave = [f for f in findings if f.weight is Weight.GRAVE]
    if asked.json:
        as_json({"findings": findings, "not_stated": silent})
        return 1 if grave else 0
    say_findings(findings)
    for place, here in found.items():
        mend = sum(f.weight is Weight.GRAVE for f in here)
        print(
            f"{place}: {mend} must be mended, {len(here) - mend} to look at again, "
            f"{len(silent[place])} not stated."
        )
    return 1 if grave else 0


def _fund(place: str, reading: Reading) -> FundReading:
    """The fund text beside an arrangement that could be read; where there is none, nothing."""
    file = fund_file_of(place)
    if file is None or reading.arrangement is None:
        return FundReading("", None, ())
    found = fund_reading_of(file, reading.arrangement)
    findings = all_findings(found, reading.arrangement, str(file_of(place)))
    return replace(found, findings=tuple(findings))


def _found(place: str, reading: Reading, on: date | None) -> list[Finding]:
    """The findings of a text, with those of a day where one is asked about, in order of lines."""
    if on is None or reading.arrangement is None:
        return list(reading.findings)
    file = str(file_of(place))
    of_day = [replace(f, file=file) for f in findings_on(reading.arrangement, on)]
    return sorted([*reading.findings, *of_day], key=lambda f: (f.line, f.id))


def show(asked: Namespace) -> int:
    """What a text says, in short: partners, bodies, powers, agreements."""
    a = arrangement_of(asked.place)
    if asked.json:
        as_json(a)
        return 0
    kind = " (fictional)" if a.place.fictional else ""
    print(f"{a.place.name}{kind}")
    for organisation in a.organisations.values():
        print(f"  {organisation.label}: {_words(organisation.kind)}{_days(organisation)}")
    print("\nBodies")
    for body in a.bodies.values():
        print(f"  {body.label}: {_words(body.legal_form)}")
    print("\nPowers given")
    for row in a.delegations.values():
        to = ", ".join(row.given_to)
        print(f"  {row.id}: {_words(row.from_)} to {to}, limit {plain(row.limit)}{_days(row)}")
    print("\nAgreements")
    for agreement in a.agreements.values():
        print(f"  {agreement.label}: {_words(agreement.kind)}")
    return 0


def _words(value: object) -> str:
    return value.words if isinstance(value, NotStated) else str(value)


def _days(row: object) -> str:
    starts, ends = getattr(row, "starts", None), getattr(row, "ends", None)
    parts = [
        f"from {starts}" if isinstance(starts, date) else "",
        f"to {ends}" if isinstance(ends, date) else "",
    ]
    words = " ".join(p for p in parts if p)
    return f" ({words})" if words else ""
