"""What one can do on the staff's pages here (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.experts.placing import guidance as placing
from vivaio.kit.guidance import explain

__all__ = ["placing"]

explain(
    "experts",
    "bank",
    _(
        "Everybody who offers their competence, with what waits to be checked. "
        "Open a profile to check it, send it back with your words or decline it; "
        "initiatives find only those you have checked."
    ),
    "experts",
)
explain(
    "experts",
    "fields",
    _(
        "What experts can offer and initiatives ask for. Give every field and competence its words, put them in order, "
        "and retire what you offer no more: whoever has it keeps it."
    ),
    "experts",
)
explain(
    "experts",
    "field field_add competence competence_add",
    _(
        "Write the title in both languages: forms, profiles and requests show the new words at once. "
        "What is in use is retired, what nobody ever used is deleted."
    ),
    "experts",
)
explain(
    "experts",
    "invite",
    _(
        "Write to somebody whose competence the initiatives lack. "
        "They get a personal link to apply, and you check their profile like any other."
    ),
    "experts",
)
explain(
    "experts",
    "requests",
    _(
        "What the initiatives ask for. "
        "Open a request to refine it, open it for matching and see who fits; their own words are kept."
    ),
    "experts",
)
explain(
    "experts",
    "matching",
    _(
        "One computation gives every open request the experts who fit it, within their free hours. "
        "Nothing leaves before you send it: keep a pair with a lock, choose another expert, rule one out, "
        "compute again."
    ),
    "experts",
)
explain(
    "experts",
    "instead",
    _(
        "Who else could take this place, with hours, reasons and what the change costs the whole matching. "
        "Whoever you choose is locked; nothing leaves yet."
    ),
    "experts",
)
explain(
    "experts",
    "engagements",
    _(
        "Which expert works for which initiative, and where it stands. "
        "Filter what does not move: nobody has agreed, hours wait to be confirmed, nobody has met for a month. "
        "Hours are confirmed by the two sides alone; you may end what does not go on, with the reason."
    ),
    "engagements",
)
explain(
    "experts",
    "hours",
    _(
        "Hours that expert and initiative have both confirmed, by expert, initiative, field and partner. "
        "Each figure opens to its sessions; the list can be taken away as a file."
    ),
    "engagements",
)
explain(
    "experts",
    "given",
    _(
        "The sessions that the hours are made of, with what each is worth. "
        "Open one to read what was told and confirmed, and by whom."
    ),
    "engagements",
)
explain(
    "experts",
    "hour_value",
    _(
        "Say what an hour given free of charge is worth in your reports. "
        "Every figure follows at once, also for the hours given so far."
    ),
    "engagements",
)
