"""A criterion with its scale, and what each score means in every language."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.calls.forms.row import RowForm
from vivaio.calls.forms.translated import in_words
from vivaio.calls.models import Criterion

MOST_DESCRIBED = 11


class CriterionForm(RowForm):
    """A longer scale has too many scores to describe one by one: it goes without."""

    translated = ("title", "question")
    lines = (("title",), ("question",), ("weight", "scale_min", "scale_max"))

    class Meta:
        model = Criterion
        fields = ("title", "question", "weight", "scale_min", "scale_max")
        widgets = {"question": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"weight": _("Out of 100, all criteria together.")}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["weight"].widget.attrs |= {"min": "0.01", "max": "100", "step": "0.01"}
        self.described = {one.get("value"): one for one in self.instance.descriptors or []}
        for value in self.scale_now():
            for language in ("it", *self.languages):
                self._describe(value, language)

    def _describe(self, value: int, language: str) -> None:
        known = self.described.get(value, {})
        for part, label, length in (("word", _t("Word"), 40), ("text", _t("Meaning"), 300)):
            name = f"{part}_{value}_{language}"
            words = known.get(part)
            self.fields[name] = forms.CharField(
                label=in_words(f"{value}: {label}", language), max_length=length, required=False
            )
            self.initial[name] = (words or {}).get(language, "") if isinstance(words, dict) else (words or "")

    def scale_now(self) -> range:
        """The scores as the scale stands in what was typed, else in the row."""
        low, high = (self._number(name) for name in ("scale_min", "scale_max"))
        return range(low, high + 1) if 0 < high - low < MOST_DESCRIBED else range(0)

    def _number(self, name: str) -> int:
        typed = self.data.get(self.add_prefix(name), "") if self.is_bound else ""
        return int(typed) if str(typed).isdecimal() and len(str(typed)) < 4 else getattr(self.instance, name)

    def descriptor_rows(self) -> list[tuple[int, list[list[Any]]]]:
        """For each score its words and meanings, language by language."""
        return [
            (
                value,
                [
                    [self[f"word_{value}_{language}"], self[f"text_{value}_{language}"]]
                    for language in ("it", *self.languages)
                ],
            )
            for value in self.scale_now()
        ]

    def clean_weight(self) -> Any:
        weight = self.cleaned_data["weight"]
        if not 0 < weight <= 100:
            raise ValidationError(_t("A weight lies above 0 and is at most 100."))
        return weight

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        low, high = said.get("scale_min"), said.get("scale_max")
        for name in ("scale_min", "scale_max"):
            if said.get(name) is not None and not 0 <= said[name] <= 100:
                self.add_error(name, _t("Scores lie between 0 and 100."))
        if low is not None and high is not None and high <= low:
            self.add_error("scale_max", _t("The highest score lies above the lowest."))
        return said

    def weight_now(self) -> Decimal:
        """The weight as typed, read kindly: what is no number weighs nothing."""
        value = self["weight"].value()
        try:
            weight = Decimal(str(value).replace(",", "."))
        except InvalidOperation:
            return Decimal(0)
        return weight if weight.is_finite() and 0 < weight <= 100 else Decimal(0)

    def _post_clean(self) -> None:
        super()._post_clean()
        told = []
        for value in self.scale_now():
            one: dict[str, Any] = {"value": value}
            for part in ("word", "text"):
                words = {
                    language: self.cleaned_data[f"{part}_{value}_{language}"]
                    for language in ("it", *self.languages)
                    if self.cleaned_data.get(f"{part}_{value}_{language}")
                }
                if words:
                    one[part] = words
            if len(one) > 1:
                told.append(one)
        self.instance.descriptors = told
