"""The plain facts a clock needs: who decides, what kind of business it is, and the local rules.

Clocks sit below places and agreements, so nothing here knows an arrangement: whoever asks fills
these in. An empty string or None is something nobody has stated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concord import law
from concord.domain.calendar import NEVER_CLOSED, Closed, Counting
from concord.domain.findings import Authority

COUNCIL = "council"
INDIVIDUAL = ("one person", "its members")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionMaker:
    """Who decides for one organisation on the date asked about.

    `form` is a legal form or a kind of post, a word of law/legal_forms.toml. `governance` is the
    council's model on the date. `all_of_executives` says of a joint committee whether every member
    is of a council's executive. `ruled` is a regime's id laid down by a monitoring officer, with
    where in `ruling`. `counting` is the organisation's own way of counting clear days.
    """

    name: str
    form: str
    organisation: str
    organisation_kind: str = COUNCIL
    governance: str = ""
    all_of_executives: bool | None = None
    ruled: str = ""
    ruling: str = ""
    counting: Counting | None = None
    closed: Closed = NEVER_CLOSED

    def decides_alone(self, on: date) -> bool:
        """Whether each person decides, and not a body at a meeting of its own."""
        form = law.legal_form(self.form, on)
        return form is not None and form.decides in INDIVIDUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """What is to be decided: the kind of function, whether it is key, whether taken in private.

    `in_part` says that only a part is taken in private: then the rules for the public part run too.
    """

    function_kind: str
    key: bool | None = None
    private: bool | None = None
    in_part: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRule:
    """A clock an organisation or body runs by a rule of its own, as its text states it.

    `period` keeps the text's words, `not stated` included. `callers` is who may call in, in words.
    `lapses` says whether a decision takes effect where a stage of its call-in is not met in time.
    """

    name: str
    of: str
    clock: str
    period: str
    organisation_kind: str = COUNCIL
    governance: str = ""
    applies_to: str = "every decision"
    cut_off: str = ""
    callers: str = ""
    lapses: bool | None = None
    starts: date | None = None
    ends: date | None = None
    counting: Counting | None = None
    closed: Closed = NEVER_CLOSED
    authority: Authority = Authority()
    file: str = ""
    line: int = 0

    def in_force(self, on: date) -> bool:
        return (self.starts is None or self.starts <= on) and (self.ends is None or on <= self.ends)


def cited(row: law.Row, text: str = "") -> Authority:
    """A row of law as the authority of an answer, marked where nobody has read the text."""
    return Authority(law=text or row.authority, unverified=not row.verified)
