"""Reads about webhooks."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from vivaio.api.models import Delivery, Webhook
from vivaio.api.states import DeliveryState, WebhookState
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme

EDIT = "programme.edit"


def visible_to(person: Person) -> QuerySet[Webhook]:
    """The webhooks of the programmes that the person sets up."""
    return Webhook.objects.filter(
        programme__in=programmes.programmes_where(person, EDIT).values("pk")
    ).select_related("programme")


def of(programme: Programme) -> QuerySet[Webhook]:
    """The webhooks of a programme, with how many deliveries wait and how many were given up."""
    return Webhook.objects.filter(programme=programme).annotate(
        waiting=Count("deliveries", filter=Q(deliveries__state=DeliveryState.WAITING)),
        given_up=Count("deliveries", filter=Q(deliveries__state=DeliveryState.GIVEN_UP)),
    )


def deliveries_of(webhook: Webhook) -> QuerySet[Delivery]:
    """What was sent, the newest first."""
    return Delivery.objects.filter(webhook=webhook).defer("body").order_by("-created_at")


def locked(pk: UUID | str) -> Webhook:
    """The webhook under its row lock."""
    return Webhook.objects.select_for_update(of=("self",)).select_related("programme").get(pk=pk)


def locked_delivery(pk: UUID | str) -> Delivery | None:
    """A delivery under its row lock; its webhook's first, as everywhere. None if it is gone."""
    webhook = Webhook.objects.select_for_update().filter(deliveries__pk=pk).first()
    if webhook is None:
        return None
    found = Delivery.objects.select_for_update().get(pk=pk)
    found.webhook = webhook
    return found


def switched_on() -> list[UUID]:
    """Those that are told what happens."""
    return list(Webhook.objects.filter(state=WebhookState.ON).values_list("pk", flat=True))
