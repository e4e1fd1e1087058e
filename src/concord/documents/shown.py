"""What each fact that a format may show is, as lines of words."""

from __future__ import annotations

from collections.abc import Callable

from concord.documents import record as r
from concord.documents.exempting import withholds
from concord.documents.house import Field, Shows
from concord.documents.paper import Audience
from concord.documents.record import NOT_STATED, Record
from concord.domain.agreements.labels import label, listed
from concord.domain.decisions.matter import Promise, Stop
from concord.domain.decisions.report import SignOff
from concord.domain.decisions.words import Assessment, Purpose
from concord.domain.language.values import NotStated

PURPOSES = {
    Purpose.INFORMATION: "For Information",
    Purpose.CONSULTATION: "For Consultation",
    Purpose.RECOMMENDATION: "For Recommendation",
    Purpose.DECISION: "For Decision",
}


def lines(field: Field, record: Record) -> list[str]:
    """What a field shows, a line for each person or body."""
    found = _KNOWN[field.shows](record, field)
    return found if isinstance(found, list) else [found]


def fact(shows: Shows, record: Record) -> str:
    """What a fact is, in one line."""
    return "; ".join(lines(Field(shows=shows), record))


def yes(shows: Shows, record: Record) -> bool | None:
    """The answer to a question that a form asks with boxes to tick; None is not stated."""
    return _YES[shows](record)


def purpose_of(stop: Stop) -> str:
    return NOT_STATED if isinstance(stop.purpose, NotStated) else PURPOSES[stop.purpose]


def purpose(record: Record) -> str:
    """The purpose at this stop; of a paper for all its stops, each purpose once."""
    stops = [record.here] if record.here else list(record.matter.stops.values())
    words = list(dict.fromkeys(purpose_of(s) for s in stops))
    if len(words) < 2:
        return "".join(words) or NOT_STATED
    return "For " + listed([w.removeprefix("For ") for w in words])


def report_to(record: Record) -> str:
    if record.here:
        return record.body(record.here)
    return listed([record.body(s) for s in record.deciding]) or NOT_STATED


def publicity(record: Record) -> str:
    if not withholds(record.matter):
        return "Non-public" if record.matter.matter.private is True else "Public"
    return "Public version" if record.audience is Audience.PUBLIC else "Non-public"


def earlier(record: Record) -> list[str]:
    """The stops that come before this one, with their days."""
    stops = list(record.matter.stops.values())
    before = stops[: stops.index(record.here)] if record.here in stops else []
    return [f"{record.body(s)}, {record.date(s)}" for s in before] or ["No other body"]


def dates(record: Record) -> list[str]:
    if record.here:
        return [record.date(record.here)]
    return [record.date(s) for s in record.deciding] or [NOT_STATED]


def owner(promise: Promise, record: Record) -> str:
    if isinstance(promise.owner, NotStated):
        return NOT_STATED
    return label(record.arrangement, promise.owner)


def sign_offs(record: Record, as_: str) -> list[SignOff]:
    offs = record.report.sign_offs
    wanted = as_.casefold()
    return [s for s in offs if s.role.casefold() == wanted] if isinstance(offs, tuple) else []


def _signer(record: Record, sign_off: SignOff) -> str:
    if isinstance(sign_off.name, str):
        return sign_off.name
    posts = record.arrangement.posts
    post = posts.get(sign_off.post) if isinstance(sign_off.post, str) else None
    return post.label if post else "Not named"


def _signed_by(record: Record, field: Field) -> list[str]:
    return [_signer(record, s) for s in sign_offs(record, field.as_)] or [NOT_STATED]


def _signed_on(record: Record, field: Field) -> list[str]:
    found = [s.signed for s in sign_offs(record, field.as_)]
    return [r.shown_day(d) if d is not None else "Not yet" for d in found] or [NOT_STATED]


def _reference(record: Record) -> str:
    return r.said(r.assessment(record, Assessment.EQUALITY).reference)


_YES: dict[Shows, Callable[[Record], bool | None]] = {
    Shows.KEY: r.key_for,
    Shows.KEY_BY_AMOUNT: lambda rec: r.key_for(rec, "amount"),
    Shows.KEY_BY_WARDS: lambda rec: r.key_for(rec, "wards"),
    Shows.EXEMPT: lambda rec: withholds(rec.matter),
    Shows.EQUALITY_NEEDED: lambda rec: _known(r.assessment(rec, Assessment.EQUALITY).needed),
    Shows.EQUALITY_MADE: lambda rec: _known(r.assessment(rec, Assessment.EQUALITY).made),
    Shows.PRIVACY_NEEDED: lambda rec: _known(r.assessment(rec, Assessment.PRIVACY).needed),
}


def _known(answer: object) -> bool | None:
    return answer if isinstance(answer, bool) else None


_KNOWN: dict[Shows, Callable[[Record, Field], str | list[str]]] = {
    Shows.SUBJECT: lambda rec, f: rec.report.subject or rec.matter.matter.title,
    Shows.REPORT_OF: lambda rec, f: r.said(rec.report.of),
    Shows.REPORT_TO: lambda rec, f: report_to(rec),
    Shows.DECISION_MAKERS: lambda rec, f: [rec.body(s) for s in rec.deciding] or [NOT_STATED],
    Shows.DATE: lambda rec, f: dates(rec),
    Shows.DATES: lambda rec, f: [rec.date(s) for s in rec.deciding] or [NOT_STATED],
    Shows.REPORT_DATE: lambda rec, f: _report_date(rec),
    Shows.LEAD_MEMBERS: lambda rec, f: _each(rec.report.lead_members),
    Shows.PORTFOLIO: lambda rec, f: r.said(rec.report.portfolio),
    Shows.SCRUTINY: lambda rec, f: r.said(rec.report.scrutiny),
    Shows.WARDS: lambda rec, f: r.wards(rec),
    Shows.PEOPLE: lambda rec, f: r.said(rec.matter.matter.people),
    Shows.EQUALITY_REFERENCE: lambda rec, f: _reference(rec),
    Shows.CONFIDENTIALITY: lambda rec, f: r.confidentiality(rec),
    Shows.EXEMPT: lambda rec, f: r.exempt_words(rec),
    Shows.PUBLICITY: lambda rec, f: publicity(rec),
    Shows.PURPOSE: lambda rec, f: purpose(rec),
    Shows.EARLIER: lambda rec, f: earlier(rec),
    Shows.CONTACT: lambda rec, f: r.people(rec.contacts(f.as_ or "author")),
    Shows.CONSULTED: lambda rec, f: r.people(rec.consulted(f.as_)),
    Shows.SIGNED_BY: _signed_by,
    Shows.SIGNED_ON: _signed_on,
    Shows.REFERENCE: lambda rec, f: r.said(rec.report.reference),
    Shows.MONEY: lambda rec, f: r.money(rec),
    Shows.WORDS: lambda rec, f: f.words_ or NOT_STATED,
}
for _asked in _YES:
    _KNOWN.setdefault(_asked, lambda rec, f, asked=_asked: r.said(yes(asked, rec)))  # type: ignore[misc]


def _each(values: object) -> list[str]:
    return [str(v) for v in values] or [NOT_STATED] if isinstance(values, tuple) else [NOT_STATED]


def _report_date(record: Record) -> str:
    if record.report.dated is not None:
        return r.shown_day(record.report.dated)
    return "; ".join(dates(record))
