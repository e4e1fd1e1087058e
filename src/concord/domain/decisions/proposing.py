"""What is put at an item: its text and facts, from the matter's own text or from the item itself.

SI 2012/2089, regulations 12 and 13, say what the record of a decision has to hold besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.keyness import is_key
from concord.domain.agreements.labels import listed
from concord.domain.agreements.matter import Matter
from concord.domain.agreements.words import Act, Mode
from concord.domain.decisions.matter import MatterText, as_matter
from concord.domain.decisions.meetings.book import ItemPut
from concord.domain.decisions.outcomes import Proposal, RejectedOption
from concord.domain.decisions.report import Report
from concord.domain.decisions.words import Option
from concord.domain.language.values import NOT_STATED, NotStated
from concord.domain.money import pence


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the meeting adds to a proposal: interests that bear on it, dispensations, consultees."""

    conflicts: tuple[str, ...] = ()
    dispensations: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()


def proposal_for(
    arrangement: Arrangement, put: ItemPut, text: MatterText | None, around: Around, on: date
) -> Proposal:
    """What is put, ready to be decided; `text` is the matter's own where the item has one."""
    matter = as_matter(text.matter) if text else facts_matter(put.facts)
    rejected = _rejected(text) if text else _listed(put.facts)
    return Proposal(
        item=put.id,
        text=put.text or (recommended(text, put.stop) if text else put.title),
        matter=matter,
        reasons=str(put.facts.get("reasons") or (_reasons(text) if text else "")),
        rejected=rejected,
        conflicts=around.conflicts,
        dispensations=around.dispensations,
        consulted=around.consulted,
        key=key_for(arrangement, matter, on),
        private=put.private or (text is not None and text.matter.private is True),
    )


def facts_matter(facts: Mapping[str, Any]) -> Matter:
    """A matter from facts written at the item; an amount is money as it is written, £600,000."""
    amount = facts.get("amount")
    return Matter(
        functions=tuple(facts.get("functions", ())),
        act=Act(facts["act"]) if facts.get("act") else None,
        amount=NOT_STATED if amount == "not stated" else pence(amount) if amount else None,
        modes=tuple(Mode(m) for m in facts.get("modes", ())),
        funds=tuple(facts.get("funds", ())),
        agreements=tuple(facts.get("agreements", ())),
        within_budget=facts.get("within_budget"),
        neutral_for=frozenset(facts.get("neutral_for", ())),
        wards=facts.get("wards"),
    )


def recommended(text: MatterText, stop: str) -> str:
    """What the report asks that stop to do, in one text."""
    rows = text.report.recommendations if isinstance(text.report, Report) else ()
    mine = [r for r in rows if r.to == stop]
    said = [f"{r.verb.capitalize()} {r.text}".strip() for r in mine if isinstance(r.verb, str)]
    return "; ".join(s.rstrip(".") for s in said) or text.matter.what


def key_for(arrangement: Arrangement, matter: Matter, on: date) -> bool | None:
    """Whether it is key for any council of the place; None where that is not known."""
    found = [is_key(arrangement, name, matter, on) for name in arrangement.organisations]
    keys = [k.key for k in found if k is not None]
    return True if True in keys else None if None in keys else False


def _rejected(text: MatterText) -> tuple[RejectedOption, ...] | None:
    options = text.report.options if isinstance(text.report, Report) else NOT_STATED
    if isinstance(options, NotStated):
        return None
    return tuple(
        RejectedOption(o.what, "not stated" if o.because is None else str(o.because))
        for o in options
        if o.became is Option.REJECTED
    )


def _listed(facts: Mapping[str, Any]) -> tuple[RejectedOption, ...] | None:
    if "rejected" not in facts:
        return None
    return tuple(RejectedOption(str(o["what"]), str(o["why"])) for o in facts["rejected"])


def _reasons(text: MatterText) -> str:
    """Why what is recommended is recommended: the option preferred, or what the matter is for."""
    options = text.report.options if isinstance(text.report, Report) else NOT_STATED
    if not isinstance(options, NotStated):
        because = [str(o.because) for o in options if o.became is Option.PREFERRED and o.because]
        if because:
            return listed(because)
    return text.matter.what
