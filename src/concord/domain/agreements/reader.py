"""Reads an arrangement: text in; what it says, every finding and every silence out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.checks import all_checks
from concord.domain.agreements.names import name_findings
from concord.domain.findings import Finding, Weight
from concord.domain.language.reading import At, Gathered, NotStatedAt
from concord.domain.language.source import read_source
from concord.domain.language.tables import read_row

FORMATS = (1,)  # every number ever adopted stays here


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says, as far as it can be read, with all findings and silences.

    `arrangement` is None only where the text is not well-formed or of an unknown format.
    """

    text: str
    arrangement: Arrangement | None
    findings: tuple[Finding, ...]
    not_stated: tuple[NotStatedAt, ...] = ()

    @property
    def grave(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.weight is Weight.GRAVE)

    @property
    def storable(self) -> bool:
        """Whether the text may be kept as a place's own: it can be read, and its names resolve."""
        families = {f.id.split(".")[0] for f in self.grave}
        return self.arrangement is not None and not families & {"text", "ref", "date"}


def read_arrangement(text: str, file: str = "arrangement.toml") -> Reading:
    """Read a whole arrangement; nothing is raised, whatever the text is."""
    source, faults = read_source(text, file)
    if source is None:
        return Reading(text, None, faults)
    gathered = Gathered(source)
    if source.values.get("format") not in FORMATS:
        at = At(gathered, ("format",))
        says = f"the text's format is {source.values.get('format', 'missing')!r}"
        at.found("text.unknown_format", says, 'Begin the text with "format = 1".')
        return Reading(text, None, tuple(gathered.findings))
    arrangement = read_row(Arrangement, dict(source.values), At(gathered, ()))
    findings = [*gathered.findings]
    if arrangement is not None:
        findings.extend(replace(f, file=file) for f in _checks(arrangement, gathered))
    return Reading(text, arrangement, _in_order(findings), tuple(gathered.not_stated))


def _checks(arrangement: Arrangement, gathered: Gathered) -> Iterator[Finding]:
    yield from name_findings(arrangement, gathered)
    yield from all_checks(arrangement)


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(dict.fromkeys(findings), key=lambda f: (f.line, f.id)))
