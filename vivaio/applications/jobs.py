"""Work that the clock starts."""

import datetime as dt

from django.conf import settings

from vivaio.applications import actions, queries
from vivaio.applications.dossiers import actions as dossiers
from vivaio.applications.dossiers import queries as taken_out
from vivaio.applications.finding import actions as finding
from vivaio.applications.finding import queries as found
from vivaio.applications.own_letters import actions as own_letters
from vivaio.applications.retaining import queries as retaining
from vivaio.applications.signing import actions as signing
from vivaio.applications.states import DossierFailure
from vivaio.kit import clock, jobs


@jobs.job("applications.expire_integration", retry=5)
def expire_integration(request: str) -> None:
    """Shut a request for integration at its deadline."""
    actions.expire_integration(request)


@jobs.periodic("*/10 * * * *", "applications.expire_integrations")
def expire_integrations(timestamp: int) -> None:
    """Shut every request whose deadline has passed, should its own job have been lost."""
    for pk in queries.overdue_requests():
        actions.expire_integration(pk)


@jobs.periodic("25 * * * *", "applications.remind_of_deadline")
def remind_of_deadline(timestamp: int) -> None:
    """Two days before a deadline the teams of drafts get a letter, once."""
    actions.remind_of_deadline()


@jobs.job("applications.check_signature", retry=5, priority=jobs.Priority.AWAITED)
def check_signature(signature: str) -> None:
    """Look into a signed file. One that cannot be checked at all is left to the staff."""
    signing.check_to_the_end(signature)


@jobs.periodic("52 2 * * *", "applications.purge_detached_files")
def purge_detached_files(timestamp: int) -> None:
    """Files taken out of the answers go after some days (`VIVAIO_DETACHED_FILES_DAYS`)."""
    before = clock.now() - dt.timedelta(days=settings.DETACHED_FILES_DAYS)
    for pk in retaining.with_detached_files(before):
        actions.purge_detached_files(pk, before=before)


@jobs.periodic("*/5 * * * *", "applications.catch_up_extracts")
def catch_up_extracts(timestamp: int) -> None:
    """What the lists search is laid out for each application that lacks it: those from before there were any."""
    for pk in found.behind().order_by("pk").values_list("pk", flat=True)[:1000]:
        finding.catch_up(pk)


@jobs.job("applications.dossier", retry=4, lock="applications.dossier")
def dossier(dossier: str) -> None:
    """Make the next volume of applications that are taken out; one at a time, however many are asked for."""
    dossiers.carry_on(dossier)


@jobs.periodic("*/10 * * * *", "applications.end_dossiers")
def end_dossiers(timestamp: int) -> None:
    """What was taken out goes when its time is over; what nobody works at any more has failed."""
    for pk in taken_out.expired():
        dossiers.expire(pk)
    for pk in taken_out.silent():
        dossiers.fail(pk, DossierFailure.STOPPED)
    dossiers.forget()


@jobs.job("applications.own_letter", retry=5)
def own_letter(letter: str) -> None:
    """Write a letter in own words to each of its readers; it is held."""
    own_letters.write(letter)
