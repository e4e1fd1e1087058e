"""Matters and calendars: loaded, drafted by two at once, refused when not understood."""

from __future__ import annotations

import pytest

from concord.commands.command import Acting
from concord.commands.decisions import discard_report, load_calendar, load_matter, save_report
from concord.commands.texts import TextRefused, TextsDiffer
from concord.domain.findings import Refused
from concord.records.models import AuditEntry, Draft, KeptText, MatterSummary, TextVersion
from concord.records.models.agreements import matter_kind

MATTER = """format = 1
source = "s75"
[matter]
title = "Reablement beds for the winter"
what = "Twelve more reablement beds from December to March."
functions = ["care"]
act = "commission"
modes = ["pooled"]
amounts = [{ amount = "£240,000", line = "beds", year = "2026/27" }]
wards = 2

[stops.board]
body = "board"
organisation = "council"
purpose = "decision"
on = 2026-12-15
"""


@pytest.fixture
def operator(middlemarch) -> Acting:
    from tests.conftest import NOW

    return Acting(None, NOW, why="in a test")


def of(cast, who: str) -> Acting:
    from tests.conftest import NOW

    return Acting(cast[who] if isinstance(cast, dict) else getattr(cast, who), NOW)


def test_a_matter_is_kept_verbatim_and_listed(operator):
    version = load_matter(operator, "middlemarch", "beds", MATTER)
    assert version.text == MATTER
    assert version.kind == "matter:beds"
    row = MatterSummary.objects.get(place="middlemarch", name="beds")
    assert (row.title, str(row.first_stop)) == ("Reablement beds for the winter", "2026-12-15")


def test_loading_the_same_text_again_changes_nothing(operator):
    first = load_matter(operator, "middlemarch", "beds", MATTER)
    entries = AuditEntry.objects.count()
    assert load_matter(operator, "middlemarch", "beds", MATTER) == first
    assert AuditEntry.objects.count() == entries


def test_a_matter_naming_a_body_that_is_not_there_is_refused_and_nothing_is_stored(operator):
    with pytest.raises(TextRefused) as refusal:
        load_matter(operator, "middlemarch", "beds", MATTER.replace('"board"', '"boord"'))
    assert [f.id for f in refusal.value.findings] == ["ref.unknown_name"]
    assert not TextVersion.objects.of("middlemarch", matter_kind("beds")).exists()
    assert not MatterSummary.objects.exists()


@pytest.mark.parametrize("name", ["", "../beds", "Beds", "b" * 90])
def test_a_name_that_no_address_could_carry_is_refused(operator, name):
    with pytest.raises(Refused, match="cannot be the name"):
        load_matter(operator, "middlemarch", name, MATTER)


def test_a_calendar_is_read_beside_the_arrangement(operator):
    text = 'format = 1\nsource = "s75"\n[[meetings]]\nbody = "board"\non = 2026-12-15\n'
    assert load_calendar(operator, "middlemarch", text).kind == "calendar"
    with pytest.raises(TextRefused):
        load_calendar(operator, "middlemarch", text.replace("board", "bored"))


def test_two_people_writing_one_report_never_lose_work(operator, cast):
    load_matter(operator, "middlemarch", "beds", MATTER)
    revision = Draft.objects.desk("middlemarch", matter_kind("beds")).revision
    clerk, manager = of(cast, "democratic_services_officer"), of(cast, "integration_manager")
    theirs = MATTER.replace("£240,000", "£260,000")
    mine = MATTER.replace("for the winter", "for this winter")
    save_report(clerk, "middlemarch", "beds", theirs, revision)
    with pytest.raises(TextsDiffer) as conflict:
        save_report(manager, "middlemarch", "beds", mine, revision)
    assert conflict.value.theirs.text == theirs
    assert conflict.value.kept.text == mine
    together = conflict.value.together
    assert "£260,000" in together
    assert "for this winter" in together
    assert KeptText.objects.filter(kind=matter_kind("beds"), text=mine).exists()


def test_a_discarded_draft_is_set_aside_under_its_own_kind(operator, cast):
    load_matter(operator, "middlemarch", "beds", MATTER)
    clerk = of(cast, "democratic_services_officer")
    desk = Draft.objects.desk("middlemarch", matter_kind("beds"))
    draft = save_report(clerk, "middlemarch", "beds", MATTER + "# more\n", desk.revision)
    kept = discard_report(clerk, "middlemarch", "beds", draft.revision)
    assert kept.kind == matter_kind("beds")
    assert Draft.objects.desk("middlemarch", matter_kind("beds")).text == MATTER


def test_a_councillor_reads_reports_and_does_not_write_them(operator, cast):
    load_matter(operator, "middlemarch", "beds", MATTER)
    councillor = of(cast, "councillor")
    with pytest.raises(Refused):
        save_report(councillor, "middlemarch", "beds", MATTER + "\n", 1)
