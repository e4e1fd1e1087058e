"""Middlemarch with its calendar and matters, and small places with many matters, for the pages."""

from __future__ import annotations

from pathlib import Path

PLACES = Path(__file__).parents[2] / "places"


def load(operator, place: str) -> None:
    """A place's arrangement, calendar and matters, from its folder."""
    from concord.commands.agreements import load_place
    from concord.commands.decisions import load_calendar, load_matter

    folder = PLACES / place
    load_place(operator, place, (folder / "arrangement.toml").read_text("utf-8"))
    if (folder / "calendar.toml").exists():
        load_calendar(operator, place, (folder / "calendar.toml").read_text("utf-8"))
    for file in sorted(folder.glob("matters/*.toml")):
        load_matter(operator, place, file.stem, file.read_text("utf-8"))


SMALL = """format = 1
standing = "adopted"
source = "s75"
[place]
name = "{name}"
fictional = true
[sources]
s75 = {{ title = "Agreement" }}
[organisations.council]
name = "Council"
kind = "council"
governance = "leader and cabinet"
key_decision = {{ amount = "£500,000", wards = 2 }}
[organisations.icb]
name = "NHS Board"
kind = "integrated care board"
starts = 2022-07-01
[functions]
care = {{ name = "Adult social care", of = "council", kind = "executive" }}
[posts.director]
name = "Director of Care"
of = "council"
held_by = [{{ name = "Ann Example", starts = 2024-01-01 }}]
[bodies.cabinet]
name = "Cabinet"
of = "council"
legal_form = "cabinet"
[bodies.scrutiny]
name = "Scrutiny"
of = "council"
legal_form = "scrutiny committee"
"""

MATTER = """format = 1
source = "s75"
[matter]
title = "Matter {number:02}"
what = "To buy care"
functions = ["care"]
act = "commission"
amounts = [{{ amount = "£100,000", line = "Care" }}]
wards = 1
organisations = ["council"]
[stops.scrutiny]
body = "scrutiny"
purpose = "consultation"
on = 2027-02-{day:02}
[stops.cabinet]
body = "cabinet"
purpose = "decision"
on = 2027-03-{day:02}
after = ["scrutiny"]
[exempt.prices]
what = "The prices"
paragraph = 3
outweighs = "rivals would know them"
[promises.review]
what = "A review of matter {number:02}"
owner = "director"
by = 2026-10-31
[report]
subject = "Matter {number:02}"
of = "Director of Care"
dated = 2027-03-01
formats = ["icb_board"]
contacts = [{{ as = "author", name = "Ann Example", post = "Director of Care", of = "council" }}]
sign_offs = [{{ role = "Lead", post = "director", days = 2 }}]
[[report.recommendations]]
to = "cabinet"
verb = "agree"
text = "to buy care for {{money:cost}}"
[[report.parts]]
kind = "background"
text = \"\"\"
Care is bought from eleven providers today.

A further report will follow in [insert date].
\"\"\"
[[report.parts]]
kind = "financial implications"
exempt = "prices"
text = "The secret price is seven shillings."
"""


def small_place(operator, name: str, matters: int) -> None:
    """A place of two bodies with so many matters, each like the others."""
    from concord.commands.agreements import load_place
    from concord.commands.decisions import load_matter

    load_place(operator, name, SMALL.format(name=name.title()))
    for number in range(1, matters + 1):
        text = MATTER.format(number=number, day=number % 28 + 1)
        load_matter(operator, name, f"matter_{number:02}", text)
