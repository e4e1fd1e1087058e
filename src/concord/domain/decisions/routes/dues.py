"""Every day that taking a matter at one stop on one day brings with it, each with its clock.

The clocks are those of domain/clocks; of several organisations at one meeting the strictest day of
each clock is used, and each one's own is kept beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.keyness import is_key
from concord.domain.agreements.labels import label
from concord.domain.agreements.membership import now_called
from concord.domain.agreements.timetables import days_of, timetable_for
from concord.domain.agreements.words import FunctionKind, LegalForm
from concord.domain.calendar import NEVER_CLOSED, Closed, Counting, count_back, in_words
from concord.domain.clocks import Business, NotRunning, Step, Timetable, WayOut
from concord.domain.decisions.calendars import Calendars, with_closed_days
from concord.domain.decisions.matter import MatterText, as_matter
from concord.domain.decisions.routes.sign_off import SignOffs, sign_offs_of
from concord.domain.decisions.routes.stops import Turn
from concord.domain.findings import Authority
from concord.domain.language.values import Day, NotStated

_DAY = timedelta(days=1)
PAPERS = "agenda and reports"
OF_A_DECISION = (
    "forward plan",
    "decision published",
    "call-in window",
    "call-in meeting",
    "call-in reconsideration",
    "call-in council",
)
NEVER_KEY = (
    LegalForm.FULL_COUNCIL,
    LegalForm.COUNCIL_COMMITTEE,
    LegalForm.HEALTH_AND_WELLBEING_BOARD,
    LegalForm.SCRUTINY_COMMITTEE,
    LegalForm.NHS_BOARD,
    LegalForm.ADVISORY,
)
KINDS = (
    FunctionKind.EXECUTIVE,
    FunctionKind.NHS,
    FunctionKind.NON_EXECUTIVE,
    FunctionKind.OF_THE_BODY,
)


@dataclass(frozen=True, slots=True)
class Due:
    """One clock of one organisation: what is due, by which day, under which rule."""

    organisation: str
    step: Step
    beside: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        assert self.step.day is not None  # noqa: S101 - only steps with a day become one
        return self.step.day

    @property
    def authority(self) -> Authority:
        return self.step.authority


@dataclass(frozen=True, slots=True)
class Effect:
    """When one organisation's half takes effect: published, open to call-in, in effect."""

    organisation: str
    effective: Day
    not_before: date
    says: str
    published: date | None = None
    call_in: Due | None = None
    authority: Authority = field(default_factory=Authority)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dues:
    """The days of one stop on one day; what the stop does not need is None."""

    on: date
    papers: Due | None
    forward_plan: Due | None
    private_notice: Due | None
    second_notice: Due | None
    others: tuple[Due, ...]
    not_running: tuple[tuple[str, NotRunning], ...]
    exits: tuple[WayOut, ...]
    signed_off_by: date
    draft_due: date
    sign_off: SignOffs

    @property
    def papers_close(self) -> date:
        """The last day for the papers; without a rule, the day itself."""
        return self.papers.day if self.papers else self.on

    @property
    def notices(self) -> tuple[Due, ...]:
        """What has to be published before the papers or beside them, first to last."""
        found = (self.forward_plan, self.private_notice, self.second_notice)
        return tuple(sorted((d for d in found if d), key=lambda d: d.day))


@dataclass(slots=True, eq=False)
class Clockwork:
    """Works out the days of a stop, once for each day asked about."""

    arrangement: Arrangement
    matter: MatterText
    calendars: Calendars
    days: int | None = None
    _dues: dict[tuple[str, str, date], Dues] = field(default_factory=dict)
    _effects: dict[tuple[str, str, date], tuple[Effect, ...]] = field(default_factory=dict)
    _tables: dict[tuple[str, str, str, date], Timetable] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.arrangement = with_closed_days(self.arrangement, self.calendars)

    def called(self, stop: str) -> str:
        """What the body of a stop is called."""
        body = self.matter.stops[stop].body
        return label(self.arrangement, body) if isinstance(body, str) else stop

    def dues(self, turn: Turn, on: date) -> Dues:
        """The days before the meeting."""
        asked = (turn.id, turn.maker, on)
        if asked not in self._dues:
            self._dues[asked] = self._find_dues(turn, on)
        return self._dues[asked]

    def effects(self, turn: Turn, on: date) -> tuple[Effect, ...]:
        """When each organisation's decision takes effect; nothing where the stop decides nothing.

        Call-in is counted from the last day on which the decision may be published.
        """
        asked = (turn.id, turn.maker, on)
        if asked not in self._effects:
            found = (self._effect(turn, o, on) for o in turn.organisations)
            self._effects[asked] = tuple(found) if turn.decides else ()
        return self._effects[asked]

    def not_before(self, turn: Turn, on: date) -> date:
        """The earliest day on which what is decided can be in effect for every organisation."""
        return max((e.not_before for e in self.effects(turn, on)), default=on)

    def closed(self, organisation: str, on: date) -> Closed:
        """When an organisation does no business, by its own text and by the calendar."""
        owner = self.arrangement.organisations.get(organisation)
        return days_of(owner, on) if owner else NEVER_CLOSED

    def table(self, turn: Turn, organisation: str, on: date) -> Timetable:
        asked = (turn.id, turn.maker, organisation, on)
        if asked not in self._tables:
            self._tables[asked] = timetable_for(
                self.arrangement, turn.maker, self.business(turn, organisation, on), on,
                organisation=organisation,
            )  # fmt: skip
        return self._tables[asked]

    def business(self, turn: Turn, organisation: str, on: date) -> Business:
        """The matter as this stop's clocks need it: kind of function, key, private."""
        facts = self.matter.matter
        private = None if isinstance(facts.private, NotStated) else facts.private
        if self.matter.exempt and not private:
            private = None  # a part may be taken in private and the rest in public
        kind = self._kind(organisation, on)
        key = self._key(turn, organisation, on)
        return Business(function_kind=str(kind or ""), key=key, private=private)

    def _kind(self, organisation: str, on: date) -> FunctionKind | None:
        a, names = self.arrangement, self.matter.matter.functions
        known = (
            [a.functions[f] for f in names if f in a.functions] if isinstance(names, tuple) else []
        )
        mine = [f for f in known if _held_by(a, f.of, organisation, on)] or known
        return min((f.kind for f in mine if f.kind in KINDS), key=KINDS.index, default=None)

    def _key(self, turn: Turn, organisation: str, on: date) -> bool | None:
        body = self.arrangement.bodies.get(turn.body)
        if not turn.decides or (body is not None and body.legal_form in NEVER_KEY):
            return False
        found = is_key(self.arrangement, organisation, as_matter(self.matter.matter), on)
        if found is None:
            return False
        said = self.matter.matter.key_because
        return True if found.key is None and said and isinstance(said, tuple) else found.key

    def _find_dues(self, turn: Turn, on: date) -> Dues:
        tables = {o: self.table(turn, o, on) for o in turn.organisations}
        steps = [
            Due(o, s) for o, t in tables.items() for s in t.steps
            if s.day and not s.after and (turn.decides or s.clock not in OF_A_DECISION)
        ]  # fmt: skip
        private = [d for d in steps if d.step.clock == "private meeting"]
        second = [d for d in private if d.step.id == "reg_5_4"]
        papers = _strictest(d for d in steps if d.step.clock == PAPERS)
        signing = _strictest(d for d in steps if d.step.clock == "sign-off")
        close = min(papers.day if papers else on, signing.day if signing else on)
        sign_off = sign_offs_of(self.matter, self.arrangement, self.calendars, turn, on, self.days)
        named = ("forward plan", "private meeting", PAPERS)
        return Dues(
            on=on,
            papers=papers,
            forward_plan=_strictest(d for d in steps if d.step.clock == "forward plan"),
            private_notice=_strictest(d for d in private if d not in second),
            second_notice=_strictest(second),
            others=tuple(d for d in steps if d.step.clock not in named),
            not_running=tuple((o, n) for o, t in tables.items() for n in t.not_running),
            exits=tuple(x for t in tables.values() for x in t.exits),
            signed_off_by=close,
            draft_due=sign_off.draft_due(close),
            sign_off=sign_off,
        )

    def _effect(self, turn: Turn, organisation: str, on: date) -> Effect:
        table = self.table(turn, organisation, on)
        who = label(self.arrangement, organisation)
        window = table.step("call-in window")
        if not table.regime.executive:
            return Effect(
                organisation, on, on, f"{who}: in effect when it is decided. {table.regime.why}"
            )
        if window is None:
            says = f"{who}: how long it may be called in is not recorded"
            return Effect(organisation, NotStated(_from(on), earliest=on), on, says)
        publish = table.step("decision published")
        published = publish.day if publish and publish.day else on
        again = timetable_for(
            self.arrangement, turn.maker, table.business, on, published, organisation
        )
        window = again.step("call-in window")
        if window is None or window.day is None:
            says = f"{who}: the period in which it may be called in is not stated"
            return Effect(
                organisation, NotStated(_from(on), earliest=on), on, says, published,
                authority=window.authority if window else Authority(),
            )  # fmt: skip
        effective = window.day + _DAY
        says = (
            f"{who}: published by {in_words(published)}, open to call-in until "
            f"{in_words(window.day)}, then in effect"
        )
        return Effect(
            organisation, effective, effective, says, published, Due(organisation, window),
            window.authority,
        )  # fmt: skip


def _from(on: date) -> str:
    return f"not stated, from {on.isoformat()}"


def _held_by(a: Arrangement, of: object, organisation: str, on: date) -> bool:
    return isinstance(of, str) and organisation in (of, *now_called(a, of, on))


def _strictest(dues: Iterable[Due]) -> Due | None:
    """The earliest of several days of one clock, keeping what the other organisations need."""
    found = list(dues)
    if not found:
        return None
    # Of rules that give the same day, the one on the papers themselves is the one to cite.
    first = min(found, key=lambda d: (d.day, "eports" not in d.step.what))
    rest = {
        d.organisation: f"{d.step.when}: {in_words(d.day)}"
        for d in found
        if d.organisation != first.organisation
    }
    return Due(first.organisation, first.step, tuple(f"{o}: {says}" for o, says in rest.items()))


def as_if_key(on: date) -> date:
    """The day of a 28-day notice, for comparison where none is owed."""
    return count_back(on, 28, Counting.CALENDAR).day
