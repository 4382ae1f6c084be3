"""Forms whose texts are written in every language of the programme."""

import copy
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _


def other_languages(programme: Any) -> list[str]:
    """The programme's languages beside Italian, which the base column holds."""
    return [one for one in programme.languages if one in settings.MODELTRANS_AVAILABLE_LANGUAGES]


def in_words(label: Any, language: str) -> str:
    """“Title (English)”."""
    return _("%(field)s (%(language)s)") % {
        "field": capfirst(str(label)),
        "language": get_language_info(language)["name_translated"],
    }


class TranslatedForm(forms.ModelForm):
    """A model form with one more field for each language of `translated`; `lines` says what stands side by side."""

    translated: tuple[str, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()

    def __init__(self, *args: Any, programme: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.languages = other_languages(programme)
        for name in self.translated:
            for language in self.languages:
                self._add(name, language)
            if self.languages:
                self.fields[name].label = in_words(self.fields[name].label, "it")

    def _add(self, name: str, language: str) -> None:
        key, first = f"{name}_{language}", self.fields[name]
        field = copy.deepcopy(first)
        field.label, field.required, field.help_text = in_words(first.label, language), False, ""
        field.widget.attrs["lang"] = language
        self.fields[key] = field
        self.initial.setdefault(key, (self.instance.i18n or {}).get(key, ""))

    def _post_clean(self) -> None:
        super()._post_clean()
        stored = dict(self.instance.i18n or {})
        for key in self.translated_keys():
            if value := self.cleaned_data.get(key):
                stored[key] = value
            else:
                stored.pop(key, None)
        self.instance.i18n = stored

    def translated_keys(self) -> list[str]:
        return [f"{name}_{language}" for name in self.translated for language in self.languages]

    def rows(self) -> list[list[Any]]:
        """The fields line by line; a translated one with its translations beside it."""
        told = []
        for line in self.lines:
            names = [
                key
                for name in line
                for key in (name, *(f"{name}_{one}" for one in self.languages if name in self.translated))
            ]
            told.append([self[key] for key in names if key in self.fields])
        return [line for line in told if line]

    def values(self) -> dict[str, Any]:
        """What changed, by the name of the column or of the translation."""
        return {
            name: self.cleaned_data.get(name)
            for name in self.changed_data
            if name in self._meta.fields or name in self.translated_keys()
        }
