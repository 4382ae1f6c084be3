"""What happened here, in words for the register. Each row has a record of its own beside."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("bulk.carried_out", _("{actor} changed many rows at once: {subject}."))
declare("bulk.taken_back", _("{actor} undid what was done to many rows at once: {subject}."))
