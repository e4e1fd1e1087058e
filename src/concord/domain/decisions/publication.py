"""What becomes of a paper or notice: draft, ready, public, superseded or withdrawn.

A published version never changes. A correction is a version of its own that names the one it
supersedes, and both stay where the public can see them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from concord.domain.agreements.labels import listed
from concord.domain.calendar import in_words
from concord.domain.decisions.lateness import Lateness
from concord.domain.findings import Answer, Reason, Verdict, all_of


class PaperStage(StrEnum):
    """Where a version of a paper or notice stands."""

    DRAFT = "draft"
    READY = "ready"
    PUBLIC = "public"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Publishing(StrEnum):
    """What is done to a version."""

    EDIT = "edit"
    MAKE_READY = "make ready"
    TAKE_BACK = "take back"
    PUBLISH = "publish"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"


ACTS: Mapping[tuple[PaperStage, Publishing], PaperStage] = MappingProxyType(
    {
        (PaperStage.DRAFT, Publishing.EDIT): PaperStage.DRAFT,
        (PaperStage.DRAFT, Publishing.MAKE_READY): PaperStage.READY,
        (PaperStage.READY, Publishing.TAKE_BACK): PaperStage.DRAFT,
        (PaperStage.READY, Publishing.PUBLISH): PaperStage.PUBLIC,
        (PaperStage.PUBLIC, Publishing.SUPERSEDE): PaperStage.SUPERSEDED,
        (PaperStage.PUBLIC, Publishing.WITHDRAW): PaperStage.WITHDRAWN,
    }
)
SHOWN = frozenset({PaperStage.PUBLIC, PaperStage.SUPERSEDED, PaperStage.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a paper or notice; `hash` is of the bytes as they are or were made ready.

    `why` says why it supersedes another, `withdrawn` why it was withdrawn.
    """

    of: str
    number: int
    stage: PaperStage
    hash: str = ""
    published: date | None = None
    supersedes: int | None = None
    why: str = ""
    withdrawn: str = ""
    late: Lateness | None = None

    @property
    def shown(self) -> bool:
        """Whether the public sees it: everything that was ever public stays so."""
        return self.stage in SHOWN


def may(version: Version, act: Publishing) -> Verdict:
    """Whether an act follows from where a version stands."""
    if (version.stage, act) in ACTS:
        return all_of([Reason(Answer.STANDS, f"it is {version.stage}")])
    if version.stage in SHOWN and act in (
        Publishing.EDIT,
        Publishing.TAKE_BACK,
        Publishing.MAKE_READY,
    ):
        says = "a published version never changes"
        remedy = "Publish a correction, which says what it supersedes and why."
        return all_of([Reason(Answer.REFUSED, says, remedy=remedy)])
    allowed = [str(a) for s, a in ACTS if s is version.stage]
    says = f"it is {version.stage}, and one cannot {act} it"
    remedy = f"One can {listed(allowed, 'or')} it." if allowed else ""
    return all_of([Reason(Answer.REFUSED, says, remedy=remedy)])


def after(version: Version, act: Publishing) -> PaperStage:
    """The stage that an act leads to; KeyError where it does not follow."""
    return ACTS[version.stage, act]


def may_publish(
    version: Version, versions: Iterable[Version], hash_now: str, complete: Verdict, timely: Verdict
) -> Verdict:
    """Whether a version may be made public: all of its tests, each with its remedy.

    `hash_now` is of what would be published; `complete` says that nothing is missing in it, and
    `timely` that the clocks, or a lawful exit, let it be published on the day.
    """
    reasons = [*may(version, Publishing.PUBLISH).reasons, *complete.reasons, *timely.reasons]
    if hash_now != version.hash:
        says = "what would be published is not what was made ready"
        reasons.append(Reason(Answer.REFUSED, says, remedy="Make it ready again."))
    reasons += _as_correction(version, [v for v in versions if v.of == version.of])
    return all_of(reasons)


def _as_correction(version: Version, versions: list[Version]) -> Iterable[Reason]:
    public = current(versions)
    if public is not None and public.number == version.number:
        return
    if public is None:
        if version.supersedes is not None:
            says = f"version {version.supersedes} is not public, so nothing can supersede it"
            yield Reason(Answer.REFUSED, says, remedy="Publish it as a first version.")
        return
    if version.supersedes != public.number:
        says = f"version {public.number} is public, and this one does not say that it supersedes it"
        yield Reason(Answer.NEEDS, says, remedy=f"Say that it supersedes version {public.number}.")
    if not version.why.strip():
        says = "a correction says why it was made, and this one does not"
        yield Reason(Answer.NEEDS, says, remedy="Say what was wrong.")
    if version.hash == public.hash:
        says = f"it says the same as version {public.number}"
        yield Reason(Answer.REFUSED, says, remedy="There is nothing to correct.")


def may_withdraw(version: Version, why: str) -> Verdict:
    """Whether a public version may be withdrawn; it stays visible with the reason."""
    reasons = [*may(version, Publishing.WITHDRAW).reasons]
    if not why.strip():
        says = "why it is withdrawn is not said"
        reasons.append(Reason(Answer.NEEDS, says, remedy="Give the reason; it will be shown."))
    return all_of(reasons)


def current(versions: Iterable[Version]) -> Version | None:
    """The version that holds: the one that is public now."""
    public = [v for v in versions if v.stage is PaperStage.PUBLIC]
    return max(public, key=lambda v: v.number, default=None)


def history(versions: Iterable[Version]) -> tuple[tuple[Version, str], ...]:
    """Every version the public may see, latest first, with what became of it in words."""
    shown = sorted((v for v in versions if v.shown), key=lambda v: -v.number)
    return tuple((v, _told(v, shown)) for v in shown)


def _told(version: Version, shown: list[Version]) -> str:
    on = f" on {in_words(version.published)}" if version.published else ""
    said = [f"Version {version.number}, published{on}."]
    if version.supersedes is not None:
        said.append(f"It supersedes version {version.supersedes}: {version.why}")
    by = next((v for v in shown if v.supersedes == version.number), None)
    if version.stage is PaperStage.SUPERSEDED and by:
        said.append(f"Superseded by version {by.number}.")
    if version.stage is PaperStage.WITHDRAWN:
        said.append(f"Withdrawn: {version.withdrawn}")
    if version.late:
        said.append(version.late.says)
    return " ".join(said)
