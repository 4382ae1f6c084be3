"""What one can do on each of the staff's pages here (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.kit.guidance import explain

explain(
    "desk",
    "outbox letter letter_cancel letter_not_arrived held",
    _(
        "The letters that the programme writes: those that left, those that wait, those that are held "
        "until you release them. Open one to read it as its reader does."
    ),
    "letters",
)
explain(
    "desk",
    "register",
    _(
        "What happened in the programme: who did what, and when. Nothing here can be changed or removed; "
        "seals prove that it was not. Search it, filter it, export it."
    ),
    "letters",
)
