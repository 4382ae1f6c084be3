"""Answers to what people announce: what the reports hold of a person, how long they are kept, letting go of them."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from vivaio.kit import retention
from vivaio.people.events import erasing, gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person
from vivaio.publishing.accessibility import actions, queries
from vivaio.publishing.practices import reactions as practices

__all__ = ["practices"]

retention.register(
    retention.Kind(
        "accessibility",
        title=_("Accessibility reports"),
        since=_("after the last answer"),
        then=_("The report is deleted with its thread."),
        reason=_(
            "Whoever wrote may turn to the Difensore civico per il digitale, who asks to see what was said."
        ),
        days=730,
        due=queries.settled_long_ago,
        carry_out=actions.let_go,
        of_programme=False,
    )
)


@receiver(gathering, dispatch_uid="publishing.gathered")
def reports_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """What the person reported about accessibility, and what was said about it."""
    into.section(
        "accessibility",
        _("Accessibility reports"),
        [
            {
                "number": one.number,
                "kind": one.get_kind_display(),
                "barrier": one.barrier,
                "page": one.page,
                "tools": one.tools,
                "email": one.email,
                "state": one.get_state_display(),
                "received_at": one.created_at,
                "messages": [
                    {"at": entry.created_at, "by_body": entry.by_body, "text": entry.text}
                    for entry in one.entries.all()
                ],
            }
            for one in queries.of_person(person)
        ],
    )


@receiver(erasing, dispatch_uid="publishing.erased")
def reports_forget(sender: Any, person: Person, **more: Any) -> None:
    """Who reported is forgotten; a barrier that still waits for an answer is not."""
    actions.forget(person)
