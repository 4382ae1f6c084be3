"""What the journal keeps of changes that django-allauth makes, nothing of the secrets; what is held of a person."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as gateway_signals
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers import registry
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext as _

from vivaio.journal import actions as journal
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.mailroom import queries as mailroom
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people import events, queries
from vivaio.people.gateways import Gateway
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person
from vivaio.people.sessions import SEEN, SET_UP_HERE

registry.register(Gateway)


@receiver(signals.authenticator_added)
def second_step_added(
    sender: Any, request: Any, user: Person, authenticator: Authenticator, **more: Any
) -> None:
    """A passkey or a code app; the spare codes that come with the first one are no news."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        request.session[SET_UP_HERE] = True
        note("people.second_step_added", user)


@receiver(signals.authenticator_removed)
def second_step_removed(
    sender: Any, request: Any, user: Person, authenticator: Authenticator, **more: Any
) -> None:
    """Taken away by the person: the session that set it up stands on its sign-in alone again."""
    request.session.pop(SET_UP_HERE, None)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        note("people.second_step_removed", user)


@receiver(signals.authenticator_reset)
def spare_codes_made(sender: Any, user: Person, **more: Any) -> None:
    """New spare codes: the old ones work no more."""
    note("people.spare_codes_made", user)


@receiver(gateway_signals.social_account_added)
def gateway_joined(sender: Any, sociallogin: Any, **more: Any) -> None:
    """A gateway can sign in as the person from now on."""
    note("people.gateway_joined", sociallogin.user)


@receiver(user_logged_in)
def session_begun(sender: Any, request: Any, user: Person, **more: Any) -> None:
    """A session was last used when it begins: the first page after a sign-in has nothing to note."""
    request.session[SEEN] = int(clock.now().timestamp())


@transaction.atomic
def note(verb: str, person: Person) -> None:
    """One record, by the person about themselves."""
    journal.record(verb, person, by=person)


@receiver(events.gathering)
def account_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """The account, where it belongs, its ties, the letters to it, and what the register says it did."""
    own = {
        name: getattr(person, name)
        for name in ("email", "given_name", "family_name", "language", "phone", "born_on", "country")
    }
    into.section(
        "account", _("Account"), [{**own, "created_at": person.created_at, "last_login": person.last_login}]
    )
    memberships = person.memberships.select_related("organisation")
    into.section(
        "organisations",
        _("Organisations"),
        [
            {
                "organisation": str(one.organisation),
                "part": one.part,
                "since": one.created_at,
                "until": one.ended_at,
            }
            for one in memberships
        ],
    )
    into.section(
        "relations",
        _("Relations"),
        list(person.relations.values("kind", "organisation__name", "since", "until", "note")),
    )
    seat = ("organisation__name", "given_name", "family_name", "part", "email")
    into.section("board_seats", _("Seats on boards"), list(person.board_seats.values(*seat)))
    past = list(person.past_board_seats.values(*seat, "ended_on"))
    into.section("past_board_seats", _("Seats on boards that have ended"), past)
    letters = OutgoingLetter.objects.filter(person=person.pk)
    into.section("letters", _("Letters"), list(letters.values("created_at", "subject", "text", "state")))
    done = Record.objects.filter(actor=person.pk)
    done_rows = list(done.values("at", "verb", "subject_type", "subject_id", "fields"))
    into.section("register", _("What the register says you did"), done_rows)


@receiver(events.gathering)
def guardians_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """Who signs for the person, and for whom the person was asked to sign."""
    told = ("name", "email", "relation", "state", "asked_at", "answered_at", "withdrawn_at")
    into.section("guardians", _("Your guardians"), list(queries.guardianships_of(person).values(*told)))
    asked = queries.guarding(person).values("person__given_name", "person__family_name", *told[2:])
    into.section("guarding", _("For whom you were asked to sign as a guardian"), list(asked))


@receiver(events.gathering)
def signing_in_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """Addresses, second steps, gateways and sessions: that they are there, nothing that opens the account."""
    addresses = EmailAddress.objects.filter(user=person).values("email", "verified", "primary")
    steps = Authenticator.objects.filter(user=person).values("type", "created_at", "last_used_at")
    gateways = SocialAccount.objects.filter(user=person).values("provider", "uid", "date_joined")
    sessions = UserSession.objects.filter(user=person).values(
        "user_agent", "ip", "created_at", "last_seen_at"
    )
    into.section("addresses", _("Your e-mail addresses"), list(addresses))
    into.section("second_steps", _("Second step"), list(steps))
    into.section("gateways", _("Digital identity"), list(gateways))
    into.section("sessions", _("Where you are signed in"), list(sessions))


@receiver(events.gathering)
def letter_choices_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """How the person wants to be reached, where they said so, with an account or before they had one."""
    chosen = mailroom.choices_of(person.pk) | mailroom.refusals_of(person.email)
    rows = list(chosen.values("category", "pace", "updated_at"))
    into.section("letter_choices", _("Choices of letters"), rows)
