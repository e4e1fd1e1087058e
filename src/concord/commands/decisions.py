"""Matters and calendars: loaded from a place's folder, written by several at once, submitted."""

from __future__ import annotations

import re
from datetime import date

from concord.commands import texts
from concord.commands.agreements import FROM_FOLDER, refuse_if_adopted_here, undisturbed
from concord.commands.command import Acting, Done, command, refuse
from concord.commands.texts import TextsDiffer, sha256
from concord.domain.decisions.reader import MatterReading
from concord.domain.findings import Weight
from concord.records.models import Draft, KeptText, MatterSummary, TextVersion
from concord.records.models.agreements import CALENDAR, matter_kind

_NAME = re.compile(r"[a-z][a-z0-9_]{0,79}")


@command("decisions.load_matter", allowed_as="decisions.load_texts")
def load_matter(acting: Acting, place: str, matter: str, text: str) -> Done[TextVersion]:
    """Takes a matter's text from the place's folder; a text already known changes nothing."""
    act = "decisions.load_matter"
    if not _NAME.fullmatch(matter):
        says = f"{matter[:80]!r} cannot be the name of a matter"
        raise refuse(act, says, "use small letters, figures and underscores, as files do")
    done = load_text(acting, place, matter_kind(matter), text, act)
    summarise_matter(done.result, matter)
    return done


@command("decisions.load_calendar", allowed_as="decisions.load_texts")
def load_calendar(acting: Acting, place: str, text: str) -> Done[TextVersion]:
    """Takes a place's calendar from its folder; a text already known changes nothing."""
    return load_text(acting, place, CALENDAR, text, "decisions.load_calendar")


def load_text(acting: Acting, place: str, kind: str, text: str, act: str) -> Done[TextVersion]:
    """Takes a text of that kind from the folder, unless a newer one was adopted here."""
    texts.read_or_refuse(place, kind, text, act)
    newest = TextVersion.objects.newest(place, kind)
    known = TextVersion.objects.of(place, kind).filter(sha256=sha256(text)).first()
    if known and newest:
        return Done(newest)
    refuse_if_adopted_here(newest, f"the {kind} of {place}", act)
    return texts.adopt(acting, undisturbed(place, kind, act), text, FROM_FOLDER)


def summarise_matter(version: TextVersion, matter: str) -> None:
    """Writes the matter's row anew from that version."""
    reading = texts.read(version.place_id, version.kind, version.text)
    assert isinstance(reading, MatterReading)  # noqa: S101 - the kind fixes the reader
    weights = [finding.weight for finding in reading.findings]
    stops = reading.matter.stops.values() if reading.matter else ()
    days = sorted(s.on for s in stops if isinstance(s.on, date))
    row: dict[str, object] = {
        "version": version,
        "title": reading.matter.matter.title if reading.matter else matter,
        "first_stop": days[0] if days else None,
        "last_stop": days[-1] if days else None,
        "grave": weights.count(Weight.GRAVE),
        "slight": weights.count(Weight.SLIGHT),
    }
    MatterSummary.objects.update_or_create(place_id=version.place_id, name=matter, defaults=row)


def save_report(acting: Acting, place: str, matter: str, text: str, revision: int) -> Draft:
    """Saves a matter's draft as its next revision; `revision` is the one its writer began from.

    TextsDiffer where somebody saved in between: by then the text has been set aside for its writer.
    """
    try:
        return _save_report(acting, place, matter, text, revision)
    except TextsDiffer as differ:
        differ.kept = _keep_report(acting, place, matter, text, revision)
        raise


@command("decisions.save_draft")
def _save_report(acting: Acting, place: str, matter: str, text: str, revision: int) -> Done[Draft]:
    return texts.save(acting, place, matter_kind(matter), text, revision, "decisions.save_draft")


@command("decisions.keep_text", allowed_as="decisions.save_draft")
def _keep_report(
    acting: Acting, place: str, matter: str, text: str, revision: int
) -> Done[KeptText]:
    return texts.keep(acting, place, matter_kind(matter), text, revision)


@command("decisions.discard_draft")
def discard_report(acting: Acting, place: str, matter: str, revision: int) -> Done[KeptText]:
    """Goes back to the newest version of a matter; the discarded text is set aside."""
    act = "decisions.discard_draft"
    return texts.discard(acting, place, matter_kind(matter), revision, act)
