"""The tab of an initiative's page where it asks for experts and works with them, and its card on the overview."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.experts.models import Engagement, EngagementSession
from vivaio.experts.states import ENGAGEMENT_OPEN, SESSION_AHEAD, EngagementState
from vivaio.initiatives.cards import Card, CardView
from vivaio.initiatives.cards import register as register_card
from vivaio.initiatives.readers import Reader
from vivaio.initiatives.tabs import Tab, register
from vivaio.kit import clock
from vivaio.kit.counting import counted
from vivaio.kit.formats import moment


def shown(reader: Reader) -> bool:
    """The team, and whoever reads the bank."""
    return reader.of_team or reader.may("experts.read")


def of_engagements() -> dict[str, Any]:
    """How many experts are at work, how many engagements are still to be agreed, when the next session is."""
    own = Engagement.objects.filter(initiative=OuterRef("pk"))
    ahead = EngagementSession.objects.filter(
        engagement__initiative=OuterRef("pk"), state__in=SESSION_AHEAD, starts_at__gte=clock.now()
    ).order_by("starts_at")
    return {
        "engagements_open": counted(own.filter(state__in=ENGAGEMENT_OPEN)),
        "engagements_to_agree": counted(own.filter(state=EngagementState.TO_AGREE)),
        "engagements_next": Subquery(ahead.values("starts_at")[:1]),
    }


def engagements(row: Any, reader: Reader) -> CardView | None:
    """Experts at work, and when they meet next."""
    if not shown(reader) or not row.engagements_open:
        return None
    facts: list[tuple[Any, Any]] = [(_t("Experts at work"), row.engagements_open)]
    if row.engagements_next is not None:
        facts.append((_t("Next session"), moment(row.engagements_next, row.programme.time_zone)))
    waits = _t("To be agreed") if row.engagements_to_agree else ""
    href = reverse("experts:tab", args=[row.pk])
    return CardView(
        _t("Experts"), facts=facts, href=href, link=_t("Open the engagements"), state=waits, tone="now"
    )


register(Tab("experts", _("Experts"), "experts:tab", 60, shown))
register_card(Card("engagements", 60, engagements, of_engagements))
register(Tab("placements", _("Placements"), "experts:placement_tab", 65, shown))
