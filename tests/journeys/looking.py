"""Pages that a programme's people open beside their work: looked at for what anyone could not use."""

from tests.journeys.opening import CALL
from tests.journeys.players import Player, Stage
from vivaio.calls.models import Call
from vivaio.jury.models import RankingEntry

PUBLIC = [
    "/",
    "/programmes/miracolo-a-milano/",
    "/programmes/miracolo-a-milano/calls/",
    CALL,
    "/journal/heads/",
]
STAFF = ["/desk/", "/programmes/miracolo-a-milano/calls/manage/", f"{CALL}manage/", f"{CALL}applications/"]
STAFF += [f"{CALL}jury/conflicts/", f"{CALL}jury/progress/", "/desk/miracolo-a-milano/register/"]
STAFF += ["/programmes/miracolo-a-milano/edit/", "/programmes/miracolo-a-milano/edit/phases/"]


def anyone_looks_around(stage: Stage) -> None:
    """Before signing in."""
    anyone = stage.enter(language="it")
    for path in PUBLIC:
        anyone.open(path)


def the_manager_looks_around(clara: Player, call: Call) -> None:
    """Around the jury and the ranking, and what a score is made of."""
    entry = RankingEntry.objects.filter(ranking__call=call).latest("score")
    reader = entry.application.assignments.select_related("juror").first()
    for path in STAFF:
        clara.open(path)
    clara.open(f"{CALL}jury/ranking/entries/{entry.pk}/")
    clara.told(str(reader.juror))
    clara.open(f"{CALL}jury/jurors/{reader.juror.pk}/")
    clara.open(f"{CALL}jury/assignment/applications/{entry.application_id}/")
