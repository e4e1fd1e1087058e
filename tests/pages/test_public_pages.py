"""Every page a visitor may open: it answers, its data stand beside it, it asks no other host."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from concord.commands.agreements import load_place

PAGES = [
    "/",
    "/glossary/",
    "/law/",
    "/accessibility/",
    "/middlemarch/",
    "/middlemarch/bodies/",
    "/middlemarch/bodies/board/",
    "/middlemarch/people/",
    "/middlemarch/agreements/",
    "/middlemarch/agreements/text/",
    "/middlemarch/findings/",
    "/middlemarch/authority/",
    "/middlemarch/authority/?function=social_care&amount=700,000",
]
REAL = ("city_of_london", "doncaster", "nottinghamshire", "sheffield", "southampton")
ELSEWHERE = re.compile(r"""(?:src|href|action|srcset)=["'](?:https?:)?//""")


def data_address(page: str) -> str:
    path, mark, query = page.partition("?")
    return (path.rstrip("/") or "/index") + ".json" + mark + query


@pytest.fixture
def function(middlemarch):
    """The question's page names a function that the text really has."""
    from concord.web.places import read

    return next(iter(read(middlemarch.text).arrangement.functions))


@pytest.fixture
def asked(function):
    return [page.replace("function=social_care", f"function={function}") for page in PAGES]


def test_every_public_page_answers_and_links_to_its_data(client, asked):
    for page in asked:
        response = client.get(page)
        assert response.status_code == 200, page
        shown = response.content.decode()
        address = data_address(page).partition("?")[0]
        assert f'href="{address}' in shown, f"{page} does not link to its data"


def test_every_public_page_has_its_data_at_the_same_address(client, asked):
    for page in asked:
        response = client.get(data_address(page))
        assert response.status_code == 200, page
        assert response.headers["Content-Type"] == "application/json"
        assert json.loads(response.content)


def test_no_public_page_asks_anything_of_another_host(client, asked):
    for page in asked:
        shown = client.get(page).content.decode()
        found = [m.group() for m in ELSEWHERE.finditer(shown)]
        assert not found, f"{page}: {found}"


def test_no_page_carries_a_style_or_a_script_of_its_own(client, asked):
    for page in asked:
        shown = client.get(page).content.decode()
        for inline in (r" style=", r"<style", r" on\w+=", r"<script(?![^>]*\bsrc=)"):
            assert not re.search(inline, shown), f"{page}: {inline}"


def test_every_page_is_sent_with_the_headers_that_keep_it_safe(client, asked):
    for page in asked:
        headers = client.get(page).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"], page
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("place", REAL)
def test_every_page_of_the_five_published_places_answers(client, operator, db, place):
    from pathlib import Path

    text = (Path(__file__).parents[2] / "places" / place / "arrangement.toml").read_text("utf-8")
    version = load_place(operator, place, text)
    from concord.web.places import read

    bodies = read(version.text).arrangement.bodies
    names = ("place", "bodies", "people", "agreements", "text", "findings", "authority")
    addresses = [reverse(name, args=[place]) for name in names]
    addresses += [reverse("body", args=[place, body]) for body in bodies]
    for address in addresses:
        for tail in ("", "?on=2010-01-01", "?on=2031-12-31"):
            assert client.get(address + tail).status_code == 200, address + tail


def test_the_fictional_place_says_that_it_is_made_up_on_each_of_its_pages(client, asked):
    for page in (one for one in asked if "middlemarch" in one):
        assert "are made up" in client.get(page).content.decode(), page
    assert "Example place" in client.get("/").content.decode()


def test_a_place_read_from_an_old_report_is_shown_as_the_report_found_it(client, operator, db):
    from pathlib import Path

    file = Path(__file__).parents[2] / "places" / "southampton" / "arrangement.toml"
    load_place(operator, "southampton", file.read_text("utf-8"))
    # Source 001 is dated 18 July 2017, a Tuesday.
    shown = client.get("/southampton/").content.decode().replace("\xa0", " ")
    assert "As it stood on Tuesday 18 July 2017" in shown


def test_another_day_can_be_asked_and_is_kept_from_page_to_page(client, middlemarch):
    shown = client.get("/middlemarch/?on=2024-10-01").content.decode().replace("\xa0", " ")
    assert "As it stood on Tuesday 1 October 2024" in shown
    assert 'href="/middlemarch/bodies/?on=2024-10-01"' in shown
    assert json.loads(client.get("/middlemarch.json?on=2024-10-01").content)["on"] == "2024-10-01"


def test_a_day_is_asked_in_three_fields_as_well_as_in_an_address(client, middlemarch):
    asked = {"on-day": "1", "on-month": "10", "on-year": "2024"}
    shown = client.get("/middlemarch/", asked).content.decode().replace("\xa0", " ")
    assert "As it stood on Tuesday 1 October 2024" in shown
    assert client.get("/middlemarch/", {**asked, "on-month": "13"}).status_code == 400
    assert client.get("/middlemarch/", {"on-day": "5"}).status_code == 400


@pytest.mark.parametrize("on", ["24/11/2026", "2026-02-30", "yesterday", "<script>", "9" * 5000])
def test_a_day_that_cannot_be_read_is_told_calmly(client, middlemarch, on):
    response = client.get("/middlemarch/", {"on": on})
    assert response.status_code == 400
    shown = response.content.decode()
    assert "year, month, day" in shown
    assert "<script>" not in shown
    assert client.get("/middlemarch.json", {"on": on}).status_code == 400


def test_a_place_or_body_that_is_not_kept_is_a_page_that_says_so(client, middlemarch):
    for address in ("/atlantis/", "/atlantis.json", "/middlemarch/bodies/nobody/"):
        response = client.get(address)
        assert response.status_code == 404
    assert "There is no such page" in client.get("/atlantis/").content.decode()


def test_every_line_of_the_text_has_an_address(client, middlemarch):
    shown = client.get("/middlemarch/agreements/text/").content.decode()
    for number in (1, 2, middlemarch.text.count("\n")):
        assert f'id="L{number}"' in shown
    data = json.loads(client.get("/middlemarch/agreements/text.json").content)
    assert data["sha256"] == middlemarch.sha256
    assert "\n".join(line["text"] for line in data["lines"]) == middlemarch.text.rstrip("\n")


def test_pages_are_shown_without_a_cookie_to_a_visitor_who_only_reads(client, middlemarch):
    response = client.get("/middlemarch/")
    assert not response.cookies


def test_a_post_to_a_page_that_is_only_read_changes_nothing(middlemarch):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/middlemarch/").status_code in (403, 405)
