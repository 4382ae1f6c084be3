"""The competence bank for tests, in the state that a test starts from, without the actions that lead there."""

import datetime as dt

import factory

from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory
from vivaio.experts.models import (
    Bank,
    Competence,
    ExpertCompetence,
    ExpertField,
    ExpertInvitation,
    ExpertProfile,
)
from vivaio.experts.states import Level, ProfileState
from vivaio.kit import clock, tokens
from vivaio.programmes.models import RoleHolding


class BankFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Bank
        django_get_or_create = ("programme",)

    programme = factory.SubFactory(ProgrammeFactory)
    hour_value = "40.00"


class ExpertFieldFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExpertField

    programme = factory.SubFactory(ProgrammeFactory)
    key = factory.Sequence(lambda n: f"campo-{n}")
    title = factory.Sequence(lambda n: f"Campo {n}")
    position = factory.Sequence(lambda n: n % 30000)


class CompetenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Competence

    field = factory.SubFactory(ExpertFieldFactory)
    key = factory.Sequence(lambda n: f"competenza-{n}")
    title = factory.Sequence(lambda n: f"Competenza {n}")
    position = factory.Sequence(lambda n: n % 30000)


class ExpertProfileFactory(factory.django.DjangoModelFactory):
    """A checked expert without competences."""

    class Meta:
        model = ExpertProfile

    programme = factory.SubFactory(ProgrammeFactory)
    person = factory.SubFactory(PersonFactory)
    state = ProfileState.CHECKED
    headline = "Consulente, vent'anni con le imprese sociali."
    presentation = "Accompagno cooperative che cambiano mestiere."
    languages = factory.LazyFunction(lambda: {"it": "native"})
    area = "Milano"
    hours_a_month = 8
    expires_on = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=300))


class ExpertInvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExpertInvitation

    programme = factory.SubFactory(ProgrammeFactory)
    email = factory.Sequence(lambda n: f"esperto{n}@example.org")
    token_digest = factory.Sequence(lambda n: tokens.digest(f"invito-{n}"))
    expires_at = factory.LazyFunction(lambda: clock.now() + dt.timedelta(days=10))


def expert_in(programme, *competences, level=Level.SOLID, **fields):
    """A checked expert with these competences, who holds the role."""
    profile = ExpertProfileFactory(programme=programme, **fields)
    for competence in competences:
        ExpertCompetence.objects.create(
            profile=profile, competence=competence, level=level, evidence="Dieci incarichi."
        )
    RoleHolding.objects.get_or_create(programme=programme, person=profile.person, role="expert")
    return profile


def written(*competences, **more):
    """What somebody types who joins the bank."""
    told = {
        "headline": "Avvocata d'impresa",
        "presentation": "Seguo statuti e contratti.",
        "hours_a_month": "6",
        "pro_bono": "on",
        "remote": "on",
        "language_1": "it",
        "language_level_1": "native",
    }
    for n, one in enumerate(competences, start=1):
        told |= {f"competence_{n}": str(one.pk), f"level_{n}": "3", f"evidence_{n}": "Trenta statuti."}
    return told | more
