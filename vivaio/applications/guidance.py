"""What one can do on each of the staff's pages here (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.kit.guidance import explain

explain(
    "applications",
    "received",
    _(
        "All applications that were handed in to this call. Search, filter and export them; open one to "
        "check that it is eligible."
    ),
    "eligibility",
)
explain(
    "applications",
    "filters",
    _(
        "Ask something of the answers, one question at a time, and show answers as columns of the list. What "
        "you ask stays in the address: save it as a view, or download the list as it stands."
    ),
    "eligibility",
)
explain(
    "applications",
    "checklist",
    _(
        "Work through the points one by one: what the computer found stands under each, the answer or the document"
        " beside it. What you choose and write is saved at once; the decision and its reasons grow from it."
    ),
    "eligibility",
)
explain(
    "applications",
    "figures",
    _(
        "How many applications were begun and handed in, day by day, and how they divide by track, state, area, "
        "sector and answers. A line leads to the applications that it counts; the figures can be downloaded."
    ),
    "eligibility",
)
explain(
    "applications",
    "proposal_confirm proposal_send_back proposal_take_back",
    _(
        "Where the call wants two people, one proposes and another one, without ties to the applicant, confirms or"
        " sends back with a reason. Nothing is told to the applicant before."
    ),
    "eligibility",
)
explain(
    "applications",
    "eligibility confirm confirm_all exclude undecide request_integration integration_cancel",
    _(
        "Check the conditions of the call one by one, then decide: eligible or not, always with a reason."
        " If papers are missing, ask for them by a deadline. A decision can be taken back while nothing "
        "rests on it."
    ),
    "eligibility",
)
explain(
    "applications",
    "longlist prospect prospect_add prospect_edit prospect_import prospect_invite_many "
    "prospect_set_aside prospect_remove",
    _(
        "The organisations that you have spotted for this programme: where you found them, why, who "
        "follows them. Invite them by name and see who opened the letter, who answered, who applied."
    ),
    "scouting",
)
