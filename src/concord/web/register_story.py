"""The whole story of a decision, both ways: what led to it and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from concord.domain.agreements.labels import label
from concord.records.models import Action, Outcome, Publication
from concord.records.published_decisions import RECORD
from concord.web.register_effect import ENDS, says_of, state_word
from concord.web.register_opened import OpenedOutcome
from concord.web.register_rows import WITHOUT
from concord.web.wording import listed, sentence, upper_first

_MOST = 40  # publications of one matter that a story tells


@dataclass(frozen=True, slots=True)
class Chapter:
    """One step of the story: its kind, its day, what it was; `href` names a page and its parts."""

    kind: str
    on: date | None
    what: str
    says: str = ""
    href: tuple[str | int, ...] = ()
    here: bool = False


def story(one: OpenedOutcome) -> list[Chapter]:
    """From the matter to its actions, in that order and by day within each."""
    return [*_before(one), *_outcomes(one), *_after(one)]


def _before(one: OpenedOutcome) -> Iterator[Chapter]:
    matter = one.outcome.matter
    if not matter:
        return
    yield Chapter("Matter", None, one.outcome.title, "", ("matter", matter))
    yield Chapter("Route", None, "Its stops and their clocks", "", ("route", matter))
    rows = Publication.objects.of_matter(one.it.name, matter).exclude(kind=RECORD)
    seen: set[tuple[str, str]] = set()
    for row in rows.order_by("published_at", "id")[:_MOST]:
        if (row.kind, row.stop) in seen and row.kind == "paper":
            continue  # one paper is three files; the first is the page
        seen.add((row.kind, row.stop))
        kind = "Paper" if row.kind == "paper" else "Notice" if "notice" in row.kind else row.kind
        late = sentence(row.late_by) if row.late_by else ""
        yield Chapter(upper_first(kind), row.published_at.date(), row.title,
                      late or upper_first(row.kind), ("publication", row.pk))  # fmt: skip


def _outcomes(one: OpenedOutcome) -> Iterator[Chapter]:
    """The meeting, and every outcome of the same subject before and since, this one marked."""
    rows = Outcome.objects.filter(place=one.it.name).select_related("meeting")
    outcome = one.outcome
    subject = {"matter": outcome.matter} if outcome.matter else {"pk": outcome.pk}
    if not outcome.matter and outcome.meeting_id:
        subject = {"matter": "", "item": outcome.item, "title": outcome.title}
    for row in rows.filter(**subject).prefetch_related("decisions").order_by("on", "pk")[:_MOST]:
        where = label(one.arrangement, row.body) if row.body else "Between meetings"
        if row.meeting is not None and row.body:
            href = ("agenda", row.body, row.on.isoformat())
            yield Chapter("Meeting", row.on, row.meeting.title, "", href)
        first = next((d.reference for d in row.decisions.all()), f"{WITHOUT}{row.pk}")
        referred = listed(upper_first(label(one.arrangement, to)) for to in row.refer_to)
        says = f"Referred to {referred}" if referred else ""
        yield Chapter("Outcome", row.on, f"{upper_first(row.result)}: {where}", says,
                      ("register_decision", first), row.pk == outcome.pk)  # fmt: skip


def _after(one: OpenedOutcome) -> Iterator[Chapter]:
    for row in one.rows:
        by = listed(row.record.get("made_by", ())) or upper_first(label(one.arrangement, row.maker))
        yield Chapter("Decision", row.made_on, row.reference, by,
                      ("register_decision", row.reference), True)  # fmt: skip
    yield from sorted(_became(one), key=lambda chapter: str(chapter.on))
    yield from _actions(one)


def _became(one: OpenedOutcome) -> Iterator[Chapter]:
    """Its records, what was done about them, and the effect it has, by day."""
    for row in one.rows:
        for paper in reversed(one.papers.get(row.reference, [])):
            says = "Takes the place of an earlier one" if paper.supersedes_id else ""
            yield Chapter("Record", paper.published_at.date(), f"Record of {row.reference}",
                          sentence(paper.late_by) or says, ("publication", paper.pk))  # fmt: skip
        for step in row.steps.all():
            at = datetime.fromisoformat(step.at)
            if step.step.startswith("publish") or at > one.at:
                continue
            other = ("register_decision", step.other.reference) if step.other else ()
            who = listed(step.by) if one.clerk else ""
            why = listed([p for p in (step.ground, step.why) if p])
            by = "By itself, at its time" if step.by_itself else who
            says = ". ".join(p for p in (by, upper_first(why)) if p)
            yield Chapter("Call-in", at.date(), f"{upper_first(step.step)}: {row.reference}",
                          says, other)  # fmt: skip
    if one.effect is not None:
        for half in (h for h in one.effect.halves if h.clear or h.state in ENDS):
            whose = one.names.organisation(half.organisation)
            yield Chapter("Effect", half.since.date(), f"{upper_first(state_word(half))}: {whose}",
                          says_of(half))  # fmt: skip


def _actions(one: OpenedOutcome) -> Iterator[Chapter]:
    rows = Action.objects.filter(decision__in=[r.pk for r in one.rows]) if one.rows else ()
    for row in rows:
        kind = "Condition" if row.condition else "Action"
        whose = one.names.organisation(row.organisation)
        yield Chapter(kind, row.due, row.what, f"{upper_first(one.names.of(row.owner))}, {whose}")
