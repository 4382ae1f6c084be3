"""How a stage is called and who goes on from it; a stage more."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.calls.forms.instants import guard
from vivaio.calls.forms.sections import SectionForm
from vivaio.calls.forms.translated import in_words, other_languages
from vivaio.calls.models import Call
from vivaio.calls.states import GoingOn
from vivaio.questionnaires.models import FormVersion


class StageForm(SectionForm):
    """The name of a stage of several, and who goes on from it."""

    translated = ("stage_name",)
    lines = (("stage_name",), ("going_on",))
    going_on = forms.ChoiceField(label=_("Who goes on"), choices=GoingOn.choices, widget=forms.RadioSelect)

    class Meta:
        model = Call
        fields = ("stage_name", "going_on")
        help_texts = {"stage_name": _("“Pre-selection”, “Full proposal”, “Pitch”.")}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["stage_name"].required = True
        self.fields["going_on"].help_text = _t(
            "Places and minimum score are those of the tracks. Nobody below the minimum score goes on."
        )
        if self.instance.leads_on is None:
            del self.fields["going_on"]


class AddForm(forms.Form):
    """A stage more: what it is called, its window, its form, whether its criteria are those of the stage before."""

    opens_at = forms.DateTimeField(label=_("Opens at"), widget=forms.DateTimeInput)
    closes_at = forms.DateTimeField(label=_("Closes at"), widget=forms.DateTimeInput)
    form = forms.ModelChoiceField(
        label=_("Application form"),
        queryset=FormVersion.objects.none(),
        required=False,
        empty_label=_("Choose it later"),
        help_text=_(
            "Answers to questions with the same name and type are carried over from the stage before."
        ),
    )
    with_criteria = forms.BooleanField(
        label=_("Begin with the criteria of the stage before"), required=False, initial=True
    )

    def __init__(self, *args: Any, programme: Any, chain: Sequence[Call], **kwargs: Any):
        super().__init__(*args, **kwargs)
        guard(self)
        self.languages = other_languages(programme)
        names = [] if chain[0].stage_name else self._names("first", _t("Name of the first stage"))
        names += self._names("name", _t("Name of the new stage"))
        versions = FormVersion.objects.filter(form__programme=programme).select_related("form")
        asked: Any = self.fields["form"]
        asked.queryset = versions
        asked.label_from_instance = lambda one: (
            _t("%(form)s, version %(number)s") % {"form": one.form, "number": one.number}
        )
        self.order_fields(names)

    def _names(self, key: str, words: str) -> list[str]:
        """A name in every language of the programme; the Italian one is needed."""
        longest = Call._meta.get_field("stage_name").max_length
        label = in_words(words, "it") if self.languages else words
        self.fields[key] = forms.CharField(label=label, max_length=longest)
        for language in self.languages:
            self.fields[f"{key}_{language}"] = forms.CharField(
                label=in_words(words, language), max_length=longest, required=False
            )
        return [key, *(f"{key}_{language}" for language in self.languages)]

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        others = ("opens_at", "closes_at", "form", "with_criteria")
        return {
            "names": self._said("name"),
            "first_names": self._said("first") if "first" in self.fields else None,
            **{name: self.cleaned_data[name] for name in others},
        }

    def _said(self, key: str) -> dict[str, str]:
        others = {one: self.cleaned_data[f"{key}_{one}"] for one in self.languages}
        return {"it": self.cleaned_data[key], **others}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("opens_at") and said.get("closes_at") and said["closes_at"] <= said["opens_at"]:
            self.add_error("closes_at", ValidationError(_t("The closing comes after the opening.")))
        return said
