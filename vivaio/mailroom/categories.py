"""The categories that letters belong to, in the words of those who choose.

A letter is necessary where a right, a term or the safety of an account hangs on it; all others are a person's choice.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Category:
    """A category of letters. `necessary` says why it cannot be turned off; empty where it is by choice."""

    code: str
    title: Any
    text: Any
    necessary: Any = ""

    @property
    def by_choice(self) -> bool:
        """Whether people choose how these letters reach them."""
        return not self.necessary


ACCOUNT = Category(
    "account",
    _("Account and security"),
    _("Your address to confirm, new passwords, what changes in your account, your data."),
    _("Without them you could not sign in, nor notice that somebody else does."),
)
PROCEDURE = Category(
    "procedure",
    _("Decisions and deadlines"),
    _("Receipts, requests for integration, eligibility, outcomes, places; for a jury, when scoring begins."),
    _("They are acts of a procedure: deadlines run from them and rights depend on them."),
)
INVITATIONS = Category(
    "invitations",
    _("Invitations"),
    _("To join an organisation, to take a role in a programme, to sit on a jury."),
)
CALLS = Category(
    "calls",
    _("Calls to apply to"),
    _("A programme that has come across your organisation invites it to apply."),
)
FOLLOWED = Category(
    "followed",
    _("Calls that you follow"),
    _("Questions answered on a call that you chose to follow, and what changes in it."),
)
REMINDERS = Category(
    "reminders",
    _("Reminders"),
    _(
        "A draft that waits to be handed in, applications that wait for your scores: even in a digest, in time."
    ),
)
STAFF = Category(
    "staff",
    _("Work in your programmes"),
    _("For those who run a programme: requests answered or expired, places given up, invitations declined."),
)
ORGANISATIONS = Category(
    "organisations",
    _("Your organisations"),
    _("For those who administer one: members who leave, invitations declined."),
)
INTRODUCTIONS = Category(
    "introductions",
    _("Introductions"),
    _("Somebody asks to get to know you, or answers you."),
)
INITIATIVES = Category(
    "initiatives",
    _("Your initiatives"),
    _("For a team: how its initiative stands, answers to what it sent, what its page needs."),
)
# In the order in which people read them.
CATEGORIES = (
    ACCOUNT,
    PROCEDURE,
    INVITATIONS,
    CALLS,
    FOLLOWED,
    REMINDERS,
    STAFF,
    ORGANISATIONS,
    INTRODUCTIONS,
    INITIATIVES,
)
BY_CHOICE = tuple(category for category in CATEGORIES if category.by_choice)
# What gathers the others: nobody chooses it by itself, and its link stops all that it gathers.
DIGEST = Category(
    "digest", _("Daily digest"), _("One letter a day with all that you chose to read together.")
)
