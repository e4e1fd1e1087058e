"""A small fictional matter of the small place in which nothing is to be found, and its spoiling."""

from __future__ import annotations

from functools import cache

from tests.domain import small_place

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.decisions.checks import all_checks
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.reader import MatterReading, read_matter
from concord.domain.findings import Finding

TEXT = '''\
format = 1
source = "draft"
[sources]
draft = { title = "Draft report on reablement" }
[matter]
title = "Reablement at home"
what = "To commission one reablement service for both organisations"
functions = ["care", "nhs"]
act = "commission"
modes = ["pooled"]
agreements = ["s75"]
within_budget = true
wards = "all"
organisations = ["council", "icb"]
wanted = 2025-04-01
amounts = [
  { amount = "£480,000", often = "every year", year = "2025/26", line = "Reablement" },
  { amount = "£120,000", nature = "saving", year = "2025/26", line = "Care homes" },
]
[exempt.prices]
what = "The prices of the two bids"
paragraph = 3
outweighs = "the bidders' prices would be known to their rivals before the contract is let"
[stops.cabinet]
body = "cabinet"
organisation = "council"
purpose = "decision"
on = 2025-02-11
[stops.icb]
body = "icb_board"
organisation = "icb"
purpose = "decision"
on = 2025-02-13
[stops.forum]
body = "planning"
purpose = "information"
on = 2025-02-20
after = ["cabinet", "icb"]
[promises.review]
what = "A review of the first year of the service"
owner = "director"
to = "cabinet"
by = 2026-06-30
words = "a further report on the first year will be brought to Cabinet"

[report]
subject = "Reablement at home"
of = "Director of Care"
dated = 2025-01-27
contacts = [{ name = "not stated", post = "Director of Care", of = "council", as = "author" }]
options_counted = 3
assessments.equality = { needed = true, made = true, reference = "EIA 12" }
assessments.privacy = { needed = false }
glossary = { CCG = "Clinical Commissioning Group" }
[[report.recommendations]]
to = "cabinet"
verb = "approve"
text = "Approve one reablement service at {money:Reablement} a year."
[[report.recommendations]]
to = "icb"
verb = "approve"
text = "Approve the same service for the NHS half of the fund."
[[report.recommendations]]
to = "forum"
verb = "note"
text = "Note what both organisations decided."
[[report.options]]
what = "One joint service"
became = "preferred"
[[report.options]]
what = "Two services as now"
became = "rejected"
because = "people wait while the two decide whose case it is"
[[report.options]]
what = "No service"
became = "rejected"
because = "more people would go from hospital into care homes"
[[report.parts]]
kind = "proposals"
id = "proposals"
heading = "Proposals"
text = """
The service starts on 1 April 2025 under the {agreement:s75}, made under section 75 of the
National Health Service Act 2006.

Three things would change:

- one team would see everybody
- one record would follow the person
- one budget would pay

The risks are described at {part:risks}."""
[[report.parts]]
kind = "risks and assumptions"
id = "risks"
heading = "Risks"
text = "Two risks matter most, and both can be managed by the team."
[[report.parts]]
kind = "financial implications"
id = "money"
heading = "Financial implications"
text = "Reablement costs £480,000 a year. It is paid from the pool."
comment = { by = "Head of Finance", on = 2025-01-20 }
[[report.parts.tables]]
title = "Cost in 2025/26"
columns = ["Line", "Council", "ICB", "Total"]
unit = "£"
sum_of = ["Council", "ICB", "Total"]
total = "Total"
rows = [
  ["Staff", 200000, 180000, 380000],
  ["Equipment", 40000, 60000, 100000],
  ["Total", 240000, 240000, 480000],
]
[[report.parts]]
kind = "legal implications"
id = "legal"
heading = "Legal implications"
text = "The Care Act 2014 asks for it."
comment = { by = "Head of Law", on = 2025-01-21 }
[[report.parts]]
kind = "equality implications"
id = "equality"
heading = "Equality implications"
text = "The assessment finds that older people gain most."
comment = { by = "Equalities Officer", on = 2025-01-21 }
[[report.parts]]
kind = "consultation"
id = "consultation"
heading = "Consultation"
text = "A further report on the first year of the service will be brought to Cabinet."
[[report.parts]]
kind = "property and other resources"
id = "bids"
heading = "The bids"
text = "The prices of the two bids stand in the table of the tender panel."
exempt = "prices"
[[report.appendices]]
title = "Appendix A: the specification"
[[report.sign_offs]]
role = "Finance"
post = "director"
parts = ["financial implications"]
days = 3
[[report.sign_offs]]
role = "Law"
name = "Head of Law"
parts = ["legal implications", "equality implications"]
days = 5
'''


@cache
def place() -> Arrangement:
    return small_place.read(small_place.TEXT)


def spoilt(*changes: tuple[str, str], more: str = "") -> str:
    """The text with each change made once, and more at its end."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
        text = text.replace(old, new)
    return text + more


def part(text: str, kind: str = "background", more: str = "") -> str:
    """One more part with this text, between the others and the appendices."""
    return (
        f'[[report.parts]]\nkind = "{kind}"\nheading = "Background"\ntext = """\n{text}"""\n{more}'
    )


def with_part(text: str, kind: str = "background", more: str = "") -> str:
    """The whole text with one more part at its end."""
    return spoilt(more=part(text, kind, more))


def reading(text: str, arrangement: Arrangement | None = None) -> MatterReading:
    return read_matter(text, arrangement or place(), checks=(all_checks,))


def matter(text: str = TEXT) -> MatterText:
    """The matter that a text gives."""
    read = reading(text).matter
    assert read is not None, [str(f) for f in reading(text).findings]
    return read


def found(text: str, arrangement: Arrangement | None = None) -> tuple[Finding, ...]:
    return reading(text, arrangement).findings


def ids(text: str, arrangement: Arrangement | None = None) -> list[str]:
    return [f.id for f in found(text, arrangement)]


def one(text: str, id_: str, arrangement: Arrangement | None = None) -> Finding:
    """The only finding of that name."""
    named = [f for f in found(text, arrangement) if f.id == id_]
    assert len(named) == 1, [str(f) for f in found(text, arrangement)]
    return named[0]
