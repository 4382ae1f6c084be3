"""Beginning a form, or the draft of one: from nothing, from another form, from a workbook."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.kit.language_fields import language_name
from vivaio.programmes import queries as programmes
from vivaio.questionnaires.editor import queries
from vivaio.questionnaires.editor.rules import EDIT
from vivaio.questionnaires.engine import workbook
from vivaio.questionnaires.engine.columns import NAMES
from vivaio.questionnaires.engine.definition import Definition
from vivaio.questionnaires.forms import read_form
from vivaio.questionnaires.models import FormVersion

EMPTY, CURRENT, COPY, FILE = "empty", "current", "copy", "file"


class VersionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: FormVersion) -> str:
        return _t("%(form)s, version %(number)s (%(programme)s)") % {
            "form": obj.form,
            "number": obj.number,
            "programme": obj.form.programme.title_i18n,
        }


class SourceForm(forms.Form):
    """What the draft begins with."""

    source = forms.ChoiceField(label=_("Begin from"), widget=forms.RadioSelect)
    version = VersionField(
        label=_("Form to copy"), queryset=FormVersion.objects.none(), required=False, empty_label=_("Choose")
    )
    file = forms.FileField(
        label=_("XLSForm (.xlsx, .xls, .csv, .md), or its YAML twin"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.md,.yaml,.yml"}),
    )

    def __init__(self, *args: Any, person: Any, current: FormVersion | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.current = current
        self.definition: Definition | None = None
        sources = [
            (CURRENT, _t("Version %(number)s, as it is") % {"number": current.number}) if current else None,
            (EMPTY, _t("An empty form")),
            (COPY, _t("A copy of another form")),
            (FILE, _t("A workbook from my computer")),
        ]
        self.fields["source"].choices = [each for each in sources if each]
        self.fields["source"].initial = CURRENT if current else EMPTY
        versions = queries.to_copy(person)
        self.fields["version"].queryset = versions

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        source = said.get("source")
        if source == COPY:
            if said.get("version"):
                self.definition = said["version"].questionnaire
            elif "version" not in self.errors:
                self.add_error("version", _t("Choose the form to copy."))
        elif source == FILE:
            self._read(said.get("file"))
        elif source == CURRENT and self.current:
            self.definition = self.current.questionnaire
        return said

    def _read(self, upload: Any) -> None:
        if upload is None:
            self.add_error("file", _t("Choose the workbook."))
            return
        if upload.size > workbook.MOST_BYTES:
            self.add_error("file", _t("The file is larger than 2 MB. Take pictures and unused sheets out."))
            return
        reading = read_form(upload.name, upload.read())
        if reading.problems:
            self.add_error("file", ValidationError([str(problem) for problem in reading.problems[:30]]))
        self.definition = reading.definition


class StartForm(SourceForm):
    """A new form of a programme."""

    programme = forms.ModelChoiceField(label=_("Programme"), queryset=None, empty_label=_("Choose"))
    title = forms.CharField(label=_("Title of the form"), max_length=160)
    languages = forms.MultipleChoiceField(
        label=_("Languages of the form"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("For an empty form. The first stands in wherever a translation is missing."),
    )
    field_order = ("programme", "title", "source", "languages", "version", "file")

    def __init__(self, *args: Any, person: Any, **kwargs: Any):
        super().__init__(*args, person=person, **kwargs)
        mine = programmes.programmes_where(person, EDIT).order_by("title")
        self.fields["programme"].queryset = mine
        self.fields["programme"].label_from_instance = lambda one: one.title_i18n
        self.fields["languages"].choices = [(code, language_name(code)) for code in NAMES]
        self.fields["languages"].initial = ["it", "en"]

    def begun(self) -> Definition:
        """The definition that the draft begins with, under the title that was typed."""
        said = self.cleaned_data
        if self.definition is None:
            languages = tuple(said["languages"]) or ("it",)
            return Definition({languages[0]: said["title"]}, languages, ())
        titles = {**self.definition.title, self.definition.language: said["title"]}
        return replace(self.definition, title=titles)


def empty(title: str, languages: tuple[str, ...]) -> Definition:
    """A form that asks nothing yet."""
    return Definition({languages[0]: title}, languages, ())
