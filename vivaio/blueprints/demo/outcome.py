"""What came of the demo's second programme so far: its results page."""

from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.publishing.results import actions as results

INTRODUCTION = {
    "it": (
        "Diciotto iniziative sono partite da una domanda: che cosa serve, qui, che ancora manca? A metà del percorso "
        "raccontiamo **che cosa si è mosso**. I numeri sono di iniziative e persone inventate."
    ),
    "en": (
        "Eighteen initiatives began with a question: what is needed here that is still missing? Half-way along, we "
        "tell **what has moved**. The figures are of invented initiatives and people."
    ),
}


def told(programme: Programme, by: Person) -> None:
    """The results of half-way, on line."""
    results.write(programme, texts={"introduction": INTRODUCTION}, left_out=[], by=by)
    results.take(programme, by=by)
    results.publish(programme, by=by)
