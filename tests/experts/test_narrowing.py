"""Whom a large bank puts forward is whom weighing every expert would: the database only leaves the others out."""

import datetime as dt
import random

import pytest

from tests.factories.experts import CompetenceFactory, ExpertFieldFactory, asked_by
from tests.factories.initiatives import InitiativeFactory
from tests.factories.programmes import ProgrammeFactory
from vivaio.experts import planning
from vivaio.experts.fit import fit
from vivaio.experts.models import ExpertCompetence, ExpertProfile
from vivaio.experts.queries import matching as queries
from vivaio.experts.queries import requests as asked
from vivaio.experts.states import ProfileState
from vivaio.kit import clock
from vivaio.people.models import Person

pytestmark = pytest.mark.django_db
EXPERTS, MOST = 400, 12
NAMES = ("Ada", "ada", "Èlia", "Élodie", "Zoe", "d'Alba", "", " ")
SECTORS = ("culture", "education", "environment")


def away(draw):
    """Spans of days, some over, some that hold the day when the work is needed."""
    begins = clock.today() + dt.timedelta(days=draw.choice((-90, -3, 10, 40)))
    return [[begins.isoformat(), (begins + dt.timedelta(days=draw.choice((1, 30, 200)))).isoformat()]]


def bank(programme, competences, draw):
    """Experts of every kind, many of whom fit equally well."""
    people = Person.objects.bulk_create(
        Person(
            email=f"{draw.random()}-{n}@example.org",
            given_name=draw.choice(NAMES).strip(),
            family_name=draw.choice(NAMES).strip() and f"{draw.choice(NAMES).strip()} {n}",
        )
        for n in range(EXPERTS)
    )
    profiles = ExpertProfile.objects.bulk_create(
        ExpertProfile(
            programme=programme,
            person=person,
            state=draw.choice((ProfileState.CHECKED,) * 9 + (ProfileState.PAUSED,)),
            languages=draw.choice(({"it": "native"}, {"it": "B1", "de": "native"}, {"de": "C1"})),
            sectors=draw.sample(SECTORS, draw.randrange(3)),
            remote=draw.random() < 0.7,
            in_person=draw.random() < 0.6,
            hours_a_month=8,
            away=draw.choice(([], [], away(draw), away(draw) + away(draw))),
        )
        for person in people
    )
    ExpertCompetence.objects.bulk_create(
        ExpertCompetence(profile=profile, competence=one, level=draw.randrange(1, 4))
        for profile in profiles
        for one in draw.sample(competences, draw.randrange(4))
    )
    return profiles


@pytest.mark.parametrize("seed", range(6))
def test_the_first_are_those_of_the_whole_bank_in_the_same_order(seed):
    draw = random.Random(seed)
    programme = ProgrammeFactory()
    field = ExpertFieldFactory(programme=programme)
    competences = [CompetenceFactory(field=field) for _number in range(5)]
    profiles = bank(programme, competences, draw)
    wanted = draw.sample(competences, seed % 4)  # the first asks for none
    initiative = InitiativeFactory(programme=programme, sectors=draw.sample(SECTORS, seed % 3))
    made = asked_by(initiative, *wanted, level=1 + seed % 3, remote=bool(seed % 2))
    request = asked.requests().get(pk=made.pk)
    related = {one.person_id for one in draw.sample(profiles, 15)}
    near = {one.pk: (draw.uniform(-0.2, 1.0), "Scrive statuti.") for one in draw.sample(profiles, 40)}

    found = planning.suggestions(request, queries.candidates(programme), related, near, most=MOST)
    everybody = [
        (one, fit(request, one, near, related=one.person_id in related))
        for one in queries.candidates(programme)
    ]
    everybody.sort(key=lambda pair: (bool(pair[1].barred), -pair[1].score, str(pair[0])))

    def proposed(pairs):
        return [pair for pair in pairs if pair[1].fits][:MOST]

    def tied(pairs):
        return [pair for pair in pairs if pair[1].barred == "related"]

    assert bool(proposed(everybody)) == bool(wanted)
    assert proposed(found) == proposed(everybody)
    assert tied(found) == tied(everybody)
    assert len(found) < len(everybody)
