"""Forms and answers for tests: one page of context, one of the project, one file that may be left out."""

import factory

from tests.factories.programmes import ProgrammeFactory
from vivaio.questionnaires.engine.definition import Choice, Definition, Question
from vivaio.questionnaires.models import DraftStep, Form, FormDraft, FormVersion, Response


def words(italian: str, english: str = "") -> dict[str, str]:
    return {"it": italian, "en": english or italian}


SIMPLE = Definition(
    title=words("Candidatura", "Application"),
    languages=("it", "en"),
    lists={
        "sectors": (
            Choice("housing", words("Abitare", "Housing")),
            Choice("culture", words("Cultura", "Culture")),
        ),
    },
    questions=(
        Question(
            "context",
            "group",
            label=words("Il contesto", "The context"),
            children=(
                Question(
                    "title", "text", label=words("Come si chiama?", "What is it called?"), required="true()"
                ),
                Question(
                    "sector",
                    "select_one",
                    label=words("In quale settore?", "In which sector?"),
                    choices="sectors",
                    required="true()",
                ),
            ),
        ),
        Question(
            "project",
            "group",
            label=words("Il progetto", "The project"),
            children=(
                Question(
                    "idea",
                    "text",
                    label=words("Che cosa volete fare di nuovo?", "What do you want to do that is new?"),
                    appearance="multiline",
                    max_words=150,
                    required="true()",
                ),
                Question("drawing", "file", label=words("Un disegno", "A drawing")),
            ),
        ),
    ),
)

FULL = {"title": "La portineria leggera", "sector": "housing", "idea": "Riaprire tre portinerie."}


class FormFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Form

    programme = factory.SubFactory(ProgrammeFactory)
    key = factory.Sequence(lambda n: f"questionario-{n}")
    title = factory.Sequence(lambda n: f"Questionario {n}")


class FormVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FormVersion

    form = factory.SubFactory(FormFactory)
    number = 1
    definition = factory.LazyFunction(SIMPLE.to_dict)
    sha256 = factory.LazyAttribute(lambda made: Definition.from_dict(made.definition).sha256)


class ResponseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Response

    version = factory.SubFactory(FormVersionFactory)
    answers = factory.LazyFunction(lambda: dict(FULL))


class FormDraftFactory(factory.django.DjangoModelFactory):
    """A draft of the form's next version, begun from its version of today."""

    class Meta:
        model = FormDraft

    form = factory.SubFactory(FormFactory)
    definition = factory.LazyFunction(SIMPLE.to_dict)


class DraftStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DraftStep

    draft = factory.SubFactory(FormDraftFactory)
    number = factory.Sequence(lambda n: n + 1)
    part = "question:idea"
    what = "changed"
    before = factory.LazyFunction(SIMPLE.to_dict)
