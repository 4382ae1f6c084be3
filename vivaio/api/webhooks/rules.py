"""Who may have a programme's events sent elsewhere. None means yes; words mean why not."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from vivaio.api.models import Delivery, Webhook
from vivaio.api.states import DeliveryState, WebhookState
from vivaio.api.webhooks import reach
from vivaio.api.webhooks.kinds import KINDS
from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.programmes.queries import can

MOST = 10


def edit(programme: Programme, person: Person) -> str | None:
    """Whoever sets the programme up."""
    if not can(person, "programme.edit", programme):
        return _("Your role in this programme does not set it up.")
    return None


def register(programme: Programme, person: Person, url: str, kinds: Collection[str]) -> str | None:
    """A public address over TLS, and something to tell."""
    if refused := edit(programme, person):
        return refused
    if not kinds or not set(kinds) <= set(KINDS):
        return _("Choose at least one kind of event.")
    if Webhook.objects.filter(programme=programme).count() >= MOST:
        return _("This programme has %(most)s webhooks, and that is as many as it may have.") % {"most": MOST}
    if Webhook.objects.filter(programme=programme, url=url).exists():
        return _("This address is there already.")
    try:
        reach.target_of(url)
    except reach.Unreachable as wrong:
        return str(wrong)
    return None


def switch(webhook: Webhook, person: Person, on: bool) -> str | None:
    """On if it is off, off if it is on."""
    if refused := edit(webhook.programme, person):
        return refused
    if on == (webhook.state == WebhookState.ON):
        return _("It is on already.") if on else _("It is off already.")
    return None


def send_again(delivery: Delivery, person: Person) -> str | None:
    """By hand, whatever became of it; not while it waits by itself, and not to an address that is off."""
    if refused := edit(delivery.webhook.programme, person):
        return refused
    if delivery.state == DeliveryState.WAITING:
        return _("It is waiting to be sent already.")
    if delivery.webhook.state != WebhookState.ON:
        return _("Switch the webhook on first.")
    return None
