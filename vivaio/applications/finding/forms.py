"""One condition on an answer, as people fill it in: only what fits the question's kind is asked."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.applications.finding.conditions import (
    ANY,
    BETWEEN,
    EMPTY,
    FILLED,
    HAS,
    LACKS,
    LONGEST_TEXT,
    NONE,
    WAYS,
    Condition,
)
from vivaio.kit.forms import needed_sometimes
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.engine import extracts
from vivaio.questionnaires.engine.answers import to_number
from vivaio.questionnaires.engine.definition import Definition, Question

LARGEST = Decimal(10) ** 15


class ConditionForm(forms.Form):
    """How the answer to one question is compared, and with what."""

    how = forms.ChoiceField(label=_("The answer"), widget=forms.RadioSelect)

    def __init__(self, data: Any, *, question: Question, form: Definition):
        super().__init__(data)
        self.question, self.what = question, extracts.family(question)
        ways = WAYS[self.what]
        self.fields["how"].choices = list(ways.items())  # type: ignore[attr-defined]
        self.initial["how"] = next(iter(ways))
        if ANY in ways:
            language = questionnaires.language_now()
            named = [
                (each.name, form.words(each.label, language)) for each in form.lists.get(question.choices, ())
            ]
            self._add("chosen", forms.MultipleChoiceField(
                label=_t("Choices"), choices=named, widget=forms.CheckboxSelectMultiple, required=False,
            ))  # fmt: skip
        if BETWEEN in ways:
            kind = _day if self.what == extracts.DAY else _figure
            self._add("least", kind(_t("From")))
            self._add("most", kind(_t("To")))
        if HAS in ways:
            self._add(
                "text",
                forms.CharField(label=_t("Words"), max_length=LONGEST_TEXT, required=False, strip=True),
            )

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = needed_sometimes(field)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        how = given.get("how")
        if how in (ANY, NONE) and not given.get("chosen") and "chosen" not in self.errors:
            self.add_error("chosen", _t("Choose at least one."))
        if how in (HAS, LACKS) and not given.get("text") and "text" not in self.errors:
            self.add_error("text", _t("Write the words to look for."))
        if how == BETWEEN and not {"least", "most"} & set(self.errors):
            self._ends(given.get("least"), given.get("most"))
        return given

    def _ends(self, least: Any, most: Any) -> None:
        if least is None and most is None:
            self.add_error("least", _t("Fill in at least one of the two ends."))
        elif least is not None and most is not None and least > most:
            self.add_error("most", _t("The end lies before the beginning: write it the other way round."))

    @property
    def condition(self) -> Condition:
        """What was filled in; only of a form that is valid."""
        given, how = self.cleaned_data, self.cleaned_data["how"]
        if how in (FILLED, EMPTY):
            return Condition(self.question.name, how)
        if how in (ANY, NONE):
            return Condition(self.question.name, how, tuple(given["chosen"]))
        if how == BETWEEN:
            ends = ("" if end is None else _written(end) for end in (given["least"], given["most"]))
            return Condition(self.question.name, how, tuple(ends))
        return Condition(self.question.name, how, (given["text"],))


class FigureField(forms.CharField):
    """A figure as people of the reader's language write it."""

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        number = to_number(text, questionnaires.language_now())
        if number is None or abs(number) >= LARGEST:
            raise forms.ValidationError(_t("Write a figure, such as 1500 or 12.5."))
        return number


def _figure(label: str) -> forms.Field:
    return FigureField(
        label=label, required=False, max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )


def _day(label: str) -> forms.Field:
    return forms.DateField(label=label, required=False, widget=forms.DateInput)


def _written(end: Any) -> str:
    return f"{end:f}" if isinstance(end, Decimal) else str(end.isoformat())
