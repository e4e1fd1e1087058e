"""A place's arrangement: loaded from its folder, drafted by several at once, adopted."""

from __future__ import annotations

import re

from concord.commands import texts
from concord.commands.command import Acting, Done, command, refuse
from concord.commands.summaries import summarise
from concord.commands.texts import TextRefused, TextsDiffer, sha256
from concord.domain.agreements.reader import Reading
from concord.records.models import Draft, KeptText, Place, TextVersion
from concord.records.models.agreements import ARRANGEMENT

__all__ = ["TextRefused", "TextsDiffer", "adopt_text", "discard_draft", "load_place", "save_draft"]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,79}")
# Addresses of Concord's own, behind which a place of that name could not be reached.
_TAKEN = {
    "accessibility", "account", "accounts", "api", "audit", "desk", "glossary", "index", "law",
    "popolo", "search", "static",
}  # fmt: skip
FROM_FOLDER = "loaded from the place's folder"


@command("agreements.load_place")
def load_place(acting: Acting, place: str, text: str) -> Done[TextVersion]:
    """Adopts the text of a place's folder; a text already known changes nothing.

    Refused where the text is not understood, or where a text adopted here has since replaced it.
    """
    act = "agreements.load_place"
    if not _NAME.fullmatch(place) or place in _TAKEN:
        says = f"{place[:80]!r} cannot be the name of a place"
        raise refuse(act, says, "use small letters, figures and underscores, as folders do")
    reading = _read(place, text, act)
    known = TextVersion.objects.of(place).filter(sha256=sha256(text)).first()
    newest = TextVersion.objects.newest(place)
    if known and newest:
        summarise(newest, reading if known == newest else None)
        return Done(known)
    refuse_if_adopted_here(newest, place, act)
    Place.objects.get_or_create(name=place, defaults={"added_at": acting.now})
    return _adopt(acting, undisturbed(place, ARRANGEMENT, act), text, reading, FROM_FOLDER)


def refuse_if_adopted_here(newest: TextVersion | None, what: str, act: str) -> None:
    """A folder no longer decides once a text was adopted in Concord itself."""
    if newest and newest.note != FROM_FOLDER:
        says = (
            f"version {newest.number} of {what} was adopted here, so its folder no longer decides"
        )
        raise refuse(act, says, "bring the folder's changes in by writing and adopting a draft")


def undisturbed(place: str, kind: str, act: str) -> Draft:
    """The draft of a text, where nobody is writing one."""
    draft: Draft = Draft.objects.desk(place, kind)
    if draft.is_open:
        says = f"a draft of {place} is being written, and the folder's text would pass it by"
        raise refuse(act, says, "adopt or discard the draft, and then load the folder")
    return draft


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
    return texts.save(acting, place, ARRANGEMENT, text, revision, "agreements.save_draft")


@command("agreements.keep_text", allowed_as="agreements.save_draft")
def _keep_text(acting: Acting, place: str, text: str, revision: int) -> Done[KeptText]:
    return texts.keep(acting, place, ARRANGEMENT, text, revision)


@command("agreements.discard_draft")
def discard_draft(acting: Acting, place: str, revision: int) -> Done[KeptText]:
    """Goes back to the newest version; the discarded text is set aside, not deleted."""
    return texts.discard(acting, place, ARRANGEMENT, revision, "agreements.discard_draft")


@command("agreements.adopt_text")
def adopt_text(acting: Acting, place: str, revision: int) -> Done[TextVersion]:
    """Makes the draft the place's next version; `acting.why` names the decision that adopted it."""
    act = "agreements.adopt_text"
    draft = texts.open_draft(place, revision, act)
    if not acting.why.strip():
        says = "a text is adopted by a decision, and none is named"
        raise refuse(act, says, "say which body adopted it, when, and in which minute")
    return _adopt(acting, draft, draft.text, _read(place, draft.text, act), acting.why)


def _read(place: str, text: str, act: str) -> Reading:
    reading = texts.read_or_refuse(place, ARRANGEMENT, text, act)
    assert isinstance(reading, Reading)  # noqa: S101 - the kind fixes the reader
    return reading


def _adopt(
    acting: Acting, draft: Draft, text: str, reading: Reading, note: str
) -> Done[TextVersion]:
    done = texts.adopt(acting, draft, text, note)
    summarise(done.result, reading)
    return done
