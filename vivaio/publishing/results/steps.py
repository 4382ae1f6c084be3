"""What can be done with the results, each step asked before it is taken."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.publishing.models import Results
from vivaio.publishing.results import actions, rules
from vivaio.publishing.states import ResultsState


@dataclass(frozen=True)
class Step:
    """A step: what is asked, how the button is called, what was done."""

    title: Any
    text: Any
    button: Any
    done: Any
    rule: Any
    run: Any
    danger: bool = False


ACTS = {
    "publish": Step(
        _("Publish the results?"),
        _(
            "Anyone can read them: the page, the report and the open data. The menu of the programme leads there. The "
            "figures stay those of the day on which they were taken, until you take them anew."
        ),
        _("Publish the results"),
        _("The results are on line."),
        rules.publish,
        actions.publish,
    ),
    "tell": Step(
        _("Write to whoever took part?"),
        _(
            "A letter is written to whoever leads an initiative and to every expert of the competence bank. The "
            "letters wait in the outbox until somebody reads and releases them."
        ),
        _("Write the letters"),
        _("The letters are being written: you find them in the outbox, held."),
        rules.tell,
        actions.tell,
    ),
    "withdraw": Step(
        _("Take the results off line?"),
        _("Page, report, open data and menu go at once. Nothing is deleted."),
        _("Take off line"),
        _("The results are off line."),
        rules.withdraw,
        actions.withdraw,
        danger=True,
    ),
}


def shown(programme: Programme, results: Results | None, person: Person) -> list[tuple[Any, str, Any, str]]:
    """The steps that make sense now: label, address, why not, kind of button."""
    if results is None:
        return []
    keys = ["tell", "withdraw"] if results.state == ResultsState.PUBLISHED else ["publish"]
    return [
        (
            ACTS[key].button,
            reverse("publishing:results_act", args=[programme.slug, key]),
            ACTS[key].rule(results, person),
            "danger" if ACTS[key].danger else "primary" if key == "publish" else "outline",
        )
        for key in keys
    ]
