"""Answers to what happens to accounts, to what is asked of them, and how long those that nobody uses are kept."""

from uuid import UUID

from allauth.account.signals import user_signed_up
from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vivaio.kit import retention
from vivaio.kit.rules import require
from vivaio.kit.tables import lists
from vivaio.mailroom.digests import names_programmes
from vivaio.mailroom.silence import silences
from vivaio.people import actions as people
from vivaio.people import second_step
from vivaio.people.events import erasing, erasure_asked, gathering
from vivaio.people.models import Person
from vivaio.programmes import actions, queries, rules
from vivaio.programmes.bulk import actions as bulk_actions
from vivaio.programmes.bulk import queries as bulk_queries
from vivaio.programmes.models import Programme
from vivaio.programmes.states import ReadingOccasion


@receiver(user_signed_up)
def notice_was_offered(sender, request, user: Person, **more):
    """Keep which version of the installation's notice stood beside the form that made the account."""
    actions.read_notice(queries.current_notice(None), user, ReadingOccasion.SIGN_UP)


@silences
def of_rehearsals(programme: UUID) -> bool:
    """Letters of a rehearsal are read on its pages and never leave."""
    return Programme.objects.filter(pk=programme, is_rehearsal=True).exists()


@second_step.required_when
def runs_a_programme(person: Person) -> str | None:
    """Staff read what people wrote in confidence and decide about them."""
    holding = queries.staff_holding(person)
    if holding is None:
        return None
    return _(
        "You help to run %(programme)s (%(role)s) and read what people have written in confidence,"
        " so a password alone must not be enough to sign in as you."
    ) % {"programme": holding.programme.title_i18n, "role": holding.role_name}


retention.register(
    retention.Kind(
        "accounts",
        title=gettext_lazy("Accounts never used"),
        since=gettext_lazy("after they were created"),
        then=gettext_lazy("The account is deleted."),
        reason=gettext_lazy(
            "Somebody may have been invited for a later moment; after a year nobody waits any more."
        ),
        days=365,
        due=queries.accounts_never_used,
        carry_out=people.drop_unused,
        of_programme=False,
    )
)

retention.register(
    retention.Kind(
        "bulk",
        title=gettext_lazy("Changes made to many rows at once"),
        since=gettext_lazy("after the rows were chosen"),
        then=gettext_lazy("The list of what was changed together goes; the rows and their records stay."),
        reason=gettext_lazy("It serves to undo a change, within a day, and to see what became of it."),
        days=30,
        due=bulk_queries.due,
        carry_out=bulk_actions.forget,
    )
)


@receiver(gathering)
def roles_and_consents_gathered(sender, person: Person, into, **more):
    """Roles held, consents answered, notices read."""
    into.section(
        "roles",
        _("Roles"),
        [
            {"programme": str(one.programme), "role": str(one.role_name), "since": one.created_at}
            for one in person.role_holdings.select_related("programme")
        ],
    )
    into.section(
        "consents",
        _("Consents"),
        [
            {
                "purpose": str(one.purpose),
                "programme": str(one.purpose.programme or ""),
                "given": one.given,
                "at": one.at,
            }
            for one in queries.consents_of(person)
        ],
    )
    into.section(
        "notices",
        _("Privacy notices read"),
        [
            {"programme": str(one.notice.programme or ""), "version": one.notice.number, "at": one.at}
            for one in queries.readings_of(person)
        ],
    )


@receiver(gathering)
def saved_views_gathered(sender, person: Person, into, **more):
    """How the person wants to find lists again: what they search for may name people."""
    known, usual = lists(), set(person.usual_views.values_list("view_id", flat=True))
    into.section(
        "views",
        _("Saved views of lists"),
        [
            {
                "programme": str(one.programme),
                "list": str(known[one.list_key].caption if one.list_key in known else one.list_key),
                "name": one.name,
                "asks_for": one.query,
                "shared": one.shared,
                "opens_first": one.pk in usual,
                "saved": one.created_at,
            }
            for one in person.saved_views.select_related("programme")
        ],
    )


@receiver(erasure_asked)
def a_programme_keeps_a_manager(sender, person: Person, **more):
    """Whoever runs a programme alone hands it over first. Raises `Refused`."""
    require(rules.leave_programmes, person)


@receiver(erasing)
def roles_end(sender, person: Person, **more):
    """Roles, invitations to the address and saved views go; what was consented stays as proof, without a name."""
    actions.forget_roles(person)


@names_programmes
def titles(ids):
    """What a digest calls the programmes whose letters it gathers."""
    return {one.pk: one.title_i18n for one in Programme.objects.filter(pk__in=list(ids))}
