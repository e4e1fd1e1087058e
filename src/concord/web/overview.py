"""What a place's front page says first: partners, agreements, what comes next, who sits where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from concord.domain.agreements.arrangement import Agreement, Delegation, Term
from concord.domain.agreements.bodies import Body
from concord.domain.agreements.terms import end_of, is_in_force, last_term
from concord.domain.agreements.words import LegalForm, TermKind
from concord.domain.findings import Answer, Authority
from concord.domain.language.reading import Standing
from concord.domain.language.values import Day, NotStated, holds_on, reached
from concord.web.naming import Names, each, known, the
from concord.web.wording import count, listed, long_date, lower_first, upper_first

_HOLD_BY_LAW = (LegalForm.CABINET, LegalForm.FULL_COUNCIL, LegalForm.NHS_BOARD)
MAY = {
    LegalForm.FULL_COUNCIL: "Decide what is not the executive’s",
    LegalForm.CABINET: "Decide executive functions",
    LegalForm.NHS_BOARD: "Decide for its NHS body",
    LegalForm.SCRUTINY_COMMITTEE: "Decide nothing",
    LegalForm.ADVISORY: "Decide nothing",
    LegalForm.INDIVIDUAL_DELEGATES: "Decide through its members, each for their own organisation",
    LegalForm.COMMITTEES_IN_COMMON: "Decide as each organisation’s committee, not as one body",
    LegalForm.HEALTH_AND_WELLBEING_BOARD: "Exercise what statute gives it, no executive function",
    LegalForm.REGULATION_10_JOINT_COMMITTEE: "Decide what both partners give it",
}


@dataclass(frozen=True, slots=True)
class Partner:
    """One half: an organisation and through whom it decides."""

    name: str
    title: str
    side: str
    says: str


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One agreement as the table of agreements shows it."""

    id: str
    name: str
    kind: str
    state: str
    colour: str
    parties: tuple[str, ...]
    signed: Day | str
    starts: Day
    ends: Day
    joint: bool
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body in a table of bodies."""

    id: str
    name: str
    of: tuple[str, ...]
    side: str
    form: str
    may: str
    authority: Authority
    standing: str
    ended: bool


def lead(names: Names) -> str:
    """Who the partners are and how their main agreement stands, in one or two sentences."""
    partners = names.partners
    titles = listed(names.organisation(one) for one in partners)
    many = "Nobody is named as a partner on this day." if not partners else ""
    sentence = many or f"{titles} plan and buy health and care together."
    main = main_agreement(names)
    if main is None:
        return sentence
    state, _ = state_of(main, names)
    last = _last_day(main)
    ends = "its end date is not stated" if last is None else f"it ends on {long_date(last)}"
    name = upper_first(the(main.label))
    told = {
        "In force": f"{name} is in force; {ends}.",
        "Proposed": f"{name} is only proposed.",
        "Ended": f"{name} has ended.",
        "Dates not stated": f"Whether {the(main.label)} is in force is not stated.",
    }
    return f"{sentence} {told.get(state, f'{name}: {lower_first(state)}.')}"


def main_agreement(names: Names) -> Agreement | None:
    """The agreement between the partners that matters most: a section 75 before any other."""
    rows = list(names.arrangement.agreements.values())
    for kind in ("section 75", "joint commissioner agreement", "memorandum of understanding"):
        alike = [row for row in rows if row.kind == kind]
        certain = [row for row in alike if state_of(row, names)[0] == "In force"]
        if alike:
            return (certain or alike)[0]
    return None


def state_of(row: Agreement, names: Names) -> tuple[str, str]:
    """The state of an agreement on a day, in words, and the colour of its tag."""
    in_force = is_in_force(names.arrangement, row, names.on)
    if in_force.answer is Answer.STANDS:
        return "In force", "green"
    if row.standing is Standing.PROPOSED:
        return "Proposed", "yellow"
    if in_force.answer is Answer.NOT_STATED:
        return "Dates not stated", "grey"
    given = [one for one in row.known_terms if one.kind is not TermKind.OPTION]
    ahead = any(reached(one.starts, names.on) is False for one in given)
    runs = any(holds_on(one.starts, one.ends, names.on) for one in given)
    return (
        ("Not signed", "red") if runs else ("Not yet begun", "grey") if ahead else ("Ended", "grey")
    )


def _last_day(row: Agreement) -> date | None:
    last = last_term(row)
    return end_of(last) if last else None


def _term(row: Agreement, on: date) -> Term | None:
    """The term that runs on the day, or the last one there is; an option is not one until used."""
    given = [one for one in row.known_terms if one.kind is not TermKind.OPTION]
    running = [one for one in given if holds_on(one.starts, one.ends, on)]
    return (running or given or [None])[-1]  # type: ignore[list-item]


def agreements(names: Names) -> list[AgreementRow]:
    """Every agreement, those between several parties and those in force first."""
    found = [_agreement_row(row, names) for row in names.arrangement.agreements.values()]
    return sorted(found, key=lambda row: (not row.joint, row.state != "In force", not row.parties))


def _agreement_row(row: Agreement, names: Names) -> AgreementRow:
    state, colour = state_of(row, names)
    term = _term(row, names.on)
    parties = each(row.parties)
    return AgreementRow(
        id=row.id,
        name=row.label,
        kind=str(row.kind) if known(row.kind) else "not stated",
        state=state,
        colour=colour,
        parties=tuple(names.abbreviated(one) for one in parties),
        signed=_signed(row, term),
        starts=term.starts if term else NotStated(),
        ends=term.ends if term else NotStated(),
        joint=len(parties) != 1,
        note=row.note,
        line=row.line,
    )


def _signed(row: Agreement, term: Term | None) -> Day | str:
    """The day on which the last party signed; not yet where the text is only proposed."""
    signed = term.signed if term else None
    if isinstance(signed, Mapping):
        days = list(signed.values())
        certain = [one for one in days if isinstance(one, date)]
        return max(certain) if certain and len(certain) == len(days) else NotStated()
    if signed is None and row.standing is Standing.PROPOSED:
        return "not yet"
    return signed if signed is not None else NotStated()


def partners(names: Names) -> list[Partner]:
    """Each partner with the bodies through which it decides."""
    return [
        Partner(one, names.abbreviated(one), names.side(one), _decides(one, names))
        for one in names.partners
    ]


def _decides(organisation: str, names: Names) -> str:
    own = [b for b in names.arrangement.bodies.values() if b.organisations == (organisation,)]
    by_law = [b for form in _HOLD_BY_LAW for b in own if b.legal_form == form]
    if not by_law:
        return "Through whom it decides is not stated."
    alone = len(by_law) == 1
    said = listed(the(b.label) if alone else _for_what(b) for b in by_law)
    given = [d for d in names.arrangement.delegations.values() if _given_by(d, own, names.on)]
    powers = f" {upper_first(count(len(given), 'power'))} delegated on this day." if given else ""
    return f"Decides through {said}.{powers}"


def _for_what(body: Body) -> str:
    if body.legal_form is LegalForm.CABINET:
        return f"{the(body.label)} for executive functions"
    if body.legal_form is LegalForm.FULL_COUNCIL:
        return f"{the(body.label)} for the rest"
    return the(body.label)


def _given_by(row: Delegation, bodies: list[Body], on: date) -> bool:
    return row.from_ in {b.id for b in bodies} and holds_on(row.starts, row.ends, on) is not False


def bodies(names: Names) -> list[BodyRow]:
    """Every body with what it may do, joint bodies first."""
    found = []
    for row in names.arrangement.bodies.values():
        form = row.legal_form if known(row.legal_form) else None
        found.append(
            BodyRow(
                id=row.id,
                name=row.label,
                of=tuple(names.abbreviated(one) for one in row.organisations),
                side=names.side_of(row),
                form=upper_first(form) if form else "not stated",
                may=may_do(row, names),
                authority=row.authority,
                standing=str(row.standing),
                ended=holds_on(row.starts, row.ends, names.on) is False,
            )
        )
    return sorted(found, key=lambda row: (row.ended, row.side != "both"))


def may_do(body: Body, names: Names) -> str:
    """What a body may do, by its legal form and by what was given to it."""
    given = [d for d in names.arrangement.delegations.values() if body.id in d.given_to]
    form = body.legal_form
    said = MAY.get(form, "") if isinstance(form, LegalForm) else "Its legal form is not stated"
    if given:
        return f"Decide what is delegated to it ({count(len(given), 'delegation')})"
    remits = dict.fromkeys(may for row in each(body.remit) for may in each(row.may))
    does = f"it may {listed(remits)}" if remits else ""
    if form in _HOLD_BY_LAW or not does:
        return said or "Nothing is delegated to it"
    return f"{said}; {does}" if said else upper_first(f"{does}, and decides nothing")


def main_body(names: Names) -> Body | None:
    """The body at which the partners meet: joint, with the most seats, deciding before advisory."""
    joint = [
        b for b in names.arrangement.bodies.values() if len(b.organisations) > 1 and b.known_seats
    ]
    there = [b for b in joint if holds_on(b.starts, b.ends, names.on) is not False]
    return max(
        there, key=lambda b: (b.legal_form is not LegalForm.ADVISORY, _size(b)), default=None
    )


def _size(body: Body) -> int:
    return sum(s.count if isinstance(s.count, int) else 1 for s in body.known_seats.values())
