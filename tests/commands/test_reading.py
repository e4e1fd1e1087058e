"""What records give to whom, and in how many questions to the database."""

import pytest
from tests.conftest import NOW

from concord.commands.agreements import TextsDiffer, load_place, save_draft
from concord.commands.command import Acting
from concord.records.models import AuditEntry, Draft, KeptText, PlaceSummary
from concord.records.models.accounts import role_facts_of

ON = NOW.date()

TEXT = """format = 1
[place]
name = "Place {number}"
fictional = true
"""


def test_the_list_of_places_is_one_question_however_many_there_are(
    middlemarch, operator, django_assert_num_queries
):
    for number in range(12):
        load_place(operator, f"place_{number}", TEXT.format(number=number))
    with django_assert_num_queries(1):
        rows = [
            (row.title, row.fictional, row.partners, row.grave, row.version.number)
            for row in PlaceSummary.objects.for_list()
        ]
    assert len(rows) == 13


def test_somebody_sees_the_trail_of_the_places_their_role_opens(cast, operator):
    load_place(operator, "elsewhere", TEXT.format(number=1))
    seen = AuditEntry.objects.visible_to(role_facts_of(cast.board_officer), ON)
    assert {entry.place for entry in seen} == {"middlemarch"}
    everything = AuditEntry.objects.visible_to(role_facts_of(cast.administrator), ON)
    assert everything.count() == AuditEntry.objects.count()


@pytest.mark.parametrize("name", ["councillor", "provider", "nhs_board_member", "public"])
def test_others_see_no_trail(cast, name):
    assert not AuditEntry.objects.visible_to(role_facts_of(getattr(cast, name)), ON).exists()


def test_a_draft_is_seen_by_members_and_not_by_providers_or_the_public(cast, middlemarch):
    manager = Acting(cast.integration_manager, NOW, "council")
    save_draft(manager, "middlemarch", middlemarch.text + "# begun\n", 1)
    for name, sees in {"councillor": True, "provider": False, "public": False}.items():
        roles = role_facts_of(getattr(cast, name))
        assert Draft.objects.open().visible_to(roles, ON).exists() is sees


def test_a_text_set_aside_is_shown_to_whoever_wrote_it(cast, middlemarch):
    manager = Acting(cast.integration_manager, NOW, "council")
    officer = Acting(cast.board_officer, NOW, "icb")
    save_draft(manager, "middlemarch", middlemarch.text + "# one\n", 1)
    with pytest.raises(TextsDiffer):
        save_draft(officer, "middlemarch", middlemarch.text + "# other\n", 1)
    assert KeptText.objects.visible_to(cast.board_officer).get().text.endswith("# other\n")
    assert not KeptText.objects.visible_to(cast.integration_manager).exists()


def test_the_roles_of_one_person_are_asked_for_once(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert role_facts_of(cast.councillor) == role_facts_of(cast.councillor)
