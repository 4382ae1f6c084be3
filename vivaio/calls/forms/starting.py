"""A new call, a document, a withdrawal."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.calls.forms.instants import guard
from vivaio.calls.forms.translated import in_words, other_languages
from vivaio.kit.files import UploadField


class StartForm(forms.Form):
    """The first lines of a call: its title and its window."""

    title = forms.CharField(label=_("Title"), max_length=160)
    opens_at = forms.DateTimeField(label=_("Opens at"), widget=forms.DateTimeInput)
    closes_at = forms.DateTimeField(label=_("Closes at"), widget=forms.DateTimeInput)

    def __init__(self, *args: Any, programme: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        guard(self)
        self.languages = other_languages(programme)
        for language in self.languages:
            self.fields[f"title_{language}"] = forms.CharField(
                label=in_words(_t("Title"), language), max_length=160, required=False
            )
        if self.languages:
            self.fields["title"].label = in_words(_t("Title"), "it")
        self.order_fields(["title", *(f"title_{one}" for one in self.languages)])

    def titles(self) -> dict[str, str]:
        return {"it": self.cleaned_data["title"]} | {
            language: self.cleaned_data[f"title_{language}"] for language in self.languages
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("opens_at") and said.get("closes_at") and said["closes_at"] <= said["opens_at"]:
            self.add_error("closes_at", ValidationError(_t("The closing comes after the opening.")))
        return said


class DocumentForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("Left empty, the file's name is shown.")
    )
    file = UploadField(label=_("File"))


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whoever opens the call's page reads it."),
        error_messages={"required": _("Write why: whoever opens the call's page reads it.")},
    )
