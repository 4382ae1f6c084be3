"""Engagements and hours given, as lists."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from vivaio.experts.engaging.queries import engagements as queries
from vivaio.experts.hours import hours_of, in_words
from vivaio.experts.states import EndedHow, EngagementState
from vivaio.kit.formats import moment, short_day
from vivaio.kit.tables import ChoiceFilter, Column, Table, YesNoFilter, tagged

TONES = {"to_agree": "now", "under_way": "yes", "ended": "", "dropped": "no"}
SESSION_TONES = {"proposed": "maybe", "fixed": "yes", "told": "now", "confirmed": "yes", "cancelled": "no"}


def state_tag(row: Any) -> Any:
    """The engagement's state as a tag."""
    return tagged(row.get_state_display(), TONES[row.state])


def progress(row: Any) -> str:
    """Hours confirmed of those agreed."""
    return f"{in_words(row.confirmed)} / {in_words(row.agreed_minutes)}"


def next_day(row: Any) -> str:
    """When they meet next."""
    return moment(row.next_at, row.programme.time_zone) if row.next_at else ""


def only_stuck(rows: QuerySet, answer: str) -> QuerySet:
    """Those that do not move, or those that do."""
    found = queries.stuck(rows)
    return found if answer == "yes" else rows.exclude(pk__in=found.order_by().values("pk"))


def of_field(rows: QuerySet, field: str) -> QuerySet:
    return rows.filter(competence__field=field)


def named(row: Any) -> str:
    """Where the hours count."""
    return str(row.competence.field) if row.competence else ""


TITLE = Column(
    "request", _("Engagement"), value=lambda row: str(row.request), order="request__title",
    href=lambda row: row.get_absolute_url(), note=lambda row: str(row.initiative),
)  # fmt: skip
STATE = Column("state", _("State"), value="get_state_display", show=state_tag, order="state")
HOURS = Column(
    "confirmed", _("Hours confirmed"), value=lambda row: hours_of(row.confirmed), show=progress,
    order="confirmed", figures=True,
)  # fmt: skip
AGREED = Column("agreed", _("Hours agreed"), value=lambda row: hours_of(row.agreed_minutes), page=False)
NEXT = Column("next_at", _("Next session"), order="next_at", show=next_day, phone=False)
UNTIL = Column("ends_on", _("Until"), order="ends_on", show=lambda row: short_day(row.ends_on), phone=False)


class Engagements(Table):
    """The engagements of a programme, for those who look after the bank."""

    key = "experts.engagements"
    permission = "experts.read"
    caption = _("Engagements")
    nouns = ngettext_lazy("%(n)d engagement", "%(n)d engagements", "n")
    search = ("request__title", "initiative__title", "person__given_name", "person__family_name")
    search_hint = _("Request, initiative, expert")
    filters = [
        ChoiceFilter("state", _("State"), EngagementState.choices),
        YesNoFilter("stuck", _("Does not move"), narrow=only_stuck),
        ChoiceFilter("field", _("Field"), (), narrow=of_field),
        ChoiceFilter("partner", _("Partner"), (), field="partner"),
        ChoiceFilter("ended_how", _("How it ended"), EndedHow.choices),
    ]
    columns = [
        TITLE,
        Column("person", _("Expert"), value=lambda row: str(row.person), order="person__sort_name"),
        Column("initiative", _("Initiative"), value=lambda row: str(row.initiative), page=False),
        STATE,
        HOURS,
        AGREED,
        NEXT,
        UNTIL,
        Column("field", _("Field"), value=named, page=False),
        Column("partner", _("Partner"), value=lambda row: str(row.partner or ""), page=False),
        Column("starts_on", _("From"), order="starts_on", page=False),
        Column("last_held", _("Last session"), order="last_held", page=False),
        Column("told", _("Hours to be confirmed"), value=lambda row: hours_of(row.told), page=False),
        Column("ended_on", _("Ended on"), order="ended_on", page=False),
        Column("ended_how", _("How it ended"), value="get_ended_how_display", page=False),
        Column("evaluated", _("Evaluations given"), page=False, figures=True),
        Column("pro_bono", _("Free of charge"), page=False),
    ]
    cards = True
    default_order = "-state"
    row_header = "request"


class Mine(Table):
    """An expert's own engagements."""

    caption = _("My engagements")
    nouns = ngettext_lazy("%(n)d engagement", "%(n)d engagements", "n")
    search = ("request__title", "initiative__title")
    search_hint = _("Request or initiative")
    filters = [ChoiceFilter("state", _("State"), EngagementState.choices)]
    columns = [TITLE, STATE, HOURS, AGREED, NEXT, UNTIL]
    cards = True
    default_order = "-state"
    row_header = "request"


def choices_of(competences: list[Any], partners: list[Any]) -> dict[str, Any]:
    """The filters' choices in this programme."""
    fields = {str(one.field.pk): one.field.title_i18n for one in competences}
    return {"field": list(fields.items()), "partner": [(str(one.pk), one.name) for one in partners]}


def amount(name: str, label: Any) -> Column:
    """A column of money, in the bank's currency."""
    return Column(name, label, order=name, figures=True, template="experts/engaging/amount.html")


def given_hours(row: Any) -> Decimal:
    return hours_of(row.given)


class Given(Table):
    """Hours given by whatever they are told by; each figure opens to its sessions."""

    by = ""
    keep = ("by",)
    default_order = "-given"
    row_header = "name"
    cards = True


def columns_of(label: Any, order: str) -> list[Column]:
    """Who or what, and the figures."""
    return [
        Column("name", label, value=str, order=order, template="experts/engaging/opens.html"),
        Column(
            "given", pgettext_lazy("figures", "Hours"), value=given_hours, show=lambda row: in_words(row.given),
            order="given", figures=True,
        ),
        Column("held", _("Sessions"), order="held", figures=True, phone=False),
        Column("engaged", _("Engagements"), order="engaged", figures=True, phone=False),
        amount("value", _("Value of hours given")),
        amount("cost", _("Cost of hours paid")),
        Column("given_free", _("Hours free of charge"), value=lambda row: hours_of(row.given_free), page=False),
    ]  # fmt: skip


class ByExpert(Given):
    by = "expert"
    caption = _("Hours by expert")
    nouns = ngettext_lazy("%(n)d expert", "%(n)d experts", "n")
    search = ("given_name", "family_name")
    search_hint = _("Name")
    columns = columns_of(_("Expert"), "sort_name")


class ByInitiative(Given):
    by = "initiative"
    caption = _("Hours by initiative")
    nouns = ngettext_lazy("%(n)d initiative", "%(n)d initiatives", "n")
    search = ("title",)
    search_hint = _("Title")
    columns = columns_of(_("Initiative"), "title")


class ByField(Given):
    by = "field"
    caption = _("Hours by field")
    nouns = ngettext_lazy("%(n)d field", "%(n)d fields", "n")
    columns = columns_of(_("Field"), "position")


class ByPartner(Given):
    by = "partner"
    caption = _("Hours by partner")
    nouns = ngettext_lazy("%(n)d partner", "%(n)d partners", "n")
    search = ("name",)
    search_hint = _("Name")
    columns = columns_of(_("Partner"), "name")


NONE = "none"
NARROWED = {
    "expert": "engagement__person",
    "initiative": "engagement__initiative",
    "field": "engagement__competence__field",
    "partner": "engagement__partner",
    "engagement": "engagement",
}


class Sessions(Table):
    """The sessions whose hours both sides confirmed."""

    key = "experts.given"
    permission = "experts.read"
    caption = _("Sessions with confirmed hours")
    nouns = ngettext_lazy("%(n)d session", "%(n)d sessions", "n")
    search = (
        "topic", "engagement__request__title", "engagement__initiative__title",
        "engagement__person__given_name", "engagement__person__family_name",
    )  # fmt: skip
    search_hint = _("Session, initiative, expert")
    filters = [YesNoFilter("free", _("Free of charge"), field="engagement__pro_bono")]
    keep = tuple(NARROWED)
    columns = [
        Column(
            "starts_at", _("Day"), order="starts_at",
            show=lambda row: short_day(row.starts_at, row.engagement.programme.time_zone),
        ),
        Column(
            "topic", _("Session"), order="topic", href=lambda row: row.get_absolute_url(),
            note=lambda row: str(row.engagement.initiative),
        ),
        Column("initiative", _("Initiative"), value=lambda row: str(row.engagement.initiative), page=False),
        Column(
            "person", _("Expert"), value=lambda row: str(row.engagement.person),
            order="engagement__person__sort_name",
        ),
        Column(
            "minutes", pgettext_lazy("figures", "Hours"), value=lambda row: hours_of(row.minutes),
            show=lambda row: in_words(row.minutes), order="minutes", figures=True,
        ),
        amount("value", _("Value of hours given")),
        amount("cost", _("Cost of hours paid")),
        Column("field", _("Field"), value=lambda row: named(row.engagement), page=False),
        Column("partner", _("Partner"), value=lambda row: str(row.engagement.partner or ""), page=False),
    ]  # fmt: skip
    cards = True
    default_order = "-starts_at"
    row_header = "topic"

    def narrowed(self, rows: QuerySet) -> QuerySet:
        """What one figure is made of: of one expert, initiative, field, partner or engagement."""
        wanted = Q()
        for name, path in NARROWED.items():
            asked = self.asked(name)
            if asked == NONE and name in ("field", "partner"):
                wanted &= Q(**{f"{'engagement__competence' if name == 'field' else path}": None})
            elif asked:
                wanted &= Q(**{path: identifier(asked)})
        return rows.filter(wanted)

    @property
    def of_one(self) -> bool:
        """Whether only what one figure is made of is shown."""
        return any(self.asked(name) for name in NARROWED)


def identifier(text: str) -> UUID | None:
    """An identifier as an address writes it; what is none names no row."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
