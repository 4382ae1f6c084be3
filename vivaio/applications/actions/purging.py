"""Files that nobody needs any more."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from vivaio.applications import answers, queries
from vivaio.journal import actions as journal
from vivaio.questionnaires import actions as questionnaires


@transaction.atomic
def purge_detached_files(application: UUID, *, before: dt.datetime) -> int:
    """Delete the files that the team took out of its answers before that instant; returns how many.

    Never one that something handed in names, be it withdrawn, reopened or replaced since: receipts stay true. Under
    the application's lock, so that nothing is handed in meanwhile.
    """
    found = queries.locked(application)
    count = questionnaires.purge_detached(found.response, before=before, kept=answers.frozen_texts(found))
    if count:
        journal.record("application.detached_files_purged", found)
    return count
