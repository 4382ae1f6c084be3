"""A programme's logo and colour."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.kit.files import UploadField
from vivaio.kit.language_fields import InLanguages
from vivaio.programmes import rules
from vivaio.programmes.models import Programme

LARGEST_LOGO = 1024 * 1024


class LookForm(InLanguages, forms.Form):
    """Colour and logo; a logo comes with the words that stand for it."""

    model = Programme
    texts = ("logo_alt",)
    text_help = {"logo_alt": _("Read aloud where the picture cannot be seen: “Comune di Milano”.")}
    colour = forms.CharField(
        label=_("Colour"),
        required=False,
        max_length=7,
        help_text=_(
            "Ground of the title on the public page, like #12392b. White words stand on it: a contrast of 4.5:1 at"
            " least. Empty: the green of Vivaio."
        ),
    )
    logo = UploadField(
        label=_("Logo"), kinds=("png", "jpeg"), largest=LARGEST_LOGO, required=False,
        help_text=_("PNG or JPEG, 1 MB at most. It stands on white."),
    )  # fmt: skip
    without_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    def __init__(self, data: Any, files: Any, programme: Programme):
        spoken = programme.languages or ["it"]
        initial = {"colour": programme.colour} | self.stored_texts(programme, spoken)
        super().__init__(data, files, initial=initial)
        self.add_texts(spoken)
        self.has_logo = bool(programme.logo)
        if not self.has_logo:
            del self.fields["without_logo"]
        names = [
            "colour",
            "logo",
            *(name for name in self.fields if name.startswith("logo_alt")),
            "without_logo",
        ]
        self.order_fields(names)

    def clean_colour(self) -> str:
        value = str(self.cleaned_data["colour"]).strip().lower()
        if value and not value.startswith("#"):
            value = f"#{value}"
        refused = rules.colour(value)
        if refused:
            raise ValidationError(refused)
        return value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first = f"logo_alt_{self.languages[0]}"
        stays = self.has_logo and not data.get("without_logo")
        if (data.get("logo") or stays) and not data.get(first):
            self.add_error(first, _t("Say in words what the logo is: some readers only hear it."))
        return data

    @property
    def values(self) -> dict[str, Any]:
        """What `actions.change_look` takes."""
        data = self.cleaned_data
        return {
            "colour": data["colour"],
            "logo": data.get("logo") or None,
            "without_logo": bool(data.get("without_logo")),
            "alt": self.written_texts(data)["logo_alt"],
        }
