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
from concord.records.models.places import Place, PlaceSummary

__all__ = [
    "Account",
    "AuditEntry",
    "Draft",
    "FiledPaper",
    "KeptText",
    "MatterSummary",
    "PackMaking",
    "Place",
    "PlaceSummary",
    "PromiseMet",
    "Publication",
    "Role",
    "SignOffEvent",
    "TextVersion",
]
