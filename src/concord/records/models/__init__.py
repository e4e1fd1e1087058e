"""The records, one module to a subject."""

from concord.records.models.accounts import Account, Role
from concord.records.models.agendas import FiledPaper, PackMaking
from concord.records.models.agreements import Draft, KeptText, TextVersion
from concord.records.models.audit_log import AuditEntry
from concord.records.models.decisions import (
    MatterSummary,
    PromiseMet,
    Publication,
    SignOffEvent,
)
from concord.records.models.follow_up import (
    Action,
    ActionUpdate,
    DisputeEntry,
    MinutesEntry,
    Talk,
)
from concord.records.models.interests import DispensationEntry, InterestEntry
from concord.records.models.ledger import (
    FundAccount,
    LedgerAct,
    LedgerBalance,
    LedgerPeriod,
    LedgerPosting,
    LedgerTransaction,
)
from concord.records.models.ledger_files import (
    BudgetVersion,
    ForecastRecord,
    LedgerFile,
    LedgerMapping,
)
from concord.records.models.meetings import Meeting, MeetingEntry
from concord.records.models.places import Place, PlaceSummary
from concord.records.models.register import Decision, DecisionStep, DecisionSummary, Outcome
from concord.records.models.searching import SearchDocument

__all__ = [
    "Account",
    "Action",
    "ActionUpdate",
    "AuditEntry",
    "BudgetVersion",
    "Decision",
    "DecisionStep",
    "DecisionSummary",
    "DispensationEntry",
    "DisputeEntry",
    "Draft",
    "FiledPaper",
    "ForecastRecord",
    "FundAccount",
    "InterestEntry",
    "KeptText",
    "LedgerAct",
    "LedgerBalance",
    "LedgerFile",
    "LedgerMapping",
    "LedgerPeriod",
    "LedgerPosting",
    "LedgerTransaction",
    "MatterSummary",
    "Meeting",
    "MeetingEntry",
    "MinutesEntry",
    "Outcome",
    "PackMaking",
    "Place",
    "PlaceSummary",
    "PromiseMet",
    "Publication",
    "Role",
    "SearchDocument",
    "SignOffEvent",
    "Talk",
    "TextVersion",
]
