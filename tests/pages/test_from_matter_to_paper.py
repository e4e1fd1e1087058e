"""A paper from matter to publication in a real browser, by three people who each sign in.

The accounts bear the names of those who hold the posts in Middlemarch's text: only who holds a
post may sign as it.
"""

import hashlib
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from tests.conftest import PASSWORD
from tests.documents.pdf_reading import everything

from concord.commands.accounts import add_account, grant_role
from concord.commands.decisions import load_matter
from concord.records.models import Publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AUTHOR, FINANCE, CLERK = "Caleb Garth", "Nicholas Bulstrode", "Mary Garth"
ROLES = {
    AUTHOR: "integration manager",
    FINANCE: "pool manager",
    CLERK: "democratic services officer",
}
BEDS_COST = re.compile("Edit this part ?, The beds cost")
REPORT = "/middlemarch/decisions/beds/report/"
# Far enough off for its papers to be in time on any day on which this is run.
MEETS = localdate() + timedelta(days=60)


def email(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@middlemarch.example"


@pytest.fixture
def people(middlemarch, operator):
    text = (Path(__file__).parents[1] / "commands" / "beds.toml").read_text("utf-8")
    load_matter(operator, "middlemarch", "beds", text.replace("2026-12-15", f"{MEETS}"))
    for name, role in ROLES.items():
        add_account(operator, "", email(name), name, PASSWORD)
        grant_role(operator, "middlemarch", email(name), role, "council", date(2026, 4, 1))


@pytest.fixture
def signs_in(visit, people):
    """Opens a browser of their own for somebody, through the page where everybody signs in."""

    def start(name: str, towards: str = REPORT):
        visitor = visit()
        visitor.open(f"/account/login/?next={towards}")
        visitor.page.get_by_label("E-mail address").fill(email(name))
        visitor.page.get_by_label("Password").fill(PASSWORD)
        visitor.page.click("button:has-text('Sign in')")
        visitor.stands_at(f"**{towards}")
        return visitor

    return start


def press(visitor, words: str) -> None:
    visitor.page.get_by_role("button", name=words).first.click()


LEAD = ".c-head .c-lead"


def write_and_ask(author) -> None:
    page = author.page
    page.get_by_role("link", name=BEDS_COST).click()
    words = page.get_by_label("Its words")
    words.fill("The beds cost {money:beds} in all, which the care pool's budget holds.")
    press(author, "Save this part")
    author.sees("which the care pool's budget holds", "article")
    author.sees("Cannot be submitted yet", LEAD)
    press(author, "Ask for the sign-offs that are missing")
    author.sees("people are asked to sign")


# What each of the two posts signs for.
SIGNS_FOR = {"Section 151 Officer": "Finance", "Director of Adult Social Care": "Director"}


def sign(visitor, post: str) -> None:
    press(visitor, f"Sign as {post}")
    visitor.sees(f"{SIGNS_FOR[post]}: signed.")


def submit(author) -> None:
    press(author, "Submit the report")
    author.sees("Submitted as version 2.")


def publish(clerk) -> None:
    press(clerk, "Publish")
    clerk.sees("with proof")


def test_a_paper_goes_from_draft_to_the_public_by_three_people_in_three_browsers(signs_in, visit):
    author = signs_in(AUTHOR)
    write_and_ask(author)

    finance = signs_in(FINANCE)
    for forbidden in ("Submit the report", "Publish"):
        assert finance.page.get_by_role("button", name=forbidden).count() == 0
    sign(finance, "Section 151 Officer")

    author.open(REPORT)
    sign(author, "Director of Adult Social Care")
    submit(author)

    public = visit()
    assert public.page.goto(f"{public.address}{REPORT}").status in (200, 403, 404)
    assert "care pool's budget holds" not in public.page.content()

    clerk = signs_in(CLERK)
    publish(clerk)

    public.faults.clear()
    public.open("/middlemarch/decisions/beds/paper/cabinet/")
    paper = public.page.inner_text("article")
    assert "The beds cost £240,000 in all, which the care pool's budget holds." in paper
    public.sees("Published on", LEAD)
    assert "SECRETPRICE" not in public.page.content()
    faults = [*author.check("the report"), *clerk.check("the paper"), *public.check("the public")]
    assert not faults, "\n".join(faults)


def test_what_the_public_downloads_is_what_the_register_holds_the_hash_of(signs_in, visit):
    author = signs_in(AUTHOR)
    write_and_ask(author)
    sign(signs_in(FINANCE), "Section 151 Officer")
    author.open(REPORT)
    sign(author, "Director of Adult Social Care")
    submit(author)
    publish(signs_in(CLERK))

    public = visit()
    public.open("/middlemarch/decisions/beds/paper/cabinet/")
    href = public.page.get_by_role("link", name="PDF", exact=True).first.get_attribute("href")
    document = public.context.request.get(public.address + href)
    row = Publication.objects.get(media_type="application/pdf")
    assert hashlib.sha256(document.body()).hexdigest() == row.sha256
    assert "SECRETPRICE" not in everything(document.body())
    public.open(f"/middlemarch/papers/{row.pk}/")
    assert row.sha256 in public.page.inner_text("main").replace("\n", "").replace(" ", "")
    assert CLERK in public.page.inner_text("main") or "Published" in public.page.inner_text("main")


def test_a_part_changed_after_it_was_signed_asks_its_signer_again_and_nobody_else(signs_in):
    author = signs_in(AUTHOR)
    write_and_ask(author)
    finance = signs_in(FINANCE)
    sign(finance, "Section 151 Officer")
    author.open(REPORT)
    author.page.get_by_role("link", name=BEDS_COST).click()
    author.page.get_by_label("Its words").fill("The beds cost {money:beds}, from next year's pool.")
    press(author, "Save this part")
    author.sees("must be given again", LEAD)
    assert author.page.get_by_role("button", name="Submit the report").count() == 0
    finance.open(REPORT)
    sign(finance, "Section 151 Officer")
    finance.misses("must be given again", LEAD)
