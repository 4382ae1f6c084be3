"""What came of the demo's second programme so far: needs measured again, and its results page."""

import datetime as dt

from vivaio.initiatives.models import Initiative, NeedsRound, Profile, Rating
from vivaio.initiatives.states import Level, ProfileState, RoundState
from vivaio.kit import clock
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
GREW = (12, 4, 18, 0, 9, 6)


def measured_again(programme: Programme, initiatives: list[Initiative], coach: Person) -> None:
    """A second round, with what was agreed a week ago."""
    then = clock.now() - dt.timedelta(days=7)
    halfway = NeedsRound.objects.create(
        programme=programme, key="meta-percorso", title="A metà percorso", i18n={"title_en": "Half-way"},
        state=RoundState.CLOSED, opened_at=then - dt.timedelta(days=14), due_at=then, closed_at=then, position=1,
    )  # fmt: skip
    for number, initiative in enumerate(initiatives):
        first = Profile.objects.prefetch_related("ratings").get(initiative=initiative)
        again = Profile.objects.create(
            round=halfway, initiative=initiative, state=ProfileState.AGREED, agreed_at=then, agreed_by=coach,
            present="Il gruppo di lavoro e chi lo accompagna",
        )  # fmt: skip
        for place, one in enumerate(first.ratings.all()):
            points = min(100, one.points + GREW[(number + place) % len(GREW)])
            level = Level.GAP if points < 50 else Level.STRENGTH if points >= 75 else Level.FAIR
            Rating.objects.create(
                profile=again, dimension_id=one.dimension_id, title=one.title, field=one.field, points=points,
                level=level, hours=6 if level == Level.GAP else 0,
            )  # fmt: skip


def told(programme: Programme, by: Person) -> None:
    """The results of half-way, on line."""
    results.write(programme, texts={"introduction": INTRODUCTION}, left_out=[], by=by)
    results.take(programme, by=by)
    results.publish(programme, by=by)
