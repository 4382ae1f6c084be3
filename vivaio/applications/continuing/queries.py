"""Where applications of several stages stand: for their team, and counted for the staff."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.applications.models import Application
from vivaio.calls.models import Call
from vivaio.calls.staging import queries as stages

CONTINUED: Any = Application._meta.get_field("continued_by")


def line_of(application: Application) -> list[Application]:
    """The application and what became of it in the other stages, in their order."""
    rows = {
        one.pk: one
        for one in Application.objects.filter(
            Q(continues__isnull=False) | Q(continued_by__isnull=False),
            call__programme=application.call.programme_id,
            organisation=application.organisation_id,
            person=application.person_id,
        ).defer("frozen")
    }
    after = {one.continues_id: one for one in rows.values() if one.continues_id}
    for one in rows.values():
        CONTINUED.set_cached_value(one, after.get(one.pk))  # known, so that nobody asks again
    first = rows.get(application.pk, application)
    while first.continues_id in rows:
        first = rows[first.continues_id]
    line = [first]
    while (following := after.get(line[-1].pk)) is not None:
        line.append(following)
    return line


def steps(application: Application) -> list[stages.Stage]:
    """The stages of its call as the team sees them: where it stands in each; none where there is one stage alone."""
    chain = stages.chain_of(application.call)
    if len(chain) == 1:
        return []
    mine = {one.call_id: one for one in line_of(application)}
    told = stages.told(chain)
    return [_step(stage, mine.get(stage.call.pk), application, chain) for stage in told]


def _step(
    stage: stages.Stage, mine: Application | None, current: Application, chain: list[Call]
) -> stages.Stage:
    """A stage with the application's own part in it."""
    if mine is None:
        state, text = "future", _("Open to those who are selected in the stage before.")
    elif mine.continued is not None:
        state, text = "done", _("It went on from here.")
    else:
        state, text = "now", mine.get_told_state_display() + "."
    href = mine.get_absolute_url() if mine is not None and mine.pk != current.pk else ""
    return stages.Stage(stage.call, stage.number, state, stage.name, stage.dates, text, href)


def begun(selected: Iterable[UUID]) -> dict[UUID, Application]:
    """What applications became in the next stage, by the key of the earlier one."""
    rows = Application.objects.filter(continues__in=selected).select_related("call", "organisation", "person")
    return {one.continues_id: one for one in rows if one.continues_id}


def counted(calls: Iterable[Call]) -> Iterator[tuple[Any, str]]:
    """How many applications each stage received and how many went on from it, in words, by the call's key."""
    rows = (
        Application.objects.filter(call__in=[one.pk for one in calls])
        .order_by()
        .values("call")
        .annotate(
            came=Count("pk", filter=Q(number__isnull=False)),
            went_on=Count("continued_by"),
        )
    )
    for row in rows:
        came = ngettext("%(n)d application came.", "%(n)d applications came.", row["came"])
        went_on = ngettext("%(n)d went on.", "%(n)d went on.", row["went_on"])
        said = [came % {"n": row["came"]}] if row["came"] else []
        said += [went_on % {"n": row["went_on"]}] if row["went_on"] else []
        yield row["call"], " ".join(said)


def answered_otherwise(call: Call) -> bool:
    """Whether applications that went on to the stage answer another form than it has now."""
    rows = Application.objects.filter(call=call, continues__isnull=False)
    return rows.exclude(response__version=call.form_id).exists()
