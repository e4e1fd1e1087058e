"""Accounts and roles: who makes them, and what the database never holds."""

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.conftest import NOW, PASSWORD

from concord.commands.accounts import (
    add_account,
    close_account,
    end_role,
    grant_role,
    set_password,
)
from concord.commands.agreements import save_draft
from concord.commands.command import Acting
from concord.domain.findings import Refused
from concord.records.models import Account, AuditEntry, Role


def says(refused) -> str:
    return "; ".join(reason.says for reason in refused.value.verdict.reasons)


def test_an_account_is_made_once_and_its_password_is_nowhere_in_the_trail(db, operator):
    add_account(operator, "", " Dorothea@Middlemarch.example ", "Dorothea Brooke", PASSWORD)
    account = Account.objects.get()
    assert account.email == "dorothea@middlemarch.example"
    assert account.check_password(PASSWORD)
    entry = AuditEntry.objects.get()
    assert entry.act == "accounts.add_account"
    assert PASSWORD not in f"{entry.what}{entry.before}{entry.after}"
    with pytest.raises(Refused, match="already has an account") as refused:
        add_account(operator, "", "DOROTHEA@middlemarch.example", "Again", PASSWORD)
    assert "already" in says(refused)


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("thirteen char", "14 characters"),
        ("1q2w3e4r5t6y7u8i", "too common"),
        ("dorothea@middlemarch.example", "similar"),
    ],
)
def test_a_password_that_is_short_or_easily_guessed_is_refused(db, operator, password, word):
    with pytest.raises(Refused) as refused:
        add_account(operator, "", "dorothea@middlemarch.example", "Dorothea Brooke", password)
    assert word in says(refused)
    assert not Account.objects.exists()


def test_an_account_without_a_password_cannot_sign_in_by_one(db, operator):
    account = add_account(operator, "", "will@middlemarch.example", "Will Ladislaw")
    assert not account.has_usable_password()


def test_only_an_administrator_makes_accounts(cast):
    for name in ("board_officer", "democratic_services_officer", "auditor", "councillor"):
        with pytest.raises(Refused):
            add_account(Acting(getattr(cast, name), NOW), "", "x@y.example", "X", PASSWORD)
    added = add_account(Acting(cast.administrator, NOW), "", "x@y.example", "X", PASSWORD)
    assert added.email == "x@y.example"


def test_an_administrator_of_one_place_opens_no_door_at_another(cast, operator):
    email = cast.auditor.email
    grant_role(operator, "middlemarch", email, "administrator")
    local = Acting(cast.auditor, NOW)
    grant_role(local, "middlemarch", cast.provider.email, "councillor")
    for act in (
        lambda: set_password(local, "middlemarch", cast.administrator.email, PASSWORD),
        lambda: set_password(local, "", cast.administrator.email, PASSWORD),
        lambda: close_account(local, "middlemarch", cast.administrator.email),
        lambda: add_account(local, "middlemarch", "x@y.example", "X", PASSWORD),
        lambda: grant_role(local, "", email, "administrator"),
    ):
        with pytest.raises(Refused):
            act()


def test_one_person_may_hold_roles_for_two_organisations(cast, operator):
    email = cast.board_officer.email
    grant_role(operator, "middlemarch", email, "board officer", "council")
    held = cast.board_officer.roles.values_list("organisation", flat=True)
    assert set(held) == {"icb", "council"}


def test_a_role_granted_twice_is_one_role(cast, operator):
    before = Role.objects.count(), AuditEntry.objects.count()
    grant_role(operator, "middlemarch", cast.councillor.email, "councillor", "council")
    assert (Role.objects.count(), AuditEntry.objects.count()) == before


def test_a_role_is_for_an_organisation_that_the_place_names(cast, operator):
    with pytest.raises(Refused) as refused:
        grant_role(operator, "middlemarch", cast.provider.email, "provider", "nobody")
    assert "names no organisation" in says(refused)
    with pytest.raises(Refused):
        grant_role(operator, "nowhere", cast.provider.email, "provider")


@pytest.mark.parametrize("role", ["public", "king", ""])
def test_a_role_nobody_can_hold_is_refused(cast, operator, role):
    with pytest.raises(Refused):
        grant_role(operator, "middlemarch", cast.provider.email, role)


def test_a_role_that_ended_yesterday_no_longer_writes(cast, operator, middlemarch):
    role = cast.integration_manager.roles.get()
    acting = Acting(cast.integration_manager, NOW, "council")
    save_draft(acting, "middlemarch", middlemarch.text + "# one\n", 1)
    end_role(operator, "middlemarch", role.pk, date(2026, 11, 23))
    with pytest.raises(Refused) as refused:
        save_draft(acting, "middlemarch", middlemarch.text + "# two\n", 2)
    assert "ended on 2026-11-23" in says(refused)


def test_a_role_cannot_end_before_it_started(cast, operator):
    role = cast.integration_manager.roles.get()
    with pytest.raises(Refused):
        end_role(operator, "middlemarch", role.pk, role.starts - timedelta(days=1))


def test_a_closed_account_can_do_nothing_even_with_a_page_still_open(cast, operator, middlemarch):
    acting = Acting(cast.integration_manager, NOW, "council")
    close_account(operator, "", cast.integration_manager.email)
    with pytest.raises(Refused):
        save_draft(acting, "middlemarch", middlemarch.text + "# one\n", 1)


def test_an_administrator_sets_a_new_password_where_no_mail_is_sent(cast, operator):
    set_password(operator, "", cast.councillor.email, "Rosamond Vincy's piano")
    assert Account.objects.get(pk=cast.councillor.pk).check_password("Rosamond Vincy's piano")


def test_every_member_of_the_cast_signs_in_and_a_wrong_password_does_not(cast):
    client = Client()
    assert not client.login(email=cast.councillor.email, password="wrong")
    assert client.login(email=cast.councillor.email.upper(), password=PASSWORD)
