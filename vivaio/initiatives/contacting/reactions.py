"""What contacts hold of a person, letting go of it, and how long the people behind contacts are kept."""

import datetime as dt
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.contacting import actions, gathered, queries
from vivaio.initiatives.contesting.events import interest_accepted
from vivaio.initiatives.models import Interest
from vivaio.initiatives.states import ContactKind, ContactOrigin, InterestKind
from vivaio.kit import clock, retention
from vivaio.people.events import erasing, gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person

retention.register(
    retention.Kind(
        "contacts",
        title=_("People behind the contacts of initiatives"),
        since=_("after the contact ended, or was last touched"),
        then=_("Names, addresses and notes are erased; that a contact was made, and what came of it, stays."),
        reason=_("Who was spoken with is of use as long as something may still come of it."),
        days=730,
        due=queries.ended_long_ago,
        carry_out=actions.let_go,
    )
)


@receiver(gathering, dispatch_uid="initiatives.contacting.gathered")
def contacts_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """Contacts with them, and those that they recorded."""
    into.section("contacts", _("Contacts of initiatives"), gathered.contacts(person))
    into.section("contact_steps", _("What you told of contacts"), gathered.told(person))


@receiver(erasing, dispatch_uid="initiatives.contacting.erased")
def contacts_forget(sender: Any, person: Person, **more: Any) -> None:
    """Contacts with them keep no trace of who it was."""
    actions.forget(person)


IN_TOUCH = dt.timedelta(days=7)  # whoever took an interest should have heard of the team by then
KIND_OF = {
    InterestKind.INVEST: ContactKind.INVESTOR,
    InterestKind.BUY: ContactKind.CUSTOMER,
    InterestKind.PARTNER: ContactKind.PARTNER,
    InterestKind.MENTOR: ContactKind.COLLABORATION,
}


@receiver(interest_accepted, dispatch_uid="initiatives.contacting.interest_accepted")
def interest_goes_on_as_a_contact(sender: Any, interest: Interest, by: Person, **more: Any) -> None:
    """What began at a contest is followed to its outcome: within days somebody gets in touch."""
    initiative = interest.entry.initiative
    actions.open_from(
        initiative,
        kind=KIND_OF[InterestKind(interest.kind)],
        who=str(interest.person),
        origin=ContactOrigin.CONTEST,
        source=f"contest:{interest.pk}",
        person=interest.person,
        by=by,
        notes=interest.message,
        next_due_on=clock.today(initiative.programme.time_zone) + IN_TOUCH,
    )
