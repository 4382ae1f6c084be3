"""What awaits those who apply."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.applications import queries as applications
from vivaio.applications.models import IntegrationRequest
from vivaio.applications.states import ApplicationState, IntegrationState
from vivaio.desk.home.items import Item
from vivaio.jury.queries import ranking
from vivaio.jury.states import PlaceState
from vivaio.people.models import Person
from vivaio.publishing.states import PracticeState


def items(person: Person) -> Iterator[Item]:
    """Drafts to finish, requests to answer, places to accept; two queries."""
    asked = IntegrationRequest.objects.filter(application=OuterRef("pk"), state=IntegrationState.OPEN)
    mine = (
        applications.mine(person)
        .filter(
            Q(state__in=(ApplicationState.DRAFT, ApplicationState.INTEGRATION))
            | Q(practice__state=PracticeState.ASKED)
        )
        .select_related("call__programme")
        .annotate(
            asked=Subquery(asked.values("pk")[:1]),
            asked_by=Subquery(asked.values("deadline")[:1]),
            asked_for=Subquery(asked.values("text")[:1]),
            to_confirm=F("practice__pk"),
        )
    )
    found = [of_application(application) for application in mine]
    yield from (one for one in found if one is not None)
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


def of_application(application: Any) -> Item | None:
    """What an application awaits of its team, as the statement above annotates it."""
    call = application.call
    if application.state == ApplicationState.DRAFT and call.is_open():
        return Item(
            title=_("Finish and hand in “%(application)s”") % {"application": application},
            text=_("What you have written is saved. It counts once you hand it in."),
            action=_("Go on writing"),
            href=reverse("applications:step", args=[application.pk, 1]),
            context=str(call.programme),
            due=call.closes_at,
            zone=call.time_zone,
        )
    if application.asked:
        return Item(
            title=_("Complete “%(application)s”") % {"application": application},
            text=application.asked_for[:160],
            action=_("Answer the request"),
            href=reverse("applications:integration", args=[application.asked]),
            context=str(call.programme),
            due=application.asked_by,
            zone=call.time_zone,
        )
    if application.to_confirm:
        return Item(
            title=_("Confirm the text of “%(application)s”") % {"application": application},
            text=_("It was edited before it is published: it goes on line once you agree."),
            action=_("Read and answer"),
            href=reverse("publishing:practice_own", args=[application.to_confirm]),
            context=str(call.programme),
        )
    return None
