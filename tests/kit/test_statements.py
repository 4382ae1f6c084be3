"""Statements that are built once answer as the querysets would, and let nothing of one person stay for another."""

import datetime as dt

import pytest
from django.db import transaction
from django.db.models import Value
from django.http import Http404
from django.utils.translation import get_language, override

from tests.factories.applications import ApplicationFactory
from tests.factories.people import PersonFactory
from tests.together import at_once
from vivaio.applications.queries import locked_call, locked_to_write
from vivaio.experts.models import ExpertProfile
from vivaio.kit import clock
from vivaio.kit.statements import Cut, NotKept, Statement
from vivaio.people.models import Person

pytestmark = pytest.mark.django_db


def test_the_real_values_take_the_places_of_their_stand_ins(django_assert_num_queries):
    anna, bruno = PersonFactory(), PersonFactory()
    built = []

    def build(person):
        built.append(person)
        return Person.objects.filter(pk=person.pk)

    of_person = Statement(build)
    with django_assert_num_queries(2):
        assert of_person.rows(person=anna) == [anna]
        assert of_person.rows(person=bruno) == [bruno]
    assert len(built) == 1
    assert of_person.rows(person=Person()) == []


def test_texts_and_instants_are_given_too():
    anna = PersonFactory(family_name="Tavecchia")
    since = Statement(lambda name, when: Person.objects.filter(family_name=name, created_at__gte=when))
    hour = dt.timedelta(hours=1)
    assert since.rows(name="Tavecchia", when=clock.now() - hour) == [anna]
    assert since.rows(name="Tavecchia", when=clock.now() + hour) == []
    assert since.rows(name="Vismara", when=clock.now() - hour) == []


def test_what_a_person_may_is_part_of_the_shape():
    anna, chief = PersonFactory(), PersonFactory(is_administrator=True)

    def build(person):
        return Person.objects.all() if person.is_administrator else Person.objects.filter(pk=person.pk)

    seen = Statement(build, reads={"person": ("is_administrator",)})
    assert set(seen.rows(person=anna)) == {anna}
    assert set(seen.rows(person=chief)) == {anna, chief}
    assert set(seen.rows(person=anna)) == {anna}


def test_a_field_that_was_not_named_is_not_read():
    """Who stands in has no name and no address: a statement that asks for one finds nobody, and fails."""
    anna = PersonFactory()
    with pytest.raises(Person.DoesNotExist):
        Statement(lambda person: Person.objects.filter(email=person.email)).rows(person=anna)


@pytest.mark.parametrize("of", ["id", "instant", "list of ids"])
def test_an_id_or_an_instant_that_came_another_way_is_refused(of):
    anna = PersonFactory()
    builds = {
        "id": lambda: Person.objects.filter(pk=anna.pk),
        "instant": lambda: Person.objects.filter(created_at__lte=clock.now()),
        "list of ids": lambda: Person.objects.filter(pk__in=[anna.pk]),
    }
    with pytest.raises(NotKept):
        Statement(lambda person: builds[of]()).rows(person=anna)


def test_a_text_inside_another_value_is_refused():
    """It would stay there for whoever asks next."""
    spoken = Statement(lambda text: ExpertProfile.objects.filter(languages={"it": text}))
    with pytest.raises(NotKept):
        spoken.rows(text="native")


def test_a_row_that_is_deleted_is_refused_and_spoils_nothing_for_others():
    anna, gone = PersonFactory(), PersonFactory()
    gone.delete()
    of_person = Statement(lambda person: Person.objects.filter(pk=person.pk))
    with pytest.raises(NotKept):
        of_person.rows(person=gone)
    assert of_person.rows(person=anna) == [anna]


def test_the_language_belongs_to_the_shape():
    PersonFactory()
    spoken = Statement(
        lambda: Person.objects.order_by("pk").values_list(Value(get_language()), flat=True)[:1]
    )
    for language in ("it", "en", "it"):
        with override(language):
            assert spoken.rows() == [language]


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_are_answered_each_for_themselves():
    anna, bruno = PersonFactory(), PersonFactory()
    of_person = Statement(lambda person: Person.objects.filter(pk=person.pk))
    asks = [lambda one=one: [of_person.one(person=one).pk for _time in range(20)] for one in (anna, bruno)]
    assert at_once(*asks) == [[anna.pk] * 20, [bruno.pk] * 20]


def test_an_identifier_may_come_as_text_where_a_row_is_locked():
    application = ApplicationFactory()
    with transaction.atomic():
        assert locked_to_write(str(application.pk)) == application
        assert locked_call(str(application.call_id)).pk == application.call_id


def test_nothing_to_find_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Statement(lambda key: Person.objects.none()).rows(key="x") == []
        cut = Cut(Statement(lambda key: Person.objects.none()).of(key="x"), "all", lambda rows: rows)
        assert cut.count() == 0


def test_one_row_or_none():
    anna = PersonFactory()
    by_name = Statement(lambda name: Person.objects.filter(family_name=name))
    assert by_name.one_or_404(name=anna.family_name) == anna
    assert by_name.first(name=anna.family_name) == anna
    assert by_name.first(name="Nessuno") is None
    with pytest.raises(Http404):
        by_name.one_or_404(name="Nessuno")


def test_a_list_counts_and_cuts_its_pages():
    people = PersonFactory.create_batch(5, given_name="Piero")
    named = Statement(lambda name: Person.objects.filter(given_name=name)).of(name=people[0].given_name)
    cut = Cut(named, "by key", lambda rows: rows.order_by("pk"))
    ordered = sorted(people, key=lambda person: person.pk)
    assert cut.count() == 5
    assert cut[0:2] == ordered[:2]
    assert cut[4:6] == ordered[4:]
    assert list(cut) == ordered
    assert list(named.queryset().order_by("pk")) == ordered


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_in_a_transaction_alone():
    anna = PersonFactory()
    locked = Statement(lambda person: Person.objects.select_for_update().filter(pk=person.pk))
    with transaction.atomic():
        assert locked.rows(person=anna) == [anna]
    with pytest.raises(transaction.TransactionManagementError):
        locked.rows(person=anna)
