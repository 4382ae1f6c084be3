"""The frame of a programme's set-up: its sections as tabs, its state beside the title."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.kit.frame import Item
from vivaio.programmes.models import Programme
from vivaio.programmes.states import ProgrammeState

SECTIONS = [
    ("edit", _("Description")),
    ("phases", _("Phases")),
    ("partners", _("Partners and funders")),
    ("areas", _("Areas")),
    ("amounts", _("Amounts")),
    ("look", _("Look")),
    ("publication", _("Publication")),
]
TONES = {ProgrammeState.DRAFT: "maybe", ProgrammeState.PUBLISHED: "yes", ProgrammeState.CLOSED: ""}


def frame(programme: Programme, current: str, **more: Any) -> dict[str, Any]:
    """What every section's page shows around its own."""
    return {
        "programme": programme,
        "heading": _t("Set-up of the programme"),
        "section": next(label for name, label in SECTIONS if name == current),
        "state": programme.get_state_display(),
        "tone": TONES[ProgrammeState(programme.state)],
        "tabs": [
            Item(label, reverse(f"programmes:{name}", args=[programme.slug]), name == current)
            for name, label in SECTIONS
        ],
        **more,
    }
