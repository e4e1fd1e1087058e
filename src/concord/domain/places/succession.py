"""Who stands in whose place when organisations end, split and merge (LANGUAGE, "As of a date")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from concord.domain.findings import Answer, Finding, Reason, Verdict
from concord.domain.language.kinds import day, refs
from concord.domain.language.reading import At
from concord.domain.language.tables import Row, key
from concord.domain.language.values import NOT_STATED, Day, NotStated, reached

EVERYTHING = "everything"


def _carries(raw: object, at: At) -> Any:
    """`"everything"`, or the names of the agreements and delegations that pass on."""
    return raw if raw == EVERYTHING else refs("agreement", "delegation")(raw, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession(Row):
    """From `on`, each of `to` stands in the place of each of `from_`.

    A split or a merger is one row with several names, or several rows. `carries` names the
    agreements and delegations that pass on; `"everything"` is all of them and `()` none.
    """

    from_: tuple[str, ...] | NotStated = key(refs("organisation"), required=True, default=())
    to: tuple[str, ...] | NotStated = key(refs("organisation"), required=True, default=())
    on: Day = key(day(), required=True)
    carries: tuple[str, ...] | str | NotStated = key(_carries, required=True, default=NOT_STATED)


@dataclass(frozen=True, slots=True)
class Link:
    """One organisation's succession by one other, out of a row that may name several."""

    from_: str
    to: str
    row: Succession

    @property
    def on(self) -> Day:
        return self.row.on

    @property
    def day(self) -> date:
        """A day to order by; where it is not stated, the latest it may be."""
        if isinstance(self.on, NotStated):
            return self.on.latest or date.max
        return self.on or date.min


@dataclass(frozen=True, slots=True)
class Passing:
    """Whether a thing outlived the organisation that made it, and with whom it now lies."""

    verdict: Verdict
    to: tuple[str, ...]


Rows = Sequence[Succession]
Links = Sequence[Link]


def links(rows: Rows) -> tuple[Link, ...]:
    """Every row taken apart into pairs of one organisation and one successor."""
    return tuple(
        Link(old, new, row)
        for row in rows
        if not isinstance(row.from_, NotStated) and not isinstance(row.to, NotStated)
        for old in row.from_
        for new in row.to
    )


def successors(rows: Rows, name: str, on: date) -> tuple[str, ...]:
    """Those that have certainly taken an organisation's place directly by that day."""
    return _once(r.to for r in links(rows) if r.from_ == name and reached(r.on, on))


def predecessors(rows: Rows, name: str, on: date) -> tuple[str, ...]:
    """Those whose place an organisation had certainly taken directly by that day."""
    return _once(r.from_ for r in links(rows) if r.to == name and reached(r.on, on))


def names_on(rows: Rows, name: str, on: date) -> tuple[str, ...] | NotStated:
    """Those that stand in an organisation's place on that day: itself, or every last successor.

    A row dated before its organisation took over from another is never followed: nothing passes
    through a body after it ended. `succession_findings` reports such rows.
    """
    if not _has_passed_on(rows, name):
        return (name,)
    pairs = links(rows)
    ends: list[str] = []
    pending, seen = [(name, date.min)], {(name, date.min)}
    while pending:
        now, since = pending.pop(0)
        leaving = _leaving(pairs, now, since, on)
        if any(reached(row.on, on) is None for row in leaving):
            return NOT_STATED
        if not leaving:
            ends.append(now)
        for row in leaving:
            step = (row.to, row.day)
            if step not in seen:
                seen.add(step)
                pending.append(step)
    return _once(ends) or (name,)


def name_on(rows: Rows, name: str, on: date) -> str | NotStated | None:
    """The one that stands in an organisation's place on that day; None where it is several."""
    names = names_on(rows, name, on)
    if isinstance(names, NotStated):
        return names
    return names[0] if len(names) == 1 else None


def names_before(rows: Rows, name: str, on: date) -> tuple[str, ...]:
    """Those in whose place an organisation stands, as they were on an earlier day.

    History keeps the old name: asked of an integrated care board in 2015, it answers with the
    clinical commissioning groups of that year. A succession on a day not stated is taken to be
    still to come until its latest day.
    """
    pairs = links(rows)
    found: list[str] = []
    pending, seen = [name], {name}
    while pending:
        now = pending.pop(0)
        earlier = [r for r in pairs if r.to == now and not reached(r.on, on)]
        if not earlier:
            found.append(now)
        for row in earlier:
            if row.from_ not in seen:
                seen.add(row.from_)
                pending.append(row.from_)
    return _once(found) or (name,)


def chain(rows: Rows, name: str) -> tuple[Link, ...]:
    """Every succession through which an organisation came about or passed on, in date order."""
    pairs = links(rows)
    kept: dict[int, Link] = {}
    for back in (True, False):
        pending, seen = [name], {name}
        while pending:
            now = pending.pop()
            for place, row in enumerate(pairs):
                here, there = (row.to, row.from_) if back else (row.from_, row.to)
                if here != now:
                    continue
                kept[place] = row
                if there not in seen:
                    seen.add(there)
                    pending.append(there)
    return tuple(sorted((kept[place] for place in sorted(kept)), key=lambda r: r.day))


def passes_on(rows: Rows, thing: str, owner: str, made: date | None, on: date) -> Passing:
    """Whether an agreement or delegation of `owner` is alive on that day after every succession.

    It crosses a succession if `carries` names it or says everything, lapses if `carries` does
    neither, and is not stated where `carries` is not. A thing made after its owner ended was made
    by the successor under the old name. Each side of a split carries for itself.
    """
    if not _has_passed_on(rows, owner):
        return Passing(Verdict(Answer.STANDS), (owner,))
    pairs = links(rows)
    starts = names_on(rows, owner, made) if made else (owner,)
    if isinstance(starts, NotStated):
        starts = (owner,)
    pending = [(name, made or date.min, True) for name in starts]
    seen, reasons = set(pending), []
    alive: dict[str, bool] = {}
    while pending:
        now, since, sure = pending.pop(0)
        leaving = [r for r in _leaving(pairs, now, since, on) if not (made and reached(r.on, made))]
        if not leaving:
            alive[now] = sure or alive.get(now, False)
        for row in leaving:
            reasons.append(reason := _carried(row, thing, on))
            passed = sure and reason.answer is Answer.STANDS
            if reached(row.on, on) is None:  # either side of the day; carried, it lives on both
                alive[now] = passed or alive.get(now, False)
            step = (row.to, row.day, passed)
            if _may_carry(row.row, thing) and step not in seen:
                seen.add(step)
                pending.append(step)
    return Passing(Verdict(_best(alive), tuple(reasons)), tuple(alive))


def succession_findings(rows: Rows, file: str = "") -> tuple[Finding, ...]:
    """What is wrong with the successions of a text among themselves."""
    pairs = links(rows)
    return (*_twice(pairs, file), *_circular(pairs, file), *_backwards(pairs, file))


def _once(names: Iterator[str] | list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _has_passed_on(rows: Rows, name: str) -> bool:
    """Whether any row is about the end of this organisation; most are about none."""
    return any(not isinstance(r.from_, NotStated) and name in r.from_ for r in rows)


def _leaving(pairs: Links, name: str, since: date, on: date) -> list[Link]:
    """The links by which an organisation has passed on by that day, or may have."""
    return [
        r
        for r in pairs
        if r.from_ == name and r.to != name and since <= r.day and reached(r.on, on) is not False
    ]


def _best(alive: dict[str, bool]) -> Answer:
    if not alive:
        return Answer.REFUSED
    return Answer.STANDS if any(alive.values()) else Answer.NOT_STATED


def _may_carry(row: Succession, thing: str) -> bool:
    carries = (row.carries,) if isinstance(row.carries, str) else row.carries
    return isinstance(carries, NotStated) or thing in carries or EVERYTHING in carries


def _carried(link: Link, thing: str, on: date) -> Reason:
    when = "" if isinstance(link.on, NotStated) else f" on {link.day.day} {link.day:%B %Y}"
    passing = f"when {link.to} took the place of {link.from_}{when}"
    authority = link.row.authority
    if isinstance(link.row.carries, NotStated):
        says = f"it is not stated whether {thing} passed on {passing}"
        remedy = "State in carries what the succession carried."
        return Reason(Answer.NOT_STATED, says, authority, remedy)
    if _may_carry(link.row, thing):
        return Reason(Answer.STANDS, f"{thing} passed on {passing}", authority)
    if reached(link.on, on) is None:
        says = f"{thing} lapsed {passing}, on a day that is not stated"
        return Reason(Answer.NOT_STATED, says, authority, "State the day.")
    remedy = f"Have {link.to} make it anew, or name it in carries if it did pass on."
    return Reason(Answer.REFUSED, f"{thing} lapsed {passing}", authority, remedy)


def _twice(pairs: Links, file: str) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for link in pairs:
        if (link.from_, link.to) in seen:
            says = f"the succession of {link.from_} by {link.to} is given twice"
            yield Finding("ref.succession_twice", link.row.line, says, "Keep one of the two.", file)
        seen.add((link.from_, link.to))


def _circular(pairs: Links, file: str) -> Iterator[Finding]:
    """Each link that leads back to an organisation it came from, found without recursion."""
    leaving: dict[str, list[Link]] = {}
    for link in pairs:
        leaving.setdefault(link.from_, []).append(link)
    done: set[str] = set()
    for start in leaving:
        if start in done:
            continue
        path, stack = {start}, [(start, iter(leaving[start]))]
        while stack:
            name, left = stack[-1]
            step = next(left, None)
            if step is None:
                stack.pop()
                path.discard(name)
                done.add(name)
            elif step.to in path:
                says = f"{step.from_} passes on to {step.to}, from which it came itself"
                remedy = "An ended organisation does not return: give the later one its own name."
                yield Finding("date.succession_circular", step.row.line, says, remedy, file)
            elif step.to not in done:
                path.add(step.to)
                stack.append((step.to, iter(leaving.get(step.to, ()))))


def _backwards(pairs: Links, file: str) -> Iterator[Finding]:
    """Each link by which an organisation passed on before it had taken over from another."""
    dated = [link for link in pairs if isinstance(link.on, date)]
    took_over = {link.to: link for link in sorted(dated, key=lambda r: r.day)}
    for link in dated:
        before = took_over.get(link.from_)
        if before is not None and link.day < before.day and link.from_ != link.to:
            says = (
                f"{link.from_} passed on to {link.to} on {link.day.isoformat()}, before it took "
                f"the place of {before.from_} on {before.day.isoformat()}"
            )
            remedy = "Put the two dates in order."
            yield Finding("date.succession_backwards", link.row.line, says, remedy, file)
