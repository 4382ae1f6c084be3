"""What the tests of applications share."""

import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def in_italian():
    """Addresses carry the language that is active here, whatever test ran before."""
    with override("it"):
        yield
