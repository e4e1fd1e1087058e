"""Two fictional places that are unlike each other, and how a test changes and asks them.

Middlemarch is the worked text of docs/language.md: leader and cabinet, one board of individual
delegates. Brassing, its neighbour in the same novel, is a county under a committee system with a
regulation 10 joint committee and a group that votes in two halves.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from string import Template

from tests.domain.language_document import block

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.authority import Half, Ruling
from concord.domain.agreements.matter import Facts, Matter, Meeting, Sitting
from concord.domain.agreements.reader import read_arrangement
from concord.domain.agreements.words import Act, Mode
from concord.domain.findings import Verdict
from concord.domain.money import pence

ON = date(2024, 10, 15)

BRASSING = Template("""
format = 1
standing = "adopted"
source = "scheme"
[place]
name = "Brassing"
fictional = true
[sources]
scheme = { title = "Scheme of delegation of Brassing County Council and its partners" }

[organisations.$county]
name = "Brassing County Council"
kind = "council"
governance = [
  { is = "leader and cabinet", ends = 2021-05-19 },
  { is = "committee system", starts = 2021-05-20 },
]
[organisations.$group]
name = "NHS Brassing CCG"
kind = "clinical commissioning group"
ends = 2022-06-30
[organisations.$icb]
name = "NHS Brassing Integrated Care Board"
kind = "integrated care board"
starts = 2022-07-01
[[successions]]
from = "$group"
to = "$icb"
on = 2022-07-01
carries = ["kept"]

[functions]
$homes = { name = "Care homes", of = "$county", kind = "executive" }
$nursing = { name = "Community nursing", of = "$group", kind = "NHS" }

[posts]
leader = { name = "Leader", of = "$county", kind = "leader", ends = 2021-05-19 }
chief = { name = "Chief Executive", of = "$group", kind = "officer" }
matron = { name = "Chief Nurse", of = "$group", kind = "officer" }

[bodies.council_$county]
name = "County Council"
of = "$county"
legal_form = "full council"
[bodies.cabinet]
name = "Cabinet"
of = "$county"
legal_form = "cabinet"
ends = 2021-05-19
[bodies.governing]
name = "Governing Body"
of = "$group"
legal_form = "NHS board"
ends = 2022-06-30
[bodies.icb_board]
name = "Board of NHS Brassing"
of = "$icb"
legal_form = "NHS board"

[bodies.joint]
name = "Joint Committee"
of = ["$county", "$icb"]
legal_form = "regulation 10 joint committee"
seats = { county = { of = "$county", number = 5 }, icb = { of = "$icb", number = 4 } }
quorum = { fraction = [1, 3], each = { county = 1, icb = 1 }, counting = "all seats", clause = "3" }
[bodies.joint.deciding]
votes = "by member"
needs = "majority"
casting = "joint.chair"
otherwise = "not carried"
clause = "4"

[bodies.halves]
name = "Delegates' Group"
of = ["$county", "$icb"]
legal_form = "individual delegates"
seats = { county = { of = "$county", number = 3 }, icb = { of = "$icb", number = 3 } }
quorum = { each = { county = 2, icb = 2 }, counting = "all seats", clause = "6" }
[bodies.halves.deciding]
votes = "by organisation"
needs = "each for itself"
each_view = "majority of its seats"
otherwise = "refer to organisations"
takes_effect = "separately"
clause = "7"

[delegations.county_joint]
from = "council_$county"
to = "joint"
covers = { functions = ["$homes"] }
limit = "£400,000"
clause = "2.1"
[delegations.county_half]
from = "council_$county"
to = "halves.county"
covers = { functions = ["$homes"] }
limit = "£100,000"
provided = [{ carried_at = "halves" }]
clause = "2.2"
[delegations.icb_half]
from = "icb_board"
to = "halves.icb"
covers = { functions = ["$nursing"] }
limit = "£100,000"
provided = [{ carried_at = "halves" }]
clause = "2.3"
[delegations.kept]
from = "governing"
to = "matron"
covers = { functions = ["$nursing"] }
limit = "£50,000"
clause = "2.4"
[delegations.not_kept]
from = "governing"
to = "chief"
covers = { functions = ["$nursing"] }
limit = "£60,000"
clause = "2.5"
""")
NAMES = {
    "county": "county", "group": "group", "icb": "icb", "homes": "homes", "nursing": "nursing",
}  # fmt: skip


def read(text: str) -> Arrangement:
    arrangement = read_arrangement(text).arrangement
    assert arrangement is not None
    return arrangement


@cache
def middlemarch_as_written() -> Arrangement:
    return read(block("middlemarch"))


@cache
def brassing_as_written() -> Arrangement:
    return read(BRASSING.substitute(NAMES))


def middlemarch_with(more: str, *changes: tuple[str, str]) -> Arrangement:
    """Middlemarch with more tables, and some words of it changed."""
    text = block("middlemarch")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return read(text + more)


def brassing_with(more: str, *changes: tuple[str, str]) -> Arrangement:
    text = BRASSING.substitute(NAMES)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return read(text + more)


def matter(
    amount: str = "£100,000",
    *functions: str,
    mode: Mode | None = Mode.POOLED,
    act: Act = Act.COMMISSION,
) -> Matter:
    modes = (mode,) if mode else ()
    return Matter(functions or ("care",), act, pence(amount), modes, within_budget=True)


def at(body: str, **seats: tuple[int, ...]) -> Facts:
    """A meeting: for each seat how many present, how many for, how many substitutes among them."""
    return Facts(meeting=Meeting(body, {name: sitting(*s) for name, s in seats.items()}))


def sitting(present: int, for_: int | None = None, substitutes: int = 0) -> Sitting:
    given = present if for_ is None else for_
    return Sitting(present, substitutes, given, present - given)


def board(
    members: int = 3, icb: int = 3, members_for: int | None = None, icb_for: int | None = None
) -> Facts:
    return at("board", members=(members, members_for), icb=(icb, icb_for))  # type: ignore[arg-type]


def reasons(verdict: Verdict) -> str:
    return " / ".join(r.says for r in verdict.against)


def half(ruling: Ruling, organisation: str) -> Half:
    (found,) = (h for h in ruling.halves if h.organisation == organisation)
    return found
