"""The lists of a programme's people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from vivaio.kit.formats import money
from vivaio.kit.tables import ChoiceFilter, Column, Table
from vivaio.programmes.models import Controller, Purpose, RoleHolding, RoleInvitation
from vivaio.programmes.roles import ROLES, name_of
from vivaio.programmes.states import AmountKind


def role_choices() -> list[tuple[str, str]]:
    """The roles as choices, in the order in which they are read."""
    return [(role.code, role.name) for role in ROLES.values()]


def role_name(row: RoleHolding | RoleInvitation) -> str:
    """The row's role by name, as a file can hold it."""
    return str(name_of(row.role))


class Holders(Table):
    """Who holds which role."""

    key = "programmes.roles"
    permission = "roles.grant"
    caption = _("People and roles")
    nouns = ngettext_lazy("%(n)d role held", "%(n)d roles held", "n")
    search = ("person__given_name", "person__family_name", "person__email")
    search_hint = _("Name or e-mail")
    filters = [ChoiceFilter("role", _("Role"), role_choices)]
    columns = [
        Column(
            "name",
            _("Name"),
            value=lambda holding: str(holding.person),
            order=("person__sort_name", "person__email"),
            note=lambda holding: holding.person.email,
        ),
        Column("email", _("E-mail"), value="person.email", page=False),
        Column("role", _("Role"), value=role_name, order="role"),
        Column(
            "since",
            _("Since"),
            value=lambda holding: holding.created_at.date(),
            order="created_at",
            phone=False,
        ),
        Column("end", _("End"), template="programmes/cells/end.html", value="pk", export=False),
    ]
    default_order = "name"


class Invitations(Table):
    """Who was asked and has not answered yet."""

    caption = _("Invitations that wait for an answer")
    nouns = ngettext_lazy("%(n)d invitation", "%(n)d invitations", "n")
    columns = [
        Column("email", _("E-mail"), order="email"),
        Column("role", _("Role"), value=role_name, order="role"),
        Column("expires_at", _("Valid until"), template="programmes/cells/until.html", order="expires_at"),
        Column(
            "acts", _("Invitation"), template="programmes/cells/invitation.html", value="pk", export=False
        ),
    ]
    default_order = "email"
    exports = ()


class Amounts(Table):
    """Every amount that was ever stated, the newest first."""

    caption = _("Amounts stated")
    nouns = ngettext_lazy("%(n)d amount", "%(n)d amounts", "n")
    filters = [ChoiceFilter("kind", _("Which amount"), AmountKind.choices)]
    columns = [
        Column("stated_on", _("As of"), order=("stated_on", "created_at")),
        Column("kind", _("Which amount"), value="get_kind_display", order="kind"),
        Column(
            "amount",
            _("Amount"),
            order="amount",
            show=lambda stated: money(stated.amount, stated.currency),
            figures=True,
        ),
        Column("currency", _("Currency"), page=False),
    ]
    default_order = "-stated_on"


def register_of_processing(controller: Controller | None, limits: str) -> type[Table]:
    """The list of what is done with personal data, as GDPR art. 30(1) asks for it; a file says it all in each row."""
    holder = f"{controller.name}, {controller.address}".strip(", ") if controller else ""
    officer = f"{controller.officer_name} {controller.officer_email}".strip() if controller else ""
    measures = controller.measures_i18n if controller else ""

    class Processing(Table):
        caption = _("Register of processing")
        nouns = ngettext_lazy("%(n)d processing activity", "%(n)d processing activities", "n")
        columns = [
            Column("title", _("Purpose"), value="title_i18n", order="position", note=of_purpose),
            Column("basis", _("Legal basis"), value="get_basis_display", order="basis"),
            Column("subjects", _("Whose data"), value="subjects_i18n", phone=False),
            Column("data", _("Categories of data"), value="data_i18n", phone=False),
            Column("recipients", _("Recipients"), value="recipients_i18n"),
            Column("transfers", _("Transfers outside the EU"), value=transfers_of, phone=False),
            Column("limits", _("Time limits for erasure"), value=lambda row: limits, page=False),
            Column("controller", _("Data controller"), value=lambda row: holder, page=False),
            Column("officer", _("DPO"), value=lambda row: officer, page=False),
            Column("measures", _("Security measures"), value=lambda row: measures, page=False),
        ]
        default_order = "title"

    return Processing


def of_purpose(purpose: Purpose) -> str:
    """What happens with the data, under the purpose."""
    return purpose.text_i18n


def transfers_of(purpose: Purpose) -> str:
    """Where data go outside the Union; said also when nowhere."""
    return purpose.transfers_i18n or str(_("No transfers"))
