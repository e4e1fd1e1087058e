"""What is asked in an address, good or bad: answered, or told calmly what cannot be read."""

import json
from urllib.parse import urlencode

import pytest

from concord.commands.agreements import load_place

HOSTILE = '<script>alert("x")</script>'


@pytest.fixture
def southampton(db, operator):
    from pathlib import Path

    file = Path(__file__).parents[2] / "places" / "southampton" / "arrangement.toml"
    return load_place(operator, "southampton", file.read_text("utf-8"))


def ask(client, **asked) -> dict:
    query = urlencode(
        {"function": "executive_commissioning", "on": "2017-10-10", **asked}, doseq=True
    )
    response = client.get(f"/southampton/authority.json?{query}")
    assert response.status_code == 200, response.content
    return json.loads(response.content)


AGREED = {
    "when": "after",
    "body": "board",
    "budget": "yes",
    "mode": "pooled",
    "happened": ["consulted:board"],
}


def by_limit(said: dict, delegation: str) -> str:
    """The answer of the option that rests on that delegation."""
    options = said["ruling"]["halves"][0]["options"]
    return next(one["answer"] for one in options if one["delegations"] == [delegation])


def test_two_million_with_three_of_three_is_within_the_raised_limit(client, southampton):
    # 001 ¶28: up to £2m, only when all three cabinet members on the Board agree.
    said = ask(client, amount="2,000,000", **AGREED)
    assert by_limit(said, "executive_raised") == "stands"


def test_a_pound_more_than_two_million_is_refused_by_the_limit(client, southampton):
    said = ask(client, amount="2,000,001", **AGREED)
    assert by_limit(said, "executive_raised") == "refused"
    assert by_limit(said, "executive") == "refused"


def test_two_of_three_leaves_the_raised_limit_refused_and_the_ordinary_one_not_stated(
    client, southampton
):
    said = ask(client, amount="1,900,000", **AGREED, **{"agree.cabinet_members": 2})
    assert by_limit(said, "executive_raised") == "refused"
    assert by_limit(said, "executive") == "not stated"
    assert said["question"]["seats"][0]["agree"] == 2


def test_the_page_and_its_data_give_one_answer(client, southampton):
    query = urlencode({"function": "executive_commissioning", "on": "2017-10-10", "amount": "5"})
    said = json.loads(client.get(f"/southampton/authority.json?{query}").content)
    shown = client.get(f"/southampton/authority/?{query}").content.decode()
    for half in said["ruling"]["halves"]:
        for option in half["options"]:
            assert option["label"] in shown.replace("&#39;", "'")


def test_the_clock_of_a_key_decision_is_worked_out_beside_the_answer(client, southampton):
    shown = client.get(
        "/southampton/authority/?function=executive_commissioning&on=2017-10-10"
    ).content.decode()
    # 28 clear days before Tuesday 10 October 2017: Monday 11 September (the day of neither counts).
    assert "Monday 11 September 2017" in shown.replace("\xa0", " ")


@pytest.mark.parametrize(
    "asked",
    [
        {"function": "no_such_function"},
        {"amount": "1.9m"},
        {"amount": "two million"},
        {"amount": "-5"},
        {"amount": "9" * 400},
        {"act": "abolish"},
        {"mode": HOSTILE},
        {"on": "10/10/2017"},
    ],
)
def test_a_question_that_cannot_be_read_is_told_with_what_would_mend_it(client, southampton, asked):
    query = {"function": "executive_commissioning", "on": "2017-10-10", **asked}
    response = client.get("/southampton/authority/", query)
    assert response.status_code == 400
    shown = response.content.decode()
    assert "What would mend it" in shown
    assert HOSTILE not in shown


@pytest.mark.parametrize(
    "asked",
    [
        {"agree.cabinet_members": "-1"},
        {"agree.cabinet_members": "9" * 30},
        {"agree.nobody": "2"},
        {"present.cabinet_members": "٣"},
        {"happened": [HOSTILE, "consulted:", "nonsense", "decided:|"]},
        {"body": HOSTILE},
        {"when": HOSTILE, "budget": HOSTILE, "unknown": HOSTILE},
    ],
)
def test_nonsense_among_the_facts_is_passed_over_and_never_printed_raw(client, southampton, asked):
    query = {"function": "executive_commissioning", "amount": "5", "when": "after", **asked}
    response = client.get("/southampton/authority/", query)
    assert response.status_code == 200
    assert HOSTILE not in response.content.decode()


def test_a_text_full_of_markup_is_shown_as_words(client, operator, db):
    text = f"""format = 1
standing = "adopted"
source = "s"
[place]
name = '{HOSTILE}'
[sources]
s = {{ title = '{HOSTILE}' }}
[organisations]
council = {{ name = '{HOSTILE}', kind = "council", governance = "leader and cabinet" }}
[functions]
care = {{ name = '{HOSTILE}', of = "council", kind = "executive" }}
[posts]
lead = {{ name = '{HOSTILE}', of = "council", held_by = '{HOSTILE}' }}
[bodies]
cabinet = {{ name = '{HOSTILE}', of = "council", legal_form = "cabinet" }}
[duties]
report = {{ what = '{HOSTILE}', owner = "cabinet", every = "3 months" }}
"""
    load_place(operator, "markup", text)
    pages = ["", "bodies/", "bodies/cabinet/", "people/", "agreements/", "agreements/text/"]
    pages += ["findings/", "authority/", "authority/?function=care"]
    for page in ["/", *(f"/markup/{page}" for page in pages)]:
        response = client.get(page)
        assert response.status_code == 200, page
        assert HOSTILE not in response.content.decode(), page
