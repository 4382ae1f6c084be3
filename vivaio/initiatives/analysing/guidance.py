"""What one can do on the staff's pages of the needs analysis (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.kit.guidance import explain

explain(
    "initiatives",
    "needs_programme",
    _(
        "What the initiatives lack, by field of competence, beside what the competence bank can cover. "
        "Where experts are missing, look for them in time. Each round opens its own list."
    ),
    "needs",
)
explain(
    "initiatives",
    "needs_setup dimension dimension_add feed round_add round_edit",
    _(
        "Say what is looked at, with which questionnaire, and how its answers make points from 0 to 100. "
        "Then prepare the rounds: at entry, before the contest, at the end."
    ),
    "needs",
)
explain(
    "initiatives",
    "cohort round_open",
    _(
        "One line for each initiative of the round: where it has a gap, where it is strong, who has not answered. "
        "Open a line to settle its profile. The list can be exported."
    ),
    "needs",
)
explain(
    "initiatives",
    "needs_change",
    _(
        "The initiatives that were analysed at least twice: dimension by dimension what was agreed first, what last, "
        "and how much more or less. Narrow the list to those that grew in a dimension; take it along as a file."
    ),
    "needs",
)
explain(
    "initiatives",
    "profile_agree interview_add interview_correct",
    _(
        "Write down what you settled together with the team. What is agreed is frozen: the next round shows what "
        "has changed. The team reads it."
    ),
    "needs",
)
