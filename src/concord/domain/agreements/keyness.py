"""Is a matter a key decision, for whom, and why (SI 2012/2089 reg 8; each council's own figures)?

The regulation is relative to the budget of the service; a council's figure in pounds is its own
policy beside it. A matter is over a figure when it costs or saves more than it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concord import law
from concord.domain.agreements.arrangement import Arrangement, KeyDecision, Organisation
from concord.domain.agreements.holders import has_executive
from concord.domain.agreements.matter import Matter
from concord.domain.agreements.words import FunctionKind
from concord.domain.findings import Authority
from concord.domain.language.values import NotStated
from concord.domain.money import pounds
from concord.domain.places.organisations import OrganisationKind


@dataclass(frozen=True, slots=True)
class Keyness:
    """Whether a matter is key for one council; None is not stated."""

    organisation: str
    key: bool | None
    says: str
    authority: Authority


def is_key(arrangement: Arrangement, organisation: str, matter: Matter, on: date) -> Keyness | None:
    """Whether the matter is key for that organisation; None where no decision of its can be."""
    council = arrangement.organisations.get(organisation)
    if council is None or council.kind is not OrganisationKind.COUNCIL:
        return None
    if has_executive(arrangement, organisation, on) is False:
        says = f"{council.label} has no executive, so no decision of its is key"
        return Keyness(organisation, False, says, _law("key_decision"))
    kinds = {arrangement.functions[f].kind for f in matter.functions if f in arrangement.functions}
    if kinds and kinds <= {FunctionKind.NON_EXECUTIVE, FunctionKind.OF_THE_BODY}:
        says = "only an executive decision can be key, and this function is not executive"
        return Keyness(organisation, False, says, _law("key_decision"))
    return _tested(council, matter, on)


def _law(id_: str) -> Authority:
    row = next((r for r in law.rules() if r.id == id_), None)
    if row is None:
        return Authority(law="SI 2012/2089, regulation 8")
    return Authority(law=row.authority, unverified=not row.verified)


def _tested(council: Organisation, matter: Matter, on: date) -> Keyness:
    rule = council.key_decision.on(on)
    if not isinstance(rule, KeyDecision):
        says = f"what {council.label} calls a key decision is not stated"
        return Keyness(council.id, None, says, council.authority)
    by_money, by_wards = _by_money(rule, matter), _by_wards(rule, matter)
    for answer, says in (by_money, by_wards):
        if answer:
            return Keyness(council.id, True, says, rule.authority)
    unsure = [says for answer, says in (by_money, by_wards) if answer is None]
    if unsure:
        return Keyness(council.id, None, "; ".join(unsure), rule.authority)
    says = "; ".join(says for _, says in (by_money, by_wards) if says)
    return Keyness(council.id, False, says or "no figure is reached", rule.authority)


Part = tuple[bool | None, str]


def _by_money(rule: KeyDecision, matter: Matter) -> Part:
    if rule.amount is None or matter.amount is None:
        return False, ""
    if isinstance(rule.amount, NotStated) or isinstance(matter.amount, NotStated):
        return None, "the amount, or the figure it is measured against, is not known"
    amount = pounds(abs(matter.amount))
    if abs(matter.amount) > rule.amount:
        return True, f"{amount} is more than {pounds(rule.amount)}"
    return False, f"{amount} is not more than {pounds(rule.amount)}"


def _by_wards(rule: KeyDecision, matter: Matter) -> Part:
    if rule.wards is None:
        return False, ""
    if matter.wards is None or isinstance(rule.wards, NotStated):
        return None, "how many wards it affects is not known"
    number = f"{matter.wards} ward{'' if matter.wards == 1 else 's'}"
    if matter.wards >= rule.wards:
        return True, f"it affects {number}; from {rule.wards} a decision is key"
    return False, f"it affects {number}, fewer than {rule.wards}"
