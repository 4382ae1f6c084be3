"""What the tests of the jury share."""

import pytest
from django.utils import translation


@pytest.fixture
def in_english():
    """Reasons and pages are read in English, whatever is the first language."""
    with translation.override("en"):
        yield
