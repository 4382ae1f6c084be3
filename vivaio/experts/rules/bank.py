"""Who may join the bank, check, pause, renew, and why not."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from vivaio.experts.models import ExpertInvitation, ExpertProfile
from vivaio.experts.queries import bank
from vivaio.experts.states import ADMITTED, ProfileState
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.people.states import InvitationState
from vivaio.programmes import rules as programmes
from vivaio.programmes.models import Programme

OPEN_TO_CHANGE = (ProfileState.APPLIED, ProfileState.SENT_BACK, *ADMITTED)


def join(programme: Programme, person: Person) -> str | None:
    """Anybody signed in applies once; who was not admitted may apply again."""
    if not programme.is_public:
        return _("The programme is not public yet: its competence bank opens with it.")
    if not person.full_name:
        return _("Write your name in your profile first: initiatives want to know who you are.")
    held = bank.own_in(person, programme)
    if held is not None and held.state != ProfileState.DECLINED:
        return _("You have a profile in this bank already: change it from your own page.")
    if not bank.offered(programme).exists():
        return _("The programme has not said yet which competences it looks for: come back soon.")
    return None


def complete(values: Mapping[str, Any]) -> str | None:
    """A profile says what one can do, in which language, for how many hours, at which rate if it is not free."""
    if not values["competences"]:
        return _("Choose at least one competence: it is what initiatives find you by.")
    if not values["languages"]:
        return _("Say in which languages you work: at least one.")
    if values.get("written_in") and values["written_in"] not in values["languages"]:
        return _(
            "The language of the profile is not among those that you work in: add it to them, or choose another."
        )
    if not values["hours_a_month"]:
        return _("Say how many hours a month you offer: at least one.")
    if not values["pro_bono"] and values["rate"] is None:
        return _("Write your rate per hour, or choose to give your hours free of charge.")
    if not values["remote"] and not values["in_person"]:
        return _("Say how you can be met: at a distance, in person, or both.")
    return None


def still_there(wanted: Collection[UUID]) -> str | None:
    """What was chosen may have been deleted while the form was open."""
    if bank.held_still(wanted):
        return None
    return _("One of the competences is no longer in the bank: choose again.")


def edit(profile: ExpertProfile, person: Person) -> str | None:
    """An expert's profile is their own."""
    if profile.person_id != person.pk:
        return _("Only the expert changes their own profile.")
    if profile.state not in OPEN_TO_CHANGE:
        return _("This profile was not admitted: apply again from the programme's page.")
    return None


def check(profile: ExpertProfile, person: Person) -> str | None:
    """Who matches experts checks them, never oneself."""
    refused = programmes.may(person, "experts.match", profile.programme_id)
    if refused:
        return refused
    if profile.person_id == person.pk:
        return _("This profile is your own: a colleague checks it.")
    return None


def look_at_changes(profile: ExpertProfile, seen: str, person: Person) -> str | None:
    """Who checks looks at what the expert has changed, as it stands now."""
    refused = check(profile, person)
    if refused:
        return refused
    if profile.changed_at is None:
        return _("Nothing waits to be looked at any more.")
    if profile.changed_at.isoformat() != seen:
        return _("The expert has changed the profile again meanwhile: look at it anew.")
    return None


def with_words(words: str) -> str | None:
    """Who is sent back or not admitted reads why."""
    return None if words.strip() else _("Write why: the expert reads your words in the letter.")


def pause(profile: ExpertProfile, person: Person) -> str | None:
    """One pauses one's own profile; so does who looks after the bank."""
    if profile.person_id == person.pk:
        return None
    return programmes.may(person, "experts.match", profile.programme_id)


def resume(profile: ExpertProfile) -> str | None:
    """Only what is on pause goes on; whoever is past the year renews, whoever waits is checked."""
    if profile.state == ProfileState.PAUSED:
        return None
    return _("Only a profile on pause is resumed: this one is “%(state)s”.") % {
        "state": profile.get_state_display()
    }


def renew(profile: ExpertProfile, person: Person) -> str | None:
    """The expert says once a year that the profile still holds."""
    if profile.person_id != person.pk:
        return _("Only the expert renews their own profile.")
    if profile.state not in ADMITTED:
        return _("Only a profile that is in the bank is renewed.")
    if profile.expires_on is not None and profile.expires_on > clock.today() + bank.REMIND_BEFORE:
        return _("It is not time to renew yet: a letter tells you a month before.")
    return None


def invite(programme: Programme, person: Person) -> str | None:
    """Who matches experts invites them."""
    return programmes.may(person, "experts.match", programme)


def call_back(invitation: ExpertInvitation, person: Person) -> str | None:
    """Who matches experts sends again, or calls back, what nobody has answered."""
    refused = programmes.may(person, "experts.match", invitation.programme_id)
    if refused:
        return refused
    if invitation.state != InvitationState.SENT:
        return _("This invitation has been answered or called back.")
    return None


def lay_out(programme: Programme, person: Person) -> str | None:
    """Who matches experts starts the bank with the usual fields, while it has none."""
    refused = programmes.may(person, "experts.match", programme)
    if refused:
        return refused
    if programme.expert_fields.exists():
        return _("The bank has its fields already: change them on the page of the fields.")
    return None


def answer(invitation: ExpertInvitation) -> str | None:
    """An invitation is answered once, while it stands."""
    if invitation.state != InvitationState.SENT:
        return _("This invitation has been answered or called back.")
    if invitation.expires_at <= clock.now():
        return _("This invitation has expired: ask whoever invited you for a new one, or apply by yourself.")
    return None
