"""A jury's work in the state that a test of the ranking starts from."""

from decimal import Decimal

from tests.factories.calls import TrackFactory
from tests.factories.jury import AssignmentFactory, JurorFactory, PanelFactory, eligible, judging_call, scored
from tests.factories.people import OrganisationFactory
from tests.factories.programmes import holder
from vivaio.jury.actions import places
from vivaio.jury.actions import ranking as actions
from vivaio.jury.models import Ranking
from vivaio.jury.states import PanelState
from vivaio.mailroom import actions as mailroom
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State

CRITERIA = (("bisogno", 40), ("innovazione", 60))


class Judged:
    """A call with a jury of two, its scoring closed, and the manager who adopts the verdict."""

    def __init__(self, *, places=2, minimum=60, jurors=2, **fields):
        self.call = judging_call(criteria=CRITERIA, **fields)
        self.track = self.call.tracks.get()
        self.track.places, self.track.minimum_score = places, Decimal(minimum)
        self.track.save()
        self.panel = PanelFactory(call=self.call, state=PanelState.CLOSED)
        self.jurors = [JurorFactory(panel=self.panel) for _ in range(jurors)]
        self.manager = holder(self.call.programme, "manager")

    def add_track(self, **fields):
        return TrackFactory(call=self.call, position=9, **fields)

    def apply(self, name, *sheets, **fields):
        """An eligible application of an organisation called `name`; one tuple of scores for each juror who read it."""
        if "person" not in fields:
            fields["organisation"] = OrganisationFactory(name=name)
        else:
            fields["organisation"] = None
        made = eligible(self.call, title=f"Progetto {name}", **fields)
        for juror, values in zip(self.jurors, sheets, strict=False):
            scored(AssignmentFactory(juror=juror, application=made), *values)
        return made

    def compute(self):
        return actions.compute(self.call, by=self.manager)

    def entries(self, track=None):
        return list(self.ranking(track).entries.order_by("order"))

    def ranking(self, track=None):
        return Ranking.objects.get(track=track or self.track)

    def names(self, track=None):
        return [entry.application.title.removeprefix("Progetto ") for entry in self.entries(track)]

    def outcomes(self, track=None):
        return [entry.outcome for entry in self.entries(track)]

    def adopt(self):
        self.compute()
        return [actions.adopt(ranking, by=self.manager) for ranking in Ranking.objects.filter(call=self.call)]

    def publish(self):
        self.adopt()
        return places.publish(self.call, by=self.manager)

    def tell(self):
        """Release every letter that is held."""
        for batch in set(OutgoingLetter.objects.filter(state=State.HELD).values_list("batch", flat=True)):
            mailroom.release(batch, by=self.manager)

    def entry(self, name):
        return self.ranking().entries.get(application__title=f"Progetto {name}")
