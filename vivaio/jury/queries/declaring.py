"""What a juror reads to declare conflicts of interest: who applies, and what is said of each already."""

from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from vivaio.applications.models import Application
from vivaio.jury.models import Conflict, Juror
from vivaio.jury.queries.conflicts import in_play
from vivaio.jury.states import ConflictSource, ConflictState
from vivaio.people import queries as people

MOST_AT_ONCE = 100  # applications on one page; of more the juror names those they know


def _light(rows: QuerySet[Application]) -> QuerySet[Any]:
    """Of each application what a declaration shows."""
    shown = rows.select_related(None).select_related("organisation", "person")
    return shown.only("call", "number", "title", *people.named())


def applicants(juror: Juror) -> QuerySet[Any]:
    """The applications before the juror's jury, by number."""
    return _light(in_play(juror.panel)).order_by("number", "pk")


def applicants_by_name(juror: Juror) -> QuerySet[Any]:
    """The same as a list to look somebody up in: each with its applicant's `called` and `tie` (whence the conflict of
    this juror that stands is known, or None).
    """
    ties = Conflict.objects.filter(juror=juror, application=OuterRef("pk"), state=ConflictState.STANDING)
    called = Coalesce("organisation__name", "person__family_name")
    rows: QuerySet[Any] = _light(in_play(juror.panel)).annotate(
        called=called, tie=Subquery(ties.values("source")[:1])
    )
    return rows


def standing(juror: Juror) -> QuerySet[Conflict]:
    """The juror's conflicts that stand, with applications before the jury: those that others found first."""
    rows = juror.conflicts.filter(
        state=ConflictState.STANDING, application__in=in_play(juror.panel).values("pk")
    )
    return (
        rows.select_related("application__organisation", "application__person")
        .only(
            "juror",
            "application",
            "source",
            "application__call",
            "application__number",
            "application__title",
            *people.named("application__"),
        )
        .annotate(own=Q(source=ConflictSource.DECLARED))
        .order_by("own", F("application__number"), "pk")
    )


def before_jury(juror: Juror, application: UUID) -> Application | None:
    """An application by its identifier, if it is before the juror's jury."""
    return in_play(juror.panel).filter(pk=application).first()
