"""Texts by kind: read or refused, drafted by several at once, merged, adopted; no work is lost."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from concord.commands.command import Acting, Done, refuse
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.reader import read_arrangement
from concord.domain.decisions.calendars import read_calendar
from concord.domain.decisions.reader import read_matter
from concord.domain.findings import Answer, Authority, Finding, Reason, Refused, Verdict, Weight
from concord.domain.funds.reader import read_fund
from concord.domain.language.merge import merged
from concord.records.models import Draft, KeptText, Place, TextVersion
from concord.records.models.agreements import ARRANGEMENT, CALENDAR, FUND

UNSTORABLE = {"text.too_long", "text.too_deep", "text.control_character"}
KEPT_REVISIONS = 50  # from how many saves ago two people's changes can still be put together


class Read(Protocol):
    """A text as read, of whatever kind."""

    @property
    def findings(self) -> Sequence[Finding]: ...


class TextRefused(Refused):
    """A text that cannot be kept, with every finding that stands in its way."""

    def __init__(self, findings: Iterable[Finding], act: str) -> None:
        self.findings = tuple(findings)
        super().__init__(Verdict(Answer.REFUSED, tuple(map(_reason, self.findings))), act)


class TextsDiffer(Refused):
    """Somebody saved first: both texts, and the two put together where that can be done."""

    def __init__(self, yours: str, theirs: Draft, together: str | None, act: str) -> None:
        self.yours, self.theirs, self.together = yours, theirs, together
        self.kept: KeptText | None = None
        by = theirs.edited_by or "somebody else"
        says = f"{by} changed this text after you opened it; both texts are kept"
        remedy = (
            "look at the two put together, and save that"
            if together is not None
            else "you both changed the same lines: choose between them, and save"
        )
        super().__init__(
            Verdict(Answer.REFUSED, (Reason(Answer.REFUSED, says, remedy=remedy),)), act
        )


def _reason(finding: Finding) -> Reason:
    where = f"line {finding.line}: " if finding.line else ""
    authority = Authority(clause=finding.authority or finding.id, unverified=finding.unverified)
    return Reason(Answer.REFUSED, where + finding.says, authority, finding.remedy)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read(place: str, kind: str, text: str) -> Read:
    """A text of that kind, read beside the place's newest arrangement where it needs one."""
    if kind == ARRANGEMENT:
        return read_arrangement(text, f"{ARRANGEMENT}.toml")
    arrangement = arrangement_of(place)
    if kind == CALENDAR:
        return read_calendar(text, arrangement, f"{CALENDAR}.toml")
    if kind == FUND:
        return read_fund(text, arrangement, f"{FUND}.toml")
    return read_matter(text, arrangement, f"{kind.replace(':', 's/', 1)}.toml")


def arrangement_of(place: str) -> Arrangement:
    """The arrangement of a place's newest version; refused where there is none to read beside."""
    version = TextVersion.objects.newest(place)
    arrangement = _arrangement(version.sha256, version.text) if version else None
    if arrangement is None:
        raise refuse(
            "agreements.read", f"{place[:80]!r} has no arrangement", "load its folder first"
        )
    return arrangement


@lru_cache(maxsize=64)
def _arrangement(sha256: str, text: str) -> Arrangement | None:
    """The arrangement that a text holds; its hash makes finding it again cheap."""
    return read_arrangement(text).arrangement


def newest_arrangement(place: str) -> TextVersion:
    """A place's newest arrangement as adopted; refused where there is none."""
    version: TextVersion | None = TextVersion.objects.newest(place)
    if version is None:
        raise refuse("agreements.read", f"{place[:80]!r} has no arrangement", "load its folder")
    return version


def read_or_refuse(place: str, kind: str, text: str, act: str) -> Read:
    """The text as read; refused with all of its findings where it cannot be understood."""
    _refuse_unwritable(text, act)
    reading = read(place, kind, text)
    stopping = [f for f in reading.findings if _stops(f)]
    if stopping:
        raise TextRefused(stopping, act)
    return reading


def _stops(finding: Finding) -> bool:
    """A text whose words or names are not understood cannot be kept; an unwise one can."""
    return finding.weight is Weight.GRAVE and finding.id.startswith(("text.", "ref.", "date."))


def _refuse_unwritable(text: str, act: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        says, remedy = "the text holds half of a character", "copy it again from its source"
        raise refuse(act, says, remedy) from None


def save(acting: Acting, place: str, kind: str, text: str, revision: int, act: str) -> Done[Draft]:
    """Saves a draft as the next revision; TextsDiffer where somebody saved in between."""
    refuse_unstorable(place, kind, text, act)
    draft = draft_of(place, act, kind)
    if draft.revision != revision and draft.text != text:
        raise differ(draft, text, revision, act)
    if draft.text == text:
        return Done(draft)
    before = told(draft)
    move_on(acting, draft, text, is_open=True)
    return Done(
        draft, f"saved revision {draft.revision} of the draft{_of(kind)}", before, told(draft)
    )


def keep(acting: Acting, place: str, kind: str, text: str, revision: int) -> Done[KeptText]:
    """Sets aside a text that was saved too late, so that its writer can put the two together."""
    draft = Draft.objects.desk(place, kind)
    kept = set_aside(acting, draft, text, revision, KeptText.TOO_LATE)
    what = f"set aside a text{_of(kind)} begun from revision {revision} and saved too late"
    return Done(kept, what, after={"kept": kept.pk, "sha256": sha256(text)})


def discard(acting: Acting, place: str, kind: str, revision: int, act: str) -> Done[KeptText]:
    """Goes back to the newest version; the discarded text is set aside, not deleted."""
    draft = open_draft(place, revision, act, kind)
    newest = TextVersion.objects.newest(place, kind)
    kept = set_aside(acting, draft, draft.text, draft.revision, KeptText.DISCARDED)
    before = told(draft)
    draft.based_on = newest
    move_on(acting, draft, newest.text if newest else "", is_open=False)
    return Done(kept, f"discarded revision {revision} of the draft{_of(kind)}", before, told(draft))


def adopt(acting: Acting, draft: Draft, text: str, note: str) -> Done[TextVersion]:
    """Makes the text the next version of its kind, kept verbatim with its hash."""
    newest = TextVersion.objects.newest(draft.place_id, draft.kind)
    version = TextVersion.objects.create(
        place_id=draft.place_id,
        kind=draft.kind,
        number=newest.number + 1 if newest else 1,
        text=text,
        sha256=sha256(text),
        adopted_at=acting.now,
        adopted_by=acting.who,
        note=note,
        based_on=draft.based_on if draft.is_open else newest,
    )
    draft.based_on = version
    move_on(acting, draft, text, is_open=False)
    before = told_version(newest) if newest else None
    what = f"adopted version {version.number} of the {draft.kind}"
    return Done(version, what, before, told_version(version))


def _of(kind: str) -> str:
    return "" if kind == ARRANGEMENT else f" of the {kind}"


def draft_of(place: str, act: str, kind: str = ARRANGEMENT) -> Draft:
    """What an editor of that text starts from."""
    if not Place.objects.filter(name=place).exists():
        raise refuse(act, f"there is no place called {place[:80]!r}", "load its folder first")
    draft: Draft = Draft.objects.desk(place, kind)
    return draft


def open_draft(place: str, revision: int, act: str, kind: str = ARRANGEMENT) -> Draft:
    """The draft just as its reader saw it, for an act that would be wrong on any other text."""
    draft = draft_of(place, act, kind)
    if not draft.is_open:
        raise refuse(act, "there is no draft here", "write one first")
    if draft.revision != revision:
        says = f"{draft.edited_by} saved revision {draft.revision} after you looked at {revision}"
        raise refuse(act, says, "read the draft as it is now, and then decide")
    return draft


def differ(draft: Draft, text: str, revision: int, act: str) -> TextsDiffer:
    common = KeptText.objects.text_of_revision(draft.place_id, draft.kind, revision)
    together = None if common is None else merged(common, text, draft.text)
    return TextsDiffer(text, draft, together, act)


def refuse_unstorable(place: str, kind: str, text: str, act: str) -> None:
    """A draft may be unfinished, but not too long to read nor full of what no keyboard writes."""
    _refuse_unwritable(text, act)
    findings = read(place, kind, text).findings
    if unstorable := [f for f in findings if f.id in UNSTORABLE]:
        raise TextRefused(unstorable, act)


def move_on(acting: Acting, draft: Draft, text: str, *, is_open: bool) -> None:
    """Moves the draft on by one revision, keeping for a while the text from which others began."""
    replaced = KeptText.objects.filter(
        place=draft.place_id, kind=draft.kind, because=KeptText.REPLACED
    )
    replaced.filter(revision__lte=draft.revision - KEPT_REVISIONS).delete()
    before = Draft.objects.desk(draft.place_id, draft.kind)
    set_aside(acting, draft, before.text, before.revision, KeptText.REPLACED)
    draft.text, draft.is_open = text, is_open
    draft.revision += 1
    draft.edited_by, draft.edited_at = acting.who, acting.now
    draft.save()


def set_aside(acting: Acting, draft: Draft, text: str, revision: int, because: str) -> KeptText:
    """Keeps a text that would otherwise be lost: replaced, discarded or saved too late."""
    kept: KeptText = KeptText.objects.create(
        place_id=draft.place_id,
        kind=draft.kind,
        text=text,
        revision=revision,
        because=because,
        account=acting.account,
        kept_at=acting.now,
    )
    return kept


def told_version(version: TextVersion) -> dict[str, object]:
    """A version as the trail tells it, and as verifying the texts looks for it."""
    return {"kind": version.kind, "version": version.number, "sha256": version.sha256}


def told(draft: Draft) -> dict[str, object]:
    """A draft as the audit trail tells it: the text itself is known by its hash."""
    return {"revision": draft.revision, "open": draft.is_open, "sha256": sha256(draft.text)}
