"""An interest declared by the member whose it is, for the seats in which they sit at a meeting.

Localism Act 2011, section 31; NHS Act 2006, section 14Z30. A clerk records what is said aloud by
`meetings.record`; here nobody declares for anybody else.
"""

from __future__ import annotations

from collections.abc import Mapping

from concord import law
from concord.commands.command import Acting, Done, command, refuse
from concord.commands.meetings import add, require_entry
from concord.commands.meetings_read import AtMeeting, at_meeting, meeting_or_refuse, wall
from concord.domain.decisions.interests import InterestRegime, regime_of_seat
from concord.domain.decisions.meetings import Attendee
from concord.domain.decisions.meetings.book import BookEntry, EntryKind
from concord.records.models import MeetingEntry

ACT = "interests.declare"


@command("interests.declare")
def declare_interest(
    acting: Acting, place: str, meeting: str, *, item: str, in_: str, what: str,
    kinds: Mapping[str, str], key: str,
) -> Done[MeetingEntry]:  # fmt: skip
    """Declares an interest of whoever acts in one item; `kinds` gives its kind by set of rules."""
    here = at_meeting(meeting_or_refuse(place, meeting, ACT))
    if known := here.meeting.entries.filter(key=key).first():
        return Done(known)
    person = acting.account.name if acting.account else ""
    mine = own_seats(here, person)
    if not mine:
        says = f"{person or 'nobody'} has no seat at this meeting"
        raise refuse(ACT, says, "Ask the clerk to record as whom you sit.")
    if not in_.strip():
        raise refuse(ACT, "in whom or what the interest is, is not said", "Name it.")
    _refuse_unknown(here, mine, kinds)
    said = {"who": person, "item": item, "in": in_.strip(), "what": what.strip(),
            "kinds": dict(kinds), "by": "the member"}  # fmt: skip
    number = here.record.head + 1
    entry = BookEntry(number=number, kind=EntryKind.DECLARED, at=wall(acting.now), said=said)
    require_entry(here, entry)
    return add(acting, here, entry, key)


def own_seats(here: AtMeeting, person: str) -> tuple[Attendee, ...]:
    """The seats of a meeting in which someone sits, by the name of their account."""
    return here.record.held.seats_of(person) if person else ()


def regimes_of(here: AtMeeting, mine: tuple[Attendee, ...]) -> tuple[InterestRegime, ...]:
    """Under whose rules on interests someone sits here, each once."""
    found = (regime_of_seat(here.arrangement, a) for a in mine)
    return tuple(dict.fromkeys(r for r in found if r is not None))


def kinds_of(regime: InterestRegime) -> tuple[str, ...]:
    """The kinds of interest that one set of rules knows."""
    return tuple(dict.fromkeys(r.kind for r in law.interest_rules() if r.regime == regime))


def _refuse_unknown(here: AtMeeting, mine: tuple[Attendee, ...], kinds: Mapping[str, str]) -> None:
    for regime in regimes_of(here, mine):
        kind = kinds.get(str(regime), "")
        if kind not in kinds_of(regime):
            says = f"what kind of interest it is for {regime} is not said"
            raise refuse(ACT, says, f"Choose one of: {', '.join(kinds_of(regime))}.")
