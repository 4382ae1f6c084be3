"""The tab of an initiative's page where good practices are suggested, and its card on the overview."""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery, UUIDField, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from vivaio.initiatives.cards import Card, CardView
from vivaio.initiatives.cards import register as register_card
from vivaio.initiatives.models import Profile, Rating
from vivaio.initiatives.readers import Reader
from vivaio.initiatives.states import Level, ProfileState
from vivaio.initiatives.tabs import Tab, register
from vivaio.kit.counting import counted
from vivaio.publishing.models import Practice, PracticeMark
from vivaio.publishing.states import PracticeState, Verdict

NOBODY = Value(UUID(int=0), output_field=UUIDField())

register(Tab("practices", pgettext_lazy("tab", "Good practices"), "publishing:practices_suggested", 22))


def annotations() -> dict[str, Any]:
    """How many practices on line meet a gap of the profile that was agreed last, less those marked as not for them."""
    outer = OuterRef(OuterRef(OuterRef(OuterRef("pk"))))
    agreed = Profile.objects.filter(initiative=outer, state=ProfileState.AGREED).order_by("-agreed_at")
    gaps = Rating.objects.filter(profile=Subquery(agreed.values("pk")[:1]), level=Level.GAP)
    refused = PracticeMark.objects.filter(initiative=OuterRef(OuterRef("pk")), verdict=Verdict.NOT_FOR_US)
    tagged = Practice.dimensions.through.objects.filter(dimension__in=Subquery(gaps.values("dimension_id")))
    rows = Practice.objects.filter(programme=OuterRef("programme_id"), state=PracticeState.PUBLISHED)
    rows = rows.filter(pk__in=Subquery(tagged.values("practice_id")))
    rows = rows.exclude(organisation=Coalesce(OuterRef("organisation_id"), NOBODY))
    return {"practices_meet": counted(rows.exclude(pk__in=Subquery(refused.values("practice_id"))))}


def shown(initiative: Any, reader: Reader) -> CardView | None:
    """That others met the same needs."""
    n = initiative.practices_meet
    if not n:
        return None
    words = ngettext("%(n)d practice meets your gaps.", "%(n)d practices meet your gaps.", n) % {"n": n}
    href = reverse("publishing:practices_suggested", args=[initiative.pk])
    return CardView(_("Good practices"), text=words, href=href, link=_("Read what others did"))


register_card(Card("practices", 22, shown, annotations))
