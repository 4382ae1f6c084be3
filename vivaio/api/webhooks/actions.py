"""Registering webhooks, handing events on, trying again."""

import datetime as dt
import json
from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from vivaio.api import letters
from vivaio.api.models import Delivery, Webhook
from vivaio.api.states import DELIVERY_MOVES, WEBHOOK_MOVES, DeliveryState, WebhookState
from vivaio.api.webhooks import queries, rules, sending
from vivaio.api.webhooks.kinds import concerns
from vivaio.journal import actions as journal
from vivaio.journal import queries as records
from vivaio.journal.models import Leaf
from vivaio.kit import clock, jobs
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.programmes.models import Programme

AT_ONCE = 500
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
# After each failure the next attempt waits longer; after the last it is given up.
WAITS = (MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR)
PATIENCE = dt.timedelta(days=3)
KEPT = dt.timedelta(days=30)


@transaction.atomic
def register(programme: Programme, url: str, kinds: Collection[str], *, by: Person) -> Webhook:
    """Tell an address what happens from now on; its `secret` is told now and never again. Raises `Refused`."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    require(rules.register, programme, by, url, kinds)
    webhook = Webhook.objects.create(
        programme=programme, url=url, kinds=sorted(set(kinds)), made_by=by, position=records.last_position()
    )
    webhook.secret = sending.secret_of(webhook)
    journal.record("api.webhook_registered", webhook, by=by)
    return webhook


@transaction.atomic
def switch(webhook: Webhook, on: bool, *, by: Person) -> Webhook:
    """Stop telling, or go on from now: what happened in between is not told."""
    webhook = queries.locked(webhook.pk)
    require(rules.switch, webhook, by, on)
    move(webhook, WebhookState.ON if on else WebhookState.OFF, WEBHOOK_MOVES)
    if on:
        webhook.position, webhook.failing_since = records.last_position(), None
    webhook.save()
    journal.record("api.webhook_switched", webhook, by=by, fields=["state"])
    return webhook


@transaction.atomic
def remove(webhook: Webhook, *, by: Person) -> None:
    """It and the list of what was sent are gone."""
    webhook = queries.locked(webhook.pk)
    require(rules.edit, webhook.programme, by)
    journal.record("api.webhook_removed", webhook, by=by)
    webhook.delete()


@transaction.atomic
def hand_on(pk: UUID) -> int:
    """Make a delivery of everything new in the sealed journal that concerns this webhook; how many.

    The sealed order has no gaps and never changes: what commits late is sealed late, and is not missed.
    """
    webhook = Webhook.objects.select_for_update().filter(pk=pk, state=WebhookState.ON).first()
    if webhook is None:
        return 0
    last = records.last_position()
    leaves = list(records.sealed_after(webhook.position, last, webhook.programme_id)[:AT_ONCE])
    made = [
        Delivery.objects.create(
            webhook=webhook,
            record=leaf.record.pk,
            verb=leaf.record.verb,
            body=told(leaf),
            next_at=clock.now(),
        )
        for leaf in leaves
        if leaf.record and concerns(leaf.record.verb, webhook.kinds)
    ]
    webhook.position = leaves[-1].position if len(leaves) == AT_ONCE else last
    webhook.save(update_fields=["position", "updated_at"])
    for delivery in made:
        jobs.defer("api.deliver", delivery=str(delivery.pk))
    return len(made)


def told(leaf: Leaf) -> str:
    """What travels: what happened to which thing, and where it stands in the sealed journal. No person is named."""
    record = leaf.record
    assert record is not None  # noqa: S101  (the caller has looked)
    return json.dumps(
        {
            "id": str(record.pk),
            "event": record.verb,
            "at": record.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            "programme": str(record.programme),
            "subject": {"type": record.subject_type, "id": str(record.subject_id)},
            "fields": record.fields,
            "journal": {"number": record.number, "position": leaf.position, "batch": leaf.batch_id},
        },
        sort_keys=True,
    )


def deliver(pk: str) -> None:
    """Try once. Whoever receives the same delivery twice (our worker died) knows it by its identifier."""
    delivery = _begun(pk)
    if delivery is not None:
        _ended(pk, sending.send(delivery))


@transaction.atomic
def _begun(pk: str) -> Delivery | None:
    delivery = queries.locked_delivery(pk)
    if (
        delivery is None
        or delivery.state != DeliveryState.WAITING
        or delivery.webhook.state != WebhookState.ON
    ):
        return None
    if delivery.next_at and delivery.next_at > clock.now():
        return None  # another attempt is due later: its own job does it
    delivery.attempts += 1
    delivery.tried_at = clock.now()
    delivery.save(update_fields=["attempts", "tried_at", "updated_at"])
    return delivery


@transaction.atomic
def _ended(pk: str, answer: sending.Answer) -> None:
    delivery = queries.locked_delivery(pk)
    if delivery is None or delivery.state != DeliveryState.WAITING:
        return
    delivery.status, delivery.answer = answer.status, answer.words[:300]
    webhook, now = delivery.webhook, clock.now()
    if answer.fine:
        move(delivery, DeliveryState.DELIVERED, DELIVERY_MOVES)
        webhook.failing_since = None
    elif delivery.attempts > len(WAITS):
        move(delivery, DeliveryState.GIVEN_UP, DELIVERY_MOVES)
    else:
        delivery.next_at = now + WAITS[delivery.attempts - 1]
        jobs.defer_at(delivery.next_at, "api.deliver", delivery=str(delivery.pk))
    if not answer.fine:
        webhook.failing_since = webhook.failing_since or now
        if webhook.state == WebhookState.ON and now - webhook.failing_since >= PATIENCE:
            _give_up(webhook)
    delivery.save()
    webhook.save()


def _give_up(webhook: Webhook) -> None:
    move(webhook, WebhookState.FAILED, WEBHOOK_MOVES)
    journal.record("api.webhook_failed", webhook, fields=["state"])
    letters.webhook_failed.enqueue(webhook, cause=clock.now().isoformat())


@transaction.atomic
def send_again(delivery: Delivery, *, by: Person) -> None:
    """Send it once more, now."""
    found = queries.locked_delivery(delivery.pk)
    if found is None:
        return
    require(rules.send_again, found, by)
    move(found, DeliveryState.WAITING, DELIVERY_MOVES)
    found.attempts, found.next_at = 0, clock.now()
    found.save()
    journal.record("api.webhook_sent_again", found.webhook, by=by)
    jobs.defer("api.deliver", delivery=str(found.pk))


def forget_old() -> None:
    """The list of what was sent is kept a month."""
    Delivery.objects.filter(created_at__lt=clock.now() - KEPT).exclude(state=DeliveryState.WAITING).delete()
