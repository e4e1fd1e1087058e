"""A place's own clocks, its rule for call-in among them (docs/language.md, section 3.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from concord.domain.agreements import words as w
from concord.domain.calendar import Period
from concord.domain.language.kinds import listing, number, period, refs, word, words, yes_or_no
from concord.domain.language.tables import Row, key, rows
from concord.domain.language.values import NOT_STATED, NotStated

_NAMED_TIMES = {"noon": time(12), "midday": time(12), "midnight": time.max}
STAGES = (w.Clock.CALL_IN_MEETING, w.Clock.CALL_IN_RECONSIDERATION, w.Clock.CALL_IN_COUNCIL)
CALL_IN = (w.Clock.CALL_IN_WINDOW, *STAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Callers(Row):
    """Who may call a decision in: so many members, or so many of the committee with its chair."""

    members: int | NotStated | None = key(number())
    committee_members: int | NotStated | None = key(number())
    with_chair: bool | NotStated | None = key(yes_or_no())


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalClock(Row):
    """A clock that an organisation runs by a rule of its own.

    `callers`, `grounds` and `exempt_by` belong to a call-in window, `lapses` to each stage after
    it, `only_outside_framework` to full council. `grounds` are in the place's own words.
    """

    of: tuple[str, ...] | NotStated = key(refs("organisation", "body"), required=True)
    clock: w.Clock | NotStated = key(word(w.Clock), required=True)
    period: Period | NotStated = key(period(), required=True)
    cut_off: str | NotStated | None = key(words())
    callers: tuple[Callers, ...] | NotStated | None = key(rows(Callers))
    grounds: tuple[str, ...] | NotStated = key(listing(words()), default=())
    exempt_by: tuple[str, ...] | NotStated | None = key(refs("post", "body"))
    lapses: bool | NotStated | None = key(yes_or_no())
    only_outside_framework: bool | NotStated | None = key(yes_or_no())
    applies_to: w.AppliesTo | NotStated | None = key(word(w.AppliesTo))


def read_cut_off(text: str) -> time | NotStated:
    """`17:00`, `midday` or `midnight`; words that are no time of day are as good as not stated."""
    if text.casefold() in _NAMED_TIMES:
        return _NAMED_TIMES[text.casefold()]
    hour, colon, minute = text.partition(":")
    if not (colon and hour.isdigit() and minute.isdigit() and len(minute) == 2):
        return NOT_STATED
    return time(int(hour), int(minute)) if int(hour) < 24 and int(minute) < 60 else NOT_STATED
