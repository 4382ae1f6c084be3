"""What happens in a jury, as sentences."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("jury.begun", _("{actor} began to form the jury."))
declare("juror.invited", _("{actor} invited a juror."))
declare("juror.invited_again", _("{actor} sent an invitation to the jury again."))
declare("juror.limits_changed", _("{actor} changed how many applications a juror reads."))
declare("juror.removed", _("{actor} took somebody off the jury."))
declare("juror.accepted", _("{actor} took a seat on the jury."))
declare("juror.declined", _("An invitation to the jury was declined."))
declare("jurors.reminded", _("{actor} reminded the jurors."))
declare("conflicts.searched", _("{actor} looked for conflicts of interest."))
declare(
    "conflicts.window_changed",
    _("{actor} changed for how long an ended tie counts as a conflict of interest."),
)
declare("conflicts.declared", _("{actor} declared their conflicts of interest."))
declare("conflict.declared", _("{actor} declared a conflict of interest."))
declare("conflict.recorded", _("{actor} recorded a conflict of interest."))
declare("conflict.dismissed", _("{actor} set a conflict of interest aside."))
declare("conflict.reinstated", _("{actor} let a conflict of interest stand again."))
declare(
    "applicant.cleared", _("{actor} let an applicant be assigned whose members or board are not recorded.")
)
declare("applicant.clearance_withdrawn", _("{actor} took back such a decision."))
declare("assignment.planned", _("{actor} computed an assignment."))
declare("assignment.applied", _("{actor} gave out the applications."))
declare("assignment.added", _("{actor} gave an application to a juror."))
declare("assignment.moved", _("{actor} passed an application to another juror."))
declare("assignment.removed", _("{actor} took an application away from a juror."))
declare("assignment.locked", _("{actor} locked an assignment."))
declare("assignment.unlocked", _("{actor} unlocked an assignment."))
declare(
    "assignment.recused",
    _("A juror does not read an application any more."),
)
declare("assignment.restored", _("A juror reads an application again: what kept them from it was undone."))
declare("jury.blind_file_decided", _("{actor} decided whether jurors see a file in a blind review."))
declare("recusal.made", _("{actor} stepped aside from an application."))
declare("recusal.settled", _("{actor} decided who takes over from a juror who stepped aside."))
declare("recusal.undone", _("{actor} let a juror who had stepped aside read the application again."))
declare("assignment.passed_on", _("An application passed from a juror who stepped aside to another."))
declare("jury.replacing_changed", _("{actor} changed what happens when a juror steps aside."))
declare("scores.completed", _("{actor} scored an application."))
declare("scores.changed", _("{actor} changed scores already given."))
declare("jury.confidence_changed", _("{actor} changed whether jurors say how sure they are of a score."))
declare("scoring.opened", _("{actor} opened the scoring."))
declare("scoring.closed", _("{actor} closed the scoring."))
declare("scoring.reopened", _("{actor} reopened the scoring."))
declare("scoring.extended", _("{actor} moved the end of the scoring."))

declare("jury.ranking_computed", _("{actor} computed the rankings of {subject}."))
declare("jury.tie_decided", _("{actor} put applications with equal scores in order."))
declare("jury.lots_drawn", _("{actor} wrote down the numbers of the draw of {subject}."))
declare("jury.lots_corrected", _("{actor} corrected the numbers of the draw of {subject}."))
declare("jury.outcome_decided", _("{actor} decided an outcome."))
declare("jury.verdict_adopted", _("{actor} adopted the verdict of {subject}."))
declare("jury.verdict_taken_back", _("{actor} took the verdict of {subject} back."))
declare("jury.let_go_on", _("{actor} opened the next stage for those selected in {subject}."))
declare("jury.reserve_let_go_on", _("{actor} let an application in reserve go on: {subject}."))
declare("jury.panel_copied", _("{actor} invited the jury of the stage before to {subject}."))
declare("jury.ranking_published", _("{actor} published the rankings of {subject}."))
declare("jury.place_accepted", _("{actor} accepted a place."))
declare("jury.place_declined", _("{actor} gave a place up."))
declare("jury.place_expired", _("A place was not answered for in time."))
declare("jury.reserve_moved_up", _("A place passed to the reserve list."))
declare("jury.ranking_expired", _("The ranking of {subject} left the site when its time had passed."))
declare("jury.juror_forgotten", _("{actor} took the name of an erased person off a seat of the jury."))
