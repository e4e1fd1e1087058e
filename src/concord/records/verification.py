"""Whether the evidence is as it was written: the chain, the adopted texts, what was published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from concord.domain.audit import Break, verify, verify_texts
from concord.domain.findings import Finding
from concord.records.models import AuditEntry, FiledPaper, Publication, TextVersion

_RESTORE = "restore a copy made before the change, and find out who could write to the database"


def verify_evidence(noted: Mapping[int, str] | None = None) -> Iterator[Finding]:
    """Every break, as it is met; `noted` gives hashes of entries kept where the database is not."""
    for found in verify(AuditEntry.objects.as_facts(), noted):
        yield _finding(found, "audit trail")
    for found in verify_texts(TextVersion.objects.as_facts(), AuditEntry.objects.as_facts()):
        yield _finding(found, "adopted texts")
    published = Publication.objects.values_list("pk", "body", "sha256")
    yield from _files("publication", published.iterator(chunk_size=1))
    filed = FiledPaper.objects.values_list("pk", "pdf", "sha256")
    yield from _files("filed paper", filed.iterator(chunk_size=1))


def _files(what: str, rows: Iterable[tuple[int, bytes, str]]) -> Iterator[Finding]:
    """Every file whose bytes are no longer those whose hash was recorded."""
    for number, body, recorded in rows:
        if hashlib.sha256(bytes(body)).hexdigest() != recorded:
            says = f"{what} {number} is not the file that was recorded"
            yield Finding("audit.file_changed", number, says, _RESTORE, f"{what}s")


def _finding(found: Break, where: str) -> Finding:
    return Finding(found.id, found.number, found.says, _RESTORE, where)
