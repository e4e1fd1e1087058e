"""Each row of an arrangement as one plain sentence: what the software understood of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from concord.domain.agreements.arrangement import (
    Agreement,
    Delegation,
    Duty,
    Function,
    LegalRuling,
    Organisation,
    Post,
    Reserved,
    Rung,
    Term,
)
from concord.domain.agreements.bodies import Body, Chair, Covers, Deciding, Quorum, Remit, Seat
from concord.domain.agreements.local_clocks import LocalClock
from concord.domain.agreements.words import Stage
from concord.domain.language.tables import Row
from concord.domain.language.values import Dated, Day, Limit, NotStated
from concord.domain.money import pounds
from concord.domain.places.people import holder_on
from concord.domain.places.succession import Succession
from concord.web.conditions import condition, conditions
from concord.web.naming import Names, each, known, spoken, the
from concord.web.wording import count, listed, long_date, lower_first, upper_first

SILENT = "not stated"
BEFORE = {
    Stage.SUBMITTED: "Before it is submitted",
    Stage.APPROVED: "Before it is approved",
    Stage.SIGNED: "Before it is signed",
    Stage.STARTS: "Before it starts",
    Stage.BINDING: "Before it binds",
    Stage.ENDED: "Before it ends",
}


def day(value: Day) -> str:
    """A day, or the source's own words for one."""
    if isinstance(value, NotStated):
        known_to = ((value.earliest, "not before"), (value.latest, "not after"))
        bounds = "".join(f", {word} {long_date(one)}" for one, word in known_to if one)
        return f"a day not stated{bounds}"
    return long_date(value) if value else "no day"


def span(starts: Day, ends: Day) -> str:
    """` from 1 April 2024 to 31 March 2025`, or nothing where a row has no days."""
    said = f" from {day(starts)}" if starts else ""
    return f"{said} to {day(ends)}" if ends else said


def limit(value: Limit | NotStated) -> str:
    """`up to £750,000`, `without limit`, or the limit as far as it is known."""
    if isinstance(value, NotStated):
        below = f", known only to be below {pounds(value.below)}" if value.below else ""
        return f"up to a limit that is not stated{below}"
    return "without limit" if value.pence is None else f"up to {pounds(value.pence)}"


def covers(row: Covers | NotStated | None, names: Names) -> str:
    """The functions a power reaches, and what narrows it."""
    if not isinstance(row, Covers):
        return "functions that are not stated"
    functions = names.arrangement.functions
    said = listed(
        lower_first(functions[f].label) if f in functions else f for f in each(row.functions)
    )
    parts = [said or "functions that are not stated"]
    if row.acts is not None:
        parts.append(f"to {listed(each(row.acts), 'or') or 'do what is not stated'}")
    if row.modes is not None:
        parts.append(f"for {listed(each(row.modes), 'or') or 'not stated'} money")
    if each(row.agreements):
        parts.append(f"under {names.listed(row.agreements)}")
    if each(row.funds):
        parts.append(f"in {listed(each(row.funds))}")
    return ", ".join(parts)


def seat(row: Seat, names: Names) -> str:
    """`Three of Southampton City Council, drawn from Cabinet; substitutes: not stated`."""
    seats = row.count
    of = names.organisation(row.of) if row.of in names.arrangement.organisations else SILENT
    if each(row.posts):
        said = f"{names.listed(row.posts)}, of {of}"
    else:
        many = count(seats) if isinstance(seats, int) else "a number, not stated,"
        said = f"{many} of {of}"
    if row.drawn_from is not None:
        said += f", drawn from {names.of(row.drawn_from) if known(row.drawn_from) else SILENT}"
    if row.voting is False:
        said += ", without a vote"
    if row.substitutes is not None:
        said += f"; substitutes: {row.substitutes if known(row.substitutes) else SILENT}"
    if each(row.speaks_for):
        mandate = (
            "under a mandate" if isinstance(row.mandate, Row) else "under a mandate not stated"
        )
        said += f"; speaks for {names.listed(row.speaks_for)} {mandate}"
    return upper_first(said)


def quorum(row: Quorum, names: Names) -> str:
    """`Four seats, of whom two of the council and two of the ICB`."""
    parts = []
    if isinstance(row.number, int):
        parts.append(count(row.number))
    if isinstance(row.fraction, tuple):
        parts.append(f"{row.fraction[0]} in {row.fraction[1]} of those who may sit")
    if known(row.each):
        of = listed(
            f"{count(least) if isinstance(least, int) else SILENT} of {_whom(name, names)}"
            for name, least in row.each.items()  # type: ignore[union-attr]
        )
        parts.append(f"with at least {of}" if parts else f"at least {of}")
    return upper_first(", ".join(parts) or SILENT)


def _whom(name: str, names: Names) -> str:
    known_as = name in names.arrangement.organisations
    return names.the_short(name) if known_as else f"the {spoken(name)}"


def _each_view(rule: object) -> str:
    """`a majority of its seats`, `all of its seats`, `one of its seats`."""
    words = str(rule)
    return f"a {words}" if words.startswith("majority") else words


def deciding(row: Deciding, names: Names) -> str:
    """How an item is carried there, and what follows where it is not."""
    votes = row.votes if known(row.votes) else f"in a way that is {SILENT}"
    parts = ["It takes no votes" if row.votes == "none" else f"It votes {votes}"]
    if row.needs is not None:
        parts.append(f"an item needs {row.needs if known(row.needs) else 'what is not stated'}")
    if isinstance(row.each_view, dict):
        parts.append("each organisation forms its view by a rule of its own")
    elif row.each_view is not None:
        parts.append(
            f"an organisation’s view is that of {_each_view(row.each_view)}"
            if known(row.each_view)
            else "how an organisation’s seats form its view is not stated"
        )
    if known(row.shown_by):
        parts.append(f"shown by {row.shown_by}")
    if known(row.otherwise):
        parts.append(f"what is not carried: {row.otherwise}")
    if known(row.takes_effect):
        parts.append(f"the halves take effect {row.takes_effect}")
    return "; ".join(parts)


def chair(row: Chair, names: Names) -> str:
    rule = row.rule if known(row.rule) else SILENT
    who = f": {names.listed(row.who)}" if each(row.who) else ""
    turn = f", {row.turn}" if known(row.turn) else ""
    first = f", first {names.of(row.first)}" if isinstance(row.first, str) else ""
    return upper_first(f"{rule}{who}{turn}{first}")


def remit(row: Remit, names: Names) -> str:
    """What a body does short of deciding."""
    may = listed(each(row.may)) or "do what is not stated"
    what = f": {covers(row.covers, names)}" if known(row.covers) else ""
    return f"May {may}{what}"


def delegation(row: Delegation, names: Names) -> str:
    giver = names.the(row.from_) if isinstance(row.from_, str) else "a giver that is not stated"
    taker = names.the_listed(row.to) or "a taker that is not stated"
    return (
        f"{upper_first(giver)} lets {taker} decide {covers(row.covers, names)}, "
        f"{limit(row.limit)}{conditions(row.provided, names)}. It holds"
        f"{span(row.starts, row.ends) or ' without a stated day'}"
    )


def reserved(row: Reserved, names: Names) -> str:
    keeper = names.the_listed(row.held_by) or "a holder that is not stated"
    return (
        f"{upper_first(keeper)} keeps for itself any matter that touches "
        f"{covers(row.touching, names)}{conditions(row.provided, names)}"
    )


def term(row: Term) -> str:
    kind = row.kind if known(row.kind) else "term"
    if isinstance(row.signed, NotStated) or row.signed is None:
        signed = f"signed: {SILENT}" if row.signed is not None else ""
    elif isinstance(row.signed, dict):
        days = row.signed.values()
        all_known = all(isinstance(one, date) for one in days)
        signed = "signed by each party" if all_known else f"signed by each party: {SILENT}"
    else:
        signed = f"signed on {day(row.signed)}"  # type: ignore[arg-type]
    said = upper_first(f"{kind}{span(row.starts, row.ends)}")
    return f"{said}; {signed}" if signed else said


def agreement(row: Agreement, names: Names) -> str:
    kind = row.kind if known(row.kind) and row.kind != "other" else "agreement"
    between = names.listed(row.parties) or "parties that are not stated"
    bound = {True: "binding", False: "not binding"}.get(row.binding, "binding or not: not stated")  # type: ignore[call-overload]
    alone = len(each(row.parties)) == 1
    said = f"{upper_first(kind)} {'of' if alone else 'between'} {between}; {bound}"
    for stage, needed in row.before.items() if known(row.before) else ():  # type: ignore[union-attr]
        said += f". {BEFORE[stage]}: {listed(condition(one, names) for one in needed)}"
    return said


def clock(row: LocalClock, names: Names) -> str:
    of = names.listed(row.of) or SILENT
    period = row.period if known(row.period) else "a period that is not stated"
    to = f", for {row.applies_to}" if known(row.applies_to) else ""
    whole = f"{upper_first(row.clock if known(row.clock) else SILENT)} of {of}: {period}{to}"
    return ". ".join([whole, *_call_in(row, names)])


def _call_in(row: LocalClock, names: Names) -> Iterator[str]:
    """What a clock of call-in says besides its period, in sentences without their full stop."""
    if row.grounds:
        yield f"Grounds: {listed(each(row.grounds), 'or') or SILENT}"
    if row.exempt_by is not None:
        who = "nobody" if row.exempt_by == () else names.listed(row.exempt_by, "or") or SILENT
        yield f"Who may exempt a decision: {who}"
    if row.lapses is not None:
        follows = {True: "it takes effect", False: "it stays on hold"}
        yield f"If not in time: {follows.get(row.lapses, SILENT)}"  # type: ignore[arg-type]
    if row.only_outside_framework is True:
        yield "Only for what is outside the budget and policy framework"


def duty(row: Duty, names: Names) -> str:
    """Who owes a promise, and by when."""
    parts = [f"Owner: {names.listed(row.owner) or SILENT}"]
    if row.to is not None:
        parts.append(f"To: {names.listed(row.to) or SILENT}")
    if known(row.when):
        over = f" over {pounds(row.over)}" if isinstance(row.over, int) else ""
        parts.append(f"When: {row.when}{over}")
    if known(row.when) and known(row.every):
        parts.append(f"Then every {row.every}")
    if isinstance(row.on, NotStated):
        parts.append(f"By: {day(row.on)}")
    return ". ".join(parts)


def organisation(row: Organisation, names: Names) -> str:
    kind = row.kind if known(row.kind) else SILENT
    how = row.governance.on(names.on)
    run = f", run by a {how}" if isinstance(how, str) else ""
    whole = f"{kind} organisation" if kind == "voluntary" else str(kind)
    return f"{article(whole)}{run}{span(row.starts, row.ends)}"


def article(words: str) -> str:
    return f"{'An' if words[:1].lower() in 'aeiou' or words.startswith('NHS') else 'A'} {words}"


def post(row: Post, names: Names) -> str:
    of = names.of(row.of) if isinstance(row.of, str) else f"an organisation that is {SILENT}"
    kind = row.kind if known(row.kind) and row.kind != "other" else "post"
    return f"{article(str(kind))} of {of}. {upper_first(holder(row, names))}"


def holder(row: Post, names: Names) -> str:
    """Who holds the post on the day, in the words a page uses."""
    found = holder_on(row.held_by, names.on)  # type: ignore[arg-type]
    return found.name or "not named"


def body(row: Body, names: Names) -> str:
    form = row.legal_form if known(row.legal_form) else "a legal form that is not stated"
    said = f"{upper_first(form)}, {names.listed(row.of) or 'organisations not stated'}"
    if each(row.reports_to):
        said += f"; reports to {names.listed(row.reports_to)}"
    if each(row.replaces):
        said += f"; replaces {names.listed(row.replaces)}"
    return said


def succession(row: Succession, names: Names) -> str:
    carries = "everything" if row.carries == "everything" else names.listed(row.carries)  # type: ignore[arg-type]
    return (
        f"On {day(row.on)} {names.listed(row.to)} takes the place of {names.listed(row.from_)}; "
        f"what passes on: {carries or SILENT}"
    )


def function(row: Function, names: Names) -> str:
    of = names.of(row.of) if isinstance(row.of, str) else SILENT
    if row.kind == "of the body" and isinstance(row.body, str):
        return f"Statute gives it to {the(names.of(row.body))} of {of}"
    if not known(row.kind):
        return f"A function of {of}, of a kind that is not stated"
    return f"{article(str(row.kind))} function of {of}"


def ruling(row: LegalRuling) -> str:
    may = {True: "may hold", False: "may not hold"}.get(row.holds, "may or may not hold")  # type: ignore[call-overload]
    return (
        f"Ruled on {day(row.on)}: {article(str(row.form)).lower()} {may} {row.about} functions here"
    )


def lines(names: Names) -> Iterator[tuple[int, str]]:
    """Every sentence with the line whose row it reads, in the order of the text."""
    a = names.arrangement
    two: tuple[tuple[Any, Any], ...] = (
        (a.organisations, organisation), (a.functions, function), (a.posts, post),
        (a.bodies, body), (a.delegations, delegation), (a.reserved, reserved),
        (a.agreements, agreement), (a.clocks, clock), (a.duties, duty),
    )  # fmt: skip
    for table, say in two:
        for row in table.values():
            yield row.line, say(row, names)
    for row in a.successions:
        yield row.line, succession(row, names)
    for row in a.rulings.values():
        yield row.line, ruling(row)
    for row in a.agreements.values():
        yield from ((one.line, term(one)) for one in row.known_terms)
    for row in a.bodies.values():
        yield from _parts(row, names)


def _parts(row: Body, names: Names) -> Iterator[tuple[int, str]]:
    for one in row.known_seats.values():
        yield one.line, f"Seat. {seat(one, names)}"
    dated: tuple[tuple[Dated[Any], Any, str], ...] = (
        (row.quorum, quorum, "Quorum. "),
        (row.deciding, deciding, ""),
        (row.chair, chair, "Chair. "),
    )
    for value, say, word in dated:
        for since in value.rows:
            if isinstance(since.value, Row):
                yield since.value.line, f"{word}{say(since.value, names)}"
    for one in each(row.remit):
        yield one.line, remit(one, names)


def ladder(rungs: Iterable[Rung], names: Names) -> str:
    """How a disagreement is taken up, rung by rung."""
    said = []
    for one in rungs:
        how = one.how if known(one.how) else "taken up in a way not stated"
        to = f" at {names.the_listed(one.to)}" if each(one.to) else ""
        within = f" within {one.within}" if known(one.within) else ""
        said.append(f"{how}{to}{within}")
    return upper_first("; then ".join(said))
