"""Whether the evidence is as it was written: the whole chain, and every adopted text against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concord.domain.audit import Break, verify, verify_texts
from concord.domain.findings import Finding
from concord.records.models import AuditEntry, TextVersion


def verify_evidence(noted: Mapping[int, str] | None = None) -> Iterator[Finding]:
    """Every break, as it is met; `noted` gives hashes of entries kept where the database is not."""
    for found in verify(AuditEntry.objects.as_facts(), noted):
        yield _finding(found, "audit trail")
    for found in verify_texts(TextVersion.objects.as_facts(), AuditEntry.objects.as_facts()):
        yield _finding(found, "adopted texts")


def _finding(found: Break, where: str) -> Finding:
    remedy = "restore a copy made before the change, and find out who could write to the database"
    return Finding(found.id, found.number, found.says, remedy, where)
