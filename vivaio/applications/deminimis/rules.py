"""Who may declare, sign and verify, and what stands against handing in. None means yes; words mean why not."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.applications import queries as applications
from vivaio.applications import rules as application_rules
from vivaio.applications.deminimis import queries
from vivaio.applications.deminimis.content import Content, problems
from vivaio.applications.models import AidDeclaration, Application
from vivaio.applications.states import HANDED_IN, ApplicationState, CheckOutcome, IntegrationState
from vivaio.calls.states import ConditionKind
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.queries import can

Answer = Any  # None, or words


def write(application: Application, person: Person) -> Answer:
    """The team declares while it is a draft, and again where the staff asked to have the declaration integrated."""
    if application.state == ApplicationState.INTEGRATION and applications.in_team(application, person):
        if asked_again(application):
            return None
        return _(
            "The staff has not asked to integrate the de minimis declaration: it stays as it was signed."
        )
    return application_rules.edit(application, person)


def asked_again(application: Application) -> bool:
    """Whether the point on de minimis aid is to be integrated, and the time for it runs."""
    to_integrate = application.checks.filter(
        condition__kind=ConditionKind.DE_MINIMIS, outcome=CheckOutcome.INTEGRATE
    )
    running = application.integration_requests.filter(state=IntegrationState.OPEN, deadline__gt=clock.now())
    return running.exists() and to_integrate.exists()


def not_overwritten(declaration: AidDeclaration, seen: int) -> Answer:
    """What a colleague wrote since one began to read is read before it is written over."""
    if seen != declaration.revision:
        return _(
            "A colleague has written in this declaration meanwhile. What you typed is still here: open the"
            " declaration in another window, compare, then save again."
        )
    return None


def sign(application: Application, declaration: AidDeclaration, seen: int, represents: bool) -> Answer:
    """Whole, as it was read, and by whoever answers for the applicant."""
    if seen != declaration.revision:
        return _("The declaration has changed since you read it: read it again, then sign.")
    if not represents:
        return _("Tick that you are the legal representative: nobody else signs this declaration.")
    return whole(application, declaration)


def whole(application: Application, declaration: AidDeclaration | None) -> Answer:
    """Nothing may be missing in it."""
    found = problems(Content.of(declaration), queries.today_of(application))
    if not found:
        return None
    words = ngettext(
        "The de minimis declaration wants %(n)d correction: %(first)s",
        "The de minimis declaration wants %(n)d corrections, the first is: %(first)s",
        len(found),
    )
    return words % {"n": len(found), "first": found[0].words}


def hand_in(application: Application) -> Answer:
    """Where the call asks for it, nothing is handed in without a declaration that is whole and signed."""
    if not queries.conditions_for(application):
        return None
    declaration = queries.declaration_of(application)
    if declaration is None:
        return _("This call grants de minimis aid: fill in the de minimis declaration and sign it.")
    if reason := whole(application, declaration):
        return reason
    return (
        None if declaration.is_signed else _("The de minimis declaration is filled in: it has to be signed.")
    )


def verify(application: Application, person: Person) -> Answer:
    """Whoever decides on eligibility records what the register says, never about their own organisation."""
    if not can(person, "applications.decide", application.call.programme_id):
        return _("Your role in this programme does not decide on eligibility.")
    if applications.in_team(application, person):
        return _("You belong to this applicant: somebody else looks into the register.")
    if application.state not in HANDED_IN:
        return _("This application is not handed in.")
    return None
