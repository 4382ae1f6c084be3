"""Phases, partners and areas: one row a form, put in order by number, without a script."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME, BaseFormSet, formset_factory
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.kit import formats
from vivaio.kit.language_fields import InLanguages
from vivaio.programmes.models import Area, Partner, Phase, Programme
from vivaio.programmes.states import PartnerPart

MOST = 60


class HasLanguages(Protocol):
    """Whatever speaks languages, in their order."""

    @property
    def languages(self) -> list[str]: ...


class RowForm(InLanguages, forms.Form):
    """One row. `plain` names the fields that are the same in every language."""

    plain: Sequence[str] = ()
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, languages: Sequence[str] = ("it",), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.add_texts(languages)

    @property
    def named(self) -> str:
        """What is stored of the row's name, for its heading; empty for a new row."""
        return str(self.initial.get("name") or "") if "name" in self.fields else self.read("title")

    def read(self, name: str) -> str:
        """What is stored of a text: in the reader's language, else in the first that has it."""
        reader = (get_language() or "").split("-")[0]
        said = (self.initial.get(f"{name}_{language}") for language in (reader, *self.languages))
        return str(next(filter(None, said), ""))

    @property
    def told(self) -> str:
        """What the closed row says besides its name."""
        return ""

    @property
    def open(self) -> bool:
        """Whether the row shows its fields at once: something in it is wrong, or is only typed so far."""
        return bool(self.errors) or (not self.initial.get("key") and any(self.initial.values()))

    @property
    def entry(self) -> dict[str, Any]:
        """The row as the actions take it."""
        data = self.cleaned_data
        return {
            "key": data["key"],
            "plain": {name: data[name] for name in self.plain},
            "texts": self.written_texts(data),
        }

    @classmethod
    def stored(cls, row: Any, languages: Sequence[str]) -> dict[str, Any]:
        """The row as the form's initial values."""
        plain = {name: getattr(row, name) for name in cls.plain}
        return {"key": row.key, **plain, **cls.stored_texts(row, languages)}


class PhaseForm(RowForm):
    """A phase: its name, what happens in it, from when to when."""

    model = Phase
    texts = ("title", "summary", "dates")
    required_texts = ("title",)
    text_help = {"dates": _("Only where days do not say it: “spring”, “until the funds are used up”.")}
    plain = ("starts_on", "ends_on")
    starts_on = forms.DateField(label=_("Starts on"), required=False)
    ends_on = forms.DateField(label=_("Ends on"), required=False)

    @property
    def told(self) -> str:
        """When the phase is: in words where somebody wrote them, else by its days."""
        said = self.read("dates")
        days = (self.initial.get(name) for name in ("starts_on", "ends_on"))
        known = [day if isinstance(day, dt.date) else None for day in days]  # typed so far: text
        return str(said or formats.period(*known))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _t("The end comes before the start: change one of the two days."))
        return data


class PartnerForm(RowForm):
    """A partner or funder, and its part."""

    model = Partner
    plain = ("name", "part", "country", "website")
    name = forms.CharField(label=_("Name"), max_length=200)
    part = forms.ChoiceField(label=_("Part"), choices=[("", _("Choose one")), *PartnerPart.choices])
    country = forms.RegexField(
        "^[A-Za-z]{2}$",
        label=_("Country"),
        required=False,
        help_text=_("Two letters, like IT."),
        error_messages={"invalid": _("Write the country's two letters, like IT.")},
    )
    website = forms.URLField(label=_("Web site"), required=False, max_length=200, assume_scheme="https")

    @property
    def told(self) -> str:
        """The partner's part."""
        return str(dict(PartnerPart.choices).get(self.initial.get("part", ""), ""))

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()


class AreaForm(RowForm):
    """An area of intervention."""

    model = Area
    texts = ("title", "summary")
    required_texts = ("title",)


class RowFormSet(BaseFormSet):
    """Rows with a number to order them and a box to remove them."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        order, gone = form.fields[ORDERING_FIELD_NAME], form.fields[DELETION_FIELD_NAME]
        order.label, gone.label = _("Place in the order"), _("Remove this row")
        order.widget.attrs["inputmode"] = "numeric"

    @property
    def entries(self) -> list[dict[str, Any]]:
        """The rows that stay, in order; empty new ones are no rows."""
        return [form.entry for form in self.ordered_forms]

    @property
    def removed(self) -> list[str]:
        """The keys of the rows whose box is ticked."""
        return [form.cleaned_data["key"] for form in self.deleted_forms if form.cleaned_data.get("key")]


def formset_of(form: type[RowForm]) -> type[RowFormSet]:
    """The formset of a kind of row."""
    made: type[RowFormSet] = formset_factory(
        form, RowFormSet, extra=1, can_order=True, can_delete=True, max_num=MOST, absolute_max=MOST + 10
    )
    return made


def bound(form: type[RowForm], data: Any, programme: Programme | HasLanguages, rows: Any) -> RowFormSet:
    """The formset with what is stored and, if there is any, what was typed."""
    languages = programme.languages or ["it"]
    initial = [form.stored(row, languages) for row in rows]
    return formset_of(form)(data, initial=initial, form_kwargs={"languages": languages})


def one_more(form: type[RowForm], data: Mapping[str, Any], programme: Programme | HasLanguages) -> RowFormSet:
    """What was typed so far, unjudged, in the order asked for, with one more empty row."""
    languages = programme.languages or ["it"]
    names = list(form(languages=languages).fields)
    total = str(data.get("form-TOTAL_FORMS", "0"))
    rows = []
    for number in range(min(int(total) if total.isdecimal() and len(total) < 4 else 0, MOST)):
        if data.get(f"form-{number}-{DELETION_FIELD_NAME}") and not data.get(f"form-{number}-key"):
            continue
        row = {name: data.get(f"form-{number}-{name}", "") for name in names}
        row[DELETION_FIELD_NAME] = data.get(f"form-{number}-{DELETION_FIELD_NAME}", "")
        place = str(data.get(f"form-{number}-{ORDERING_FIELD_NAME}", ""))
        if any(row.values()):
            rows.append((int(place) if place.isdecimal() and len(place) < 6 else MOST * 2, row))
    rows.sort(key=lambda pair: pair[0])
    return formset_of(form)(initial=[row for _place, row in rows], form_kwargs={"languages": languages})
