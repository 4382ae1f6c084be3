"""What one can do on the staff's pages about placements (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.kit.guidance import explain

explain(
    "experts",
    "placements placement_round_new placement_round_edit",
    _(
        "A round brings students and initiatives together. "
        "Give it three dates: until when initiatives offer, students apply, both say whom they would like. "
        "Nothing is seen before you open it."
    ),
    "placements",
)
explain(
    "experts",
    "placement_round",
    _(
        "Where the round stands and what comes next. "
        "Share its address with students, or invite them by letter; close it when nothing more is to be matched."
    ),
    "placements",
)
explain(
    "experts",
    "placement_students placement_offers placement_list placement_all placement_offers_all",
    _(
        "Search, filter and export; open a line to see all of it. "
        "Students are vouched for by their university’s tutor; offers are checked by you before students see them."
    ),
    "placements",
)
explain(
    "experts",
    "placement_matching",
    _(
        "One computation places the students by the preferences of both sides, the same each time. "
        "Look at who goes where and why, then send: if something has changed meanwhile you are asked to compute anew."
    ),
    "placements",
)
explain(
    "experts",
    "placement_invite placement_tutors",
    _(
        "Each invitation is a personal link by letter. "
        "Call one back or send it again from the list; a university takes part once it has a tutor here."
    ),
    "placements",
)
explain(
    "experts",
    "placement_grant",
    _(
        "The grant goes to the initiative, earmarked for this student. "
        "It is awarded once, after all three have signed, out of the money that is free."
    ),
    "placements",
)
