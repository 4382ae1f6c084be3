"""A condition with the fields that its kind needs."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.calls.aid import amount_of
from vivaio.calls.forms.row import RowForm
from vivaio.calls.models import Condition
from vivaio.calls.states import AidRegime, ConditionKind
from vivaio.kit.money import AmountField
from vivaio.people.states import OrganisationKind
from vivaio.questionnaires import queries as questionnaires

NEEDS = {
    ConditionKind.ORGANISATION_KIND: ("kinds",),
    ConditionKind.ANSWER: ("expression",),
    ConditionKind.SEAT: ("municipalities", "provinces", "countries"),
    ConditionKind.FOUNDED_AFTER: ("date",),
    ConditionKind.AGE: ("least", "most", "on"),
    ConditionKind.DOCUMENT: ("question",),
    ConditionKind.DE_MINIMIS: ("regime", "amount", "question", "reduces"),
    ConditionKind.SIGNATURE: ("question",),
    ConditionKind.STAFF: ("question",),
}
LISTS = ("municipalities", "provinces", "countries")
DAYS = ("date", "on")
AGES = ("least", "most")
OLDEST = 120
NUMBERS = ("integer", "decimal", "range", "calculate")


class ConditionForm(RowForm):
    """What must hold for an application. A new row asks for its details once its kind is chosen."""

    translated = ("title",)
    lines = (
        ("title",),
        ("kind", "track"),
        ("kinds",),
        ("expression",),
        LISTS,
        ("date",),
        (*AGES, "on"),
        ("regime", "amount"),
        ("question",),
        ("reduces",),
        ("internal",),
    )
    regime = forms.ChoiceField(label=_("Regime of the aid"), choices=AidRegime.choices)
    amount = AmountField(
        label=_("Expected aid for each applicant"),
        required=False,
        help_text=_("In euro, as gross grant equivalent. Empty where the form asks for the amount."),
    )
    reduces = forms.BooleanField(
        label=_("The aid may be reduced to what remains under the ceiling"),
        required=False,
        help_text=_("The call announces it: otherwise whoever would exceed the ceiling is not eligible."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Admitted kinds"),
        choices=OrganisationKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None chosen: those that the track admits."),
    )
    expression = forms.CharField(
        label=_("What the answers must say"),
        max_length=1000,
        help_text=_("In the language of the form, as in: ${milan} = 'yes'"),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "off", "class": "vv-code"}),
    )
    municipalities = forms.CharField(
        label=_("Municipalities"), required=False, help_text=_("Joined by commas.")
    )
    provinces = forms.CharField(
        label=_("Provinces"), required=False, help_text=_("Two letters, as in: MI, MB")
    )
    countries = forms.CharField(
        label=_("Countries"), required=False, help_text=_("Two letters, as in: IT, SI")
    )
    date = forms.DateField(label=_("Founded after"))
    least = forms.IntegerField(
        label=_("Years at least"), min_value=1, max_value=OLDEST, required=False, help_text=_("Whole years.")
    )
    most = forms.IntegerField(
        label=_("Years at most"),
        min_value=1,
        max_value=OLDEST,
        required=False,
        help_text=_("This age included."),
    )
    on = forms.DateField(
        label=_("Age on"), required=False, help_text=_("Empty: the day on which the call closes.")
    )
    question = forms.ChoiceField(
        label=_("Answer or document to look at"),
        required=False,
        help_text=_("It opens beside the point when somebody checks it."),
    )

    class Meta:
        model = Condition
        fields = ("title", "kind", "track", "internal")
        help_texts = {"internal": _("It is not on the call’s page: applicants do not read it.")}
        labels = {"title": _("Condition"), "kind": _("How it is checked")}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer_tracks()
        self.fields["question"].choices = self.questions()
        wanted = NEEDS.get(self.kind_now(), ())
        for name in {name for names in NEEDS.values() for name in names} - set(wanted):
            del self.fields[name]
        for name in wanted:
            self.initial[name] = self.standing(name)
        if self.kind_now() == ConditionKind.DE_MINIMIS:
            self.fields["question"].label = _("Question that asks for the amount")
            self.fields["question"].help_text = _("A question of the form that is answered with a number.")
            del self.fields["internal"]  # a promise of the call is read by whoever applies

    def kind_now(self) -> Any:
        """The kind as it stands in what was typed, else in the row."""
        typed = self.data.get(self.add_prefix("kind")) if self.is_bound else None
        kind = typed or self.instance.kind
        return ConditionKind(kind) if kind in ConditionKind.values else ConditionKind.STAFF

    def questions(self) -> list[tuple[str, str]]:
        """The questions of the call's form that the kind may look at; the one that stands is always among them."""
        kind = self.kind_now()
        of_files = kind in (ConditionKind.DOCUMENT, ConditionKind.SIGNATURE)
        names = {}
        if self.call.form:
            asked = self.call.form.questionnaire
            names = dict(questionnaires.askable(asked, of_files))
            if kind == ConditionKind.DE_MINIMIS:
                names = {name: label for name, label in names.items() if asked.by_name[name].kind in NUMBERS}
        standing = (self.instance.parameters or {}).get("question")
        if standing:
            names.setdefault(standing, standing)
        whole = kind == ConditionKind.SIGNATURE
        return [("", _t("The application itself") if whole else _t("None")), *names.items()]

    def clean_question(self) -> str:
        """A document is one that the form asks for."""
        name = self.cleaned_data["question"]
        if self.kind_now() == ConditionKind.DOCUMENT and not name:
            raise ValidationError(_t("Choose the document. Those that the form asks for are offered here."))
        return name

    def standing(self, name: str) -> Any:
        value = (self.instance.parameters or {}).get(name, "")
        if name == "amount":
            return amount_of(value)
        if name in DAYS:
            try:
                return dt.date.fromisoformat(str(value))
            except ValueError:
                return None
        return ", ".join(value) if name in LISTS and isinstance(value, list) else value

    def clean_expression(self) -> str:
        """The condition can be worked out from the questions of the call's form."""
        source = self.cleaned_data["expression"]
        if self.call.form is None:
            return source
        asked = self.call.form.questionnaire
        unknown = [name for name in re.findall(r"\$\{([^}]*)\}", source) if name not in asked.by_name]
        if unknown:
            raise ValidationError(
                _t("The form asks no “%(name)s”. Its questions are: %(names)s.")
                % {"name": unknown[0], "names": ", ".join(list(asked.by_name)[:40])}
            )
        if questionnaires.holds(asked, {}, source) is None:
            raise ValidationError(_t("This cannot be read. Write it as in: ${milan} = 'yes'"))
        return source

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.kind_now() == ConditionKind.SEAT and not any(said.get(name) for name in LISTS):
            self.add_error("municipalities", _t("Write at least one municipality, province or country."))
        if self.kind_now() == ConditionKind.AGE and not set(AGES) & set(self.errors):
            self.clean_ages(said.get("least"), said.get("most"))
        if self.kind_now() == ConditionKind.DE_MINIMIS and not {"amount", "question"} & set(self.errors):
            self.clean_aid(said.get("amount"), said.get("question"))
        return said

    def clean_aid(self, amount: Any, question: str | None) -> None:
        """How much the aid comes to is known: one amount for everybody, or an answer of each."""
        if not amount and not question:  # nothing is no aid
            self.add_error("amount", _t("Write the expected aid, or choose the question that asks for it."))
        elif amount and question:
            self.add_error("amount", _t("Either one amount for everybody, or a question: leave one empty."))

    def clean_ages(self, least: int | None, most: int | None) -> None:
        """There is an end at least on one side, and somebody between the two."""
        if least is None and most is None:
            self.add_error("least", _t("Write from which age, up to which, or both."))
        elif least is not None and most is not None and most < least:
            self.add_error("most", _t("Nobody is of this age: write at least %(least)d.") % {"least": least})

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.kind_now() == ConditionKind.DE_MINIMIS:
            self.instance.internal = False
        self.instance.parameters = {
            name: self._stored(name) for name in NEEDS.get(self.kind_now(), ()) if self.cleaned_data.get(name)
        }

    def _stored(self, name: str) -> Any:
        value = self.cleaned_data[name]
        if name in LISTS:
            words = [word.strip() for word in value.split(",") if word.strip()]
            return words if name == "municipalities" else [word.upper() for word in words]
        if name == "amount":
            return str(value)
        return value.isoformat() if name in DAYS else value
