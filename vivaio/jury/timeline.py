"""What the jury's room adds to the timeline of an application: what became of its place."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.applications.timeline.entries import AHEAD, DONE, NOW, Entry
from vivaio.jury.commenting import queries as commenting
from vivaio.jury.models import PitchSlot, RankingEntry
from vivaio.jury.states import PitchState, PlaceState, RankingState
from vivaio.kit import clock


def told(application: Application, *, staff: bool = False) -> tuple[list[Entry], list[UUID]]:
    """The lines, and the rows that letters are about; nothing before it is told. Two queries at most.

    The staff's page reads the day of the presentations elsewhere.
    """
    if application.outcome_published_at is not None:
        return _place(application, staff=staff)
    call = application.call
    # Of a call in stages the page reads the chain as well, and has no query left: a letter tells of the day there.
    staged = call.follows_id or getattr(call, "next_stage", None)
    if staff or staged or application.told_state != ApplicationState.ADMITTED:
        return [], []
    slots = PitchSlot.objects.filter(application=application.pk).select_related("day")
    return _pitch(slots.first())


def _pitch(slot: PitchSlot | None) -> tuple[list[Entry], list[UUID]]:
    """When they present themselves, once the day is announced: as it stands now, letters tell what changed."""
    if slot is None or slot.day.state == PitchState.PREPARING:
        return [], []
    text = _("Place %(number)s, %(minutes)s minutes.") % {
        "number": slot.position + 1,
        "minutes": slot.day.slot_minutes,
    }
    href = reverse("jury:pitch_team", args=[slot.application_id])
    state = DONE if slot.ends_at <= clock.now() else AHEAD
    line = Entry(slot.begins_at, _("You present yourselves"), text, href, _("Where and how"), state=state)
    return [line], [slot.pk]


def _place(application: Application, *, staff: bool) -> tuple[list[Entry], list[UUID]]:
    published = (RankingState.PUBLISHED, RankingState.EXPIRED)
    rows = RankingEntry.objects.filter(application=application.pk, ranking__state__in=published)
    entry = rows.select_related("application__pitch_slot__day").first()
    if entry is None:
        return [], []
    pitch, about = ([], []) if staff else _pitch(getattr(entry.application, "pitch_slot", None))
    return [*pitch, *_lines(entry), *_comments(entry)], [*about, entry.pk]


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
