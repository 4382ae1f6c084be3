"""Who may compute, decide, adopt and publish a ranking, and what stands in the way."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.applications import rules as applications
from vivaio.calls.models import Call, Track
from vivaio.calls.states import DRAW, Deciding
from vivaio.jury.discussing import queries as discussing
from vivaio.jury.models import Panel, Ranking, RankingEntry
from vivaio.jury.queries import computing, conflicts, tallies
from vivaio.jury.queries.tallies import Tally
from vivaio.jury.rules import impartiality
from vivaio.jury.states import CalibrationState, Outcome, PanelState, PlaceState, RankingState
from vivaio.kit import clock
from vivaio.kit.formats import number
from vivaio.methods import lots
from vivaio.people import queries as people
from vivaio.people.models import Person
from vivaio.programmes.rules import may


def verdict(ranking: Ranking, person: Person | None, *, held: Collection[str] = ()) -> str | None:
    """A track is decided by who adopts verdicts, without a conflict or a tie in it, and reads its scores by now.

    `held`: the person's permissions, where a page knows them.
    """
    return (
        (None if "verdict.adopt" in held else may(person, "verdict.adopt", ranking.programme_id))
        or impartiality.reads(ranking.call, person)
        or impartiality.decides(ranking.track, ranking.call, person)
    )


def compute(panel: Panel, person: Person | None) -> str | None:
    """A ranking is computed by who may adopt one (an auditor only reads), as long as no verdict was adopted on it."""
    return (
        may(person, "verdict.adopt", panel.programme_id)
        or impartiality.computes(panel.call, person)
        or computable(panel.call)
    )


def computable(call: Call) -> str | None:
    """What keeps a call's rankings from being computed, whoever asks."""
    if any(ranking.state != RankingState.PROVISIONAL for ranking in call.rankings.all()):
        return _(
            "A verdict has been adopted: the ranking no longer changes. Take the verdict back to compute again."
        )
    if discussing.held(call) and discussing.open_ones(call).exists():
        return _(
            "Jurors are still discussing: close the discussions first, so that no score changes afterwards."
        )
    if not call.criteria.all():
        return _("This call has no criteria: there is nothing to compute a ranking from.")
    return None


def no_jury() -> str:
    """Said when a ranking is asked for before there is a jury."""
    return _("This call has no jury yet.")


def computed_meanwhile() -> str:
    """Said to who decides on a line that is not there any more."""
    return _("The ranking was computed again meanwhile: look at it, then decide.")


def below_minimum(entry: RankingEntry, track: Track) -> bool:
    """Below the track's minimum nobody is selected, even if places stay empty."""
    return entry.figure < track.minimum_score


def apart(ranking: Ranking) -> str | None:
    """Where the calibrated quality decides, parts of a track that cannot be compared have no ranking."""
    if ranking.decided_by != Deciding.CALIBRATED or ranking.calibrated != CalibrationState.PARTS:
        return None
    return _(
        "The call lets the calibrated quality decide, and the applications of “%(track)s” fall into parts that no"
        " juror connects. Give out the reviews that connect them, then compute again."
    ) % {"track": ranking.track}


def draw(call: Call, seed: str, person: Person | None) -> str | None:
    """Lots are drawn from numbers that nobody who scored could know, as the call laid down."""
    refused = may_draw(call, person)
    if refused:
        return refused
    if not lots.normal(seed):
        return _("Write the numbers that were drawn, as they were made public.")
    return None


def may_draw(call: Call, person: Person | None) -> str | None:
    """Who adopts the verdict writes the numbers down, once scoring is over and as long as no verdict is adopted."""
    return (
        may(person, "verdict.adopt", call.programme_id)
        or impartiality.decides_everywhere(call, person)
        or drawable(call)
    )


def drawable(call: Call) -> str | None:
    """What keeps lots from being drawn, whoever asks."""
    if DRAW not in call.tie_breaks:
        return _("The rules of this call draw no lots.")
    if call.panel.state != PanelState.CLOSED:
        return _("Scoring is still open: whoever scores must not know the numbers. Close it first.")
    if any(ranking.state != RankingState.PROVISIONAL for ranking in call.rankings.all()):
        return _("A verdict has been adopted: the numbers no longer change.")
    return None


def order_by_hand(call: Call) -> str | None:
    """A person puts equals in order only where the call leaves it to one."""
    if DRAW in call.tie_breaks:
        return _("The call parts equals by lot: write down the numbers drawn.")
    return None


def order_tied(
    ranking: Ranking, entries: Sequence[RankingEntry], reason: str, person: Person | None
) -> str | None:
    """Only equals are put in order by a person, all of a group at once, with a reason for the minutes."""
    if refused := verdict(ranking, person):
        return refused
    if ranking.state != RankingState.PROVISIONAL:
        return _("The verdict has been adopted: the order no longer changes.")
    if refused := order_by_hand(ranking.call):
        return refused
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


def may_decide(entry: RankingEntry, person: Person | None) -> str | None:
    """Outcomes are decided on complete scores, while the verdict is not adopted."""
    if refused := verdict(entry.ranking, person):
        return refused
    if entry.ranking.state != RankingState.PROVISIONAL:
        return _("The verdict has been adopted: outcomes no longer change.")
    if entry.reviews == 0:
        return _("Nobody has scored this application completely: there is no outcome to decide yet.")
    return apart(entry.ranking)


def decide(entry: RankingEntry, outcome: str, reason: str, person: Person | None) -> str | None:
    """A person may depart from the proposed outcome, with a reason."""
    refused = may_decide(entry, person)
    if refused:
        return refused
    if outcome not in (Outcome.SELECTED, Outcome.RESERVE, Outcome.NOT_SELECTED):
        return _("Choose one of the outcomes.")
    if outcome != entry.proposed and not reason.strip():
        return _("This is not what the ranking proposes: write why, for the minutes.")
    if outcome != Outcome.NOT_SELECTED and below_minimum(entry, entry.ranking.track):
        return _(
            "The score is below the track's minimum of %(minimum)s: the call lets nobody in below it."
        ) % {"minimum": number(entry.ranking.track.minimum_score)}
    return None


def adopt(
    ranking: Ranking,
    person: Person | None,
    *,
    at_a_glance: Tally | None = None,
    held: Collection[str] = (),
) -> str | None:
    """A verdict is adopted on a complete ranking, by a named person."""
    if person is None:
        return _("A verdict is adopted by a person who signs in.")
    return verdict(ranking, person, held=held) or adoptable(ranking, at_a_glance=at_a_glance)


def adoptable(ranking: Ranking, *, at_a_glance: Tally | None = None) -> str | None:
    """What keeps a verdict from being adopted, whoever asks; `at_a_glance`, with the ranking's tally at hand, computes
    nothing that has not changed.
    """
    if ranking.state != RankingState.PROVISIONAL:
        return _("This verdict has been adopted already.")
    if ranking.call.panel.state != PanelState.CLOSED:
        return _("Scoring is still open: close it before you adopt the verdict.")
    return what_is_missing(ranking, at_a_glance=at_a_glance)


def what_is_missing(ranking: Ranking, *, at_a_glance: Tally | None = None) -> str | None:
    """What keeps the ranking from being complete, in words."""
    if ranking.computed_at is None:
        return _("There is no ranking yet: compute it first.")
    if not (computing.looks_current(ranking) if at_a_glance else computing.is_current(ranking)):
        return lost(ranking) or _(
            "Scores or eligibility changed after the ranking was computed: compute it again, and look."
        )
    tally = at_a_glance or tallies.of(ranking)
    if tally.unread:
        return ngettext(
            "%(n)d application has no complete score sheet.", "%(n)d applications have no complete score sheet.",
            tally.unread,
        ) % {"n": tally.unread}  # fmt: skip
    if refused := apart(ranking):
        return refused
    if DRAW in ranking.call.tie_breaks and tally.tied:
        return _("Some applications are still equal: write down the numbers of the draw first.")
    if tally.undecided:
        return _("Applications with equal scores lie across the last place: put them in order first.")
    if tally.selected > ranking.places:
        return _("%(selected)s applications are selected for %(places)s places.") % {
            "selected": tally.selected,
            "places": ranking.places,
        }
    return None


def lost(ranking: Ranking) -> str | None:
    """Which sheets count no more since the ranking was computed, because their juror has a conflict of interest."""
    if ranking.computed_at is None:
        return None
    sheets = list(conflicts.sheets_lost(ranking.computed_at, application__track=ranking.track))
    if not sheets:
        return None
    return ngettext(
        "A conflict of interest came to light after the ranking was computed: the sheet of %(juror)s on"
        " “%(application)s” counts no more. Compute the ranking again, and look.",
        "Conflicts of interest came to light after the ranking was computed: %(n)d sheets count no more, the first"
        " that of %(juror)s on “%(application)s”. Compute the ranking again, and look.",
        len(sheets),
    ) % {"n": len(sheets), "juror": sheets[0].juror, "application": sheets[0].application}


def still_stands(ranking: Ranking) -> str | None:
    """What is published is what the scores say: a conflict found after the adoption leaves a sheet out.

    Nothing is computed where nothing has changed: the record, which is kept at once, is (see `recomputed`).
    """
    if computing.seems_current(ranking):
        return None
    if found := lost(ranking):
        return _("Take the verdict of “%(track)s” back. %(why)s") % {"track": ranking.track, "why": found}
    return _(
        "Scores or eligibility changed after the verdict of “%(track)s” was adopted: take it back, compute again,"
        " and look."
    ) % {"track": ranking.track}


def recomputed(same: bool) -> str | None:
    """What is published can be computed again by anybody, with the same end."""
    if same:
        return None
    return _(
        "Computed from its record the ranking would end otherwise than adopted: take the verdict back, and look."
    )


def take_back(ranking: Ranking, person: Person | None) -> str | None:
    """An adopted verdict is taken back as long as it is not published."""
    return verdict(ranking, person) or returnable(ranking)


def returnable(ranking: Ranking) -> str | None:
    """What keeps a verdict from being taken back, whoever asks."""
    if ranking.state != RankingState.ADOPTED:
        return _("Only an adopted verdict that is not published yet can be taken back.")
    return None


def publish(rankings: Sequence[Ranking], programme_id: UUID, person: Person | None) -> str | None:
    """The rankings of a call are published together, once every track's verdict is adopted."""
    if not rankings:
        return _("There is no ranking yet: compute it first.")
    if all(ranking.state in (RankingState.PUBLISHED, RankingState.EXPIRED) for ranking in rankings):
        return _("The ranking has been published already.")
    waiting = [str(ranking.track) for ranking in rankings if ranking.state == RankingState.PROVISIONAL]
    waiting = waiting or [str(track) for track in without_ranking(rankings)]
    if waiting:
        return _("The verdict of these tracks is not adopted yet: %(tracks)s.") % {
            "tracks": ", ".join(waiting)
        }
    return may(person, "ranking.publish", programme_id)


def without_ranking(rankings: Sequence[Ranking]) -> QuerySet[Track]:
    """The call's tracks that came after the ranking was computed."""
    ranked = [ranking.track_id for ranking in rankings]
    return Track.objects.filter(call=rankings[0].call_id).exclude(pk__in=ranked)


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
    """A place is accepted while it waits for an answer, by nobody under 18 whose guardian has withdrawn."""
    refused = answer_place(entry, person)
    if refused:
        return refused
    if entry.place == PlaceState.ACCEPTED:
        return _("The place has been accepted already.")
    if entry.place == PlaceState.DECLINED:
        return _("The place was given up, and has passed to the reserve list.")
    unsigned: str | None = applications.signed(entry.application)
    return unsigned


def decline_place(entry: RankingEntry, person: Person) -> str | None:
    """A place is given up while it waits for an answer, or later."""
    refused = answer_place(entry, person)
    if refused:
        return refused
    if entry.place == PlaceState.DECLINED:
        return _("The place was given up already.")
    return None
