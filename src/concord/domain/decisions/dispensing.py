"""Entries of the register of interests and dispensations: what each must say, and who may grant.

Localism Act 2011, sections 29 to 33; NHS Act 2006, section 14Z30. The kinds of interest and who may
dispense from each are rows of law/interests.toml.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from concord import law
from concord.domain.agreements.labels import listed
from concord.domain.calendar import Period, Unit, in_words
from concord.domain.clocks import duty_after
from concord.domain.clocks.facts import cited
from concord.domain.decisions.interests import Dispensation, Interest, InterestRegime
from concord.domain.findings import Answer, Authority, Reason, Verdict, all_of

LONGEST_NAME, LONGEST_IN = 200, 300  # letters of a person, and of what the interest is in


def kinds_of(regime: InterestRegime, on: date) -> tuple[law.InterestRule, ...]:
    """The kinds of interest that the rules of one register know on a day."""
    return tuple(r for r in law.interest_rules() if r.regime == regime and r.in_force(on))


def may_enter(interest: Interest, on: date) -> Verdict:
    """Whether an interest says what the register must hold of it."""
    return all_of(_entering(interest, on))


def _entering(interest: Interest, on: date) -> Iterator[Reason]:
    if not interest.person.strip():
        yield _lacks("whose interest it is is not said", "Name the person.")
    if not interest.in_.strip():
        yield _lacks("in whom or what it is is not said", "Name the organisation, land or person.")
    for words, most in ((interest.person, LONGEST_NAME), (interest.in_, LONGEST_IN)):
        if len(words) > most:
            says = f"{words[:40]}… is longer than {most} letters"
            yield _no(says, "Shorten it, and say the rest in what it is.")
    if not interest.kinds:
        says = "of what kind it is under either set of rules is not said"
        yield _lacks(says, "Give its kind under the rules of each register that holds it.")
    for regime, kind in interest.kinds.items():
        rows = kinds_of(regime, on)
        row = next((r for r in rows if r.kind == kind), None)
        if row is None:
            says = f"the rules for {regime} know no interest called {kind[:60]!r}"
            yield _no(says, f"They know: {listed([r.kind for r in rows]) or 'none'}.")
        else:
            yield Reason(Answer.STANDS, f"{regime}: {kind}", cited(row))
    starts, ends = interest.starts, interest.ends
    if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
        yield _no(f"it ends on {in_words(ends)}, before it begins", "Correct one of the days.")


def may_grant(register: Iterable[Interest], asked: Dispensation, why: str) -> Verdict:
    """Whether a dispensation lifts what it is meant to: of whom, by whom, for how long, and why."""
    return all_of(_granting(tuple(register), asked, why))


def _granting(register: tuple[Interest, ...], asked: Dispensation, why: str) -> Iterator[Reason]:
    longest = law.rule("interest_dispensation")
    mine = [i for i in register if (i.person, i.in_) == (asked.person, asked.in_)]
    if not mine:
        says = f"no interest of {asked.person or 'nobody'} in {asked.in_ or 'nothing'} is entered"
        yield _lacks(says, "Enter the interest in the register first.")
    for interest in mine:
        yield from _by_whom(interest, asked)
    if not why.strip():
        yield _lacks("on which ground it is granted is not said", "Say why.", cited(longest))
    if not (asked.speak or asked.vote):
        yield _no("it lets its holder neither speak nor vote", "Say which of the two it allows.")
    if asked.ends < asked.starts:
        yield _no(f"it ends on {in_words(asked.ends)}, before it begins", "Correct the days.")
    if asked.ends >= Period(longest.number or 0, Unit.YEARS).after(asked.starts):
        says = f"a dispensation lasts {longest.number} years at most"
        yield _no(says, "Give it an earlier last day.", cited(longest))


def _by_whom(interest: Interest, asked: Dispensation) -> Iterator[Reason]:
    """By any of the registers that hold it; where none lets anybody, by whom it is managed."""
    rows = [
        r
        for regime, kind in interest.kinds.items()
        for r in kinds_of(regime, asked.starts)
        if r.kind == kind
    ]
    good = next((r for r in rows if asked.by in r.dispensation_by), None)
    if good is not None:
        yield Reason(Answer.STANDS, f"{asked.by} may grant it", cited(good))
        return
    row = next((r for r in rows if r.dispensation_by), rows[0] if rows else None)
    if row is None:
        yield _lacks("of what kind the interest is is not entered", "Enter its kind.")
    elif row.dispensation_by:
        says = f"{asked.by or 'nobody'} cannot grant a dispensation from it"
        yield _no(says, f"Ask: {listed(list(row.dispensation_by), 'or')}.", cited(row))
    else:
        says = f"no dispensation lifts a {row.kind} interest under the rules for {row.regime}"
        yield _no(says, f"It is ruled on at the item, by: {listed(list(row.ruled_by), 'or')}.",
                  cited(row))  # fmt: skip


_DUTIES = {
    InterestRegime.COUNCIL_MEMBERS: "interests_councillors",
    InterestRegime.NHS: "interests_icb",
}


def enter_by(regime: InterestRegime, known: date) -> tuple[date, Authority] | None:
    """The last day to enter an interest known from that day; none where no law held here says."""
    duty = _DUTIES.get(regime)
    return duty_after(duty, known) if duty else None


def _no(says: str, remedy: str, authority: Authority | None = None) -> Reason:
    return Reason(Answer.REFUSED, says, authority or Authority(), remedy)


def _lacks(says: str, remedy: str, authority: Authority | None = None) -> Reason:
    return Reason(Answer.NEEDS, says, authority or Authority(), remedy)
