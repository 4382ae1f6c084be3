"""What the law asks for people under 18, and why something waits. None means yes; words mean why not."""

from typing import Any

from django.utils.translation import gettext as _

from vivaio.applications import eligibility
from vivaio.applications.guarding import queries
from vivaio.applications.guarding.queries import Young
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls.models import Call
from vivaio.calls.states import CallState, Window
from vivaio.people.models import Person
from vivaio.people.states import GuardianshipState

Answer = Any  # None, or words


def hand_in(application: Application, person: Person) -> Answer:
    """Nobody under 18 is bound by what is handed in before a holder of parental responsibility has signed.

    Where the call has a condition on age, whoever applies first says theirs.
    """
    return why_not(queries.young_in(application, person), person) or say_age(application)


def ask(application: Application) -> Answer:
    """Nobody is written to about an application that cannot go on."""
    if reason := go_on(application.call):
        return reason
    if application.state == ApplicationState.WITHDRAWN:
        return _("This application was withdrawn: no signature is needed.")
    if application.state == ApplicationState.DRAFT and application.call.window == Window.SHUT:
        return _("This call has closed, and the application was not handed in: no signature is needed.")
    return None


def go_on(call: Call) -> Answer:
    """A signature is of use until the call is over."""
    if call.state in (CallState.CONCLUDED, CallState.WITHDRAWN):
        return _("This call is over: no signature is needed any more.")
    return None


def say_age(application: Application) -> Answer:
    """A condition on age is found out from the date of birth."""
    applicant = application.person
    if applicant is None or applicant.born_on is not None or not eligibility.counts_age(application):
        return None
    return _("This call has a condition on age: first say your date of birth.")


def why_not(young: list[Young], person: Person) -> Answer:
    """The first reason among those who work on the application, the reader's own first."""
    for one in sorted(young, key=lambda one: one.person.pk != person.pk):
        own = one.person.pk == person.pk
        if reason := own_reason(one) if own else others_reason(one):
            return reason
    return None


def own_reason(one: Young) -> Answer:
    """Why it waits for the reader."""
    if one.unknown:
        return _("This call is open to people under 18: first say your date of birth.")
    if one.signed:
        return None
    asked = one.guardianship
    if asked is None:
        return _("You are under 18: a parent or guardian signs first. Name one, and we write to them.")
    if asked.state == GuardianshipState.ASKED:
        return _("You are under 18: the signature of %(guardian)s is still missing.") % {
            "guardian": asked.name
        }
    return _("Your guardian has not agreed. Talk to them; you can ask again, or name somebody else.")


def others_reason(one: Young) -> Answer:
    """Why it waits for somebody else of the team."""
    if one.unknown:
        return _(
            "This call is open to people under 18, and %(person)s works on the application without having said"
            " their date of birth: ask them to do so."
        ) % {"person": one.person}
    if one.signed:
        return None
    return _("%(person)s is under 18, and the signature of their guardian is missing.") % {
        "person": one.person
    }


def others_reasons(young: list[Young], person: Person) -> list[str]:
    """Why it waits for others than the reader, one by one."""
    reasons = [others_reason(one) for one in young if one.person.pk != person.pk]
    return [reason for reason in reasons if reason]


def admit(application: Application) -> Answer:
    """Nobody under 18 goes on without a guardian's signature that stands."""
    return unsigned(queries.young_in(application))


def unsigned(young: list[Young]) -> Answer:
    """The first who is under 18 and for whom nobody has signed."""
    for one in young:
        if one.person.is_minor and not one.signed:
            return others_reason(one)
    return None


def declare(declared: bool, noticed: bool) -> Answer:
    """The guardian answers for being one, and has read the notice."""
    if not declared:
        return _("Tick that you hold parental responsibility: without it you cannot sign.")
    if not noticed:
        return _("Tick that you have read the privacy notice: without it you cannot sign.")
    return None
