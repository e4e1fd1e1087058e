"""How allauth is held to our rules: no open sign-up, and secrets unreadable in the database."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account import signals as account_signals
from allauth.account import views as account_views
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa import signals as mfa_signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount import signals as social_signals
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.dispatch import Signal
from django.http import HttpRequest
from django.urls import include, path, re_path, reverse
from django.utils import timezone

from concord.commands.accounts import note_own_change
from concord.commands.command import Acting


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator, so a visitor can never make one."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """A partner's own sign-in opens an account that exists; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


class SignIn(account_views.LoginView):
    """Signing in, with every partner's own sign-in beside the password."""

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**given)
        apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        named = {app["name"]: app["provider_id"] for app in apps}
        shown["openid_apps"] = [
            {"name": name, "href": reverse("openid_connect_login", args=[provider])}
            for name, provider in named.items()
        ]
        shown["reset_address"] = reverse("account_reset_password") if settings.EMAIL_HOST else ""
        return shown


def _cipher() -> Fernet:
    key = hashlib.sha256(b"concord.authenticator:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class MFAAdapter(DefaultMFAAdapter):
    """A copy of the database alone must not open anybody's second lock."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


# allauth writes how a person signs in; it tells us afterwards, and we put it on record.
_NOTED = {
    account_signals.password_changed: "changed their own password",
    account_signals.password_set: "set a password of their own",
    account_signals.password_reset: "set a new password after forgetting the old one",
    mfa_signals.authenticator_added: "added an authenticator app or recovery codes",
    mfa_signals.authenticator_removed: "removed an authenticator app or recovery codes",
    mfa_signals.authenticator_reset: "made new recovery codes",
    social_signals.social_account_added: "joined a partner's sign-in to their account",
    social_signals.social_account_removed: "parted a partner's sign-in from their account",
}


def note_change(signal: Signal, **told: Any) -> None:
    """Records the change in the audit trail, under the name of whoever made it."""
    about = told.get("sociallogin") or told.get("socialaccount")
    user = told.get("user") or about.user
    note_own_change(Acting(user, timezone.now()), "", _NOTED[signal])


for _signal in _NOTED:
    _signal.connect(note_change, dispatch_uid="concord.note_change")


# The only pages of allauth's that we open: `path("account/", include("concord.web.accounts"))`.
urlpatterns = [
    path("login/", SignIn.as_view(), name="account_login"),
    path("logout/", account_views.logout, name="account_logout"),
    path("signup/", account_views.signup, name="account_signup"),
    path("inactive/", account_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", account_views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account_views.password_change, name="account_change_password"),
    path("password/set/", account_views.password_set, name="account_set_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("third-party/", include("allauth.socialaccount.urls")),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]

# A forgotten password is mended by mail only where mail is configured; else an administrator helps.
if settings.EMAIL_HOST:
    urlpatterns += [
        path("password/reset/", account_views.password_reset, name="account_reset_password"),
        path(
            "password/reset/done/",
            account_views.password_reset_done,
            name="account_reset_password_done",
        ),
        re_path(
            r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
            account_views.password_reset_from_key,
            name="account_reset_password_from_key",
        ),
        path(
            "password/reset/key/done/",
            account_views.password_reset_from_key_done,
            name="account_reset_password_from_key_done",
        ),
    ]
