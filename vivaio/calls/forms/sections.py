"""The sections of a call that are fields of the call itself."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.calls import rules
from vivaio.calls.forms.instants import guard
from vivaio.calls.forms.translated import TranslatedForm
from vivaio.calls.models import Call
from vivaio.calls.staging import needs
from vivaio.calls.states import ApplicantKind, CallKind, Commenting, Disclosure
from vivaio.kit.forms import MarkdownInput, needed_sometimes
from vivaio.questionnaires.models import FormVersion
from vivaio.questionnaires.states import Signature

NAMING_KINDS = ("text", "string")


class SectionForm(TranslatedForm):
    """A section: what is locked once the call has opened is shown, and cannot be typed in."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        guard(self)
        self.locked = rules.alive(self.instance) or rules.change_terms(self.instance)
        if self.locked:
            for name, field in self.fields.items():
                field.disabled = not self.may_change(name)
        elif needs.ANNOUNCED & set(self.fields) and (words := needs.announced(self.instance)):
            self.locked = words
            for name, field in self.fields.items():
                field.disabled = rules.own_name(name) in needs.ANNOUNCED

    def may_change(self, name: str) -> bool:
        """Whether a field of an opened call may still change."""
        return not rules.alive(self.instance) and rules.own_name(name) in rules.ALWAYS_MENDABLE


class TextsForm(SectionForm):
    translated = ("title", "summary", "who", "what", "text")
    lines = (("title",), ("summary",), ("who",), ("what",), ("text",))

    class Meta:
        model = Call
        fields = ("title", "summary", "who", "what", "text")
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "who": MarkdownInput(attrs={"rows": 5}),
            "what": MarkdownInput(attrs={"rows": 5}),
            "text": MarkdownInput(attrs={"rows": 16}),
        }


class WindowsForm(SectionForm):
    """Windows and days. Once the call has opened, a notice alone moves its closing."""

    lines = (
        ("opens_at", "closes_at"),
        ("questions_until",),
        ("scoring_opens_at", "scoring_closes_at"),
        ("integration_days", "acceptance_days"),
        ("reviews_each",),
    )

    class Meta:
        model = Call
        fields = (
            "opens_at",
            "closes_at",
            "questions_until",
            "scoring_opens_at",
            "scoring_closes_at",
            "integration_days",
            "acceptance_days",
            "reviews_each",
        )
        labels = {
            "scoring_opens_at": _("The jury begins to score"),
            "scoring_closes_at": _("The jury ends"),
        }
        help_texts = {
            "closes_at": _("Applications are taken up to this instant, not at it."),
            "questions_until": _("Empty, the call takes no questions. Leave yourselves time to answer."),
        }

    def clean_reviews_each(self) -> int:
        each = self.cleaned_data["reviews_each"]
        if each < 1:
            raise ValidationError(_t("At least one juror reads each application."))
        return each

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        pairs = (
            ("opens_at", "closes_at", _t("The closing comes after the opening.")),
            ("questions_until", "closes_at", _t("Questions end before the call closes, or with it.")),
            ("closes_at", "scoring_opens_at", _t("The jury begins to score when the call has closed.")),
            ("scoring_opens_at", "scoring_closes_at", _t("The jury ends after it has begun.")),
        )
        for first, later, words in pairs:
            if said.get(first) and said.get(later) and said[later] < said[first]:
                self.add_error(later, words)
        if said.get("opens_at") and said["opens_at"] == said.get("closes_at"):
            self.add_error("closes_at", pairs[0][2])
        return said


class ApplicantsForm(SectionForm):
    """Who applies, with which form, in which phase."""

    lines = (
        ("kind",), ("applicant_kinds",), ("open_to_minors",), ("form",), ("title_question",),
        ("application_signature",), ("phase",),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Kind of call"), choices=CallKind.choices, widget=forms.RadioSelect,
        help_text=_(
            "A contest is entered by initiatives that the programme accompanies already, from their own pages;"
            " it has a pitch day, and gives awards instead of admitting to the programme. A collection takes good"
            " practices of other organisations: no jury is needed, the staff accepts them for publication."
        ),
    )  # fmt: skip
    applicant_kinds = forms.MultipleChoiceField(
        label=_("Who applies"), choices=ApplicantKind.choices, widget=forms.CheckboxSelectMultiple
    )
    title_question = forms.ChoiceField(label=_("Question that names the application"), required=False)

    class Meta:
        model = Call
        fields = (
            "kind", "applicant_kinds", "open_to_minors", "form", "title_question", "application_signature", "phase",
        )  # fmt: skip
        labels = {"form": _("Application form"), "phase": _("Phase of the programme")}
        help_texts = {
            "form": _(
                "The call is not published without one. Applicants answer this version; a newer one has to be "
                "chosen here."
            ),
            "open_to_minors": _(
                "Whoever works on an application says their date of birth; for those under 18 a parent or guardian"
                " signs before it is handed in."
            ),
            "application_signature": _(
                "Applicants sign the whole application, as a PDF, before they hand it in. Which single documents are"
                " signed is said in the form, question by question."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        programme = self.instance.programme
        versions = FormVersion.objects.filter(form__programme=programme).select_related("form")
        self.fields["form"].queryset = versions
        self.fields["form"].label_from_instance = lambda one: (
            _t("%(form)s, version %(number)s")
            % {
                "form": one.form,
                "number": one.number,
            }
        )
        needed_sometimes(self.fields["form"]).empty_label = _t("None yet")
        choices = [("", _t("No signature")), *Signature.choices]
        self.fields["application_signature"].choices = choices
        self.fields["phase"].queryset = programme.phases.all()
        self.fields["phase"].empty_label = _t("None")
        self.fields["title_question"].choices = self._questions(versions)

    def _questions(self, versions: Any) -> list[tuple[str, str]]:
        """The text questions of the chosen version; the name as it stands is always among them."""
        chosen = self.data.get("form") if self.is_bound else self.instance.form_id
        version = next((one for one in versions if str(one.pk) == str(chosen)), None)
        names = {}
        if version is not None:
            asked = version.questionnaire
            names = {
                question.name: asked.words(question.label, asked.language) or question.name
                for question in asked.by_name.values()
                if question.kind in NAMING_KINDS
            }
        standing = self.instance.title_question
        names.setdefault(standing, standing) if standing else None
        return [("", _t("None")), *names.items()]


class CheckingForm(SectionForm):
    """How many people it takes to find an application eligible, or not."""

    lines = (("two_persons",),)

    class Meta:
        model = Call
        fields = ("two_persons",)
        help_texts = {
            "two_persons": _(
                "Whoever decides first proposes: somebody else, without ties to the applicant, confirms it or sends it"
                " back. Nothing is told to the applicant before. The roles of the programme need two people who decide."
            ),
        }


class CommentsForm(SectionForm):
    """Whether applicants receive what jurors wrote, and what jurors must write."""

    lines = (("commenting",), ("comments_needed",), ("comment_least",))
    commenting = forms.ChoiceField(
        label=_("Comments of the jury are released"), choices=Commenting.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = Call
        fields = ("commenting", "comments_needed", "comment_least")
        help_texts = {
            "comments_needed": _(
                "A score sheet counts once every criterion has its score and its comment. Without the tick jurors write"
                " comments where they wish."
            ),
            "comment_least": _("Zero: as short as jurors like. A hundred characters are about a sentence."),
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("commenting") == Commenting.NOBODY and said.get("comments_needed"):
            self.add_error(
                "comments_needed",
                _t("Nobody would receive these comments: say who does, or take the tick away."),
            )
        return said


class PublicationForm(SectionForm):
    lines = (("disclosure",), ("publish_scores",), ("publish_juror_scores",), ("ranking_public_days",))
    disclosure = forms.ChoiceField(
        label=_("Whom the ranking names"), choices=Disclosure.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = Call
        fields = ("disclosure", "publish_scores", "publish_juror_scores", "ranking_public_days")
        help_texts = {
            "publish_scores": _("With them comes a record from which anyone can compute the ranking again."),
            "publish_juror_scores": _(
                "They go into the record, juror by juror, by number and without names."
            ),
            "ranking_public_days": _("Afterwards the ranking leaves the page, the file and the feed."),
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("publish_juror_scores") and not said.get("publish_scores"):
            self.add_error(
                "publish_juror_scores",
                _t("Single scores are published only where the scores are: tick both, or neither."),
            )
        return said
