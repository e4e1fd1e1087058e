"""Whether the evidence is as it was written: the chain, the texts, the rows, what was published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Count, F, Max, Min, Model, Q

from concord.domain.audit import Break, Entry, verify, verify_texts
from concord.domain.findings import Finding
from concord.records.digests import digest, named
from concord.records.ledger_proof import prove
from concord.records.models import (
    Action,
    ActionUpdate,
    AuditEntry,
    BudgetVersion,
    Decision,
    DecisionStep,
    DispensationEntry,
    DisputeEntry,
    FiledPaper,
    ForecastRecord,
    InterestEntry,
    LedgerAct,
    LedgerMapping,
    LedgerPeriod,
    Meeting,
    MeetingEntry,
    MinutesEntry,
    Outcome,
    PromiseMet,
    Publication,
    SignOffEvent,
    Talk,
    TextVersion,
)

_RESTORE = "restore a copy made before the change, and find out who could write to the database"
# Every row of these is told in the trail with its hash, by the command that made it.
TOLD: tuple[type[Model], ...] = (
    MeetingEntry, Outcome, Decision, DecisionStep, InterestEntry, DispensationEntry, DisputeEntry,
    Talk, Action, ActionUpdate, MinutesEntry, LedgerAct,
    LedgerPeriod, LedgerMapping, BudgetVersion, ForecastRecord,
)  # fmt: skip
# Rows of these are told since commands tell rows; older ones stand without a hash.
TOLD_SINCE: tuple[type[Model], ...] = (SignOffEvent, PromiseMet)


def verify_evidence(noted: Mapping[int, str] | None = None) -> Iterator[Finding]:
    """Every break, as it is met; `noted` gives hashes of entries kept where the database is not."""
    told: dict[str, str] = {}
    for found in verify(_listening(AuditEntry.objects.as_facts(), told), noted):
        yield _finding(found, "audit trail")
    for found in verify_texts(TextVersion.objects.as_facts(), AuditEntry.objects.as_facts()):
        yield _finding(found, "adopted texts")
    published = Publication.objects.values_list("pk", "body", "sha256")
    yield from _files("publication", published.iterator(chunk_size=1))
    filed = FiledPaper.objects.values_list("pk", "pdf", "sha256")
    yield from _files("filed paper", filed.iterator(chunk_size=1))
    for found in prove():
        yield _finding(found, "ledger")
    yield from _rows(told)
    yield from _numbers()


def _listening(entries: Iterable[Entry], told: dict[str, str]) -> Iterator[Entry]:
    """The chain as it is read, with the hash of every row that it tells of noted on the way."""
    for entry in entries:
        if '"made":' in entry.after:
            after = _after(entry.after)
            made = after.get("made") if isinstance(after, dict) else None
            told.update({str(k): str(v) for k, v in made.items()} if isinstance(made, dict) else {})
        yield entry


def _after(text: str) -> object:
    """What an entry says it left; a text that was spoilt says nothing, and the chain tells so."""
    try:
        found: object = json.loads(text)
    except ValueError:
        return None
    return found


def _rows(told: dict[str, str]) -> Iterator[Finding]:
    """Every row that is not as the trail tells of it, that it does not tell of, or that is gone."""
    for model in (*TOLD, *TOLD_SINCE):
        for row in model._default_manager.order_by("pk").iterator(chunk_size=500):
            recorded = told.pop(named(row), None)
            if recorded is None and model in TOLD:
                yield _row("audit.row_unrecorded", row, "was written by no act of the trail")
            elif recorded is not None and digest(row) != recorded:
                yield _row("audit.row_changed", row, "is not as it was recorded")
    ours = {model._meta.db_table for model in (*TOLD, *TOLD_SINCE)}
    for name in told:
        table, _, number = name.partition(" ")
        if table in ours:
            says = f"{_called(table)} {number} is gone"
            yield Finding("audit.row_missing", int(number), says, _RESTORE, _called(table))


def _row(id_: str, row: Model, says: str) -> Finding:
    what = _called(row._meta.db_table)
    return Finding(id_, row.pk, f"{what} {row.pk} {says}", _RESTORE, what)


def _called(table: str) -> str:
    """A table in words: a meeting entry, a decision step."""
    for model in (*TOLD, *TOLD_SINCE):
        if model._meta.db_table == table:
            return str(model._meta.verbose_name or table)
    return table


def _numbers() -> Iterator[Finding]:
    """Every series of numbers with one left out: decisions, actions, a meeting's entries."""
    series = (
        (Decision.objects.values("place", "organisation", "year"), "decisions"),
        (Action.objects.values("place"), "actions"),
        (MeetingEntry.objects.values("meeting"), "a meeting's entries"),
    )
    for rows, what in series:
        kept = rows.annotate(first=Min("number"), last=Max("number"), many=Count("pk"))
        for one in kept.exclude(first=1, last=F("many")).order_by():
            of = ", ".join(str(v) for k, v in one.items() if k not in ("first", "last", "many"))
            says = (
                f"{what} of {of}: {one['many']} are there, and their numbers run to {one['last']}"
            )
            yield Finding("audit.number_missing", one["last"], says, _RESTORE, what)
    short = Meeting.objects.annotate(many=Count("entries")).filter(~Q(head=F("many")))
    for meeting in short.order_by("pk"):
        says = f"{meeting.name}: its count is {meeting.head}, and {meeting.many} entries are there"
        yield Finding("audit.number_missing", meeting.head, says, _RESTORE, "a meeting's entries")


def _files(what: str, rows: Iterable[tuple[int, bytes, str]]) -> Iterator[Finding]:
    """Every file whose bytes are no longer those whose hash was recorded."""
    for number, body, recorded in rows:
        if hashlib.sha256(bytes(body)).hexdigest() != recorded:
            says = f"{what} {number} is not the file that was recorded"
            yield Finding("audit.file_changed", number, says, _RESTORE, f"{what}s")


def _finding(found: Break, where: str) -> Finding:
    return Finding(found.id, found.number, found.says, _RESTORE, where)
