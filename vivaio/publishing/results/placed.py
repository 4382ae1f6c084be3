"""Students placed with initiatives, in the figures of the results: counted here, told here, never named."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from vivaio.experts.models import Placement, PlacementHours, PlacementOffer
from vivaio.experts.placing.states import LIVED, HoursState, OfferState
from vivaio.funding.models import Posting
from vivaio.funding.states import FIGURES, AccountKind, AwardKind
from vivaio.kit import formats
from vivaio.programmes.models import Programme
from vivaio.publishing.results.telling import (
    FEW,
    Figure,
    Part,
    Telling,
    amount,
    counts,
    few_together,
    figure,
)
from vivaio.publishing.states import ResultsPart

Taken = dict[str, Any]
NOTHING = Decimal("0.00")
PLACEMENTS, READ = "experts:placement_all", "experts.read"
BEGUN = "?begun=yes"


def placements_taken(programme: Programme) -> Taken:
    """Students whose agreement was signed, where they studied, what was offered, hours confirmed, grants."""
    begun = Placement.objects.filter(round__programme=programme, started_at__isnull=False).order_by()
    sums = begun.aggregate(
        students=Count("student__person", distinct=True),
        universities=Count("student__university", distinct=True),
        hosts=Count("offer__initiative", distinct=True),
    )
    university = ("student__university__name", "student__university")
    places = begun.values(*university).annotate(n=Count("student__person", distinct=True))
    states = begun.filter(state__in=LIVED).values("state").annotate(n=Count("pk"))
    hours = PlacementHours.objects.filter(placement__in=begun.values("pk"), state=HoursState.CONFIRMED)
    offers = PlacementOffer.objects.filter(round__programme=programme, state=OfferState.PUBLISHED)
    grants = Posting.objects.filter(
        account__programme=programme,
        account__kind__in=FIGURES,
        currency=programme.currency,
        transaction__award__kind=AwardKind.PLACEMENT,
    )
    each = (
        grants.order_by()
        .values("transaction__award")
        .annotate(
            given=Sum("amount"), paid=Sum("amount", filter=Q(account__kind=AccountKind.PAID), default=NOTHING)
        )
    )
    money = each.aggregate(
        given_sum=Sum("given"),
        paid_sum=Sum("paid"),
        given_n=Count("transaction__award", filter=Q(given__gt=0)),
        paid_n=Count("transaction__award", filter=Q(paid__gt=0)),
    )
    return {
        **sums,
        "offers": offers.count(),
        "hours": str(hours.aggregate(sum=Sum("hours"))["sum"] or NOTHING),
        "by_university": [
            [row["student__university__name"], row["n"], str(row["student__university"])]
            for row in places.order_by("-n", "student__university__name")
        ],
        "states": {row["state"]: row["n"] for row in states},
        "currency": programme.currency,
        "granted": str(money["given_sum"] or NOTHING),
        "paid": str(money["paid_sum"] or NOTHING),
        "granted_n": money["given_n"],
        "paid_n": money["paid_n"],
    }


def few_grants(taken: Taken) -> bool:
    """Whether so few grants were given, or so few paid, that their sum would tell what one student got."""
    if not Decimal(taken.get("granted", NOTHING)):
        return False
    paid = taken.get("paid_n", 0)
    return taken.get("granted_n", 0) < FEW or 0 < paid < FEW


def placements_told(telling: Telling) -> Part | None:
    """Students at work; of few students, for the staff alone."""
    taken = telling.taken(ResultsPart.PLACEMENTS)
    students = taken.get("students", 0)
    if not students or (students < FEW and not telling.staff):
        return None
    hours = Decimal(taken["hours"])
    n, hosts, offers = taken["universities"], taken["hosts"], taken["offers"]
    figures = [
        figure("students", ngettext("student placed", "students placed", students), students,
               telling.rows(PLACEMENTS, READ, BEGUN)),
        figure("universities", ngettext("university", "universities", n), n,
               telling.rows(PLACEMENTS, READ, f"{BEGUN}&sort=university")),
        figure("hosts", ngettext("initiative that took students", "initiatives that took students", hosts), hosts,
               telling.rows(PLACEMENTS, READ, f"{BEGUN}&sort=initiative")),
        figure("offers", npgettext("results figure", "offer to students", "offers to students", offers), offers,
               telling.rows("experts:placement_offers_all", READ, f"?state={OfferState.PUBLISHED}")),
        Figure("placement_hours", ngettext("hour of placement", "hours of placement", 1 if hours == 1 else 2),
               str(hours), formats.number(hours), telling.rows(PLACEMENTS, READ, f"{BEGUN}&sort=-hours")),
    ]  # fmt: skip
    if Decimal(taken["granted"]) and (telling.staff or not few_grants(taken)):
        figures.append(
            amount(
                "grants",
                pgettext("results figure", "grants paid"),
                Decimal(taken["paid"]),
                taken["currency"],
                telling.rows("funding:awards", "funding.read", f"?kind={AwardKind.PLACEMENT}&revoked=no"),
            )
        )
    places = counts("universities", _("By university"), pgettext("placement", "University"), (
        (name, count, telling.rows(PLACEMENTS, READ, f"{BEGUN}&student__university={pk}"))
        for name, count, pk in taken["by_university"]
    ))  # fmt: skip
    went = counts("placements", _("How placements went on"), _("State"), (
        (str(one.label), taken["states"].get(one.value, 0), telling.rows(PLACEMENTS, READ, f"{BEGUN}&state={one}"))
        for one in LIVED
    ))  # fmt: skip
    found = [few_together(telling, one) for one in (places, went)]
    counted = _(
        "Students whose learning agreement was signed by all three: student, initiative, university; each counts once. "
        "Hours are those that the initiative confirmed. Students are never named."
    )
    title = str(ResultsPart.PLACEMENTS.label)
    return Part("placements", title, counted, figures, [one for one in found if one.lines])
