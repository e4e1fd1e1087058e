"""The register in a real browser at four widths, without JavaScript, and kept by a clerk."""

from dataclasses import replace

import pytest
from tests.pages.conftest import WIDTHS
from tests.pages.decision_places import load
from tests.pages.register_entries import GROUND, called_in, private, put_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REGISTER = "/middlemarch/decisions/register/"


@pytest.fixture
def clerk(cast, operator):
    return replace(operator, account=cast.democratic_services_officer)


@pytest.fixture
def addresses(clerk, operator):
    """Every page of a register that has something of each kind in it."""
    load(operator, "middlemarch")
    called_in(clerk)
    outcome = put_off(clerk)
    private(clerk)
    return (
        REGISTER,
        f"{REGISTER}?organisation=icb&year=2026",
        f"{REGISTER}council-2026-1/?on=2026-11-24",
        f"{REGISTER}icb-2026-2/",
        f"{REGISTER}outcome-{outcome.pk}/?on=2026-11-24",
        f"{REGISTER}figures/",
        "/search/?q=places",
        "/middlemarch/",
    )


def faults_of(visitor, paths, width):
    found = []
    for path in paths:
        visitor.open(path, width)
        visitor.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found += visitor.check(f"{path} at {width}")
    return found


@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_every_page_of_the_register_is_without_fault(visit, addresses, cast, width):
    assert not (faults := faults_of(visit(), addresses, width)), "\n".join(faults)
    kept = visit(cast.democratic_services_officer)
    forms = (f"{REGISTER}council-2026-1/?on=2026-11-24", f"{REGISTER}council-2026-2/", "/desk/")
    assert not (faults := faults_of(kept, forms, width)), "\n".join(faults)


def test_the_register_is_read_filtered_and_searched_without_javascript(visit, addresses):
    visitor = visit(java_script_enabled=False)
    visitor.open(REGISTER)
    visitor.page.select_option("#f-state", "deferred")
    visitor.page.click("button:has-text('Show them')")
    visitor.page.wait_for_url("**state=deferred**")
    visitor.misses("Forty reablement places")
    visitor.page.fill("#q", "reablement")
    visitor.page.click(".c-side button:has-text('Search')")
    visitor.page.wait_for_url("**/search/**")
    visitor.sees("Forty reablement places")
    visitor.page.click("a:has-text('Forty reablement places') >> nth=0")
    visitor.page.wait_for_url("**/decisions/register/**")
    visitor.sees("Both organisations agreed.")


def test_a_clerk_records_that_scrutiny_endorsed_a_decision_and_both_halves_are_in_effect(
    visit, addresses, cast
):
    visitor = visit(cast.democratic_services_officer)
    visitor.open(f"{REGISTER}council-2026-1/?on=2026-11-24")
    visitor.sees(GROUND)
    visitor.page.click("summary:has-text('Record that scrutiny endorsed it')")
    form = visitor.page.locator("form:has(input[value='endorse'])")
    form.locator("input[name=at_day]").fill("2026-11-20")
    form.locator("input[name=at_time]").fill("11:00")
    form.locator("button").click()
    visitor.sees("Recorded: endorse.")
    visitor.sees("Both organisations agreed. It is in effect.")


def test_on_a_phone_the_sentence_that_answers_stands_on_the_first_screen(visit, addresses):
    visitor = visit()
    visitor.open(f"{REGISTER}council-2026-1/?on=2026-11-24", 375)
    box = visitor.page.locator("b:has-text('It cannot start yet')").bounding_box()
    assert box["y"] + box["height"] < 830
