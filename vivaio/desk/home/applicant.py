"""What awaits those who apply."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.applications import queries as applications
from vivaio.applications.models import IntegrationRequest
from vivaio.applications.states import ApplicationState, IntegrationState
from vivaio.desk.home.items import Item
from vivaio.jury.queries import ranking
from vivaio.jury.states import PlaceState
from vivaio.people.models import OrganisationInvitation, Person
from vivaio.people.states import InvitationState


def items(person: Person) -> Iterator[Item]:
    """Drafts to finish, requests to answer, places to accept."""
    mine = applications.mine(person).select_related("call__programme")
    for application in mine.filter(state=ApplicationState.DRAFT):
        call = application.call
        if call.is_open():
            yield Item(
                title=_("Finish and hand in “%(application)s”") % {"application": application},
                text=_("What you have written is saved. It counts once you hand it in."),
                action=_("Go on writing"),
                href=reverse("applications:step", args=[application.pk, 1]),
                context=str(call.programme),
                due=call.closes_at,
                zone=call.time_zone,
            )
    asked = IntegrationRequest.objects.filter(
        application__in=mine.order_by().values("pk"), state=IntegrationState.OPEN
    ).select_related("application__call__programme")
    for request in asked:
        call = request.application.call
        yield Item(
            title=_("Complete “%(application)s”") % {"application": request.application},
            text=request.text[:160],
            action=_("Answer the request"),
            href=reverse("applications:integration", args=[request.pk]),
            context=str(call.programme),
            due=request.deadline,
            zone=call.time_zone,
        )
    for entry in ranking.entry_visible_to(person).filter(place=PlaceState.OFFERED):
        call = entry.ranking.call
        yield Item(
            title=_("Accept the place of “%(application)s”") % {"application": entry.application},
            text=_("After the deadline it passes to the reserve list."),
            action=_("Accept or give up"),
            href=reverse("jury:outcome", args=[entry.application_id]),
            context=str(call.programme),
            due=entry.answer_by,
            zone=call.time_zone,
        )


def invitations(person: Person) -> int:
    """How many organisations wait for an answer; the link that accepts is in the letter alone."""
    return OrganisationInvitation.objects.filter(
        email__iexact=person.email, state=InvitationState.SENT
    ).count()
