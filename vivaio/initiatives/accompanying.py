"""What the staff's pages about plans, diaries and contacts share: who opens them, and the tabs between them."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.opening import programme_of
from vivaio.kit.frame import Item
from vivaio.programmes.models import Programme

PAGES = (
    ("plans", _("Plans"), "initiatives:plans"),
    ("timeline", _("In time"), "initiatives:timeline"),
    ("shared", _("Milestones for all"), "initiatives:shared_milestones"),
    ("diaries", _("Diaries"), "initiatives:diaries"),
    ("contacts", _("Contacts"), "initiatives:programme_contacts"),
    ("contests", _("Contests"), "initiatives:programme_contests"),
)


def of_staff(request: HttpRequest, slug: str) -> Programme:
    """The programme whose initiatives the person reads, else 404."""
    return programme_of(request, slug, "initiatives.read")


HEADINGS = {
    "plans": (_("Plans"), _("Every milestone of every initiative: what is late comes first.")),
    "timeline": (
        _("The cohort in time"),
        _("Each initiative is a line; its milestones stand where they are due."),
    ),
    "shared": (_("Milestones for all"), ""),
    "diaries": (
        _("Diaries"),
        _("What the teams tell the programme, and what waits before everybody reads it."),
    ),
    "contacts": (_("Contacts"), _("Whom the initiatives have met, and what came of it.")),
    "contests": (_("Contests"), _("Who entered, who won, and the interest that jurors showed.")),
}


def staff(row: Programme, current: str) -> dict[str, Any]:
    """The frame of such a page: programme, heading, way back, tabs."""
    heading, note = HEADINGS[current]
    return {
        "programme": row,
        "heading": heading,
        "note": note,
        "trail": [
            (_("Initiatives"), reverse("initiatives:staff_list", args=[row.slug])),
            (next(label for key, label, _name in PAGES if key == current), ""),
        ],
        "tabs": [Item(label, reverse(name, args=[row.slug]), key == current) for key, label, name in PAGES],
    }
