"""Who may ask, refine, open and take back a request, and why not."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from vivaio.experts.models import ExpertRequest
from vivaio.experts.queries import requests as queries
from vivaio.experts.states import RequestState
from vivaio.initiatives.models import Initiative
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.rules import initiatives as initiative_rules
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes import rules as programmes


def matches(initiative: Initiative, person: Person) -> str | None:
    """Who matches experts in the programme."""
    return programmes.may(person, "experts.match", initiative.programme_id)


def ask(initiative: Initiative, person: Person) -> str | None:
    """The team asks; so does who matches experts, for the team."""
    refused = initiative_rules.under_way(initiative)
    if refused:
        return refused
    if initiatives.is_of_team(person, initiative) or matches(initiative, person) is None:
        return None
    return _("Only the initiative’s team asks for experts, or the programme for it.")


def complete(values: Mapping[str, Any]) -> str | None:
    """A request names a competence and a day that is to come."""
    if not values["competences"]:
        return _("Choose at least one competence.")
    if values["needed_by"] <= clock.today():
        return _("Choose a day that is to come.")
    return None


def edit(request: ExpertRequest, person: Person) -> str | None:
    """The team changes what it has not sent; what was sent is refined by who matches experts."""
    if request.state == RequestState.DRAFT:
        return ask(request.initiative, person)
    refused = matches(request.initiative, person)
    if refused:
        return _("It is with the programme now: write to whoever follows you to change it.")
    if request.state not in (RequestState.ASKED, RequestState.OPEN):
        return _("This request is no longer open: “%(state)s”.") % {"state": request.get_state_display()}
    return None


def send(request: ExpertRequest, person: Person) -> str | None:
    """Who may ask sends the draft."""
    return ask(request.initiative, person)


def open_up(request: ExpertRequest, person: Person) -> str | None:
    """Who matches experts opens it for matching, in time."""
    refused = matches(request.initiative, person) or initiative_rules.under_way(request.initiative)
    if refused:
        return refused
    if request.needed_by <= clock.today():
        return _("The day by which it is needed has passed: change it first.")
    return None


def withdraw(request: ExpertRequest, person: Person) -> str | None:
    """Who asked may think again, as long as nobody works for it."""
    refused = ask(request.initiative, person)
    if refused:
        return refused
    if queries.engaged(request):
        return _("An expert is at work for it: end the engagement first.")
    return None


def close(request: ExpertRequest, person: Person) -> str | None:
    """Who matches experts closes what leads nowhere, once nobody works for it."""
    refused = matches(request.initiative, person)
    if refused:
        return refused
    if queries.engaged(request):
        return _("An expert is at work for it: end the engagement first.")
    return None
