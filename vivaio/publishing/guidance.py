"""What one can do on each of the staff's pages here (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.kit.guidance import explain

explain(
    "publishing",
    "accessibility_reports accessibility_report accessibility_remove",
    _(
        "What people report from the foot of every page. Each report is to be answered within thirty days: take it in "
        "hand, answer, and close it with what was mended or why not. Whoever wrote reads the answer on a page of "
        "their own, and by letter if they left an address."
    ),
    "accessibility",
)
explain(
    "publishing",
    "accessibility_statement",
    _(
        "What this site declares about its accessibility, as the law asks: who answers for it, how far it complies, "
        "what does not and why. Until you write, it says what is true of the software. Saving dates it today."
    ),
    "accessibility",
)
explain(
    "publishing",
    "site shelf add edit act",
    _(
        "News, documents, photos and videos of the programme's public pages. Prepare them calmly: they "
        "are seen outside only once they are published. Pictures need a description, videos captions."
    ),
    "site",
)
explain(
    "publishing",
    "practice_desk practice_collect",
    _(
        "Good practices of other organisations. Begin a collection, a call with a form that is ready; accept for "
        "publication what is found eligible. Each one goes on line as it was written, or edited once its organisation "
        "has confirmed it."
    ),
    "practices",
)
explain(
    "publishing",
    "practice_edit practice_act",
    _(
        "Edit the text in each language and settle which needs it meets: initiatives with a gap there find it among "
        "their practices. What you change is confirmed by the organisation before anyone reads it."
    ),
    "practices",
)
explain(
    "publishing",
    "results_manage results_act",
    _(
        "What came of the programme, in figures. They are counted when you take them and stay as they are until you "
        "take them anew; each leads to the list behind it. Nobody outside sees the page until you publish it, and "
        "initiatives are named there only if they tell their story in public."
    ),
    "results",
)
