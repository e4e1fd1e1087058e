"""The one read interface: its description validates, and every address in it answers as it says."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from tests.commands.meeting_room import decided
from tests.pages.decision_places import PLACES, load

from concord.commands.funds import load_fund
from concord.commands.publishing_decisions import publish_decision


@pytest.fixture
def said(client, db):
    return client.get("/api/openapi.json").json()


@pytest.fixture
def known(cast, operator):
    """Something of every kind at Middlemarch, and what it is called."""
    load(operator, "middlemarch")
    clerk = replace(operator, account=cast.democratic_services_officer)
    decided(clerk)
    later = replace(clerk, now=clerk.now.replace(day=26))
    load_fund(operator, "middlemarch", (PLACES / "middlemarch" / "fund.toml").read_text("utf-8"))
    paper = publish_decision(later, "middlemarch", "council-2026-1", key="p1")
    return {
        "place": "middlemarch", "body": "board", "matter": "home_care", "day": "2026-11-25",
        "name": "2026-11-25-board", "reference": "council-2026-1", "number": str(paper.pk),
    }  # fmt: skip


def test_the_document_is_valid_openapi(said):
    assert said["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(said).iter_errors()) == []
    assert len(said["paths"]) > 25


def test_every_address_answers_a_visitor_and_matches_its_schema(said, known):
    visitor, faults, asked = Client(), [], 0
    for path, item in said["paths"].items():
        names = re.findall(r"\{(\w+)\}", path)
        if any(name not in known for name in names) or "/actions/{" in path:
            continue  # nobody has been given an action here, and no matter has this stop
        address = path.format(**known)
        answer = visitor.get(address)
        asked += 1
        if answer.status_code != 200:
            faults.append(f"{address}: {answer.status_code}")
            continue
        schema = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        whole = {**schema, "components": said["components"]}
        faults += [f"{address}: {e.message}" for e in
                   Draft202012Validator(whole).iter_errors(answer.json())]  # fmt: skip
    assert faults == []
    assert asked > 20


PRIVATE = ("/audit", "/accounts", "/desk", "/edit", "/draft", "versions", "/report.", "/report/")


def test_what_is_not_for_everybody_is_not_in_it(said):
    for path in said["paths"]:
        assert not any(word in path for word in PRIVATE), path
        assert set(said["paths"][path]) == {"get"}


def test_nothing_of_a_private_kind_is_in_what_a_visitor_reads(said, known, cast):
    emails = [account.email for name, account in vars(cast).items() if account is not None]
    for path in said["paths"]:
        if any(n not in known for n in re.findall(r"\{(\w+)\}", path)) or "/actions/{" in path:
            continue
        shown = Client().get(path.format(**known)).content.decode()
        assert not any(w in shown for w in ("csrf", "password", "recorded_by")), path
        # Whoever publishes signs the publication with their office's address, and nothing else.
        if "papers" not in path:
            assert not any(email in shown for email in emails), path


def test_a_question_that_cannot_be_read_is_answered_as_described(client, known, said):
    answer = client.get("/middlemarch.json?on=never")
    assert answer.status_code == 400
    schema = {"$ref": "#/components/schemas/Unreadable", "components": said["components"]}
    assert Draft202012Validator(schema).is_valid(answer.json())


def test_the_page_lists_every_address_and_asks_nothing_of_another_host(client, said):
    shown = client.get("/api/").content.decode()
    for path in said["paths"]:
        assert f"<code>{path}</code>" in shown
    assert not re.search(r'(?:src|href)="https?://', shown)
    assert 'href="/api/openapi.json"' in shown
