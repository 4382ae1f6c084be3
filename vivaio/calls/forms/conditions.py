"""A condition with the fields that its kind needs."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.calls.forms.row import RowForm
from vivaio.calls.models import Condition
from vivaio.calls.states import ConditionKind
from vivaio.people.states import OrganisationKind
from vivaio.questionnaires import queries as questionnaires

NEEDS = {
    ConditionKind.ORGANISATION_KIND: ("kinds",),
    ConditionKind.ANSWER: ("expression",),
    ConditionKind.SEAT: ("municipalities", "provinces", "countries"),
    ConditionKind.FOUNDED_AFTER: ("date",),
    ConditionKind.AGE: ("least", "most", "on"),
    ConditionKind.DOCUMENT: ("question",),
    ConditionKind.STAFF: ("question",),
}
LISTS = ("municipalities", "provinces", "countries")
DAYS = ("date", "on")
AGES = ("least", "most")
OLDEST = 120


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
        ("question",),
        ("internal",),
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

    def kind_now(self) -> Any:
        """The kind as it stands in what was typed, else in the row."""
        typed = self.data.get(self.add_prefix("kind")) if self.is_bound else None
        kind = typed or self.instance.kind
        return ConditionKind(kind) if kind in ConditionKind.values else ConditionKind.STAFF

    def questions(self) -> list[tuple[str, str]]:
        """The questions of the call's form that the kind may look at; the one that stands is always among them."""
        of_files = self.kind_now() == ConditionKind.DOCUMENT
        names = dict(questionnaires.askable(self.call.form.questionnaire, of_files)) if self.call.form else {}
        standing = (self.instance.parameters or {}).get("question")
        if standing:
            names.setdefault(standing, standing)
        return [("", _t("None")), *names.items()]

    def clean_question(self) -> str:
        """A document is one that the form asks for."""
        name = self.cleaned_data["question"]
        if self.kind_now() == ConditionKind.DOCUMENT and not name:
            raise ValidationError(_t("Choose the document. Those that the form asks for are offered here."))
        return name

    def standing(self, name: str) -> Any:
        value = (self.instance.parameters or {}).get(name, "")
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
        return said

    def clean_ages(self, least: int | None, most: int | None) -> None:
        """There is an end at least on one side, and somebody between the two."""
        if least is None and most is None:
            self.add_error("least", _t("Write from which age, up to which, or both."))
        elif least is not None and most is not None and most < least:
            self.add_error("most", _t("Nobody is of this age: write at least %(least)d.") % {"least": least})

    def _post_clean(self) -> None:
        super()._post_clean()
        self.instance.parameters = {
            name: self._stored(name) for name in NEEDS.get(self.kind_now(), ()) if self.cleaned_data.get(name)
        }

    def _stored(self, name: str) -> Any:
        value = self.cleaned_data[name]
        if name in LISTS:
            words = [word.strip() for word in value.split(",") if word.strip()]
            return words if name == "municipalities" else [word.upper() for word in words]
        return value.isoformat() if name in DAYS else value
