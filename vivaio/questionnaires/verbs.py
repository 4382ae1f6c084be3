"""What happened here, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("questionnaires.version_published", _("{actor} published a version of the questionnaire {subject}."))
