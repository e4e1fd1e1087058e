"""Accounts and roles: made, changed and ended by an administrator, each with its audit entry."""

from __future__ import annotations

from datetime import date

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from concord.commands.command import Acting, Done, command, refuse
from concord.domain.agreements.reader import read_arrangement
from concord.domain.findings import Answer, Reason, Refused, Verdict
from concord.domain.places.policy import RoleName
from concord.records.models import Account, Place, Role, TextVersion

_NOBODYS = {RoleName.PUBLIC, RoleName.OPERATOR}  # everyone's, and whoever has the machine in hand
_GRANTED = [role.value for role in RoleName if role not in _NOBODYS]


@command("accounts.add_account")
def add_account(
    acting: Acting, place: str, email: str, name: str, password: str = ""
) -> Done[Account]:
    """A person who may sign in; without a password, only by their organisation's own sign-in."""
    act = "accounts.add_account"
    _refuse_at_one_place(place, act)
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise refuse(act, f"{email[:80]!r} is not an e-mail address", "write it in full") from None
    if Account.objects.filter(email=email).exists():
        raise refuse(act, f"{email} already has an account", "grant that account the role")
    if not name.strip():
        raise refuse(act, "the account has no name", "give the person's name")
    account = Account(email=email, name=name.strip())
    _set_password(account, password, act)
    account.save()
    # Vouched for by the administrator, so that a partner's own sign-in may open it.
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return Done(account, f"added the account {email}", after={"email": email, "name": account.name})


@command("accounts.set_password", allowed_as="accounts.add_account")
def set_password(acting: Acting, place: str, email: str, password: str) -> Done[Account]:
    """A new password for somebody who lost theirs, where no mail can be sent."""
    act = "accounts.set_password"
    _refuse_at_one_place(place, act)
    account = _account(email, act)
    if not password:
        raise refuse(act, "no password is given", "give one of at least 14 characters")
    _set_password(account, password, act)
    account.save(update_fields=["password"])
    return Done(account, f"set a new password for {account.email}")


@command("accounts.close_account", allowed_as="accounts.end_role")
def close_account(acting: Acting, place: str, email: str) -> Done[Account]:
    """Nobody may sign in with the account again; what it did stays on record."""
    act = "accounts.close_account"
    _refuse_at_one_place(place, act)
    account = _account(email, act)
    if not account.is_active:
        return Done(account)
    account.is_active = False
    account.save(update_fields=["is_active"])
    what = f"closed the account {account.email}"
    return Done(account, what, {"active": True}, {"active": False})


@command("accounts.change_own", allowed_as="places.view")
def note_own_change(acting: Acting, place: str, what: str) -> Done[None]:
    """Puts on record that somebody changed how they themselves sign in; never to what."""
    return Done(None, what)


@command("accounts.grant_role")
def grant_role(
    acting: Acting,
    place: str,
    email: str,
    role: str,
    organisation: str = "",
    starts: date | None = None,
    ends: date | None = None,
) -> Done[Role]:
    """A role for a person, for one organisation of a place or for all; from today unless dated."""
    act = "accounts.grant_role"
    account = _account(email, act)
    if role not in _GRANTED:
        raise refuse(act, f"there is no role called {role[:80]!r}", "use " + ", ".join(_GRANTED))
    _refuse_unknown_organisation(place, organisation, act)
    starts = starts or acting.today
    if ends and ends < starts:
        raise refuse(act, f"the role would end on {ends}, before it starts on {starts}")
    same = Role.objects.filter(account=account, role=role, organisation=organisation, place=place)
    if held := same.on(starts).first():
        return Done(held)
    granted = Role.objects.create(
        account=account, role=role, organisation=organisation, place=place, starts=starts, ends=ends
    )
    return Done(granted, f"granted {email} the role of {role}", after=_told(granted))


@command("accounts.end_role")
def end_role(acting: Acting, place: str, role: int, ends: date) -> Done[Role]:
    """Ends a role on its last day; `role` is its number."""
    act = "accounts.end_role"
    held = Role.objects.filter(pk=role, place=place).select_related("account").first()
    if held is None:
        raise refuse(act, f"there is no role number {role} here", "see who holds which role")
    if ends < held.starts:
        raise refuse(
            act, f"the role started on {held.starts}, after {ends}", "end it on a later day"
        )
    before = _told(held)
    held.ends = ends
    held.save(update_fields=["ends"])
    what = f"ended the role of {held.role} of {held.account.email}"
    return Done(held, what, before, _told(held))


def _refuse_at_one_place(place: str, act: str) -> None:
    """An account belongs to no place: an administrator of one must not open every other's door."""
    if place:
        says = "an account belongs to the whole installation, not to one place"
        raise refuse(act, says, "ask an administrator of the installation")


def _account(email: str, act: str) -> Account:
    account: Account | None = Account.objects.filter(email=email.strip().lower()).first()
    if account is None:
        raise refuse(act, f"{email[:80]!r} has no account", "add the account first")
    return account


def _set_password(account: Account, password: str, act: str) -> None:
    if not password:
        account.set_unusable_password()
        return
    try:
        validate_password(password, account)
    except ValidationError as error:
        reasons = tuple(Reason(Answer.REFUSED, says) for says in error.messages)
        raise Refused(Verdict(Answer.REFUSED, reasons), act) from None
    account.set_password(password)


def _refuse_unknown_organisation(place: str, organisation: str, act: str) -> None:
    """A role at a place is for an organisation its text names, by the name the text gives it."""
    if not place:
        return
    if not Place.objects.filter(name=place).exists():
        raise refuse(act, f"there is no place called {place[:80]!r}", "load its folder first")
    newest = TextVersion.objects.newest(place)
    reading = read_arrangement(newest.text) if newest and organisation else None
    if reading and reading.arrangement and organisation not in reading.arrangement.organisations:
        named = ", ".join(reading.arrangement.organisations)
        raise refuse(act, f"{place} names no organisation {organisation[:80]!r}", f"use {named}")


def _told(role: Role) -> dict[str, object]:
    return {
        "account": role.account.email,
        "role": role.role,
        "organisation": role.organisation,
        "starts": role.starts,
        "ends": role.ends,
    }
