"""Answers to what earlier rooms announce: places accepted, own data asked for, people who go."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.actions import birth, moving, own_data
from vivaio.initiatives.analysing import reactions as analysing
from vivaio.initiatives.contacting import reactions as contacting
from vivaio.initiatives.contesting import reactions as contesting
from vivaio.initiatives.diary import reactions as diary
from vivaio.initiatives.planning import reactions as planning
from vivaio.initiatives.queries import birth as births
from vivaio.initiatives.queries import constituting as proofs
from vivaio.initiatives.queries import teaming as queries
from vivaio.initiatives.rules import constituting as entities
from vivaio.initiatives.rules import teaming as rules
from vivaio.jury.events import place_accepted, place_given_up
from vivaio.jury.models import RankingEntry
from vivaio.kit.rules import require
from vivaio.people.events import constituting, erasing, erasure_asked, gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Organisation, Person

__all__ = ["analysing", "contacting", "contesting", "diary", "planning"]


@receiver(place_accepted, dispatch_uid="initiatives.born")
def a_place_bears_an_initiative(sender: Any, entry: RankingEntry, **more: Any) -> None:
    """Who accepts a place is accompanied from now on; a contest and a collection of practices bear none."""
    if entry.ranking.call.bears:
        birth.bear(entry.application)


@receiver(place_given_up, dispatch_uid="initiatives.given_up")
def a_place_given_up_ends_its_initiative(sender: Any, entry: RankingEntry, **more: Any) -> None:
    """A place that was accepted and is given up takes its initiative along."""
    initiative = births.born_of(entry.application_id)
    if initiative is not None:
        moving.given_up(initiative)


@receiver(gathering, dispatch_uid="initiatives.gathered")
def initiatives_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """The person's parts in teams, and the invitations to them."""
    into.section(
        "teams",
        _("Teams of initiatives"),
        [
            {
                "initiative": str(one.initiative),
                "part": one.get_part_display(),
                "role": one.role,
                "since": one.created_at,
                "until": one.ended_at,
            }
            for one in queries.of_person(person)
        ],
    )
    into.section(
        "team_invitations",
        _("Invitations to teams"),
        [
            {
                "initiative": str(one.initiative),
                "part": one.get_part_display(),
                "role": one.role,
                "state": one.get_state_display(),
                "at": one.created_at,
            }
            for one in queries.invitations_to(person.email)
        ],
    )


@receiver(gathering, dispatch_uid="initiatives.proofs")
def proofs_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """The proofs of legal entities that the person sent, with their files."""
    sent = list(proofs.sent_by(person))
    rows = [
        {
            "initiative": str(one.initiative),
            "organisation": str(one.organisation),
            "file": one.name,
            "note": one.note,
            "state": one.get_state_display(),
            "at": one.created_at,
        }
        for one in sent
    ]
    into.section("legal_proofs", _("Proofs of legal entities"), rows)
    for one in sent:
        into.file(one.name, one.file)


@receiver(constituting, dispatch_uid="initiatives.constituting")
def a_group_becomes_an_entity_by_its_proof(sender: Any, organisation: Organisation, **more: Any) -> None:
    """What has an initiative becomes a legal entity there, its proof checked. Raises `Refused`."""
    require(entities.named_elsewhere, organisation)


@receiver(erasure_asked, dispatch_uid="initiatives.led")
def a_team_keeps_a_leader(sender: Any, person: Person, **more: Any) -> None:
    """Whoever leads a team of others alone hands it over first. Raises `Refused`."""
    require(rules.leave_account, person)


@receiver(erasing, dispatch_uid="initiatives.erased")
def teams_forget(sender: Any, person: Person, **more: Any) -> None:
    """Their parts in teams go with them."""
    own_data.forget(person)
