"""Founding, editing and moving an initiative."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.models import Initiative
from vivaio.initiatives.rules.birth import from_where
from vivaio.initiatives.states import Origin
from vivaio.kit.picking import PickField
from vivaio.people import identifiers
from vivaio.people.states import Country, Language, OrganisationKind, Sector

EDITED = ("title", "summary", "goals", "language", "sectors", "territory")
ENTERPRISE = ("name", "kind", "country", "tax_code", "vat_number", "municipality")


class FoundForm(forms.Form):
    """An initiative that is founded by hand."""

    title = forms.CharField(label=_("Title"), max_length=200)
    organisation = PickField(
        label=_("Organisation"), required=False, empty_label=_("No organisation yet"),
        help_text=_("One of those that the programme knows. A team without one names it later."),
        found_by=("name", "tax_code", "vat_number"), exactly=("name", "tax_code", "vat_number"),
        details=lambda row: " · ".join(filter(None, (row.municipality, row.tax_code or row.vat_number))),
        many_help=_(
            "One of those that the programme knows: its name, or a part of it, its tax code or VAT number. A team"
            " without one names it later."
        ),
        error_messages={
            "none": _(
                "The programme knows no organisation “%(typed)s”: try a single word of its name, or leave it empty,"
                " and the team names it later."
            ),
        },
    )  # fmt: skip
    origin = forms.ChoiceField(
        label=_("Where it comes from"), choices=[(one.value, one.label) for one in (Origin.HAND, Origin.LAB)],
        initial=Origin.HAND, required=False,
    )  # fmt: skip
    origin_told = forms.CharField(
        label=_("Which lab, or what led to it"), max_length=200, required=False,
        help_text=_("Name and day of the lab, another programme, a meeting: the page of the initiative says it."),
    )  # fmt: skip
    goals = forms.CharField(
        label=_("Goals"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What will be different, for whom, by when. The team can write them itself."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language in which the team writes"), choices=Language.choices, required=False
    )
    email = forms.EmailField(
        label=_("E-mail of who leads it"),
        help_text=_("They are invited by letter, and then invite their team."),
    )

    def __init__(self, data: Any, organisations: Any, languages: Any):
        super().__init__(data, initial={"language": (languages or ["it"])[0]})
        self.fields["organisation"].offer(organisations)  # type: ignore[attr-defined]

    def clean_origin(self) -> str:
        return self.cleaned_data["origin"] or Origin.HAND.value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if refused := from_where(data.get("origin", ""), data.get("origin_told", "")):
            self.add_error("origin_told", refused)
        return data


class EditForm(forms.Form):
    """What an initiative says of itself."""

    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("In a few lines"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    goals = forms.CharField(
        label=_("Goals"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What will be different, for whom, by when."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language in which the team writes"), choices=Language.choices,
        help_text=_("The search reads by it what you write, and finds it from every other language."),
    )  # fmt: skip
    sectors = forms.MultipleChoiceField(
        label=_("Sectors"), required=False, choices=Sector.choices, widget=forms.CheckboxSelectMultiple
    )
    territory = forms.CharField(label=_("Territory"), required=False, max_length=200)

    def __init__(self, data: Any, initiative: Initiative):
        super().__init__(data, initial={name: getattr(initiative, name) for name in EDITED})

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in EDITED}


class MoveForm(forms.Form):
    """Why the initiative changes its state."""

    reason = forms.CharField(
        label=_("Why"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The team reads it in its letter, and the history keeps it."),
    )  # fmt: skip

    def __init__(self, data: Any, *, needed: bool):
        super().__init__(data)
        self.fields["reason"].required = needed


class EntityForm(forms.Form):
    """A legal entity: its name, kind and numbers, checked by their own check digits."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As it stands in its statute."))
    kind = forms.ChoiceField(label=_("Kind"))
    country = forms.ChoiceField(label=_("Country"), choices=Country.by_name, initial="IT")
    tax_code = forms.CharField(label=_("Tax code (codice fiscale)"), max_length=20, required=False)
    vat_number = forms.CharField(label=_("VAT number (partita IVA)"), max_length=20, required=False)
    municipality = forms.CharField(label=_("Municipality"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        kinds = [one for one in OrganisationKind.choices if one[0] != OrganisationKind.INFORMAL_GROUP]
        self.fields["kind"].choices = [("", _t("Choose one")), *kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "name" not in self.fields:
            return data
        country = data.get("country", "IT")
        for name, check in (("tax_code", identifiers.tax_code), ("vat_number", identifiers.vat_number)):
            try:
                data[name] = check(data.get(name) or "", country)
            except ValidationError as error:
                self.add_error(name, error)
        if not (
            data.get("tax_code") or data.get("vat_number") or {"tax_code", "vat_number"} & set(self.errors)
        ):
            self.add_error(
                "tax_code", _t("Give the tax code or the VAT number: an enterprise has one of them.")
            )
        return data

    @property
    def entity(self) -> dict[str, Any]:
        """The organisation as the actions take it."""
        return {name: self.cleaned_data[name] for name in ENTERPRISE}


class SpinOffForm(EntityForm):
    """The enterprise that has come of an initiative."""

    on = forms.DateField(label=_("Founded on"))
    reason = forms.CharField(
        label=_("A few words for the team"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        entity = self.entity | {"founded_on": data["on"]}
        return {"enterprise": entity, "on": data["on"], "reason": data["reason"]}
