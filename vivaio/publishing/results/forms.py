"""What the staff writes on the results page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.kit.language_fields import InLanguages
from vivaio.programmes.models import Programme
from vivaio.publishing.models import Results
from vivaio.publishing.states import ResultsPart


class ResultsForm(InLanguages, forms.Form):
    """The introduction in each language, and the parts that are told."""

    model = Results
    texts = ("introduction",)
    markdown_texts = ("introduction",)
    text_help = {
        "introduction": _("What the programme wanted, what came of it, what is still open: a few lines."),
    }
    parts = forms.MultipleChoiceField(
        label=_("Parts to tell"),
        choices=ResultsPart.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("A part with nothing to tell does not appear, whatever you choose here."),
    )

    def __init__(self, data: Any = None, *, programme: Programme, results: Results | None):
        spoken = programme.languages or ["it"]
        left_out = set(results.left_out) if results else set()
        initial: dict[str, Any] = {"parts": [one for one in ResultsPart.values if one not in left_out]}
        if results is not None:
            initial |= self.stored_texts(results, spoken)
        super().__init__(data, initial=initial)
        self.add_texts(spoken)

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        chosen = set(self.cleaned_data["parts"])
        return {
            "texts": self.written_texts(self.cleaned_data),
            "left_out": [one for one in ResultsPart.values if one not in chosen],
        }
