"""Fields that a form has once for each of its languages."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from vivaio.kit.language_fields import language_name
from vivaio.questionnaires.engine.definition import Words


def in_words(label: Any, language: str, languages: Sequence[str]) -> str:
    """“Question (English)”; a form of one language needs no more than the label."""
    if len(languages) < 2:
        return capfirst(str(label))
    return _("%(field)s (%(language)s)") % {
        "field": capfirst(str(label)),
        "language": language_name(language),
    }


def fields(
    name: str,
    label: Any,
    languages: Sequence[str],
    words: Words,
    *,
    rows: int = 2,
    required: bool = False,
    help_text: Any = "",
    most: int = 5_000,
) -> dict[str, forms.Field]:
    """A text field for each language; the first may be required, the others never."""
    found: dict[str, forms.Field] = {}
    for at, code in enumerate(languages):
        widget = (
            forms.Textarea(attrs={"rows": rows, "lang": code})
            if rows > 1
            else forms.TextInput(attrs={"lang": code})
        )
        found[f"{name}_{code}"] = forms.CharField(
            label=in_words(label, code, languages),
            required=required and at == 0,
            initial=words.get(code, ""),
            max_length=most,
            widget=widget,
            help_text=help_text if at == 0 else "",
        )
    return found


def typed(said: Mapping[str, Any], name: str, languages: Sequence[str], before: Words) -> dict[str, str]:
    """The words as they were typed; languages that the form does not show keep theirs."""
    found = {**before, **{code: said.get(f"{name}_{code}", "").strip() for code in languages}}
    return {code: text for code, text in found.items() if text}
