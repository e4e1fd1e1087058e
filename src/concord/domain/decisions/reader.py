"""Reads a matter beside its place's arrangement: what it says, every finding, every silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.names import names_of
from concord.domain.decisions.matter import MatterFacts, MatterText
from concord.domain.findings import Finding, Weight
from concord.domain.language.reading import At, Gathered, NotStatedAt, unknown_name
from concord.domain.language.source import read_source
from concord.domain.language.tables import read_row

FORMATS = (1,)
Check = Callable[[MatterText, Arrangement], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class MatterReading:
    """What a matter's text says, as far as it can be read; `text` is as it was written."""

    text: str
    matter: MatterText | None
    findings: tuple[Finding, ...]
    not_stated: tuple[NotStatedAt, ...] = ()

    @property
    def grave(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.weight is Weight.GRAVE)

    @property
    def storable(self) -> bool:
        """Whether the text may be kept: it can be read, and its names resolve."""
        families = {f.id.split(".")[0] for f in self.grave}
        return self.matter is not None and not families & {"text", "ref", "date"}


def read_matter(
    text: str, arrangement: Arrangement, file: str = "matter.toml", checks: Iterable[Check] = ()
) -> MatterReading:
    """Read a whole matter; nothing is raised, whatever the text is. `checks` add their findings."""
    source, faults = read_source(text, file)
    if source is None:
        return MatterReading(text, None, faults)
    gathered = Gathered(source)
    if source.values.get("format") not in FORMATS:
        says = f"the text's format is {source.values.get('format', 'missing')!r}"
        At(gathered, ("format",)).found("text.unknown_format", says, 'Begin with "format = 1".')
        return MatterReading(text, None, tuple(gathered.findings))
    matter = read_row(MatterText, dict(source.values), At(gathered, ()))
    findings = [*gathered.findings]
    if matter is not None:
        findings += [replace(f, file=file) for f in _unresolved(matter, arrangement, gathered)]
        if isinstance(matter.matter, MatterFacts):
            findings += [replace(f, file=file) for c in checks for f in c(matter, arrangement)]
        else:
            matter = None  # a text that does not say what its matter is cannot be asked anything
    ordered = sorted(dict.fromkeys(findings), key=lambda f: (f.line, f.id))
    return MatterReading(text, matter, tuple(ordered), tuple(gathered.not_stated))


def _unresolved(
    matter: MatterText, arrangement: Arrangement, gathered: Gathered
) -> Iterator[Finding]:
    known = names_of(arrangement)
    known["source"] = known["source"] | set(matter.sources_)
    known |= {"stop": set(matter.stops), "exempt": set(matter.exempt)}
    for reference in gathered.references:
        possible = set().union(*(known[k] for k in reference.kinds))
        if unknown := unknown_name(reference, possible):
            yield unknown
