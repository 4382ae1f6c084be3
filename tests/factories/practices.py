"""Good practices for tests: on line since yesterday; a collection, and an application to it with its answers."""

import factory

from tests.factories.applications import handed_in, open_call
from tests.factories.people import OrganisationFactory
from tests.factories.programmes import ProgrammeFactory
from tests.factories.publishing import yesterday
from tests.factories.questionnaires import ResponseFactory
from vivaio.applications.states import ApplicationState
from vivaio.calls.states import CallKind
from vivaio.publishing.models import Practice, PracticeIntroduction, PracticeMark
from vivaio.publishing.practices import actions
from vivaio.publishing.states import PRACTICE_PLAIN, PRACTICE_TEXTS, PracticeState, Verdict

TOLD = {
    "title": "La spesa sospesa",
    "need": "Chi faceva fatica a fine mese non chiedeva aiuto a nessuno.",
    "done": "Abbiamo messo una cassetta in ogni bottega.",
    "partners": "Sei botteghe e una parrocchia.",
    "costs": "Duemila euro e quattro mesi.",
    "results": "Centoventi famiglie nel primo anno.",
    "avoid": "Chiedere i documenti al primo incontro.",
}


class PracticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Practice

    programme = factory.SubFactory(ProgrammeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    slug = factory.Sequence(lambda n: f"pratica-{n}")
    title = factory.Sequence(lambda n: f"La spesa sospesa {n}")
    need = TOLD["need"]
    done = TOLD["done"]
    results = TOLD["results"]
    links = factory.LazyFunction(list)
    place = ""
    sectors = factory.LazyFunction(list)
    contact = ""
    contact_public = False
    written = factory.LazyAttribute(lambda made: dict.fromkeys(PRACTICE_TEXTS, "") | {
        name: getattr(made, name) for name in ("title", "need", "done", "results", *PRACTICE_PLAIN)
    })  # fmt: skip
    state = PracticeState.PUBLISHED
    published_at = factory.LazyFunction(yesterday)


class PracticeMarkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PracticeMark

    practice = factory.SubFactory(PracticeFactory)
    verdict = Verdict.USEFUL


class PracticeIntroductionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PracticeIntroduction

    practice = factory.SubFactory(PracticeFactory)
    message = "Vorremmo capire come avete cominciato."


def collection(programme, **fields):
    """A published collection with the ready-made form, open for a week."""
    version = actions.lay_form(programme, by=None)
    return open_call(programme=programme, kind=CallKind.PRACTICES, form=version, **fields)


def applied(call, *needs, state=ApplicationState.ADMITTED, answers=None, **fields):
    """An application to a collection, whole."""
    said = TOLD | {
        "needs": list(needs) or ["other"],
        "links": "https://example.org/spesa\nnon è un indirizzo",
        "contact": "info@example.org",
        "contact_public": "yes",
        "consent": "OK",
    }
    response = ResponseFactory(version=call.form, answers=said | (answers or {}))
    return handed_in(call, state=state, response=response, title=TOLD["title"], **fields)
