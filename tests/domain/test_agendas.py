"""A meeting's agenda from the matters that come to it: items, numbers, days, lateness."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.reader import read_arrangement
from concord.domain.decisions.agendas import (
    AgendaItem,
    PaperFiled,
    agenda_due,
    items,
    may_publish_agenda,
    meeting,
    meetings,
    note_of,
    numbered,
    told_late,
)
from concord.domain.decisions.calendars import NO_CALENDARS, Calendars, read_calendar
from concord.domain.decisions.lateness import ExitUsed
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.reader import read_matter
from concord.domain.findings import Answer

MIDDLEMARCH = Path(__file__).parents[2] / "places" / "middlemarch"
CABINET = date(2027, 3, 16)  # a Tuesday

MATTER = """
format = 1
source = "s75"
[matter]
title = "{title}"
what = "Care"
functions = ["care"]
act = "commission"
amounts = [{{ amount = "£100,000", line = "Care" }}]
private = {private}
organisations = ["council"]
[stops.here]
body = "{body}"
purpose = "{purpose}"
on = {on}
"""
EXEMPT = '[exempt.prices]\nwhat = "The secret price"\nparagraph = 3\noutweighs = "rivals"\n'


@pytest.fixture(scope="module")
def a() -> Arrangement:
    found = read_arrangement((MIDDLEMARCH / "arrangement.toml").read_text("utf-8")).arrangement
    assert found is not None
    return found


@pytest.fixture(scope="module")
def calendars(a) -> Calendars:
    found = read_calendar((MIDDLEMARCH / "calendar.toml").read_text("utf-8"), a).calendars
    assert found is not None
    return found


def matter(
    a: Arrangement, title: str, on: date = CABINET, body: str = "cabinet",
    purpose: str = "decision", private: str = "false", more: str = "",
) -> MatterText:  # fmt: skip
    text = MATTER.format(title=title, on=on, body=body, purpose=purpose, private=private) + more
    found = read_matter(text, a).matter
    assert found is not None
    return found


def several(a: Arrangement) -> dict[str, MatterText]:
    return {
        "zebra": matter(a, "Zebra crossings"),
        "prices": matter(a, "A price", private="true", more=EXEMPT),
        "beds": matter(a, "beds for the winter", purpose="recommendation"),
        "later": matter(a, "Another day", on=date(2027, 4, 13)),
        "elsewhere": matter(a, "Another body", body="scrutiny"),
    }


def test_each_stop_at_that_body_on_that_day_is_an_item_and_no_other_is(a):
    found = items(several(a), a, "cabinet", CABINET)
    assert {i.matter for i in found} == {"zebra", "prices", "beds"}
    assert [i.number for i in found] == ["1", "2", "3"]


def test_items_stand_by_title_and_those_taken_in_private_come_last(a):
    found = items(several(a), a, "cabinet", CABINET)
    assert [i.title for i in found] == ["beds for the winter", "Zebra crossings", "A price"]


def test_a_clerk_may_put_items_in_another_order_but_not_a_private_one_first(a):
    first = ("prices/here", "zebra/here")
    found = items(several(a), a, "cabinet", CABINET, first=first)
    assert [i.matter for i in found] == ["zebra", "beds", "prices"]


def test_an_item_says_its_purpose_and_who_decides(a):
    beds, zebra, _ = items(several(a), a, "cabinet", CABINET)
    assert note_of(beds, a) == "For recommendation."
    assert note_of(zebra, a) == "For decision by Middlemarch Borough Council."


def test_at_a_joint_body_each_partner_decides(a):
    texts = {"x": matter(a, "X", body="board")}
    (item,) = items(texts, a, "board", CABINET)
    assert item.makers == ("council", "icb")


def test_what_is_exempt_is_told_by_its_paragraph_and_never_by_its_words(a):
    *_, price = items(several(a), a, "cabinet", CABINET)
    assert "exempt under paragraph 3 of Schedule 12A" in note_of(price, a)
    assert "secret" not in note_of(price, a)


def test_a_file_is_an_item_of_its_own_or_goes_with_an_item(a):
    files = (
        PaperFiled("7", "Letter from the trust"), PaperFiled("8", "Map", "zebra/here"),
        PaperFiled("9", "To an item that went", "gone/here", "it came on Friday"),
    )  # fmt: skip
    found = {i.key: i for i in items(several(a), a, "cabinet", CABINET, files)}
    assert found["file/7"].files == ("7",)
    assert found["zebra/here"].files == ("8",)
    assert note_of(found["file/9"], a) == "Late: it came on Friday."


def test_a_late_item_says_why(a):
    late = {"zebra/here": "Special urgency, the chair of scrutiny: it burst"}
    found = {i.matter: i for i in items(several(a), a, "cabinet", CABINET, late=late)}
    assert note_of(found["zebra"], a).endswith("the chair of scrutiny: it burst.")


def test_an_item_keeps_its_number_and_a_new_one_takes_the_next_that_nobody_had():
    rows = [AgendaItem(key=k, title=k) for k in ("new", "old", "other")]
    found = numbered(rows, {"old": "4", "gone": "6"})
    assert [(i.key, i.number) for i in found] == [("new", "7"), ("old", "4"), ("other", "8")]


def test_meetings_are_those_of_the_calendar_and_those_that_only_a_matter_names(a, calendars):
    texts = {"x": matter(a, "X", on=date(2027, 3, 17))}
    found = {(m.body, m.on): m for m in meetings(texts, a, calendars)}
    own = found["cabinet", date(2027, 3, 17)]
    assert (own.listed, own.matters) == (False, 1)
    assert found["cabinet", date(2027, 5, 25)].at == "18:00"
    assert [m.on for m in found.values()] == sorted(m.on for m in found.values())


def test_a_meeting_that_nobody_knows_of_is_none(a, calendars):
    assert meeting({}, calendars, "cabinet", date(2027, 5, 24)) is None
    assert meeting({}, NO_CALENDARS, "cabinet", date(2027, 5, 25)) is None


def test_a_meeting_called_off_cannot_have_an_agenda_published(a, calendars):
    off = next(m for m in calendars.meetings if m.cancelled is True)
    meets = meeting({}, calendars, off.body, off.on)
    assert meets is not None
    verdict = may_publish_agenda(meets, (), date(2026, 1, 1))
    assert verdict.answer is Answer.REFUSED
    assert "called off" in verdict.reasons[0].says


def test_the_last_day_is_five_clear_working_days_before_the_meeting(a):
    """Tuesday 16 March 2027: Monday 15 back to Tuesday 9 are five clear days, so Monday 8."""
    texts = {"x": matter(a, "X")}
    found = agenda_due(texts, a, "cabinet", CABINET, date(2026, 11, 24))
    laws = [d.step.authority.law.partition(" regulation ")[2] for d in found]
    assert laws == ["6(1)", "6(2)", "7"]
    for due in found:
        assert due.step.day == date(2027, 3, 8)
        assert not due.late_on(date(2027, 3, 8))
        assert due.late_on(date(2027, 3, 9))


def test_a_joint_meeting_has_a_last_day_for_each_partner(a):
    texts = {"x": matter(a, "X", body="board")}
    due = agenda_due(texts, a, "board", CABINET, date(2026, 11, 24))
    assert {d.organisation for d in due} == {"council", "icb"}


def test_a_meeting_without_matters_has_its_last_day_too(a):
    due = agenda_due({}, a, "icb_board", date(2027, 5, 13), date(2026, 11, 24))
    assert [d.organisation for d in due] == ["icb"]
    assert due[0].step.day == date(2027, 5, 5)


def test_nothing_is_published_after_the_meeting(a):
    texts = {"x": matter(a, "X")}
    meets = meeting(texts, NO_CALENDARS, "cabinet", CABINET)
    assert meets is not None
    assert not may_publish_agenda(meets, (), date(2027, 3, 17)).stands


def test_a_late_agenda_needs_a_lawful_way_out_and_is_told_of_it_for_ever(a):
    """Public Bodies (Admission to Meetings) Act 1960: convened at shorter notice."""
    on, late = date(2027, 5, 13), date(2027, 5, 10)
    texts = {"x": matter(a, "X", on=on, body="icb_board")}
    meets = meeting(texts, NO_CALENDARS, "icb_board", on)
    due = agenda_due(texts, a, "icb_board", on, late)
    assert meets is not None
    assert not may_publish_agenda(meets, due, late).stands
    way = next(w for d in due for w in d.ways())
    used = ExitUsed(way.id, way.who[0], late, "the trust withdrew on Sunday")
    assert may_publish_agenda(meets, due, late, (used,)).stands
    assert "the trust withdrew on Sunday" in told_late(due, late, (used,))
    assert told_late(due, date(2027, 5, 5), ()) == ""


def test_one_way_out_serves_every_rule_that_was_missed_on_the_same_day(a):
    """Regulations 6(1), 6(2) and 7 all fall on the fifth clear day; a meeting is convened once."""
    texts = {"x": matter(a, "X")}
    meets = meeting(texts, NO_CALENDARS, "cabinet", CABINET)
    late = date(2027, 3, 9)
    due = agenda_due(texts, a, "cabinet", CABINET, late)
    who = due[0].ways()[0].who[0]
    used = ExitUsed("executive_shorter_notice", who, late, "the roof of the day centre fell in")
    assert meets is not None
    assert may_publish_agenda(meets, due, late, (used,)).stands
    assert told_late(due, late, (used,)).count("the roof of the day centre fell in") == 1
