"""The words of a letter, by language, and who gets it. What was typed is kept whatever is wrong with it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models import OwnLetter
from vivaio.applications.own_letters import rules
from vivaio.kit.language_fields import language_name
from vivaio.mailroom.wording.fields import LONGEST

LEADER, ALL = "leader", "all"


class OwnLetterForm(forms.Form):
    to = forms.ChoiceField(
        label=_("Who gets it"),
        choices=[(LEADER, _("Who handed the application in")), (ALL, _("Everybody who worked on it"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, letter: OwnLetter, data: Any = None):
        super().__init__(data, initial={"to": ALL if letter.to_all else LEADER})
        self.letter, self.codes = letter, rules.languages(letter.call)
        for place, code in enumerate(self.codes):
            said = letter.words.get(code, {})
            named = {"language": language_name(code)}
            for part, label, widget, longest in (
                ("subject", _("Subject (%(language)s)"), forms.TextInput, 300),
                ("body", _("Text (%(language)s)"), forms.Textarea, LONGEST),
            ):
                field = forms.CharField(
                    label=label % named, max_length=longest, required=not place, widget=widget, strip=False
                )
                field.widget.attrs |= {"lang": code, "data-vv-fields": "letter"}
                self.fields[f"{part}_{code}"] = field
                self.initial[f"{part}_{code}"] = said.get(part, "")

    def typed(self) -> dict[str, dict[str, str]]:
        """What was typed, as it was typed, as far as it fits."""
        return {
            code: {part: self._typed(f"{part}_{code}") for part in ("subject", "body")} for code in self.codes
        }

    def _typed(self, name: str) -> str:
        longest = self.fields[name].max_length  # type: ignore[attr-defined]
        return str(self.data.get(name, "")).replace("\r\n", "\n").replace("\0", "")[:longest]

    @property
    def to_all(self) -> bool:
        return self.data.get("to") == ALL

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for (code, part), reason in rules.wrong(self.typed(), self.letter.call).items():
            if f"{part}_{code}" not in self.errors:
                self.add_error(f"{part}_{code}", reason)
        return given
