"""Each organisation's view of an item, and whether what came of it can be recorded now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from concord.commands.deciding import UNRECORDABLE, preview
from concord.domain.agreements.authority import who_may_decide
from concord.domain.agreements.bodies import Body, Deciding
from concord.domain.agreements.consensus import organisation_view
from concord.domain.agreements.matter import BEFORE, Matter
from concord.domain.agreements.words import Needs, Votes
from concord.domain.decisions.matter import as_matter
from concord.domain.decisions.meetings import may_take_vote, sitting_at
from concord.domain.decisions.meetings.book import ItemPut
from concord.domain.decisions.outcomes import Result
from concord.domain.decisions.proposing import facts_matter
from concord.domain.decisions.words import Purpose
from concord.domain.findings import Answer, Authority, Reason, Verdict, all_of
from concord.domain.language.values import NotStated
from concord.records.models import Outcome
from concord.web.meetings_people import Bench, Room
from concord.web.wording import count, upper_first

_BUTTONS = {
    Result.DECIDED: "Record the decision",
    Result.NOTED: "Record that it was noted",
    Result.DEFERRED: "Record that it is deferred",
    Result.NOT_CARRIED: "Record that it is not carried",
    Result.REFERRED: "Record that it is referred",
    Result.DISPUTED: "Record that it goes up the dispute ladder",
}


@dataclass(frozen=True, slots=True)
class View:
    """One organisation's view at a body: given by hands together, or by each person."""

    bench: Bench
    given: bool
    agrees: bool | None
    for_: int
    here: int
    at: str
    yes: str
    no: str

    @property
    def says(self) -> str:
        hands = f"{self.for_} of {self.here} hands for it" if self.here else "Nobody can vote"
        return f"{hands}, at {self.at}" if self.given else "Not yet given"


@dataclass(frozen=True, slots=True)
class Panel:
    """What can be recorded at one body now, with every test; or what was recorded."""

    body: str
    label: str
    by_organisation: bool
    takes_votes: bool
    rule: str
    authority: Authority
    views: tuple[View, ...]
    casting: bool
    ready: bool
    button: str
    heading: str
    verdict: Verdict
    done: Outcome | None


def matter_of(room: Room, put: ItemPut) -> Matter:
    """What is put, as authority asks about it."""
    text = room.here.text(put)
    return as_matter(text.matter) if text else facts_matter(put.facts)


@dataclass(frozen=True, slots=True)
class Power:
    """Under which power one organisation's makers here decide an item, or why they do not."""

    organisation: str
    answer: Answer
    says: str
    authority: Authority


def powers(room: Room, put: ItemPut, body: str) -> list[Power]:
    """The least power that reaches the item for each organisation, asked before the vote."""
    arrangement, matter = room.here.arrangement, matter_of(room, put)
    seats = arrangement.bodies[body].known_seats
    makers = {body, *(f"{body}.{s}" for s in seats)}
    found: dict[str, Power] = {}
    for half in who_may_decide(arrangement, matter, BEFORE, room.here.on).halves:
        here = [o for o in half.options if o.maker in makers]
        able = [o for o in here if o.verdict.answer >= Answer.NEEDS]
        best = min(able, key=lambda o: o.limit) if able else next(iter(here), None)
        if best is None:
            says = "Nobody here has a power over it"
            found[half.organisation] = Power(half.organisation, Answer.REFUSED, says, Authority())
            continue
        step = best.chain.steps[-1].authority if best.chain.steps else Authority()
        against = best.verdict.against
        says = best.label if able else against[0].says if against else best.label
        answer = Answer.STANDS if able else best.verdict.answer
        before = found.get(half.organisation)
        if before is None or answer < before.answer:
            found[half.organisation] = Power(half.organisation, answer, says, step)
    return list(found.values())


def panels(room: Room, put: ItemPut, every: list[Bench], now: datetime) -> list[Panel]:
    """One panel for each body that takes the item."""
    rows = Outcome.objects.filter(meeting=room.here.meeting, item=room.here.record.held.leading(
        put.id)).prefetch_related("decisions")  # fmt: skip
    done = {row.body: row for row in rows}
    return [_panel(room, put, body, every, now, done.get(body)) for body in put.bodies]


def _panel(
    room: Room, put: ItemPut, name: str, every: list[Bench], now: datetime, done: Outcome | None
) -> Panel:
    body = room.here.arrangement.bodies[name]
    rule = body.deciding.on(room.here.on)
    known = rule if isinstance(rule, Deciding) else None
    views = tuple(_views(room, body, known, [b for b in every if b.body == name]))
    decides = put.purpose is Purpose.DECISION and (known is None or known.votes is not Votes.NONE)
    by = known is not None and known.votes is Votes.BY_ORGANISATION
    ready, button, heading, verdict = _ready(room, put, body, views, now, decides)
    member = known is not None and known.casting is not None
    return Panel(
        name, body.label, by, decides, _says(known), known.authority if known else body.authority,
        views, member, ready, button, heading, verdict, done,
    )  # fmt: skip


def _says(rule: Deciding | None) -> str:
    """How the body decides, in a sentence."""
    if rule is None or isinstance(rule.votes, NotStated):
        return "How it decides is not stated: only all or none of those here is a view."
    shown = upper_first(rule.shown_by) if isinstance(rule.shown_by, str) else ""
    if rule.votes is Votes.BY_MEMBER:
        how = {Needs.ALL: "everyone here", Needs.MAJORITY: "a majority",
               Needs.TWO_THIRDS: "two thirds"}  # fmt: skip
        needs = how.get(rule.needs, "") if isinstance(rule.needs, Needs) else ""
        said = f"Each member votes; {needs} carries it." if needs else "Each member votes."
    elif rule.needs is Needs.EACH_FOR_ITSELF:
        said = "One organisation at a time. Each decides for itself."
    elif rule.needs is Needs.ALL:
        said = "One organisation at a time. All must agree before anyone decides."
    else:
        said = "One organisation at a time."
    return f"{shown}. {said}" if shown else said


def _views(room: Room, body: Body, rule: Deciding | None, every: list[Bench]) -> Iterator[View]:
    meeting = sitting_at(room.here.arrangement, room.here.record.held, room.state, body.id,
                         room.barred)  # fmt: skip
    for number, bench in enumerate(every):
        able = [p for p in bench.people if p.here and p.votes and not p.barred]
        if not any(p.votes for p in bench.people) and bench.people:
            continue
        given = any(p.way for p in able)
        agrees = None
        if given and rule is not None:
            agrees = organisation_view(
                room.here.arrangement, body, rule, meeting, bench.organisation, room.here.on
            )
        elif given:
            agrees = all(p.way == "for" for p in able) or None
        keys = (("1", "2"), ("8", "9"), ("3", "4"), ("6", "7"))
        yes, no = keys[number] if number < len(keys) else ("", "")
        yield View(bench, given, agrees, sum(p.way == "for" for p in able), len(able),
                   _given_at(room, able), yes, no)  # fmt: skip


def _given_at(room: Room, able: Iterable[object]) -> str:
    leading = room.here.record.held.leading(room.item)
    times = [
        h.at for h in room.here.record.log
        if h.what == "voted" and room.here.record.held.leading(h.item) == leading
    ]  # fmt: skip
    return f"{max(times):%H:%M}" if times else ""


def _ready(
    room: Room, put: ItemPut, body: Body, views: tuple[View, ...], now: datetime, decides: bool
) -> tuple[bool, str, str, Verdict]:
    """Whether it can be recorded, what the button and the heading say, and every test behind it."""
    here = room.here
    found, _ = preview(here, put.id, body.id, now)
    ready = found.result not in UNRECORDABLE and room.state.opened is not None
    if ready:
        heading = f"Can be recorded: {found.result}"
        return True, _BUTTONS.get(found.result, "Record it"), heading, found.verdict
    reasons: list[Reason] = []
    if decides:
        vote = may_take_vote(here.arrangement, here.record.held, room.state, body.id, room.barred)
        reasons += vote.reasons
        reasons += _not_given(body, views, here.on) if room.state.opened else ()
    elif room.state.opened is None:
        reasons.append(Reason(Answer.NEEDS, "the item is not open", remedy="Open the item."))
    lacks = [r for r in found.verdict.reasons if r.says != "nobody has voted on it"]
    verdict = all_of(dict.fromkeys([*reasons, *lacks]))
    missing = len(verdict.against)
    heading = f"Cannot be recorded yet: {count(missing, 'thing is', 'things are')} missing"
    if missing and all(r.answer is Answer.REFUSED for r in lacks if r.answer < Answer.STANDS):
        outside = found.result is Result.MAY_NOT
        heading = "May not be recorded as decided" if outside else heading
    return False, "Record the decision" if decides else "Record it", heading, verdict


def _not_given(body: Body, views: tuple[View, ...], on: object) -> Iterator[Reason]:
    for view in views:
        if view.here and not view.given:
            says = f"{view.bench.name} has not given its view"
            yield Reason(Answer.NEEDS, says, body.authority, "Take its view.")
