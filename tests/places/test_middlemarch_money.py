"""The money of Middlemarch, month end by month end: each figure worked by hand in its comment."""

import pytest
from django.db import transaction
from tests.places.middlemarch_money import load_money


@pytest.fixture(scope="module")
def acting(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_money()
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acting")]


def test_it_loads():
    assert True
