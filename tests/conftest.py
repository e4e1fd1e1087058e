"""What every test may ask for: a place, and a cast who may each see and do different things.

The engine is SQLite in memory, or the PostgreSQL that CONCORD_DATABASE names.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit, urlunsplit

import pytest

# A browser test asks the database from inside Playwright's event loop.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PLACES = Path(__file__).parents[1] / "places"
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PASSWORD = "the provinces of Loamshire 1832"

# Who, in which role, for which organisation of Middlemarch.
CAST = {
    "councillor": ("councillor", "council"),
    "nhs_board_member": ("NHS board member", "icb"),
    "board_officer": ("board officer", "icb"),
    "pool_manager": ("pool manager", "council"),
    "democratic_services_officer": ("democratic services officer", "council"),
    "integration_manager": ("integration manager", "council"),
    "provider": ("provider", "trust"),
    "auditor": ("auditor", ""),
    "administrator": ("administrator", ""),
}


@pytest.fixture(scope="session", autouse=True)
def _settings_for_tests(tmp_path_factory):
    from django.conf import settings

    # A page under test is served its static files as they lie, not as they were last collected.
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")
    # Argon2 is slow on purpose, and a cast has many passwords.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def _evidence_may_be_emptied_between_tests():
    """A test that commits ends by emptying every table, which the guards on evidence refuse."""
    from django.db import connection
    from django.test import TransactionTestCase

    from concord.records.evidence import allow_change, refuse_change

    empty = TransactionTestCase._fixture_teardown

    def lifted(case: TransactionTestCase) -> None:
        allow_change(connection)
        try:
            empty(case)
        finally:
            refuse_change(connection)

    TransactionTestCase._fixture_teardown = lifted
    yield
    TransactionTestCase._fixture_teardown = empty


@pytest.fixture
def operator():
    """The operator at the command line, who may load places and make accounts."""
    from concord.commands.command import Acting

    return Acting(None, NOW, why="a test")


@pytest.fixture
def middlemarch(db, operator):
    """The fictional place, loaded from its folder; its adopted version."""
    from concord.commands.agreements import load_place

    text = (PLACES / "middlemarch" / "arrangement.toml").read_text("utf-8")
    return load_place(operator, "middlemarch", text)


@pytest.fixture
def cast(middlemarch, operator):
    """The accounts of everyone in CAST by name, and `public`, who has none; by PASSWORD."""
    from concord.commands.accounts import add_account, grant_role

    people = {}
    for name, (role, organisation) in CAST.items():
        email = f"{name}@middlemarch.example"
        people[name] = add_account(operator, "", email, name.replace("_", " ").title(), PASSWORD)
        grant_role(
            operator,
            "" if role == "administrator" else "middlemarch",
            email,
            role,
            organisation,
            date(2026, 4, 1),
        )
    return SimpleNamespace(**people, public=None)


@pytest.fixture
def installation(tmp_path):
    """The environment of a new installation on the engine under test, for other processes."""
    given = os.environ.get("CONCORD_DATABASE", "")
    settings = {**os.environ, "CONCORD_DATA": str(tmp_path / "data")}
    if not given:
        yield settings
        return
    import psycopg

    name = f"concord_test_{os.getpid()}"
    parts = urlsplit(given)
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield {**settings, "CONCORD_DATABASE": urlunsplit(parts._replace(path=f"/{name}"))}
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
