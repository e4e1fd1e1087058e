"""What keeps a stop from being taken on a day: order, papers, notices, pauses, deadlines.

One list of tests serves the search, which wants to know whether any fails, and the reader, who
wants to know each that does. A test may be waived by a lawful way out, which then has its price.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.labels import label
from concord.domain.calendar import in_words
from concord.domain.decisions.calendar_text import Pause
from concord.domain.decisions.calendars import Slot
from concord.domain.decisions.routes.conflict import Conflict, conflict
from concord.domain.decisions.routes.deadlines import deadlines
from concord.domain.decisions.routes.dues import Clockwork, Due, Dues
from concord.domain.decisions.routes.stops import Turn
from concord.domain.decisions.words import Purpose
from concord.domain.findings import Authority, Weight
from concord.domain.language.values import NotStated

_DAY = timedelta(days=1)
VIEWS = (Purpose.CONSULTATION, Purpose.RECOMMENDATION)
SENSITIVE = (Purpose.DECISION, Purpose.CONSULTATION)


class Waived(StrEnum):
    """A test set aside for a stop, each by a way out of its own."""

    TOLD = "told in the room"
    EXCEPTION = "general exception"
    URGENCY = "special urgency"
    PRIVATE = "urgent private meeting"
    PAPERS = "shorter notice of the papers"
    SIGN_OFF = "shorter sign-off"
    CALL_IN = "exemption from call-in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a plan is asked for: from which day, by which day, with which tests waived.

    Without `today` nothing is late: the route is looked at as a plan on paper.
    """

    today: date | None = None
    wanted: date | None = None
    waived: frozenset[tuple[str, Waived]] = frozenset()
    extra: frozenset[str] = frozenset()

    def waives(self, turn: Turn, what: Waived) -> bool:
        return (turn.id, what) in self.waived


def against(
    turn: Turn, slot: Slot, chosen: Mapping[str, Slot], clocks: Clockwork, asked: Asked
) -> Iterator[Conflict]:
    """Every test that fails, the cheap ones first; only grave ones bar the day."""
    if asked.today and slot.on < asked.today:
        says = f"{turn.label} would meet on {in_words(slot.on)}, a day gone by"
        yield conflict(turn, "route.in_the_past", says, "Choose a meeting still to come.", slot.on)
    yield from _order(turn, slot, chosen, clocks)
    yield from _pauses(turn, slot, clocks)
    yield from deadlines(turn, slot, clocks)
    if asked.wanted and turn.decides and slot.on > asked.wanted:
        says = f"{turn.label} meets on {in_words(slot.on)}, after {in_words(asked.wanted)}"
        yield _too_late(turn, slot.on, asked.wanted, f"{says}, when it was to be in effect")
    dues = clocks.dues(turn, slot.on)
    yield from _told(turn, dues, chosen, clocks, asked)
    yield from _tabled(turn, dues, chosen, clocks)
    if asked.today and slot.on >= asked.today:
        yield from _gone_by(turn, dues, asked.today, asked)
    in_time = asked.wanted and slot.on <= asked.wanted
    if asked.wanted and in_time and turn.decides and not asked.waives(turn, Waived.CALL_IN):
        yield from _effect(turn, slot, clocks, asked.wanted)


def _order(
    turn: Turn, slot: Slot, chosen: Mapping[str, Slot], clocks: Clockwork
) -> Iterator[Conflict]:
    for name in turn.after:
        earlier = chosen.get(name)
        if earlier is None or follows(slot, earlier):
            continue
        called = clocks.called(name)
        says = f"{turn.label} meets on {in_words(slot.on)}; it comes after {called}, on "
        says += in_words(earlier.on)
        if slot.on == earlier.on:
            says += ", and the times of day do not put them in that order"
        remedy = f"Move it after {in_words(earlier.on)}, or move {called} before it."
        yield conflict(turn, "route.out_of_order", says, remedy, slot.on, earlier.on, of=name)


def follows(later: Slot, earlier: Slot) -> bool:
    """Whether one meeting certainly comes after another; on one day their times must say so."""
    if later.on != earlier.on:
        return later.on > earlier.on
    return bool(earlier.at and later.at and later.at > earlier.at)


def _pauses(turn: Turn, slot: Slot, clocks: Clockwork) -> Iterator[Conflict]:
    names = {turn.body, turn.maker, *turn.organisations, *owners_of(clocks.arrangement, turn.body)}
    for pause in clocks.calendars.pauses(names, slot.on):
        alone = turn.body not in clocks.arrangement.bodies  # a recess stops meetings, not people
        if alone and pause.kind is Pause.RECESS:
            continue
        if pause.kind is Pause.ELECTION_PERIOD and turn.purpose not in SENSITIVE:
            continue
        whose = label(clocks.arrangement, str(pause.of))
        says = f"{turn.label} would meet on {in_words(slot.on)}, in the {pause.kind} of {whose}"
        if pause.kind is Pause.CLOSED:
            says = f"{turn.label} would meet on {in_words(slot.on)}, when {whose} is closed"
        last = pause.ends if isinstance(pause.ends, date) else slot.on
        remedy = f"Choose a meeting after {in_words(last)}."
        yield conflict(
            turn, "route.in_pause", says, remedy, slot.on, last + _DAY, pause.authority,
            pause=str(pause.kind),
        )  # fmt: skip


def _told(
    turn: Turn, dues: Dues, chosen: Mapping[str, Slot], clocks: Clockwork, asked: Asked
) -> Iterator[Conflict]:
    """Its papers may go out on the evening of the decision, and no sooner."""
    if asked.waives(turn, Waived.TOLD):
        return
    for name in turn.told_of:
        earlier = chosen.get(name)
        if earlier is None or dues.papers_close >= earlier.on:
            continue
        said = f"what {clocks.called(name)} decides on {in_words(earlier.on)}"
        says = (
            f"{turn.label} meets on {in_words(dues.on)} to be told of {said}; its papers must be "
            f"public by {in_words(dues.papers_close)}, before there is a decision to tell"
        )
        if isinstance(clocks.matter.stops[turn.id].told_of, NotStated):
            says += " (whether its papers must tell of it is not stated; the stricter is taken)"
        remedy = "Move one of the two meetings, or tell it in the room."
        yield conflict(
            turn, "route.told_too_late", says, remedy, dues.papers_close, earlier.on, of=name,
            due=dues.papers, other_reading=_reading(dues.papers, earlier.on),
        )  # fmt: skip


def _tabled(
    turn: Turn, dues: Dues, chosen: Mapping[str, Slot], clocks: Clockwork
) -> Iterator[Conflict]:
    """A view given after the papers have gone out can still be brought to the meeting."""
    stops = clocks.matter.stops
    for name in turn.after if turn.decides else ():
        earlier = chosen.get(name)
        if earlier is None or stops[name].purpose not in VIEWS or name in turn.told_of:
            continue
        if dues.papers_close < earlier.on:
            says = (
                f"{turn.label} decides on {in_words(dues.on)} with papers that close on "
                f"{in_words(dues.papers_close)}, before {clocks.called(name)} gives its view on "
                f"{in_words(earlier.on)}"
            )
            yield conflict(
                turn, "route.view_tabled", says, "Bring its view to the meeting in writing.",
                dues.papers_close, earlier.on, of=name, weight=Weight.SLIGHT, due=dues.papers,
            )  # fmt: skip


def _reading(due: Due | None, needed: date) -> str:
    """What the looser ways of counting would give, where one of them would do."""
    if due is None:
        return ""
    able = [(c, d) for c, d in due.step.others if d >= needed]
    return "; ".join(
        f"counted in {c.words}, papers would close on {in_words(d)} and it could just be done"
        for c, d in able
    )


def _gone_by(turn: Turn, dues: Dues, today: date, asked: Asked) -> Iterator[Conflict]:
    notice = dues.forward_plan
    if notice and notice.day < today and not _excepted(turn, dues, today, asked):
        yield _late(
            turn, "route.notice_too_late", notice, "the notice of the key decision was", today
        )
    private = dues.private_notice
    if private and private.day < today and not asked.waives(turn, Waived.PRIVATE):
        yield _late(
            turn, "route.private_too_late", private, "the private-meeting notice was", today
        )
    if dues.papers and dues.papers.day < today and not asked.waives(turn, Waived.PAPERS):
        yield _late(turn, "route.papers_too_late", dues.papers, "the papers were", today)
    elif dues.draft_due < today and not asked.waives(turn, Waived.SIGN_OFF):
        says = (
            f"{turn.label} on {in_words(dues.on)} would need the first draft by "
            f"{in_words(dues.draft_due)}, which has gone by ({dues.sign_off.says})"
        )
        remedy = "Choose a later meeting, or agree shorter sign-off."
        yield conflict(turn, "route.draft_too_late", says, remedy, dues.draft_due, today)


def _excepted(turn: Turn, dues: Dues, today: date, asked: Asked) -> bool:
    """Whether the notice is waived: by urgency, or by the general exception while it is open."""
    if asked.waives(turn, Waived.URGENCY):
        return True
    exits = [x for x in dues.exits if x.id == "general_exception"]
    return asked.waives(turn, Waived.EXCEPTION) and any(x.open_on(today) for x in exits)


def _late(turn: Turn, id_: str, due: Due, what: str, today: date) -> Conflict:
    says = f"{turn.label}: {what} due on {in_words(due.day)}, which has gone by"
    if due.step.if_:
        says += f" ({due.step.if_})"
    remedy = "Choose a later meeting, or use a lawful way out."
    return conflict(turn, id_, says, remedy, due.day, today, due=due)


def _effect(turn: Turn, slot: Slot, clocks: Clockwork, wanted: date) -> Iterator[Conflict]:
    for effect in clocks.effects(turn, slot.on):
        if effect.not_before > wanted:
            says = (
                f"{turn.label} on {in_words(slot.on)}: in effect on {in_words(effect.not_before)}"
            )
            says += f" at the earliest, after {in_words(wanted)}; {effect.says}"
            yield _too_late(turn, effect.not_before, wanted, says, effect.authority)


def _too_late(
    turn: Turn, day: date, wanted: date, says: str, authority: Authority | None = None
) -> Conflict:
    remedy = "Choose an earlier meeting, or a later date."
    return conflict(turn, "route.past_wanted", says, remedy, day, wanted, authority)
