"""Where an application stands and what is to be done next, told to its team."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.applications.models import Application, IntegrationRequest
from vivaio.applications.states import ApplicationState, IntegrationState
from vivaio.calls.states import Window
from vivaio.kit import formats

TONES = {
    ApplicationState.DRAFT: "now",
    ApplicationState.SUBMITTED: "yes",
    ApplicationState.INTEGRATION: "now",
    ApplicationState.ADMITTED: "yes",
    ApplicationState.EXCLUDED: "no",
    ApplicationState.WITHDRAWN: "",
}


@dataclass(frozen=True)
class Phase:
    """One leaf, bud or seed of the stem."""

    state: str
    name: Any
    dates: str = ""
    text: str = ""
    href: str = ""


@dataclass(frozen=True)
class Line:
    """An application in the list of one's own: where it stands and the one thing to do."""

    application: Application
    when: str
    tone: str
    icon: str
    title: str
    text: str
    context: str
    href: str
    action: str
    asks: bool


def line(application: Application, request: IntegrationRequest | None = None) -> Line:
    """What the team reads first. `request` is the open request for integration, if there is one."""
    call, state = application.call, application.told_state
    href = reverse("applications:application", args=[application.pk])
    if state == ApplicationState.DRAFT:
        when, text, action, asks = _draft(application)
    elif state == ApplicationState.INTEGRATION and request:
        when = _("Answer by %(day)s") % {"day": formats.short_day(request.deadline, call.time_zone)}
        text, action, asks = request.text, _("Answer the request"), True
        href = reverse("applications:integration", args=[request.pk])
    else:
        when, text, action = _handed_in(application)
        asks = False
        if application.outcome_published_at and state != ApplicationState.SUBMITTED:
            href = reverse("jury:outcome", args=[application.pk])
    return Line(
        application=application,
        when=when,
        tone=TONES[ApplicationState(state)] if asks or state != ApplicationState.DRAFT else "",
        icon="clock" if asks else "",
        title=str(application),
        text=text,
        context=f"{call} · {application.track} · {application.applicant_name}",
        href=href,
        action=action,
        asks=asks,
    )


def _draft(application: Application) -> tuple[str, str, str, bool]:
    """When, what, what to press, and whether something is awaited, before it is handed in."""
    call = application.call
    if call.is_open():
        text = _("It closes %(instant)s.") % {"instant": formats.instant(call.closes_at, call.time_zone)}
        return formats.remaining(call.closes_at).words, text, _("Go on writing"), True
    if call.window == Window.AHEAD:
        when = _("from %(day)s") % {"day": formats.short_day(call.opens_at, call.time_zone)}
        text = _("You can write it already; it is handed in from %(opens)s to %(closes)s.") % {
            "opens": formats.instant(call.opens_at, call.time_zone),
            "closes": formats.instant(call.closes_at, call.time_zone),
        }
        return when, text, _("Go on writing"), True
    text = _("The call closed before it was handed in: what you wrote stays readable.")
    return _("Not handed in"), text, _("Read the draft"), False


def _handed_in(application: Application) -> tuple[str, str, str]:
    """When, what and what to press, from the receipt to the outcome."""
    state = application.told_state
    if state == ApplicationState.SUBMITTED:
        text = _("Handed in %(instant)s. The staff checks the conditions when the call has closed.") % {
            "instant": formats.instant(application.submitted_at, application.call.time_zone)
        }
        return _("Handed in"), text, _("See where it stands")
    if application.outcome_published_at:
        text = _("The ranking is published: the outcome says where you stand and what comes next.")
        return _("Outcome published"), text, _("Read the outcome")
    if state == ApplicationState.ADMITTED:
        return _("Eligible"), _("It meets the conditions and goes to the jury."), _("See where it stands")
    if state == ApplicationState.EXCLUDED:
        return _("Not eligible"), application.decision_reason, _("Read why")
    return str(application.get_told_state_display()), "", _("See where it stands")


def phases(application: Application) -> list[Phase]:
    """The way of an application, from the draft to the ranking."""
    found = [_drafting(application), _handing_in(application), _checking(application)]
    return [*found, *_after(application)]


def _drafting(application: Application) -> Phase:
    zone = application.call.time_zone
    now = application.state == ApplicationState.DRAFT
    text = _("You write; it is saved as you type.") if now else ""
    dates = _("since %(day)s") % {"day": formats.short_day(application.created_at, zone)}
    return Phase("now" if now else "done", _("Draft"), dates, text)


def _handing_in(application: Application) -> Phase:
    call = application.call
    if application.state == ApplicationState.WITHDRAWN:
        text = _("It was withdrawn %(instant)s.") % {
            "instant": formats.instant(application.withdrawn_at, call.time_zone)
        }
        return Phase("now", _("Withdrawn"), "", text)
    if application.submitted_at is None:
        return Phase(
            "future",
            _("Handing in"),
            _("by %(day)s") % {"day": formats.moment(call.closes_at, call.time_zone)},
        )
    text = _("Number %(number)s.") % {"number": application.number}
    return Phase("done", _("Handed in"), formats.moment(application.submitted_at, call.time_zone), text)


def _checking(application: Application) -> Phase:
    name = _("Check of the conditions")
    zone, state = application.call.time_zone, application.told_state
    if state == ApplicationState.INTEGRATION:
        return Phase("now", name, "", _("The staff asked for an integration: see below."))
    if state == ApplicationState.SUBMITTED:
        text = _("The staff looks at the conditions of the call.")
        if application.call.window == Window.OPEN:
            text = _("It begins when the call has closed.")
        return Phase("now", name, "", text)
    if state == ApplicationState.ADMITTED:
        text = _("It meets the conditions of the call.")
        return Phase("done", name, formats.short_day(application.decided_at, zone), text)
    if state == ApplicationState.EXCLUDED:
        return Phase(
            "now", _("Not eligible"), formats.short_day(application.decided_at, zone), _("See why below.")
        )
    return Phase("future", name)


def _after(application: Application) -> list[Phase]:
    if application.told_state in (ApplicationState.EXCLUDED, ApplicationState.WITHDRAWN):
        return []
    call = application.call
    dates = ""
    if call.scoring_closes_at:
        dates = _("until %(day)s") % {"day": formats.short_day(call.scoring_closes_at, call.time_zone)}
    if application.outcome_published_at:
        published = formats.short_day(application.outcome_published_at, call.time_zone)
        text = _("Read your outcome and, if a place is yours, accept it there.")
        if call.leads_on is not None:
            text = _("Read your outcome, and whether you go on to the next stage.")
        href = reverse("jury:outcome", args=[application.pk])
        return [Phase("done", _("Jury")), Phase("now", _("Ranking"), published, text, href)]
    admitted = application.state == ApplicationState.ADMITTED
    text = _("Jurors read and score it.") if admitted else ""
    return [
        Phase("now" if admitted else "future", _("Jury"), dates, text),
        Phase("future", _("Ranking"), "", _("We write to you when it is published.") if admitted else ""),
    ]


def open_request(application: Application) -> IntegrationRequest | None:
    """The request that waits for an answer, read from what was prefetched."""
    requests = application.integration_requests.all()
    return next((one for one in requests if one.state == IntegrationState.OPEN), None)
