"""Extracts follow the answers that count: written where answers are frozen, gone where answers go.

Part of the actions that freeze or let go, in their transactions; nothing is journalled beside what they record.
"""

from uuid import UUID

from django.db import transaction

from vivaio.applications import answers, queries
from vivaio.applications.finding import queries as finding
from vivaio.applications.models import Application, Extract
from vivaio.applications.models.extract import APPLICANT
from vivaio.questionnaires import queries as questionnaires


def keep(application: Application) -> None:
    """Lay out what was just frozen; the caller holds the application's lock."""
    compared, texts = questionnaires.extracted(
        application.response.questionnaire, answers.answers_that_count(application)
    )
    if application.organisation is not None:  # a person's name is looked up where it may be erased
        texts[APPLICANT] = application.organisation.name
    made = Extract(application=application, answers=compared, texts=texts, digest=application.digest)
    Extract.objects.bulk_create(
        [made],
        update_conflicts=True,
        unique_fields=["application"],
        update_fields=["answers", "texts", "digest", "updated_at"],
    )


def forget(application: Application) -> None:
    """Nothing of the answers is found any more."""
    Extract.objects.filter(application=application).delete()


@transaction.atomic
def catch_up(pk: UUID) -> None:
    """Lay out an application that is not yet, or no longer as it was frozen. Run again, it does nothing."""
    application = queries.locked(pk)
    if finding.behind().filter(pk=pk).exists():
        keep(application)
