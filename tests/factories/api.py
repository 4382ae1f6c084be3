"""Personal tokens and webhooks for tests."""

import datetime as dt
from typing import Any

import factory
from django.test import Client

from tests.factories.people import PersonFactory
from vivaio.api.models import Delivery, Token, Webhook
from vivaio.api.scopes import SCOPES
from vivaio.api.states import DeliveryState
from vivaio.api.webhooks.kinds import KINDS
from vivaio.kit import clock, tokens


class TokenFactory(factory.django.DjangoModelFactory):
    """A token for everything; its secret is `vivaio_` and its name."""

    class Meta:
        model = Token

    person = factory.SubFactory(PersonFactory)
    name = factory.Sequence(lambda n: f"programma{n}")
    digest = factory.LazyAttribute(lambda made: tokens.digest(f"vivaio_{made.name}"))
    ending = factory.LazyAttribute(lambda made: made.name[-4:])
    scopes = factory.LazyFunction(lambda: list(SCOPES))
    expires_at = factory.LazyFunction(lambda: clock.now() + dt.timedelta(days=30))


def bearer(token: Token) -> str:
    """What a program sends in the header Authorization."""
    return f"Bearer vivaio_{token.name}"


def program_of(person: Any, *scopes: str, language: str = "it") -> Client:
    """A program that acts for a person: with these scopes, or with all."""
    more = {"scopes": list(scopes)} if scopes else {}
    token = TokenFactory(person=person, **more)
    return Client(headers={"Authorization": bearer(token), "Accept-Language": language})


class WebhookFactory(factory.django.DjangoModelFactory):
    """An address that is told what happens; nobody calls it here."""

    class Meta:
        model = Webhook

    url = factory.Sequence(lambda n: f"https://archive.example/{n}")
    kinds = factory.LazyFunction(lambda: list(KINDS))


class DeliveryFactory(factory.django.DjangoModelFactory):
    """Something that was sent, and answered well."""

    class Meta:
        model = Delivery

    webhook = factory.SubFactory(WebhookFactory)
    verb = "calls.published"
    body = "{}"
    state = DeliveryState.DELIVERED
    attempts = 1
    status = 200
    answer = "ok"
    tried_at = factory.LazyFunction(clock.now)
