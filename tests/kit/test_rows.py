"""How rows are made of what was read."""

import pytest
from django.apps import apps
from django.db.models.signals import post_init, pre_init

from tests.factories.people import PersonFactory
from vivaio.kit.models import Row
from vivaio.people.models import Person

ROWS = [model for model in apps.get_models() if issubclass(model, Row)]


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model._meta.label)
def test_nobody_waits_for_the_making_of_a_row(model):
    assert not pre_init.has_listeners(model)
    assert not post_init.has_listeners(model)


@pytest.mark.django_db
def test_what_was_left_out_is_read_when_it_is_asked_for(django_assert_num_queries):
    kept = PersonFactory()

    found = Person.objects.only("email").get(pk=kept.pk)

    assert found.get_deferred_fields() == {
        field.attname for field in Person._meta.concrete_fields if field.name not in ("id", "email")
    }
    with django_assert_num_queries(1):
        assert found.given_name == kept.given_name
    assert found.pk == kept.pk


@pytest.mark.django_db
def test_a_row_that_was_read_is_changed_in_its_place():
    kept = PersonFactory()

    found = Person.objects.get(pk=kept.pk)
    found.given_name = "Nives"
    found.save()

    assert Person.objects.get(pk=kept.pk).given_name == "Nives"
    assert Person.objects.count() == 1
