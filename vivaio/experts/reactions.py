"""Answers to what people announce: what the bank holds of a person, and letting go of it."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from vivaio.experts import changes
from vivaio.experts.actions import bank as actions
from vivaio.experts.engaging import reactions as engaging
from vivaio.experts.placing import reactions as placing
from vivaio.experts.queries import bank as queries
from vivaio.experts.queries import matching
from vivaio.people.events import erasing, gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person

__all__ = ["engaging", "placing"]


@receiver(gathering, dispatch_uid="experts.gathered")
def bank_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """The person's own profiles."""
    into.section(
        "expert_profiles",
        _("Profiles as an expert"),
        [
            {
                "programme": str(row.programme),
                "headline": row.headline,
                "presentation": row.presentation,
                "written_in": row.get_written_in_display(),
                "competences": ", ".join(
                    f"{one} ({one.get_level_display()})" for one in queries.competences_of(row)
                ),
                "languages": row.language_names,
                "area": row.area,
                "hours_a_month": row.hours_a_month,
                "away": ", ".join(f"{first} – {last}" for first, last in row.away),
                "rate": "" if row.rate is None else str(row.rate),
                "state": row.get_state_display(),
                "changed_since_the_check": "; ".join(changes.in_words(row)),
                "words": row.words,
            }
            for row in queries.own(person)
        ],
    )
    into.section(
        "expert_proposals",
        _("Requests proposed to you as an expert"),
        [
            {
                "request": str(one.request),
                "initiative": str(one.request.initiative),
                "state": one.get_state_display(),
                "sent_at": one.sent_at,
                "answer_by": one.answer_by,
                "answer": one.answer,
            }
            for one in matching.for_expert(person)
        ],
    )


@receiver(erasing, dispatch_uid="experts.erased")
def bank_forgets(sender: Any, person: Person, **more: Any) -> None:
    """Their profiles go with them."""
    actions.forget(person)
