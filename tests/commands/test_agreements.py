"""A place's text: loaded, drafted by two people at once, adopted, and never lost."""

from datetime import timedelta

import pytest
from tests.conftest import NOW

from concord.commands.agreements import (
    TextRefused,
    TextsDiffer,
    adopt_text,
    discard_draft,
    load_place,
    save_draft,
)
from concord.commands.command import Acting
from concord.domain.findings import Refused
from concord.records.models import AuditEntry, Draft, KeptText, Place, PlaceSummary, TextVersion

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def officer(cast):
    return Acting(cast.democratic_services_officer, NOW, "council", "Cabinet, minute 12")


@pytest.fixture
def manager(cast):
    return Acting(cast.integration_manager, LATER, "council")


def noted(text: str, word: str) -> str:
    """The text with a comment at its end, which changes its bytes and not its meaning."""
    return f"{text}\n# {word}\n"


def test_loading_keeps_the_text_letter_for_letter(middlemarch):
    kept = TextVersion.objects.get()
    assert (kept.place_id, kept.kind, kept.number) == ("middlemarch", "arrangement", 1)
    assert kept.text.startswith("#") or kept.text.startswith("format")
    assert kept.sha256 == middlemarch.sha256
    assert len(kept.sha256) == 64


def test_loading_the_same_text_again_changes_nothing_and_records_nothing(middlemarch, operator):
    assert load_place(operator, "middlemarch", middlemarch.text) == middlemarch
    assert AuditEntry.objects.filter(act="agreements.load_place").count() == 1


def test_loading_a_changed_folder_adopts_the_next_version(middlemarch, operator):
    second = load_place(operator, "middlemarch", noted(middlemarch.text, "changed"))
    assert second.number == 2
    assert second.based_on == middlemarch
    # And a text known from before is not brought back by a second load of an old copy.
    assert load_place(operator, "middlemarch", middlemarch.text).number == 1
    assert TextVersion.objects.newest("middlemarch") == second


def test_a_loaded_place_has_its_row_in_the_list(middlemarch):
    row = PlaceSummary.objects.for_list().get()
    assert row.title == "Middlemarch"
    assert row.fictional
    assert row.partners[0] == "Middlemarch Borough Council"


BAD = """format = 1
[place]
name = "Nowhere"
colour = "blue"
[organisations.council]
name = "Nowhere Council"
kind = "countil"
"""


def test_a_text_that_is_not_understood_is_refused_with_every_finding_and_nothing_is_stored(
    db, operator
):
    with pytest.raises(TextRefused) as refused:
        load_place(operator, "nowhere", BAD)
    found = {(finding.id, finding.line) for finding in refused.value.findings}
    assert ("text.unknown_key", 4) in found
    assert ("text.unknown_word", 7) in found
    assert len(refused.value.verdict.reasons) == len(refused.value.findings)
    for model in (Place, TextVersion, PlaceSummary, Draft, KeptText, AuditEntry):
        assert not model.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not toml at all",
        "format = 1\n\x00",
        "[" * 5000,
        "x" * 1_000_001,
        "\ud800",
        "format = 9",
    ],
    ids=["empty", "words", "NUL", "nested", "long", "half a character", "format 9"],
)
def test_a_text_that_is_no_arrangement_is_refused_and_nothing_is_stored(db, operator, text):
    with pytest.raises(Refused) as refused:
        load_place(operator, "nowhere", text)
    assert refused.value.verdict.against
    assert not Place.objects.exists()


@pytest.mark.parametrize("name", ["", "../etc", "Middle March", "x" * 100, "9", "desk"])
def test_a_folder_with_an_impossible_name_is_refused(middlemarch, operator, name):
    with pytest.raises(Refused):
        load_place(operator, name, middlemarch.text)


def test_a_folder_never_overrules_a_text_adopted_here(middlemarch, operator, officer):
    save_draft(officer, "middlemarch", noted(middlemarch.text, "ours"), 1)
    adopt_text(officer, "middlemarch", 2)
    with pytest.raises(Refused, match="its folder no longer decides") as refused:
        load_place(operator, "middlemarch", noted(middlemarch.text, "the folder's"))
    assert "adopted here" in refused.value.verdict.reasons[0].says


def test_a_folder_does_not_pass_by_an_open_draft(middlemarch, operator, officer):
    save_draft(officer, "middlemarch", noted(middlemarch.text, "ours"), 1)
    with pytest.raises(Refused) as refused:
        load_place(operator, "middlemarch", noted(middlemarch.text, "the folder's"))
    assert "draft" in refused.value.verdict.reasons[0].says


def test_a_draft_starts_from_the_newest_version_and_counts_its_saves(middlemarch, officer):
    start = Draft.objects.desk("middlemarch")
    assert (start.text, start.revision, start.is_open) == (middlemarch.text, 1, False)
    text = noted(middlemarch.text, "begun")
    draft = save_draft(officer, "middlemarch", text, start.revision)
    assert (draft.text, draft.revision, draft.is_open) == (text, 2, True)
    assert Draft.objects.open().get().based_on == middlemarch


def test_a_draft_may_be_unfinished(middlemarch, officer):
    assert save_draft(officer, "middlemarch", BAD, 1).text == BAD


@pytest.mark.parametrize("text", ["a\x00", "x" * 1_000_001, "\ud800"])
def test_a_draft_may_not_hold_what_no_keyboard_writes(middlemarch, officer, text):
    with pytest.raises(Refused):
        save_draft(officer, "middlemarch", text, 1)


def test_saving_what_is_there_already_records_nothing(middlemarch, officer):
    before = AuditEntry.objects.count()
    save_draft(officer, "middlemarch", middlemarch.text, 1)
    assert AuditEntry.objects.count() == before


def test_two_people_on_different_lines_are_offered_both_changes_as_one_text(
    middlemarch, officer, manager
):
    theirs = noted(middlemarch.text, "theirs, at the end")
    yours = "# yours, at the beginning\n" + middlemarch.text
    save_draft(officer, "middlemarch", theirs, 1)
    with pytest.raises(TextsDiffer) as differ:
        save_draft(manager, "middlemarch", yours, 1)
    together = differ.value.together
    assert together == "# yours, at the beginning\n" + theirs
    assert differ.value.theirs.text == theirs
    # The loser's text is kept even if the page that shows it is closed.
    kept = KeptText.objects.get(because=KeptText.TOO_LATE)
    assert (kept.text, kept.account, kept.revision) == (yours, manager.account, 1)
    assert Draft.objects.desk("middlemarch").text == theirs
    # And the two put together can be saved from there.
    assert save_draft(manager, "middlemarch", together, 2).revision == 3


def test_two_people_on_one_line_are_shown_both_texts_and_no_guess(middlemarch, officer, manager):
    save_draft(officer, "middlemarch", noted(middlemarch.text, "one"), 1)
    with pytest.raises(TextsDiffer) as differ:
        save_draft(manager, "middlemarch", noted(middlemarch.text, "other"), 1)
    assert differ.value.together is None
    assert differ.value.yours == noted(middlemarch.text, "other")
    assert differ.value.kept.text == differ.value.yours


def test_a_page_opened_before_an_adoption_cannot_overwrite_what_was_adopted(
    middlemarch, officer, manager
):
    adopted = noted(middlemarch.text, "adopted meanwhile")
    save_draft(officer, "middlemarch", adopted, 1)
    adopt_text(officer, "middlemarch", 2)
    with pytest.raises(TextsDiffer) as differ:
        save_draft(manager, "middlemarch", "# mine\n" + middlemarch.text, 1)
    assert differ.value.together == "# mine\n" + adopted


def test_adopting_makes_the_draft_the_next_version_and_says_by_which_decision(middlemarch, officer):
    text = noted(middlemarch.text, "second")
    save_draft(officer, "middlemarch", text, 1)
    version = adopt_text(officer, "middlemarch", 2)
    assert (version.number, version.text, version.based_on) == (2, text, middlemarch)
    assert not Draft.objects.open().exists()
    entry = AuditEntry.objects.order_by("number").last()
    assert entry.act == "agreements.adopt_text"
    assert entry.why == "Cabinet, minute 12"
    assert entry.on_behalf_of == "council"
    assert middlemarch.sha256 in entry.before
    assert version.sha256 in entry.after
    assert PlaceSummary.objects.get().version == version


def test_adopting_without_naming_the_decision_is_refused(middlemarch, officer, cast):
    save_draft(officer, "middlemarch", noted(middlemarch.text, "second"), 1)
    silent = Acting(cast.democratic_services_officer, NOW, "council", why="  ")
    with pytest.raises(Refused) as refused:
        adopt_text(silent, "middlemarch", 2)
    assert "decision" in refused.value.verdict.reasons[0].says


def test_adopting_a_text_that_is_not_understood_is_refused(middlemarch, officer):
    save_draft(officer, "middlemarch", BAD, 1)
    with pytest.raises(TextRefused):
        adopt_text(officer, "middlemarch", 2)
    assert TextVersion.objects.count() == 1


def test_adopting_a_draft_that_changed_since_it_was_read_is_refused(middlemarch, officer, manager):
    save_draft(officer, "middlemarch", noted(middlemarch.text, "second"), 1)
    save_draft(manager, "middlemarch", noted(middlemarch.text, "third"), 2)
    with pytest.raises(Refused) as refused:
        adopt_text(officer, "middlemarch", 2)
    assert "integration_manager" in refused.value.verdict.reasons[0].says


def test_adopting_with_no_draft_is_refused(middlemarch, officer):
    with pytest.raises(Refused):
        adopt_text(officer, "middlemarch", 1)


def test_a_discarded_draft_is_set_aside_and_the_newest_version_returns(middlemarch, officer):
    text = noted(middlemarch.text, "unwanted")
    save_draft(officer, "middlemarch", text, 1)
    kept = discard_draft(officer, "middlemarch", 2)
    assert (kept.text, kept.because) == (text, KeptText.DISCARDED)
    desk = Draft.objects.desk("middlemarch")
    assert (desk.text, desk.is_open, desk.revision) == (middlemarch.text, False, 3)


def test_a_councillor_reads_a_draft_and_does_not_write_it(middlemarch, cast):
    with pytest.raises(Refused) as refused:
        save_draft(Acting(cast.councillor, NOW), "middlemarch", "x", 1)
    assert refused.value.act == "agreements.save_draft"
    assert "integration manager" in refused.value.verdict.reasons[0].says


def test_a_text_saved_too_late_is_kept_only_for_those_who_may_write(middlemarch, cast, officer):
    save_draft(officer, "middlemarch", noted(middlemarch.text, "second"), 1)
    with pytest.raises(Refused):
        save_draft(Acting(cast.provider, NOW), "middlemarch", "x", 1)
    assert not KeptText.objects.filter(because=KeptText.TOO_LATE).exists()


def test_a_board_officer_of_one_organisation_cannot_adopt_for_the_other(middlemarch, cast, officer):
    save_draft(officer, "middlemarch", noted(middlemarch.text, "second"), 1)
    acting = Acting(cast.board_officer, NOW, on_behalf_of="council", why="Cabinet")
    with pytest.raises(Refused) as refused:
        adopt_text(acting, "middlemarch", 2)
    assert refused.value.verdict.remedies == ("act for icb",)
