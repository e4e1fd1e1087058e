"""The shapes of the rows of law: what each kind of row says, and on which dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row carries: its name, our words for it, where it comes from, when it holds."""

    id: str
    says: str
    authority: str
    verified: bool
    read_in: str = ""
    starts: date | None = None
    ends: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether the row holds on that day; the last day counts."""
        return (self.starts is None or self.starts <= on) and (self.ends is None or on <= self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention(Row):
    """A way of counting days."""

    name: str
    weekdays_out: tuple[str, ...]
    bank_holidays_out: bool
    closed_days_out: bool
    limit_steps_outward: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime(Row):
    """A body of rules about notice and publication, and which decisions fall under it."""

    name: str
    governance: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Governance(Row):
    """A governance model, or an authority that has its own."""

    model: str
    executive: bool
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Row):
    """One period: a number of units that runs before, after, or must elapse after, an event.

    `makers` is bodies, individuals or all; `second` marks a second notice under the same clock;
    `exit` a period that runs only when an exit is used; `on_event` one that waits for its event.
    """

    regime: str
    clock: str
    what: str
    number: int
    unit: str
    runs: str
    of: str
    makers: str
    where: str
    business: str
    counting: str = ""
    heads: str = ""
    second: bool = False
    exit: bool = False
    on_event: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit(Row):
    """A lawful way on when a period cannot be kept, and who must agree or be told, in turn."""

    name: str
    from_period: tuple[str, ...]
    order: int
    needs: str
    who: tuple[str, ...]
    that: str
    when: str
    then: tuple[str, ...] = ()
    period: str = ""
    then_authority: str = ""
    then_verified: bool = True


@dataclass(frozen=True, slots=True)
class Head:
    """One thing a document must contain; `maker` limits it to a body or an individual."""

    letter: str
    says: str
    maker: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads(Row):
    """What a document must contain, who writes it and when; `says` is its name."""

    heads: tuple[Head, ...]
    by: str = ""
    when: str = ""

    def of(self, maker: str) -> tuple[Head, ...]:
        """The heads for a `body` or an `individual`."""
        return tuple(h for h in self.heads if h.maker in ("", maker))


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalForm(Row):
    """What a kind of decision-maker decides, holds by law and may not be given.

    `decides`: as a body, one person, its members, its organisations, recommends, nobody.
    `holds` and `may_not_be_given` name kinds of function; `holds_without_executive` replaces
    `holds` where the council has no executive. `outside_section_75` false: no matter with a part
    outside the section 75. `votes_of_outsiders` false: who is not of the organisation has no vote.
    """

    form: str
    decides: str
    holds: tuple[str, ...] = ()
    holds_without_executive: tuple[str, ...] = ()
    may_not_be_given: tuple[str, ...] = ()
    may_not_be_given_any: bool = False
    unless_lead_commissioning: bool = False
    outside_section_75: bool = True
    votes_of_outsiders: bool = True

    def holds_by_law(self, executive: bool) -> tuple[str, ...]:
        """Kinds of function it holds, where the council does or does not run an executive.

        Without one there is no cabinet, leader or mayor to hold anything (LGA 2000 Part 1A).
        """
        without = self.holds_without_executive or tuple(k for k in self.holds if k != "executive")
        return self.holds if executive else without


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Row):
    """An Act or instrument by its own name; `short` are other names that are right too."""

    name: str
    short: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.short)


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestRule(Row):
    """What an interest of one kind means for its holder at an item, under one set of rules.

    `stay`, `speak` and `vote` are yes, no, or ruled: by one of `ruled_by`, and until then no.
    """

    regime: str
    kind: str
    stay: str
    speak: str
    vote: str
    ruled_by: tuple[str, ...] = ()
    dispensation_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Row):
    """A test, power or duty; with a number only where the law sets one that is not a period."""

    number: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class BankHolidays:
    """The bank holidays of England and Wales, and the days between which the list is complete."""

    days: dict[date, str]
    complete_from: date
    complete_to: date
