"""The tab of the needs, and its card on the overview."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from vivaio.initiatives.cards import Card, CardView
from vivaio.initiatives.cards import register as card
from vivaio.initiatives.models import Profile, Rating
from vivaio.initiatives.readers import Reader
from vivaio.initiatives.states import Level, ProfileState, RoundState
from vivaio.initiatives.tabs.registry import Tab, register

register(Tab("needs", pgettext_lazy("tab", "Needs"), "initiatives:needs", 20))


def annotations() -> dict[str, Any]:
    """Whether a round waits, and the gaps of the profile that was agreed last."""
    rows = Profile.objects.filter(initiative=OuterRef("pk"))
    last = rows.filter(state=ProfileState.AGREED).order_by("-agreed_at")
    latest = Profile.objects.filter(initiative=OuterRef(OuterRef("pk")), state=ProfileState.AGREED)
    gaps = Rating.objects.filter(
        profile=Subquery(latest.order_by("-agreed_at").values("pk")[:1]), level=Level.GAP
    )
    waiting = rows.filter(round__state=RoundState.OPEN).exclude(state=ProfileState.AGREED)
    return {
        "needs_waiting": Subquery(waiting.order_by("round__due_at").values("round__title")[:1]),
        "needs_agreed_at": Subquery(last.values("agreed_at")[:1]),
        "needs_gaps": ArraySubquery(gaps.order_by("points").values("title")),
    }


def show(initiative: Any, reader: Reader) -> CardView | None:
    """What the initiative lacks, or that its analysis waits."""
    if initiative.needs_agreed_at is None and not initiative.needs_waiting:
        return None
    href = reverse("initiatives:needs", args=[initiative.pk])
    state = _("In progress") if initiative.needs_waiting else ""
    if initiative.needs_agreed_at is None:
        text = _("The analysis “%(round)s” waits for answers.") % {"round": initiative.needs_waiting}
    elif initiative.needs_gaps:
        n = len(initiative.needs_gaps)
        words = ngettext("%(n)d gap: %(titles)s.", "%(n)d gaps: %(titles)s.", n)
        text = words % {"n": n, "titles": ", ".join(initiative.needs_gaps)}
    else:
        text = _("The profile that was agreed last has no gaps.")
    return CardView(
        gettext_lazy("Needs"), text=text, href=href, link=_("Open the profile"), state=state, tone="now"
    )


card(Card("needs", 20, show, annotations))
