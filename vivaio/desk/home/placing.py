"""What awaits people about placements: counted with the programmes for the staff, with the teams for initiatives; for
students and university tutors read with their programmes or their parts."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from vivaio.desk.home.items import Item
from vivaio.desk.home.staff import Rights
from vivaio.experts.models import (
    AgreementSignature,
    Placement,
    PlacementHours,
    PlacementOffer,
    PlacementRound,
)
from vivaio.experts.placing.queries import placements, rounds, taking_part
from vivaio.experts.placing.states import (
    HoursState,
    OfferState,
    PlacementRoundState,
    PlacementState,
    Side,
    StudentState,
)
from vivaio.initiatives.queries import initiatives
from vivaio.kit import clock
from vivaio.kit.counting import counted
from vivaio.people.models import Person


def annotations() -> dict[str, Any]:
    """For a statement that reads programmes: offers to check, rounds whose preferences are all in."""
    asked = PlacementOffer.objects.filter(round__programme=OuterRef("pk"), state=OfferState.ASKED)
    ready = PlacementRound.objects.filter(
        programme=OuterRef("pk"), state=PlacementRoundState.OPEN, preferences_until__lte=clock.now()
    )
    own = Placement.objects.filter(round__programme=OuterRef("pk"))
    return {
        "agreements_unsigned": counted(placements.unsigned_long(own)),
        "grants_due": counted(placements.grant_due(own)),
        "offers_to_check": counted(asked),
        "offer_first": Subquery(asked.order_by("created_at").values("pk")[:1]),
        "round_to_match": Subquery(ready.order_by("preferences_until").values("pk")[:1]),
    }


def items(programmes: list[Any], rights: Rights) -> Iterator[Item]:
    """Offers to check, a round to match, agreements that nobody signs; grants to award."""
    for programme in programmes:
        yield from _grants(programme, rights)
        if not rights.may("experts.match", programme.pk):
            continue
        if n := programme.offers_to_check:
            yield Item(
                title=ngettext("Check %(n)d offer of placement", "Check %(n)d offers of placement", n)
                % {"n": n},
                text=_("Students see it once you have read it."),
                action=_("Read the offer"),
                href=reverse("experts:placement_offer", args=[programme.offer_first]),
                context=str(programme),
            )
        if programme.round_to_match:
            yield Item(
                title=_("Match a round of placements"),
                text=_("All preferences are in: compute, look, send."),
                action=_("Match the round"),
                href=reverse("experts:placement_matching", args=[programme.round_to_match]),
                context=str(programme),
            )
        if n := programme.agreements_unsigned:
            yield Item(
                title=ngettext(
                    "%(n)d learning agreement waits to be signed",
                    "%(n)d learning agreements wait to be signed",
                    n,
                )
                % {"n": n},
                text=_("Two weeks have passed since both sides accepted: ask who is missing."),
                action=_("See which"),
                href=reverse("experts:placement_all", args=[programme.slug], query={"unsigned": "yes"}),
                context=str(programme),
            )


def _grants(programme: Any, rights: Rights) -> Iterator[Item]:
    """Grants that are due, for who manages money and may read the placements."""
    manages = rights.may("funding.manage", programme.pk) and rights.may("experts.read", programme.pk)
    if manages and (n := programme.grants_due):
        yield Item(
            title=ngettext("Award the grant of %(n)d placement", "Award the grants of %(n)d placements", n)
            % {"n": n},
            text=_("All three have signed: the grant can be awarded."),
            action=_("See which"),
            href=reverse("experts:placement_all", args=[programme.slug], query={"grant_due": "yes"}),
            context=str(programme),
        )


def of_teams(person: Person) -> dict[str, Any]:
    """For a statement that reads initiatives: placements to accept and to sign, hours to confirm, students to rank;
    for who leads, those to complete and to say of how they went."""
    leading = Q(Exists(initiatives.leading(person, OuterRef("offer__initiative"))))
    own = Placement.objects.filter(offer__initiative=OuterRef("pk"))
    to_accept = own.filter(
        state=PlacementState.PROPOSED, initiative_accepted_at=None, answer_by__gt=clock.now()
    )
    hours = PlacementHours.objects.filter(
        placement__offer__initiative=OuterRef("pk"), placement__state=PlacementState.RUNNING,
        state=HoursState.LOGGED,
    )  # fmt: skip
    to_rank = PlacementOffer.objects.filter(
        initiative=OuterRef("pk"), state=OfferState.PUBLISHED, ranked_at=None,
        round__state=PlacementRoundState.OPEN, round__preferences_until__gt=clock.now(),
    )  # fmt: skip
    return {
        "placement_to_accept": Subquery(to_accept.order_by("answer_by").values("pk")[:1]),
        "placement_to_sign": Subquery(unsigned(own, Side.INITIATIVE).values("pk")[:1]),
        "hours_to_confirm": Subquery(hours.order_by("day").values("placement")[:1]),
        "placement_to_finish": Subquery(placements.to_finish(own.filter(leading)).values("pk")[:1]),
        "placement_to_tell": Subquery(
            placements.not_told(own.filter(leading), Side.INITIATIVE).values("pk")[:1]
        ),
        "offer_to_rank": Subquery(to_rank.order_by("round__preferences_until").values("pk")[:1]),
    }


def told_of(placement: Any, side: Side) -> dict[str, Any]:
    """The line that asks a side how a placement went."""
    return {
        "title": _("Say how a placement went"),
        "text": _("Two minutes: it stays with the sheet of hours."),
        "action": _("Say how it went"),
        "href": reverse("experts:placement_evaluate", args=[placement, side]),
    }


def unsigned(rows: Any, side: Side) -> Any:
    """The placements whose agreement, as it stands, this side has not signed."""
    held = AgreementSignature.objects.filter(
        agreement__placement=OuterRef("pk"), side=side, digest=OuterRef("agreement__digest")
    )
    waiting = rows.filter(state=PlacementState.AGREEING).exclude(agreement=None)
    return waiting.annotate(own_signature=Subquery(held.values("pk")[:1])).filter(own_signature=None)


def items_of_initiative(row: Any) -> Iterator[Item]:
    """What awaits one team about placements; read with it."""
    wanted = (
        (row.placement_to_accept, _("Accept a student"), "experts:placement", _("Read and answer")),
        (row.placement_to_sign, _("Sign a learning agreement"), "experts:placement", _("Read and sign")),
        (
            row.hours_to_confirm,
            _("Confirm the hours of a placement"),
            "experts:placement",
            _("Open the hours"),
        ),
        (
            row.placement_to_finish,
            _("Complete a placement whose last day has passed"),
            "experts:placement",
            _("Open the placement"),
        ),
        (
            row.offer_to_rank,
            pgettext("to do", "Say which students you would like"),
            "experts:placement_ranks",
            _("Rank them"),
        ),
    )
    for pk, title, name, action in wanted:
        if pk:
            yield Item(title=title, action=action, href=reverse(name, args=[pk]), context=str(row))
    if row.placement_to_tell:
        yield Item(**told_of(row.placement_to_tell, Side.INITIATIVE), context=str(row))


def of_student(person: Person) -> ArraySubquery:
    """For a statement that reads something else: preferences to give, a placement to accept, an agreement to sign,
    hours to correct."""
    own = Placement.objects.filter(student=OuterRef("pk"))
    to_accept = own.filter(
        state=PlacementState.PROPOSED, student_accepted_at=None, answer_by__gt=clock.now()
    ).order_by("answer_by")
    sent_back = PlacementHours.objects.filter(
        placement__student=OuterRef("pk"), placement__state=PlacementState.RUNNING, state=HoursState.SENT_BACK
    )
    wishing = Q(
        state__in=(StudentState.APPLIED, StudentState.VOUCHED), wishes_at=None,
        round__state=PlacementRoundState.OPEN, round__preferences_until__gt=clock.now(),
    )  # fmt: skip
    told = JSONObject(
        pk="pk",
        round="round__title",
        zone="round__programme__time_zone",
        to_accept=Subquery(to_accept.values("pk")[:1]),
        accept_by=Subquery(to_accept.values("answer_by")[:1]),
        to_sign=Subquery(unsigned(own, Side.STUDENT).values("pk")[:1]),
        to_tell=Subquery(placements.not_told(own, Side.STUDENT).values("pk")[:1]),
        to_correct=Subquery(sent_back.order_by("day").values("placement")[:1]),
        wish_by=Case(When(wishing, then="round__preferences_until")),
    )
    return ArraySubquery(taking_part.own(person).values(told=told))


def items_of_student(rows: Iterable[Mapping[str, Any]]) -> Iterator[Item]:
    """What awaits a student in each round."""
    for row in rows:
        of: dict[str, Any] = {"context": row["round"], "zone": row["zone"]}
        if row["to_accept"]:
            yield Item(
                title=_("Accept your placement"),
                action=_("Read and answer"),
                href=reverse("experts:placement", args=[row["to_accept"]]),
                due=dt.datetime.fromisoformat(row["accept_by"]),
                **of,
            )
        if row["to_sign"]:
            yield Item(
                title=_("Sign your learning agreement"),
                action=_("Read and sign"),
                href=reverse("experts:placement", args=[row["to_sign"]]),
                **of,
            )
        if row["to_correct"]:
            yield Item(
                title=_("Correct hours that were sent back"),
                text=_("They count once the initiative confirms them."),
                action=_("Open the hours"),
                href=reverse("experts:placement", args=[row["to_correct"]]) + "#hours",
                **of,
            )
        if row["to_tell"]:
            yield Item(**told_of(row["to_tell"], Side.STUDENT), **of)
        if row["wish_by"]:
            yield Item(
                title=pgettext("to do", "Say which placements you would like"),
                text=_("Without preferences nobody is placed."),
                action=_("Give your preferences"),
                href=reverse("experts:placement_wishes", args=[row["pk"]]),
                due=dt.datetime.fromisoformat(row["wish_by"]),
                **of,
            )


def of_tutor(person: Person) -> ArraySubquery:
    """For a statement that reads something else: students who wait for the tutor's word, agreements to sign."""
    students = taking_part.students().filter(
        university=OuterRef("university"), round__programme=OuterRef("programme")
    )
    applied = students.filter(state=StudentState.APPLIED, round__state=PlacementRoundState.OPEN)
    placed = Placement.objects.filter(
        student__university=OuterRef("university"), round__programme=OuterRef("programme")
    )
    not_told = placements.not_told(placed, Side.UNIVERSITY)
    told = JSONObject(
        university="university__name",
        to_vouch=counted(applied),
        to_tell=counted(not_told),
        tell_first=Subquery(not_told.values("pk")[:1]),
        to_sign=Subquery(unsigned(placed, Side.UNIVERSITY).values("pk")[:1]),
    )
    return ArraySubquery(rounds.tutored_by(person).values(told=told))


def items_of_tutor(rows: Iterable[Mapping[str, Any]]) -> Iterator[Item]:
    """What awaits the tutor of each university."""
    for row in rows:
        if n := row["to_vouch"]:
            yield Item(
                title=ngettext("Vouch for %(n)d student", "Vouch for %(n)d students", n) % {"n": n},
                text=_("Without your word they are not matched."),
                action=_("Open the students"),
                href=reverse("experts:placements_tutored"),
                context=row["university"],
            )
        if n := row["to_tell"]:
            yield Item(
                title=ngettext(
                    "Say how %(n)d placement of your students went",
                    "Say how %(n)d placements of your students went",
                    n,
                )
                % {"n": n},
                text=_("Two minutes: it stays with the sheet of hours."),
                action=_("Say how it went"),
                href=reverse("experts:placement_evaluate", args=[row["tell_first"], Side.UNIVERSITY]),
                context=row["university"],
            )
        if row["to_sign"]:
            yield Item(
                title=_("Sign a learning agreement"),
                action=_("Read and sign"),
                href=reverse("experts:placement", args=[row["to_sign"]]),
                context=row["university"],
            )
