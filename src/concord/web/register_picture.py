"""What each half of a decision does and when, as a picture and as a table of the same days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from concord.commands.effects import half_of, together
from concord.domain.decisions.effects import EffectState, HalfEffect, MadeHalf, joint_effect
from concord.web.register_effect import state_word
from concord.web.register_opened import OpenedOutcome
from concord.web.timeline import Drawing, Mark
from concord.web.wording import KEEP, short_date, upper_first

_LOOKS = {
    EffectState.ON_HOLD: "f-hold",
    EffectState.CHANGED: "f-mid",
    EffectState.SUPERSEDED: "f-mid",
    EffectState.RESCINDED: "f-mid",
}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """One half in one state: from, until (none where it goes on), and in words."""

    state: EffectState
    word: str
    starts: datetime
    ends: datetime | None


@dataclass(frozen=True, slots=True)
class Lane:
    """One half of the picture; `due` is the deadline it meets next."""

    name: str
    side: str
    spans: tuple[Span, ...]
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the picture's table."""

    on: datetime
    whose: str
    says: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture in its two widths, what it says in words, and its table."""

    wide: Drawing
    narrow: Drawing
    says: str
    rows: tuple[Row, ...]


def picture(one: OpenedOutcome) -> Picture:
    """Every half from the day it was made until today or the next deadline."""
    lanes = tuple(_lanes(one))
    rows = sorted((r for lane in lanes for r in _rows(lane)), key=lambda r: (r.on, r.whose))
    said = [f"{r.whose}: {r.says}, {short_date(r.on.date())}." for r in rows]
    says = f"{' '.join(said)} Today is {short_date(one.on)}."
    return Picture(_drawn(lanes, one.on, 30.0), _drawn(lanes, one.on, 0.0), says, tuple(rows))


def _lanes(one: OpenedOutcome) -> Iterator[Lane]:
    halves = {row.organisation: half_of(one.arrangement, row) for row in one.rows}
    moments = sorted({m for half in halves.values() for m in _moments(half, one)})
    order = sorted(halves, key=lambda o: (one.names.side(o) != "council", o))
    seen: dict[datetime, dict[str, HalfEffect]] = {}
    takes = together(one.arrangement, one.outcome)
    for at in moments:
        there = [h for h in halves.values() if h.made <= at]
        found = joint_effect(one.arrangement, there, takes, at)
        seen[at] = {h.organisation: h for h in found.halves}
    for name in order:
        mine = [(at, seen[at][name]) for at in moments if name in seen[at]]
        last = mine[-1][1] if mine else None
        due = last.due if last and last.due and last.due > one.at else None
        short = upper_first(one.names.the_short(name)).removeprefix("The ")
        yield Lane(f"{upper_first(short)}’s half", one.names.side(name), tuple(_spans(mine)), due)


def _moments(half: MadeHalf, one: OpenedOutcome) -> Iterator[datetime]:
    """When something of it may have changed: made, each step, what came by itself, now."""
    yield from (half.made, one.at)
    found = [s.at for s in half.steps] + ([half.undone.at] if half.undone else [])
    yield from (at for at in found if at <= one.at)
    for row in one.rows:
        for step in row.steps.all():
            at = datetime.fromisoformat(step.at) + timedelta(seconds=int(step.by_itself))
            if at <= one.at:
                yield at
    effect = one.effect.of(half.organisation) if one.effect else None
    if effect and effect.since <= one.at:
        yield effect.since + timedelta(seconds=1)


def _spans(mine: list[tuple[datetime, HalfEffect]]) -> Iterator[Span]:
    begun: tuple[datetime, HalfEffect] | None = None
    for at, half in mine:
        if begun is None:
            begun = (at, half)
        elif state_word(half) != state_word(begun[1]):
            yield Span(begun[1].state, state_word(begun[1]), begun[0], at)
            begun = (at, half)
    if begun is not None:
        yield Span(begun[1].state, state_word(begun[1]), begun[0], None)


def _rows(lane: Lane) -> Iterator[Row]:
    for number, span in enumerate(lane.spans):
        first = "made" if number == 0 and not span.word.startswith("made") else ""
        words = f"made; {span.word}" if first else span.word
        yield Row(span.starts, lane.name, words)
    if lane.due:
        yield Row(lane.due, lane.name, _next(lane))


def _next(lane: Lane) -> str:
    state = lane.spans[-1].state if lane.spans else None
    return "call-in window ends" if state is EffectState.OPEN else "next deadline"


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date
    left: float

    def at(self, moment: datetime | date) -> float:
        whole = max(1, (self.last - self.first).days)
        day = moment.date() if isinstance(moment, datetime) else moment
        part = (moment.hour / 24) if isinstance(moment, datetime) else 0.5
        share = ((day - self.first).days + part) / whole
        return self.left + (100 - self.left) * min(1.0, max(0.0, share))


def _drawn(lanes: tuple[Lane, ...], on: date, left: float) -> Drawing:
    days = [s.starts.date() for lane in lanes for s in lane.spans] + [on]
    days += [lane.due.date() for lane in lanes if lane.due]
    first, last = min(days) - _DAY, max(days)
    last += max(_DAY, (last - first) // 12)
    scale, narrow = _Scale(first, last, left), left == 0
    marks, top = [Mark("line", "l-line", "0%", 30, "100%", 30)], 30
    height = 92 if narrow else 74
    for lane in lanes:
        marks += _lane(lane, scale, top, narrow)
        top += height
        marks.append(Mark("line", "l-line", "0%", top, "100%", top))
    x = scale.at(on)
    line = Mark("line", "l-today", _p(x), 24, _p(x), top)
    anchor = "end" if x > 80 else "start" if x < 20 else "middle"
    today = f"today, {on.day}{KEEP}{on:%b}"
    marks.insert(1, line)
    marks.append(Mark("text", "s b k", _p(x), 16, text=today, anchor=anchor))
    return Drawing(top + 2, tuple(marks))


def _p(value: float) -> str:
    return f"{value:.3f}%"


def _lane(lane: Lane, scale: _Scale, top: int, narrow: bool) -> Iterator[Mark]:
    track = top + (50 if narrow else 28)
    mark = "circle" if lane.side == "nhs" else "rect"
    where = top + 22 if narrow else track + 6
    if mark == "rect":
        yield Mark("rect", f"f-{lane.side}", "0", where - 11, "12", 12)
    else:
        yield Mark("circle", "f-nhs", "6", where - 5, y2=6)
    yield Mark("text", "b", "0%", where, text=lane.name, dx=20)
    end = lane.due or datetime.combine(scale.last, datetime.min.time())
    for number, span in enumerate(lane.spans):
        x, x2 = scale.at(span.starts), scale.at(span.ends or end)
        look = _LOOKS.get(span.state) or (
            f"f-{lane.side}" if span.state is EffectState.IN_EFFECT else f"t-{lane.side}"
        )
        yield Mark("rect", look, _p(x), track - 8, _p(max(x2 - x, 0.4)), 16)
        if number == 0:
            yield Mark("circle", f"f-{lane.side}", _p(x), track, y2=8)
    if lane.due:
        x = _p(scale.at(lane.due))
        yield Mark("line", "l-ink", x, track - 14, x, track + 14)
    yield from _words(lane, scale, track, narrow)


def _words(lane: Lane, scale: _Scale, track: int, narrow: bool) -> Iterator[Mark]:
    """The state it is in now, where it begins, or at the end where there is no room."""
    if not lane.spans:
        return
    span = lane.spans[-1]
    due = f", until {lane.due.day}{KEEP}{lane.due:%b}" if lane.due else ""
    words = f"{span.word} from {span.starts.day}{KEEP}{span.starts:%b}{due}"
    x = scale.at(span.starts)
    room = len(words) * (2.4 if narrow else 0.85)
    fits = x + room < 100
    at = _p(x) if fits else "100%"
    yield Mark("text", "s h", at, track + 26, text=words, anchor="start" if fits else "end")
