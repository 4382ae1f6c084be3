"""The words of a letter, and about whom it is looked at."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.mailroom.wording import rules
from vivaio.mailroom.wording.fields import LONGEST, Wordable


class WordsForm(forms.Form):
    """Subject and text in Markdown, with the letter's fields alone."""

    subject = forms.CharField(label=_("Subject"), max_length=300)
    body = forms.CharField(label=_("Text"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 18}))

    def __init__(self, data: Any = None, *, wordable: Wordable, language: str, words: tuple[str, str]):
        super().__init__(data, initial={"subject": words[0], "body": words[1]})
        self.wordable = wordable
        for field in self.fields.values():
            field.widget.attrs |= {"lang": language, "data-vv-fields": "letter"}

    def clean_subject(self) -> str:
        return self._right(rules.subject, self.cleaned_data["subject"])

    def clean_body(self) -> str:
        return self._right(rules.body, self.cleaned_data["body"].replace("\r\n", "\n"))

    def _right(self, rule: Any, text: str) -> str:
        if wrong := rule(text, self.wordable):
            raise forms.ValidationError(wrong)
        return text

    @property
    def words(self) -> tuple[str, str]:
        """What was typed."""
        return self.cleaned_data["subject"], self.cleaned_data["body"]
