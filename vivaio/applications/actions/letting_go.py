"""Answers go when their period has ended, or when their author asks for it."""

from uuid import UUID

from django.db import transaction

from vivaio.applications import events, queries
from vivaio.applications.deminimis import actions as deminimis
from vivaio.applications.finding import actions as finding
from vivaio.applications.models import Application, IntegrationFile
from vivaio.applications.signing import actions as signing
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.files import delete_later
from vivaio.questionnaires import actions as questionnaires
from vivaio.questionnaires.engine.definition import canonical_json

NOTHING = canonical_json({"answers": {}})


@transaction.atomic
def drop_draft(pk: UUID) -> None:
    """Delete a draft that was never handed in, with its answers and files. Run again, it does nothing."""
    if not Application.objects.filter(pk=pk).exists():
        return
    application = queries.locked(pk)
    response = application.response
    journal.record("application.dropped", application, programme=application.programme_id)
    _drop_files(application)
    signing.forget(application)
    application.delete()
    questionnaires.erase_answers(response)
    response.delete()


@transaction.atomic
def empty(pk: UUID) -> None:
    """Erase answers, files and words; who applied, the number, the outcome and the digest stay.

    The digest still proves, to whoever kept the answers, that these were the ones. Run again, it does nothing.
    """
    application = queries.locked(pk)
    if application.emptied_at is not None:
        return
    questionnaires.erase_answers(application.response)
    _drop_files(application)
    signing.forget(application)
    finding.forget(application)
    deminimis.forget(application)
    application.receipts.update(frozen=NOTHING)
    application.integration_requests.update(answer="")
    if application.frozen is not None:
        application.frozen = NOTHING
    application.title, application.emptied_at = "", clock.now()
    application.save()
    journal.record("application.emptied", application, fields=["answers"])
    events.emptied.send(Application, application=application)


def _drop_files(application: Application) -> None:
    for file in IntegrationFile.objects.filter(request__application=application):
        delete_later(file.file)
        file.delete()
