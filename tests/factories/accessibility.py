"""Reports about accessibility for tests: received today, within their term."""

import datetime as dt

import factory

from vivaio.kit import clock, tokens
from vivaio.publishing.models import AccessibilityEntry, AccessibilityKey, AccessibilityReport


class ReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AccessibilityReport

    number = factory.Sequence(lambda n: n + 1000)
    barrier = factory.Sequence(lambda n: f"Il pulsante numero {n} non si raggiunge con la tastiera.")
    page = "/it/help/"
    due_on = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=30))
    waits_until = factory.SelfAttribute("due_on")
    press = factory.Sequence(lambda n: tokens.digest(f"press {n}"))


class EntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AccessibilityEntry

    report = factory.SubFactory(ReportFactory)
    by_body = False
    text = factory.Sequence(lambda n: f"Succede anche altrove, pagina {n}.")


def key_of(report):
    """The secret of an address that opens the report's page."""
    token, digest = tokens.new_token()
    AccessibilityKey.objects.create(report=report, digest=digest)
    return token
