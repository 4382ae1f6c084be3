"""The lists of a jury."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from vivaio.applications.models import Application
from vivaio.jury.models import Juror
from vivaio.jury.states import JurorState
from vivaio.kit.tables import ChoiceFilter, Column, Table


def _address(juror: Juror) -> str:
    call = juror.panel.call
    return reverse("jury:juror", args=[call.programme.slug, call.slug, juror.pk])


def _declared(juror: Juror) -> str:
    if juror.state != JurorState.ACCEPTED:
        return ""
    return _("Declared") if juror.conflicts_declared_at else _("Not yet")


class Jurors(Table):
    """Who sits on the jury, who was asked, who said no."""

    key = "jury.panel"
    permission = "jury.read"
    caption = gettext_lazy("Jurors")
    nouns = ngettext_lazy("%(n)d person", "%(n)d people", "n")
    search = ("email", "given_name", "family_name", "person__given_name", "person__family_name")
    filters = [ChoiceFilter("state", gettext_lazy("State"), JurorState.choices)]
    columns = [
        Column(
            "name",
            gettext_lazy("Name"),
            value=str,
            order=("family_name", "given_name", "email"),
            href=_address,
            note=lambda juror: juror.email,
        ),
        Column("email", gettext_lazy("E-mail"), page=False),
        Column(
            "state",
            gettext_lazy("State"),
            template="jury/cells/state.html",
            value="get_state_display",
            order="state",
        ),
        Column("load", gettext_lazy("Assigned"), order="load", figures=True),
        Column("scored", pgettext_lazy("how many sheets", "Scored"), order="scored", figures=True),
        Column("capacity", gettext_lazy("At most"), order="capacity", figures=True, phone=False),
        Column("minimum", gettext_lazy("At least"), order="minimum", figures=True, phone=False),
        Column(
            "conflicts_declared_at", gettext_lazy("Conflicts"), show=_declared, order="conflicts_declared_at"
        ),
    ]
    default_order = "name"


def _numbered(application: Application) -> str:
    return f"{application.number}. {application}"


class Applicants(Table):
    """Who applies, where they are too many for one page: the juror looks up those they know, and names them."""

    caption = gettext_lazy("Who applies")
    nouns = ngettext_lazy("%(n)d application", "%(n)d applications", "n")
    search = ("organisation__name", "person__family_name", "person__given_name", "title", "number")
    search_hint = gettext_lazy("Applicant, title or number")
    columns = [
        Column(
            "applicant",
            gettext_lazy("Applicant"),
            value="applicant_name",
            order=("called", "number"),
            note=_numbered,
        ),
        Column("number", gettext_lazy("No."), order="number", page=False),
        Column(
            "tie",
            gettext_lazy("Conflict of interest"),
            template="jury/cells/tie.html",
        ),
    ]
    default_order = "applicant"
    exports = ()
    cards = True
