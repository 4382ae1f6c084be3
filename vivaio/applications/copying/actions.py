"""Copying answers to a draft."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from vivaio.applications import queries as applications
from vivaio.applications import rules
from vivaio.applications.actions.drafting import wrote
from vivaio.applications.copying import queries
from vivaio.applications.models import Application
from vivaio.applications.signing import actions as signing
from vivaio.journal import actions as journal
from vivaio.kit.rules import Refused, require
from vivaio.people.models import Person
from vivaio.questionnaires import actions as questionnaires
from vivaio.questionnaires.copying import Copied


@transaction.atomic
def copy(
    application: Application, source: Application, wanted: Collection[str] | None, *, by: Person
) -> list[Copied]:
    """Copy the answers whose marks are wanted, or without any, those whose place here is empty.

    What a colleague wrote since the page was seen has another mark and stays. Raises `Refused` for an application
    that is no draft of one's team, or a source that is not one's own.
    """
    application = applications.locked(application.pk)
    require(rules.edit, application, by)
    if not queries.sources(application, by).filter(pk=source.pk).exists():
        raise Refused(_("Answers are copied from applications of your own team alone."))
    chosen = [
        one
        for one in queries.offered(application, source)
        if not one.same and (not one.filled if wanted is None else one.mark in wanted)
    ]
    if not chosen:
        raise Refused(
            _("Nothing was copied: nothing was ticked, or a colleague has written there meanwhile.")
        )
    response = questionnaires.copy_answers(application.response, chosen, source=source.response, by=by)
    signing.register(application.pk, by=by)
    wrote(application, by, 1, response)
    names = [one.name for one in chosen]
    journal.record("application.answers_copied", application, by=by, fields=names)
    return chosen
