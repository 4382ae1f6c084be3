"""Who may give out applications, and what stands in the way."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.jury.models import Assignment, AssignmentPlan, Juror, Panel
from vivaio.jury.queries import assignment as queries
from vivaio.jury.queries import conflicts
from vivaio.jury.rules import panel as panel_rules
from vivaio.jury.states import AsideState, AssignmentState, ConflictState, JurorState, PanelState
from vivaio.people.models import Person


def change(panel: Panel, person: Person | None) -> str | None:
    """Assignments change until the scoring is closed."""
    return panel_rules.edit(panel, person) or while_scoring(panel)


def while_scoring(panel: Panel) -> str | None:
    """What was closed stays as it was."""
    if panel.state == PanelState.CLOSED:
        return _("Scoring is closed. Reopen it before you give out applications.")
    return None


def plan(panel: Panel, person: Person | None) -> str | None:
    """A plan needs applications, jurors, and that every applicant is known or cleared."""
    refused = change(panel, person)
    if refused:
        return refused
    return what_planning_needs(
        panel, applications=queries.judged(panel).count(), jurors=queries.seated(panel).count()
    )


def what_planning_needs(panel: Panel, *, applications: int, jurors: int) -> str | None:
    """What stands between these numbers of applications and jurors, and a plan."""
    if not applications:
        return _("No application has been found eligible yet: decide on eligibility first.")
    if not jurors:
        return _("Nobody has accepted to sit on the jury yet: invite jurors, or remind those invited.")
    strangers = conflicts.first_unknown(panel.call)
    if strangers:
        names = ", ".join(
            _("“%(name)s”") % {"name": application.applicant_name}
            for application in strangers[: conflicts.NAMED]
        )
        if len(strangers) > conflicts.NAMED:
            names += "…"
        return _(
            "Members or board are not recorded for %(names)s, so nobody can tell whether a juror is in conflict."
            " Have them recorded, or decide in “Conflicts” that the application may be assigned all the same."
        ) % {"names": names}
    return None


def apply(plan: AssignmentPlan, panel: Panel, digest: str, person: Person | None) -> str | None:
    """A plan is applied once, and only to what it was computed from."""
    return change(panel, person) or still_holds(plan, digest)


def still_holds(plan: AssignmentPlan, digest: str) -> str | None:
    """Whether a plan was not applied yet, and nothing changed since."""
    if plan.applied_at:
        return _("This plan has been applied already.")
    if "pairs" not in plan.result:
        return _("This plan found no assignment, so there is nothing to apply.")
    if digest != plan.inputs_digest:
        return _(
            "Since this plan was computed something changed: a juror, an application, a conflict, a lock or a score."
            " Nothing was given out. Compute the plan again and look at it."
        )
    return None


def known(panel: Panel, application: Application) -> str | None:
    """Of an applicant whose people are not recorded nobody can tell who is in conflict, until somebody decides."""
    if conflicts.unknown(panel).filter(pk=application.pk).exists():
        return _(
            "Members or board of “%(applicant)s” are not recorded. Have them recorded, or decide in “Conflicts”"
            " that the application may be assigned all the same."
        ) % {"applicant": application.applicant_name}
    return None


def add(panel: Panel, juror: Juror, application: Application, person: Person | None) -> str | None:
    """One application for one juror, by hand: never against a conflict."""
    refused = change(panel, person)
    if refused:
        return refused
    names = {"juror": juror, "application": application}
    if juror.panel_id != panel.pk or juror.state != JurorState.ACCEPTED:
        return _("%(juror)s does not sit on this jury.") % names
    if application.call_id != panel.call_id or application.state != ApplicationState.ADMITTED:
        return _("“%(application)s” is not among the eligible applications of this call.") % names
    if refused := known(panel, application):
        return refused
    if juror.conflicts.filter(application=application, state=ConflictState.STANDING).exists():
        return _("%(juror)s has a conflict of interest with “%(application)s”.") % names
    if juror.recusals.filter(application=application, state=AsideState.STANDING).exists():
        return _("%(juror)s has stepped aside from “%(application)s”. Undo that first.") % names
    if juror.assignments.filter(application=application).exclude(state=AssignmentState.RECUSED).exists():
        return _("%(juror)s already reads “%(application)s”.") % names
    load = queries.live(panel).filter(juror=juror).exclude(state=AssignmentState.RECUSED).count()
    if load >= juror.capacity:
        return ngettext(
            "%(juror)s already reads %(load)s application, as many as they agreed to. Raise the limit first.",
            "%(juror)s already reads %(load)s applications, as many as they agreed to. Raise the limit first.",
            load,
        ) % {"juror": juror, "load": load}
    return None


def take_away(assignment: Assignment, person: Person | None) -> str | None:
    """What has been begun stays: a score given is not thrown away."""
    refused = change(assignment.juror.panel, person)
    if refused:
        return refused
    names = {"juror": assignment.juror, "application": assignment.application}
    if assignment.state in queries.KEPT:
        return _("%(juror)s has begun to score “%(application)s”: that work stays.") % names
    if assignment.state == AssignmentState.RECUSED:
        return _("%(juror)s no longer reads “%(application)s”.") % names
    if assignment.locked:
        return _("This assignment is locked: unlock it first.")
    return None


def lock(assignment: Assignment, person: Person | None) -> str | None:
    """A lock keeps an assignment when a plan is computed again."""
    refused = change(assignment.juror.panel, person)
    if refused:
        return refused
    if assignment.state == AssignmentState.RECUSED:
        return _("%(juror)s no longer reads “%(application)s”.") % {
            "juror": assignment.juror,
            "application": assignment.application,
        }
    return None


def nothing_new() -> str:
    """Said of a plan that equals what is given out already."""
    return _("This is what is given out already: there is nothing to change.")


def gone() -> str:
    """Said when somebody else took the assignment away."""
    return _("This assignment is no longer there: somebody changed it meanwhile. Reload the page.")


def work_would_be_lost() -> str:
    """Said when a plan forgets work that was begun; computing it again mends it."""
    return _("The plan leaves out an assignment that is locked or begun. Compute the plan again.")
