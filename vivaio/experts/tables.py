"""The competence bank as lists."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from vivaio.experts.models import ExpertProfile, ExpertRequest
from vivaio.experts.queries.requests import nobody_left, past_day
from vivaio.experts.states import ADMITTED, ProfileState, RequestState
from vivaio.kit.formats import in_language
from vivaio.kit.tables import ChoiceFilter, Column, Table, YesNoFilter, tagged
from vivaio.people.states import Language

TONES = {
    "applied": "maybe", "checked": "yes", "sent_back": "now", "declined": "no", "paused": "", "expired": "now",
}  # fmt: skip


def with_field(rows: QuerySet, field: str) -> QuerySet:
    return rows.filter(pk__in=ExpertProfile.objects.filter(competences__competence__field=field).values("pk"))


def with_competence(rows: QuerySet, competence: str) -> QuerySet:
    return rows.filter(pk__in=ExpertProfile.objects.filter(competences__competence=competence).values("pk"))


def with_language(rows: QuerySet, language: str) -> QuerySet:
    return rows.filter(languages__has_key=language)


def free_of_charge(rows: QuerySet, value: str) -> QuerySet:
    return rows.filter(pro_bono=value == "yes")


def admitted(rows: QuerySet, value: str) -> QuerySet:
    """Whom the programme has checked and taken in, paused and expired ones too; or the others."""
    return rows.filter(state__in=ADMITTED) if value == "yes" else rows.exclude(state__in=ADMITTED)


def competence_names(profile: Any) -> str:
    """What the expert can do, in words."""
    return ", ".join(str(one.competence) for one in profile.competences.all())


def field_names(profile: Any) -> str:
    """The fields of what the expert can do."""
    return ", ".join(dict.fromkeys(str(one.competence.field) for one in profile.competences.all()))


def only_changed(rows: QuerySet, answer: str) -> QuerySet:
    """Whose competences or rate have changed since they were checked."""
    return rows.filter(changed_at__isnull=answer == "no")


def state_tag(profile: Any) -> Any:
    """The profile's state as a tag."""
    return tagged(profile.get_state_display(), TONES[profile.state])


NAME = Column(
    "person", _("Expert"), value=lambda row: str(row.person), order="person__sort_name",
    href=lambda row: row.get_absolute_url(), note=lambda row: in_language(row.headline, row.written_in),
)  # fmt: skip
COMPETENCES = Column("competences", _("Competences"), value=competence_names)
LANGUAGES = Column("languages", _("Languages"), value="language_names", phone=False)
HOURS = Column("hours_a_month", _("Hours a month"), order="hours_a_month", figures=True)
SEARCH = (
    *("person__given_name", "person__family_name", "headline", "presentation", "area"),
    "competences__competence__title",
)
FILTERS = [
    ChoiceFilter("field", _("Field"), (), narrow=with_field),
    ChoiceFilter("competence", _("Competence"), (), narrow=with_competence),
    ChoiceFilter("language", _("Language"), Language.choices, narrow=with_language),
]


class Experts(Table):
    """The experts whom initiatives can draw on, as their teams see them."""

    caption = _("Experts")
    nouns = ngettext_lazy("%(n)d expert", "%(n)d experts", "n")
    search = SEARCH
    search_hint = _("Name, competence, word")
    filters = [*FILTERS, YesNoFilter("pro_bono", _("Free of charge"), narrow=free_of_charge)]
    columns = [
        NAME,
        COMPETENCES,
        LANGUAGES,
        HOURS,
        Column("area", _("Area"), phone=False),
    ]
    cards = True
    default_order = "person"
    row_header = "person"


class BankTable(Table):
    """The bank, for those who look after it."""

    key = "experts.bank"
    permission = "experts.read"
    caption = _("Competence bank")
    nouns = ngettext_lazy("%(n)d expert", "%(n)d experts", "n")
    search = (*SEARCH, "person__email")
    search_hint = _("Name, competence, word")
    filters = [
        ChoiceFilter("state", _("State"), ProfileState.choices),
        YesNoFilter("admitted", _("Admitted to the bank"), narrow=admitted),
        YesNoFilter("changed", _("Changed since the check"), narrow=only_changed),
        *FILTERS,
        YesNoFilter("pro_bono", _("Free of charge"), narrow=free_of_charge),
    ]
    columns = [
        NAME,
        Column("state", _("State"), value="get_state_display", show=state_tag, order="state"),
        COMPETENCES,
        Column("fields", pgettext_lazy("expert", "Fields"), value=field_names, page=False),
        LANGUAGES,
        HOURS,
        Column("partner", _("Partner"), value=lambda row: str(row.partner or ""), phone=False),
        Column("area", _("Area"), page=False),
        Column("sectors", _("Sectors"), value="sector_names", page=False),
        Column("pro_bono", _("Free of charge"), page=False),
        Column("rate", _("Rate per hour"), page=False),
        Column("email", _("E-mail"), value=lambda row: row.person.email, page=False),
        Column("expires_on", _("Valid until"), order="expires_on", page=False),
    ]
    cards = True
    default_order = "person"
    row_header = "person"


def choices_of(competences: list[Any]) -> dict[str, Any]:
    """The filters' choices in this programme, from its competences."""
    fields = {str(one.field.pk): one.field.title_i18n for one in competences}
    return {
        "field": list(fields.items()),
        "competence": [(str(one.pk), one.title_i18n) for one in competences],
    }


REQUEST_TONES = {
    "draft": "", "asked": "now", "open": "maybe", "matched": "yes", "withdrawn": "", "closed": "no",
}  # fmt: skip
PROPOSAL_TONES = {
    "ready": "maybe",
    "sent": "now",
    "accepted": "yes",
    "declined": "no",
    "lapsed": "no",
    "withdrawn": "",
    "over": "",
}


def request_tag(request: Any) -> Any:
    """The request's state as a tag."""
    return tagged(request.get_state_display(), REQUEST_TONES[request.state])


def only_late(rows: QuerySet, answer: str) -> QuerySet:
    """Those open past their day, or the others."""
    late = past_day(rows)
    return late if answer == "yes" else rows.exclude(pk__in=late.order_by().values("pk"))


def only_left_alone(rows: QuerySet, answer: str) -> QuerySet:
    """Those for which nobody is left to be asked, or the others."""
    alone = nobody_left(ExpertRequest.objects.order_by()).values("pk")
    return rows.filter(pk__in=alone) if answer == "yes" else rows.exclude(pk__in=alone)


class Requests(Table):
    """What initiatives ask for, for those who match experts."""

    key = "experts.requests"
    permission = "experts.read"
    caption = _("Requests")
    nouns = ngettext_lazy("%(n)d request", "%(n)d requests", "n")
    search = ("title", "purpose", "initiative__title")
    search_hint = _("Request or initiative")
    filters = [
        ChoiceFilter("state", _("State"), RequestState.choices),
        YesNoFilter("late", _("Past its day"), narrow=only_late),
        YesNoFilter("alone", _("Nobody left to ask"), narrow=only_left_alone),
    ]
    columns = [
        Column(
            "title", _("Request"), order="title", href=lambda row: row.get_absolute_url(),
            note=lambda row: str(row.initiative),
        ),
        Column("initiative", _("Initiative"), value=lambda row: str(row.initiative), page=False),
        Column("state", _("State"), value="get_state_display", show=request_tag, order="state"),
        Column("competences", _("Competences"), value=competence_names, phone=False),
        Column("hours", _("Hours"), order="hours", figures=True),
        Column("needed_by", _("By when"), order="needed_by"),
        Column("accepted", _("Experts found"), order="accepted", figures=True, phone=False),
    ]  # fmt: skip
    cards = True
    default_order = "needed_by"
    row_header = "title"
