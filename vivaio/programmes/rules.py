"""Who may do what in a programme, and why not.

`person=None` stands for the installation itself (a job, a command typed on the server): whoever can type
there already holds the database, so permissions do not apply; states do.
"""

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _

from vivaio.kit import clock
from vivaio.kit.formats import number
from vivaio.kit.retention import KINDS
from vivaio.people.models import Person
from vivaio.people.states import InvitationState
from vivaio.programmes import contrast, queries
from vivaio.programmes.models import Notice, Programme, Purpose, RetentionHold, RoleHolding, RoleInvitation
from vivaio.programmes.roles import GRANTED_ELSEWHERE, MANAGER, ROLES, name_of
from vivaio.programmes.states import PROGRAMME_MOVES, AmountKind, ProgrammeState


def may(person: Person | None, permission: str, programme: Programme | UUID) -> str | None:
    """None if the person's roles carry the permission; else words that name the roles that do."""
    if person is None or queries.can(person, permission, programme):
        return None
    names = [str(role.name) for role in ROLES.values() if permission in role.permissions]
    return _("This needs one of these roles in the programme: %(roles)s.") % {"roles": ", ".join(names)}


def create(person: Person | None) -> str | None:
    """Only the installation's administrator starts a programme."""
    if person is not None and not person.is_administrator:
        return _("Only the installation administrator may create a programme.")
    return None


def invite(programme: Programme, role: str, email: str, person: Person | None) -> str | None:
    """Who may grant roles invites to those that are granted here, once."""
    refused = may(person, "roles.grant", programme)
    if refused:
        return refused
    if role not in ROLES:
        return _("There is no such role. Choose one from the list.")
    if role in GRANTED_ELSEWHERE:
        return _(
            "Jurors are invited from the page of their jury, which also asks about conflicts of interest."
        )
    if queries.holds(email, role, programme):
        return _("%(email)s holds this role already: %(role)s.") % {"email": email, "role": name_of(role)}
    return None


def resend(invitation: RoleInvitation, person: Person | None) -> str | None:
    """An invitation that waits, expired or not, is sent again."""
    refused = may(person, "roles.grant", invitation.programme)
    return refused or (None if invitation.state == InvitationState.SENT else over(invitation))


def cancel(invitation: RoleInvitation, person: Person | None) -> str | None:
    """An invitation that waits is called back."""
    return resend(invitation, person)


def over(invitation: RoleInvitation) -> str | None:
    """Why an invitation can no longer be answered."""
    if invitation.state == InvitationState.ACCEPTED:
        return _("This invitation has been accepted already.")
    if invitation.state == InvitationState.DECLINED:
        return _("This invitation was declined. If that was a mistake, ask for a new one.")
    if invitation.state != InvitationState.SENT:
        return _("This invitation was called back. Ask whoever invited you for a new one.")
    if clock.now() >= invitation.expires_at:
        return _("This invitation has expired. Ask whoever invited you to send it again.")
    return None


def answer(invitation: RoleInvitation, person: Person | None = None) -> str | None:
    """An invitation is for one address, for a while, once. Without a person: whether it waits at all."""
    refused = over(invitation)
    if refused or person is None or invitation.email.lower() == person.email.lower():
        return refused
    return _(
        "This invitation is for %(invited)s, and you are signed in as %(email)s."
        " Sign out and come back with the right account."
    ) % {"invited": invitation.email, "email": person.email}


def end_role(holding: RoleHolding, person: Person | None) -> str | None:
    """Who grants roles ends them; a programme keeps a manager; a jury takes its own jurors' role back."""
    refused = may(person, "roles.grant", holding.programme_id)
    if refused:
        return refused
    if holding.role in GRANTED_ELSEWHERE:
        return _("Jurors are taken off from the page of their jury; the role ends with their last seat.")
    if holding.role == MANAGER.code and not queries.other_managers(holding).exists():
        return _("A programme needs a manager: invite another one first, and wait until they accept.")
    return None


def state_amount(programme: Programme, kind: str, stated_on: dt.date, person: Person | None) -> str | None:
    """One of the four kinds, once a day: what was stated is never written over."""
    refused = may(person, "programme.edit", programme)
    if refused:
        return refused
    if kind not in AmountKind.values:
        return _("Choose which of the four amounts it is.")
    if programme.amounts.filter(kind=kind, stated_on=stated_on).exists():
        return _(
            "“%(kind)s” has been stated for that day already, and what was stated is kept."
            " State the new amount as of another day."
        ) % {"kind": AmountKind(kind).label}
    return None


def colour(value: str) -> str | None:
    """A programme's colour carries white words and stands on white: 4.5:1 at least (WCAG 2.2, 1.4.3)."""
    if not value:
        return None
    if not contrast.HEX.fullmatch(value):
        return _("Write the colour as six figures or letters after a hash sign, like #1f6646.")
    if contrast.readable(value):
        return None
    return _(
        "The contrast of %(colour)s with white is %(ratio)s:1, and words need 4.5:1 to be read."
        " Choose a darker one: %(darker)s is the closest that can be read."
    ) % {
        "colour": value,
        "ratio": number(int(contrast.ratio(value) * 10) / 10, 1),
        "darker": contrast.darkened(value),
    }


def change_look(programme: Programme, value: str, person: Person | None) -> str | None:
    """Who edits the programme gives it a colour that can be read."""
    return may(person, "programme.edit", programme) or colour(value)


def change_state(programme: Programme, to: ProgrammeState, person: Person | None) -> str | None:
    """Who edits the programme publishes it, takes it back, closes it, as the table of moves allows."""
    refused = may(person, "programme.edit", programme)
    if refused:
        return refused
    if to not in PROGRAMME_MOVES.get(ProgrammeState(programme.state), set()):
        return _("The programme is in this state: %(state)s. From there this cannot be done.") % {
            "state": programme.get_state_display()
        }
    return None


def set_privacy(programme: Programme | None, person: Person | None) -> str | None:
    """Who edits a programme says how it treats personal data; for accounts the administrator says it."""
    if programme is not None:
        return may(person, "programme.edit", programme)
    if person is not None and not person.is_administrator:
        return _("Only the installation administrator may change this.")
    return None


def publish_notice(programme: Programme | None, notice: Notice | None, person: Person | None) -> str | None:
    """A notice is published once it is written and names a data controller (GDPR art. 13(1)(a))."""
    refused = set_privacy(programme, person)
    if refused:
        return refused
    if notice is None or not notice.text.strip():
        return _("There is nothing to publish: write the new version first, and save it.")
    if queries.controller_of(programme) is None:
        return _("Say first who the data controller is: a notice without one is not valid.")
    return None


def answer_consent(purpose: Purpose, given: bool) -> str | None:
    """Consent is asked only where it is the legal basis; withdrawing is always possible."""
    if given and (purpose.retired or not purpose.by_consent):
        return _("Consent is not asked for this purpose any more.")
    return None


def set_retention(programme: Programme | None, kind: str, person: Person | None) -> str | None:
    """Who says how data are treated says how long they are kept, for the kinds that there are."""
    if kind not in KINDS or KINDS[kind].of_programme != (programme is not None):
        return _("There is no such kind of data here.")
    return set_privacy(programme, person)


def hold_back(programme: Programme | None, kind: str, reason: str, person: Person | None) -> str | None:
    """A hold has a reason, and stands once."""
    if refused := set_retention(programme, kind, person):
        return refused
    if not reason.strip():
        return _("Write why: who asks for their data to be erased has a right to know.")
    if RetentionHold.objects.filter(programme=programme, kind=kind, lifted_at=None).exists():
        return _("A hold stands already.")
    return None


def leave_programmes(person: Person) -> str | None:
    """Nobody leaves a programme without a manager."""
    held = RoleHolding.objects.filter(person=person, role=MANAGER.code).select_related("programme")
    alone = [str(one.programme) for one in held if not queries.other_managers(one).exists()]
    if alone:
        return _("You are the only manager of %(programmes)s: invite another one first.") % {
            "programmes": ", ".join(alone)
        }
    return None
