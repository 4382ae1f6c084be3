"""The staff's list of de minimis declarations, with the columns that the register of State aid asks for."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext, pgettext_lazy

from vivaio.applications.checking.pages import TONES
from vivaio.applications.deminimis import queries, telling
from vivaio.applications.deminimis.queries import Found
from vivaio.applications.models import AidDeclaration, AidVerification
from vivaio.applications.states import AidActivity, CheckOutcome
from vivaio.calls.aid import AidTerms
from vivaio.calls.models import Condition
from vivaio.kit import formats
from vivaio.kit.tables import ChoiceFilter, Column, Table, YesNoFilter, tagged
from vivaio.methods.deminimis import first_day

SIGNED, UNSIGNED = "signed", "unsigned"


def declared(row: Any) -> AidDeclaration | None:
    found: AidDeclaration | None = getattr(row, "aid_declaration", None)
    return found if found is not None and found.is_signed else None


def register(row: Any) -> AidVerification | None:
    return next(iter(row.aid_verifications.all()), None)


def linked_in_words(row: Any) -> str:
    """The other undertakings of the single one, name and tax code."""
    found = declared(row)
    return "; ".join(f"{one['name']} {one['tax_code']}".strip() for one in found.linked) if found else ""


def signed_in_words(row: Any) -> str:
    found = declared(row)
    return str(found.get_activity_display()) if found else pgettext("de minimis", "Not signed")


def verified_in_words(row: Any) -> str:
    found = register(row)
    return f"{formats.short_day(found.checked_on)}: {telling.money(found.total)}" if found else ""


def outcome_tag(row: Any) -> Any:
    outcome = CheckOutcome(row.outcome or CheckOutcome.UNKNOWN)
    tone = TONES[outcome]
    return tagged(outcome.label, tone)


def of_applicant(name: str) -> Any:
    """A column of the organisation that applies; of a person there is none."""
    return lambda row: getattr(row.organisation, name, "") if row.organisation_id else ""


def by_signature(rows: Any, value: str) -> Any:
    if value == SIGNED:
        return rows.filter(aid_declaration__signed_at__isnull=False)
    if value == UNSIGNED:
        return rows.exclude(aid_declaration__signed_at__isnull=False)
    return rows.filter(aid_declaration__activity=value)


class Declarations(Table):
    key = "applications.de_minimis"
    permission = "applications.read"
    caption = _("De minimis declarations")
    nouns = ngettext_lazy("%(n)d application", "%(n)d applications", "n")
    search = ("title", "organisation__name", "organisation__tax_code", "person__family_name", "number")
    search_hint = _("Applicant, tax code, title or number")
    filters = [
        ChoiceFilter("outcome", pgettext_lazy("de minimis", "Outcome"), CheckOutcome.choices),
        ChoiceFilter(
            "declared",
            pgettext_lazy("de minimis", "Declared"),
            [
                (SIGNED, pgettext_lazy("de minimis", "Signed")),
                (UNSIGNED, pgettext_lazy("de minimis", "Not signed")),
                *AidActivity.choices,
            ],
            narrow=by_signature,
        ),
        YesNoFilter("verified", _("Visura recorded")),
    ]
    row_header = "applicant"
    default_order = "number"


def declarations(condition: Condition, day: dt.date) -> type[Table]:
    """The list of one condition, as of a day."""

    def found(row: Any) -> Found:
        if not hasattr(row, "aid_found"):
            row.aid_found = queries.with_prefetched(row, condition, day)
        return row.aid_found  # type: ignore[no-any-return]

    def of_found(name: str) -> Any:
        return lambda row: (
            getattr(found(row).standing, name) if declared(row) and found(row).concerned else None
        )

    def money(name: str) -> Any:
        return lambda row: telling.money(of_found(name)(row))

    first = [
        Column("number", _("No."), order="number", figures=True),
        Column(
            "applicant",
            _("Applicant"),
            value="applicant_name",
            order="organisation__name",
            href=lambda row: reverse("applications:de_minimis_check", args=[row.pk]),
            note=str,
        ),
        Column("title", _("Application"), value=str, page=False),
        Column("outcome", pgettext_lazy("de minimis", "Outcome"), order="outcome", show=outcome_tag,
               value=lambda row: str(CheckOutcome(row.outcome or CheckOutcome.UNKNOWN).label)),
        Column("activity", pgettext_lazy("de minimis", "Declared"), value=signed_in_words, phone=False),
    ]  # fmt: skip
    figures = [
        Column("total", _("Received in the period"), value=of_found("total"), show=money("total"),
               order="aid_declaration__total", figures=True,
            phone=False),
        Column("remaining", pgettext_lazy("de minimis", "Remaining"), value=of_found("remaining"),
               show=money("remaining"), figures=True),
        Column("asked", _("New aid (gross grant equivalent)"), value=lambda row: found(row).asked,
               show=lambda row: telling.money(found(row).asked), figures=True, phone=False),
        Column("beyond", _("Beyond the ceiling"), value=of_found("beyond"), show=money("beyond"),
               figures=True, page=False),
        Column("register", _("Visura"), value=verified_in_words, order="verified", phone=False),
    ]  # fmt: skip
    return type("DeclarationsOfCondition", (Declarations,), {
        "columns": [*first, *figures, *for_the_register(condition, day)],
    })  # fmt: skip


def for_the_register(condition: Condition, day: dt.date) -> list[Column]:
    """What a grant is entered in the register with; for files, and for whoever chooses them as columns."""
    terms = AidTerms.of(condition.parameters)
    since = first_day(day, terms.ceiling(day).span)
    told: list[tuple[str, Any, Any]] = [
        ("tax_code", _("Tax code of the beneficiary"), of_applicant("tax_code")),
        ("vat_number", _("VAT number of the beneficiary"), of_applicant("vat_number")),
        (
            "kind",
            _("Legal form"),
            lambda row: row.organisation.get_kind_display() if row.organisation else "",
        ),
        ("address", _("Address of the seat"), of_applicant("address")),
        ("postcode", _("Postcode"), of_applicant("postcode")),
        ("municipality", _("Municipality of the seat"), of_applicant("municipality")),
        ("province", _("Province"), of_applicant("province")),
        ("country", _("Country"), of_applicant("country")),
        ("single", _("Single undertaking: name and tax code"), linked_in_words),
        ("regulation", _("Regulation"), lambda row: terms.ceiling(day).act),
        ("measure", _("Measure (call)"), lambda row: str(row.call)),
        ("ceiling", pgettext_lazy("de minimis", "Ceiling"), lambda row: terms.ceiling(day).amount),
        ("since", _("Period from"), lambda row: since),
        ("until", _("Period to"), lambda row: day),
        ("signed_at", _("Signed on"), lambda row: getattr(declared(row), "signed_at", None)),
        ("signed_by", _("Signed by"), lambda row: str(getattr(declared(row), "signed_by", "") or "")),
        ("visura_day", _("Day of the visura"), lambda row: getattr(register(row), "checked_on", None)),
        ("visura_code", _("Code of the visura (VERCOR)"), lambda row: getattr(register(row), "code", "")),
        ("visura_total", _("Total of the visura"), lambda row: getattr(register(row), "total", None)),
        (
            "visura_by",
            _("Visura recorded by"),
            lambda row: str(getattr(register(row), "checked_by", "") or ""),
        ),
    ]
    return [Column(key, label, value=value, page=False) for key, label, value in told]
