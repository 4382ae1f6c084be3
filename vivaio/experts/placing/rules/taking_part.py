"""Who takes part as a student, vouches, offers and ranks, and why not."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from vivaio.experts.models import PlacementOffer, PlacementRound, PlacementStudent
from vivaio.experts.placing.queries import rounds
from vivaio.experts.placing.states import (
    OFFER_OPEN_TO_CHANGE,
    OfferState,
    PlacementRoundState,
    StudentState,
)
from vivaio.initiatives.models import Initiative
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.rules import initiatives as initiative_rules
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes import rules as programmes


def runs(row: PlacementRound, person: Person) -> str | None:
    return programmes.may(person, "experts.match", row.programme_id)


def of_age(person: Person) -> str | None:
    """Placements are for people of age."""
    if person.is_minor:
        return _("Placements are for students of age: from your profile you are not 18 yet. Come back then.")
    return None


def taking_students(row: PlacementRound) -> str | None:
    if row.state != PlacementRoundState.OPEN:
        return _("This round takes no students: “%(state)s”.") % {"state": row.get_state_display()}
    if row.students_until <= clock.now():
        return _("The time to apply is over.")
    return None


def apply(row: PlacementRound, held: PlacementStudent | None, person: Person) -> str | None:
    """A student of age, once, in time; whoever withdrew may come back."""
    refused = of_age(person) or taking_students(row)
    if refused:
        return refused
    if not person.full_name:
        return _(
            "Write your name in your profile first: your tutor and the initiatives want to know who you are."
        )
    if held is not None and held.state not in (StudentState.WITHDRAWN, StudentState.DECLINED):
        return _("You take part in this round already.")
    return None


def complete(values: Mapping[str, Any]) -> str | None:
    if values["available_until"] <= values["available_from"]:
        return _("The last day that you are free comes after the first one.")
    if not values["languages"]:
        return _("Say in which languages you work: at least one.")
    return None


def edit(student: PlacementStudent, person: Person) -> str | None:
    """Students change what they say of themselves until applications end."""
    if student.person_id != person.pk:
        return _("Only the student changes this.")
    if student.state not in (StudentState.APPLIED, StudentState.VOUCHED):
        return _("You do not take part in this round any more: apply again.")
    return taking_students(student.round)


def withdraw(student: PlacementStudent, person: Person) -> str | None:
    """The student, before the matching."""
    if student.person_id != person.pk:
        return _("Only the student withdraws.")
    if student.round.state != PlacementRoundState.OPEN:
        return _("The round has been matched: accept or decline what was found for you.")
    return None


def vouch(student: PlacementStudent, person: Person) -> str | None:
    """The tutors of the student's university, before the round is matched."""
    if student.person_id == person.pk or not rounds.is_tutor_of(person, student):
        return _("Only a tutor of “%(university)s” vouches for this student.") % {
            "university": student.university
        }
    if student.round.state != PlacementRoundState.OPEN:
        return _("This round has been matched, or is not open.")
    return None


def with_words(words: str) -> str | None:
    return None if words.strip() else _("Write why: they read your words in the letter.")


def lead(initiative: Initiative, person: Person) -> str | None:
    """A leader of the team, and nobody for them."""
    if initiatives.leads(person, initiative):
        return None
    return _("Only a leader of the team may do this.")


def taking_offers(row: PlacementRound) -> str | None:
    if row.state != PlacementRoundState.OPEN:
        return _("This round takes no offers: “%(state)s”.") % {"state": row.get_state_display()}
    if row.offers_until <= clock.now():
        return _("The time for offers is over.")
    return None


def offer(row: PlacementRound, initiative: Initiative, person: Person) -> str | None:
    """A leader offers places while the round takes offers and the initiative goes on."""
    if row.programme_id != initiative.programme_id:
        return _("This round belongs to another programme.")
    return lead(initiative, person) or initiative_rules.under_way(initiative) or taking_offers(row)


def complete_offer(values: Mapping[str, Any]) -> str | None:
    if values["ends_on"] <= values["starts_on"]:
        return _("The last day comes after the first one.")
    if values["starts_on"] <= clock.today():
        return _("A placement starts on a day to come.")
    return None


def edit_offer(row: PlacementOffer, person: Person) -> str | None:
    """A leader, until it is sent, and again when it came back."""
    refused = lead(row.initiative, person)
    if refused:
        return refused
    if row.state not in OFFER_OPEN_TO_CHANGE:
        return _("The programme has it: withdraw it, or ask for it to be sent back, to change it.")
    return taking_offers(row.round) if row.state == OfferState.DRAFT else None


def send_offer(row: PlacementOffer, person: Person) -> str | None:
    """What came back in time may be sent again until students choose."""
    refused = lead(row.initiative, person) or initiative_rules.under_way(row.initiative)
    if refused:
        return refused
    if row.state == OfferState.SENT_BACK and row.round.preferences_until > clock.now():
        return None
    return taking_offers(row.round)


def withdraw_offer(row: PlacementOffer, person: Person) -> str | None:
    """The team before the matching; who runs placements at any time."""
    if runs(row.round, person) is None:
        return None
    refused = lead(row.initiative, person)
    if refused:
        return refused
    if row.round.state != PlacementRoundState.OPEN:
        return _("The round has been matched: write to whoever follows you.")
    return None


def check_offer(row: PlacementOffer, person: Person) -> str | None:
    """Who runs the placements checks offers, never those of their own team."""
    refused = runs(row.round, person)
    if refused:
        return refused
    if initiatives.is_of_team(person, row.initiative):
        return _("You are of this team: a colleague checks its offer.")
    return None


def preferring(row: PlacementRound) -> str | None:
    """Preferences are given until their instant."""
    if row.state != PlacementRoundState.OPEN:
        return _("This round takes no preferences: “%(state)s”.") % {"state": row.get_state_display()}
    if row.preferences_until <= clock.now():
        return _("The time for preferences is over.")
    return None


def wish(student: PlacementStudent, person: Person) -> str | None:
    """A student who was vouched for, or waits for it."""
    if student.person_id != person.pk:
        return _("Only the student says what they would like.")
    if student.state not in (StudentState.APPLIED, StudentState.VOUCHED):
        return _("You do not take part in this round any more.")
    return preferring(student.round)


def rank(row: PlacementOffer, person: Person) -> str | None:
    """A leader of the initiative, for an offer that students see."""
    refused = lead(row.initiative, person)
    if refused:
        return refused
    if row.state != OfferState.PUBLISHED:
        return _("Students do not see this offer: “%(state)s”.") % {"state": row.get_state_display()}
    return preferring(row.round)
