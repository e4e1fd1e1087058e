"""Sign-offs of a report: whose turn it is, by when, who may sign, what a changed text reopens.

Events are what people did, in the order in which they did it; nothing here asks the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label, listed
from concord.domain.agreements.timetables import days_of
from concord.domain.calendar import (
    NEVER_CLOSED,
    Closed,
    Counting,
    clear_days_between,
    in_words,
    working_day,
)
from concord.domain.decisions.checks.passages import report_of
from concord.domain.decisions.fingerprints import changed, fingerprints
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.report import SignOff
from concord.domain.decisions.signing import MOVES, Event, Move, Standing, State
from concord.domain.decisions.words import SignOffMode
from concord.domain.findings import Answer, Finding, Reason, Verdict, Weight, all_of
from concord.domain.language.values import NotStated

__all__ = [
    "MOVES",
    "Event",
    "Move",
    "Standing",
    "State",
    "may_move",
    "may_sign",
    "may_submit",
    "standings",
    "what_is_signed",
]


def standings(
    text: MatterText, arrangement: Arrangement, events: Iterable[Event], on: date
) -> tuple[Standing, ...]:
    """Where every sign-off of the report stands on that day, first to sign first."""
    report = report_of(text)
    if report is None or isinstance(report.sign_offs, NotStated):
        return ()
    known = tuple(e for e in events if e.on <= on)
    in_order = report.sign_off_mode is SignOffMode.IN_ORDER
    rows = sorted(report.sign_offs, key=lambda r: r.order or 0) if in_order else report.sign_offs
    found: list[Standing] = []
    for row in rows:
        before = [s for s in found if (s.row.order or 0) < (row.order or 0)] if in_order else []
        found.append(_standing(row, text, arrangement, known, on, before))
    return tuple(found)


def what_is_signed(text: MatterText, arrangement: Arrangement, role: str) -> Mapping[str, str]:
    """What a signature under that role covers, to be kept in its event; KeyError without a row."""
    report = report_of(text)
    rows = () if report is None or isinstance(report.sign_offs, NotStated) else report.sign_offs
    row = next((r for r in rows if r.role == role), None)
    if row is None:
        raise KeyError(role)
    return fingerprints(text, arrangement, row.parts)


@dataclass(frozen=True, slots=True)
class _Past:
    """What the events have made of one sign-off."""

    state: State = State.NOT_ASKED
    asked: date | None = None
    last: Event | None = None
    signed: Event | None = None
    held: tuple[tuple[date, date | None], ...] = ()
    handed_over: bool = False


def _past(row: SignOff, events: Iterable[Event]) -> _Past:
    past = _Past()
    if isinstance(row.signed, date):
        event = Event(row.role, Move.SIGNED, row.signed, _who(row))
        past = _Past(State.SIGNED, None, event, event)
    for event in events:
        if event.role not in ("", row.role):
            continue
        after = MOVES.get((past.state, event.move))
        if after is None or (event.role == "" and past.state is State.SIGNED):
            continue  # what does not follow from its state did not happen to it
        past = _moved(past, event, after)
    return past


def _moved(past: _Past, event: Event, after: State) -> _Past:
    asked, held = past.asked, past.held
    if event.move in (Move.ASKED, Move.REVOKED):
        asked, held = event.on, ()  # whoever takes a signature back has all its days again
    elif event.move is Move.HELD:
        held = (*held, (event.on, None))
    elif event.move is Move.RESTARTED:
        held = (*held[:-1], (held[-1][0], event.on))
    signed = event if event.move is Move.SIGNED else past.signed
    over = (past.handed_over and event.move is not Move.ASKED) or event.move is Move.HANDED_OVER
    return _Past(after, asked, event, signed, held, over)


def _standing(
    row: SignOff, text: MatterText, arrangement: Arrangement, events: tuple[Event, ...],
    on: date, before: list[Standing],
) -> Standing:  # fmt: skip
    past, closed = _past(row, events), _closed(row, arrangement, on)
    now = fingerprints(text, arrangement, row.parts)
    signed = past.signed if past.state is State.SIGNED else None
    altered = changed(signed.parts, now) if signed and signed.parts else ()
    began = None if signed else _began(past, before)
    due = _due(row, began, past.held, closed)
    state = _state(past, before, altered, due, on)
    late = clear_days_between(due, on, Counting.WORKING, closed) + 1 if due and on > due else 0
    delegable = row.delegable if isinstance(row.delegable, bool) else None
    return Standing(
        role=row.role, who=_who(row), label=label(arrangement, _who(row)), state=state,
        base=past.state, row=row, began=began, due=due, delegable=delegable,
        alternate=row.alternate if isinstance(row.alternate, str) else "",
        handed_over=past.handed_over, changed=altered,
        taken_back=bool(past.last and past.last.move is Move.REVOKED),
        early=bool(signed and past.asked and any(_later(s, signed.on) for s in before)),
        days_late=late if state is State.LATE else 0,
        signed_on=signed.on if signed else None,
        last_by=past.last.by if past.last else "", why=past.last.words if past.last else "",
    )  # fmt: skip


def _later(before: Standing, day: date) -> bool:
    return before.signed_on is None or before.signed_on > day


def _who(row: SignOff) -> str:
    """Whose sign-off it is: a post, or a person where no post is named."""
    return next((v for v in (row.post, row.name) if isinstance(v, str)), row.role)


def _closed(row: SignOff, arrangement: Arrangement, on: date) -> Closed:
    post = arrangement.posts.get(row.post) if isinstance(row.post, str) else None
    owner = arrangement.organisations.get(str(post.of)) if post else None
    return days_of(owner, on) if owner else NEVER_CLOSED


def _began(past: _Past, before: list[Standing]) -> date | None:
    """The day its own days run from: when it was asked, or when the last before it signed."""
    if past.asked is None or not all(s.done for s in before):
        return None
    return max([past.asked, *(s.signed_on for s in before if s.signed_on)])


def _due(
    row: SignOff, began: date | None, held: tuple[tuple[date, date | None], ...], closed: Closed
) -> date | None:
    """The last day, moved by the working days of each hold; a hold after it moves nothing."""
    if began is None or not isinstance(row.days, int):
        return None
    due = working_day(began, row.days, closed)
    for start, end in held:
        if start > due:
            continue
        if end is None:
            return None
        lost = clear_days_between(start, end, Counting.WORKING, closed) + 1
        due = working_day(due, lost, closed)
    return due


def _state(
    past: _Past, before: list[Standing], altered: tuple[str, ...], due: date | None, on: date
) -> State:
    if past.state is State.SIGNED:
        return State.REOPENED if altered else State.SIGNED
    if past.state is not State.WAITING:
        return past.state
    if not all(s.done for s in before):
        return State.NOT_YET
    return State.LATE if due and on > due else State.WAITING


def may_move(standing: Standing, move: Move) -> Verdict:
    """Whether a move follows from where a sign-off stands."""
    if (standing.base, move) in MOVES:
        return all_of([Reason(Answer.STANDS, f"it is {standing.base} and may be {move}")])
    allowed = [str(m) for s, m in MOVES if s is standing.base]
    says = f"the sign-off of {standing.role} is {standing.base} and cannot be {move}"
    return all_of([Reason(Answer.REFUSED, says, remedy=f"It can be {listed(allowed, 'or')}.")])


def may_sign(standing: Standing, by: str) -> Verdict:
    """Whether that post, or that person where no post is named, may sign now."""
    move = may_move(standing, Move.SIGNED)
    return all_of([*(r for r in move.reasons if r.answer < Answer.STANDS), _signer(standing, by)])


def _signer(standing: Standing, by: str) -> Reason:
    authority = standing.row.authority
    if by == standing.who:
        early = "; it signs before its turn" if standing.state is State.NOT_YET else ""
        return Reason(Answer.STANDS, f"it is the sign-off of {standing.label}{early}", authority)
    if not standing.alternate or by != standing.alternate:
        says = f"the sign-off is {standing.label}'s"
        return Reason(Answer.REFUSED, says, authority, f"Ask {standing.label} to sign.")
    if standing.delegable is False:
        says = f"{standing.label} signs in person and may not be stood in for"
        return Reason(Answer.REFUSED, says, authority, f"Ask {standing.label} to sign.")
    if standing.delegable is None:
        says = f"whether somebody may sign for {standing.label} is not stated"
        return Reason(Answer.NOT_STATED, says, authority, f"Ask {standing.label} to sign.")
    if standing.handed_over or standing.state is State.LATE:
        return Reason(Answer.STANDS, f"it signs for {standing.label}", authority)
    says = f"{standing.label} is neither late nor has handed the sign-off over"
    due = f", or wait until after {in_words(standing.due)}" if standing.due else ""
    remedy = f"Ask {standing.label} to hand it over{due}."
    return Reason(Answer.NEEDS, says, authority, remedy)


def may_submit(
    text: MatterText, sign_offs: Iterable[Standing], findings: Iterable[Finding]
) -> Verdict:
    """Whether the report may go to its meeting: everything that is still missing, at once."""
    report = report_of(text)
    if report is None:
        return all_of([Reason(Answer.REFUSED, "there is no report", remedy="Write it.")])
    reasons = [
        Reason(Answer.NEEDS, f.says if not f.line else f"line {f.line}: {f.says}", remedy=f.remedy)
        for f in findings
        if f.weight is Weight.GRAVE
    ]
    if isinstance(report.sign_offs, NotStated):
        says = "who signs the report off is not stated"
        reasons.append(Reason(Answer.NOT_STATED, says, report.authority, "Name them."))
    for standing in sign_offs:
        answer = Answer.STANDS if standing.done else Answer.NEEDS
        remedy = "" if standing.done else f"Ask {standing.label} to sign."
        reasons.append(Reason(answer, standing.says, standing.row.authority, remedy))
    return all_of(reasons)
