"""Which regime a decision falls under: authority, date, kind of function and who decides it.

SI 2012/2089 reaches executive decisions only; LGA 1972 Part VA the council and its committees; the
Public Bodies (Admission to Meetings) Act 1960 the NHS body.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concord import law
from concord.domain.clocks.facts import COUNCIL, Business, DecisionMaker, cited
from concord.domain.findings import Answer, Reason, Verdict

COUNCIL_BODIES = (
    "full council",
    "council committee",
    "health and wellbeing board",
    "scrutiny committee",
)
ONLY_EXECUTIVE = ("executive", "NHS")


@dataclass(frozen=True, slots=True)
class RegimeFound:
    """The regime, or all that are possible where it is not settled, and why."""

    regimes: tuple[law.Regime, ...]
    verdict: Verdict

    @property
    def settled(self) -> bool:
        return len(self.regimes) == 1 and self.verdict.answer is Answer.STANDS

    @property
    def name(self) -> str:
        return " or ".join(r.name for r in self.regimes)

    @property
    def why(self) -> str:
        return " ".join(r.says for r in self.verdict.reasons)

    @property
    def executive(self) -> bool:
        return any(r.id == "executive" for r in self.regimes)


def regime_of(maker: DecisionMaker, business: Business, on: date) -> RegimeFound:
    """The regime for a decision of this maker on this business on that day."""
    if maker.ruled:
        row = law.regime(maker.ruled)
        return _found((row,), f"The monitoring officer has ruled so: {maker.ruling}.", row)
    if maker.form == "advisory":
        return _found((law.regime("none"),), "An advisory body decides nothing.")
    if maker.organisation_kind == COUNCIL:
        return _council(maker, business, on)
    nhs = law.regime("NHS body")
    if maker.organisation_kind in nhs.organisations:
        return _found((nhs,), nhs.says, nhs)
    none = law.regime("none")
    return _found((none,), none.says)


def _council(maker: DecisionMaker, business: Business, on: date) -> RegimeFound:
    plain = law.regime("non-executive")
    governance = law.governance_of(maker.governance, maker.organisation)
    if maker.form in COUNCIL_BODIES:
        return _found((plain,), f"A {maker.form} is not the executive.", plain)
    if governance and not governance.executive:
        return _found((plain,), governance.says, governance)
    if business.function_kind not in ONLY_EXECUTIVE:
        return _found((plain,), f"The function is {business.function_kind}.", plain)
    if maker.form in ("regulation 10 joint committee", "joint committee of councils"):
        return _joint_committee(maker, on)
    if governance is None:
        return _open(on, "How the council is governed on that day is not stated.")
    row = _executive(on)
    if business.function_kind == "NHS":
        return _found((row,), row.says, law.rule("council_exercising_nhs_functions"))
    if maker.form == "individual delegates":
        fact = law.rule("individual_delegates_decide_alone")
        return _found((row,), fact.says, fact)
    return _found((row,), row.says, row)


def _joint_committee(maker: DecisionMaker, on: date) -> RegimeFound:
    whole = law.rule("whole_executive_joint_committee")
    if maker.form == "joint committee of councils" and maker.all_of_executives is not None:
        row = _executive(on) if maker.all_of_executives else law.regime("non-executive")
        return _found((row,), whole.says, whole)
    mixed = law.rule("mixed_board_unsettled")
    if maker.form == "regulation 10 joint committee":
        return _open(on, mixed.says, mixed)
    return _open(on, f"{whole.says} Whether they are is not stated.", whole)


def _executive(on: date) -> law.Regime:
    rows = [r for r in law.regimes() if r.id.startswith("executive") and r.in_force(on)]
    return rows[0]


def _found(regimes: tuple[law.Regime, ...], says: str, row: law.Row | None = None) -> RegimeFound:
    authority = cited(row) if row else cited(law.regime("none"), " ")
    return RegimeFound(regimes, Verdict(Answer.STANDS, (Reason(Answer.STANDS, says, authority),)))


def _open(on: date, says: str, row: law.Row | None = None) -> RegimeFound:
    reason = Reason(
        Answer.NOT_STATED,
        says,
        cited(row) if row else cited(_executive(on)),
        "Record the governance model, or a monitoring officer's ruling, for that day.",
    )
    both = (_executive(on), law.regime("non-executive"))
    return RegimeFound(both, Verdict(Answer.NOT_STATED, (reason,)))
