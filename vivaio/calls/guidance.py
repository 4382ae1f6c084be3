"""What one can do on each of the staff's pages here (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.kit.guidance import explain

explain(
    "calls",
    "staff_list",
    _(
        "Here are the programme's calls, also those that nobody else sees yet. Begin a call, or open one "
        "to write it, publish it and follow the work on it."
    ),
    "begin",
)
explain(
    "calls",
    "create",
    _(
        "A title and the two instants of the window are enough to begin. Everything can still be changed "
        "afterwards, and until you publish it only the staff sees the call."
    ),
    "begin",
)
explain(
    "calls",
    "manage",
    _(
        "This is the call's home: what is still missing, its sections, its dates, and the work that "
        "follows. When nothing is missing any more you can publish it. Once it has opened, its terms no "
        "longer change: applicants rely on them."
    ),
    "publish",
)
explain(
    "calls",
    "edit",
    _(
        "Write what anyone reads on the call's page: the title, a summary, who can apply, what one "
        "receives, the full text. The full text also becomes a PDF by itself."
    ),
    "texts",
    section="texts",
)
explain(
    "calls",
    "edit",
    _(
        "Say who may apply and choose the application form. A form is chosen in one version: if a newer "
        "one is made, choose it here."
    ),
    "applicants",
    section="applicants",
)
explain(
    "calls",
    "edit",
    _(
        "Each track has places of its own and a ranking of its own. A call needs at least one; the "
        "smallest score, if you give one, leaves places empty rather than select below it."
    ),
    "tracks",
    section="tracks",
)
explain(
    "calls",
    "edit",
    _(
        "Jurors score every criterion on its scale. The weights add up to 100; say what each score means,"
        " so that all jurors read it alike."
    ),
    "criteria",
    section="criteria",
)
explain(
    "calls",
    "edit",
    _(
        "Here you set when applications are taken and when the jury scores. Once the call has opened, its "
        "closing is moved on by a notice, which everybody reads."
    ),
    "dates",
    section="windows",
)
explain(
    "calls",
    "edit remove_document",
    _(
        "One section of the call at a time: write it and save it. The list beside it leads to the other "
        "sections and says where something is missing."
    ),
    "dates",
)
explain(
    "calls",
    "act",
    _(
        "A step in the call's life, which asks before it is taken. Read what changes for those outside, "
        "then confirm, or leave things as they are."
    ),
    "publish",
)
explain(
    "calls",
    "question_queue",
    _(
        "Here is what people ask about the call, the questions that wait first. Open one to answer it; "
        "until when the call takes them is set among its windows or, once it has opened, in a notice."
    ),
    "questions",
)
explain(
    "calls",
    "question",
    _(
        "Write the question as anyone may read it, and the answer, in the call's languages; keep it, or "
        "publish it. You can also answer with an earlier answer, to who asked alone, or say why you do not "
        "answer."
    ),
    "questions",
)
explain(
    "calls",
    "notice",
    _(
        "Once the call has opened, what applicants rely on changes by a notice. Say why, type over what "
        "changes, look at before and after, then publish: applicants and followers get a letter."
    ),
    "notices",
)
explain(
    "calls",
    "stages",
    _(
        "A call may choose in several stages. Say what each is called and who goes on; open the others from the "
        "stem to write them. Names, dates and places are fixed when the first stage opens; form, criteria and "
        "texts of a later stage can be written until that one opens."
    ),
    "stages",
)
explain(
    "calls",
    "add_stage",
    _(
        "Give the new stage a name, a window and, if it is there already, its form. It gets the tracks of the "
        "stage before; places and minimum scores are changed afterwards."
    ),
    "stages",
)
explain(
    "calls",
    "remove_stage",
    _(
        "Read what is lost, then remove the stage or leave it. If another one came after it, that follows the "
        "stage before."
    ),
    "stages",
)
explain(
    "calls",
    "clone",
    _(
        "Here a call becomes the basis of a new one, in this programme or in another of yours. Say title, address "
        "and opening, look at the plan with every date, then make it."
    ),
    "begin",
)
