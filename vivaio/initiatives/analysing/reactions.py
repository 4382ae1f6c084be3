"""What the needs analysis holds of a person, and how long interviews are kept."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.analysing import actions, queries
from vivaio.initiatives.events import constituted
from vivaio.initiatives.models import Initiative
from vivaio.kit import retention
from vivaio.people.events import erasing, gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person


@receiver(gathering, dispatch_uid="initiatives.needs_gathered")
def needs_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """The profiles that the person answered or agreed on, the interviews that they wrote down."""
    into.section(
        "needs",
        _("Needs analysis"),
        [
            {
                "programme": str(one.initiative.programme),
                "initiative": str(one.initiative),
                "round": str(one.round),
                "handed_in_for_the_team": one.team_ready_at if one.team_ready_by_id == person.pk else None,
                "handed_in_as_coach": one.coach_ready_at if one.coach_ready_by_id == person.pk else None,
                "agreed": one.agreed_at if one.agreed_by_id == person.pk else None,
            }
            for one in queries.handed_in_by(person)
        ],
    )
    into.section(
        "interviews",
        _("Interviews recorded"),
        [
            {
                "programme": str(one.initiative.programme),
                "initiative": str(one.initiative),
                "held_on": one.held_on,
                "present": one.present,
                "notes": "\n".join(one.notes.values()),
                "agreed": one.agreed,
            }
            for one in queries.recorded_by(person)
        ],
    )


@receiver(erasing, dispatch_uid="initiatives.needs_erased")
def needs_forget(sender: Any, person: Person, **more: Any) -> None:
    """Whoever is erased is nobody's coach, and named by no profile and no interview."""
    actions.forget(person)


@receiver(constituted, dispatch_uid="initiatives.coach_tied")
def the_coach_is_tied_to_the_organisation(sender: Any, initiative: Initiative, **more: Any) -> None:
    """The coach of a group judges nothing of what it has become."""
    actions.tie_coach(initiative)


retention.register(
    retention.Kind(
        "needs_profiles",
        title=_("Answers and words of the needs analysis"),
        since=_("after the profile was agreed, or its round closed"),
        then=_(
            "The answers of both sides, the words and who was there are erased; points and agreed values stay."
        ),
        reason=_("Answers in free words may speak of people; the values show what has changed."),
        days=1095,
        due=queries.profiles_before,
        carry_out=actions.empty_profile,
    )
)
retention.register(
    retention.Kind(
        "needs_interviews",
        title=_("Interviews about the needs of initiatives"),
        since=_("after the interview"),
        then=_("Notes, points agreed and who was there are erased; the day and the agreed profile stay."),
        reason=_("Notes of a conversation may speak of people; the profile says what the programme needs."),
        days=1095,
        due=queries.interviews_before,
        carry_out=actions.empty_interview,
    )
)
