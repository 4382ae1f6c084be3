"""Who may compute, decide, adopt and publish a ranking, and what stands in the way."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.jury.models import Panel, Ranking, RankingEntry
from vivaio.jury.states import Outcome, PanelState, PlaceState, RankingState
from vivaio.kit import clock
from vivaio.people import queries as people
from vivaio.people.models import Person
from vivaio.programmes.rules import may


def compute(panel: Panel, person: Person | None) -> str | None:
    """A ranking is computed as long as no verdict was adopted on it."""
    refused = may(person, "verdict.adopt", panel.programme_id)
    if refused:
        return refused
    if panel.call.rankings.exclude(state=RankingState.PROVISIONAL).exists():
        return _(
            "A verdict has been adopted: the ranking no longer changes. Take the verdict back to compute again."
        )
    return None


def order_tied(
    ranking: Ranking, entries: Sequence[RankingEntry], reason: str, person: Person | None
) -> str | None:
    """Only equals are put in order by a person, all of a group at once, with a reason for the minutes."""
    refused = may(person, "verdict.adopt", ranking.programme_id)
    if refused:
        return refused
    if ranking.state != RankingState.PROVISIONAL:
        return _("The verdict has been adopted: the order no longer changes.")
    if (
        not entries
        or not all(entry.tied for entry in entries)
        or len({entry.position for entry in entries}) > 1
    ):
        return _("Only applications that share a position can be put in order.")
    group = RankingEntry.objects.filter(ranking=ranking, position=entries[0].position, tied=True)
    if group.count() != len(entries) or len({entry.pk for entry in entries}) != len(entries):
        return _("Give a different place to every application of the group.")
    if not reason.strip():
        return _("Write why, for the minutes: those concerned may ask.")
    return None


def decide(entry: RankingEntry, outcome: str, reason: str, person: Person | None) -> str | None:
    """A person may depart from the proposed outcome, with a reason, while the verdict is not adopted."""
    refused = may(person, "verdict.adopt", entry.programme_id)
    if refused:
        return refused
    if entry.ranking.state != RankingState.PROVISIONAL:
        return _("The verdict has been adopted: outcomes no longer change.")
    if outcome not in (Outcome.SELECTED, Outcome.RESERVE, Outcome.NOT_SELECTED):
        return _("Choose one of the outcomes.")
    if outcome != entry.proposed and not reason.strip():
        return _("This is not what the ranking proposes: write why, for the minutes.")
    if outcome != Outcome.NOT_SELECTED and entry.score < entry.ranking.track.minimum_score:
        return _(
            "The score is below the track's minimum of %(minimum)s: the call lets nobody in below it."
        ) % {"minimum": entry.ranking.track.minimum_score.normalize()}
    return None


def adopt(ranking: Ranking, person: Person | None) -> str | None:
    """A verdict is adopted on a complete ranking, by a named person."""
    refused = may(person, "verdict.adopt", ranking.programme_id)
    if refused:
        return refused
    if person is None:
        return _("A verdict is adopted by a person who signs in.")
    if ranking.state != RankingState.PROVISIONAL:
        return _("This verdict has been adopted already.")
    panel = ranking.call.panel
    if panel.state != PanelState.CLOSED:
        return _("Scoring is still open: close it before you adopt the verdict.")
    return what_is_missing(ranking)


def what_is_missing(ranking: Ranking) -> str | None:
    """What keeps the ranking from being complete, in words."""
    entries = list(ranking.entries.all())
    if not entries:
        return _("There is no ranking yet: compute it first.")
    unread = [entry for entry in entries if entry.reviews == 0]
    if unread:
        return ngettext(
            "%(n)d application has no complete score sheet.", "%(n)d applications have no complete score sheet.",
            len(unread),
        ) % {"n": len(unread)}  # fmt: skip
    if any(entry.undecided or entry.outcome == Outcome.UNDECIDED for entry in entries):
        return _("Applications with equal scores lie across the last place: put them in order first.")
    selected = sum(entry.outcome == Outcome.SELECTED for entry in entries)
    if selected > ranking.track.places:
        return _("%(selected)s applications are selected for %(places)s places.") % {
            "selected": selected,
            "places": ranking.track.places,
        }
    return None


def take_back(ranking: Ranking, person: Person | None) -> str | None:
    """An adopted verdict is taken back as long as it is not published."""
    refused = may(person, "verdict.adopt", ranking.programme_id)
    if refused:
        return refused
    if ranking.state != RankingState.ADOPTED:
        return _("Only an adopted verdict that is not published yet can be taken back.")
    return None


def publish(rankings: Sequence[Ranking], programme_id: UUID, person: Person | None) -> str | None:
    """The rankings of a call are published together, once every track's verdict is adopted."""
    refused = may(person, "ranking.publish", programme_id)
    if refused:
        return refused
    if not rankings:
        return _("There is no ranking yet: compute it first.")
    waiting = [str(ranking.track) for ranking in rankings if ranking.state == RankingState.PROVISIONAL]
    if waiting:
        return _("The verdict of these tracks is not adopted yet: %(tracks)s.") % {
            "tracks": ", ".join(waiting)
        }
    if all(ranking.state in (RankingState.PUBLISHED, RankingState.EXPIRED) for ranking in rankings):
        return _("The ranking has been published already.")
    return None


def answer_place(entry: RankingEntry, person: Person) -> str | None:
    """The applicant answers for a place, once, until the day set by the call ends."""
    application = entry.application
    if application.organisation is not None:
        if not people.belongs(person, application.organisation):
            return _("Only the people of %(organisation)s may answer.") % {
                "organisation": application.organisation
            }
    elif application.person_id != person.pk:
        return _("Only the person who applied may answer.")
    if entry.place == PlaceState.NONE:
        return _("No place has been offered to this application.")
    if entry.place == PlaceState.EXPIRED or (
        entry.place == PlaceState.OFFERED and entry.answer_by and clock.now() >= entry.answer_by
    ):
        return _("The time to answer has passed, and the place went to the reserve list.")
    return None


def accept_place(entry: RankingEntry, person: Person) -> str | None:
    """A place is accepted while it waits for an answer."""
    refused = answer_place(entry, person)
    if refused:
        return refused
    if entry.place == PlaceState.ACCEPTED:
        return _("The place has been accepted already.")
    if entry.place == PlaceState.DECLINED:
        return _("The place was given up, and has passed to the reserve list.")
    return None


def decline_place(entry: RankingEntry, person: Person) -> str | None:
    """A place is given up while it waits for an answer, or later."""
    refused = answer_place(entry, person)
    if refused:
        return refused
    if entry.place == PlaceState.DECLINED:
        return _("The place was given up already.")
    return None
