"""What search reads, kept in step with the records, and made anew by one command.

A decision between meetings is found once its record is public; one made at a meeting by its title
and makers at once, and by its reasons once they are public. What is private is never there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from html import unescape

from django.db.models import Q

from concord.commands.command import Acting, Done, command
from concord.commands.meetings_read import arrangement_in
from concord.documents.decision_record import public_part
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label, listed
from concord.domain.language.values import NotStated
from concord.domain.places.people import Holding
from concord.records.models import (
    Decision,
    Outcome,
    Place,
    Publication,
    SearchDocument,
    TextVersion,
)
from concord.records.published_decisions import RECORD, records_of

DECISION, PAPER, BODY, PERSON = "decision", "paper", "body", "person"
_TAGS = re.compile(r"<[^>]+>")
_LONGEST = 20_000  # letters of a paper that search reads


@command("search.rebuild", allowed_as="decisions.settle")
def rebuild_search(acting: Acting, place: str, /) -> Done[int]:
    """Makes anew what search reads of one place, or of all; run twice, it is the same."""
    places = Place.objects.order_by("pk")
    number = 0
    for one in places.filter(pk=place) if place else places:
        number += _rebuild(one.pk)
    return Done(number)


def _rebuild(place: str) -> int:
    SearchDocument.objects.filter(place=place).delete()
    version = TextVersion.objects.newest(place)
    rows = [*_of_papers(place)]
    if version is not None:
        rows += _of_arrangement(place, arrangement_in(version.sha256, version.text))
    outcomes = Outcome.objects.filter(place=place).select_related("arrangement")
    for outcome in outcomes.prefetch_related("decisions", "decisions__summary").order_by("pk"):
        rows += _of_outcome(outcome)
    rows.sort(key=lambda row: (row.on or date.min, row.name))
    SearchDocument.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def index_outcome(outcome: Outcome) -> None:
    """Writes anew what search reads of one outcome and its decisions."""
    for row in _of_outcome(outcome):
        _put(row)


def index_arrangement(place: str, arrangement: Arrangement) -> None:
    """Writes anew what search reads of a place's bodies and people."""
    SearchDocument.objects.filter(place=place, kind__in=(BODY, PERSON)).delete()
    SearchDocument.objects.bulk_create(_of_arrangement(place, arrangement))


def index_publication(row: Publication) -> None:
    """Adds a paper that was made public; what it takes the place of is found no longer."""
    if row.supersedes_id:
        gone = SearchDocument.objects.filter(place=row.place_id, kind=PAPER)
        gone.filter(name=str(row.supersedes_id)).delete()
    for one in _of_publication(row):
        _put(one)


def _put(row: SearchDocument) -> None:
    says = {"title": row.title, "says": row.says, "on": row.on, "words": row.words}
    SearchDocument.objects.update_or_create(
        place_id=row.place_id, kind=row.kind, name=row.name, defaults=says
    )


def _of_outcome(outcome: Outcome) -> Iterator[SearchDocument]:
    arrangement = arrangement_in(outcome.arrangement.sha256, outcome.arrangement.text)
    rows = list(outcome.decisions.all())
    public = records_of(rows)
    for row in rows:
        papers = public.get(row.reference, [])
        if papers or outcome.meeting_id:
            yield _of_decision(arrangement, row, papers[0] if papers else None)
    if not rows:
        where = label(arrangement, outcome.body)
        yield _document(
            outcome.place_id, DECISION, f"outcome-{outcome.pk}", outcome.title,
            f"{outcome.result} at {where}", outcome.on, f"{outcome.result} {where}",
        )  # fmt: skip


def _of_decision(
    arrangement: Arrangement, row: Decision, paper: Publication | None
) -> SearchDocument:
    kept = public_part(row.record, str(paper.details.get("public_text", "")) if paper else "")
    said = [str(kept.get("text", "")), str(kept.get("reasons", ""))] if paper else []
    maker = label(arrangement, row.maker)
    by = listed(list(kept.get("made_by", ()))) or maker
    whose = label(arrangement, row.organisation)
    words = [*said, f"{whose}. {maker}. {by}.", row.reference, row.clause]
    says = f"{whose}, by {by}"
    return _document(row.place_id, DECISION, row.reference, row.title, says, row.made_on,
                     "\n".join(words))  # fmt: skip


def _of_papers(place: str) -> Iterator[SearchDocument]:
    rows = Publication.objects.filter(place=place, superseded_by=None).filter(
        Q(media_type="text/html") | Q(media_type="text/plain")
    )
    for row in rows.exclude(kind__in=(RECORD, "withdrawal")).iterator(chunk_size=50):
        yield from _of_publication(row)


def _of_publication(row: Publication) -> Iterator[SearchDocument]:
    if row.kind in (RECORD, "withdrawal") or not row.media_type.startswith("text/"):
        return
    words = unescape(_TAGS.sub(" ", bytes(row.body).decode("utf-8", "replace")))
    says = f"{row.kind[:1].upper()}{row.kind[1:]}"
    yield _document(row.place_id, PAPER, str(row.pk), row.title, says, row.published_at.date(),
                    " ".join(words.split())[:_LONGEST])  # fmt: skip


def _of_arrangement(place: str, arrangement: Arrangement) -> list[SearchDocument]:
    found = [
        _document(place, BODY, name, body.label, "Body", None,
                  listed([label(arrangement, o) for o in body.organisations]))
        for name, body in arrangement.bodies.items()
    ]  # fmt: skip
    for person, posts in _people(arrangement).items():
        held = listed(posts)
        found.append(_document(place, PERSON, person, person, held, None, held))
    return found


def _people(arrangement: Arrangement) -> dict[str, list[str]]:
    """Everyone the text names in a post, with what they hold or held."""
    found: dict[str, list[str]] = {}
    for name, post in arrangement.posts.items():
        for person in _holders(post.held_by):
            found.setdefault(person, []).append(label(arrangement, name))
    return {person: list(dict.fromkeys(posts)) for person, posts in found.items()}


def _holders(held: Sequence[Holding] | str | NotStated | None) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif held is not None and not isinstance(held, NotStated):
        yield from (row.name for row in held if isinstance(row.name, str))


def _document(
    place: str, kind: str, name: str, title: str, says: str, on: date | None, words: str
) -> SearchDocument:
    return SearchDocument(
        place_id=place, kind=kind, name=name[:200], title=title[:300], says=says[:300], on=on,
        words=words,
    )  # fmt: skip
