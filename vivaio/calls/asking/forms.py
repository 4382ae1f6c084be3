"""Input shapes of questions and answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.calls.asking.passages import passages
from vivaio.calls.models import Call, CallQuestion
from vivaio.calls.models.asking import LONGEST_ANSWER, LONGEST_QUESTION
from vivaio.kit.forms import MarkdownInput, needed_sometimes
from vivaio.kit.language_fields import language_name
from vivaio.kit.picking import PickField
from vivaio.kit.texts import text_in


def passage_field(call: Call) -> forms.ChoiceField:
    """The passage of the call's page, or none."""
    return forms.ChoiceField(
        label=_("Passage of the call"),
        required=False,
        choices=[("", _t("The call as a whole")), *passages(call)],
    )


class AskForm(forms.Form):
    """What is asked, and about which passage."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Write nothing that tells who you are: the question may be published, in these words or others."
        ),
    )

    def __init__(self, data: Any, *, call: Call, passage: str):
        super().__init__(data)
        self.fields["passage"] = passage_field(call)
        self.fields["passage"].help_text = _("If it is about one of them.")
        self.initial["passage"] = passage
        self.order_fields(["passage", "text"])


class AnswerForm(forms.Form):
    """Question and answer as they are published, in each language of the programme."""

    def __init__(self, data: Any = None, *, question: CallQuestion, correcting: bool = False):
        super().__init__(data)
        self.languages = question.call.programme.languages or ["it"]
        self.correcting = correcting
        self.fields["passage"] = passage_field(question.call)
        self.initial["passage"] = question.about
        for language in self.languages:
            self._add("wording", _t("Question, as anyone will read it"), language, LONGEST_QUESTION)
            self.initial[f"wording_{language}"] = text_in(question, "wording", language)
        for language in self.languages:
            self._add("answer", _t("Answer"), language, LONGEST_ANSWER)
            self.initial[f"answer_{language}"] = text_in(question, "answer", language)
        if correcting:
            for language in self.languages:
                self._add("note", _t("What was corrected, and why"), language, 300)
        elif not question.wording:
            self.initial[f"wording_{self.languages[0]}"] = question.text

    def _add(self, name: str, label: str, language: str, most: int) -> None:
        attrs = {"lang": language, "rows": {"answer": 8, "wording": 4, "note": 2}[name]}
        plain = forms.Textarea(attrs=attrs)
        field = forms.CharField(
            label=_t("%(field)s (%(language)s)") % {"field": label, "language": language_name(language)}
            if len(self.languages) > 1
            else label,
            max_length=most,
            required=False,
            widget=MarkdownInput(attrs=attrs) if name == "answer" else plain,
        )
        first = language == self.languages[0]  # needed to publish; the other languages fall back to it
        self.fields[f"{name}_{language}"] = needed_sometimes(field) if first else field

    def rows(self) -> list[list[Any]]:
        """The fields line by line; the languages side by side."""
        names = ["wording", "answer", *(["note"] if self.correcting else [])]
        return [[self[f"{name}_{language}"] for language in self.languages] for name in names] + [
            [self["passage"]]
        ]

    @property
    def texts(self) -> dict[str, dict[str, str]]:
        """What the actions take."""
        return {name: self._in_languages(name) for name in ("wording", "answer")}

    @property
    def notes(self) -> dict[str, str]:
        return self._in_languages("note")

    def _in_languages(self, name: str) -> dict[str, str]:
        return {language: self.cleaned_data.get(f"{name}_{language}") or "" for language in self.languages}


class WordsForm(forms.Form):
    """A few words to who asked: an answer for them alone, or why there is none."""

    words = forms.CharField(max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, data: Any = None, *, label: Any = "", help_text: Any = "", prefix: str):
        super().__init__(data, prefix=prefix)
        self.fields["words"].label, self.fields["words"].help_text = label, help_text


class MergeForm(forms.Form):
    """A published answer that holds for this question too."""

    into = PickField(
        label=_("Answer"), found_by=("wording",), exactly=("number",),
        many_help=_("Its number, or words of the question as it is published."),
        error_messages={
            "none": _("No published question is found for “%(typed)s”: write its number, or a single word of it."),
        },
    )  # fmt: skip

    def __init__(self, data: Any = None, *, answers: Any, prefix: str):
        super().__init__(data, prefix=prefix)
        self.fields["into"].offer(answers, lambda one: f"{one.number}. {one.wording_i18n[:90]}")
