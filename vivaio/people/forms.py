"""Input shapes of people and organisations."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vivaio.people import identifiers, rules
from vivaio.people.models import BoardMember, Organisation, Person
from vivaio.people.states import BoardPart, Country, MemberPart, OrganisationKind, Sector


class ProfileForm(forms.ModelForm):
    """One's own name, language and telephone; date of birth and country for those who may be under 18."""

    given_name = forms.CharField(label=_("First name"), max_length=80)
    family_name = forms.CharField(label=_("Last name"), max_length=80)
    country = forms.ChoiceField(label=_("Country"), required=False)

    class Meta:
        model = Person
        fields = ("given_name", "family_name", "language", "phone", "born_on", "country")
        help_texts = {
            "language": _("Letters reach you in this language."),
            "born_on": _(
                "Only calls open to people under 18, or with a condition on age, need it: for the young a parent or"
                " guardian signs. Otherwise leave it empty."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Not said")), *Country.by_name()]

    def clean(self) -> dict[str, Any]:
        """What is said of the age is checked as everywhere (`rules.tell_birth`)."""
        data = super().clean() or {}
        if data.get("born_on") != self.initial.get("born_on"):
            refused = rules.tell_birth(self.instance, data.get("born_on"))
            if refused:
                self.add_error("born_on", refused)
        return data


class BirthForm(forms.Form):
    """A date of birth that the administrator corrects."""

    born_on = forms.DateField(label=_("Date of birth"))


class OrganisationForm(forms.ModelForm):
    """An organisation's data. Identifiers are checked against the chosen country."""

    country = forms.ChoiceField(label=_("Country"), choices=Country.by_name, initial="IT")
    website = forms.URLField(label=_("Web site"), max_length=200, required=False, assume_scheme="https")
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose one")), *OrganisationKind.choices])
    sectors = forms.MultipleChoiceField(
        label=_("Sectors"),
        choices=Sector.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All those in which it works."),
    )

    class Meta:
        model = Organisation
        fields = (
            "name", "kind", "country", "tax_code", "vat_number", "address", "postcode", "municipality", "province",
            "website", "founded_on", "sectors", "description",
        )  # fmt: skip
        help_texts = {
            "name": _("As it stands in its statute, or as the group calls itself."),
            "tax_code": _("Informal groups leave it empty."),
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 4}), "founded_on": forms.DateInput}

    def clean(self) -> dict[str, Any]:
        """Check the identifiers, and that nobody else has them."""
        data = super().clean() or {}
        country = data.get("country", "IT")
        for name, check in (("tax_code", identifiers.tax_code), ("vat_number", identifiers.vat_number)):
            try:
                data[name] = check(data.get(name) or "", country)
            except ValidationError as error:
                self.add_error(name, error)
                continue
            taken = Organisation.objects.filter(country=country, **{name: data[name]}).exclude(
                pk=self.instance.pk
            )
            if data[name] and taken.exists():
                self.add_error(
                    name,
                    _(
                        "An organisation with this number is registered already: ask a colleague to invite you."
                    ),
                )
        kind = data.get("kind")
        if (
            kind
            and kind != OrganisationKind.INFORMAL_GROUP
            and not (data.get("tax_code") or data.get("vat_number"))
        ):
            named = {"tax_code", "vat_number"} & set(self.errors)
            if not named:
                self.add_error(
                    "tax_code", _("Give the tax code or the VAT number; only informal groups have neither.")
                )
        return data


class BoardMemberForm(forms.ModelForm):
    """One seat of the board."""

    part = forms.ChoiceField(label=_("Part"), choices=[("", _("Choose one")), *BoardPart.choices])

    class Meta:
        model = BoardMember
        fields = ("given_name", "family_name", "part", "email")
        help_texts = {"email": _("It helps to find conflicts of interest. It is shown to nobody.")}


class Seats(forms.BaseFormSet):
    """The seats, each with a box to take it away."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove this row")


BoardFormSet = forms.formset_factory(
    BoardMemberForm, Seats, extra=1, can_delete=True, max_num=40, absolute_max=60
)


class InvitationForm(forms.Form):
    """Whom to invite, as what, in which language."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("The invitation is valid for 14 days."))
    part = forms.ChoiceField(
        label=_("Part"),
        choices=MemberPart.choices,
        initial=MemberPart.MEMBER,
        help_text=_("Members work on applications; administrators also look after data, board and members."),
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"),
        choices=settings.LANGUAGES,
        help_text=_("Who has an account already reads it in their own language."),
    )
