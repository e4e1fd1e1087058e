"""From a decision to its statute, link by link for each organisation, and the name of any break.

The money that a decision authorises stands before it: its link goes first in `_links`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from concord.domain.agreements.arrangement import Agreement, Delegation
from concord.domain.agreements.holders import holders_by_law
from concord.domain.agreements.labels import label
from concord.domain.agreements.terms import is_in_force, parties_of
from concord.domain.findings import Answer, Authority
from concord.domain.language.values import holds_on
from concord.records.models import Decision
from concord.web.conditions import listed_conditions
from concord.web.register_opened import OpenedOutcome
from concord.web.understood import limit, span
from concord.web.wording import listed, long_date, upper_first


@dataclass(frozen=True, slots=True)
class Link:
    """One link: how the one before leads to it, what it is, and what is wrong where it breaks.

    `href` is a page's name with its arguments.
    """

    leads: str
    what: str
    says: str = ""
    href: tuple[str, ...] = ()
    anchor: str = ""
    broken: str = ""
    authority: Authority = field(default_factory=Authority)


@dataclass(frozen=True, slots=True)
class Chain:
    """One organisation's chain, from its decision down."""

    organisation: str
    side: str
    links: tuple[Link, ...]

    @property
    def breaks(self) -> tuple[str, ...]:
        return tuple(link.broken for link in self.links if link.broken)


def chains(one: OpenedOutcome) -> list[Chain]:
    """Each half's chain, councils first."""
    found = [
        Chain(
            one.names.organisation(row.organisation), one.names.side(row.organisation),
            tuple(_links(one, row)),
        )
        for row in one.rows
    ]  # fmt: skip
    return sorted(found, key=lambda chain: (chain.side != "council", chain.organisation))


def whole(found: list[Chain]) -> str:
    """`No link is broken.`, or the name of every break."""
    broken = [f"{chain.organisation}: {one}" for chain in found for one in chain.breaks]
    return f"{upper_first(listed(broken))}." if broken else "No link is broken."


def _links(one: OpenedOutcome, row: Decision) -> Iterator[Link]:
    by = listed(row.record.get("made_by", ())) or upper_first(label(one.arrangement, row.maker))
    made = long_date(row.made_on)
    href = ("register_decision", row.reference)
    yield Link("decision", f"{row.reference}, {made}", by, href)
    power = one.arrangement.delegations.get(row.power)
    if row.power and power is None:
        yield Link("made under a delegation", row.power, broken="the power used is not in the text")
        return
    if power is not None:
        yield _delegation(one, row, power)
        yield _clause(row, power)
        yield from _agreement(one, row, power)
    yield from _statute(one, row)


def _delegation(one: OpenedOutcome, row: Decision, power: Delegation) -> Link:
    there = holds_on(power.starts, power.ends, row.made_on)
    broken = "" if there is not False else f"the power did not run on {long_date(row.made_on)}"
    conditions = listed_conditions(power.provided, one.names) if power.provided else ""
    says = f"Provided that {conditions}. " if conditions else ""
    giver = power.from_ if isinstance(power.from_, str) else ""
    by = f"Given by {one.names.the(giver)}" if giver else "Who gave it is not stated"
    days = span(power.starts, power.ends)
    return Link(
        "made under a delegation", upper_first(limit(power.limit)), f"{says}{by}{days}.",
        broken=broken, authority=power.authority,
    )  # fmt: skip


def _clause(row: Decision, power: Delegation) -> Link:
    if not power.clause:
        return Link("given by a clause", "Not stated", broken="the power's clause is not stated")
    where = power.authority.sources[0] if power.authority.sources else ""
    anchor = f"L{power.line}" if power.line else ""
    says = "Read the adopted words"
    return Link("given by a clause", f"Clause {power.clause}" if power.clause[0].isdigit()
                else power.clause, says, ("text",), anchor, "", Authority(sources=(where,))
                if where else Authority())  # fmt: skip


def _agreement(one: OpenedOutcome, row: Decision, power: Delegation) -> Iterator[Link]:
    """The agreement that the power or its body stands under, where it is one between partners."""
    found = _under(one, row, power)
    if found is None:
        return
    reason = is_in_force(one.arrangement, found, row.made_on)
    broken = "" if reason.answer is Answer.STANDS else reason.says
    parties = listed(one.names.organisation(p) for p in parties_of(found))
    yield Link(
        "beside an agreement", found.label, f"Between {parties}." if parties else "",
        ("agreements",), found.id, broken, reason.authority,
    )  # fmt: skip


def _under(one: OpenedOutcome, row: Decision, power: Delegation) -> Agreement | None:
    named = [c.in_force for c in power.provided if hasattr(c, "in_force")]
    body = one.arrangement.bodies.get(one.outcome.body)
    if body is not None and isinstance(body.under, str):
        named.append(body.under)
    known = one.arrangement.agreements
    return next((known[n] for n in named if n in known), None)


def _statute(one: OpenedOutcome, row: Decision) -> Iterator[Link]:
    """The function it was made under and who holds that by law on the day."""
    functions = [one.arrangement.functions.get(f) for f in row.record.get("functions", ())]
    named = listed(f.label for f in functions if f is not None)
    if not named:
        yield Link("resting on statute", "Not stated", broken="the function is not stated")
        return
    kinds = listed(dict.fromkeys(str(f.kind) for f in functions if f is not None))
    says = f"{upper_first(kinds)} function of {one.names.organisation(row.organisation)}"
    yield Link("of a function", named, says)
    for function in functions:
        if function is not None:
            holders, why = holders_by_law(one.arrangement, function, row.made_on)
            broken = "" if why.answer is Answer.STANDS else why.says
            who = listed(upper_first(label(one.arrangement, h)) for h in holders)
            yield Link("held by law", who or "Not stated", "Statute gives it" if who else "",
                       broken=broken, authority=why.authority)  # fmt: skip
