"""What happens to engagements when an initiative closes or becomes an organisation, when a team changes, when a person
asks for their data or goes."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from vivaio.experts.actions import requests
from vivaio.experts.engaging import gathered
from vivaio.experts.engaging.actions import ending, terms
from vivaio.initiatives.events import constituted, member_joined, moved
from vivaio.initiatives.models import Initiative, TeamMember
from vivaio.initiatives.states import InitiativeState
from vivaio.people.events import erasing, gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person


@receiver(moved, dispatch_uid="experts.engaging.moved")
def what_is_closed_needs_no_help(sender: Any, initiative: Initiative, **more: Any) -> None:
    """A closed initiative's engagements end, then its requests, then what was accepted while they did.

    One that goes on by itself keeps its experts to the end agreed, and may still ask.
    """
    if initiative.state == InitiativeState.CLOSED:
        ending.end_all_of(initiative)
        requests.close_all_of(initiative)
        ending.end_all_of(initiative)


@receiver(constituted, dispatch_uid="experts.engaging.constituted")
def ties_go_to_the_organisation(sender: Any, initiative: Initiative, **more: Any) -> None:
    """Whoever helps or helped is tied to what the initiative has become."""
    terms.tie_all(initiative)


@receiver(member_joined, dispatch_uid="experts.engaging.joined")
def nobody_helps_themselves(sender: Any, member: TeamMember, **more: Any) -> None:
    """An expert who joins the team works for it from then on as one of its own."""
    with override(member.initiative.language):
        words = _("The expert has joined the team.")
    ending.end_all_by(member.person, initiative=member.initiative, words=words)


@receiver(gathering, dispatch_uid="experts.engaging.gathered")
def engagements_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """Where they helped, what they wrote, what they thought of it."""
    into.section("engagements", gettext_lazy("Engagements as an expert"), gathered.helped(person))
    into.section("engagement_steps", gettext_lazy("What you wrote in engagements"), gathered.told(person))
    into.section("evaluations", gettext_lazy("Your evaluations of engagements"), gathered.thought(person))


@receiver(erasing, dispatch_uid="experts.engaging.erased")
def engagements_forget(sender: Any, person: Person, **more: Any) -> None:
    """Hours that they gave stay; their words go."""
    ending.forget(person)
