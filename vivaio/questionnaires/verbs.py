"""What happened here, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("questionnaires.version_published", _("{actor} published a version of the questionnaire {subject}."))
declare("questionnaires.form_created", _("{actor} created the questionnaire {subject}."))
declare("questionnaires.form_changed", _("{actor} changed the title of the questionnaire {subject}."))
declare("questionnaires.draft_begun", _("{actor} began a draft of the questionnaire {subject}."))
declare("questionnaires.draft_changed", _("{actor} changed the draft of the questionnaire {subject}."))
declare(
    "questionnaires.draft_undone",
    _("{actor} took back a change of the draft of the questionnaire {subject}."),
)
declare("questionnaires.draft_discarded", _("{actor} threw the draft of the questionnaire {subject} away."))
