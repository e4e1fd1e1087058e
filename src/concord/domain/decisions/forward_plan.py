"""The forward plan of each decision-maker: what each entry has to say, what is missing, by when.

SI 2012/2089, regulation 9: an individual is given by name and title, a body by its name and a list
of its members. Where members decide for themselves at a meeting, each of them is an individual.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from concord import law
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.bodies import Body, Seat
from concord.domain.agreements.labels import label, listed, on_day
from concord.domain.agreements.membership import now_called, seats_on
from concord.domain.clocks import Step
from concord.domain.clocks.facts import cited
from concord.domain.decisions.facts import NO_DAYS, StopFacts, by_organisation
from concord.domain.decisions.matter import MatterText, Stop
from concord.domain.decisions.report import Paper, Report
from concord.domain.decisions.words import Purpose
from concord.domain.findings import Answer, Authority, Reason, Verdict, all_of
from concord.domain.language.values import NotStated
from concord.domain.places.people import holder_on

NOT_NAMED = "not named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What a notice must say and no matter's text holds: the organisation's own particulars.

    `period` stands for a date that is not set. Everything else is in the words to be published.
    """

    address: str = ""
    how_to_ask: str = ""
    time: str = ""
    place: str = ""
    agenda: str = ""
    representations: str = ""
    response: str = ""
    told: str = ""
    agreed: str = ""
    why: str = ""
    period: str = ""


NONE = Particulars()


@dataclass(frozen=True, slots=True)
class Line:
    """One thing a notice has to say: its letter in the law, what it asks, and our words for it."""

    letter: str
    asks: str
    words: str = ""
    remedy: str = ""

    @property
    def missing(self) -> bool:
        return not self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Who decides, as a notice names them: an individual, or a body with its members."""

    id: str
    label: str
    organisation: str
    kind: str
    people: tuple[str, ...]
    unnamed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry:
    """One decision in the forward plan of its decision-maker.

    `required` is None where the law may ask for the entry and nobody has said whether the decision
    is key. `by` is the last day for it; `published` the day it was.
    """

    matter: str
    stop: str
    title: str
    maker: Maker
    on: date | None
    key: bool | None
    required: bool | None
    private: bool
    lines: tuple[Line, ...]
    step: Step | None
    published: date | None = None
    authority: Authority = Authority()

    @property
    def by(self) -> date | None:
        return self.step.day if self.step else None

    @property
    def missing(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.missing)

    def late(self, asked_on: date) -> bool:
        """Whether its last day went by, or has gone by, without it."""
        return bool(
            self.by and self.required is not False and (self.published or asked_on) > self.by
        )

    def complete(self) -> Verdict:
        """Whether it says all that it must; a thing it need not say is not missing."""
        return complete(self.lines, self.authority)


def complete(lines: Iterable[Line], authority: Authority) -> Verdict:
    """All the lines of a notice as tests: what is there, and what would fill in what is not."""
    return all_of(
        Reason(
            Answer.NEEDS if line.missing else Answer.STANDS,
            f"({line.letter}) {line.asks}" + (": not there yet" if line.missing else ""),
            authority, line.remedy,
        )
        for line in lines
    )  # fmt: skip


def entries(
    matters: Mapping[str, MatterText], arrangement: Arrangement, on: date,
    particulars: Mapping[str, Particulars] | None = None,
    days: Mapping[str, Mapping[str, date]] | None = None,
    published: Mapping[tuple[str, str], date] | None = None,
) -> tuple[PlanEntry, ...]:  # fmt: skip
    """The entries of every matter's deciding stops, earliest first.

    `particulars` are by organisation, `days` the days a plan gives by matter and stop, `published`
    the day an entry was published by matter and stop.
    """
    found = [
        entry
        for name, text in matters.items()
        for entry in _entries(
            name, text, arrangement, on, particulars or {}, (days or {}).get(name, NO_DAYS),
            published or {},
        )
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda e: (e.on or date.max, e.matter, e.stop)))


def plan_of(found: Iterable[PlanEntry], maker: str) -> tuple[PlanEntry, ...]:
    """The forward plan of one decision-maker, or of all of an organisation's."""
    return tuple(e for e in found if maker in (e.maker.id, e.maker.organisation))


def _entries(
    name: str, text: MatterText, arrangement: Arrangement, on: date,
    particulars: Mapping[str, Particulars], days: Mapping[str, date],
    published: Mapping[tuple[str, str], date],
) -> Iterator[PlanEntry]:  # fmt: skip
    for facts in by_organisation(text, arrangement, on, days):
        stop = text.stops[facts.stop]
        if stop.purpose is not Purpose.DECISION or not isinstance(stop.body, str):
            continue
        day = days.get(stop.id) or (stop.on if isinstance(stop.on, date) else None)
        maker = maker_of(stop, facts, arrangement, day or on)
        own = particulars.get(facts.organisation, NONE)
        step = facts.clocks.step("reg_9_2") if facts.clocks else None
        yield PlanEntry(
            matter=name, stop=stop.id, title=text.matter.title, maker=maker, on=day,
            key=facts.key.key if facts.key else None, required=_required(step),
            private=bool(text.exempt) or text.matter.private is True,
            lines=tuple(_lines(text, maker, day, own, label(arrangement, maker.organisation))),
            step=step,
            published=published.get((name, stop.id)), authority=cited(law.heads("reg_9_notice")),
        )  # fmt: skip


def _required(step: Step | None) -> bool | None:
    if step is None:
        return False
    return None if step.if_ else True


def maker_of(stop: Stop, facts: StopFacts, arrangement: Arrangement, on: date) -> Maker:
    """Who decides at a stop, with the people by name and title as far as the text names them."""
    name = str(stop.body)
    alone = bool(facts.clocks and facts.clocks.maker.decides_alone(on))
    people = tuple(_people(name, facts.organisation, arrangement, on, alone))
    return Maker(
        id=name, label=label(arrangement, name), organisation=facts.organisation,
        kind="individual" if alone or name in arrangement.posts else "body",
        people=people, unnamed=tuple(p for p in people if NOT_NAMED in p),
    )  # fmt: skip


def _people(
    name: str, organisation: str, arrangement: Arrangement, on: date, alone: bool
) -> Iterator[str]:
    body = arrangement.bodies.get(name)
    if body is None:
        yield _post(name, arrangement, on)
        return
    for seat in _seats(body, organisation, arrangement, on, alone):
        yield from _seat(seat, arrangement, on)


def _seats(
    body: Body, organisation: str, arrangement: Arrangement, on: date, alone: bool
) -> Iterator[Seat]:
    """All of a body's seats; of one whose members decide for themselves, its organisation's."""
    for seat in seats_on(body, on):
        of = () if isinstance(seat.of, NotStated) else (seat.of,)
        now = [n for o in of for n in (o, *now_called(arrangement, o, on))]
        if not alone or not of or organisation in now:
            yield seat


def _seat(seat: Seat, arrangement: Arrangement, on: date) -> Iterator[str]:
    posts = () if isinstance(seat.posts, NotStated) else seat.posts
    yield from (_post(p, arrangement, on) for p in posts)
    held = seat.count if isinstance(seat.count, int) else None
    if held is None or held > len(posts):
        words = seat.name if isinstance(seat.name, str) else seat.id.replace("_", " ")
        more = "" if held is None else f", {held - len(posts)} in all"
        yield f"{words}{more}: {NOT_NAMED}"


def _post(name: str, arrangement: Arrangement, on: date) -> str:
    post = arrangement.posts.get(name)
    if post is None:
        return f"{name}: {NOT_NAMED}"
    holder = holder_on(post.held_by, on)
    return f"{holder.name}, {post.label}" if holder.name else f"{post.label}: {NOT_NAMED}"


def _lines(
    text: MatterText, maker: Maker, day: date | None, own: Particulars, whose: str
) -> Iterator[Line]:
    """The heads of regulation 9 for this kind of decision-maker, with the words for each."""
    filled = {
        "a": f"A key decision is to be made for {whose}.",
        "b": f"{text.matter.title}. {text.matter.what}",
        "c": _who(maker),
        "d": on_day(day) if day else own.period,
        "e": _documents(text),
        "f": own.address,
        "g": "Other documents may be submitted to the decision-maker.",
        "h": own.how_to_ask,
    }
    remedies = {
        "c": f"Name each in the arrangement: {listed(list(maker.unnamed))}.",
        "d": "Give the day, or the period in which it will be made.",
        "e": "Write the report's subject, or say which documents there will be.",
        "f": "Give the address at which copies can be had.",
        "h": "Say how somebody asks for details of the documents.",
    }
    for head in law.heads("reg_9_notice").of(maker.kind):
        words = filled.get(head.letter, "")
        yield Line(head.letter, head.says, words, "" if words else remedies.get(head.letter, ""))


def _who(maker: Maker) -> str:
    """Name and title, or the body with a list of its members; nothing where somebody is unnamed."""
    if maker.unnamed or not maker.people:
        return ""
    if maker.kind == "individual":
        return "; ".join(maker.people)
    return f"{maker.label}: {'; '.join(maker.people)}"


def _documents(text: MatterText) -> str:
    """What is submitted to the decision-maker, without a word of what is kept from the public."""
    if not isinstance(text.report, Report):
        return ""
    titles = [f"Report: {text.report.subject}"]
    for papers in (text.report.appendices, text.report.background_papers):
        titles += [p.title for p in _listed(papers) if not p.exempt]
    return "; ".join(titles)


def _listed(papers: tuple[Paper, ...] | NotStated) -> tuple[Paper, ...]:
    return () if isinstance(papers, NotStated) else papers
