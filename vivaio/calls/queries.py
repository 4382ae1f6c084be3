"""Reads about calls: what anyone may see, what the staff may see."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from vivaio.calls.models import Award, Call, CallDocument, CallFollower, Condition, Criterion, Track
from vivaio.calls.signing import queries as signing
from vivaio.calls.staging import queries as staging
from vivaio.calls.states import (
    DRAW,
    EARLIER,
    ApplicantKind,
    CallState,
    Commenting,
    Deciding,
    Discussing,
    Reviewing,
)
from vivaio.people.models import Person
from vivaio.people.states import OrganisationKind
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme
from vivaio.questionnaires.models import Form


def locked(call_id: UUID) -> Call:
    """The call, its row locked until the transaction ends."""
    return Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call_id)


def public() -> QuerySet[Call]:
    """Calls that anyone may read: published, concluded or withdrawn, of public programmes."""
    return (
        Call.objects.exclude(state=CallState.DRAFT)
        .filter(programme__in=programmes.public())
        .select_related("programme", "follows")
    )


def visible_to(person: Person) -> QuerySet[Call]:
    """What anyone may read, and every call of the programmes in which the person reads calls."""
    if not person.is_authenticated:
        return public()
    mine = programmes.programmes_where(person, "calls.read").values("pk")
    return Call.objects.filter(Q(pk__in=public().values("pk")) | Q(programme_id__in=mine)).select_related(
        "programme", "follows"
    )


def editable_by(person: Person) -> QuerySet[Call]:
    """The calls that the person may edit."""
    return Call.objects.filter(
        programme_id__in=programmes.programmes_where(person, "calls.edit").values("pk")
    ).select_related("programme", "follows", "next_stage")


def staffed(person: Person) -> QuerySet[Call]:
    """The calls of the programmes in which the person reads calls, drafts included."""
    return Call.objects.filter(
        programme_id__in=programmes.programmes_where(person, "calls.read").values("pk")
    ).select_related("programme", "follows", "next_stage")


def giving_out(form: Form) -> QuerySet[Call]:
    """The calls whose applicants answer a version of the form."""
    return Call.objects.filter(form__form=form).select_related("form", "programme")


def public_of(programme: Programme) -> QuerySet[Call]:
    """The programme's calls that are not being prepared, the newest first."""
    return Call.objects.filter(programme=programme).exclude(state=CallState.DRAFT).select_related("programme")


def readable(person: Person) -> QuerySet[Call]:
    """What the person may read, with all that a call's page shows, in a fixed number of queries; `followed` by them."""
    follows = CallFollower.objects.filter(call=OuterRef("pk"), person_id=person.pk)
    of_tracks = [
        Prefetch("awards", Award.objects.select_related("track")),
        Prefetch("conditions", Condition.objects.filter(internal=False).select_related("track")),
    ]
    rows = visible_to(person).select_related("next_stage", "form").annotate(followed=Exists(follows))
    return rows.prefetch_related("tracks", "criteria", *of_tracks, "dates", "documents")


def documents_visible_to(person: Person) -> QuerySet[CallDocument]:
    """The documents of the calls that the person may read."""
    return CallDocument.objects.filter(call__in=visible_to(person).values("pk")).select_related(
        "call__programme"
    )


@dataclass(frozen=True)
class CriterionTold:
    """A criterion as a page tells it: descriptors in the reader's language."""

    passage: str
    asked: int
    title: str
    question: str
    weight: Decimal
    scale: str
    descriptors: list[tuple[int, str, str]]


@dataclass(frozen=True)
class TrackTold:
    """A track as a page tells it."""

    passage: str
    asked: int
    title: str
    description: str
    places: int
    minimum_score: Decimal
    kinds: str


@dataclass(frozen=True)
class CallTold:
    """What a call's page tells beyond the call's own fields."""

    dates: list[tuple[str, dt.datetime]]
    tracks: list[TrackTold]
    criteria: list[CriterionTold]
    going_on: str
    reviewing: str
    discussing: str
    deciding: str
    tie_rule: list[str]
    draw: str
    publication: list[str]
    signatures: list[str]
    in_short: str
    places: int


def told(call: Call, asked: Mapping[str, int] | None = None) -> CallTold:
    """The call in words, for its page and for its full text; `asked` says how many questions a passage has."""
    asked = asked or {}
    criteria = list(call.criteria.all())
    tracks = [track_told(track, asked.get(f"track-{track.key}", 0)) for track in call.tracks.all()]
    return CallTold(
        dates=dates_of(call),
        tracks=tracks,
        criteria=[criterion_told(one, asked.get(f"criterion-{one.key}", 0)) for one in criteria],
        going_on=staging.going_on_in_words(call),
        reviewing=reviewing_in_words(call),
        discussing=discussing_in_words(call),
        deciding=deciding_in_words(call),
        tie_rule=[tie_rule_in_words(rule, criteria) for rule in call.tie_breaks],
        draw=draw_in_words(call),
        publication=publication_in_words(call),
        signatures=signing.told(call),
        in_short=in_short(call, tracks),
        places=sum(track.places for track in tracks),
    )


def track_told(track: Track, asked: int = 0) -> TrackTold:
    """A track with the kinds of organisation it is open to, in words."""
    names = dict(OrganisationKind.choices)
    return TrackTold(
        passage=f"track-{track.key}",
        asked=asked,
        title=track.title_i18n,
        description=track.description_i18n or "",
        places=track.places,
        minimum_score=track.minimum_score,
        kinds=", ".join(str(names.get(kind, kind)) for kind in track.organisation_kinds),
    )


def in_short(call: Call, tracks: list[TrackTold]) -> str:
    """How many places, in how many tracks, and who applies: one line."""
    places = sum(track.places for track in tracks)
    said = [_("contest among initiatives")] if call.is_contest else []
    if call.collects:
        said, places = [_("collection of good practices")], 0
    if places and call.leads_on is None:
        said.append(ngettext("%(n)d place", "%(n)d places", places) % {"n": places})
    elif places and not call.everyone_above_goes_on:
        said.append(ngettext("%(n)d goes on", "%(n)d go on", places) % {"n": places})
    if len(tracks) > 1:
        said.append(_("%(n)d tracks") % {"n": len(tracks)})
    said.append(applicants_in_words(call))
    if call.open_to_minors:
        said.append(_("also under 18"))
    return " · ".join(said)


def applicants_in_words(call: Call) -> str:
    """Whether organisations, people or both apply."""
    kinds = set(call.applicant_kinds)
    if kinds == {ApplicantKind.PERSON}:
        return _("for people")
    if ApplicantKind.PERSON in kinds:
        return _("for organisations and people")
    return _("for organisations")


def publication_in_words(call: Call) -> list[str]:
    """Whom the ranking names, whether scores are shown, for how long."""
    said = [f"{call.get_disclosure_display()}."]
    said.append(_("Scores are published.") if call.publish_scores else _("Scores are not published."))
    if call.publish_juror_scores:
        said.append(_("The scores of each juror are published too, without names."))
    if comments := comments_in_words(call):
        said.append(comments)
    if days := call.ranking_public_days:
        words = ngettext(
            "The ranking stays on line for %(n)d day.", "The ranking stays on line for %(n)d days.", days
        )
        said.append(words % {"n": days})
    return said


def comments_in_words(call: Call) -> str:
    """Whether applicants receive what jurors wrote; nothing where they do not."""
    match call.commenting:
        case Commenting.NOT_SELECTED:
            return _(
                "Those who are not selected, the reserve list included, receive the comments of the jury on each"
                " criterion, without the jurors' names, after the outcome was told."
            )
        case Commenting.EVERYBODY:
            return _(
                "All whose application was judged receive the comments of the jury on each criterion, without the"
                " jurors' names, after the outcome was told."
            )
    return ""


def dates_of(call: Call) -> list[tuple[str, dt.datetime]]:
    """Every date that matters, in order."""
    return [(label, at) for _key, label, at in marks_of(call)]


def marks_of(call: Call) -> list[tuple[str, str, dt.datetime]]:
    """Every date that matters, in order, with a key that stays when words and days change."""
    marks: list[tuple[str, str, dt.datetime | None]] = [
        ("opens", _("Applications open"), call.opens_at),
        ("closes", _("Applications close"), call.closes_at),
        ("questions", _("Questions are taken until"), call.questions_end),
        ("scoring-opens", _("The jury begins to score"), call.scoring_opens_at),
        ("scoring-closes", _("The jury ends"), call.scoring_closes_at),
        *((f"date-{date.key}", date.title_i18n, date.at) for date in call.dates.all()),
    ]
    known = [(key, label, at) for key, label, at in marks if at is not None]
    return sorted(known, key=lambda mark: mark[2])


def in_language(words: Any) -> str:
    """One of several languages: the reader's, else Italian, else English, else any."""
    if not isinstance(words, dict):
        return str(words or "")
    for code in (get_language() or "it", "it", "en"):
        if words.get(code):
            return str(words[code])
    return str(next(iter(words.values()), ""))


def criterion_told(criterion: Criterion, asked: int = 0) -> CriterionTold:
    """A criterion with its descriptors, lowest score first."""
    return CriterionTold(
        passage=f"criterion-{criterion.key}",
        asked=asked,
        title=criterion.title_i18n,
        question=criterion.question_i18n,
        weight=criterion.weight,
        scale=_("from %(low)s to %(high)s") % {"low": criterion.scale_min, "high": criterion.scale_max},
        descriptors=[
            (one["value"], in_language(one.get("word")), in_language(one.get("text")))
            for one in sorted(criterion.descriptors, key=lambda one: one["value"])
        ],
    )


def tie_rule_in_words(rule: str, criteria: list[Criterion]) -> str:
    """One step of the tie rule."""
    if rule == EARLIER:
        return _("the application handed in first")
    if rule == DRAW:
        return _("lots drawn from a public seed")
    key = rule.removeprefix("criterion:")
    title = next((criterion.title_i18n for criterion in criteria if criterion.key == key), key)
    return _("the higher mean for “%(criterion)s”") % {"criterion": title}


def reviewing_in_words(call: Call) -> str:
    """What jurors know of who applies, where it is not all; applicants must know it to write accordingly."""
    if call.reviewing == Reviewing.OPEN:
        return ""
    words = (
        _("The review is blind: jurors read the title and the answers, and do not know who applies.")
        if call.reviewing == Reviewing.BLIND
        else _("The review is blind: jurors read the answers without the title, and do not know who applies.")
    )
    return words + " " + _("Do not write names in answers that do not ask for them.")


def discussing_in_words(call: Call) -> str:
    """Whether jurors discuss, whether a score may change then, whether practice counts; nothing where all is no."""
    practice = (
        _("What the jury scores together in its calibration meeting counts.") if call.practice_counts else ""
    )
    if call.discussing == Discussing.NONE:
        return practice
    words = _(
        "Jurors who have confirmed their scores of an application discuss it. Whoever has a conflict of interest in a"
        " track takes part in none of its discussions."
    )
    if call.revising:
        words += " " + _("A score may change there, with a reason; the last one counts.")
    else:
        words += " " + _("The scores stay as they were confirmed.")
    return f"{words} {practice}".strip()


def deciding_in_words(call: Call) -> str:
    """Which figure the ranking is made by."""
    if call.deciding == Deciding.CALIBRATED:
        return _(
            "The calibrated quality decides the order: the jurors' totals without the severity of each, which is"
            " estimated on the applications that they have in common. Where a track has too few scores to estimate it,"
            " the mean of the jurors' totals decides."
        )
    return _("The mean of the jurors' totals decides the order.")


def draw_in_words(call: Call) -> str:
    """How lots are drawn among equals, so that anyone can draw them again; nothing where none are."""
    if DRAW not in call.tie_breaks:
        return ""
    return _(
        "The seed of the draw: %(source)s. Each application's lot is the SHA-256 of the seed, a space and its number;"
        " the lowest comes first."
    ) % {"source": call.draw_source_i18n.rstrip(".")}
