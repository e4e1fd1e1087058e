"""Which periods of law run for a decision, which do not, and why not; and which record is due.

SI 2012/2089, LGA 1972 Part VA, the 1960 Act and SI 2014/2095, each only for its own decisions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from concord import law
from concord.domain.clocks.facts import Business, DecisionMaker, cited
from concord.domain.clocks.regime import RegimeFound
from concord.domain.findings import Authority


@dataclass(frozen=True, slots=True)
class NotRunning:
    """A clock that does not run for this decision, and why."""

    clock: str
    says: str
    authority: Authority

    def to_data(self) -> dict[str, Any]:
        return {"clock": self.clock, "why": self.says, "authority": str(self.authority)}


def condition(period: law.Period, maker: DecisionMaker, business: Business, on: date) -> str | None:
    """Nothing if the period runs, a condition if it may, None if it does not."""
    alone = maker.decides_alone(on)
    if (period.makers == "bodies" and alone) or (period.makers == "individuals" and not alone):
        return None
    match period.business:
        case "key":
            return _if(business.key, "the decision is key")
        case "private":
            return _if(business.private, "the item is taken in private")
        case "public":
            public = None if business.private is None else not business.private or business.in_part
            return _if(public, "the meeting is public")
        case "private or individual":
            return "" if alone else _if(business.private, "the item is taken in private")
    return ""


def _if(fact: bool | None, words: str) -> str | None:
    if fact is None:
        return f"if {words}"
    return "" if fact else None


def record_ids(maker: DecisionMaker, found: RegimeFound, on: date) -> tuple[str, ...]:
    """The records and publications the law asks for once the decision is made."""
    alone = maker.decides_alone(on)
    ids: list[str] = []
    if found.settled and found.executive:
        ids = ["reg_13_record" if alone else "reg_12_record", "regs_14_15"]
    elif found.settled and found.regimes[0].id == "non-executive" and maker.form == "officer":
        ids = ["officer_record_2014"]
    return tuple(i for i in ids if law.heads(i).in_force(on))


def not_running(
    maker: DecisionMaker, business: Business, on: date, found: RegimeFound
) -> tuple[NotRunning, ...]:
    """The clocks someone might look for and would not find, each with its reason."""
    if not found.settled:
        return ()
    regime = found.regimes[0]
    if regime.id == "executive":
        return _within_executive(maker, business, on)
    if regime.id == "executive before 2012":
        return (NotRunning("every clock", regime.says, cited(regime)),)
    key, private = law.period("reg_9_2"), law.period("reg_5_2")
    rest = (
        NotRunning("forward plan", f"No key-decision notice: {found.why}", cited(key)),
        NotRunning("private meeting", f"No 28-day private notice: {found.why}", cited(private)),
    )
    call_in = law.rule("call_in_not_nhs" if regime.id == "NHS body" else "call_in")
    says = call_in.says if regime.id == "NHS body" else "Call-in reaches executive decisions only."
    return (*rest, *_no_meeting(maker, on, regime), NotRunning("call-in", says, cited(call_in)))


def _within_executive(maker: DecisionMaker, business: Business, on: date) -> tuple[NotRunning, ...]:
    said = []
    if business.key is False:
        row = law.rule("key_decision")
        said.append(NotRunning("forward plan", "The decision is not key.", cited(row)))
    if maker.decides_alone(on):
        why = "Each person decides alone, so there is no meeting of a decision-making body."
        for clock, id_ in (("private meeting", "reg_5_2"), ("agenda and reports", "reg_6_1")):
            said.append(NotRunning(clock, why, cited(law.period(id_))))
    elif business.private is False:
        row_ = law.period("reg_5_2")
        said.append(NotRunning("private meeting", "The item is taken in public.", cited(row_)))
    elif business.private and not business.in_part:
        row_ = law.period("reg_6_1")
        said.append(NotRunning("agenda and reports", "The item is taken in private.", cited(row_)))
    return tuple(said)


def _no_meeting(maker: DecisionMaker, on: date, regime: law.Regime) -> tuple[NotRunning, ...]:
    if not maker.decides_alone(on) or regime.id == "none":
        return ()
    row = law.period("act_1960_4a" if regime.id == "NHS body" else "s100A_6")
    why = "Each person decides alone; notice of a meeting is owed only if its own rules say so."
    return (NotRunning("agenda and reports", why, cited(row)),)
