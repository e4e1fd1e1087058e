"""A diary: what was done, as text; carried out by commands, and once however often it is read."""

from datetime import datetime

import pytest

from concord.commands.diary import carry_out
from concord.commands.texts import TextRefused
from concord.domain.decisions.diary import read_diary
from concord.records.models import AuditEntry, Meeting, MeetingEntry

TEXT = """
format = 1

[[acts]]
at = 2026-11-18T09:00:00
do = "call a meeting"
bodies = ["board"]
on = 2026-11-25
starts_at = "14:00"

[[acts]]
at = 2026-11-25T13:50:00
do = "record"
meeting = "2026-11-25-board"
entry = "expected in a seat"
who = ["Dr Sprague", "Dr Minchin"]
body = "board"
seat = "icb"
"""


def test_a_diary_is_carried_out_at_its_own_times_and_only_once(middlemarch, operator):
    assert carry_out(operator, "middlemarch", "november", TEXT) == 2
    meeting = Meeting.objects.get()
    assert meeting.name == "2026-11-25-board"
    assert list(meeting.entries.values_list("said__who", flat=True)) == ["Dr Sprague", "Dr Minchin"]
    assert AuditEntry.objects.filter(act="meetings.call").get().at == datetime.fromisoformat(
        "2026-11-18T09:00:00+00:00"
    )
    entries = AuditEntry.objects.count()
    carry_out(operator, "middlemarch", "november", TEXT)
    assert (AuditEntry.objects.count(), MeetingEntry.objects.count()) == (entries, 2)


def test_an_act_that_a_rule_does_not_let_through_stops_the_diary_at_its_line(middlemarch, operator):
    text = TEXT.replace('seat = "icb"', 'seat = "chairs"')
    with pytest.raises(TextRefused) as caught:
        carry_out(operator, "middlemarch", "november", text)
    (finding,) = caught.value.findings
    assert (finding.id, finding.line) == ("diary.refused", 11)
    assert "board.chairs is no seat at this meeting" in finding.says
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("was", "now", "id_"),
    [
        ("format = 1", "format = 9", "text.unknown_format"),
        ('do = "record"', 'do = "rekord"', "text.unknown_word"),
        ("on = 2026-11-25\n", "", "text.missing_key"),
        ('starts_at = "14:00"', 'start = "14:00"', "text.unknown_key"),
        ("at = 2026-11-25T13:50:00", "at = 2026-11-01T13:50:00", "date.out_of_order"),
        ("at = 2026-11-25T13:50:00", "at = 2026-11-25", "text.wrong_type"),
        ('entry = "expected in a seat"', 'entry = "seated"', "text.unknown_word"),
        ("format = 1", "format = 1\n[items.one]\nname = 1", "text.unknown_key"),
        ("format = 1", "format = 1\n[actions]", "text.unknown_table"),
    ],
)
def test_what_a_diary_cannot_say_is_a_finding_and_nothing_is_done(was, now, id_):
    reading = read_diary(TEXT.replace(was, now, 1))
    assert id_ in [f.id for f in reading.findings]


def test_an_act_is_of_the_meeting_above_it_and_takes_its_item_from_the_item_s_table():
    text = TEXT.replace('meeting = "2026-11-25-board"\n', "")
    text += """
[[acts]]
at = 2026-11-25T13:55:00
do = "record"
entry = "item put on the agenda"
item = "beds"

[items.beds]
title = "Forty beds"
"""
    reading = read_diary(text)
    assert reading.findings == ()
    assert [a.said.get("meeting") for a in reading.acts[1:]] == ["2026-11-25-board"] * 2
    assert (reading.acts[2].said["item"], reading.acts[2].said["title"]) == ("beds", "Forty beds")
