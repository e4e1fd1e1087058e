"""A page asks the database no more questions for 150 places than for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concord.commands.agreements import load_place

ADDRESSES = (
    "/",
    "/index.json",
    "/p001/",
    "/p001/bodies/",
    "/p001/agreements/text/",
    "/p001/findings/",
)
SIGNED_IN = ("/desk/", "/audit/", "/p001/agreements/edit/", "/p001/agreements/versions/")


def generated(number: int) -> str:
    """A small place of two partners, unlike every other only in its name."""
    return f"""format = 1
standing = "adopted"
source = "s75"
[place]
name = "Place {number:03}"
fictional = true
[sources]
s75 = {{ title = "Agreement of place {number:03}" }}
[organisations.council]
name = "Council {number:03}"
kind = "council"
governance = "leader and cabinet"
key_decision = "not stated"
[organisations.icb]
name = "NHS Board {number:03}"
kind = "integrated care board"
starts = 2022-07-01
[functions]
care = {{ name = "Adult social care", of = "council", kind = "executive" }}
[bodies.cabinet]
name = "Cabinet"
of = "council"
legal_form = "cabinet"
"""


def questions(client, addresses):
    found = {}
    for address in addresses:
        client.get(address)  # so that nothing is counted that only a first request asks
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200, address
        found[address] = len(asked)
    return found


@pytest.fixture
def places(db, operator):
    def load(first, last):
        for number in range(first, last + 1):
            load_place(operator, f"p{number:03}", generated(number))

    return load


def test_no_page_asks_more_of_the_database_when_there_are_more_places(client, places, cast):
    places(1, 3)
    few = questions(client, ADDRESSES)
    client.force_login(cast.board_officer)
    from concord.records.models import Role

    Role.objects.filter(account=cast.board_officer).update(place="", organisation="")
    few_signed_in = questions(client, SIGNED_IN)
    client.logout()
    places(4, 150)
    assert questions(client, ADDRESSES) == few
    client.force_login(cast.board_officer)
    assert questions(client, SIGNED_IN) == few_signed_in


def test_a_public_page_asks_one_question_of_the_database(client, places):
    places(1, 3)
    counted = questions(client, ADDRESSES)
    # A place's own page also asks what is decided next and what was decided, what is promised,
    # what is overdue of either, and what its funds come to.
    assert counted.pop("/p001/") == 7
    assert set(counted.values()) == {1}, counted
