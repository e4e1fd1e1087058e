"""What an operator may set: environment variables first, then `concord.toml` in the data folder."""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

# In a checkout the data lies beside the code; an installed package keeps it where it is started.
_CHECKOUT = Path(__file__).resolve().parents[3]
PROJECT = _CHECKOUT if (_CHECKOUT / "pyproject.toml").is_file() else Path.cwd()


@dataclass(frozen=True, slots=True)
class Configuration:
    """Settings by name in `concord.toml`; `CONCORD_` and that name in capitals comes first."""

    data: Path
    written: Mapping[str, Any]
    environment: Mapping[str, str]

    def text(self, name: str, otherwise: str = "") -> str:
        """A setting as text; `mail.host` is `CONCORD_MAIL_HOST` in the environment."""
        given = self.environment.get("CONCORD_" + name.upper().replace(".", "_"))
        if given is not None:
            return given.strip()
        found: Any = self.written
        for part in name.split("."):
            found = found.get(part, {}) if isinstance(found, Mapping) else {}
        return otherwise if found == {} else str(found)

    def words(self, name: str) -> list[str]:
        """A setting that lists several, divided by commas."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    @property
    def is_https(self) -> bool:
        return self.text("url").startswith("https://")

    @property
    def hosts(self) -> list[str]:
        """The host names this installation answers to; a machine always answers to itself."""
        named = urlsplit(self.text("url")).hostname
        return [
            *([named] if named else []),
            *self.words("hosts"),
            "localhost",
            "127.0.0.1",
            "[::1]",
        ]


def read_configuration(environment: Mapping[str, str] = os.environ) -> Configuration:
    """The configuration of this process; the data folder is made when it is missing."""
    data = Path(environment.get("CONCORD_DATA") or PROJECT / "data").resolve()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = data / "concord.toml"
    written = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    return Configuration(data, written, environment)


def secret_key(configuration: Configuration) -> str:
    """The key that signs sessions: from the environment, or made once and readable by us alone."""
    given = configuration.text("secret_key")
    if given:
        return given
    file = configuration.data / "secret_key"
    if not file.exists():
        # Written aside and linked into place, so that two first starts at once agree on one key.
        aside = file.with_name(f"secret_key.{os.getpid()}")
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(64))
        try:
            os.link(aside, file)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    return file.read_text("utf-8").strip()


def database(configuration: Configuration) -> dict[str, Any]:
    """The database as Django wants it: SQLite in the data folder unless PostgreSQL is named."""
    address = configuration.text("database")
    if not address:
        return _sqlite(configuration.data / "concord.sqlite3")
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ValueError(
            "CONCORD_DATABASE is postgresql://user:password@host:port/name, or is absent"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        # One thread a process asks one question at a time: a kept connection serves as a pool.
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(file: Path) -> dict[str, Any]:
    """IMMEDIATE, because a transaction that reads and then writes must not find the file locked."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            "PRAGMA foreign_keys=ON; PRAGMA mmap_size=134217728;"
            "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-20000;",
        },
    }


def openid_apps(configuration: Configuration) -> list[dict[str, Any]]:
    """The organisations whose own sign-in is accepted, as allauth wants them described."""
    rows = list(configuration.written.get("openid", []))
    if configuration.text("openid_server"):
        named = ("id", "name", "server", "client_id", "secret")
        rows.insert(0, {key: configuration.text(f"openid_{key}") for key in named})
    return [
        {
            "provider_id": row.get("id") or "openid",
            "name": row.get("name") or "your organisation",
            "client_id": row["client_id"],
            "secret": row.get("secret", ""),
            "settings": {"server_url": row["server"], "fetch_userinfo": True},
        }
        for row in rows
    ]


def openid_origins(configuration: Configuration) -> list[str]:
    """The origins to which a sign-in form may lead: `login` where it differs from `server`."""
    addresses = [
        row.get("login") or row["server"] for row in configuration.written.get("openid", [])
    ]
    addresses += filter(
        None, [configuration.text("openid_login") or configuration.text("openid_server")]
    )
    return [f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, addresses)]
