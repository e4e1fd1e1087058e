"""The written statement of one organisation's decision: every head that its own law asks for.

SI 2012/2089, regulations 12 and 13; SI 2014/2095, regulation 7; the NHS body's own rules. The heads
are rows of law/heads.toml. What is not for publication is taken out here, before anything is
printed or shown, and a statement of the law that keeps it back stands in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from concord import law
from concord.documents.paper import Audience, Block, Cell, Heading, Paper, Paragraph, Run, Table
from concord.domain.calendar import in_words
from concord.domain.findings import Authority

NOT_RECORDED, NONE = "Not recorded", "None"
KEPT_BACK = ("text", "reasons", "rejected", "matter")
_WITHOUT_LAW = (
    ("", "decision", "the decision and the date it was made"),
    ("", "made_by", "who decided, and under which power"),
    ("", "reasons", "the reasons for it"),
    ("", "rejected", "the alternatives considered and rejected"),
    ("", "conflicts", "interests declared"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """One decision as it was recorded, its names in words; `record` holds its heads.

    `public_text` is what the public may read of a private decision, `kept_back` the statement that
    stands for the rest.
    """

    reference: str
    organisation: str
    title: str
    maker: str
    clause: str
    made: datetime
    record: Mapping[str, Any]
    public_text: str = ""
    kept_back: str = ""
    holds_from: date | None = None


@dataclass(frozen=True, slots=True)
class HeadShown:
    """One head of a record: its letter in the law, what it asks for, and what is recorded."""

    letter: str
    asks: str
    says: tuple[str, ...]


def public_part(record: Mapping[str, Any], public_text: str = "") -> dict[str, Any]:
    """The record as the public may read it: of a private one its text, reasons and amount go."""
    if not record.get("private"):
        return dict(record)
    kept = {key: value for key, value in record.items() if key not in KEPT_BACK}
    return {**kept, "text": public_text}


def law_of(facts: DecisionFacts) -> Authority:
    """The law that says what the record must hold; nothing where none is known."""
    row = _law(facts)
    return Authority(law=row.authority, unverified=not row.verified) if row else Authority()


def heads_of(facts: DecisionFacts, audience: Audience) -> tuple[HeadShown, ...]:
    """Every head that its law asks for with what is recorded, or that nothing is."""
    row = _law(facts)
    asked = [(h.letter, h.key, h.says) for h in row.heads] if row else list(_WITHOUT_LAW)
    private = bool(facts.record.get("private"))
    shut = private and audience is Audience.PUBLIC
    return tuple(HeadShown(letter, says, _said(facts, key, shut)) for letter, key, says in asked)


def _law(facts: DecisionFacts) -> law.Heads | None:
    named = facts.record.get("law", "")
    return next((h for h in law.documents() if h.id == named), None)


def _said(facts: DecisionFacts, key: str, shut: bool) -> tuple[str, ...]:
    record = facts.record
    if key == "decision":
        text = facts.public_text if shut else str(record.get("text", ""))
        made = f"Made on {in_words(facts.made.date())}."
        return (text or facts.kept_back or NOT_RECORDED, made)
    if key == "made_by":
        return (_makers(facts), facts.clause or "The power is held by law.")
    if shut and key in KEPT_BACK:
        return (facts.kept_back or "Not for publication.",)
    if key == "rejected":
        return _options(record.get("rejected"))
    if key == "reasons":
        return (str(record.get("reasons") or NOT_RECORDED),)
    return _list(record.get(key))


def _list(said: Sequence[str] | None) -> tuple[str, ...]:
    if said is None:
        return (NOT_RECORDED,)
    return tuple(map(str, said)) or (NONE,)


def _options(rows: Sequence[Mapping[str, str]] | None) -> tuple[str, ...]:
    if rows is None:
        return (NOT_RECORDED,)
    return tuple(f"{row['what']}: {row['why']}" for row in rows) or (NONE,)


def _makers(facts: DecisionFacts) -> str:
    people = ", ".join(facts.record.get("made_by", ()))
    return f"{people}, as {facts.maker}" if people else facts.maker


def statement(facts: DecisionFacts, audience: Audience = Audience.PUBLIC) -> Paper:
    """The written statement, ready for any printer."""
    return Paper(
        title=facts.title,
        blocks=tuple(_blocks(facts, audience)),
        organisation=facts.organisation,
        format="decision record",
        audience=audience,
        dated=facts.made.date(),
    )


def _blocks(facts: DecisionFacts, audience: Audience) -> Iterator[Block]:
    yield Heading(0, facts.title)
    kind = _law(facts)
    says = kind.says if kind else "Record of a decision"
    yield Paragraph((Run(f"{says}, {facts.organisation}, {facts.reference}"),))
    if facts.holds_from:
        words = f"A retrospective decision: it is meant to hold from {in_words(facts.holds_from)}."
        yield Paragraph((Run(words, strong=True),))
    rows = [("Decided by", (_makers(facts),))]
    rows.append(("In the capacity of", (str(facts.record.get("capacity", NOT_RECORDED)),)))
    rows.append(("Under", (facts.clause or "The power is held by law.",)))
    rows += [(_head(h), h.says) for h in heads_of(facts, audience)]
    rows.append(("Consulted", _list(facts.record.get("consulted"))))
    rows.append(("A key decision", (_key(facts.record.get("key")),)))
    table = Table("What the record says", tuple(_row(*row) for row in rows), shown_title=False)
    yield table
    authority = law_of(facts)
    if authority:
        words = f"What the record must hold is said by {authority.law}."
        yield Paragraph((Run(words),))


def _head(head: HeadShown) -> str:
    asks = head.asks[:1].upper() + head.asks[1:]
    return f"({head.letter}) {asks}" if head.letter else asks


def _key(key: bool | None) -> str:
    return "Not stated" if key is None else "Yes" if key else "No"


def _row(asks: str, says: tuple[str, ...]) -> tuple[Cell, ...]:
    return (Cell(((Run(asks),),), head=True), Cell(tuple((Run(s),) for s in says)))
