"""Reads about teams and the invitations to them."""

from uuid import UUID

from django.db.models import Q, QuerySet

from vivaio.initiatives.models import Initiative, TeamInvitation, TeamMember
from vivaio.initiatives.states import ENDED, TeamPart
from vivaio.people.models import Person
from vivaio.people.states import InvitationState


def open_invitations(initiative: Initiative) -> QuerySet[TeamInvitation]:
    """Invitations that wait for an answer, the expired ones too."""
    return TeamInvitation.objects.filter(initiative=initiative, state=InvitationState.SENT)


def invitation_for(token_digest: str) -> QuerySet[TeamInvitation]:
    """The invitation that a letter's secret opens."""
    return TeamInvitation.objects.filter(token_digest=token_digest).select_related(
        "initiative__programme", "initiative__organisation", "invited_by"
    )


def member(initiative: Initiative, pk: UUID) -> QuerySet[TeamMember]:
    """Somebody of the team today."""
    return TeamMember.objects.filter(initiative=initiative, pk=pk, ended_at=None).select_related(
        "person", "initiative__programme"
    )


def other_leaders(member: TeamMember) -> QuerySet[TeamMember]:
    """Who else leads the team today, and can still sign in."""
    leaders = TeamMember.objects.filter(
        initiative=member.initiative_id, part=TeamPart.LEADER, ended_at=None, person__is_active=True
    )
    return leaders.exclude(pk=member.pk)


def leaders_of(initiative: Initiative) -> QuerySet[Person]:
    """The people who lead the team today."""
    held = TeamMember.objects.filter(initiative=initiative, part=TeamPart.LEADER, ended_at=None)
    return Person.objects.filter(pk__in=held.values("person_id"), is_active=True)


def people_of(initiative: Initiative) -> QuerySet[Person]:
    """The people of the team today who have an account."""
    held = TeamMember.objects.filter(initiative=initiative, ended_at=None)
    return Person.objects.filter(pk__in=held.values("person_id"), is_active=True)


def of_person(person: Person) -> QuerySet[TeamMember]:
    """Every part that the person has, or had, in a team."""
    return TeamMember.objects.filter(person=person).select_related("initiative").order_by("created_at")


def invitations_to(email: str) -> QuerySet[TeamInvitation]:
    """Every invitation to an address."""
    return TeamInvitation.objects.filter(email__iexact=email).select_related("initiative")


def led_alone(person: Person) -> list[Initiative]:
    """The initiatives under way that the person leads alone while others are of the team."""
    leads = TeamMember.objects.filter(person=person, part=TeamPart.LEADER, ended_at=None)
    rows = Initiative.objects.filter(pk__in=leads.values("initiative_id")).exclude(state__in=ENDED)
    others = TeamMember.objects.filter(ended_at=None, person__is_active=True).exclude(person=person)
    with_others = rows.filter(pk__in=others.values("initiative_id"))
    led = others.filter(part=TeamPart.LEADER)
    return list(with_others.exclude(Q(pk__in=led.values("initiative_id"))))
