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
    "own_letters own_letter",
    _(
        "Write a letter in your own words to the teams of the applications that you chose. It is kept as a draft;"
        " read it as its reader will, then have the letters written. They are held until somebody releases them."
    ),
    "eligibility",
)
explain(
    "applications",
    "dossiers dossier",
    _(
        "Take applications out as one document, or as folders with their files. They are put together in the"
        " background, kept for a short time, for you alone, and the register says that you fetched them."
    ),
    "eligibility",
)
explain(
    "applications",
    "de_minimis_list de_minimis_check",
    _(
        "What applicants declared of de minimis aid, what it comes to today, and what remains. Look up each in the"
        " register (RNA), record the visura, and take the list away with the columns that the register asks for."
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
explain(
    "applications",
    "signature_identity",
    _(
        "An identity document came with a paper signed by hand. Open it only to compare the signature: who opened it,"
        " when and why is kept, and it is deleted when its period has ended."
    ),
    "eligibility",
)
