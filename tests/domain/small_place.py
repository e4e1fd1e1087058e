"""A small fictional partnership in which nothing is to be found, and how tests spoil it."""

from __future__ import annotations

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.reader import read_arrangement
from concord.domain.findings import Finding

TEXT = """\
format = 1
source = "deed"
[place]
name = "Lowick"
fictional = true
[sources]
deed = { title = "Deed of partnership" }
[organisations]
council = { name = "Lowick Council", kind = "council", governance = "leader and cabinet" }
icb = { name = "NHS Lowick ICB", kind = "integrated care board", starts = 2022-07-01 }
[functions]
care = { name = "Care commissioning", of = "council", kind = "executive" }
plots = { name = "Allotments", of = "council", kind = "non-executive" }
nhs = { name = "Community health", of = "icb", kind = "NHS" }
[posts]
leader = { name = "Leader", of = "council", kind = "leader" }
member = { name = "Cabinet Member", of = "council", kind = "executive member" }
director = { name = "Director of Care", of = "council", kind = "officer" }
deputy = { name = "Deputy Director", of = "council", kind = "officer" }
chief = { name = "Place Director", of = "icb", kind = "officer" }
nurse = { name = "Chief Nurse", of = "icb", kind = "NHS member" }
[bodies]
cabinet = { name = "Cabinet", of = "council", legal_form = "cabinet" }
full_council = { name = "Council", of = "council", legal_form = "full council" }
icb_board = { name = "Board of the ICB", of = "icb", legal_form = "NHS board" }
planning = { name = "Planning Forum", of = ["council", "icb"], legal_form = "advisory" }
[bodies.board]
name = "Joint Board"
of = ["council", "icb"]
legal_form = "individual delegates"
seats.council = { of = "council", posts = ["leader", "member"] }
seats.icb = { of = "icb", posts = ["chief", "nurse"] }
quorum = { number = 2, each = { council = 1, icb = 1 } }
deciding = { votes = "by organisation", needs = "all", each_view = "all of its seats" }
chair = { rule = "alternating", who = ["leader", "chief"], turn = "each meeting", first = "leader" }
[delegations.members]
from = "cabinet"
to = "board.council"
covers = { functions = ["care"] }
limit = "£750,000"
provided = [{ carried_at = "board" }]
renewal = "yearly"
starts = 2024-04-01
ends = 2025-03-31
clause = "7.4"
[delegations.director]
from = "cabinet"
to = "director"
covers = { functions = ["care"], acts = ["commission", "procure"] }
limit = "£250,000"
clause = "12.3"
[delegations.icb]
from = "icb_board"
to = "board.icb"
covers = { functions = ["nhs"] }
limit = "£750,000"
clause = "4.2"
[agreements.memorandum]
kind = "memorandum of understanding"
name = "Memorandum"
parties = ["council", "icb"]
binding = false
terms = [{ starts = 2023-04-01, ends = 2024-03-31, signed = 2023-03-20 }]
[agreements.s75]
kind = "section 75"
name = "Section 75 agreement"
parties = ["council", "icb"]
binding = true
follows = "memorandum"
flexibilities = ["pooled fund"]
contents = "not stated"
before = { signed = [{ agreed_by = ["cabinet", "icb_board"], clause = "3.1" }] }
[[agreements.s75.terms]]
kind = "original"
starts = 2024-04-01
ends = 2026-03-31
approved = { council = 2024-02-13, icb = 2024-03-07 }
signed = { council = 2024-03-20, icb = 2024-03-28 }
[clocks.agenda]
of = "council"
clock = "agenda and reports"
period = "5 clear working days"
"""


def spoilt(*changes: tuple[str, str], more: str = "") -> str:
    """The text with each change made once, and more at its end."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
        text = text.replace(old, new)
    return text + more


def read(text: str) -> Arrangement:
    """The arrangement that a text gives."""
    arrangement = read_arrangement(text).arrangement
    assert arrangement is not None
    return arrangement


def found(text: str) -> tuple[Finding, ...]:
    return read_arrangement(text).findings


def ids(text: str) -> list[str]:
    return [f.id for f in found(text)]


def one(text: str, id_: str) -> Finding:
    """The only finding of that name."""
    named = [f for f in found(text) if f.id == id_]
    assert len(named) == 1, [str(f) for f in found(text)]
    return named[0]


def line_of(text: str, words: str) -> int:
    """The line, counted from 1, on which these words first stand."""
    return next(n for n, line in enumerate(text.split("\n"), 1) if words in line)
