"""Who may do what with an application, and why not. None means yes; words mean why not."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vivaio.applications import answers, queries
from vivaio.applications.checking import queries as checking
from vivaio.applications.continuing.rules import entered_from_before
from vivaio.applications.guarding import rules as guarding
from vivaio.applications.models import Application, Check, IntegrationRequest
from vivaio.applications.retaining import queries as retaining
from vivaio.applications.states import DECIDED, ApplicationState, CheckOutcome, IntegrationState
from vivaio.calls.models import Call, Track
from vivaio.calls.states import ApplicantKind, CallState, Window
from vivaio.kit import clock, formats
from vivaio.people import queries as people
from vivaio.people.models import Organisation, Person
from vivaio.programmes.queries import can
from vivaio.questionnaires.models import Response

Answer = Any  # None, or words
MOST_FILES = 10
TEAM_ONLY = gettext_lazy("Only people of the applicant's team can do this.")


def start(call: Call, person: Person) -> Answer:
    """An application may be begun while the call is open."""
    contest = _("Initiatives alone enter this contest, from their own pages: under “Contests”.")
    return contest if call.is_contest else enter(call)


def enter(call: Call) -> Answer:
    """What holds for whoever begins an application, an initiative that enters a contest too."""
    if call.form_id is None and call.state == CallState.PUBLISHED:
        return _("This call has no questions yet: it takes applications as soon as they are there.")
    return entered_from_before(call) or _window(call)


def start_in(track: Track, organisation: Organisation | None, person: Person) -> Answer:
    """Whether `organisation` (or, without one, the person alone) may apply in this track."""
    call = track.call
    if organisation is None:
        if ApplicantKind.PERSON not in call.applicant_kinds:
            return _("This call is for organisations: choose one, or register yours first.")
        return None
    if not people.belongs(person, organisation):
        return _("You do not belong to this organisation.")
    return admits(track, organisation)


def admits(track: Track, organisation: Organisation) -> Answer:
    """Whether the track is open to this kind of organisation."""
    if ApplicantKind.ORGANISATION not in track.call.applicant_kinds:
        return _("This call is for people, not for organisations.")
    if track.organisation_kinds and organisation.kind not in track.organisation_kinds:
        return _("The track “%(track)s” is not for this kind of organisation (%(kind)s).") % {
            "track": track,
            "kind": organisation.get_kind_display(),
        }
    return None


def edit(application: Application, person: Person) -> Answer:
    """The team writes while it is a draft. Late words are kept too: the call may be extended."""
    if not queries.in_team(application, person):
        return TEAM_ONLY
    if application.state != ApplicationState.DRAFT:
        return _("The answers are frozen, because the application was handed in or withdrawn.")
    if application.call.state in (CallState.CONCLUDED, CallState.WITHDRAWN):
        return _("This call is over: nothing can be written any more.")
    return None


def submit(application: Application, person: Person, *, in_team: bool | None = None) -> Answer:
    """The team hands in a draft while the call is open."""
    if not (queries.in_team(application, person) if in_team is None else in_team):
        return TEAM_ONLY
    if application.state != ApplicationState.DRAFT:
        return _("This application is not a draft any more.")
    return _window(application.call)


def complete(missing: int) -> Answer:
    """Nothing may be missing when it is handed in."""
    if missing:
        return ngettext(
            "%(n)d answer is missing or wants a correction: the list says which.",
            "%(n)d answers are missing or want a correction: the list says which.",
            missing,
        ) % {"n": missing}
    return None


def declare(declared: bool, noticed: bool) -> Answer:
    """The team answers for what it hands in, and has read the privacy notice."""
    if not declared:
        return _("Tick the declaration: without it the application cannot be handed in.")
    if not noticed:
        return _(
            "Tick that you have read the privacy notice: without it the application cannot be handed in."
        )
    return None


def notice_holds(shown: str, holds: str) -> Answer:
    """The notice that was read is the one that holds."""
    if shown != holds:
        return _("The privacy notice has changed while you were writing: read it again below, then hand in.")
    return None


def withdraw(application: Application, person: Person, *, in_team: bool | None = None) -> Answer:
    """A draft or what was handed in may be withdrawn by its team until its team is told that it is excluded,
    or the call concluded."""
    if not (queries.in_team(application, person) if in_team is None else in_team):
        return TEAM_ONLY
    if application.state == ApplicationState.WITHDRAWN:
        return _("This application was withdrawn already.")
    if application.told_state == ApplicationState.EXCLUDED:
        return _("This application was found not eligible: there is nothing to withdraw.")
    if application.call.state in (CallState.CONCLUDED, CallState.WITHDRAWN):
        return _("This call is over: nothing can be withdrawn any more.")
    return None


def reopen(application: Application, person: Person, *, in_team: bool | None = None) -> Answer:
    """Until the deadline what was handed in, or withdrawn, may become a draft again."""
    if not (queries.in_team(application, person) if in_team is None else in_team):
        return TEAM_ONLY
    if application.state not in (ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN):
        return _("Only an application that was handed in or withdrawn can be reopened.")
    if application.continues_id and application.state == ApplicationState.WITHDRAWN:
        return _(
            "It was withdrawn from this stage, and whoever is in reserve may have moved up: it stays so."
        )
    if reason := _window(application.call):
        return reason
    if queries.other_draft(application):
        return _("There is another draft in this track: hand it in or withdraw it first.")
    return None


def decide_in(call: Call, person: Person) -> Answer:
    """Whether the person may decide on applications of this call now."""
    if not can(person, "applications.decide", call.programme_id):
        return _("Your role in this programme does not decide on eligibility.")
    if call.window != Window.SHUT:
        instant = formats.instant(call.closes_at, call.time_zone)
        return _("You can decide when the call has closed, %(instant)s: until then it may be reopened.") % {
            "instant": instant
        }
    if call.state == CallState.CONCLUDED:
        return _("This call is concluded.")
    return None


def decide(application: Application, person: Person) -> Answer:
    """The staff decides on eligibility once the call has closed, and never on its own organisation."""
    return decide_in(application.call, person) or _for_others_to_decide(
        application, in_team=queries.in_team(application, person)
    )


def _for_others_to_decide(application: Application, *, in_team: bool) -> Answer:
    if in_team:
        return _("You belong to this applicant: somebody else decides.")
    if application.state in (ApplicationState.DRAFT, ApplicationState.WITHDRAWN):
        return _("This application is not handed in.")
    return None


def admit(application: Application, person: Person) -> Answer:
    """Eligible unless a condition is known not to be met; who decides confirms those to be checked."""
    return decide(application, person) or _admittable(application, guarding.admit(application))


def signed(application: Application) -> Answer:
    """Whether somebody under 18 works on it without a guardian's signature that stands."""
    return guarding.admit(application)


def admit_unseen(
    application: Application, *, in_call: Answer, in_team: bool, unsigned: Answer = None
) -> Answer:
    """Of many at once: `admit` with what was asked for all of them, and no condition left for a person to check."""
    reason = (
        in_call or _for_others_to_decide(application, in_team=in_team) or _admittable(application, unsigned)
    )
    if reason:
        return reason
    if application.state == ApplicationState.INTEGRATION:
        return _("A request for integration is waiting for its answer.")
    if unknown := [c for c in application.checks.all() if c.outcome == CheckOutcome.UNKNOWN]:
        return _("“%(condition)s” is still to be checked: open the application and look.") % {
            "condition": unknown[0].condition
        }
    return None


def exclude(application: Application, person: Person) -> Answer:
    """Excluding wants a decision that was not taken yet."""
    return decide(application, person) or _excludable(application)


def undecide(application: Application, person: Person) -> Answer:
    """A decision may be taken back while nothing was built on it; later rooms refuse through the event."""
    if reason := decide(application, person):
        return reason
    if application.state not in DECIDED:
        return _("Nothing is decided yet.")
    return None


def request_integration(application: Application, person: Person) -> Answer:
    """One request at a time, before the decision."""
    return decide(application, person) or _askable(application)


def staffs_answers(application: Application, person: Person, unsigned: Answer) -> dict[str, Answer]:
    """What the staff's page explains, asked once: decide, admit, exclude, request.

    `unsigned`: what `guarding.rules.admit` says, which the page has asked.
    """
    reason = decide(application, person)
    return {
        "decide": reason,
        "admit": reason or _admittable(application, unsigned),
        "exclude": reason or _excludable(application),
        "request": reason or _askable(application),
    }


def _waits(application: Application) -> Answer:
    """Whether something else comes before a decision: what was proposed; where two decide, an open request too."""
    if checking.waits(application):
        return _("A proposed decision waits for somebody else to confirm it.")
    if application.call.two_persons and application.state == ApplicationState.INTEGRATION:
        return _("A request for integration is waiting for its answer: wait, or take it back.")
    return None


def meets(application: Application) -> Answer:
    """Whether nothing known speaks against finding it eligible, at this moment."""
    return _meets(application, guarding.admit(application))


def _admittable(application: Application, unsigned: Answer) -> Answer:
    return _waits(application) or _meets(application, unsigned)


def _meets(application: Application, unsigned: Answer) -> Answer:
    if application.state == ApplicationState.ADMITTED:
        return _("It is confirmed as eligible already.")
    if application.state == ApplicationState.EXCLUDED:
        return _("It was excluded: take that decision back first.")
    if not queries.is_frozen(application):
        return _("Its answers are not frozen.")
    if unsigned:
        return unsigned
    if failed := [c for c in application.checks.all() if c.outcome == CheckOutcome.NOT_MET]:
        return _("“%(condition)s” is not met. Correct the outcome of that condition first, or exclude.") % {
            "condition": failed[0].condition
        }
    if asked := [c for c in application.checks.all() if c.outcome == CheckOutcome.INTEGRATE]:
        return _("“%(condition)s” is to be integrated: ask for it, or correct the outcome of that point.") % {
            "condition": asked[0].condition
        }
    return None


def _excludable(application: Application) -> Answer:
    if application.state == ApplicationState.EXCLUDED:
        return _("It is excluded already.")
    if application.state == ApplicationState.ADMITTED:
        return _("It was confirmed as eligible: take that decision back first.")
    return _waits(application)


def _askable(application: Application) -> Answer:
    if application.state == ApplicationState.INTEGRATION:
        return _("A request for integration is waiting for its answer already.")
    if application.state != ApplicationState.SUBMITTED:
        return _("It is decided already: take the decision back first.")
    return _waits(application)


def settle(check: Check, person: Person) -> Answer:
    """Outcomes of conditions may be changed until it is decided."""
    if reason := decide(check.application, person):
        return reason
    return open_points(check.application)


def recheck(application: Application, person: Person) -> Answer:
    """Conditions are computed again until it is decided, or proposed."""
    return decide(application, person) or open_points(application)


def open_points(application: Application) -> Answer:
    """Points may be settled until it is decided, or proposed."""
    if application.state in DECIDED:
        return _("It is decided already: take the decision back first.")
    if checking.waits(application):
        return _("A proposed decision waits for somebody else to confirm it.")
    return None


def cancel_integration(request: IntegrationRequest, person: Person) -> Answer:
    """A request that nobody answered yet may be taken back."""
    if reason := decide(request.application, person):
        return reason
    if request.state != IntegrationState.OPEN:
        return _("This request is not open any more.")
    return None


def answer_integration(request: IntegrationRequest, person: Person) -> Answer:
    """The team answers up to, not at, the deadline; the server's clock decides."""
    application = request.application
    if not queries.in_team(application, person):
        return TEAM_ONLY
    if request.state == IntegrationState.ANSWERED:
        return _("This request was answered already.")
    if request.state == IntegrationState.CANCELLED:
        return _("The staff took this request back: there is nothing to answer.")
    if request.state == IntegrationState.EXPIRED or clock.now() >= request.deadline:
        return _("The time for this answer ended %(instant)s.") % {
            "instant": formats.instant(request.deadline, application.call.time_zone)
        }
    return None


def reopen_terms(call: Call) -> Answer:
    """A call takes applications again as long as nothing was built on those that it had."""
    if queries.decided_in(call).exists():
        return _(
            "Decisions on this call’s applications have been taken: its terms can no longer be reopened."
            " Take them back first, or begin another call."
        )
    return None


def reason_given(words: str) -> Answer:
    """The applicant reads why."""
    if not words.strip():
        return _("Write the reason: the applicant reads it.")
    return None


def deadline_ahead(deadline: dt.datetime) -> Answer:
    """A deadline lies ahead."""
    if deadline <= clock.now():
        return _("Choose a deadline that is still to come.")
    return None


def another_file(request: IntegrationRequest) -> Answer:
    """At most ten files with one answer."""
    if request.files.count() >= MOST_FILES:
        return _("There are %(n)d files already: put the others together in one PDF.") % {"n": MOST_FILES}
    return None


def something_answered(request: IntegrationRequest, text: str, response: Response) -> Answer:
    """An answer says something: words, a file, or a changed answer."""
    if text.strip() or request.files.exists():
        return None
    if answers.changed(request.application, response, request.questions):
        return None
    return _("Write an answer, add a file or change one of the opened answers.")


def _window(call: Call) -> Answer:
    """Why nothing can be handed in right now."""
    if call.is_open():
        return None
    if call.window == Window.AHEAD and call.state == CallState.PUBLISHED:
        return _("This call opens %(instant)s.") % {"instant": formats.instant(call.opens_at, call.time_zone)}
    if clock.now() >= call.closes_at:
        return _(
            "This call closed %(instant)s; our clock says %(now)s. What you wrote is kept as a draft."
        ) % {
            "instant": formats.instant(call.closes_at, call.time_zone),
            "now": formats.hour(clock.now(), call.time_zone),
        }
    return _("This call takes no applications.")


def be_erased(person: Person) -> Answer:
    """A person's own application is not erased while it is being assessed: they withdraw it, or wait."""
    waiting = retaining.own_being_assessed(person).first()
    if waiting is None:
        return None
    return _(
        "Your application “%(application)s” is being assessed: withdraw it first, or wait until its call is over."
    ) % {"application": waiting}
