"""What the jury's room adds to the timeline of an application: what became of its place."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.applications.models import Application
from vivaio.applications.timeline.entries import NOW, Entry
from vivaio.jury.commenting import queries as commenting
from vivaio.jury.models import RankingEntry
from vivaio.jury.states import PlaceState, RankingState


def told(application: Application) -> tuple[list[Entry], list[UUID]]:
    """The lines, and the row that letters are about; nothing before the outcome is told. Two queries."""
    if application.outcome_published_at is None:
        return [], []
    entry = RankingEntry.objects.filter(
        application=application.pk, ranking__state__in=(RankingState.PUBLISHED, RankingState.EXPIRED)
    ).first()
    if entry is None:
        return [], []
    return [*_lines(entry), *_comments(entry)], [entry.pk]


def _comments(entry: RankingEntry) -> list[Entry]:
    """That the comments of the jury can be read."""
    at = commenting.released_at(entry.application_id)
    if at is None:
        return []
    href = reverse("jury:outcome", args=[entry.application_id])
    title = _("The comments of the jury can be read")
    return [Entry(at, title, "", f"{href}#comments", _("Read the comments"))]


def _lines(entry: RankingEntry) -> list[Entry]:
    href = reverse("jury:outcome", args=[entry.application_id])
    lines = [Entry(entry.offered_at, _("A place was offered"))] if entry.offered_at else []
    if entry.place == PlaceState.OFFERED:
        title = _("Your answer about the place is awaited until this instant")
        lines.append(Entry(entry.last_moment, title, "", href, _("Accept or decline the place"), state=NOW))
    elif entry.place == PlaceState.ACCEPTED:
        lines.append(Entry(entry.answered_at, _("The place was accepted")))
    elif entry.place == PlaceState.DECLINED:
        lines.append(Entry(entry.answered_at, _("The place was given up")))
    elif entry.place == PlaceState.EXPIRED:
        lines.append(Entry(entry.last_moment, _("The time to accept the place ended")))
    return lines
