"""What Concord says back: a finding about a text, a verdict on a question, a refusal of an act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Weight(StrEnum):
    """How much a finding matters: a grave one must be mended, a slight one looked at again."""

    GRAVE = "grave"
    SLIGHT = "slight"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem in what someone wrote, with its line and what would mend it.

    `id` is stable (`family.name`); `line` counts from 1, and 0 means the file as a whole.
    """

    id: str
    line: int
    says: str
    remedy: str
    file: str = ""
    weight: Weight = Weight.GRAVE
    authority: str = ""
    unverified: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.weight} {self.id}: {self.says}"


class Answer(IntEnum):
    """The four answers, worst first, so that all-of is `min` and any-of is `max`."""

    REFUSED = 0
    NOT_STATED = 1
    NEEDS = 2
    STANDS = 3

    @property
    def word(self) -> str:
        return self.name.lower().replace("_", " ")


@dataclass(frozen=True, slots=True)
class Authority:
    """Where a rule comes from: a clause of an adopted text, a source and its place, a law.

    `unverified` says that nobody has checked the law's text; `proposed` that the row is no more.
    """

    clause: str = ""
    sources: tuple[str, ...] = ()
    law: str = ""
    unverified: bool = False
    proposed: bool = False

    def __str__(self) -> str:
        parts = [p for p in (self.clause, *self.sources, self.law) if p]
        marks = [
            m for m, on in (("unverified", self.unverified), ("proposed", self.proposed)) if on
        ]
        return "; ".join(parts) + (f" ({', '.join(marks)})" if marks else "")

    def __bool__(self) -> bool:
        return bool(self.clause or self.sources or self.law)


@dataclass(frozen=True, slots=True)
class Reason:
    """One test a rule made: what it found, under which authority, and what would mend it."""

    answer: Answer
    says: str
    authority: Authority = field(default_factory=Authority)
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule's answer with every reason it rests on."""

    answer: Answer
    reasons: tuple[Reason, ...] = ()

    @property
    def stands(self) -> bool:
        return self.answer is Answer.STANDS

    @property
    def against(self) -> tuple[Reason, ...]:
        """The reasons that keep it from standing, worst first."""
        return tuple(
            sorted((r for r in self.reasons if r.answer < Answer.STANDS), key=lambda r: r.answer)
        )

    @property
    def remedies(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r.remedy for r in self.against if r.remedy))


def all_of(reasons: Iterable[Reason]) -> Verdict:
    """The worst of the reasons; nothing to test stands."""
    kept = tuple(reasons)
    return Verdict(min((r.answer for r in kept), default=Answer.STANDS), kept)


class Refused(Exception):
    """An act that a rule does not let through; raised by commands only."""

    def __init__(self, verdict: Verdict, act: str = "") -> None:
        self.verdict = verdict
        self.act = act
        super().__init__("; ".join(r.says for r in verdict.against) or act)
