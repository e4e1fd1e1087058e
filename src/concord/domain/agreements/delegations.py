"""Chains of delegation from whoever holds a function by law to whoever is to decide."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from concord.domain.agreements.arrangement import Arrangement, Delegation, Function
from concord.domain.agreements.bodies import Covers
from concord.domain.agreements.holders import holders_by_law, holders_in
from concord.domain.agreements.labels import label, listed, on_day
from concord.domain.agreements.matter import Matter
from concord.domain.agreements.membership import now_called, seat_of
from concord.domain.agreements.words import FunctionKind
from concord.domain.findings import Answer, Reason
from concord.domain.language.values import Limit, NotStated, holds_on
from concord.domain.money import pounds
from concord.domain.places.people import organisations_of
from concord.domain.places.succession import links, passes_on

MOST_CHAINS = 1_000  # the shortest; a real text has a few dozen, a tangle of powers any number


@dataclass(frozen=True, slots=True)
class Chain:
    """One way from a holder by law, through delegations, to a maker; no step is the holder itself.

    `lead` says that the function reached the maker's organisation by lead commissioning.
    """

    holder: str
    steps: tuple[Delegation, ...]
    makers: tuple[str, ...]
    lead: bool = False

    @property
    def maker(self) -> str:
        return self.makers[-1] if self.makers else self.holder


def chains(arrangement: Arrangement, function: Function, on: date) -> tuple[Chain, ...]:
    """Every chain for a function; a delegation out of its days is left in, to be refused."""
    return _chains(arrangement, function.id, on)


@lru_cache(maxsize=4096)
def _chains(arrangement: Arrangement, name: str, on: date) -> tuple[Chain, ...]:
    function = arrangement.functions[name]
    holders, _ = holders_by_law(arrangement, function, on)
    owners = {h: set(owners_of(arrangement, h)) for h in holders}
    found: list[Chain] = []
    pending = deque(
        Chain(h, (), (), lead=not _own(arrangement, function, owners[h], on)) for h in holders
    )
    while pending and len(found) < MOST_CHAINS:
        chain = pending.popleft()
        found.append(chain)
        if len(found) + len(pending) < MOST_CHAINS:
            pending.extend(_longer(arrangement, function, chain, on))
    return tuple(found)


def _own(arrangement: Arrangement, function: Function, owners: set[str], on: date) -> bool:
    if isinstance(function.of, NotStated):
        return True
    return bool(owners & {function.of, *now_called(arrangement, function.of, on)})


def _longer(
    arrangement: Arrangement, function: Function, chain: Chain, on: date
) -> Iterator[Chain]:
    here = {chain.maker} if chain.makers else _givers(arrangement, function, chain.holder, on)
    for row in arrangement.delegations.values():
        if row.from_ not in here or any(row is s for s in chain.steps) or not _for(row, function):
            continue
        for to in row.given_to:
            for maker, lead in _receivers(arrangement, function, to, on):
                if maker not in (chain.holder, *chain.makers):
                    makers = (*chain.makers, maker)
                    yield Chain(chain.holder, (*chain.steps, row), makers, chain.lead or lead)


def _givers(arrangement: Arrangement, function: Function, holder: str, on: date) -> set[str]:
    """Under whose names a holder by law has given powers: its own, its organisation's, and those
    of the organisations in whose place it stands, whose powers pass on or have lapsed."""
    owners = set(owners_of(arrangement, holder))
    found = {holder, *owners}
    for link in links(arrangement.successions) if arrangement.successions else ():
        if link.from_ not in owners and owners & set(now_called(arrangement, link.from_, on)):
            found.add(link.from_)
            if isinstance(function.kind, FunctionKind) and link.day > date.min:
                last = link.day - timedelta(days=1)
                found.update(holders_in(arrangement, link.from_, function.kind, last))
    return found


def _receivers(
    arrangement: Arrangement, function: Function, to: str, on: date
) -> Iterator[tuple[str, bool]]:
    """Who receives a power: within an organisation, whoever holds by its own law."""
    if to not in arrangement.organisations or isinstance(function.kind, NotStated):
        yield to, False
        return
    for organisation in now_called(arrangement, to, on):
        lead = not _own(arrangement, function, {organisation}, on)
        for holder in holders_in(arrangement, organisation, function.kind, on):
            yield holder, lead


def _for(row: Delegation, function: Function) -> bool:
    if isinstance(row.covers, NotStated) or isinstance(row.covers.functions, NotStated):
        return True
    return function.id in row.covers.functions


def owners_of(arrangement: Arrangement, name: str) -> tuple[str, ...]:
    """The organisations a body, post or seat belongs to or acts for."""
    if name in arrangement.bodies:
        return arrangement.bodies[name].organisations
    if post := arrangement.posts.get(name):
        return () if isinstance(post.of, NotStated) else organisations_of(post.of, post.acts_for)
    if found := seat_of(arrangement, name):
        return () if isinstance(found[1].of, NotStated) else (found[1].of,)
    return (name,) if name in arrangement.organisations else ()


def in_force(arrangement: Arrangement, row: Delegation, on: date) -> Reason:
    """Whether a delegation holds on that day, and was given by a body that still exists."""
    holds = holds_on(row.starts, row.ends, on)
    if holds is False:
        ended = isinstance(row.ends, date) and on > row.ends
        when = (
            f"ended on {on_day(row.ends)}"
            if ended and isinstance(row.ends, date)
            else "has not begun"
        )
        if not ended and isinstance(row.starts, date):
            when = f"begins only on {on_day(row.starts)}"
        says = f"the delegation to {_to(arrangement, row)} {when}"
        giver = label(arrangement, row.from_) if isinstance(row.from_, str) else "its giver"
        return Reason(Answer.REFUSED, says, row.authority, f"Ask {giver} to give it again.")
    lapsed = _lapsed(arrangement, row, on)
    if lapsed:
        return lapsed
    if holds is None:
        says = f"when the delegation to {_to(arrangement, row)} starts or ends is not stated"
        return Reason(Answer.NOT_STATED, says, row.authority, "Record its first and its last day.")
    says = f"the delegation to {_to(arrangement, row)} is in force on {on_day(on)}"
    return Reason(Answer.STANDS, says, row.authority)


def _lapsed(arrangement: Arrangement, row: Delegation, on: date) -> Reason | None:
    if isinstance(row.from_, NotStated) or not arrangement.successions:
        return None
    made = row.starts if isinstance(row.starts, date) else None
    for owner in owners_of(arrangement, row.from_):
        passing = passes_on(arrangement.successions, row.id, owner, made, on)
        answer = passing.verdict.answer
        if answer is not Answer.STANDS:
            who = label(arrangement, owner)
            says = f"{who}, which gave the delegation, has ended, and "
            lapsed = answer is Answer.REFUSED
            says += (
                "it was not carried over" if lapsed else "whether it was carried over is not stated"
            )
            remedy = "Ask the successor to give it again."
            reason = next((r for r in passing.verdict.reasons if r.answer is answer), None)
            return Reason(answer, says, reason.authority if reason else row.authority, remedy)
    return None


def _to(arrangement: Arrangement, row: Delegation) -> str:
    return listed([label(arrangement, n) for n in row.given_to]) or "someone not stated"


def covers(arrangement: Arrangement, row: Delegation, matter: Matter, function: str) -> Reason:
    """Whether all of a matter is within a delegation: each key present holds all it has."""
    if isinstance(row.covers, NotStated) or isinstance(row.covers.functions, NotStated):
        return Reason(
            Answer.NOT_STATED,
            "what the delegation covers is not stated",
            row.authority,
            "Record it.",
        )
    given = row.covers
    for what, allowed, has in _narrowed(given, matter):
        if isinstance(allowed, NotStated):
            says = f"which {what}s the delegation covers is not stated"
            return Reason(Answer.NOT_STATED, says, row.authority, "Record it with its clause.")
        words = listed([_named(arrangement, a) for a in allowed], "or")
        if not has:
            says = f"the delegation is only for {words}; the question names no {what}"
            return Reason(Answer.REFUSED, says, row.authority, f"Say which {what} it is.")
        if beyond := [h for h in has if h not in allowed]:
            other = listed([_named(arrangement, b) for b in beyond])
            says = f"the delegation is for {words}, not for {other}"
            giver = label(arrangement, row.from_) if isinstance(row.from_, str) else "its giver"
            return Reason(Answer.REFUSED, says, row.authority, f"Take it to {giver}.")
    says = f"the delegation covers it: {label(arrangement, function)}"
    return Reason(Answer.STANDS, says, row.authority)


Narrowing = tuple[str, "tuple[str, ...] | NotStated", "tuple[str, ...]"]


def _narrowed(given: Covers, matter: Matter) -> Iterator[Narrowing]:
    act = (matter.act,) if matter.act else ()
    keys = (
        ("act", given.acts, act), ("mode of money", given.modes, matter.modes),
        ("fund", given.funds, matter.funds), ("agreement", given.agreements, matter.agreements),
    )  # fmt: skip
    for what, allowed, has in keys:
        if allowed is not None:
            yield what, allowed, has


def _named(arrangement: Arrangement, word: str) -> str:
    return label(arrangement, str(word))


def touches(given: Covers, matter: Matter, function: str) -> bool | None:
    """Whether any part of a matter is within a reservation; None where the matter is silent."""
    if isinstance(given.functions, NotStated):
        return None
    if function not in given.functions:
        return False
    unsure = False
    for _, kept, has in _narrowed(given, matter):
        if isinstance(kept, NotStated) or not has:
            unsure = True
        elif not set(kept) & set(has):
            return False
    return None if unsure else True


def within_limit(arrangement: Arrangement, row: Delegation, matter: Matter) -> Reason:
    """Whether the absolute amount is within a delegation's limit; no money is within any."""
    limit, amount = row.limit, matter.amount
    if isinstance(limit, NotStated):
        return _unknown_limit(arrangement, row, limit, amount)
    if limit.pence is None:
        return Reason(Answer.STANDS, "the delegation has no limit of amount", row.authority)
    if amount is None:
        says = f"no money is in question; the limit is {pounds(limit.pence)}"
        return Reason(Answer.STANDS, says, row.authority)
    if isinstance(amount, NotStated):
        says = f"the amount is not known; the limit is {pounds(limit.pence)}"
        return Reason(Answer.NEEDS, says, row.authority, "Say what it costs.")
    if abs(amount) <= limit.pence:
        says = f"{pounds(abs(amount))} is within the limit of {pounds(limit.pence)}"
        return Reason(Answer.STANDS, says, row.authority)
    return _over(
        arrangement, row, f"{pounds(abs(amount))} is over the limit of {pounds(limit.pence)}"
    )


def _unknown_limit(
    arrangement: Arrangement, row: Delegation, limit: NotStated, amount: int | NotStated | None
) -> Reason:
    if amount is None:
        return Reason(
            Answer.STANDS, "no money is in question, so no limit is reached", row.authority
        )
    if limit.below is not None and isinstance(amount, int) and abs(amount) >= limit.below:
        known = f"which is not stated but is below {pounds(limit.below)}"
        says = f"{pounds(abs(amount))} is over the limit, {known}"
        return _over(arrangement, row, says)
    says = "the limit is not stated"
    if limit.below is not None:
        says = f"{says}, only that it is below {pounds(limit.below)}"
    remedy = f"Ask {_giver(arrangement, row)} to record the limit, its clause and its days."
    return Reason(Answer.NOT_STATED, says, row.authority, remedy)


def _over(arrangement: Arrangement, row: Delegation, says: str) -> Reason:
    return Reason(Answer.REFUSED, says, row.authority, f"Take it to {_giver(arrangement, row)}.")


def _giver(arrangement: Arrangement, row: Delegation) -> str:
    return label(arrangement, row.from_) if isinstance(row.from_, str) else "whoever gave it"


def limit_of(chain: Chain) -> float:
    """The least limit along a chain in pence, to order by; without limit it is infinite."""
    limits = [r.limit for r in chain.steps]
    known = [float("inf") if x.pence is None else x.pence for x in limits if isinstance(x, Limit)]
    return (
        min(known) if len(known) == len(limits) and known else (float("inf") if not limits else -1)
    )
