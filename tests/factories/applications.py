"""Applications for tests, in the state that a test starts from, without the actions that lead there."""

import datetime as dt
import hashlib

import factory

from tests.factories.calls import CallFactory, TrackFactory
from tests.factories.people import MembershipFactory, OrganisationFactory, PersonFactory
from tests.factories.questionnaires import FormVersionFactory, ResponseFactory
from vivaio.applications import answers
from vivaio.applications.finding import actions as finding
from vivaio.applications.models import AidDeclaration, Application, IntegrationRequest, Proposal
from vivaio.applications.states import ApplicationState
from vivaio.kit import clock


def open_call(**fields):
    """A published call, open for a week, with a form and a track."""
    call = CallFactory(
        form=fields.pop("form", None) or FormVersionFactory(), title_question="title", **fields
    )
    TrackFactory(call=call, title="Cooperative", places=10)
    return call


def close(call):
    """The call closed an hour ago."""
    call.opens_at, call.closes_at = clock.now() - dt.timedelta(days=30), clock.now() - dt.timedelta(hours=1)
    call.save()
    return call


class ApplicationFactory(factory.django.DjangoModelFactory):
    """A complete draft of an organisation; `created_by` belongs to it."""

    class Meta:
        model = Application
        skip_postgeneration_save = True

    call = factory.LazyFunction(open_call)
    track = factory.LazyAttribute(lambda made: made.call.tracks.first() or TrackFactory(call=made.call))
    organisation = factory.SubFactory(OrganisationFactory)
    created_by = factory.SubFactory(PersonFactory)
    response = factory.LazyAttribute(
        lambda made: ResponseFactory(version=made.call.form or FormVersionFactory())
    )
    title = "La portineria leggera"

    @factory.post_generation
    def membership(self, create, extracted, **_kwargs):
        if (
            self.organisation
            and not self.organisation.memberships.filter(person=self.created_by, ended_at=None).exists()
        ):
            MembershipFactory(organisation=self.organisation, person=self.created_by)


def handed_in(call=None, *, state=ApplicationState.SUBMITTED, **fields):
    """An application that stands handed in, with the next number of its call."""
    call = call or open_call()
    made = ApplicationFactory(call=call, **fields)
    made.number = Application.objects.filter(call=call, number__isnull=False).count() + 1
    made.state, made.submitted_by = state, made.created_by
    made.submitted_at = min(call.closes_at, clock.now()) - dt.timedelta(minutes=100 - min(made.number, 99))
    made.frozen = answers.freeze(made.response)
    made.digest = hashlib.sha256(made.frozen).hexdigest()
    if state in (ApplicationState.ADMITTED, ApplicationState.EXCLUDED):
        made.decided_at = clock.now()
    made.save()
    finding.keep(made)
    made.receipts.create(at=made.submitted_at, by=made.created_by, frozen=made.frozen, digest=made.digest)
    return made


class IntegrationRequestFactory(factory.django.DjangoModelFactory):
    """An open request, its application waiting for the answer."""

    class Meta:
        model = IntegrationRequest

    application = factory.LazyFunction(
        lambda: handed_in(close(open_call()), state=ApplicationState.INTEGRATION)
    )
    text = "Manca lo statuto."
    deadline = factory.LazyFunction(lambda: clock.now() + dt.timedelta(days=10))


class ProposalFactory(factory.django.DjangoModelFactory):
    """An application that somebody proposes as eligible, waiting for somebody else."""

    class Meta:
        model = Proposal

    application = factory.LazyFunction(lambda: handed_in(close(open_call(two_persons=True))))
    outcome = ApplicationState.ADMITTED
    proposed_by = factory.SubFactory(PersonFactory)


def declares(application, *, rows=1, signed=False):
    """A whole de minimis declaration; a signed one names other undertakings too."""
    linked = [
        {"key": f"l{n}", "name": f"Consorzio {n}", "tax_code": f"{n:011}", "relation": "a"}
        for n in range(rows)
    ]
    aid = {"of": "", "body": "Comune", "act": "Bando", "regime": "general", "amount": "500.00", "code": ""}
    return AidDeclaration.objects.create(
        application=application, activity="undertaking", received="some",
        single="linked" if signed else "alone", linked=linked if signed else [],
        aids=[{**aid, "on": (clock.today() - dt.timedelta(days=n + 1)).isoformat()} for n in range(rows)],
        signed_at=clock.now() if signed else None, signed_by=application.created_by if signed else None,
        signed_words="Dichiaro." if signed else "", digest="0" * 64 if signed else "",
    )  # fmt: skip
