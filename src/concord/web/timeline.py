"""A route drawn as a time line, wide and narrow from the same lanes of days and words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

_DAY = timedelta(days=1)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock beneath a bar: from, until, and whether it runs or is drawn for comparison."""

    starts: date
    ends: date
    runs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One line of the picture: whose, in words, and what happens on which days.

    `when` is its day in words, for a picture with no room beside the mark. `bar` runs from the
    first to the last day of papers being public, or of writing; `mark` is `decides` or `receives`;
    `told` is the day of a decision for which its papers close too soon, `told_from` that lane.
    """

    name: str
    says: str
    when: str = ""
    bar: tuple[date, date] | None = None
    before: str = ""
    after: str = ""
    mark: str = ""
    day: date | None = None
    clocks: tuple[Clock, ...] = ()
    late: bool = False
    bar_late: bool = False
    writing: bool = False
    missing: bool = False
    told: date | None = None
    told_from: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of the drawing: `kind` is text, rect, circle or line, `look` its classes."""

    kind: str
    look: str
    x: str
    y: float
    x2: str = ""
    y2: float = 0
    text: str = ""
    anchor: str = "start"
    dx: int = 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture ready for its template: how high, and every mark in the order they are drawn."""

    height: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Size:
    """What differs between the wide and the narrow picture."""

    left: float
    name_width: int
    says_width: int
    months: int
    word: float

    @property
    def narrow(self) -> bool:
        return self.left == 0


WIDE = _Size(left=37.0, name_width=36, says_width=42, months=7, word=1.0)
NARROW = _Size(left=0.0, name_width=34, says_width=38, months=4, word=2.6)


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date
    left: float

    def at(self, day: date) -> float:
        whole = (self.last - self.first).days or 1
        share = (day - self.first).days / whole
        return self.left + (100 - self.left) * min(1.0, max(0.0, share))


def pictures(lanes: Iterable[Lane]) -> tuple[Drawing, Drawing] | None:
    """The wide picture and the narrow one; none where no lane has a day."""
    drawn = tuple(lanes)
    days = [day for lane in drawn for day in _days(lane)]
    if not days:
        return None
    return _drawn(drawn, days, WIDE), _drawn(drawn, days, NARROW)


def _days(lane: Lane) -> Iterator[date]:
    yield from lane.bar or ()
    yield from (day for clock in lane.clocks for day in (clock.starts, clock.ends))
    if lane.day:
        yield lane.day


def _drawn(lanes: tuple[Lane, ...], days: list[date], size: _Size) -> Drawing:
    first, last = min(days), max(days)
    span = max((last - first).days, 20)
    # Room at the end for the words beside the last day, at the start for a bar that begins there.
    ends = [lane.day for lane in lanes if lane.day] or [last]
    room = timedelta(days=ceil(span * (0.05 if size.narrow else 0.17)))
    scale = _Scale(first - timedelta(days=span // 40 + 1), max(last, max(ends) + room), size.left)
    marks = list(_months(scale, size))
    top, tops = 24, []
    marks.append(Mark("line", "l-line", "0%", top, "100%", top))
    for lane in lanes:
        made, height, track = _lane(lane, scale, size, top)
        marks += [*_grid(scale, size, top if not size.narrow else track - 16, top + height), *made]
        tops.append((track, height))
        top += height
        marks.append(Mark("line", "l-line", "0%", top, "100%", top))
    marks += _told(lanes, tops, scale, size)
    return Drawing(top + 2, tuple(marks))


def _p(value: float) -> str:
    return f"{value:.3f}%"


def _starts(scale: _Scale, size: _Size) -> list[date]:
    """The first days of the months that are named: no more than there is room for."""
    found, day = [], scale.first.replace(day=1)
    while day <= scale.last:
        found.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    step = ceil(len(found) / size.months)
    return found[::step]


def _months(scale: _Scale, size: _Size) -> Iterator[Mark]:
    starts = _starts(scale, size)
    short = len(starts) > (5 if not size.narrow else 3)
    year, least = 0, (8.0 if short else 12.0) * (2.2 if size.narrow else 1.0)
    places = [max(scale.at(day), size.left) for day in starts]
    for number, (day, x) in enumerate(zip(starts, places, strict=True)):
        after = places[number + 1] if number + 1 < len(places) else 100.0
        if after - x < least:
            continue
        name = _MONTHS[day.month - 1]
        words = name[:3] if short else name
        words += f" {day.year}" if day.year != year else ""
        year = day.year
        begins = day <= scale.first
        yield Mark("text", "q s", _p(x), 14, text=words, dx=0 if begins else 6)


def _grid(scale: _Scale, size: _Size, top: float, bottom: float) -> Iterator[Mark]:
    for day in _starts(scale, size):
        if day > scale.first:
            x = _p(scale.at(day))
            yield Mark("line", "l-line", x, top, x, bottom - (12 if size.narrow else 0))


def _lane(lane: Lane, scale: _Scale, size: _Size, top: int) -> tuple[list[Mark], int, int]:
    """Its marks, its height, and the height at which its track runs."""
    names = textwrap.wrap(lane.name, size.name_width) or [""]
    words = f"{lane.says}, {lane.when}" if lane.when and size.narrow else lane.says
    says = textwrap.wrap(words, size.says_width) if words else []
    start = top + (22 if size.narrow else 29)
    marks = [Mark("text", "b", "0%", start + 20 * n, text=line) for n, line in enumerate(names)]
    below = start + 20 * len(names)
    look = "r" if lane.late or lane.missing else "q"
    marks += [Mark("text", look, "0%", below + 20 * n, text=line) for n, line in enumerate(says)]
    last = below + 20 * (len(says) - 1)
    track = last + 24 if size.narrow else start - 3
    height = (track + 34 - top) if size.narrow else max(74, last + 24 - top)
    return [*marks, *_track(lane, scale, size, track)], height, track


def _track(lane: Lane, scale: _Scale, size: _Size, y: int) -> Iterator[Mark]:
    if lane.missing:
        yield Mark("line", "d-ink", _p(size.left), y, "100%", y)
        return
    for clock in lane.clocks:
        x, end = scale.at(clock.starts), scale.at(clock.ends)
        look = "f-mid" if clock.runs else "d-ink"
        yield Mark("rect", look, _p(x), y + 14, _p(max(end - x, 0.3)), 7)
    if lane.bar:
        x, end = scale.at(lane.bar[0]), scale.at(lane.bar[1])
        look = "f-no" if lane.bar_late else "f-mid" if lane.writing else "f-ink"
        yield Mark("rect", look, _p(x), y - 6, _p(max(end - x, 0.3)), 12)
        if lane.writing:
            yield Mark("rect", "f-ink", _p(x), y - 12, "4", 24)
    yield from _words(lane, scale, size, y)
    if lane.day and lane.mark:
        look, r = ("f-ink", 9.0) if lane.mark == "decides" else ("o-ink", 7.5)
        yield Mark("circle", look, _p(scale.at(lane.day)), y, y2=r)


def _words(lane: Lane, scale: _Scale, size: _Size, y: int) -> Iterator[Mark]:
    """The words beside the bar: before it where there is room, else after it."""
    before = lane.before
    start = scale.at(lane.bar[0]) if lane.bar else scale.at(lane.day) if lane.day else size.left
    fits = start - size.left > len(before) * size.word
    look = "s r b" if lane.bar_late else "s q"
    if before and fits:
        yield Mark("text", look, _p(start), y + 5, text=before, anchor="end", dx=-8)
    after = lane.after if not size.narrow or lane.writing else ""
    if before and not fits:
        after = f"{after}, {before}" if after else before
    end = scale.at(lane.day) if lane.day else scale.at(lane.bar[1]) if lane.bar else size.left
    if after and (100 - end > (len(after) + 2) * size.word * 0.8):
        bold = "b" if lane.day and after == lane.after else "s q"
        yield Mark("text", bold, _p(end), y + 5, text=after, dx=16 if lane.day else 8)
    elif after:
        yield Mark("text", "s q", _p(end), y - 12, text=after, anchor="end", dx=0)


def _told(
    lanes: tuple[Lane, ...], tops: list[tuple[int, int]], scale: _Scale, size: _Size
) -> Iterator[Mark]:
    """A dotted line from a decision to the papers that close before it, where there is room."""
    for number, lane in enumerate(lanes):
        if lane.told is None or lane.told_from is None:
            continue
        x = _p(scale.at(lane.told))
        track = tops[number][0]
        if size.narrow:
            yield Mark("line", "l-no", x, track - 14, x, track + 14)
        else:
            first, last = sorted((tops[lane.told_from][0], track))
            yield Mark("line", "l-no", x, first + 12, x, last + 12)
