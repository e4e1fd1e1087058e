"""A place's text: loaded from its folder, drafted by several at once, adopted; no work is lost."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from concord.commands.command import Acting, Done, command, refuse
from concord.commands.summaries import summarise
from concord.domain.agreements.reader import Reading, read_arrangement
from concord.domain.findings import Answer, Authority, Finding, Reason, Refused, Verdict, Weight
from concord.domain.language.merge import merged
from concord.records.models import Draft, KeptText, Place, TextVersion
from concord.records.models.agreements import ARRANGEMENT

_NAME = re.compile(r"[a-z][a-z0-9_]{0,79}")
# Addresses of Concord's own, behind which a place of that name could not be reached.
_TAKEN = {"accessibility", "account", "audit", "desk", "glossary", "index", "law", "static"}
_UNSTORABLE = {"text.too_long", "text.too_deep", "text.control_character"}
_KEPT_REVISIONS = 50  # from how many saves ago two people's changes can still be put together
_FROM_FOLDER = "loaded from the place's folder"


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


def read_or_refuse(text: str, act: str) -> Reading:
    """The text as read; refused with all of its findings where it cannot be understood."""
    _refuse_unwritable(text, act)
    reading = read_arrangement(text, f"{ARRANGEMENT}.toml")
    stopping = [f for f in reading.findings if _stops(f)]
    if stopping or not reading.storable:
        raise TextRefused(stopping or reading.findings, act)
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


@command("agreements.load_place")
def load_place(acting: Acting, place: str, text: str) -> Done[TextVersion]:
    """Adopts the text of a place's folder; a text already known changes nothing.

    Refused where the text is not understood, or where a text adopted here has since replaced it.
    """
    act = "agreements.load_place"
    if not _NAME.fullmatch(place) or place in _TAKEN:
        says = f"{place[:80]!r} cannot be the name of a place"
        raise refuse(act, says, "use small letters, figures and underscores, as folders do")
    reading = read_or_refuse(text, act)
    known = TextVersion.objects.of(place).filter(sha256=sha256(text)).first()
    newest = TextVersion.objects.newest(place)
    if known and newest:
        summarise(newest, reading if known == newest else None)
        return Done(known)
    if newest and newest.note != _FROM_FOLDER:
        says = (
            f"version {newest.number} of {place} was adopted here, so its folder no longer decides"
        )
        raise refuse(act, says, "bring the folder's changes in by writing and adopting a draft")
    Place.objects.get_or_create(name=place, defaults={"added_at": acting.now})
    draft = Draft.objects.desk(place)
    if draft.is_open:
        says = f"a draft of {place} is being written, and the folder's text would pass it by"
        raise refuse(act, says, "adopt or discard the draft, and then load the folder")
    return _adopt(acting, draft, text, reading, _FROM_FOLDER)


def save_draft(acting: Acting, place: str, text: str, revision: int) -> Draft:
    """Saves the draft as the next revision; `revision` is the one its writer began from.

    TextsDiffer where somebody saved in between: by then the text has been set aside, in an act of
    its own, so that it is kept whatever becomes of the page that shows the two.
    """
    try:
        return _save_draft(acting, place, text, revision)
    except TextsDiffer as differ:
        differ.kept = _keep_text(acting, place, text, revision)
        raise


@command("agreements.save_draft")
def _save_draft(acting: Acting, place: str, text: str, revision: int) -> Done[Draft]:
    act = "agreements.save_draft"
    _refuse_unstorable(text, act)
    draft = _draft_of(place, act)
    if draft.revision != revision and draft.text != text:
        raise _differ(draft, text, revision, act)
    if draft.text == text:
        return Done(draft)
    before = _told(draft)
    _replace(acting, draft, text, is_open=True)
    return Done(draft, f"saved revision {draft.revision} of the draft", before, _told(draft))


@command("agreements.keep_text", allowed_as="agreements.save_draft")
def _keep_text(acting: Acting, place: str, text: str, revision: int) -> Done[KeptText]:
    kept = _set_aside(acting, place, text, revision, KeptText.TOO_LATE)
    what = f"set aside a text begun from revision {revision} and saved too late"
    return Done(kept, what, after={"kept": kept.pk, "sha256": sha256(text)})


@command("agreements.discard_draft")
def discard_draft(acting: Acting, place: str, revision: int) -> Done[KeptText]:
    """Goes back to the newest version; the discarded text is set aside, not deleted."""
    act = "agreements.discard_draft"
    draft = _open_draft(place, revision, act)
    newest = TextVersion.objects.newest(place)
    kept = _set_aside(acting, place, draft.text, draft.revision, KeptText.DISCARDED)
    before = _told(draft)
    draft.based_on = newest
    _replace(acting, draft, newest.text if newest else "", is_open=False)
    return Done(kept, f"discarded revision {revision} of the draft", before, _told(draft))


@command("agreements.adopt_text")
def adopt_text(acting: Acting, place: str, revision: int) -> Done[TextVersion]:
    """Makes the draft the place's next version; `acting.why` names the decision that adopted it."""
    act = "agreements.adopt_text"
    draft = _open_draft(place, revision, act)
    if not acting.why.strip():
        says = "a text is adopted by a decision, and none is named"
        raise refuse(act, says, "say which body adopted it, when, and in which minute")
    reading = read_or_refuse(draft.text, act)
    return _adopt(acting, draft, draft.text, reading, acting.why)


def _adopt(
    acting: Acting, draft: Draft, text: str, reading: Reading, note: str
) -> Done[TextVersion]:
    place, newest = draft.place_id, TextVersion.objects.newest(draft.place_id, draft.kind)
    version = TextVersion.objects.create(
        place_id=place,
        kind=draft.kind,
        number=newest.number + 1 if newest else 1,
        text=text,
        sha256=sha256(text),
        adopted_at=acting.now,
        adopted_by=acting.who,
        note=note,
        based_on=draft.based_on if draft.is_open else newest,
    )
    summarise(version, reading)
    draft.based_on = version
    _replace(acting, draft, text, is_open=False)
    before = _told_version(newest) if newest else None
    what = f"adopted version {version.number} of the {draft.kind}"
    return Done(version, what, before, _told_version(version))


def _draft_of(place: str, act: str) -> Draft:
    if not Place.objects.filter(name=place).exists():
        raise refuse(act, f"there is no place called {place[:80]!r}", "load its folder first")
    draft: Draft = Draft.objects.desk(place)
    return draft


def _open_draft(place: str, revision: int, act: str) -> Draft:
    """The draft just as its reader saw it, for an act that would be wrong on any other text."""
    draft = _draft_of(place, act)
    if not draft.is_open:
        raise refuse(act, "there is no draft here", "write one first")
    if draft.revision != revision:
        says = f"{draft.edited_by} saved revision {draft.revision} after you looked at {revision}"
        raise refuse(act, says, "read the draft as it is now, and then decide")
    return draft


def _differ(draft: Draft, text: str, revision: int, act: str) -> TextsDiffer:
    common = KeptText.objects.text_of_revision(draft.place_id, draft.kind, revision)
    together = None if common is None else merged(common, text, draft.text)
    return TextsDiffer(text, draft, together, act)


def _refuse_unstorable(text: str, act: str) -> None:
    """A draft may be unfinished, but not too long to read nor full of what no keyboard writes."""
    _refuse_unwritable(text, act)
    findings = read_arrangement(text, f"{ARRANGEMENT}.toml").findings
    if unstorable := [f for f in findings if f.id in _UNSTORABLE]:
        raise TextRefused(unstorable, act)


def _replace(acting: Acting, draft: Draft, text: str, *, is_open: bool) -> None:
    """Moves the draft on by one revision, keeping for a while the text from which others began."""
    replaced = KeptText.objects.filter(
        place=draft.place_id, kind=draft.kind, because=KeptText.REPLACED
    )
    replaced.filter(revision__lte=draft.revision - _KEPT_REVISIONS).delete()
    before = Draft.objects.desk(draft.place_id, draft.kind)
    _set_aside(acting, draft.place_id, before.text, before.revision, KeptText.REPLACED)
    draft.text, draft.is_open = text, is_open
    draft.revision += 1
    draft.edited_by, draft.edited_at = acting.who, acting.now
    draft.save()


def _set_aside(acting: Acting, place: str, text: str, revision: int, because: str) -> KeptText:
    kept: KeptText = KeptText.objects.create(
        place_id=place,
        kind=ARRANGEMENT,
        text=text,
        revision=revision,
        because=because,
        account=acting.account,
        kept_at=acting.now,
    )
    return kept


def _told_version(version: TextVersion) -> dict[str, object]:
    """A version as the trail tells it, and as verifying the texts looks for it."""
    return {"kind": version.kind, "version": version.number, "sha256": version.sha256}


def _told(draft: Draft) -> dict[str, object]:
    """A draft as the audit trail tells it: the text itself is known by its hash."""
    return {"revision": draft.revision, "open": draft.is_open, "sha256": sha256(draft.text)}
