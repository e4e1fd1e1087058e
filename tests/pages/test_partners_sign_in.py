"""A partner's own sign-in, against a small provider of our own on this machine."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from concord.records.models import Account


class Provider(HTTPServer):
    """An OpenID provider that vouches for whatever the test says."""

    says: dict[str, object]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self):
        here = self.server.address
        if self.path.startswith("/.well-known"):
            self.give(
                issuer=here,
                authorization_endpoint=f"{here}/authorize",
                token_endpoint=f"{here}/token",
                userinfo_endpoint=f"{here}/userinfo",
                jwks_uri=f"{here}/keys",
            )
        else:
            self.give(**self.server.says)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        claims = {"iss": self.server.address, "aud": "concord", "exp": 4_000_000_000}
        token = jwt.encode(claims | self.server.says, "k" * 32, algorithm="HS256")
        self.give(access_token="a", token_type="Bearer", expires_in=60, id_token=token)

    def give(self, **said):
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        """Says nothing in the middle of the tests' own output."""


@pytest.fixture
def provider(monkeypatch):
    call_command("createcachetable", verbosity=0)
    server = Provider(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "council",
        "name": "Middlemarch Borough Council",
        "client_id": "concord",
        "secret": "x",
        "settings": {"server_url": server.address, "fetch_userinfo": True},
    }
    monkeypatch.setitem(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS", [app])
    yield server
    server.shutdown()
    server.server_close()


def sign_in(client, provider, email: str, verified: bool):
    provider.says = {"sub": f"id of {email}", "email": email, "email_verified": verified}
    away = client.post(reverse("openid_connect_login", args=["council"]))
    assert away.status_code == 302
    assert away.url.startswith(f"{provider.address}/authorize")
    asked = parse_qs(urlsplit(away.url).query)
    assert asked["code_challenge_method"] == ["S256"]
    back = reverse("openid_connect_callback", args=["council"])
    return client.get(back, {"code": "c", "state": asked["state"][0]})


def test_the_page_to_sign_in_offers_the_partners_own_sign_in(cast, provider, client):
    said = client.get(reverse("account_login")).content.decode()
    assert "Middlemarch Borough Council" in said
    assert "/account/oidc/council/login/" in said


def test_an_address_the_partner_vouches_for_opens_the_account_that_has_it(cast, provider, client):
    sign_in(client, provider, cast.councillor.email, verified=True)
    assert client.session["_auth_user_id"] == str(cast.councillor.pk)


def test_an_address_the_partner_does_not_vouch_for_opens_nothing(cast, provider, client):
    sign_in(client, provider, cast.councillor.email, verified=False)
    assert "_auth_user_id" not in client.session


def test_an_address_without_an_account_makes_none(cast, provider, client):
    before = Account.objects.count()
    sign_in(client, provider, "raffles@middlemarch.example", verified=True)
    assert "_auth_user_id" not in client.session
    assert Account.objects.count() == before


def test_an_answer_to_a_question_nobody_asked_is_refused(cast, provider, client):
    provider.says = {"sub": "x", "email": cast.councillor.email, "email_verified": True}
    client.get(
        reverse("openid_connect_callback", args=["council"]), {"code": "c", "state": "forged"}
    )
    assert "_auth_user_id" not in client.session
