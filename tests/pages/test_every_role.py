"""Every role at every page: what the policy's table lets through opens, and nothing else does."""

import pytest
from django.urls import get_resolver
from tests.conftest import CAST, PASSWORD, PLACES

from concord.domain.places.policy import PAGES, TABLE, RoleName, acts_for_page

# Each page of the policy's table with an address at Middlemarch and how it is asked for.
ADDRESSES = {
    "places": ("/", "get"),
    "place": ("/middlemarch/", "get"),
    "bodies": ("/middlemarch/bodies/", "get"),
    "people": ("/middlemarch/people/", "get"),
    "agreements": ("/middlemarch/agreements/", "get"),
    "text": ("/middlemarch/agreements/text/", "get"),
    "findings": ("/middlemarch/findings/", "get"),
    "authority": ("/middlemarch/authority/", "get"),
    "desk": ("/desk/", "get"),
    "versions": ("/middlemarch/agreements/versions/", "get"),
    "draft": ("/middlemarch/agreements/draft/", "get"),
    "edit": ("/middlemarch/agreements/edit/", "get"),
    "discard": ("/middlemarch/agreements/discard/", "post"),
    "adopt": ("/middlemarch/agreements/adopt/", "post"),
    "audit": ("/audit/?place=middlemarch", "get"),
    "accounts": ("/accounts/", "get"),
}


def allowed(role: str, page: str) -> bool:
    """As the table of roles says; the arithmetic of dates and places is tested with the policy."""
    return all(act in TABLE[RoleName(role)] for act in acts_for_page(page))


@pytest.fixture
def with_draft(cast, operator):
    """A draft that somebody has begun, so that there is something to read, adopt and discard."""
    from dataclasses import replace

    from concord.commands.agreements import save_draft
    from concord.records.models import Draft

    desk = Draft.objects.desk("middlemarch")
    writer = replace(operator, account=cast.integration_manager)
    return save_draft(writer, "middlemarch", desk.text + "# one more line\n", desk.revision)


@pytest.mark.parametrize("page", ADDRESSES)
@pytest.mark.parametrize("person", [*CAST, "public"])
def test_a_page_opens_for_the_roles_of_the_table_and_for_no_other(
    client, cast, with_draft, person, page
):
    address, method = ADDRESSES[page]
    role = CAST[person][0] if person in CAST else "public"
    if person in CAST:
        client.force_login(getattr(cast, person))
    sent = {"revision": with_draft.revision, "why": "Board, 24 November 2026, minute 4"}
    response = getattr(client, method)(address, sent if method == "post" else {})
    if allowed(role, page):
        # An act that is done leads on to a page that shows it.
        assert response.status_code == (302 if method == "post" else 200)
        assert "/account/login/" not in response.headers.get("Location", "")
    elif person == "public":
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/account/login/")
    else:
        assert response.status_code == 403
        assert "This may not be done" in response.content.decode()


def test_every_page_of_the_table_that_has_an_address_is_tried():
    addresses = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    # The pages of a later subject are tried where that subject is.
    ours = (*PAGES[: PAGES.index("adopt") + 1], "audit", "accounts")
    assert [page for page in ours if page in addresses] == list(ADDRESSES)


def test_data_of_a_page_that_needs_a_sign_in_are_refused_and_not_redirected(client, middlemarch):
    response = client.get("/middlemarch/agreements/versions.json")
    assert response.status_code == 403
    assert response.json()["refused"]["answer"] == "refused"


def test_a_provider_sees_no_more_of_a_place_than_the_public_does(client, cast, with_draft):
    client.force_login(cast.provider)
    shown = client.get("/middlemarch/agreements/versions/").content.decode()
    assert "revision" not in shown.lower()
    assert "one more line" not in shown


def test_whoever_sees_the_roles_of_one_place_sees_those_of_no_other(client, cast, operator):
    from concord.commands.accounts import add_account, grant_role
    from concord.commands.agreements import load_place

    text = (PLACES / "sheffield" / "arrangement.toml").read_text("utf-8")
    load_place(operator, "sheffield", text)
    add_account(operator, "", "stranger@sheffield.example", "A Stranger", PASSWORD)
    grant_role(operator, "sheffield", "stranger@sheffield.example", "councillor")
    client.force_login(cast.auditor)
    shown = client.get("/accounts/").content.decode()
    assert "councillor@middlemarch.example" in shown
    assert "stranger@sheffield.example" not in shown
    client.force_login(cast.administrator)
    assert "stranger@sheffield.example" in client.get("/accounts/").content.decode()
