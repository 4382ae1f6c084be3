"""A round of placements while preferences are given, and one whose preferences are over."""

import pytest

from tests.experts.scenes import Scene
from tests.factories.placing import over


@pytest.fixture
def scene():
    return Scene()


@pytest.fixture
def ended():
    return Scene(over)
