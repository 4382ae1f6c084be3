"""How old somebody is, and from when they decide alone."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from tests.factories.people import PersonFactory
from vivaio.journal.models import Record
from vivaio.people import actions, ages
from vivaio.people.states import Country


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (dt.date(2010, 6, 15), dt.date(2028, 6, 14), 17),
        (dt.date(2010, 6, 15), dt.date(2028, 6, 15), 18),
        (dt.date(2008, 2, 29), dt.date(2026, 2, 28), 17),
        (dt.date(2008, 2, 29), dt.date(2026, 3, 1), 18),
        (dt.date(2008, 2, 29), dt.date(2028, 2, 29), 20),
    ],
)
def test_a_year_more_comes_with_the_birthday(born, day, age):
    assert ages.age_on(born, day) == age


def test_every_member_state_has_an_age_of_consent_and_others_have_that_of_the_regulation():
    members = set(Country.values) - {"CH"}
    assert members == set(ages.CONSENT_AGES)
    assert {ages.consent_age(country) for country in members} == {13, 14, 15, 16}
    assert (ages.consent_age("IT"), ages.consent_age("CH"), ages.consent_age("")) == (14, 16, 16)


@pytest.mark.django_db
class TestOnRecord:
    def told(self, client, person, born_on):
        client.force_login(person)
        return client.post(
            reverse("people:profile"),
            {"given_name": "Ada", "family_name": "Negri", "language": "it", "born_on": born_on},
        )

    def test_it_is_told_on_ones_own_page_and_the_register_keeps_no_date(self, client):
        person = PersonFactory()
        assert self.told(client, person, "1990-05-01").status_code == 302
        person.refresh_from_db()
        assert person.born_on == dt.date(1990, 5, 1)
        assert "1990" not in str(list(Record.objects.values_list("fields", flat=True)))

    @pytest.mark.parametrize("born_on", ["2999-01-01", "1700-01-01"])
    def test_a_date_that_cannot_be_true_is_refused(self, client, born_on):
        person = PersonFactory()
        assert "controlla l’anno" in self.told(client, person, born_on).text
        person.refresh_from_db()
        assert person.born_on is None

    @pytest.mark.parametrize("born_on", ["1990-05-01", ""])
    def test_nobody_grows_up_with_a_press_of_a_key(self, client, born_on):
        with time_machine.travel("2026-11-22T10:00Z"):
            person = PersonFactory(born_on=dt.date(2012, 1, 1))
            assert "Risulti minorenne" in self.told(client, person, born_on).text
        person.refresh_from_db()
        assert person.born_on == dt.date(2012, 1, 1)

    def test_the_administrator_corrects_it_and_nobody_else_does(self, client):
        person = PersonFactory(born_on=dt.date(2020, 1, 1), country="IT")
        address = reverse("people:correct_birth", args=[person.pk])
        client.force_login(PersonFactory())
        assert client.post(address, {"born_on": "1990-01-01"}).status_code == 404
        client.force_login(PersonFactory(is_administrator=True))
        assert "Correggi la data" in client.get(reverse("people:account", args=[person.pk])).text
        assert client.post(address, {"born_on": "x"}).status_code == 422
        assert client.post(address, {"born_on": "1990-01-01"}).status_code == 302
        person.refresh_from_db()
        assert (person.born_on, person.country) == (dt.date(1990, 1, 1), "IT")

    def test_of_age_nothing_waits_any_more(self):
        with time_machine.travel("2026-11-22T10:00Z"):
            person = PersonFactory(born_on=dt.date(2008, 11, 23))
            made = actions.name_guardian(
                person.pk, None,
                {"name": "Rosa Neri", "email": "rosa@example.org", "relation": "parent", "language": "it"},
                by=person,
            )  # fmt: skip
            assert actions.end_guardianships() == 0
        with time_machine.travel("2026-11-23T10:00Z"):
            assert actions.end_guardianships() == 1
            assert actions.end_guardianships() == 0
        made.refresh_from_db()
        assert made.state == "ended"
