"""The title of a form, and the languages it speaks."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.kit.language_fields import language_name
from vivaio.questionnaires.editor.forms import words
from vivaio.questionnaires.engine.columns import NAMES
from vivaio.questionnaires.engine.definition import Definition


class SettingsForm(forms.Form):
    """Title in each language; which languages there are, and which comes first."""

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.definition = definition
        made = words.fields(
            "title",
            _("Title of the form"),
            definition.languages,
            definition.title,
            rows=1,
            required=True,
            most=160,
        )
        self.fields.update(made)
        codes = list(dict.fromkeys([*definition.languages, *NAMES]))
        choices = [(code, language_name(code)) for code in codes]
        self.fields["languages"] = forms.MultipleChoiceField(
            label=_("Languages of the form"),
            choices=choices,
            initial=list(definition.languages),
            widget=forms.CheckboxSelectMultiple,
            help_text=_("A language that is taken out takes its words with it. Undoing brings them back."),
        )
        self.fields["first"] = forms.ChoiceField(
            label=_("First language"),
            choices=choices,
            initial=definition.language,
            help_text=_("It stands in wherever a translation is missing."),
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("first") and said.get("languages") and said["first"] not in said["languages"]:
            self.add_error("first", _t("Choose one of the languages of the form."))
        return said

    def languages(self) -> list[str]:
        """The languages, the first one first, the others as they stood."""
        chosen, first = self.cleaned_data["languages"], self.cleaned_data["first"]
        return [first, *(code for code in chosen if code != first)]

    def title(self) -> dict[str, str]:
        typed = words.typed(self.cleaned_data, "title", self.definition.languages, self.definition.title)
        return {code: text for code, text in typed.items() if code in self.languages()}
