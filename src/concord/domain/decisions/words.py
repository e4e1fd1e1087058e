"""The closed sets of a matter's text; a new word is one line here and one in the glossary."""

from __future__ import annotations

from enum import StrEnum


class Purpose(StrEnum):
    """In what capacity a body takes a matter at one stop; it is the stop's, not the report's."""

    INFORMATION = "information"
    CONSULTATION = "consultation"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"


class Nature(StrEnum):
    """Whether an amount is spent, saved or received."""

    COST = "cost"
    SAVING = "saving"
    INCOME = "income"


class Often(StrEnum):
    """Whether an amount comes once or every year."""

    ONCE = "once"
    EVERY_YEAR = "every year"


class Verb(StrEnum):
    """What a recommendation asks a decision-maker to do."""

    NOTE = "note"
    ENDORSE = "endorse"
    AGREE = "agree"
    APPROVE = "approve"
    DELEGATE = "delegate"
    AUTHORISE = "authorise"
    RECOMMEND = "recommend"
    RECEIVE = "receive"
    CONSIDER = "consider"


class PartKind(StrEnum):
    """What a part of a report is, whatever a house format calls it."""

    PURPOSE = "purpose"
    SUMMARY = "summary"
    PROBLEMS = "problems"
    IN_PLACE = "already in place"
    PLANS = "plans"
    BACKGROUND = "background"
    NATIONAL = "national context"
    LOCAL = "local developments"
    POSITION = "current position"
    DETAIL = "detail"
    SCOPE = "scope"
    GOVERNANCE = "governance"
    BENEFITS = "benefits"
    PROPOSALS = "proposals"
    RESIDENTS = "what it means for residents"
    OUTCOMES = "contribution to outcomes"
    OPTIONS = "options considered"
    REASONS = "reasons for recommendations"
    CONSULTATION = "consultation"
    RISKS = "risks and assumptions"
    FINANCIAL = "financial implications"
    PROPERTY = "property and other resources"
    LEGAL = "legal implications"
    POWERS = "statutory powers"
    POLICY = "policy framework"
    STRATEGIC = "strategic implications"
    HUMAN_RESOURCES = "human resources implications"
    TECHNOLOGY = "technology implications"
    HEALTH = "health implications"
    EQUALITY = "equality implications"
    PRIVACY = "privacy implications"
    OTHER = "other implications"
    STATUTORY = "statutory and policy implications"
    CONSTITUTIONAL = "constitutional comments"
    FINANCIAL_COMMENTS = "financial comments"
    CONCLUSION = "conclusion"
    CONFLICTS = "conflicts of interest"


class Assessment(StrEnum):
    """An assessment that a report says was or was not needed."""

    EQUALITY = "equality"
    PRIVACY = "privacy"


class SignOffMode(StrEnum):
    """Whether sign-offs are asked one after another or all at once."""

    IN_ORDER = "in order"
    IN_PARALLEL = "in parallel"


class Option(StrEnum):
    """What became of an option."""

    PREFERRED = "preferred"
    SHORTLISTED = "shortlisted"
    REJECTED = "rejected"
