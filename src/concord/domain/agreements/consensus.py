"""Deciding: does the item carry, by organisation or by member, under the body's own rule?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.bodies import Body, Deciding, Seat
from concord.domain.agreements.labels import how_many, label, listed
from concord.domain.agreements.matter import Facts, Meeting
from concord.domain.agreements.membership import seats_for, unsure_seats, voting_seats
from concord.domain.agreements.provisos import told
from concord.domain.agreements.quorum import is_quorate
from concord.domain.agreements.words import EachView, Needs, Otherwise, Votes
from concord.domain.findings import Answer, Reason, Verdict, all_of
from concord.domain.language.values import NotStated

For = bool | None  # for, against, or not stated


def is_carried(
    arrangement: Arrangement, body: Body, facts: Facts, on: date, half: str = ""
) -> Verdict:
    """Whether the item is carried at a quorate meeting of the body, by its way of deciding.

    `half` is the organisation whose half is asked about: where each decides for itself, it alone
    is tested. A body whose text has no way of deciding is not tested on it.
    """
    rule = body.deciding.on(on)
    each_for_itself = isinstance(rule, Deciding) and rule.needs is Needs.EACH_FOR_ITSELF
    quorate = is_quorate(arrangement, body, facts, on, half if each_for_itself else "")
    meeting = facts.meeting
    if meeting is None or meeting.body != body.id or not body.deciding or rule is None:
        return quorate
    vote = _vote(arrangement, body, rule, meeting, on, half)
    return all_of((*quorate.reasons, *vote))


def _vote(
    arrangement: Arrangement, body: Body, rule: Deciding | NotStated, meeting: Meeting, on: date,
    half: str,
) -> Iterator[Reason]:  # fmt: skip
    if isinstance(rule, NotStated) or isinstance(rule.votes, NotStated):
        yield _unanimous_or_unknown(arrangement, body, meeting, on)
    elif rule.votes is Votes.NONE:
        says = f"{body.label} takes no votes"
        yield Reason(Answer.REFUSED, says, rule.authority, "Take it to a body that decides.")
    elif rule.votes is Votes.BY_MEMBER:
        yield _by_member(arrangement, body, rule, meeting, on)
    else:
        yield from _by_organisation(arrangement, body, rule, meeting, on, half)


def _unanimous_or_unknown(
    arrangement: Arrangement, body: Body, meeting: Meeting, on: date
) -> Reason:
    """Everyone for, or nobody, is an answer under any way of deciding."""
    here, for_, _ = _votes(voting_seats(arrangement, body, on), meeting)
    if here and for_ == here:
        says = f"everyone present at {body.label} is for it, which carries it under any rule"
        return Reason(Answer.STANDS, says, body.authority)
    if not for_:
        return Reason(Answer.REFUSED, f"nobody at {body.label} is for it", body.authority)
    says = f"how {body.label} decides is not stated"
    remedy = "Record its way of deciding with its clause."
    return Reason(Answer.NOT_STATED, says, body.authority, remedy)


def _by_member(
    arrangement: Arrangement, body: Body, rule: Deciding, meeting: Meeting, on: date
) -> Reason:
    here, for_, against = _votes(voting_seats(arrangement, body, on), meeting)
    says = f"{for_} of {how_many(here, 'member')} present voted for it"
    if here and for_ == here:
        return Reason(Answer.STANDS, says, rule.authority)
    if rule.needs is None or isinstance(rule.needs, NotStated):
        if not for_:
            return Reason(Answer.REFUSED, says, rule.authority)
        says = f"{says}; how many are needed is not stated"
        return Reason(Answer.NOT_STATED, says, rule.authority, "Record it with its clause.")
    if rule.needs is Needs.MAJORITY and for_ == against and rule.casting is not None:
        return _casting(arrangement, rule, meeting)
    enough = {
        Needs.ALL: for_ == here and here > 0,
        Needs.MAJORITY: for_ > against,
        Needs.TWO_THIRDS: 3 * for_ >= 2 * (for_ + against) and for_ > 0,
        Needs.EACH_FOR_ITSELF: False,
    }[rule.needs]
    answer = Answer.STANDS if enough else Answer.REFUSED
    return Reason(answer, says, rule.authority, "" if enough else _after(arrangement, rule))


def _casting(arrangement: Arrangement, rule: Deciding, meeting: Meeting) -> Reason:
    who = "the chair" if isinstance(rule.casting, NotStated) else rule.casting
    who = label(arrangement, who or "the chair")
    if meeting.casting is None:
        says = f"the votes are equal and {who} has not cast the deciding one"
        return Reason(Answer.NEEDS, says, rule.authority, f"Ask {who} for a casting vote.")
    way = "for" if meeting.casting else "against"
    says = f"the votes are equal; {who} cast the deciding one {way} it"
    answer = Answer.STANDS if meeting.casting else Answer.REFUSED
    return Reason(answer, says, rule.authority)


def _by_organisation(
    arrangement: Arrangement, body: Body, rule: Deciding, meeting: Meeting, on: date, half: str
) -> Iterator[Reason]:
    if rule.needs is Needs.EACH_FOR_ITSELF and half:
        view = organisation_view(arrangement, body, rule, meeting, half, on)
        yield _view_reason(arrangement, rule, half, view)
        return
    names = body.organisations
    views = {n: organisation_view(arrangement, body, rule, meeting, n, on) for n in names}
    carried = _enough(rule.needs, list(views.values()))
    if carried:
        says = f"{listed([label(arrangement, n) for n in names if views[n]])} agree to it"
        yield Reason(Answer.STANDS, says, rule.authority)
        return
    for name, view in views.items():
        if not view:
            yield _view_reason(arrangement, rule, name, view)
    if carried is None and all(views.values()):
        says = "how many organisations must agree is not stated"
        yield Reason(Answer.NOT_STATED, says, rule.authority, "Record it with its clause.")


def _enough(needs: Needs | NotStated | None, views: list[For]) -> For:
    """Whether enough organisations are for it, whatever the unknown ones turn out to be."""
    certain, possible = views.count(True), views.count(True) + views.count(None)
    if certain == len(views):
        return bool(views)
    if not isinstance(needs, Needs):
        return False if not possible else None
    need = {Needs.ALL: len(views), Needs.EACH_FOR_ITSELF: len(views)}.get(needs)
    if need is None:
        need = len(views) // 2 + 1 if needs is Needs.MAJORITY else -(-2 * len(views) // 3)
    return True if certain >= need else False if possible < need else None


def organisation_view(
    arrangement: Arrangement, body: Body, rule: Deciding, meeting: Meeting, name: str, on: date
) -> For:
    """An organisation's view: all or none for is one under any rule, else `each_view` decides."""
    seats = tuple(seats_for(arrangement, body, name, on))
    if unsure_seats(arrangement, body, name, on) and not seats:
        return None
    here, for_, _ = _votes(seats, meeting)
    if not for_:
        return False
    if for_ == here:
        return True
    each = rule.each_view.get(name) if isinstance(rule.each_view, dict) else rule.each_view
    match each:
        case EachView.ALL:
            return False
        case EachView.MAJORITY:
            return 2 * for_ > here
        case EachView.ONE:
            return True
    return None


def _view_reason(arrangement: Arrangement, rule: Deciding, name: str, view: For) -> Reason:
    who = label(arrangement, name)
    if view:
        return Reason(Answer.STANDS, f"{who} is for it", rule.authority)
    if view is None:
        says = f"the view of {who} is not stated: its seats are divided, or may not speak for it"
        remedy = f"Record how the seats of {who} form its view, with the clause."
        return Reason(Answer.NOT_STATED, says, rule.authority, remedy)
    return Reason(
        Answer.REFUSED, f"{who} does not agree", rule.authority, _after(arrangement, rule)
    )


def _after(arrangement: Arrangement, rule: Deciding) -> str:
    """What follows where an item is not carried, in the rule's own words."""
    before = listed([told(arrangement, c) for c in rule.until])
    match rule.otherwise:
        case Otherwise.DEFER:
            return (
                f"It is deferred until {before}."
                if before
                else "It is deferred to a later meeting."
            )
        case Otherwise.REFER:
            return "It goes to each organisation to decide for itself."
        case Otherwise.DISPUTE_LADDER:
            return "It goes up the agreement's dispute ladder."
        case Otherwise.NOT_CARRIED:
            return "It falls; bring a changed proposal."
    return "What follows is not stated; record it with its clause."


def _votes(seats: tuple[Seat, ...], meeting: Meeting) -> tuple[int, int, int]:
    sittings = [meeting.at(s.id) for s in seats]
    return (
        sum(s.present for s in sittings),
        sum(s.for_ for s in sittings),
        sum(s.against for s in sittings),
    )
