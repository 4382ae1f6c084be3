"""Input shapes of the directory."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.people.models import Organisation
from vivaio.people.states import Sector

FIELDS = ("offers", "looks_for", "sectors", "territory", "website")


class EntryForm(forms.Form):
    """What an entry says."""

    offers = forms.CharField(
        label=_("What you offer"), required=False, max_length=800, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Skills, rooms, tools, experience, money: whatever others could use."),
    )  # fmt: skip
    looks_for = forms.CharField(
        label=_("What you look for"), required=False, max_length=800, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Partners, customers, competences, places to try something out."),
    )  # fmt: skip
    sectors = forms.MultipleChoiceField(
        label=_("Sectors"), required=False, choices=Sector.choices, widget=forms.CheckboxSelectMultiple
    )
    territory = forms.CharField(
        label=_("Territory"), required=False, max_length=200, help_text=_("Where you work.")
    )
    website = forms.URLField(label=_("Web site"), required=False, max_length=200, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("offers") and not data.get("looks_for") and "offers" not in self.errors:
            self.add_error(
                "offers", _("Write what you offer or what you look for: it is what others find you by.")
            )
        return data

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class JoinForm(EntryForm):
    """The same, and who enters."""

    who = forms.ChoiceField(label=_("Who enters the directory"), widget=forms.RadioSelect)

    def __init__(self, data: Any, organisations: list[Organisation], person: Any):
        super().__init__(data)
        self.organisations = {str(one.pk): one for one in organisations}
        choices = [(pk, one.name) for pk, one in self.organisations.items()]
        self.fields["who"].choices = [*choices, ("me", _("I do, in person: %(name)s") % {"name": person})]  # type: ignore[attr-defined]
        if not choices:
            self.initial["who"] = "me"
        self.order_fields(["who", *FIELDS])

    @property
    def organisation(self) -> Organisation | None:
        return self.organisations.get(self.cleaned_data["who"])


class AskForm(forms.Form):
    """Why one wants to meet them."""

    message = forms.CharField(
        label=_("Your message"), max_length=1500, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Who you are, why them, what you propose. They read it with your name, without your address."),
        error_messages={"required": _("Write a few lines: who is asked decides by them.")},
    )  # fmt: skip
