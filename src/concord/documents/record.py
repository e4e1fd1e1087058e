"""The facts of one matter as a paper shows them: each in words, `Not stated` where none is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from concord.documents.exempting import withholds
from concord.documents.paper import Audience
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.keyness import is_key
from concord.domain.agreements.labels import label, listed, on_day
from concord.domain.decisions.facts import organisation_of, organisations_at
from concord.domain.decisions.matter import MatterText, Stop, as_matter
from concord.domain.decisions.report import AssessmentAnswer, Contact, Report
from concord.domain.decisions.words import Assessment, Purpose
from concord.domain.language.values import NotStated
from concord.domain.money import pounds
from concord.domain.places.organisations import OrganisationKind

NOT_STATED = "Not stated"


@dataclass(frozen=True, slots=True)
class Record:
    """A matter beside its arrangement, seen from one stop (or from none) by one audience."""

    matter: MatterText
    arrangement: Arrangement
    audience: Audience
    stop: str = ""

    @property
    def report(self) -> Report:
        return self.matter.report if isinstance(self.matter.report, Report) else Report()

    @property
    def here(self) -> Stop | None:
        return self.matter.stops.get(self.stop)

    @property
    def deciding(self) -> tuple[Stop, ...]:
        """The stops that decide; where none does, those that the report asks something of."""
        stops = self.matter.stops.values()
        found = tuple(s for s in stops if s.purpose is Purpose.DECISION)
        asked = {r.to for r in self.report.recommendations}
        return found or tuple(s for s in stops if s.id in asked)

    @property
    def day(self) -> date:
        """The day on which facts that change are asked: the meeting's, or the report's."""
        days = [self.here.on if self.here else None, self.report.dated]
        days += [s.on for s in self.deciding]
        return next((d for d in days if isinstance(d, date)), date.max)

    @property
    def organisation(self) -> str:
        """Whose paper it is: that of the stop, or of the first body that decides."""
        stop = self.here or next(iter(self.deciding), None)
        return organisation_of(stop, self.arrangement) if stop else ""

    def body(self, stop: Stop) -> str:
        return (
            NOT_STATED if isinstance(stop.body, NotStated) else label(self.arrangement, stop.body)
        )

    def date(self, stop: Stop) -> str:
        return shown_day(stop.on)

    @property
    def owners(self) -> str:
        """Whose paper it is by name; a joint body's is that of all its partners."""
        stop = self.here or next(iter(self.deciding), None)
        found = organisations_at(stop, self.arrangement) if stop else ()
        return listed([self.name(o) for o in found]) or NOT_STATED

    def name(self, organisation: str) -> str:
        found = self.arrangement.organisations.get(organisation)
        if found is None:
            return NOT_STATED
        name = found.name.on(self.day)
        return name if isinstance(name, str) else found.label

    def contacts(self, as_: str) -> list[Contact]:
        """Those who wrote the report or stand behind it, in one role (`author`, `director`)."""
        wanted = as_.casefold()
        return [c for c in self.report.contacts if (c.as_ or "author").casefold() == wanted]

    def consulted(self, as_: str) -> list[Contact]:
        wanted = as_.casefold()
        return [c for c in self.report.consulted if (c.as_ or "").casefold() == wanted]

    @property
    def council(self) -> str:
        """The council whose rules say whether the matter is key: this stop's, or the first."""
        councils = [
            o.id
            for o in self.arrangement.organisations.values()
            if o.kind is OrganisationKind.COUNCIL
        ]
        mine = self.organisation
        deciding = [organisation_of(s, self.arrangement) for s in self.deciding]
        return next((c for c in (mine, *deciding) if c in councils), next(iter(councils), ""))


def shown_day(day: object) -> str:
    return on_day(day) if isinstance(day, date) else NOT_STATED


def said(value: object) -> str:
    """A value in words."""
    match value:
        case True:
            return "Yes"
        case False:
            return "No"
        case None | NotStated():
            return NOT_STATED
        case date():
            return on_day(value)
        case tuple():
            return listed([said(v) for v in value]) or "None"
        case _:
            return str(value)


def person(contact: Contact, apart: str = ", ") -> str:
    """`Greg Fell, Director of Public Health`."""
    name = contact.name if isinstance(contact.name, str) else "Not named"
    return f"{name}{apart}{contact.post}" if isinstance(contact.post, str) else name


def people(contacts: Iterable[Contact]) -> list[str]:
    return [person(c) for c in contacts] or [NOT_STATED]


def key_for(record: Record, by: str = "") -> bool | None:
    """Whether the matter is key: as it stands, by its amount alone, or by its wards alone."""
    asked = as_matter(record.matter.matter)
    if by == "amount":
        asked = replace(asked, wards=0)
    elif by == "wards":
        asked = replace(asked, amount=None)
    found = is_key(record.arrangement, record.council, asked, record.day)
    if found and found.key is None and not by:
        # The figures are silent; a matter that says why it is key is key all the same.
        said = record.matter.matter.key_because
        return True if isinstance(said, tuple) and said else None
    return found.key if found else None


def wards(record: Record) -> str:
    value = record.matter.matter.wards
    return f"{value} wards" if isinstance(value, int) and value != 1 else said(value)


def assessment(record: Record, kind: Assessment) -> AssessmentAnswer:
    found = record.report.assessments
    answer = found.get(kind) if isinstance(found, dict) else None
    return answer if isinstance(answer, AssessmentAnswer) else AssessmentAnswer()


def exempt_words(record: Record) -> str:
    """Whether the report holds anything that is not public, as a sentence."""
    if not withholds(record.matter):
        return "This report is not considered exempt."
    if record.audience is Audience.PUBLIC:
        return "Part of this report is exempt and is not in this public version."
    return "Part of this report is exempt. It is marked where it stands."


def confidentiality(record: Record) -> str:
    stated = record.report.confidentiality
    if isinstance(stated, str):
        return stated
    return exempt_words(record) if withholds(record.matter) else "None."


def money(record: Record) -> str:
    """Every amount with its year and what it is for."""
    amounts = record.matter.matter.amounts
    if isinstance(amounts, NotStated):
        return NOT_STATED
    found = []
    for row in amounts:
        what = [str(v) for v in (row.nature, row.line_, row.year) if isinstance(v, str)]
        sum_ = pounds(row.amount) if isinstance(row.amount, int) else "not stated"
        found.append(f"{sum_} ({', '.join(what)})")
    return "; ".join(found) or "No money is concerned"
