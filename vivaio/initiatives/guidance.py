"""What one can do on the staff's pages here (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.analysing import guidance as analysing
from vivaio.kit.guidance import explain

__all__ = ["analysing"]

explain(
    "initiatives",
    "staff_list",
    _(
        "The initiatives that the programme accompanies, born from the applications that were selected or founded "
        "by hand. Open one to see its team and how it grows."
    ),
    "initiatives",
)
explain(
    "initiatives",
    "found",
    _(
        "Here you found an initiative that does not come from a call. Whoever is to lead it gets a letter; once they "
        "accept, they invite the others of their team."
    ),
    "initiatives",
)
explain(
    "initiatives",
    "move",
    _(
        "Here you change how the initiative stands: the team gets a letter, and the history keeps your words. "
        "What was closed by mistake is taken up again the same way."
    ),
    "initiatives",
)
explain(
    "initiatives",
    "plans timeline",
    _(
        "The plans of all initiatives at once: what is late stands first, and the figures above filter the list. "
        "“In time” shows each plan along one axis. Open a milestone to see what was moved, and why."
    ),
    "plans",
)
explain(
    "initiatives",
    "shared_milestones shared_milestone_add shared_milestone shared_milestone_remove",
    _(
        "Milestones that every initiative has, such as the day of the pitches. A team copies them into its plan; "
        "what you change here later reaches only the plans that have not taken them over yet."
    ),
    "plans",
)
explain(
    "initiatives",
    "diaries",
    _(
        "What the teams tell the programme. An entry for everybody waits here until one of you has read it: let it "
        "through, or ask for a change in your own words. Look for whatever could make a beneficiary recognisable."
    ),
    "plans",
)
explain(
    "initiatives",
    "programme_contacts",
    _(
        "The contacts of all initiatives by kind and outcome; every figure opens the list that it counts. Names and "
        "addresses of the people behind them stay with the team and with whoever accompanies it."
    ),
    "plans",
)
explain(
    "initiatives",
    "programme_contests programme_entries programme_interest",
    _(
        "The programme’s contests with their entries, winners and the interest that jurors showed; every figure opens "
        "the list that it counts. Who showed an interest stays between that person and the team."
    ),
    "plans",
)
