"""One organisation's legal decision: by whom, in what capacity, under which power, and why.

Regulations 12 and 13 of SI 2012/2089, SI 2014/2095 and an NHS body's own rules each say what the
record must hold; the heads are rows of law/heads.toml.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from concord import law
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.bodies import Body, Deciding
from concord.domain.agreements.matter import Matter
from concord.domain.agreements.timetables import timetable_for
from concord.domain.agreements.words import LegalForm, Needs, Votes
from concord.domain.clocks import Business
from concord.domain.clocks.facts import cited
from concord.domain.findings import Answer, Authority, Reason, Verdict, all_of
from concord.domain.language.values import NotStated


class Manner(StrEnum):
    """How an item is decided: the capacity in which whoever decides it acts."""

    CONSENSUS = "consensus of the organisations"
    BLOCK_VOTE = "one vote for each organisation, by its own rules"
    DELEGATES = "individual delegates, after consensus"
    EACH_FOR_ITSELF = "each organisation for itself"
    MAJORITY = "votes of the members"
    ALONE = "one person alone"
    NOTE = "note only"
    NOT_STATED = "not stated"


def manner_of(body: Body, rule: Deciding | NotStated | None) -> Manner:
    """How a body decides, by its legal form and its rule on the day."""
    if rule is None or isinstance(rule, NotStated) or isinstance(rule.votes, NotStated):
        return Manner.NOT_STATED
    if rule.votes is Votes.NONE:
        return Manner.NOTE
    if rule.votes is Votes.BY_MEMBER:
        return Manner.MAJORITY
    if rule.needs is Needs.EACH_FOR_ITSELF:
        return Manner.EACH_FOR_ITSELF
    if body.legal_form is LegalForm.INDIVIDUAL_DELEGATES:
        return Manner.DELEGATES
    return Manner.BLOCK_VOTE if isinstance(rule.each_view, dict) else Manner.CONSENSUS


@dataclass(frozen=True, slots=True)
class RejectedOption:
    """An alternative that was considered and not taken, with the reason."""

    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is put to a body or a person at an item, with all that its record has to hold.

    None is not recorded; an empty tuple is none: no alternative, no conflict, no dispensation.
    `key` and `private` are the council's; the NHS has no such classes.
    """

    item: str
    text: str
    matter: Matter
    reasons: str = ""
    rejected: tuple[RejectedOption, ...] | None = None
    conflicts: tuple[str, ...] | None = None
    dispensations: tuple[str, ...] | None = None
    consulted: tuple[str, ...] = ()
    key: bool | None = None
    private: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDecision:
    """One organisation's decision as made: its maker and power, its moment, and its record.

    `made_by` names the people who decided where individuals do; a body decides as one. `power` is
    the delegation used, empty where the maker holds the function by law. `checked` is the answer of
    `authority` at that moment, `complete` whether the record holds every head its own law asks for.
    """

    organisation: str
    functions: tuple[str, ...]
    maker: str
    made_by: tuple[str, ...]
    capacity: Manner
    power: str
    clause: str
    authority: Authority
    at: str
    made: datetime
    proposal: Proposal
    record: str
    checked: Verdict
    complete: Verdict


def record_for(
    arrangement: Arrangement, maker: str, organisation: str, business: Business, made: datetime
) -> str:
    """Which record the decision needs, by the row of law/heads.toml; empty where none is known."""
    on = made.date()
    table = timetable_for(arrangement, maker, business, on, organisation=organisation)
    found = next((s.id for s in table.steps if s.clock == "record of decision"), "")
    if found:
        return found
    nhs = table.regime.settled and table.regime.regimes[0].id == "NHS body"
    return "nhs_record" if nhs else ""


def completeness(record: str, proposal: Proposal, decided_by: str) -> Verdict:
    """Whether the record holds every head that it must, each with its remedy."""
    row = next((h for h in law.documents() if h.id == record), None)
    if row is None:
        says = "no law held here says what its record must contain"
        return all_of([Reason(Answer.STANDS, says)])
    return all_of(_heads(row, proposal, decided_by))


def _heads(row: law.Heads, proposal: Proposal, decided_by: str) -> Iterator[Reason]:
    there = {
        "decision": bool(proposal.text.strip()),
        "made_by": bool(decided_by),
        "reasons": bool(proposal.reasons.strip()),
        "rejected": proposal.rejected is not None,
        "conflicts": proposal.conflicts is not None,
        "dispensations": proposal.dispensations is not None or proposal.conflicts == (),
    }
    authority = cited(row)
    for head in row.heads:
        if there.get(head.key, True):
            yield Reason(Answer.STANDS, f"({head.letter}) {head.says}", authority)
        else:
            says = f"({head.letter}) not recorded: {head.says}"
            yield Reason(Answer.NEEDS, says, authority, "Record it, or that there was none.")
