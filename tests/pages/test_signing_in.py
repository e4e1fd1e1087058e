"""Signing in: by password, with an authenticator app, and never by making an account oneself."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from tests.conftest import PASSWORD

from concord.records.models import Account, AuditEntry


@pytest.fixture(autouse=True)
def _limits(db):
    """The table in which failed attempts are counted, and a fresh count for each test."""
    call_command("createcachetable", verbosity=0)
    cache.clear()


def sign_in(client: Client, email: str, password: str):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_a_person_signs_in_by_e_mail_and_password(cast, client):
    response = sign_in(client, cast.councillor.email, PASSWORD)
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(cast.councillor.pk)


def test_a_wrong_password_and_an_unknown_e_mail_are_told_alike(cast, client):
    wrong = sign_in(client, cast.councillor.email, "wrong").content.decode()
    unknown = sign_in(client, "nobody@middlemarch.example", "wrong").content.decode()
    for said in (wrong, unknown):
        assert "_auth_user_id" not in client.session
        assert "not correct" in said


def test_after_five_failures_even_the_right_password_must_wait(cast, client):
    for _ in range(5):
        sign_in(client, cast.councillor.email, "wrong")
    sign_in(client, cast.councillor.email, PASSWORD)
    assert "_auth_user_id" not in client.session


def test_a_closed_account_does_not_sign_in(cast, client):
    Account.objects.filter(pk=cast.provider.pk).update(is_active=False)
    sign_in(client, cast.provider.email, PASSWORD)
    assert "_auth_user_id" not in client.session


def test_a_visitor_cannot_make_an_account(db, client):
    client.post(
        reverse("account_signup"),
        {"email": "raffles@middlemarch.example", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert not Account.objects.exists()


def test_whoever_has_an_authenticator_app_needs_its_code_too(cast, client):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(cast.board_officer, secret)
    sign_in(client, cast.board_officer.email, PASSWORD)
    assert "_auth_user_id" not in client.session
    code = totp.format_hotp_value(
        totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
    )
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.session["_auth_user_id"] == str(cast.board_officer.pk)


def test_a_recovery_code_opens_the_door_once(cast):
    totp.TOTP.activate(cast.board_officer, totp.generate_totp_secret())
    codes = RecoveryCodes.activate(cast.board_officer).get_unused_codes()
    for expected in (True, False):
        client = Client()
        sign_in(client, cast.board_officer.email, PASSWORD)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert ("_auth_user_id" in client.session) is expected


def test_the_authenticators_secret_cannot_be_read_in_the_database(cast):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(cast.board_officer, secret)
    assert secret not in str(Authenticator.objects.get().data)


def newest() -> tuple[str, str, str]:
    entry = AuditEntry.objects.order_by("number").last()
    return entry.who, entry.act, entry.what


def test_a_changed_password_is_on_record_and_the_password_is_not(cast, client):
    sign_in(client, cast.councillor.email, PASSWORD)
    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "Tertius Lydgate's hospital",
            "password2": "Tertius Lydgate's hospital",
        },
    )
    account = Account.objects.get(pk=cast.councillor.pk)
    assert account.check_password("Tertius Lydgate's hospital")
    assert newest() == (account.email, "accounts.change_own", "changed their own password")
    assert "Lydgate" not in str(AuditEntry.objects.order_by("number").last().__dict__)


def test_an_authenticator_app_is_added_on_the_page_and_is_on_record(
    cast, client, django_capture_on_commit_callbacks
):
    sign_in(client, cast.provider.email, PASSWORD)
    # A page left open is not enough: whoever adds a lock proves once more who they are.
    assert reverse("account_reauthenticate") in client.get(reverse("mfa_activate_totp")).url
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    secret = client.session["mfa.totp.secret"]
    code = totp.format_hotp_value(
        totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
    )
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code})
    assert Authenticator.objects.filter(user=cast.provider, type="totp").exists()
    assert newest()[:2] == (cast.provider.email, "accounts.change_own")
