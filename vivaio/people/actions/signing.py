"""Writes on how people sign in: sessions ended, second steps reset."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import require
from vivaio.people import letters, rules
from vivaio.people.models import Person

NOWHERE = "0.0.0.0"  # noqa: S104  (no address at all, and none that is listened on)


@transaction.atomic
def end_session(session: UserSession, *, by: Person, here: str | None) -> None:
    """Sign out one other device. Raises `Refused` for the device in hand: signing out does that."""
    require(rules.end_session, session, by, here)
    close([session])
    journal.record("people.session_ended", by, by=by)


@transaction.atomic
def end_sessions(person: Person, *, by: Person | None, but: str | None = None) -> int:
    """Sign a person out of every device (but one); returns of how many."""
    sessions = list(UserSession.objects.filter(user=person).exclude(session_key=but or ""))
    close(sessions)
    if sessions:
        journal.record("people.sessions_ended", person, by=by)
    return len(sessions)


@transaction.atomic
def forget_sessions() -> None:
    """Forget the sessions that have expired, with the devices they were on, and where the others came from.

    The address of the network is written down by django-allauth; nothing here ever shows it.
    """
    Session.objects.filter(expire_date__lte=clock.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    UserSession.objects.exclude(ip=NOWHERE).update(ip=NOWHERE)


def close(sessions: list[UserSession]) -> None:
    """Forget the sessions: whoever holds their cookies is a stranger from now on."""
    for session in sessions:
        session.end()


@transaction.atomic
def reset_second_steps(person: Person, *, by: Person | None) -> None:
    """Take away passkeys, code app and spare codes of a person who has lost them, and sign them out everywhere.

    Whoever answers for the installation makes sure beforehand that it is them who asks. They get a letter.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    require(rules.reset_second_steps, person, by)
    Authenticator.objects.filter(user=person).delete()
    close(list(UserSession.objects.filter(user=person)))
    record = journal.record("people.second_steps_reset", person, by=by)
    letters.second_steps_reset.enqueue(person, cause=str(record.pk))


@transaction.atomic
def part_gateway(account: SocialAccount, *, by: Person) -> None:
    """A gateway of identity no longer signs in as the person. Raises `Refused` where it is their only way in."""
    require(rules.part_gateway, account, by)
    account.delete()
    journal.record("people.gateway_parted", by, by=by)
