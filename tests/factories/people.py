"""People and organisations for tests."""

import datetime as dt

import factory
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.utils import timezone

from vivaio.kit import tokens
from vivaio.kit.sessions import SessionStore
from vivaio.people.models import BoardMember, Guardianship, Membership, Organisation, Person, Relation
from vivaio.people.states import BoardPart, MemberPart, OrganisationKind, RelationKind


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    given_name = "Elena"
    family_name = factory.Sequence(lambda n: f"Vismara {n}")
    language = "it"

    @factory.post_generation
    def password(self, create, extracted, **_kwargs):
        self.set_password(extracted or "prova-prova-prova")
        self.save()


class GuardianshipFactory(factory.django.DjangoModelFactory):
    """A guardian is asked to sign for somebody under 18; `matter` is a call's identifier."""

    class Meta:
        model = Guardianship

    person = factory.SubFactory(PersonFactory, born_on=dt.date(2015, 1, 1), country="IT")
    name = "Rosa Neri"
    email = factory.Sequence(lambda n: f"guardian{n}@example.org")
    relation = "parent"
    token_digest = factory.Sequence(lambda n: tokens.digest(f"guardian{n}"))
    asked_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1))
    expires_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=9))


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Filo di Ringhiera {n}")
    kind = OrganisationKind.COOPERATIVE
    municipality = "Milano"
    province = "MI"
    country = "IT"


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    person = factory.SubFactory(PersonFactory)
    part = MemberPart.ADMINISTRATOR


class BoardMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BoardMember

    organisation = factory.SubFactory(OrganisationFactory)
    given_name = "Teresa"
    family_name = factory.Sequence(lambda n: f"Brambati {n}")
    part = BoardPart.PRESIDENT


class RelationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Relation

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    kind = RelationKind.EMPLOYMENT


def declared(organisation: Organisation) -> Organisation:
    """An organisation whose board is on record."""
    organisation.board_declared_at = timezone.now()
    organisation.save()
    BoardMemberFactory(organisation=organisation)
    return organisation


def confirmed(person: Person) -> Person:
    """A person who has shown that their address is theirs."""
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def signed_in_elsewhere(person: Person) -> UserSession:
    """A session of the person in another browser."""
    store = SessionStore()
    store.create()
    return UserSession.objects.create(
        user=person, session_key=store.session_key, ip="192.0.2.1", user_agent="Mozilla/5.0 Firefox/140.0"
    )
