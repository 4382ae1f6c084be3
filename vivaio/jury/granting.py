"""De minimis aid at the day of the grant: whom the verdict would take beyond the ceiling, for whoever adopts it.

The aid is granted when the right to it is conferred (Reg. (EU) 2023/2831, art. 3(3)): with the verdict. The window has
moved on since the declarations were signed, so they are counted again. Nobody is excluded by it.
"""

from dataclasses import dataclass

from django.db.models import Exists

from vivaio.applications.deminimis import queries, telling
from vivaio.applications.models import Application
from vivaio.calls.models import Condition
from vivaio.calls.states import ConditionKind
from vivaio.jury.models import Juror, Ranking
from vivaio.jury.states import Outcome
from vivaio.kit import clock, formats
from vivaio.people.models import Person


@dataclass(frozen=True)
class Warned:
    """An application that would obtain aid, and what speaks against it or is still to be looked up."""

    application: Application
    words: str
    exceeds: bool


def warnings(ranking: Ranking, person: Person) -> list[Warned]:
    """What whoever adopts has to know of each that is selected; nothing for jurors, who never read declarations."""
    judged = Juror.objects.filter(panel__call=ranking.call_id, person=person)
    conditions = Condition.objects.filter(call=ranking.call_id, kind=ConditionKind.DE_MINIMIS)
    found = list(conditions.exclude(Exists(judged)))
    if not found:
        return []
    zone = ranking.call.time_zone
    day = formats.local_date(ranking.adopted_at or clock.now(), zone)
    chosen = ranking.entries.filter(outcome=Outcome.SELECTED).order_by().values("application_id")
    return [
        Warned(application, words, one.exceeds or not one.signed)
        for application, one in queries.found_in(chosen, found, day)
        if (words := telling.warning(one))
    ]
