"""A body's agenda on a day: the matters that come to it, and by when it has to be public.

Local Government Act 1972, sections 100B(2) to (4); SI 2012/2089, regulations 6 and 7; Public
Bodies (Admission to Meetings) Act 1960, section 1(4)(a).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.labels import label, listed
from concord.domain.agreements.timetables import timetable_for
from concord.domain.calendar import in_words
from concord.domain.clocks import Step, Timetable, WayOut
from concord.domain.clocks.facts import Business
from concord.domain.decisions.calendars import Calendars
from concord.domain.decisions.facts import by_organisation, organisations_at
from concord.domain.decisions.lateness import ExitUsed, in_time, lateness
from concord.domain.decisions.matter import MatterText, Stop
from concord.domain.decisions.words import Purpose
from concord.domain.findings import Answer, Reason, Verdict, all_of
from concord.domain.language.values import NotStated

CLOCK = "agenda and reports"


@dataclass(frozen=True, slots=True)
class MeetingDay:
    """A body's meeting on a day: when, whether it was called off, how many matters come to it.

    `listed` says that the calendar has it; a day that only a matter names is not listed.
    """

    body: str
    on: date
    at: str = ""
    cancelled: bool = False
    listed: bool = True
    matters: int = 0


@dataclass(frozen=True, slots=True)
class PaperFiled:
    """A file that others made, put to a meeting: an item of its own or one more paper of an item.

    `late` is why it comes after the agenda was due.
    """

    id: str
    title: str
    item: str = ""
    late: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item: what it is, for what purpose, who decides it, what of it is kept from the public.

    `key` names it for as long as it is on the agenda, whatever its number: its matter and stop, or
    its file.
    """

    key: str
    title: str
    number: str = ""
    matter: str = ""
    stop: str = ""
    purpose: Purpose | NotStated | None = None
    makers: tuple[str, ...] = ()
    private: bool = False
    exempt: tuple[str, ...] = ()
    late: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaDue:
    """By when an agenda has to be public for one organisation, and the ways out of being late."""

    organisation: str
    step: Step
    exits: tuple[WayOut, ...]

    def late_on(self, today: date) -> bool:
        return self.step.day is not None and today > self.step.day

    def ways(self) -> tuple[WayOut, ...]:
        return tuple(x for x in self.exits if x.from_step == self.step.id)


def stops_at(
    matters: Mapping[str, MatterText], body: str, on: date
) -> Iterator[tuple[str, MatterText, Stop]]:
    """Every stop of these matters at that body on that day, in the order of the matters."""
    for name, text in matters.items():
        for stop in text.stops.values():
            if stop.body == body and stop.on == on:
                yield name, text, stop


def meetings(
    matters: Mapping[str, MatterText], arrangement: Arrangement, calendars: Calendars
) -> tuple[MeetingDay, ...]:
    """Every meeting the calendar lists or a matter names, the earliest first."""
    many: dict[tuple[str, date], int] = {}
    for text in matters.values():
        for stop in text.stops.values():
            if stop.body in arrangement.bodies and isinstance(stop.on, date):
                where = (str(stop.body), stop.on)
                many[where] = many.get(where, 0) + 1
    known = {
        (str(m.body), m.on)
        for m in calendars.meetings
        if m.body in arrangement.bodies and isinstance(m.on, date)
    }
    found = [_meeting(b, on, calendars, many.get((b, on), 0)) for b, on in known | set(many)]
    return tuple(sorted(found, key=lambda m: (m.on, m.at or "99", m.body)))


def meeting(
    matters: Mapping[str, MatterText], calendars: Calendars, body: str, on: date
) -> MeetingDay | None:
    """The meeting of that day; none where neither the calendar nor a matter knows of it."""
    many = sum(1 for _ in stops_at(matters, body, on))
    if not many and calendars.meeting(body, on) is None:
        return None
    return _meeting(body, on, calendars, many)


def _meeting(body: str, on: date, calendars: Calendars, many: int) -> MeetingDay:
    row = calendars.meeting(body, on)
    if row is None:
        return MeetingDay(body, on, listed=False, matters=many)
    return MeetingDay(body, on, row.at, row.cancelled is True, True, many)


def items(
    matters: Mapping[str, MatterText], arrangement: Arrangement, body: str, on: date,
    files: Sequence[PaperFiled] = (), first: Sequence[str] = (),
    late: Mapping[str, str] | None = None,
) -> tuple[AgendaItem, ...]:  # fmt: skip
    """The items of a body on a day, numbered: those named `first`, then by title.

    Those taken wholly in private come last, since the public leaves before them.
    """
    found = [
        _item(name, text, stop, arrangement, (late or {}).get(f"{name}/{stop.id}", ""))
        for name, text, stop in stops_at(matters, body, on)
    ]
    own = {i.key for i in found}
    found = [replace(i, files=tuple(f.id for f in files if f.item == i.key)) for i in found]
    found += [
        AgendaItem(key=f"file/{f.id}", title=f.title, files=(f.id,), late=f.late)
        for f in files
        if f.item not in own
    ]
    place = {key: n for n, key in enumerate(first)}
    found.sort(key=lambda i: (i.private, place.get(i.key, len(place)), i.title.casefold(), i.key))
    return numbered(found)


def numbered(
    found: Iterable[AgendaItem], known: Mapping[str, str] | None = None
) -> tuple[AgendaItem, ...]:
    """Each item with its number: the one it was published with, or the next that nobody has."""
    known = known or {}
    used = {int(n) for n in known.values() if n.isdigit()}
    count = max(used, default=0)
    out = []
    for item in found:
        number = known.get(item.key, "")
        if not number:
            count += 1
            number = str(count)
        out.append(replace(item, number=number))
    return tuple(out)


def _item(
    name: str, text: MatterText, stop: Stop, arrangement: Arrangement, late: str
) -> AgendaItem:
    return AgendaItem(
        key=f"{name}/{stop.id}",
        title=text.matter.title or name,
        matter=name,
        stop=stop.id,
        purpose=stop.purpose,
        makers=organisations_at(stop, arrangement) if stop.purpose is Purpose.DECISION else (),
        private=text.matter.private is True,
        exempt=tuple(_kept_back(text)),
        late=late,
    )


def _kept_back(text: MatterText) -> Iterator[str]:
    """Under what each thing is kept from the public; never what it is."""
    for row in text.exempt.values():
        if row.confidential:
            yield "confidential (Local Government Act 1972, section 100A(3))"
        elif isinstance(row.paragraph, int):
            yield f"exempt under paragraph {row.paragraph} of Schedule 12A"
        else:
            yield "exempt, under which paragraph is not stated"


def note_of(item: AgendaItem, arrangement: Arrangement) -> str:
    """What an agenda says under an item's title: its purpose, its decision-maker, what is kept."""
    said = []
    if isinstance(item.purpose, Purpose):
        who = listed([label(arrangement, m) for m in item.makers])
        said.append(f"For {item.purpose}{f' by {who}' if who else ''}.")
    elif item.purpose is not None:
        said.append("For what purpose is not stated.")
    kept = listed(list(dict.fromkeys(item.exempt)))
    if item.private:
        said.append(f"Taken in private{f': {kept}' if kept else ''}.")
    elif kept:
        said.append(f"Part of its paper is not for publication: {kept}.")
    if item.late:
        said.append(f"Late: {item.late.rstrip('.')}.")
    return " ".join(said)


def agenda_due(
    matters: Mapping[str, MatterText], arrangement: Arrangement, body: str, on: date, today: date
) -> tuple[AgendaDue, ...]:
    """By when the agenda has to be public, by each rule that any of its items brings with it."""
    found: dict[tuple[str, str], AgendaDue] = {}
    for organisation, clocks in _timetables(matters, arrangement, body, on, today):
        for step in clocks.steps:
            if step.clock == CLOCK:
                found.setdefault(
                    (organisation, step.id), AgendaDue(organisation, step, clocks.exits)
                )
    return tuple(sorted(found.values(), key=lambda d: (d.step.day or date.max, d.organisation)))


def _timetables(
    matters: Mapping[str, MatterText], arrangement: Arrangement, body: str, on: date, today: date
) -> Iterator[tuple[str, Timetable]]:
    owners = set()
    for _, text, stop in stops_at(matters, body, on):
        for facts in by_organisation(text, arrangement, today):
            if facts.stop == stop.id and facts.clocks is not None:
                owners.add(facts.organisation)
                yield facts.organisation, facts.clocks
    for owner in owners_of(arrangement, body):
        if owner not in owners:
            asked = Business(function_kind="")
            yield owner, timetable_for(arrangement, body, asked, on, None, owner)


def may_publish_agenda(
    meets: MeetingDay, due: Iterable[AgendaDue], today: date, used: Iterable[ExitUsed] = ()
) -> Verdict:
    """Whether an agenda, or a supplement to it, may be published on that day."""
    reasons = []
    if meets.cancelled:
        says = f"the meeting of {in_words(meets.on)} was called off"
        reasons.append(Reason(Answer.REFUSED, says, remedy="Move its matters to another meeting."))
    if today > meets.on:
        says = f"the meeting was on {in_words(meets.on)}"
        reasons.append(Reason(Answer.REFUSED, says, remedy="Record its decisions instead."))
    every = tuple(used)
    for one in due:
        reasons += in_time(one.step, one.exits, today, exit_for(one, every)).reasons
    return all_of(reasons or [Reason(Answer.STANDS, "no rule asks for it by a day")])


def exit_for(due: AgendaDue, used: Iterable[ExitUsed]) -> ExitUsed | None:
    """Which of the exits used is one of this rule's; else the first, to be told why it is none."""
    every = tuple(used)
    ids = {w.id for w in due.ways()}
    return next((u for u in every if u.exit in ids), every[0] if every else None)


def told_late(due: Iterable[AgendaDue], today: date, used: Iterable[ExitUsed]) -> str:
    """What is said for ever of an agenda that was published late; nothing of one in time."""
    every = tuple(used)
    told = []
    for one in due:
        late = lateness(one.step, one.exits, today, exit_for(one, every))
        if late:
            told.append(late.says)
    return " ".join(dict.fromkeys(told))
