"""The words of a field or of a competence, in both languages."""

from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy

from vivaio.experts.models import Competence, ExpertField


class WordsOfField(forms.Form):
    """What a field, or a competence, is called."""

    def __init__(self, data: Any, of: type[ExpertField | Competence], row: Any = None):
        known = {"title": row.title, "title_en": row.title_en} if row else None
        super().__init__(data, initial=known)
        most = of._meta.get_field("title").max_length
        self.fields["title"] = forms.CharField(
            label=pgettext_lazy("field of competence", "Name"), max_length=most
        )
        self.fields["title_en"] = forms.CharField(
            label=pgettext_lazy("field of competence", "Name, in English"), max_length=most, required=False
        )
