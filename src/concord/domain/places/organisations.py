"""What a kind of organisation is in law, and when it existed (SI 2000/617 regs 2-3, reg 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from concord.domain.findings import Answer, Authority, Reason, Verdict, all_of
from concord.domain.language.values import Day, holds_on


class OrganisationKind(StrEnum):
    """The closed set of kinds; Common Council and county, district and borough are councils."""

    COUNCIL = "council"
    PRIMARY_CARE_TRUST = "primary care trust"
    CLINICAL_COMMISSIONING_GROUP = "clinical commissioning group"
    INTEGRATED_CARE_BOARD = "integrated care board"
    NHS_TRUST = "NHS trust"
    GP_FEDERATION = "GP federation"
    VOLUNTARY = "voluntary"
    COMPANY = "company"
    NATIONAL_BODY = "national body"


class Governance(StrEnum):
    """How a council divides its functions between the whole council and an executive."""

    LEADER_AND_CABINET = "leader and cabinet"
    MAYOR_AND_CABINET = "mayor and cabinet"
    COMMITTEE_SYSTEM = "committee system"

    @property
    def has_executive(self) -> bool:
        """Under a committee system no function is executive (LGA 2000 s9B, Part 1A)."""
        return self is not Governance.COMMITTEE_SYSTEM


class Role(StrEnum):
    """What an organisation does in an arrangement; one organisation may do both at once."""

    COMMISSIONER = "commissioner"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class KindInLaw:
    """What the law says of a kind of organisation; None where the kind alone does not settle it.

    `starts` and `ends` are the first and the last day on which the kind existed; None is no bound.
    """

    kind: OrganisationKind
    commissioner: bool | None
    nhs_body: bool | None
    section_75: bool | None
    being: Authority = field(default_factory=Authority)
    party: Authority = field(default_factory=Authority)
    consent: str = ""
    starts: date | None = None
    ends: date | None = None


_REG_3_1 = Authority(law="SI 2000/617 regs 2, 3(1), as amended", unverified=True)
_REG_3_2 = Authority(law="SI 2000/617 regs 2, 3(2)")
_NEITHER = Authority(law="SI 2000/617 regs 2-3: partners are NHS bodies and local authorities")
_NAMED = Authority(law="SI 2000/617 reg 3(1): only the bodies it names", unverified=True)
_TRUST_CONSENT = (
    "an NHS trust needs the consent of each commissioner it contracts with (SI 2000/617 reg 7(2))"
)
# PCTs: the first were set up on the day SI 2000/617 came into force; all ended on 31 March 2013.
_PCT = Authority(law="Health Act 1999 s2; Health and Social Care Act 2012 s34", unverified=True)
_CCG = Authority(
    law="Health and Social Care Act 2012 s10; Integrated Care Boards (Establishment) Order 2022",
    unverified=True,
)
_ICB = Authority(law="Health and Care Act 2022 s19, in force on 1 July 2022")
_COUNCIL = Authority(
    law="Local Government Act 1972 s2; London Government Act 1963", unverified=True
)
_TRUST = Authority(law="NHS Act 2006 ss25, 30", unverified=True)

_K = OrganisationKind
_LAW = (
    KindInLaw(_K.COUNCIL, True, False, True, _COUNCIL, _REG_3_2),
    KindInLaw(
        _K.PRIMARY_CARE_TRUST, True, True, True, _PCT, _REG_3_1,
        starts=date(2000, 4, 1), ends=date(2013, 3, 31),
    ),
    KindInLaw(
        _K.CLINICAL_COMMISSIONING_GROUP, True, True, True, _CCG, _REG_3_1,
        starts=date(2013, 4, 1), ends=date(2022, 6, 30),
    ),
    KindInLaw(
        _K.INTEGRATED_CARE_BOARD, True, True, True, _ICB, _REG_3_1, starts=date(2022, 7, 1)
    ),
    KindInLaw(_K.NHS_TRUST, False, True, True, _TRUST, _REG_3_1, _TRUST_CONSENT),
    KindInLaw(_K.GP_FEDERATION, False, False, False, party=_NEITHER),
    KindInLaw(_K.VOLUNTARY, False, False, False, party=_NEITHER),
    KindInLaw(_K.COMPANY, False, False, False, party=_NEITHER),
    KindInLaw(_K.NATIONAL_BODY, None, None, None, party=_NAMED),
)  # fmt: skip
KINDS_IN_LAW: Mapping[OrganisationKind, KindInLaw] = MappingProxyType({k.kind: k for k in _LAW})


def is_council(kind: OrganisationKind) -> bool:
    """Whether this kind is a local authority."""
    return kind is OrganisationKind.COUNCIL


def is_nhs(kind: OrganisationKind) -> bool:
    """Whether every organisation of this kind is an NHS body; a national body need not be one."""
    return KINDS_IN_LAW[kind].nhs_body is True


def is_nhs_commissioner(kind: OrganisationKind) -> bool:
    """Whether this kind plans and buys health services by law: a PCT, a CCG or an ICB."""
    law = KINDS_IN_LAW[kind]
    return law.nhs_body is True and law.commissioner is True


def in_being(kind: OrganisationKind, on: date, starts: Day = None, ends: Day = None) -> Verdict:
    """Whether an organisation of this kind, with its own first and last day, exists on that day."""
    law = KINDS_IN_LAW[kind]
    reasons = [_within(f"{_article(kind)} {kind}", law.starts, law.ends, on, law.being)]
    if starts or ends:
        reasons.append(_within("this organisation", starts, ends, on, Authority()))
    return all_of(reasons)


def outlives_its_kind(kind: OrganisationKind, starts: Day, ends: Day) -> tuple[str, ...]:
    """What is wrong with an organisation's own dates beside those of its kind, in words."""
    law = KINDS_IN_LAW[kind]
    wrong = []
    if law.starts and isinstance(starts, date) and starts < law.starts:
        wrong.append(f"no {kind} existed before {_day(law.starts)}")
    if law.ends and isinstance(ends, date) and ends > law.ends:
        wrong.append(f"no {kind} existed after {_day(law.ends)}")
    return tuple(wrong)


def may_be_party(kind: OrganisationKind, on: date) -> Verdict:
    """Whether this kind may be a partner in a section 75 agreement made on that day."""
    law = KINDS_IN_LAW[kind]
    being = in_being(kind, on).reasons
    if law.section_75 is None:
        says = f"whether {_article(kind)} {kind} may be a partner depends on which body it is"
        reason = Reason(Answer.NOT_STATED, says, law.party, "Say which body it is, and check it.")
    elif not law.section_75:
        says = f"{_article(kind)} {kind} is neither an NHS body nor a local authority"
        remedy = "Bring it in by a contract, an alliance or a provider agreement."
        reason = Reason(Answer.REFUSED, says, law.party, remedy)
    elif law.consent:
        reason = Reason(Answer.NEEDS, law.consent, law.party, "Record each consent.")
    else:
        says = f"{_article(kind)} {kind} may be a partner in a section 75 agreement"
        reason = Reason(Answer.STANDS, says, law.party)
    return all_of((*being, reason))


def _within(what: str, starts: Day, ends: Day, on: date, authority: Authority) -> Reason:
    when = _day(on)
    answer = holds_on(starts, ends, on)
    if answer:
        return Reason(Answer.STANDS, f"{what} could exist on {when}", authority)
    if answer is None:
        says = f"whether {what} existed on {when} is not stated"
        return Reason(Answer.NOT_STATED, says, authority, "State its first and last day.")
    if isinstance(starts, date) and on < starts:
        says = f"{what} could not exist on {when}: the first day was {_day(starts)}"
        remedy = "Name the organisation that came before it."
        return Reason(Answer.REFUSED, says, authority, remedy)
    last = f": the last day was {_day(ends)}" if isinstance(ends, date) else ""
    says = f"{what} did not exist on {when}{last}"
    return Reason(Answer.REFUSED, says, authority, "Name its successor.")


def _article(kind: OrganisationKind) -> str:
    return "an" if kind[0] in "iN" else "a"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
