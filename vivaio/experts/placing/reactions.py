"""What placements hold of a person, letting go of it, how long students are kept; what ends with an initiative."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from vivaio.experts.placing import gathered
from vivaio.experts.placing.actions import letting_go as actions
from vivaio.experts.placing.actions import placements
from vivaio.experts.placing.actions import taking_part as offered
from vivaio.experts.placing.queries import taking_part
from vivaio.initiatives.events import constituted, moved
from vivaio.initiatives.models import Initiative
from vivaio.initiatives.states import InitiativeState
from vivaio.kit import retention
from vivaio.people.events import erasing, gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person

retention.register(
    retention.Kind(
        "placement_students",
        title=_("Students of placements"),
        since=_("after the round was closed"),
        then=_(
            "Who was never placed is erased; of who was, curriculum and presentation go, hours and signatures stay."
        ),
        reason=_("What a student wrote serves to find a placement, and no longer."),
        days=365,
        due=taking_part.left_behind,
        carry_out=actions.let_go,
    )
)


@receiver(constituted, dispatch_uid="experts.placing.constituted")
def students_are_tied_to_the_organisation(sender: Any, initiative: Initiative, **more: Any) -> None:
    """Whoever is placed with a group judges nothing of what it has become."""
    placements.tie_all(initiative)


@receiver(moved, dispatch_uid="experts.placing.moved")
def what_is_closed_takes_no_students(sender: Any, initiative: Initiative, **more: Any) -> None:
    """A closed initiative's offers are withdrawn and its placements end; hours that were given stay."""
    if initiative.state == InitiativeState.CLOSED:
        offered.withdraw_all_of(initiative)
        placements.end_all_of(initiative)


@receiver(gathering, dispatch_uid="experts.placing.gathered")
def placements_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """What they wrote as a student, what was confirmed, what they signed."""
    into.section("placement_students", _("Placements: your applications"), gathered.applications(person))
    into.section("placements", _("Placements: where you were placed"), gathered.placed(person))
    into.section("placement_hours", _("Placements: hours"), gathered.hours(person))
    into.section("placement_signatures", _("Placements: agreements you signed"), gathered.signed(person))
    into.section("placement_tutor", _("Placements: as a university tutor"), gathered.tutored(person))


@receiver(erasing, dispatch_uid="experts.placing.erased")
def placements_forget(sender: Any, person: Person, **more: Any) -> None:
    """Their application goes; what others must keep stays without who it was."""
    actions.forget(person)
