"""What one can do on each of the staff's pages here (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.kit.guidance import explain

explain(
    "questionnaires",
    "form",
    _(
        "The versions of this form: look at each as applicants see it, or download it as a workbook. A "
        "version that a call uses does not change; changes make a new version."
    ),
    "applicants",
)
explain(
    "questionnaires",
    "preview",
    _("The form as applicants see it, page by page. Try it: nothing that you type is kept."),
    "applicants",
)
explain(
    "questionnaires",
    "compare draft_news",
    _(
        "What differs between one version and another, question by question: added, removed, changed, moved. "
        "Calls keep the version that they have until another one is chosen there."
    ),
    "applicants",
)
explain(
    "questionnaires",
    "draft_questions draft_add draft_change draft_place draft_remove draft_logic draft_limits "
    "draft_lists draft_list draft_texts draft_settings",
    _(
        "Here you write the form: add questions, put them in order, translate them, say when one is asked and "
        "what it takes. You work on a draft: nobody answers it until you publish it as a new version."
    ),
    "applicants",
)
explain(
    "questionnaires",
    "draft_preview",
    _("The draft as applicants will see it, page by page. Try it: nothing that you type is kept."),
    "applicants",
)
explain(
    "questionnaires",
    "draft_publish draft_discard",
    _(
        "A step that asks before it is taken. Publishing makes the draft a version that calls can choose; "
        "discarding it leaves the published versions as they are."
    ),
    "applicants",
)
