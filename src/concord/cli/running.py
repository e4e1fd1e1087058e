"""Commands on the database: load the places, serve, verify the audit chain, keep accounts."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from concord.cli.printing import Failed, as_json, say_findings


def load(asked: Namespace) -> int:
    """Loads the places of a folder into the database; a place that cannot be read is refused."""
    from concord.web import serving

    refused = serving.prepare(_quiet if asked.json else print, asked.places)
    if asked.json:
        as_json({"refused": [str(r) for r in refused]})
    return 1 if refused else 0


def serve(asked: Namespace) -> int:
    """Prepares whatever changed, then serves until stopped."""
    from concord.web import serving

    serving.serve(asked.host, asked.port, asked.workers)
    return 0


def verify(asked: Namespace) -> int:
    """Recomputes the audit chain and every adopted text's hash; a break is a finding."""
    from concord.web import serving

    serving.set_up()
    from concord.records.models import AuditEntry
    from concord.records.verification import verify_evidence

    findings = list(verify_evidence(dict(asked.noted)))
    number, head = AuditEntry.objects.head()
    if asked.json:
        as_json({"entries": number, "head": head, "findings": findings})
    else:
        say_findings(findings)
        said = f"{len(findings)} broken" if findings else "no link is broken"
        print(f"{number} entries; {said}. The newest is {number}={head}")
    return 1 if findings else 0


def account(asked: Namespace) -> int:
    """Adds an account, or gives it a role; done by whoever may run this on the server."""
    from concord.web import serving

    serving.set_up()
    from concord.commands.accounts import add_account, grant_role, set_password
    from concord.commands.command import Acting
    from concord.domain.findings import Refused

    acting = Acting(None, datetime.now(UTC), why=asked.why)
    try:
        if asked.do == "add":
            password = "" if asked.no_password else _password()
            add_account(acting, "", asked.email, asked.name, password)
        elif asked.do == "password":
            set_password(acting, "", asked.email, _password())
        else:
            where = asked.place, asked.email, asked.role, asked.organisation
            grant_role(acting, *where, asked.starts)
    except Refused as refusal:
        raise Failed(str(refusal), " ".join(refusal.verdict.remedies), 1) from None
    print("Done.")
    return 0


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass("Password (at least 14 characters): ")


def _quiet(_: str) -> None:
    return None


def folder(words: str) -> Path:
    """A folder named on the command line."""
    return Path(words)
