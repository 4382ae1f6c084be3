"""Work that the clock starts, and changes to many rows."""

from uuid import UUID

from django.utils.translation import override

from vivaio.kit import jobs
from vivaio.programmes import actions, retaining
from vivaio.programmes.bulk import actions as bulk
from vivaio.programmes.models import Programme


@jobs.periodic("35 2 * * *", "programmes.retention")
def retention(timestamp: int) -> None:
    """Each night what has outlived its period goes, of every programme and of the installation."""
    for programme in [None, *Programme.objects.all()]:
        for kind in retaining.kinds_of(programme):
            actions.carry_out(programme, kind.code)


@jobs.job("programmes.bulk")
def carry_on(run: str, language: str) -> None:
    """Go on with a change to many rows; the reasons that it gives are in the language of whoever asked for it."""
    with override(language):
        bulk.carry_on(UUID(run))
