"""What a question accepts: the common cases as fields, else an expression; and what people read if it is not."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.questionnaires.editor import limits
from vivaio.questionnaires.editor.forms import words
from vivaio.questionnaires.editor.forms.logic import wrong
from vivaio.questionnaires.editor.forms.question import CODE
from vivaio.questionnaires.engine.definition import Definition, Question

USUAL, WRITTEN = "usual", "written"
SPEAKS = ("it", "en")


class LimitsForm(forms.Form):
    """The limits of one question. `shown_for` works as in `QuestionForm`."""

    how = forms.ChoiceField(label=_("What is accepted"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, definition: Definition, question: Question, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.definition, self.question = definition, question
        self.kind = limits.kind_of(question)
        stood = limits.read(definition, self.kind, question.constraint) if self.kind else None
        usual = [(USUAL, _t("Within these limits"))] if self.kind else []
        self.fields["how"].choices = [*usual, (WRITTEN, _t("By an expression, for experts"))]
        self.fields["how"].initial = USUAL if stood is not None and self.kind else WRITTEN
        self.lines: list[tuple[list[str], str]] = [(["how"], "")]
        if self.kind:
            made = fields_of(self.kind, stood or {})
            self.fields.update(made)
            self.lines.append((list(made), USUAL))
        self.fields["constraint"] = forms.CharField(
            label=_("Expression"),
            required=False,
            initial=question.constraint,
            widget=forms.Textarea(attrs={"rows": 2, **CODE}),
            help_text=_(
                "“.” is the answer, as in: . >= 18 and . <= ${total}. Empty: everything is accepted."
            ),
        )
        self.lines.append((["constraint"], WRITTEN))
        for name, label, help_text in (
            (
                "constraint_message",
                _("What people read if it is not accepted"),
                _("Empty: the limits in words."),
            ),
            ("required_message", _("What people read if it is missing"), ""),
        ):
            made = words.fields(
                name, label, definition.languages, getattr(question, name), help_text=help_text
            )
            self.fields.update(made)
            self.lines.append((list(made), ""))

    def drawn(self) -> list[tuple[list[Any], str]]:
        return [([self[name] for name in names], shown) for names, shown in self.lines]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors:
            source = self._constraint(said)
            reason = wrong(self.definition, self.question, "constraint", source)
            pairs = (("at_least", "at_most"), ("fewest", "most"), ("not_before", "not_after"))
            if said["how"] == USUAL:
                for low, high in pairs:
                    one, other = said.get(low), said.get(high)
                    if one not in (None, "") and other not in (None, "") and one > other:
                        self.add_error(high, _t("This is below the other end: nothing would be accepted."))
            if reason:
                self.add_error("constraint", reason)
        return said

    def _constraint(self, said: Mapping[str, Any]) -> str:
        if said.get("how") != USUAL:
            return said.get("constraint", "").strip()
        given = {name: said.get(name) for name in limits.FIELDS[self.kind]}
        written = limits.write(self.kind, given)
        before = self.question.constraint
        stood = limits.read(self.definition, self.kind, before)
        same = stood is not None and limits.write(self.kind, stood) == written
        return before if same else written

    def made(self) -> Question:
        """The question with its limits, and words for them in the languages that we speak."""
        said, languages = self.cleaned_data, self.definition.languages
        constraint = self._constraint(said)
        message = words.typed(said, "constraint_message", languages, self.question.constraint_message)
        if constraint and said["how"] == USUAL:
            stood = limits.read(self.definition, self.kind, self.question.constraint) or {}
            for code in languages:
                if code in SPEAKS:
                    with override(code):
                        # Words that told the former limits tell the new ones.
                        if message.get(code, "") in ("", limits.told(self.kind, stood)):
                            message[code] = limits.told(self.kind, said)
        missing = words.typed(said, "required_message", languages, self.question.required_message)
        kept = {code: text for code, text in message.items() if text}
        return replace(
            self.question,
            constraint=constraint,
            constraint_message=kept if constraint else {},
            required_message=missing,
        )


def fields_of(kind: str, stood: Mapping[str, Any]) -> dict[str, forms.Field]:
    """The fields of a kind of question: each may be left empty, and says what stood there."""
    texts = partial(writing, stood.get("pattern", ""))
    made = {"number": figures, "day": days, "text": texts, "choices": choosing}[kind]()
    for name, field in made.items():
        field.required, field.initial = False, stood.get(name)
    return made


def figures() -> dict[str, forms.Field]:
    """The ends of a number."""
    return {
        "at_least": forms.DecimalField(label=_("At least"), max_digits=15, decimal_places=6),
        "at_most": forms.DecimalField(label=_("At most"), max_digits=15, decimal_places=6),
    }


def days() -> dict[str, forms.Field]:
    """When a date may lie."""
    moments = [("", _t("Any day")), *((code, word) for code, (_written, word) in limits.MOMENTS.items())]
    return {
        "moment": forms.ChoiceField(label=_("The date is"), choices=moments),
        "not_before": forms.DateField(label=_("Not before"), widget=forms.DateInput),
        "not_after": forms.DateField(label=_("Not after"), widget=forms.DateInput),
    }


def choosing() -> dict[str, forms.Field]:
    """How many choices."""
    return counts(_("Minimum number of choices"), _("Maximum number of choices"))


def writing(stands: str) -> dict[str, forms.Field]:
    """How many characters a text has, and what it is."""
    shapes = {code: word for code, (_written, word) in limits.SHAPES.items() if code not in limits.FORMER}
    former = {code: limits.SHAPES[code][1] for code in limits.FORMER if code == stands}
    numbers = {code: word for code, (word, _refusal) in limits.NUMBERS.items()}
    return {
        **counts(_("Minimum number of characters"), _("Maximum number of characters")),
        "pattern": forms.ChoiceField(
            label=_("It has to be"),
            choices=[
                ("", _t("Anything")),
                (_t("Addresses"), list((shapes | former).items())),
                (_t("Official numbers, with their check digits"), list(numbers.items())),
            ],
        ),
    }


def counts(fewest: Any, most: Any) -> dict[str, forms.Field]:
    """How many there may be of what is counted."""
    return {
        "fewest": forms.IntegerField(label=fewest, min_value=0, max_value=10_000),
        "most": forms.IntegerField(label=most, min_value=1, max_value=100_000),
    }
