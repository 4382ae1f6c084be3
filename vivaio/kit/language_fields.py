"""Fields that stand once for each language of a programme."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from vivaio.kit.forms import MarkdownInput
from vivaio.kit.frame import NAMES
from vivaio.kit.texts import text_in

LANGUAGES = [(code, name) for code, name in NAMES.items()]


def language_name(code: str) -> str:
    """A language in the reader's words: “Inglese” for an Italian. What nobody knows stays a code."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return NAMES.get(code, code)


def named_in(field: Any, language: str) -> str:
    """What a text is called where it stands in several languages."""
    return _("%(field)s, in %(language)s") % {"field": field, "language": language_name(language)}


class InLanguages:
    """Mixed into a form: `texts` names the model's fields that are written in each language."""

    model: type[models.Model]
    texts: Sequence[str] = ()
    required_texts: Sequence[str] = ()
    markdown_texts: Sequence[str] = ()
    text_help: dict[str, Any] = {}
    fields: dict[str, forms.Field]

    def add_texts(self, languages: Sequence[str]) -> None:
        """Add one field for each text and language, before the form's other fields."""
        self.languages = list(languages)
        others, self.fields = self.fields, {}
        for name in self.texts:
            for language in self.languages:
                self.fields[f"{name}_{language}"] = self.text_field(name, language)
        self.fields |= others

    def text_field(self, name: str, language: str) -> forms.Field:
        """The field of one text in one language; the programme's first language is the one that is needed."""
        column: Any = self.model._meta.get_field(name)
        label = named_in(str(column.verbose_name).capitalize(), language)
        widget: forms.Widget = forms.TextInput(attrs={"lang": language})
        if name in self.markdown_texts:
            widget = MarkdownInput(attrs={"lang": language})
        elif column.max_length is None or column.max_length > 200:
            widget = forms.Textarea(attrs={"rows": 3, "lang": language})
        needed = name in self.required_texts and language == self.languages[0]
        return forms.CharField(
            label=label,
            max_length=column.max_length,
            required=needed,
            widget=widget,
            help_text=self.text_help.get(name, ""),
        )

    def written_texts(self, data: dict[str, Any]) -> dict[str, dict[str, str]]:
        """What was written, as the actions take it."""
        return {
            name: {language: data.get(f"{name}_{language}") or "" for language in self.languages}
            for name in self.texts
        }

    @classmethod
    def stored_texts(cls, row: Any, languages: Sequence[str]) -> dict[str, str]:
        """The row's texts as the form's initial values."""
        return {
            f"{name}_{language}": text_in(row, name, language) for name in cls.texts for language in languages
        }
