"""What happened here, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("blueprint.applied", _("{actor} applied a blueprint to {subject}."))
