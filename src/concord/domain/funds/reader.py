"""Reads a fund text beside its arrangement: what it says, every finding, every silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.findings import Finding, Weight
from concord.domain.funds.checks import all_checks
from concord.domain.funds.fund import FundText
from concord.domain.funds.names import name_findings
from concord.domain.language.reading import At, Gathered, NotStatedAt
from concord.domain.language.source import read_source
from concord.domain.language.tables import read_row

FORMATS = (1,)  # every number ever adopted stays here


@dataclass(frozen=True, slots=True)
class FundReading:
    """What a fund text says, as far as it can be read; `text` is as it was written.

    `fund` is None only where the text is not well-formed or of an unknown format.
    """

    text: str
    fund: FundText | None
    findings: tuple[Finding, ...]
    not_stated: tuple[NotStatedAt, ...] = ()

    @property
    def grave(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.weight is Weight.GRAVE)

    @property
    def storable(self) -> bool:
        """Whether the text may be kept: it can be read, and its names resolve."""
        families = {f.id.split(".")[0] for f in self.grave}
        return self.fund is not None and not families & {"text", "ref", "date"}


def read_fund(text: str, arrangement: Arrangement, file: str = "fund.toml") -> FundReading:
    """Read a whole fund text; nothing is raised, whatever the text is."""
    source, faults = read_source(text, file)
    if source is None:
        return FundReading(text, None, faults)
    gathered = Gathered(source)
    if source.values.get("format") not in FORMATS:
        says = f"the text's format is {source.values.get('format', 'missing')!r}"
        At(gathered, ("format",)).found("text.unknown_format", says, 'Begin with "format = 1".')
        return FundReading(text, None, tuple(gathered.findings))
    fund = read_row(FundText, dict(source.values), At(gathered, ()))
    findings = [*gathered.findings]
    if fund is not None:
        findings += [replace(f, file=file) for f in _checks(fund, arrangement, gathered)]
    ordered = sorted(dict.fromkeys(findings), key=lambda f: (f.line, f.id))
    return FundReading(text, fund, tuple(ordered), tuple(gathered.not_stated))


def _checks(fund: FundText, arrangement: Arrangement, gathered: Gathered) -> Iterator[Finding]:
    yield from name_findings(fund, arrangement, gathered)
    yield from all_checks(fund, arrangement)
