"""The closed sets of the fund language; a new word is one line here and in GLOSSARY.md."""

from __future__ import annotations

from enum import StrEnum


class BudgetStatus(StrEnum):
    """How firm the partners' contributions in a budget version are."""

    ESTIMATE = "estimate"
    INDICATIVE = "indicative"
    CONFIRMED = "confirmed"


class ReserveKind(StrEnum):
    """What a reserve is kept for."""

    RISK = "risk"
    CONTINGENCY = "contingency"
    CARRIED_FORWARD = "carried forward"
    NEW_SCHEMES = "new schemes"


class SavingState(StrEnum):
    """How far a saving has come: put forward, decided, or made."""

    RECOMMENDED = "recommended"
    AGREED = "agreed"
    DELIVERED = "delivered"


class ApportionmentBasis(StrEnum):
    """By what a wider sum is divided among places."""

    REGISTERED = "registered population"
    RESIDENT = "resident population"
    WEIGHTED = "weighted population"
    ACTIVITY = "activity"
    STATED_RATIO = "stated ratio"


class ClientCharges(StrEnum):
    """Whether amounts are before or after what people pay towards their own care."""

    GROSS = "gross"
    NET = "net"


class VatAmounts(StrEnum):
    """Whether amounts hold the VAT that cannot be got back, or leave all VAT out."""

    GROSS = "gross"
    NET = "net"


class VatRegime(StrEnum):
    """By whose rules VAT on a line is recovered: those of the body that delivers."""

    SECTION_33 = "section 33"
    CONTRACTED_OUT = "contracted-out services"
    TAXABLE_SUPPLY = "taxable supply"


class ActsAs(StrEnum):
    """Whether the contracting party buys for itself or on behalf of another."""

    PRINCIPAL = "principal"
    AGENT = "agent"


class AccountingBasis(StrEnum):
    """By whose control of a line each partner's accounts show it."""

    JOINT_CONTROL = "joint control"
    SOLE_CONTROL = "sole control"
    LEAD_COMMISSIONING = "lead commissioning"


class PaidWhen(StrEnum):
    """Whether a contribution is paid before or after the stretch of time it is for."""

    IN_ADVANCE = "in advance"
    IN_ARREARS = "in arrears"


class NilOf(StrEnum):
    """What an agreement may say that it does not have."""

    POOLED_FUND = "pooled fund"
    RISK_SHARE = "risk share"
