"""What the tests of applications share."""

import pytest
from django.utils.translation import override

from tests.factories.programmes import holder


@pytest.fixture(autouse=True)
def in_italian():
    """Addresses carry the language that is active here, whatever test ran before."""
    with override("it"):
        yield


@pytest.fixture
def secretary_of(client):
    def sign_in(call, role="secretary"):
        person = holder(call.programme, role)
        client.force_login(person)
        return person

    return sign_in
