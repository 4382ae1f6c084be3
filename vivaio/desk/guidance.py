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
explain(
    "desk",
    "call_letters call_letter call_letter_standard",
    _(
        "Here are the letters that the call sends by itself, each with its standard text. Open one to write it "
        "your own way, with fields that become names, dates and links; look at it about any application or "
        "juror before you keep it."
    ),
    "wording",
)
explain(
    "desk",
    "rehearsal",
    _(
        "Here a call is tried out with invented applications before anybody relies on it. Go through its pages as "
        "they will be; when it ends, nothing of it is left."
    ),
    "rehearsal",
)
explain(
    "desk",
    "call_sent",
    _(
        "Here is what was written for this call: to whom, when, and what became of it. What is held can be read "
        "and released from here; the list can be searched, filtered and exported."
    ),
    "letters",
)
