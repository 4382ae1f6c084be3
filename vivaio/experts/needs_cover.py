"""What the bank tells the needs analysis: its fields, and the hours that its checked experts offer in each."""

from typing import Any

from django.db.models import OuterRef, Subquery, Sum

from vivaio.experts.models import ExpertCompetence, ExpertField, ExpertProfile
from vivaio.experts.states import ProfileState
from vivaio.initiatives.analysing import offers
from vivaio.initiatives.analysing.offers import Offer
from vivaio.kit.counting import counted
from vivaio.programmes.models import Programme


@offers.name
def fields(programme: Programme) -> dict[str, Any]:
    """The bank's own fields."""
    return {one.key: one.title_i18n for one in ExpertField.objects.filter(programme=programme)}


@offers.tell
def hours(programme: Programme) -> dict[str, Offer]:
    """By field, the hours a month of the checked experts; who knows two fields counts in both."""
    skilled = ExpertCompetence.objects.filter(competence__field=OuterRef(OuterRef("pk"))).values("profile")
    checked = ExpertProfile.objects.filter(state=ProfileState.CHECKED, pk__in=skilled)
    summed = checked.order_by().values("programme").annotate(total=Sum("hours_a_month"))
    rows = ExpertField.objects.filter(programme=programme).annotate(
        experts=counted(checked), hours=Subquery(summed.values("total"))
    )
    return {one.key: Offer(one.hours or 0, one.experts) for one in rows}
