"""Which heads a section 75 agreement has to deal with, and whether its text does.

The seven heads are SI 2000/617 regulations 7(3), 8 and 9; the further tests are those the City of
London and Doncaster reports set themselves (003 ¶40, 004 ¶44).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from concord import law
from concord.domain.agreements.arrangement import Agreement, Arrangement
from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.words import AgreementKind, Flexibility, Head
from concord.domain.findings import Authority
from concord.domain.language.values import NotStated
from concord.domain.places.organisations import is_council, is_nhs


class Presence(StrEnum):
    """Whether an agreement's text deals with a head."""

    THERE = "there"
    NOT_STATED = "not stated"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class RequiredHead:
    """One head that an agreement has to deal with: what it is, where it stands, who asks for it.

    `letter` is the paragraph of the regulation, and empty for a further test.
    """

    head: Head
    says: str
    presence: Presence
    authority: Authority
    letter: str = ""
    clause: str = ""

    @property
    def by_law(self) -> bool:
        return bool(self.letter)


_FURTHER: tuple[tuple[Head, str, str], ...] = (
    (Head.SCOPE, "the scope of the pooled budget", "City of London report, paragraph 40"),
    (Head.GROUND_RULES, "the ground rules for its use", "City of London report, paragraph 40"),
    (Head.OVERSPENDS, "how overspends are treated", "City of London report, paragraph 40"),
    (
        Head.CONFLICTS,
        "how conflicts in setting priorities are settled",
        "City of London report, paragraph 40",
    ),
    (Head.HOST, "who hosts", "Doncaster report, paragraph 44"),
    (Head.RISK_SHARE, "how risk is shared", "Doncaster report, paragraph 44"),
    (Head.BENEFIT_SHARE, "how benefit is shared", "Doncaster report, paragraph 44"),
)


def required_heads(arrangement: Arrangement, agreement: Agreement) -> tuple[RequiredHead, ...]:
    """Every head the agreement has to deal with; none for an agreement of another kind."""
    if agreement.kind is not AgreementKind.SECTION_75:
        return ()
    found: dict[tuple[Head, str], RequiredHead] = {}
    for row, authority in _lists(arrangement, agreement):
        for one in row.heads:
            head = _answered_by(agreement, row, Head(one.key))
            required = _required(agreement, head, one.says, authority, one.letter)
            found.setdefault((head, one.says), required)
    for head, says, source in _FURTHER:
        found[(head, says)] = _required(agreement, head, says, Authority(law=source))
    return tuple(found.values())


Listed = tuple[law.Heads, Authority]


def _lists(arrangement: Arrangement, agreement: Agreement) -> Iterator[Listed]:
    """The lists of law that apply; where no flexibility is stated, the heads all have in common."""
    stated = agreement.flexibilities
    kinds = () if isinstance(stated, NotStated) else stated
    if Flexibility.POOLED_FUND in kinds:
        yield _cited("s75_pooled_fund")
    if Flexibility.LEAD_COMMISSIONING in kinds:
        led = _led_by(arrangement)
        if led["council"] or not led["NHS"]:
            yield _cited("s75_lead_by_council")
        if led["NHS"]:
            yield _cited("s75_lead_by_nhs")
    if not kinds:
        rule = law.rule("s75_in_writing")
        authority = Authority(law=rule.authority, unverified=not rule.verified)
        yield law.heads("s75_pooled_fund"), authority


def _cited(name: str) -> Listed:
    row = law.heads(name)
    return row, Authority(law=row.authority, unverified=not row.verified)


def _led_by(arrangement: Arrangement) -> Mapping[str, bool]:
    """On whose side functions of the other are exercised, from powers given to an organisation."""
    led = {"council": False, "NHS": False}
    for row in arrangement.delegations.values():
        givers = owners_of(arrangement, row.from_) if isinstance(row.from_, str) else ()
        for to in row.given_to:
            owner = arrangement.organisations.get(to)
            if owner is None or to in givers or isinstance(owner.kind, NotStated):
                continue
            led["council"] = led["council"] or is_council(owner.kind)
            led["NHS"] = led["NHS"] or is_nhs(owner.kind)
    return led


def _answered_by(agreement: Agreement, row: law.Heads, head: Head) -> Head:
    """Payments under regulation 9 may have a clause of their own, beside contributions."""
    own = isinstance(agreement.contents, Mapping) and Head.PAYMENTS in agreement.contents
    payments = row.id == "s75_lead_by_council" and head is Head.CONTRIBUTIONS
    return Head.PAYMENTS if payments and own else head


def _required(
    agreement: Agreement, head: Head, says: str, authority: Authority, letter: str = ""
) -> RequiredHead:
    contents = agreement.contents
    if isinstance(contents, NotStated):
        return RequiredHead(head, says, Presence.NOT_STATED, authority, letter)
    clause = (contents or {}).get(head)
    if clause is None:
        return RequiredHead(head, says, Presence.MISSING, authority, letter)
    if isinstance(clause, NotStated):
        return RequiredHead(head, says, Presence.NOT_STATED, authority, letter)
    return RequiredHead(head, says, Presence.THERE, authority, letter, clause)
