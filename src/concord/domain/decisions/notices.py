"""Notices of a decision: which are owed, by when, what each says, who must agree and why.

Each form is a row below: the steps whose clock it keeps or the exit it uses, and its list of heads
in law/heads.toml. The clocks say which are owed; an exit's notice is owed only once it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from concord import law
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label, listed, on_day
from concord.domain.calendar import in_words
from concord.domain.clocks import Step, Timetable, WayOut
from concord.domain.clocks.facts import cited
from concord.domain.decisions.facts import NO_DAYS, StopFacts, by_organisation
from concord.domain.decisions.forward_plan import (
    NONE,
    Line,
    Particulars,
    PlanEntry,
    complete,
    entries,
)
from concord.domain.decisions.lateness import ExitUsed, in_time
from concord.domain.decisions.matter import Exempt, MatterText, Stop
from concord.domain.decisions.report import Report
from concord.domain.findings import Authority, Verdict, all_of


class NoticeKind(StrEnum):
    """The kinds of notice."""

    FORWARD_PLAN = "forward plan notice"
    PRIVATE = "private meeting notice"
    SECOND_PRIVATE = "second private meeting notice"
    AGENDA = "agenda notice"
    GENERAL_EXCEPTION = "general exception notice"
    SPECIAL_URGENCY = "special urgency notice"
    URGENT_PRIVATE = "urgent private meeting notice"


@dataclass(frozen=True, slots=True)
class NoticeForm:
    """What a kind of notice keeps or uses, and the list of what it must say for each step."""

    heads: Mapping[str, str]
    exit: str = ""


FORMS: Mapping[NoticeKind, NoticeForm] = MappingProxyType(
    {
        NoticeKind.FORWARD_PLAN: NoticeForm({"reg_9_2": "reg_9_notice"}),
        NoticeKind.PRIVATE: NoticeForm({"reg_5_2": "reg_5_2_notice"}),
        NoticeKind.SECOND_PRIVATE: NoticeForm({"reg_5_4": "reg_5_4_notice"}),
        NoticeKind.AGENDA: NoticeForm(
            {
                "reg_6_1": "meeting_notice",
                "s100A_6": "council_meeting_notice",
                "s100A_6_before_2002": "council_meeting_notice",
                "act_1960_4a": "nhs_meeting_notice",
            }
        ),
        NoticeKind.GENERAL_EXCEPTION: NoticeForm({"reg_9_2": "reg_10_notice"}, "general_exception"),
        NoticeKind.SPECIAL_URGENCY: NoticeForm({"reg_9_2": "reg_11_notice"}, "special_urgency"),
        NoticeKind.URGENT_PRIVATE: NoticeForm(
            {"reg_5_2": "reg_5_7_notice", "reg_5_4": "reg_5_7_notice"}, "urgent_private_meeting"
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice of one stop: by when, what it says and lacks, who must agree or be told in turn.

    `on` is the day of the meeting or decision; `step` the clock it keeps, `way` the exit it uses.
    """

    kind: NoticeKind
    matter: str
    stop: str
    organisation: str
    maker: str
    on: date | None
    title: str
    lines: tuple[Line, ...]
    step: Step
    way: WayOut | None = None
    exits: tuple[WayOut, ...] = ()
    if_: str = ""
    authority: Authority = Authority()

    @property
    def by(self) -> date | None:
        """The last day for it: of its clock, or the last on which its exit is still open."""
        if self.way is not None:
            return self.way.last_day
        return self.step.day

    @property
    def who(self) -> tuple[str, ...]:
        """Those who must agree, or be told, in turn: the first who exists and can act."""
        return self.way.who if self.way else ()

    @property
    def missing(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.missing)

    @property
    def says(self) -> str:
        """What it is, for whom and by when."""
        by = f"by {in_words(self.by)}" if self.by else self.step.when
        only = f", {self.if_}" if self.if_ else ""
        return f"{self.title}: {by}{only}"

    def complete(self) -> Verdict:
        return complete(self.lines, self.authority)


def notices(
    matter: str, text: MatterText, arrangement: Arrangement, on: date,
    particulars: Mapping[str, Particulars] | None = None,
    days: Mapping[str, date] = NO_DAYS,
) -> tuple[Notice, ...]:  # fmt: skip
    """Every notice that the matter's stops owe, and each open exit's, in the order of their days.

    `on` is the day asked on: an exit is offered only where its clock has run out by then.
    """
    known = entries({matter: text}, arrangement, on, particulars, {matter: days})
    plan = {(e.stop, e.maker.organisation): e for e in known}
    found: list[Notice] = []
    for facts in by_organisation(text, arrangement, on, days):
        if facts.clocks is None:
            continue
        own = (particulars or {}).get(facts.organisation, NONE)
        entry = plan.get((facts.stop, facts.organisation))
        found += _owed(_Asked(matter, text, arrangement, facts, facts.clocks, own, on, entry))
    return tuple(sorted(found, key=lambda n: (n.by or n.on or date.max, n.stop, n.kind)))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a notice is asked about."""

    matter: str
    text: MatterText
    arrangement: Arrangement
    facts: StopFacts
    clocks: Timetable
    own: Particulars
    on: date
    entry: PlanEntry | None

    @property
    def stop(self) -> Stop:
        return self.text.stops[self.facts.stop]


def _owed(asked: _Asked) -> Iterator[Notice]:
    for kind, form in FORMS.items():
        for id_, heads in form.heads.items():
            step = asked.clocks.step(id_)
            if step is None or step.day is None:
                continue
            way = _exit(asked, form, step) if form.exit else None
            if form.exit and way is None:
                continue
            yield _notice(asked, kind, step, law.heads(heads), way)
            if form.exit:
                break  # one exit answers both notices of a private meeting


def _exit(asked: _Asked, form: NoticeForm, step: Step) -> WayOut | None:
    """The exit this form uses, where it is the way on from a step whose day has gone."""
    way = asked.clocks.way_on(step, asked.on)
    return way if way and way.id == form.exit else None


def _notice(
    asked: _Asked, kind: NoticeKind, step: Step, heads: law.Heads, way: WayOut | None
) -> Notice:
    by_entry = kind is NoticeKind.FORWARD_PLAN and asked.entry is not None
    lines = asked.entry.lines if by_entry and asked.entry else tuple(_lines(asked, heads, way))
    return Notice(
        kind=kind, matter=asked.matter, stop=asked.facts.stop, title=heads.says,
        organisation=asked.facts.organisation, maker=asked.facts.maker, on=asked.clocks.on,
        lines=lines, step=step, way=way, if_=step.if_, authority=cited(heads),
        exits=tuple(x for x in asked.clocks.exits if x.from_step == step.id),
    )  # fmt: skip


def _lines(asked: _Asked, heads: law.Heads, way: WayOut | None) -> Iterator[Line]:
    filled = _filled(asked)
    for head in heads.heads:
        words = filled.get(head.letter, "")
        yield Line(head.letter, head.says, words, "" if words else _remedy(head.letter, way))


def _filled(asked: _Asked) -> dict[str, str]:
    """The words for each head, from the record or the organisation's particulars."""
    own, facts = asked.own, asked.text.matter
    kept_back = private_reasons(asked.text)
    meeting = f"{asked.facts.maker}, {in_words(asked.clocks.on)}"
    at = f"{on_day(asked.clocks.on)}, {own.time}" if own.time else ""
    return {
        "2": f"The meeting of {meeting} is to be held in private while {facts.title} is taken.",
        "3": kept_back, "reasons": kept_back,
        "representations": own.representations, "response": own.response,
        "time": at, "place": own.place, "agenda": own.agenda or f"An item: {facts.title}.",
        "reports": _reports(asked.text), "matter": f"{facts.title}. {facts.what}",
        "told": own.told, "agreed": own.agreed, "why": own.why,
    }  # fmt: skip


def private_reasons(text: MatterText) -> str:
    """Why a meeting is held in private: each part kept back, by what, and what outweighs telling.

    It says what kind of thing is kept back and never the thing itself.
    """
    return " ".join(r for row in text.exempt.values() if (r := _reason(row)))


def _reason(row: Exempt) -> str:
    if row.confidential:
        return f"{row.what}: confidential, so the public must be excluded."
    known = {h.letter: h.says for h in law.heads("schedule_12A").heads}
    if not isinstance(row.paragraph, int) or str(row.paragraph) not in known:
        return ""
    because = row.outweighs if isinstance(row.outweighs, str) else ""
    if not because:
        return ""
    words = known[str(row.paragraph)]
    return (
        f"{row.what}: information {words} (Schedule 12A, paragraph {row.paragraph}); "
        f"keeping it back outweighs telling it because {because.rstrip('.')}."
    )


def _reports(text: MatterText) -> str:
    report = text.report
    if not isinstance(report, Report):
        return ""
    kept = [row.what for row in text.exempt.values()]
    mark = f" Not for publication: {listed(kept)}." if kept else ""
    return f"{report.subject}.{mark}"


def _remedy(letter: str, way: WayOut | None) -> str:
    who = listed([f"the {w}" for w in way.who], "or else") if way else ""
    return {
        "3": "Say under [exempt] what is kept back, by which paragraph, and why.",
        "reasons": "Say under [exempt] what is kept back, by which paragraph, and why.",
        "representations": "Say which were received; where there were none, say so.",
        "response": "Answer each; where there were none, say that none was needed.",
        "time": "Give the time of the meeting.",
        "place": "Give the place of the meeting.",
        "reports": "Write the report.",
        "told": f"Tell {who} in writing, and say when." if who else "Say who was told.",
        "agreed": f"Ask {who}." if who else "Say who agreed.",
        "why": "Write the reasons; they are published.",
    }.get(letter, "Write it.")


def may_publish(notice: Notice, on: date, used: ExitUsed | None = None) -> Verdict:
    """Whether a notice may be published on that day: complete, and in time or by a lawful exit.

    A notice that is itself an exit's has to have used it: who agreed or was told, when, and why.
    """
    timely = in_time(notice.step, notice.exits, on, used)
    return all_of([*notice.complete().reasons, *timely.reasons])


def named(notice: Notice, arrangement: Arrangement) -> str:
    """What a notice is called on a page: `Notice of a key decision, Cabinet, Lowick Council`."""
    return f"{notice.title}, {notice.maker}, {label(arrangement, notice.organisation)}"
