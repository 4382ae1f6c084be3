"""What may be done with a letter as it stands, and why not. Who may is asked in `desk`, which knows roles."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vivaio.mailroom.models import PERSONAL_LINK, OutgoingLetter
from vivaio.mailroom.states import State


def release(letter: OutgoingLetter) -> Any:
    """Only what is held is released."""
    if letter.state != State.HELD:
        return _("This letter is not held. It is: %(state)s.") % {"state": letter.get_state_display()}
    return None


def cancel(letter: OutgoingLetter) -> Any:
    """Only a letter that has not left can be called off."""
    if letter.state == State.CANCELLED:
        return _("This letter has already been cancelled.")
    if letter.state == State.UNWANTED:
        return _("The person does not want letters of this kind: it is not sent.")
    if letter.state == State.SHOWN:
        return _("This is a rehearsal: its letters are never sent.")
    if letter.state not in (State.HELD, State.QUEUED, State.WAITING, State.FAILED):
        return _("This letter has already left, or is leaving now: it cannot be cancelled.")
    return None


def retry(letter: OutgoingLetter) -> Any:
    """Only what the mail server did not take is sent again."""
    if letter.state != State.FAILED:
        return _("Only a letter that was not sent can be sent again. This one is: %(state)s.") % {
            "state": letter.get_state_display()
        }
    return _incomplete(letter)


def resolve(letter: OutgoingLetter) -> Any:
    """A person says what became of a letter only while nobody knows."""
    if letter.state != State.TO_VERIFY:
        return _("There is nothing to verify: this letter is now: %(state)s.") % {
            "state": letter.get_state_display()
        }
    return None


def send_again(letter: OutgoingLetter) -> Any:
    """A letter that did not arrive leaves again, as long as it has what it is about."""
    return resolve(letter) or _incomplete(letter)


def _incomplete(letter: OutgoingLetter) -> Any:
    if letter.erased_at is not None:
        return _("The words of this letter are erased: there is nothing left to send.")
    if PERSONAL_LINK in letter.text and not letter.secret:
        return _("The personal link of this letter is not kept any more: send a new invitation instead.")
    return None
