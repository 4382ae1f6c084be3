"""Miracolo a Milano, from its blueprint to a published ranking, as its people would play it."""

import pytest

from tests.journeys import opening
from vivaio.blueprints.demo.people import cast
from vivaio.blueprints.demo.play import vat_number

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_selection_of_miracolo(stage):
    opening.apply_the_blueprint(stage)
    teresa = stage.enter("teresa@filo.example", "Teresa Brambati", "it")
    opening.register(teresa, "cooperative", "Filo di Ringhiera", vat_number(0))
    opening.write(teresa, "Cooperative", cast()["cooperatives"][0])
    opening.hand_in(teresa)
