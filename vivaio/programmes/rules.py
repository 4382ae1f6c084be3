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
from vivaio.kit.tables import lists
from vivaio.people import rules as people
from vivaio.people.models import Person
from vivaio.people.states import InvitationState
from vivaio.programmes import contrast, queries
from vivaio.programmes.models import (
    Notice,
    Programme,
    Purpose,
    RetentionHold,
    RoleHolding,
    RoleInvitation,
    SavedView,
)
from vivaio.programmes.models.saved_view import LONGEST_NAME, LONGEST_QUERY
from vivaio.programmes.roles import GRANTED_ELSEWHERE, MANAGER, ROLES, name_of
from vivaio.programmes.states import PROGRAMME_MOVES, AmountKind, ConsentPlace, ProgrammeState

MOST_VIEWS = 20  # of one list: one's own, and as many that the staff shares


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
    if refused or person is None:
        return refused
    return people.addressed_to(invitation.email, person)


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
    if programme.is_rehearsal:
        return _("This is a rehearsal: nobody outside ever sees it.")
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


def answer_consent(purpose: Purpose, given: bool, person: Person, place: str) -> str | None:
    """Consent is asked only where it is the legal basis; withdrawing is always possible.

    Below the age that their country sets a guardian gives it (GDPR art. 8).
    """
    if given and (purpose.retired or not purpose.by_consent):
        return _("Consent is not asked for this purpose any more.")
    if given and place != ConsentPlace.GUARDIAN and not person.consents_alone:
        return _("At your age your parent or guardian gives this consent, when they sign for you.")
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


def see_view(view: SavedView, person: Person) -> str | None:
    """Whoever sees a list sees the views of it that are their own or shared."""
    table = lists().get(view.list_key)  # none where the list is gone
    return may(person, table.permission if table else "programme.edit", view.programme)


def save_view(view: SavedView, person: Person) -> str | None:
    """Whoever sees the list, for themselves; for all the staff, who sets the programme up. A name is used once."""
    refused = see_view(view, person) or hold_query(view)
    if refused:
        return refused
    mine = SavedView.objects.filter(programme=view.programme, list_key=view.list_key, person=person)
    if mine.count() >= MOST_VIEWS:
        return _(
            "You have %(most)s views of this list, and that is as many as it holds:"
            " delete one that you no longer use."
        ) % {"most": MOST_VIEWS}
    return name_view(view) or (share_view(view, person) if view.shared else None)


def hold_query(view: SavedView) -> str | None:
    """A view asks for something, within measure."""
    if not view.query:
        return _("There is nothing to save yet: search, filter, sort or choose columns first.")
    if len(view.query) > LONGEST_QUERY:
        return _("This is too long to keep: search for fewer words or choose fewer columns.")
    return None


def name_view(view: SavedView) -> str | None:
    """A name can be read, is short enough for a link, and is used once among one's own views of a list."""
    if not any(sign.isalnum() for sign in view.name):
        return _("Give the view a name with letters or figures.")
    if len(view.name) > LONGEST_NAME:
        return _("The name may be %(most)s characters long.") % {"most": LONGEST_NAME}
    same = SavedView.objects.filter(
        programme=view.programme, person=view.person_id, list_key=view.list_key, name__iexact=view.name
    )
    if same.exclude(pk=view.pk).exists():
        return _("There is a view of this name already: choose another name, or delete that view first.")
    return None


def share_view(view: SavedView, person: Person) -> str | None:
    """Whoever sets the programme up says what all its staff see, within measure."""
    refused = may(person, "programme.edit", view.programme)
    if refused:
        return refused
    shared = SavedView.objects.filter(programme=view.programme, list_key=view.list_key, shared=True)
    if shared.exclude(pk=view.pk).count() >= MOST_VIEWS:
        return _(
            "The staff shares %(most)s views of this list, and that is as many as it holds:"
            " delete one that nobody uses any more."
        ) % {"most": MOST_VIEWS}
    return None


def edit_view(view: SavedView, person: Person) -> str | None:
    """Its owner; a shared one also whoever sets the programme up."""
    refused = see_view(view, person)
    if refused or view.person_id == person.pk:
        return refused
    if not view.shared:
        return _("Only who saved this view may change it.")
    return may(person, "programme.edit", view.programme)


def unshare_view(view: SavedView) -> str | None:
    """What somebody left behind is the staff's, or nobody's."""
    if view.person_id is None:
        return _("Who saved this view is no longer here: it stays shared, or is deleted.")
    return None
