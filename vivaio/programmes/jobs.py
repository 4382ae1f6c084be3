"""Work that the clock starts."""

from vivaio.kit import jobs
from vivaio.programmes import actions, retaining
from vivaio.programmes.models import Programme


@jobs.periodic("35 2 * * *", "programmes.retention")
def retention(timestamp: int) -> None:
    """Each night what has outlived its period goes, of every programme and of the installation."""
    for programme in [None, *Programme.objects.all()]:
        for kind in retaining.kinds_of(programme):
            actions.carry_out(programme, kind.code)
