"""The competence bank for tests, in the state that a test starts from, without the actions that lead there."""

import datetime as dt

import factory

from tests.factories.initiatives import InitiativeFactory
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory
from vivaio.experts.models import (
    Bank,
    Competence,
    Engagement,
    EngagementSession,
    ExpertCompetence,
    ExpertField,
    ExpertInvitation,
    ExpertProfile,
    ExpertRequest,
    Proposal,
    RequestedCompetence,
)
from vivaio.experts.states import (
    EngagementState,
    Level,
    ProfileState,
    ProposalState,
    RequestState,
    SessionState,
    Side,
)
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


class ExpertRequestFactory(factory.django.DjangoModelFactory):
    """A request that is open, for no competence yet."""

    class Meta:
        model = ExpertRequest

    initiative = factory.SubFactory(InitiativeFactory)
    state = RequestState.OPEN
    title = factory.Sequence(lambda n: f"Uno statuto per la cooperativa {n}")
    purpose = "Dobbiamo scegliere la forma giuridica e scrivere lo statuto."
    hours = 6
    needed_by = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=55))


def asked_by(initiative, *competences, level=Level.SOLID, **fields):
    """A request of an initiative for these competences."""
    made = ExpertRequestFactory(initiative=initiative, **fields)
    for competence in competences:
        RequestedCompetence.objects.create(request=made, competence=competence, level=level)
    return made


class ProposalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Proposal

    state = ProposalState.SENT
    sent_at = factory.LazyFunction(clock.now)
    answer_by = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=7))
    score = "0.8000"
    reasons = factory.LazyFunction(lambda: [{"why": "language", "code": "it"}])
    monthly_hours = 3


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


def wish(*competences, **more):
    """What a team types that asks for experts."""
    told = {
        "title": "Uno statuto",
        "purpose": "Diventiamo cooperativa.",
        "hours": "6",
        "needed_by": f"{clock.today() + dt.timedelta(days=50):%Y-%m-%d}",
        "language": "it",
        "remote": "on",
        "places": "1",
    }
    for n, one in enumerate(competences, start=1):
        told |= {f"competence_{n}": str(one.pk), f"level_{n}": "2"}
    return told | more


class EngagementFactory(factory.django.DjangoModelFactory):
    """An engagement that both sides agreed to, of an expert with an initiative; `request` says of which."""

    class Meta:
        model = Engagement

    request = factory.SubFactory(ExpertRequestFactory)
    initiative = factory.SelfAttribute("request.initiative")
    programme = factory.SelfAttribute("request.initiative.programme")
    person = factory.SubFactory(PersonFactory)
    state = EngagementState.UNDER_WAY
    goal = "Uno statuto che tutti capiscono."
    agreed_minutes = 6 * 60
    starts_on = factory.LazyFunction(lambda: clock.today() - dt.timedelta(days=20))
    ends_on = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=40))
    expert_agreed_at = factory.LazyFunction(lambda: clock.now() - dt.timedelta(days=20))
    team_agreed_at = factory.SelfAttribute("expert_agreed_at")
    begun_at = factory.SelfAttribute("expert_agreed_at")


class SessionFactory(factory.django.DjangoModelFactory):
    """A session to come, proposed by the expert."""

    class Meta:
        model = EngagementSession

    engagement = factory.SubFactory(EngagementFactory)
    topic = factory.Sequence(lambda n: f"Lo statuto, articolo {n}")
    side = Side.EXPERT
    starts_at = factory.LazyFunction(lambda: clock.now() + dt.timedelta(days=3))


def told(engagement, minutes=90, side=Side.EXPERT, days=5, **fields):
    """A session that was held, its hours told by one side."""
    at = clock.now() - dt.timedelta(days=days)
    return SessionFactory(
        engagement=engagement, state=SessionState.TOLD, starts_at=at, side=side, told_side=side,
        told_minutes=minutes, told_at=at, **fields,
    )  # fmt: skip


def confirmed(engagement, minutes=90, days=5, **fields):
    """A session whose hours both sides have confirmed."""
    at = clock.now() - dt.timedelta(days=days)
    return SessionFactory(
        engagement=engagement, state=SessionState.CONFIRMED, starts_at=at, told_side=Side.EXPERT,
        told_minutes=minutes, told_at=at, minutes=minutes, confirmed_at=at, **fields,
    )  # fmt: skip
