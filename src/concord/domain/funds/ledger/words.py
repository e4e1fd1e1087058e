"""The closed sets of the ledger: what an account holds, and what a transaction does."""

from __future__ import annotations

from enum import StrEnum


class LedgerKind(StrEnum):
    """What an account holds. Spending and budgets are positive, income is negative."""

    BUDGET = "budget"
    BUDGET_SET = "budget set"
    INDICATIVE = "contribution, indicative"
    CONFIRMED = "contribution, confirmed"
    RECEIVED = "contribution, received"
    CONTRIBUTION_DUE = "contribution due"
    ACTUAL = "actual"
    INCOME = "income"
    SUSPENSE = "suspense"
    PARTNER_LEDGER = "partner's ledger"
    ACCRUAL = "accrual"
    OWED = "owed"
    COMMITMENT = "commitment"
    ORDERED = "ordered"
    SAVING_PLANNED = "saving, planned"
    SAVING_DELIVERED = "saving, delivered"
    SAVINGS = "savings"
    RESERVE = "reserve"
    RESERVED = "reserved"
    CARRIED_FORWARD = "carried forward"
    RECHARGE = "recharge"
    SETTLED = "settled"


K = LedgerKind

# Each kind, and the account of the same partner that takes the other side of it. Carrying forward,
# recharging and settling move money between accounts of their own kind: they have no other side.
OTHER_SIDE: dict[LedgerKind, LedgerKind] = {
    K.BUDGET: K.BUDGET_SET,
    K.INDICATIVE: K.CONTRIBUTION_DUE,
    K.CONFIRMED: K.CONTRIBUTION_DUE,
    K.RECEIVED: K.CONTRIBUTION_DUE,
    K.ACTUAL: K.PARTNER_LEDGER,
    K.INCOME: K.PARTNER_LEDGER,
    K.SUSPENSE: K.PARTNER_LEDGER,
    K.ACCRUAL: K.OWED,
    K.COMMITMENT: K.ORDERED,
    K.SAVING_PLANNED: K.SAVINGS,
    K.SAVING_DELIVERED: K.SAVINGS,
    K.RESERVE: K.RESERVED,
}

# The accounts that stand for a line: they name it.
OF_A_LINE = frozenset(
    {K.BUDGET, K.ACTUAL, K.INCOME, K.ACCRUAL, K.COMMITMENT, K.SAVING_PLANNED, K.SAVING_DELIVERED}
)
# The accounts that carry a name of their own: which reserve, why it is parked.
NAMED = frozenset({K.RESERVE, K.SUSPENSE})
# The accounts that may belong to no fund: money that no mapping claims is parked, not guessed at.
PARKING = frozenset({K.SUSPENSE, K.PARTNER_LEDGER})
# What a line has cost: paid, owed for what was received, less what came in.
SPENT = (K.ACTUAL, K.ACCRUAL, K.INCOME)


class Deed(StrEnum):
    """What a transaction does."""

    POST = "post"
    SET_BUDGET = "set budget"
    VIREMENT = "virement"
    TRANSFER = "transfer"
    CONTRIBUTE = "contribute"
    ACCRUE = "accrue"
    COMMIT = "commit"
    IMPORT = "import"
    REVERSE = "reverse"
    RESERVE = "reserve movement"
    CARRY_FORWARD = "carry forward"
    RECHARGE = "recharge"
    SETTLE = "settle"
    SAVING = "saving"


# The deeds that move money somebody else decided on: each cites the decision that authorised it.
CITES_A_DECISION = frozenset({Deed.VIREMENT, Deed.TRANSFER, Deed.RESERVE, Deed.CARRY_FORWARD})


class ContributionStage(StrEnum):
    """How far a contribution has come: what is indicative is not confirmed."""

    INDICATIVE = "indicative"
    CONFIRMED = "confirmed"
    RECEIVED = "received"


# The kind of account for each stage, and the stage it is taken from.
STAGES: dict[ContributionStage, tuple[LedgerKind, LedgerKind]] = {
    ContributionStage.INDICATIVE: (K.INDICATIVE, K.CONTRIBUTION_DUE),
    ContributionStage.CONFIRMED: (K.CONFIRMED, K.INDICATIVE),
    ContributionStage.RECEIVED: (K.RECEIVED, K.CONFIRMED),
}
