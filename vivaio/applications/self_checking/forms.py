"""What is asked before registering, in plain words. Whatever is left out is simply not found out."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.applications.self_checking.needs import Needs, field_of
from vivaio.calls.states import ApplicantKind
from vivaio.kit import formats
from vivaio.people.states import Country, OrganisationKind
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.engine.definition import Question

OLDEST = 120
FEW = 7
ELSEWHERE = "ZZ"
NUMBERS = ("integer", "decimal", "range")


class SelfCheckForm(forms.Form):
    """Only what the conditions of this call look at; nothing of it leaves the request."""

    def __init__(self, data: Any, *, needs: Needs):
        super().__init__(data)
        self.needs = needs
        self._who()
        self._organisation()
        self._person()
        for question in needs.questions:
            self.fields[field_of(question)] = _question_field(needs, question)
        if needs.statements:
            self.fields["statements"] = forms.MultipleChoiceField(
                label=_("Tick what is true for you"),
                help_text=_("Conditions that only people can judge: your word counts here."),
                choices=[(one.key, _told(one)) for one in needs.statements],
                widget=forms.CheckboxSelectMultiple,
            )
        for field in self.fields.values():
            field.needed_sometimes = True  # type: ignore[attr-defined]
            field.required = field.required and field is self.fields.get("track")

    def _who(self) -> None:
        needs = self.needs
        if len(needs.tracks) > 1:
            self.fields["track"] = forms.ChoiceField(
                label=_("For which track?"),
                choices=[(track.key, track.title_i18n) for track in needs.tracks],
                widget=forms.RadioSelect,
            )
        if needs.both_kinds:
            self.fields["applicant"] = forms.ChoiceField(
                label=_("Who would apply?"),
                choices=ApplicantKind.choices,
                initial=ApplicantKind.ORGANISATION,
                widget=forms.RadioSelect,
            )

    def _organisation(self) -> None:
        needs, wanted = self.needs, self.needs.wanted
        if needs.people_alone:
            return
        if needs.kinds_matter:
            self.fields["organisation_kind"] = forms.ChoiceField(
                label=_("What kind of organisation is it?"),
                choices=[("", _t("Choose"))] + [(one.value, one.label) for one in OrganisationKind],
            )
        if "municipality" in wanted:
            self.fields["municipality"] = forms.CharField(
                label=_("In which municipality is its seat?"), max_length=100
            )
        if "province" in wanted:
            self.fields["province"] = forms.CharField(
                label=_("In which province is its seat?"),
                max_length=40,
                help_text=_("Its two letters, as in: MI"),
            )
        if "country" in wanted:
            self.fields["country"] = forms.ChoiceField(
                label=_("In which country is its seat?"),
                choices=[("", _t("Choose")), *Country.by_name(), (ELSEWHERE, _t("Another country"))],
            )
        if "founded_on" in wanted:
            self.fields["founded_on"] = forms.DateField(
                label=_("When was it founded?"), widget=forms.DateInput
            )
        if "identifier" in wanted:
            self.fields["identifier"] = forms.CharField(
                label=_("Tax code or VAT number of the organisation"),
                max_length=20,
                help_text=_(
                    "Only its check digits are looked at. Leave it out if you do not have it at hand."
                ),
            )

    def _person(self) -> None:
        if "age" not in self.needs.wanted or ApplicantKind.PERSON not in self.needs.call.applicant_kinds:
            return
        note = _("Only if a person applies.") if self.needs.both_kinds else ""
        days = self.needs.age_days
        if len(days) > 1:
            self.fields["born_on"] = forms.DateField(
                label=_("When was whoever applies born?"), widget=forms.DateInput, help_text=note
            )
            return
        self.fields["age"] = forms.IntegerField(
            label=_t("How old will whoever applies be on %(day)s?") % {"day": formats.day(min(days))},
            min_value=0,
            max_value=OLDEST,
            help_text=note,
        )

    def clean_identifier(self) -> str:
        return re.sub(r"[\s.\-]", "", self.cleaned_data["identifier"]).upper()


def _told(condition: Any) -> str:
    words = condition.title_i18n
    return f"{words} ({condition.track.title_i18n})" if condition.track else words


def _question_field(needs: Needs, question: Question) -> forms.Field:
    """A question of the call's form, asked here in the same words."""
    definition = needs.call.form.questionnaire  # type: ignore[union-attr]
    language = questionnaires.language_now()
    label = re.sub(r"\$\{[^}]*\}", "…", definition.words(question.label, language)) or question.name
    offered = [
        (one.name, definition.words(one.label, language) or one.name)
        for one in definition.lists.get(question.choices, ())
    ]
    if question.kind == "select_multiple":
        return forms.MultipleChoiceField(label=label, choices=offered, widget=forms.CheckboxSelectMultiple)
    if question.kind == "select_one" and len(offered) <= FEW:
        return forms.ChoiceField(label=label, choices=offered, widget=forms.RadioSelect)
    if question.kind == "select_one":
        return forms.ChoiceField(label=label, choices=[("", _t("Choose")), *offered])
    if question.kind == "date":
        return forms.DateField(label=label, widget=forms.DateInput)
    if question.kind in NUMBERS:
        return forms.CharField(
            label=label, max_length=25, widget=forms.TextInput(attrs={"inputmode": "decimal"})
        )
    return forms.CharField(label=label, max_length=200)
