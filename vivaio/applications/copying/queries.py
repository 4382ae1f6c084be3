"""Reads for copying: from which applications, and what."""

from django.db.models import QuerySet

from vivaio.applications import answers
from vivaio.applications import queries as applications
from vivaio.applications.models import Application
from vivaio.kit.statements import Statement
from vivaio.people.models import Person
from vivaio.questionnaires.copying import Copied, copies
from vivaio.questionnaires.models import Response


def sources(application: Application, person: Person) -> QuerySet[Application]:
    """The other applications of the person and of their organisations today whose answers are still there."""
    rows = applications.mine(person).filter(emptied_at=None)
    return rows.exclude(pk=application.pk).exclude(response__answers={}).order_by("-created_at")


_FIRST = Statement(lambda application, person: sources(application, person).values_list("pk")[:1])


def any_source(application: Application, person: Person) -> bool:
    """Whether there is one."""
    return bool(_FIRST.rows(application=application, person=person))


def offered(application: Application, source: Application) -> list[Copied]:
    """What of the answers that count there may stand here, with what is written here now."""
    here = Response.objects.select_related("version__form").get(pk=application.response_id)
    return copies(
        source.response.questionnaire,
        here.questionnaire,
        answers.answers_that_count(source),
        here.answers,
    )
