"""One register of interests over both sets of rules, matched to items by facts, with what follows.

Councillors are under the Localism Act 2011 and their code, NHS members under NHS Act 2006 s14Z30;
which applies follows from the seat. What each kind means is data (law/interests.toml).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from concord import law
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label
from concord.domain.agreements.matter import Matter
from concord.domain.agreements.membership import now_called
from concord.domain.calendar import Period, Unit, in_words
from concord.domain.clocks import duty_after
from concord.domain.clocks.facts import cited
from concord.domain.decisions.meetings import Attendee, HeldMeeting
from concord.domain.findings import Answer, Authority, Reason, Verdict, all_of
from concord.domain.language.values import Day, NotStated, holds_on
from concord.domain.places.organisations import OrganisationKind
from concord.domain.places.people import PostKind

_NHS = frozenset(
    {
        OrganisationKind.PRIMARY_CARE_TRUST,
        OrganisationKind.CLINICAL_COMMISSIONING_GROUP,
        OrganisationKind.INTEGRATED_CARE_BOARD,
        OrganisationKind.NHS_TRUST,
    }
)


class InterestRegime(StrEnum):
    """Under whose rules on interests someone sits; the values are those of law/interests.toml."""

    COUNCIL_MEMBERS = "council members"
    COUNCIL_OFFICERS = "council officers"
    NHS = "NHS body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """One interest of one person, told once: in whom or what, since when, and its kind.

    `kinds` gives its kind under each set of rules whose register holds it; `item` is that of the
    meeting at which it was declared, and empty for a standing one.
    """

    person: str
    in_: str
    what: str = ""
    kinds: Mapping[InterestRegime, str] = field(default_factory=lambda: MappingProxyType({}))
    starts: Day = None
    ends: Day = None
    item: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touches:
    """Whom an item is about, by its facts: partners, providers, suppliers, anything else named."""

    item: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispensation:
    """Leave to take part or vote in spite of an interest: from whom, for how long, for what."""

    person: str
    in_: str
    by: str
    starts: date
    ends: date
    speak: bool = True
    vote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestRuling:
    """What was ruled for one person at one item, by whom and why."""

    person: str
    item: str
    by: str
    stay: bool = False
    speak: bool = False
    vote: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What one interest means for its holder at one item, in one seat, and on what that rests."""

    person: str
    place: str
    regime: InterestRegime
    interest: Interest
    stay: bool
    speak: bool
    vote: bool
    verdict: Verdict

    @property
    def says(self) -> str:
        if self.stay and self.speak and self.vote:
            return f"{self.person} takes part in full"
        may = [w for w, on in (("stay", self.stay), ("speak", self.speak)) if on]
        vote = "vote" if self.vote else "not vote"
        return f"{self.person} may {', '.join([*may, vote])}" + (
            "" if self.stay else ", and leaves"
        )


def touched_by(
    arrangement: Arrangement, item: str, matter: Matter, others: Iterable[str], on: date
) -> Touches:
    """Whom an item touches: its functions' owners, its agreements' parties, suppliers and others.

    A partner can itself be the conflict, as for a councillor whom the NHS partner employs.
    """
    names = set(others)
    for name in matter.functions:
        function = arrangement.functions.get(name)
        if function and isinstance(function.of, str):
            names.update((function.of, *now_called(arrangement, function.of, on)))
    for name in matter.agreements:
        agreement = arrangement.agreements.get(name)
        if agreement and not isinstance(agreement.parties, NotStated):
            names.update(agreement.parties)
    return Touches(item=item, names=frozenset(names))


def matched(
    arrangement: Arrangement, register: Iterable[Interest], touches: Touches, on: date
) -> tuple[Interest, ...]:
    """The interests that bear on an item: declared at it, or standing in someone it touches.

    One whose days are not stated bears on it: its holder is asked, not passed over.
    """
    found = []
    for interest in register:
        if holds_on(interest.starts, interest.ends, on) is False:
            continue
        same = {interest.in_, *now_called(arrangement, interest.in_, on)}
        if interest.item == touches.item or (not interest.item and same & touches.names):
            found.append(interest)
    return tuple(found)


def regime_of_seat(arrangement: Arrangement, who: Attendee) -> InterestRegime | None:
    """Under whose rules someone sits; None where the seat's organisation is neither or unknown."""
    seat = arrangement.bodies[who.body].known_seats[who.seat]
    owner = arrangement.organisations.get(seat.of) if isinstance(seat.of, str) else None
    if owner is None or isinstance(owner.kind, NotStated):
        return None
    if owner.kind is not OrganisationKind.COUNCIL:
        return InterestRegime.NHS if owner.kind in _NHS else None
    posts = () if isinstance(seat.posts, NotStated) else seat.posts
    kinds = {arrangement.posts[p].kind for p in posts if p in arrangement.posts}
    officers = kinds == {PostKind.OFFICER}
    return InterestRegime.COUNCIL_OFFICERS if officers else InterestRegime.COUNCIL_MEMBERS


def consequences(
    arrangement: Arrangement, held: HeldMeeting, found: Iterable[Interest], item: str,
    dispensations: Iterable[Dispensation] = (), rulings: Iterable[InterestRuling] = (),
    rules: Iterable[law.InterestRule] | None = None,
) -> tuple[Consequence, ...]:  # fmt: skip
    """What every matched interest means at an item, for each seat its holder sits in.

    `rules` stand in for the law's where a place has a code of its own.
    """
    rows = tuple(law.interest_rules() if rules is None else rules)
    granted, ruled = tuple(dispensations), tuple(rulings)
    return tuple(
        _consequence(rows, held, i, a, item, regime, granted, ruled)
        for i in found
        for a in held.seats_of(i.person)
        if (regime := regime_of_seat(arrangement, a)) is not None
    )


def _consequence(
    rows: tuple[law.InterestRule, ...], held: HeldMeeting, interest: Interest, who: Attendee,
    item: str, regime: InterestRegime, granted: tuple[Dispensation, ...],
    rulings: tuple[InterestRuling, ...],
) -> Consequence:  # fmt: skip
    kind = interest.kinds.get(regime, "")
    row = next(
        (r for r in rows if (r.regime, r.kind) == (regime, kind) and r.in_force(held.on)), None
    )
    if row is None:
        says = f"what kind of interest in {interest.in_} it is for {regime} is not recorded"
        remedy = f"Enter it in the register for {regime}, with its kind."
        verdict = all_of([Reason(Answer.NOT_STATED, says, Authority(), remedy)])
        stay = speak = vote = False
    else:
        stay, speak, vote, reasons = _means(row, held, interest, item, granted, rulings)
        verdict = all_of(reasons)
    return Consequence(
        person=interest.person, place=who.place, regime=regime, interest=interest,
        stay=stay, speak=speak, vote=vote, verdict=verdict,
    )  # fmt: skip


def _means(
    row: law.InterestRule, held: HeldMeeting, interest: Interest, item: str,
    granted: tuple[Dispensation, ...], rulings: tuple[InterestRuling, ...],
) -> tuple[bool, bool, bool, list[Reason]]:  # fmt: skip
    reasons = [Reason(Answer.STANDS, f"{row.kind} interest in {interest.in_}", cited(row))]
    ruling = next((r for r in rulings if (r.person, r.item) == (interest.person, item)), None)
    good = ruling if ruling and ruling.by in row.ruled_by and ruling.why.strip() else None
    if "ruled" in (row.stay, row.speak, row.vote) and good is None:
        reasons.append(_unruled(row, ruling))
    stay = row.stay == "yes" or (row.stay == "ruled" and good is not None and good.stay)
    speak = row.speak == "yes" or (row.speak == "ruled" and good is not None and good.speak)
    vote = row.vote == "yes" or (row.vote == "ruled" and good is not None and good.vote)
    for one in granted:
        if (one.person, one.in_) != (interest.person, interest.in_):
            continue
        reason = _lifts(row, one, held.on)
        reasons.append(reason)
        if reason.answer is Answer.STANDS:
            stay, speak, vote = True, speak or one.speak, vote or one.vote
    return stay, speak, vote, reasons


def _unruled(row: law.InterestRule, ruling: InterestRuling | None) -> Reason:
    who = row.ruled_by[0]
    says = f"{who} has not ruled what follows"
    if ruling and ruling.by not in row.ruled_by:
        says = f"{ruling.by or 'nobody'} cannot rule on it"
    elif ruling:
        says = "the ruling gives no reason"
    return Reason(Answer.NEEDS, says, cited(row), f"Ask: {who}. Record what is ruled and why.")


def _lifts(row: law.InterestRule, one: Dispensation, on: date) -> Reason:
    longest = law.rule("interest_dispensation")
    if one.by not in row.dispensation_by:
        says = f"a dispensation from {one.by or 'nobody'} does not lift it"
        remedy = f"Ask: {row.dispensation_by[0]}." if row.dispensation_by else ""
        return Reason(Answer.REFUSED, says, cited(row), remedy)
    if not one.starts <= on <= one.ends:
        says = f"the dispensation ran from {in_words(one.starts)} to {in_words(one.ends)}"
        return Reason(Answer.REFUSED, says, cited(longest), "Ask for another.")
    if one.ends >= Period(longest.number or 0, Unit.YEARS).after(one.starts):
        says = f"a dispensation lasts {longest.number} years at most"
        return Reason(Answer.REFUSED, says, cited(longest), "Ask for another.")
    says = f"a dispensation from {one.by} until {in_words(one.ends)}"
    return Reason(Answer.STANDS, says, cited(longest))


def barred(found: Iterable[Consequence]) -> frozenset[str]:
    """Who does not decide the item: no vote by one interest is none by all, in whatever seat."""
    return frozenset(c.person for c in found if not c.vote)


def leaving(found: Iterable[Consequence]) -> frozenset[str]:
    """Who has to leave the room for the item."""
    return frozenset(c.person for c in found if not c.stay)


def to_register(
    arrangement: Arrangement, held: HeldMeeting, found: Iterable[Interest], known: date
) -> Iterator[Reason]:
    """Which registers lack an interest that bears on an item, and the last day to enter it."""
    for interest in found:
        for a in held.seats_of(interest.person):
            regime = regime_of_seat(arrangement, a)
            if regime is None or regime in interest.kinds:
                continue
            duty = _DUTIES.get(regime)
            last, authority = duty_after(duty, known) if duty else (None, Authority())
            by = f" by {in_words(last)}" if last else ""
            says = f"{interest.person}'s interest in {label(arrangement, interest.in_)}"
            says = f"{says} is not in the register for {regime}"
            yield Reason(Answer.NEEDS, says, authority, f"Enter it{by}.")


_DUTIES = {
    InterestRegime.COUNCIL_MEMBERS: "interests_councillors_at_meetings",
    InterestRegime.NHS: "interests_icb",
}
