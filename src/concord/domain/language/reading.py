"""A place in a text while it is read, and all that one reading gathers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

from concord.domain.findings import Finding, Weight
from concord.domain.language.source import Path, Source


class Standing(StrEnum):
    """Whether what a row says has been adopted or is only proposed."""

    ADOPTED = "adopted"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class NotStatedAt:
    """A place where a text says that its source is silent."""

    path: str
    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A name used in the text, the kinds it may be of, and where it stands."""

    name: str
    kinds: tuple[str, ...]
    path: Path
    line: int


@dataclass(slots=True)
class Gathered:
    """All that one reading gathers: findings, references to resolve, silences."""

    source: Source
    findings: list[Finding] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    not_stated: list[NotStatedAt] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class At:
    """A place in a text while it is read, with what its table inherits."""

    gathered: Gathered
    path: Path
    sources: tuple[str, ...] = ()
    standing: Standing = Standing.ADOPTED

    @property
    def line(self) -> int:
        return self.gathered.source.line(self.path)

    @property
    def shown(self) -> str:
        return ".".join(str(p) for p in self.path) or "the head of the file"

    def into(self, name: str | int) -> At:
        return At(self.gathered, (*self.path, name), self.sources, self.standing)

    def found(self, id_: str, says: str, remedy: str, weight: Weight = Weight.GRAVE) -> None:
        finding = Finding(
            id_, self.line, f"{self.shown}: {says}", remedy, self.gathered.source.file, weight
        )
        self.gathered.findings.append(finding)

    def silent(self, words: str) -> None:
        self.gathered.not_stated.append(NotStatedAt(self.shown, self.line, words))

    def refers(self, name: str, kinds: tuple[str, ...]) -> None:
        self.gathered.references.append(Reference(name, kinds, self.path, self.line))


def nearest(word: str, known: Iterable[str]) -> str:
    """A remedy that names the nearest known word, or all of them."""
    known = list(known)
    close = get_close_matches(word, known, n=1)
    return f"Did you mean {close[0]}?" if close else f"Known here: {', '.join(known)}."


def unknown_name(reference: Reference, possible: set[str]) -> Finding | None:
    """A finding where a name that the text uses is none of those possible there."""
    if reference.name in possible:
        return None
    where = ".".join(str(p) for p in reference.path)
    what = " or ".join(dict.fromkeys(k.replace("local_seat", "seat") for k in reference.kinds))
    id_ = "ref.unknown_source" if reference.kinds == ("source",) else "ref.unknown_name"
    says = f"{where}: no {what} is called {reference.name}"
    remedy = nearest(reference.name, sorted(possible)) if possible else f"Define the {what} first."
    return Finding(id_, reference.line, says, remedy)
