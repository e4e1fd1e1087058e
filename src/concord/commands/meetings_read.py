"""A meeting as its commands find it: its record, its arrangement, the interests that bear on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from concord.commands.command import refuse
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.reader import read_arrangement
from concord.domain.decisions import interests as i
from concord.domain.decisions.matter import MatterText, as_matter
from concord.domain.decisions.meetings import may_exclude
from concord.domain.decisions.meetings.book import (
    BookEntry,
    EntryKind,
    ItemPut,
    MeetingRecord,
    after,
    exclusion,
    item_put,
    read_book,
)
from concord.domain.decisions.meetings.exclusion import NHS
from concord.domain.decisions.outcomes import Deferral, Result, may_return
from concord.domain.decisions.outcomes import Talk as TalkFact
from concord.domain.decisions.proposing import facts_matter
from concord.domain.decisions.reader import read_matter
from concord.domain.findings import Reason, Verdict, all_of
from concord.domain.places.organisations import OrganisationKind
from concord.records.models import (
    DispensationEntry,
    InterestEntry,
    Meeting,
    Outcome,
    Talk,
    TextVersion,
)
from concord.records.models.agreements import matter_kind

LONDON = ZoneInfo("Europe/London")


def wall(moment: datetime) -> datetime:
    """A moment as the wall clock shows it in England; the rules of meetings know no other."""
    return moment.astimezone(LONDON).replace(tzinfo=None, microsecond=0)


@lru_cache(maxsize=256)
def arrangement_in(sha256: str, text: str) -> Arrangement:
    """The arrangement of an adopted text; its hash makes finding it again cheap."""
    found = read_arrangement(text).arrangement
    if found is None:
        raise refuse("agreements.read", "the arrangement cannot be read", "load its folder again")
    return found


@lru_cache(maxsize=128)
def _matter_in(sha256: str, text: str, beside: str, arrangement: Arrangement) -> MatterText | None:
    return read_matter(text, arrangement).matter


def matter_text(place: str, put: ItemPut, beside: TextVersion) -> MatterText | None:
    """The newest text of the matter that an item puts; none where it is no matter."""
    version = TextVersion.objects.newest(place, matter_kind(put.matter)) if put.matter else None
    if version is None:
        return None
    arrangement = arrangement_in(beside.sha256, beside.text)
    return _matter_in(version.sha256, version.text, beside.sha256, arrangement)


def meeting_or_refuse(place: str, name: str, act: str) -> Meeting:
    """The meeting of that name, or the refusal that says so."""
    found = Meeting.objects.select_related("arrangement").filter(place=place, name=name).first()
    if found is None:
        raise refuse(act, f"no meeting {name[:80]!r} was called", "call it first")
    return found


@dataclass
class AtMeeting:
    """One meeting with all that is needed to judge an entry; `added` keeps it in step.

    What was asked of the database for an item is kept until the next entry.
    """

    meeting: Meeting
    arrangement: Arrangement
    entries: tuple[BookEntry, ...]
    record: MeetingRecord
    _texts: dict[str, MatterText | None] = field(default_factory=dict, repr=False)
    _interests: dict[str, tuple[i.Consequence, ...]] = field(default_factory=dict, repr=False)

    @property
    def place(self) -> str:
        return str(self.meeting.place_id)

    @property
    def on(self) -> date:
        found: date = self.meeting.on
        return found

    def added(self, entry: BookEntry) -> None:
        self.entries = (*self.entries, entry)
        self._interests.clear()
        if entry.kind == EntryKind.STRUCK:
            bodies = tuple(self.meeting.bodies)
            self.record = read_book(self.meeting.name, self.on, bodies, self.entries)
        else:
            self.record = replace(after(self.record, entry), head=entry.number)

    def text(self, put: ItemPut) -> MatterText | None:
        if put.matter not in self._texts:
            self._texts[put.matter] = matter_text(self.place, put, self.meeting.arrangement)
        return self._texts[put.matter]

    def interests(self, item: str) -> tuple[i.Consequence, ...]:
        """What every interest that bears on an item means, for each seat its holder sits in."""
        if item not in self._interests:
            self._interests[item] = self._consequences(item)
        return self._interests[item]

    def _consequences(self, item: str) -> tuple[i.Consequence, ...]:
        put = self.record.items.get(self.record.held.leading(item))
        if put is None:
            return ()
        people = {a.person for a in self.record.held.attendees}
        touched = self._touched(put)
        register = (*_register(self.place, people), *self.record.declared)
        found = i.matched(self.arrangement, register, touched, self.on)
        return i.consequences(
            self.arrangement, self.record.held, found, item,
            _dispensations(self.place, people), self.record.rulings,
        )  # fmt: skip

    def _touched(self, put: ItemPut) -> i.Touches:
        text = self.text(put)
        matter = as_matter(text.matter) if text else facts_matter(put.facts)
        others = list(put.facts.get("touches", ()))
        if text and isinstance(text.matter.organisations, tuple):
            others += text.matter.organisations
        return i.touched_by(self.arrangement, put.id, matter, others, self.on)

    def barred(self, item: str) -> frozenset[str]:
        """Who does not decide an item because of an interest."""
        return i.barred(self.interests(item))

    def may_come(self, entry: BookEntry) -> Verdict:
        """Whether an item that was deferred before may be on this agenda."""
        put = item_put(entry.said, self.record.held.bodies)
        text = self.text(put)
        matter = as_matter(text.matter) if text else facts_matter(put.facts)
        off, talks = deferrals(self.place, put.subject), talks_on(self.place, put.subject)
        off = tuple(d for d in off if d.on < self.on)
        reasons: list[Reason] = []
        for body in put.bodies if off else ():
            reasons += may_return(
                self.arrangement, body, matter, put.subject, off, talks, self.on
            ).reasons
        return all_of(reasons)

    def may_exclude(self, entry: BookEntry) -> Verdict:
        """Whether the public may be excluded under the law of every organisation that meets."""
        asked = exclusion(entry.said)
        reasons: list[Reason] = []
        for regime in self._regimes():
            reasons += may_exclude(regime, asked).reasons
        return all_of(reasons)

    def _regimes(self) -> Iterator[str]:
        owners = {o for b in self.meeting.bodies for o in self.arrangement.bodies[b].organisations}
        kinds = {self.arrangement.organisations[o].kind for o in owners}
        if OrganisationKind.COUNCIL in kinds:
            yield "council"
        if kinds - {OrganisationKind.COUNCIL}:
            yield NHS


def at_meeting(meeting: Meeting) -> AtMeeting:
    """The meeting as its entries tell it, in two questions to the database."""
    version = meeting.arrangement
    entries = meeting.entries.as_facts()
    bodies = tuple(meeting.bodies)
    book = read_book(meeting.name, meeting.on, bodies, entries)
    return AtMeeting(meeting, arrangement_in(version.sha256, version.text), entries, book)


def _register(place: str, people: set[str]) -> tuple[i.Interest, ...]:
    rows = InterestEntry.objects.now(place).filter(person__in=people)
    return tuple(interest_fact(r) for r in rows)


def interest_fact(row: InterestEntry) -> i.Interest:
    """An entry of the register as the rules see it."""
    kinds = {i.InterestRegime(k): str(v) for k, v in row.kinds.items()}
    return i.Interest(
        person=row.person, in_=row.in_what, what=row.what, kinds=kinds, starts=row.starts,
        ends=row.ends,
    )  # fmt: skip


def _dispensations(place: str, people: set[str]) -> tuple[i.Dispensation, ...]:
    rows = DispensationEntry.objects.filter(place=place, person__in=people)
    return tuple(
        i.Dispensation(
            person=r.person, in_=r.in_what, by=r.by, starts=r.starts, ends=r.ends, speak=r.speak,
            vote=r.vote,
        )
        for r in rows
    )  # fmt: skip


def deferrals(place: str, subject: str) -> tuple[Deferral, ...]:
    """On which days something was put off, at whatever meeting."""
    rows = Outcome.objects.filter(place=place, result=Result.DEFERRED, matter=subject)
    others = Outcome.objects.filter(place=place, result=Result.DEFERRED, matter="", item=subject)
    return tuple(sorted((Deferral(subject, r.on) for r in (*rows, *others)), key=lambda d: d.on))


def talks_on(place: str, subject: str) -> tuple[TalkFact, ...]:
    """The talks recorded on it."""
    rows = Talk.objects.filter(place=place, item=subject)
    return tuple(TalkFact(item=subject, on=r.on, who=frozenset(r.who), said=r.said) for r in rows)
