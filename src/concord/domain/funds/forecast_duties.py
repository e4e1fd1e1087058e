"""When a forecast variance passes what the agreement tolerates, a duty opens: an action plan.

Authority: the agreement's own duties with `when = "forecast variance"`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from concord.domain.agreements.arrangement import Duty
from concord.domain.agreements.words import When
from concord.domain.calendar import Period
from concord.domain.findings import Answer, Reason, Verdict, all_of
from concord.domain.funds.forecast import Total, Variance, variance_total
from concord.domain.language.values import NotStated
from concord.domain.money import pounds

_OPENS = frozenset({When.FORECAST_VARIANCE, When.VARIANCE})


@dataclass(frozen=True, slots=True)
class Opened:
    """A duty that a forecast opened: whose, to whom, from which day, by which day.

    `by` is None where it cannot be dated, and `words` then says what the agreement says; `again`
    is how often it comes back until it is cleared.
    """

    duty: str
    what: str
    owner: str
    to: str
    opened: date
    by: date | None
    words: str
    again: str
    verdict: Verdict


def opened(
    duties: Mapping[str, Duty],
    found: Iterable[Variance],
    on: date,
    next_meetings: Mapping[str, date],
) -> tuple[Opened, ...]:
    """The duties these variances open on that day; `next_meetings` gives each body's next one.

    What the lines not reported would add is unknown, so each answer says which they are.
    """
    overall = variance_total(found)
    made = []
    for name, duty in duties.items():
        if duty.when in _OPENS and _in_force(duty, on):
            verdict = passes(duty, overall)
            if verdict.answer is not Answer.STANDS:
                made.append(_opened(name, duty, verdict, on, next_meetings))
    return tuple(made)


def passes(duty: Duty, overall: Total) -> Verdict:
    """Stands within the trigger; needs the plan past it; not stated where nobody stated it.

    Over and under count alike: the trigger is an amount, not a direction.
    """
    if isinstance(duty.over, NotStated):
        says = f"the forecast is {overall} from budget, and the trigger is not stated"
        return all_of([_reason(duty, Answer.NOT_STATED, says, "state it in the agreement")])
    trigger = duty.over or 0
    if abs(overall.amount) > trigger:
        says = f"the forecast is {overall} from budget, past {pounds(trigger)}"
        return all_of([_reason(duty, Answer.NEEDS, says, f"give {_owner(duty)} its action plan")])
    if overall.left_out:
        says = f"the forecast is {overall}, so whether it is past {pounds(trigger)} is not known"
        return all_of([_reason(duty, Answer.NOT_STATED, says, "report the lines left out")])
    says = f"the forecast is {overall} from budget, within {pounds(trigger)}"
    return all_of([_reason(duty, Answer.STANDS, says, "")])


def _opened(
    name: str, duty: Duty, verdict: Verdict, on: date, next_meetings: Mapping[str, date]
) -> Opened:
    by, words = _by(duty, on, next_meetings)
    return Opened(
        duty=name,
        what=_text(duty.what),
        owner=_names(duty.owner),
        to=_names(duty.to),
        opened=on,
        by=by,
        words=words,
        again=f"every {duty.every}" if isinstance(duty.every, Period) else "",
        verdict=verdict,
    )


def _by(duty: Duty, on: date, next_meetings: Mapping[str, date]) -> tuple[date | None, str]:
    if isinstance(duty.within, Period):
        return duty.within.after(on), f"within {duty.within}"
    if duty.within == "next meeting":
        bodies = duty.to if isinstance(duty.to, tuple) else ()
        days = [next_meetings[body] for body in bodies if body in next_meetings]
        return min(days, default=None), "at its next meeting"
    return None, "by when is not stated"


def _in_force(duty: Duty, on: date) -> bool:
    starts, ends = duty.starts, duty.ends
    begun = not isinstance(starts, date) or starts <= on
    return begun and (not isinstance(ends, date) or on <= ends)


def _reason(duty: Duty, answer: Answer, says: str, remedy: str) -> Reason:
    return Reason(answer, says, duty.authority, remedy)


def _owner(duty: Duty) -> str:
    return _names(duty.to) if duty.to else "the partners"


def _names(value: tuple[str, ...] | NotStated | None) -> str:
    return " and ".join(value) if isinstance(value, tuple) else "not stated"


def _text(value: str | NotStated) -> str:
    return "not stated" if isinstance(value, NotStated) else value
