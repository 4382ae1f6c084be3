"""A question: its kind, its words, its limits. What a kind does not use is neither shown nor kept."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.kit import files
from vivaio.questionnaires.editor import offers, tree
from vivaio.questionnaires.editor.forms import words
from vivaio.questionnaires.engine.definition import MAX_ROWS, Choice, Definition, Question
from vivaio.questionnaires.engine.expressions import BadExpression, parse
from vivaio.questionnaires.engine.program import DYNAMIC, NAME, bad_name
from vivaio.questionnaires.states import Signature

ASKED = " ".join(offers.ASKED)
PICKING = " ".join(offers.PICKING)
IDENTIFYING = ("group", "repeat", "calculate")
CODE = {"spellcheck": "false", "autocapitalize": "off", "class": "vv-code"}


class OfferSelect(forms.RadioSelect):
    """The kinds as cards, family by family."""

    template_name = "questionnaires/editor/offers.html"


class QuestionForm(forms.Form):
    """Adds a question or changes one. `shown_for` of a field names the kinds that use it."""

    offer = forms.ChoiceField(label=_("Kind of question"))

    def __init__(self, *args: Any, definition: Definition, question: Question | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.definition, self.question = definition, question
        one = question or Question("", "text")
        self.lines: list[tuple[list[str], str]] = [(["offer"], "")]
        self.fields["offer"].choices = [
            (title, [(each.code, each.word) for each in family]) for title, family in offers.FAMILIES
        ]
        self.fields["offer"].initial = offers.offer_of(one).code
        self._words("label", _("What people read"), one, required=True)
        self._words("hint", _("Help under it"), one)
        self._limits(one)

    def _words(self, name: str, label: Any, one: Question, **more: Any) -> None:
        made = words.fields(name, label, self.definition.languages, getattr(one, name), **more)
        self.fields.update(made)
        self.lines.append((list(made), ""))

    def _add(self, shown_for: str, **made: forms.Field) -> None:
        self.fields.update(made)
        self.lines.append((list(made), shown_for))

    def _limits(self, one: Question) -> None:
        """The fields that some kinds alone have."""
        if one.required in ("", "true()"):
            box = forms.BooleanField(
                label=_("Everybody has to answer"),
                required=False,
                initial=bool(one.required) or self.question is None,
            )
            self._add(f"{ASKED} repeat", required=box)
        self._add(
            "text long",
            max_words=number(
                _("Maximum number of words"), one.max_words or None, 10_000, _("Empty: no limit.")
            ),
        )
        self._add(
            "range",
            start=number(_("From"), one.parameters.get("start"), None, lowest=None),
            end=number(_("To"), one.parameters.get("end"), None, lowest=None),
            step=number(_("In steps of"), one.parameters.get("step"), None),
        )
        self._add("repeat", max_rows=number(_("Maximum number of rows"), one.max_rows, MAX_ROWS))
        self._files(one)
        self._add(
            f"{ASKED} group repeat calculate",
            identifying=forms.BooleanField(
                label=_("It tells who applies"),
                required=False,
                initial=one.identifying,
                help_text=_("Where a call has its applications judged blind, jurors do not read the answer."),
            ),
        )
        formula = forms.CharField(
            label=_("How it is worked out"),
            initial=one.calculation,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, **CODE}),
            help_text=_("An expression, as in: sum(${amount}) or ${people} * 12"),
        )
        self._add("calculate", calculation=formula)

    def _files(self, one: Question) -> None:
        """How many files, of which kinds, and with which signature."""
        self._add("file image", max_files=number(_("Maximum number of files"), one.max_files, 20))
        kinds = [(kind.suffix, kind.name) for kind in files.KINDS.values() if kind.name]
        chosen = [part.strip() for part in one.accept.split(",") if part.strip()]
        boxes = forms.MultipleChoiceField(
            label=_("Kinds of file that are taken"),
            choices=list(dict(kinds).items()) + [(each, each) for each in chosen if each not in dict(kinds)],
            initial=chosen,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Nothing chosen: documents and pictures, as everywhere."),
        )
        self._add("file", accept=boxes)
        signature = forms.ChoiceField(
            label=_("Signature of the document"),
            choices=[("", _("No signature")), *Signature.choices],
            initial=one.signature,
            required=False,
            help_text=_(
                "Applicants read it beside the question and on the call’s page, and cannot hand in without."
            ),
        )
        self._add("file image", signature=signature)

    def drawn(self) -> list[tuple[list[Any], str]]:
        """The lines of the page: fields side by side, and the kinds that show them."""
        return [([self[name] for name in names], shown) for names, shown in self.lines]

    def clean_calculation(self) -> str:
        return expression_of(self.definition, self.cleaned_data["calculation"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if (
            said.get("offer") == "calculate"
            and not said.get("calculation")
            and "calculation" not in self.errors
        ):
            self.add_error("calculation", _t("Write how the figure is worked out."))
        if said.get("offer") == "range":
            start, end = said.get("start"), said.get("end")
            if start is None or end is None or start >= end:
                self.add_error("end", _t("A scale goes from a number to a larger one."))
        return said

    def made(self, name: str) -> Question:
        """The question as it was typed."""
        said, one = self.cleaned_data, self.question or Question(name, "text")
        languages = self.definition.languages
        changed = replace(
            offers.as_offered(one, said["offer"]),
            name=name,
            label=words.typed(said, "label", languages, one.label),
            hint=words.typed(said, "hint", languages, one.hint),
        )
        return self._limited(changed, said)

    def _limited(self, one: Question, said: Mapping[str, Any]) -> Question:
        code = said["offer"]
        if "required" in said:
            may = code in offers.ASKED or code == "repeat"
            one = replace(one, required="true()" if may and said["required"] else "")
        scale = {key: str(said[key]) for key in ("start", "end", "step") if said.get(key) is not None}
        kept = {key: value for key, value in one.parameters.items() if key not in ("start", "end", "step")}
        return replace(
            one,
            identifying=said["identifying"] and (code in offers.ASKED or code in IDENTIFYING),
            max_words=(said["max_words"] or 0) if one.kind == "text" else 0,
            max_rows=said["max_rows"] or MAX_ROWS if code == "repeat" else one.max_rows,
            max_files=said["max_files"] or 1 if code in ("file", "image") else 1,
            signature=said["signature"] if code in ("file", "image") else "",
            accept=",".join(said["accept"]) if code == "file" else one.accept if code == "image" else "",
            calculation=said["calculation"]
            if code == "calculate"
            else ""
            if one.kind == "calculate"
            else one.calculation,
            parameters={**kept, **scale} if code == "range" else kept,
            choices=one.choices if code in offers.PICKING else "",
            choice_filter=one.choice_filter if code in offers.PICKING else "",
        )


class AddForm(QuestionForm):
    """A new question, with its choices and its place."""

    def __init__(self, *args: Any, places: Sequence[tuple[str, Any]], place: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        lists = [(name, _t("The list “%(name)s”") % {"name": name}) for name in self.definition.lists]
        self._add(
            PICKING,
            lines=forms.CharField(
                label=_("Choices, one on each line"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 5}),
                help_text=_("Their words in other languages are written under Translations."),
            ),
        )
        if lists:
            known = forms.ChoiceField(
                label=_("Or a list that is there already"),
                choices=[("", _t("A list of its own")), *lists],
                required=False,
            )
            self._add(PICKING, known=known)
        where = forms.ChoiceField(
            label=_("Place in the form"), choices=places, initial=place or places[-1][0], widget=forms.Select
        )
        self._add("", place=where)
        self.fields["offer"].widget = OfferSelect(choices=self.fields["offer"].choices)
        self.fields["offer"].widget.attrs["families"] = offers.FAMILIES
        self.fields["label_" + self.definition.language].widget.attrs["rows"] = 2

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        picking = said.get("offer") in offers.PICKING and not said.get("known")
        if picking and not said.get("lines", "").strip():
            self.add_error("lines", _t("Write the answers to choose from, one on each line."))
        return said

    def new(self) -> tuple[Question, tuple[Choice, ...]]:
        """The question with a name of its own, and its choices if it brings a list."""
        said = self.cleaned_data
        usual = "step" if said["offer"] == "group" else "question"
        name = tree.free_name(said[f"label_{self.definition.language}"], set(self.definition.by_name), usual)
        question = self.made(name)
        if said["offer"] not in offers.PICKING:
            return question, ()
        if said.get("known"):
            return replace(question, choices=said["known"]), ()
        listed = tree.free_name(name, set(self.definition.lists), "choices")
        return replace(question, choices=listed), choices_of(said["lines"], self.definition)


class ChangeForm(QuestionForm):
    """A question that is there. Its name is how answers are kept: only experts change it."""

    def __init__(self, *args: Any, question: Question, **kwargs: Any):
        super().__init__(*args, question=question, **kwargs)
        self.standing = question
        if question.choices:
            lists = [(name, name) for name in {**self.definition.lists, question.choices: ()}]
            picked = forms.ChoiceField(label=_("List of choices"), choices=lists, initial=question.choices)
            self._add(PICKING, choices=picked)
        usual = len(self.lines)
        self._words("guidance_hint", _("Further help, opened by those who want it"), question)
        self._for_experts(question)
        self.lines, self.expert_lines = self.lines[:usual], self.lines[usual:]

    def _for_experts(self, question: Question) -> None:
        made = {
            "default": (_("Initial value"), _("A value, or an expression as in: today()")),
            "read_only": (_("Read-only if"), _("An expression.")),
            "choice_filter": (
                _("Choices that are shown"),
                _("An expression over the columns of the list, as in: region = ${region}"),
            ),
            "name": (
                _("Name in the answers and in expressions"),
                _("Under a new name it is a new question: older answers stay under the old one."),
            ),
        }
        for name, (label, help_text) in made.items():
            self.fields[name] = forms.CharField(
                label=label,
                help_text=help_text,
                initial=getattr(question, name),
                required=name == "name",
                widget=forms.TextInput(attrs=CODE),
            )
        self.lines += [(["default", "read_only"], ASKED), (["choice_filter"], PICKING), (["name"], "")]

    def expert(self) -> list[tuple[list[Any], str]]:
        """What only experts touch, in a part of the page that opens."""
        return [([self[name] for name in names], shown) for names, shown in self.expert_lines]

    @property
    def expert_errors(self) -> bool:
        return any(name in self.errors for names, _shown in self.expert_lines for name in names)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if not NAME.fullmatch(name):
            raise ValidationError(bad_name(name))
        if name != self.standing.name and name in self.definition.by_name:
            raise ValidationError(
                _t("The name “%(name)s” is taken: give the question another.") % {"name": name}
            )
        return name

    def clean_read_only(self) -> str:
        return expression_of(self.definition, self.cleaned_data["read_only"])

    def clean_choice_filter(self) -> str:
        choices = self.definition.lists.get(self.standing.choices, ())
        columns = {"name", *(key for choice in choices for key in choice.extra)}
        return expression_of(self.definition, self.cleaned_data["choice_filter"], columns)

    def clean_default(self) -> str:
        source = self.cleaned_data["default"].strip()
        return expression_of(self.definition, source) if DYNAMIC.search(source) else source

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("offer") in offers.PICKING and "choices" not in self.fields:
            self.add_error("offer", _t("Add a new question for a choice: this one has no list of answers."))
        holds = said.get("offer") and offers.OFFERS[said["offer"]].kind in tree.HOLDERS
        if said.get("offer") and self.standing.children and not holds:
            self.add_error("offer", _t("It holds questions: move them out before it becomes one itself."))
        return said

    def changed(self) -> Question:
        """The question as it was typed, under its own name."""
        said = self.cleaned_data
        hints = words.typed(said, "guidance_hint", self.definition.languages, self.standing.guidance_hint)
        made = replace(self.made(said["name"]), guidance_hint=hints)
        if said["offer"] in offers.ASKED:
            made = replace(made, default=said["default"], read_only=said["read_only"])
        if said["offer"] in offers.PICKING:
            made = replace(made, choices=said["choices"], choice_filter=said["choice_filter"])
        return made


def number(
    label: Any, initial: Any, most: int | None, help_text: Any = "", lowest: int | None = 1
) -> forms.Field:
    """A whole number that may be left out."""
    return forms.IntegerField(
        label=label, initial=initial, min_value=lowest, max_value=most, required=False, help_text=help_text
    )


def choices_of(lines: str, definition: Definition, taken: Sequence[str] = ()) -> tuple[Choice, ...]:
    """One choice for each line, with a code made of its words."""
    found: dict[str, Choice] = {}
    for line in lines.splitlines():
        text = line.strip()[:500]
        if text:
            code = tree.free_name(text, {*taken, *found}, "choice")
            found[code] = Choice(code, {definition.language: text})
    return tuple(found.values())


def expression_of(definition: Definition, source: str, columns: Container[str] = ()) -> str:
    """An expression that the engine reads; raises `ValidationError` with the engine's own words."""
    source = source.strip()
    if source:
        try:
            parse(source, definition.by_name, columns)
        except BadExpression as wrong:
            raise ValidationError(_t("Expression not taken: %(why)s.") % {"why": str(wrong)}) from None
    return source
