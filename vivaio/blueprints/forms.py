"""Input shapes of a blueprint."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vivaio.blueprints.packing import unpacked
from vivaio.blueprints.queries import shipped
from vivaio.blueprints.reading import LIMIT
from vivaio.kit.forms import needed_sometimes


def choices() -> list[tuple[str, str]]:
    """The blueprints that come with the product, by their titles."""
    language = get_language() or "it"
    return [
        ("", _("A file of mine")),
        *((one.name, one.title.get(language) or next(iter(one.title.values()))) for one in shipped()),
    ]


class BlueprintForm(forms.Form):
    """A file, or one of the blueprints that come with the product; and from which day."""

    name = needed_sometimes(forms.ChoiceField(label=_("Which programme?"), choices=choices, required=False))
    file = needed_sometimes(
        forms.FileField(
            label=_("File (YAML, or a kit in ZIP)"),
            required=False,
            help_text=_("Only if you chose “A file of mine”. Up to 2 MB."),
        )
    )
    start = forms.DateField(
        label=_("First day"),
        required=False,
        widget=forms.DateInput,
        help_text=_(
            "Leave it empty to keep the file's own dates. Otherwise every date moves with the first day."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two, not larger than a blueprint can be."""
        data = super().clean() or {}
        if not data.get("name") and not data.get("file"):
            raise ValidationError(_("Choose one of the programmes, or a file of yours."))
        if data.get("file") and data["file"].size > LIMIT:
            self.add_error("file", _("The file is larger than 2 MB: a blueprint holds text alone."))
        elif data.get("file"):
            try:
                self.unpacked = unpacked(data["file"].read())
            except ValueError as error:
                self.add_error("file", str(error))
        return data

    @property
    def content(self) -> bytes:
        """The bytes of what was chosen."""
        if self.cleaned_data.get("file"):
            return self.unpacked
        return {one.name: one.path for one in shipped()}[self.cleaned_data["name"]].read_bytes()


class ApplyForm(forms.Form):
    """A plan that was looked at, carried back whole so that what is applied is what was shown."""

    content = forms.CharField(widget=forms.HiddenInput, max_length=LIMIT)
    start = forms.DateField(widget=forms.HiddenInput, required=False)
