"""What was decided about conflicts of interest, and why: of one pair, one juror, one application, one track."""

from uuid import UUID

from django.db.models import QuerySet

from vivaio.jury.models import Conflict, ConflictDecision, Juror, Panel, Ranking

MOST_TOLD = 50  # on one page


def decisions(panel: Panel) -> QuerySet[ConflictDecision]:
    """All of a jury, the earliest first."""
    rows = ConflictDecision.objects.filter(panel=panel).order_by("created_at", "pk")
    return rows.select_related("juror__person", "application__organisation", "application__person", "by")


def latest(rows: QuerySet[ConflictDecision]) -> list[ConflictDecision]:
    """As many as a page tells, the latest first, and one more that says whether there are others."""
    return list(rows.order_by("-created_at", "pk")[: MOST_TOLD + 1])


def of_conflict(panel: Panel, conflict: Conflict) -> list[ConflictDecision]:
    """How a conflict came to stand, or not."""
    return latest(decisions(panel).filter(juror=conflict.juror_id, application=conflict.application_id))


def of_juror(panel: Panel, juror: Juror) -> list[ConflictDecision]:
    """What was decided about a juror's conflicts."""
    return latest(decisions(panel).filter(juror=juror))


def of_application(panel: Panel, application: UUID) -> list[ConflictDecision]:
    """What was decided about the conflicts of jurors with one applicant, and about an applicant nobody knows."""
    return latest(decisions(panel).filter(application=application))


def of_track(ranking: Ranking) -> QuerySet[ConflictDecision]:
    """What the minutes of a verdict tell."""
    return decisions(ranking.call.panel).filter(application__track=ranking.track)
