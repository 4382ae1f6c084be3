"""What one can do on each of the staff's pages here (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.kit.guidance import explain

explain(
    "jury",
    "panel invite_many juror remove",
    _(
        "Put the jury together: invite jurors by e-mail, see who has accepted and who has declared their "
        "conflicts of interest. Nobody reads an application before having done both."
    ),
    "jury",
)
explain(
    "jury",
    "conflicts conflict",
    _(
        "Conflicts of interest: declared by jurors, found in the records, or noted by the staff. Whoever "
        "has one never reads that application."
    ),
    "jury",
)
explain(
    "jury",
    "assignment preview readers clear",
    _(
        "Give the applications out: see the proposal, which keeps the load even and avoids conflicts of "
        "interest, then apply it. You can add or take away a reader by hand."
    ),
    "jury",
)
explain(
    "jury",
    "recusals undo_recusal",
    _(
        "Jurors who stepped aside from an application, in conflict or because they cannot judge it. Another takes over "
        "at once, or when you say so; with a reason you undo it."
    ),
    "jury",
)
explain(
    "jury",
    "staff_meeting meeting_conclude",
    _(
        "The calibration meeting: choose about three applications that all jurors score for practice, put the scores on"
        " the table, write down what each criterion means to the jury. The ranking reads none of it, unless the call"
        " said beforehand that these scores count."
    ),
    "jury",
)
explain(
    "jury",
    "staff_discussions staff_discussion close_discussions staff_remark staff_remark_remove",
    _(
        "The discussions of the jury: what each juror gave once confirmed, how far apart they are, what was said. You"
        " write as the office of the call, and close them before the ranking is computed."
    ),
    "jury",
)
explain(
    "jury",
    "blind blinded",
    _(
        "A blind review: what jurors do not read, and each application as they read it. A file may be withheld, or "
        "replaced by a copy without names."
    ),
    "jury",
)
explain(
    "jury",
    "comments comments_of comment_ask comment_withhold comments_release",
    _(
        "What jurors wrote for the applicants. Read it when the scoring has closed, ask a juror for another text or "
        "withhold one with a reason; release it once the outcome was told."
    ),
    "comments",
)
explain(
    "jury",
    "progress",
    _(
        "How the scoring stands, juror by juror. Remind those who are late, move the end if it is needed, "
        "and close the scoring when it is complete; until the verdict is adopted you can reopen it."
    ),
    "jury",
)
explain(
    "jury",
    "ranking compute entry order_tied draw decide adopt publish take_back",
    _(
        "The ranking is computed from the scores by the call's own rules, and every figure says where it "
        "comes from. A named person adopts the verdict; only then can the ranking be published."
    ),
    "ranking",
)
explain(
    "jury",
    "severity",
    _(
        "How far from the panel each juror scores, as the calibration finds it on the applications that jurors have in "
        "common. It corrects the calibrated quality; the scores stay as they were given."
    ),
    "ranking",
)
explain(
    "jury",
    "go_on",
    _(
        "Here is who was selected in this stage. One press opens a draft in the next stage for each of them, with a "
        "letter, which you may hold. Whoever is in reserve goes on as others withdraw."
    ),
    "stages",
)
explain(
    "jury",
    "move_up",
    _(
        "Somebody has withdrawn from the next stage: the first of the reserve may go on in their place. Let it go "
        "on, and its team gets a letter, which you may hold."
    ),
    "stages",
)
explain(
    "jury",
    "pitch",
    _(
        "A contest has a day on which its entrants present themselves. Say when and where, draw the order from public "
        "numbers or arrange it, then announce it. On the screen in the room the scores fill in, or stay hidden."
    ),
    "pitch",
)
explain(
    "jury",
    "audience",
    _(
        "Open the registration and say how many fit in the room. People register without an account and confirm by a "
        "letter; beyond the places they wait, and a place that becomes free is offered to whoever is next."
    ),
    "pitch",
)
explain(
    "jury",
    "door",
    _(
        "Search a name and press once: the person is here. It works from a phone, and a slip of the finger is undone."
    ),
    "pitch",
)
explain(
    "jury",
    "awarding",
    _(
        "Once the verdict is adopted, lay the order in which the winners are called: the last place first, or as you "
        "arrange it. Then open the stage on the projector and reveal one at a time, with Enter or the space bar."
    ),
    "pitch",
)
explain(
    "jury",
    "pitch_live",
    _("The scores wait for the end of the scoring. Here you decide that the room sees them as they arrive."),
    "pitch",
)
explain(
    "jury",
    "guest_remove",
    _("Take out whoever asked to be erased, or who is nobody. Their place passes on to the waiting list."),
    "pitch",
)
