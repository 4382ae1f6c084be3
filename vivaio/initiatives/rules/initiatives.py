"""Who works on an initiative, and whether money may go to it."""

from django.utils.translation import gettext as _

from vivaio.initiatives.models import Initiative
from vivaio.initiatives.queries import initiatives as queries
from vivaio.initiatives.states import InitiativeState
from vivaio.people.models import Person
from vivaio.people.states import OrganisationKind
from vivaio.programmes import rules as programmes


def follow(initiative: Initiative, person: Person) -> str | None:
    """Who accompanies the programme's initiatives."""
    return programmes.may(person, "initiatives.follow", initiative.programme_id)


def of_team(initiative: Initiative, person: Person) -> str | None:
    """Who is of the team today."""
    if queries.is_of_team(person, initiative):
        return None
    return _("Only who is of the team may do this.")


def concerned(initiative: Initiative, person: Person) -> bool:
    """Whether the person is of the team, or accompanies it."""
    return of_team(initiative, person) is None or follow(initiative, person) is None


def lead(initiative: Initiative, person: Person) -> str | None:
    """The team's leaders, and whoever accompanies the initiatives for them."""
    if queries.leads(person, initiative) or follow(initiative, person) is None:
        return None
    return _("Only a leader of the team may do this.")


def under_way(initiative: Initiative) -> str | None:
    """Nothing more is done with what has been closed."""
    if initiative.state == InitiativeState.CLOSED:
        return _("This initiative is closed. Whoever accompanies it can reopen it.")
    return None


def may_receive_money(initiative: Initiative) -> str | None:
    """Money goes to a legal entity alone, and to none that is closed."""
    if initiative.state == InitiativeState.CLOSED:
        return _("“%(initiative)s” is closed: no money goes to it.") % {"initiative": initiative.title}
    organisation = initiative.organisation
    if organisation is None:
        return _("“%(initiative)s” has no organisation yet that money could go to.") % {
            "initiative": initiative.title
        }
    if organisation.kind == OrganisationKind.INFORMAL_GROUP:
        return _(
            "“%(organisation)s” is an informal group: before any money the team names the legal entity that it has"
            " become, and the programme checks the proof."
        ) % {"organisation": organisation.name}
    if not organisation.tax_code and not organisation.vat_number:
        return _("“%(organisation)s” has no tax code yet: its administrators add it to its data.") % {
            "organisation": organisation.name
        }
    return None
