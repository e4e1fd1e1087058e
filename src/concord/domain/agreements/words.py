"""The closed sets of the arrangement language; a new word is one line here and in GLOSSARY.md."""

from __future__ import annotations

from enum import StrEnum


class LegalForm(StrEnum):
    """What a body is in law, which decides what it can lawfully do."""

    FULL_COUNCIL = "full council"
    CABINET = "cabinet"
    CABINET_COMMITTEE = "cabinet committee"
    COUNCIL_COMMITTEE = "council committee"
    HEALTH_AND_WELLBEING_BOARD = "health and wellbeing board"
    SCRUTINY_COMMITTEE = "scrutiny committee"
    NHS_BOARD = "NHS board"
    NHS_COMMITTEE = "NHS committee"
    NHS_JOINT_COMMITTEE = "NHS joint committee"
    REGULATION_10_JOINT_COMMITTEE = "regulation 10 joint committee"
    JOINT_COMMITTEE_OF_COUNCILS = "joint committee of councils"
    COMMITTEES_IN_COMMON = "committees in common"
    INDIVIDUAL_DELEGATES = "individual delegates"
    ADVISORY = "advisory"


class FunctionKind(StrEnum):
    """Whose function it is in law: the executive's, the whole council's, the NHS's, one body's."""

    EXECUTIVE = "executive"
    NON_EXECUTIVE = "non-executive"
    NHS = "NHS"
    OF_THE_BODY = "of the body"


class Act(StrEnum):
    """What a decision does."""

    COMMISSION = "commission"
    PROCURE = "procure"
    DECOMMISSION = "decommission"
    SET_BUDGET = "set budget"
    VARY_BUDGET = "vary budget"
    VARY_CONTRIBUTIONS = "vary contributions"
    USE_UNDERSPEND = "use underspend"
    MEET_OVERSPEND = "meet overspend"
    APPROVE_PLAN = "approve plan"
    APPROVE_RETURN = "approve return"
    ENTER_AGREEMENT = "enter agreement"
    FINALISE_AGREEMENT = "finalise agreement"
    SIGN_AGREEMENT = "sign agreement"
    VARY_AGREEMENT = "vary agreement"
    END_AGREEMENT = "end agreement"
    ESTABLISH_BODY = "establish body"
    CHANGE_CONSTITUTION = "change constitution"
    APPOINT = "appoint"
    OVERSEE = "oversee"
    OTHER = "other"


class Mode(StrEnum):
    """How the partners hold the money that a matter is about."""

    POOLED = "pooled"
    POOLED_ALIGNED = "pooled aligned"
    LEAD_COMMISSIONED = "lead commissioned"
    ALIGNED = "aligned"
    IN_VIEW = "in view"

    @property
    def in_section_75(self) -> bool:
        return self not in (Mode.ALIGNED, Mode.IN_VIEW)


class Substitutes(StrEnum):
    """Who may sit for a member who is away."""

    NAMED = "named"
    SAME_KIND = "any of the same kind"
    NONE = "none"


class Counting(StrEnum):
    """Which seats count towards a quorum."""

    ALL_SEATS = "all seats"
    VOTING_SEATS = "voting seats"


class Votes(StrEnum):
    """Whether a body votes by organisation, by member, or does not."""

    BY_ORGANISATION = "by organisation"
    BY_MEMBER = "by member"
    NONE = "none"


class Needs(StrEnum):
    """How much agreement carries an item."""

    ALL = "all"
    MAJORITY = "majority"
    TWO_THIRDS = "two thirds"
    EACH_FOR_ITSELF = "each for itself"


class EachView(StrEnum):
    """How an organisation's seats form its view."""

    ALL = "all of its seats"
    MAJORITY = "majority of its seats"
    ONE = "one of its seats"


class Otherwise(StrEnum):
    """What follows where an item is not carried."""

    DEFER = "defer"
    NOT_CARRIED = "not carried"
    REFER = "refer to organisations"
    DISPUTE_LADDER = "dispute ladder"


class TakesEffect(StrEnum):
    """Whether each organisation's half waits for the other."""

    TOGETHER = "together"
    SEPARATELY = "separately"


class ChairRule(StrEnum):
    """How the chair is found."""

    FIXED = "fixed"
    ALTERNATING = "alternating"
    ELECTED_YEARLY = "elected yearly"
    ELECTED_FOR_THE_MEETING = "elected for the meeting"


class Turn(StrEnum):
    """How often an alternating chair passes on."""

    EACH_MEETING = "each meeting"
    EACH_YEAR = "each year"


class May(StrEnum):
    """What a body does short of deciding."""

    RECOMMEND = "recommend"
    STEER = "steer"
    OVERSEE = "oversee"
    MONITOR = "monitor"
    SIGN_OFF = "sign off"
    RECEIVE = "receive"


class Renewal(StrEnum):
    """When a delegation has to be given again."""

    YEARLY = "yearly"
    ON_REVIEW = "on review"


class AgreementKind(StrEnum):
    """What kind of agreement, along the ladder from memorandum to section 75."""

    MEMORANDUM = "memorandum of understanding"
    JOINT_COMMISSIONER_AGREEMENT = "joint commissioner agreement"
    PROVIDER_COLLABORATION_AGREEMENT = "provider collaboration agreement"
    SECTION_75 = "section 75"
    ALLIANCE = "alliance agreement"
    PLAN = "plan"
    SCHEME_OF_DELEGATION = "scheme of delegation"
    OTHER = "other"


class Flexibility(StrEnum):
    """The three flexibilities of section 75 of the NHS Act 2006."""

    POOLED_FUND = "pooled fund"
    LEAD_COMMISSIONING = "lead commissioning"
    INTEGRATED_PROVISION = "integrated provision"


class TermKind(StrEnum):
    """What a term of an agreement is."""

    ORIGINAL = "original"
    EXTENSION = "extension"
    VARIATION = "variation"
    OPTION = "option"


class Stage(StrEnum):
    """A stage an agreement reaches, which may wait for something."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    SIGNED = "signed"
    STARTS = "starts"
    BINDING = "binding"
    ENDED = "ended"


class Head(StrEnum):
    """What an agreement has to deal with: SI 2000/617 reg 7(3), then the reports' own tests."""

    AIMS = "aims and outcomes"
    CONTRIBUTIONS = "contributions and their variation"
    FUNCTIONS = "functions"
    PERSONS = "persons and services"
    RESOURCES = "staff, goods, services, accommodation"
    DURATION = "duration, review, variation, termination"
    MANAGEMENT = "management and monitoring"
    HOST = "host"
    SCOPE = "scope"
    GROUND_RULES = "ground rules"
    OVERSPENDS = "overspends"
    RISK_SHARE = "risk share"
    BENEFIT_SHARE = "benefit share"
    CONFLICTS = "conflicts in priorities"
    PAYMENTS = "payments by the NHS bodies"


class How(StrEnum):
    """How a dispute is taken up at one rung of its ladder."""

    TALKS = "talks"
    MEDIATION = "mediation"
    EXPERT = "expert"
    ARBITRATION = "arbitration"
    COURT = "court"


class NoticeBy(StrEnum):
    """Who may end an agreement by notice."""

    ANY_PARTY = "any party"
    ALL_PARTIES = "all parties"


class Clock(StrEnum):
    """A clock a place may run by a rule of its own."""

    FORWARD_PLAN = "forward plan"
    PRIVATE_MEETING = "private meeting"
    AGENDA = "agenda and reports"
    DECISION_PUBLISHED = "decision published"
    CALL_IN_WINDOW = "call-in window"
    CALL_IN_MEETING = "call-in meeting"
    CALL_IN_RECONSIDERATION = "call-in reconsideration"
    CALL_IN_COUNCIL = "call-in council"
    SIGN_OFF = "sign-off"


class AppliesTo(StrEnum):
    """Which decisions a local clock runs for."""

    EVERY_DECISION = "every decision"
    EVERY_EXECUTIVE_DECISION = "every executive decision"
    KEY_DECISIONS = "key decisions"


class When(StrEnum):
    """What sets a duty off."""

    FORECAST_VARIANCE = "forecast variance"
    VARIANCE = "variance"
    NOTICE_GIVEN = "notice given"
    SERVICE_COMMISSIONED = "service commissioned"
    CONTRIBUTION_NOT_PAID = "contribution not paid"
    PLAN_CHANGED = "plan changed"
    TERM_ENDS = "term ends"


class NotCounted(StrEnum):
    """Days that an organisation does not count as working days."""

    SATURDAYS = "Saturdays"
    SUNDAYS = "Sundays"
    BANK_HOLIDAYS = "bank holidays"
