"""What people report, what is written back and forth, and the statement."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.kit.language_fields import InLanguages
from vivaio.people.models import Person
from vivaio.publishing.models import AccessibilityStatement
from vivaio.publishing.models.accessibility import LONGEST_TEXT
from vivaio.publishing.states import Assessment, Mended, ReportKind

OPEN = "open"
MENDED, NOT_MENDED = Mended.MENDED.value, Mended.NOT_MENDED.value


def long_text(rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": rows}), **more)


class ReportForm(forms.Form):
    """What is in the way, where, with which tools, and where the answer goes."""

    kind = forms.ChoiceField(
        label=_("What do you write about?"),
        choices=ReportKind.choices,
        initial=ReportKind.BARRIER,
        widget=forms.RadioSelect,
    )
    barrier = long_text(
        7,
        label=_("What happened?"),
        help_text=_(
            "What you wanted to do, and what stopped you; or which content you need, and in which form."
        ),
    )
    page = forms.CharField(
        label=_("On which page?"),
        max_length=500,
        required=False,
        help_text=_(
            "Its address, or what is written at its top. It is filled in if you come from that page."
        ),
    )
    tools = forms.CharField(
        label=_("Browser and assistive technology"),
        max_length=300,
        required=False,
        help_text=_("For example: Firefox and NVDA, on Windows. It helps to find the same barrier again."),
    )
    email = forms.EmailField(
        label=_("E-mail for the answer"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Without it too you can follow your report: after sending you get a page of your own."),
    )
    nonce = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, person: Person | None = None, page: str = ""):
        initial = {"nonce": uuid4().hex, "page": page, "email": person.email if person else ""}
        super().__init__(data, initial=initial)

    @property
    def values(self) -> dict[str, Any]:
        """What `actions.receive` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "nonce"}


class MessageForm(forms.Form):
    """Something more about a report, by who made it."""

    text = long_text(5, label=_("Your message"))


class AnswerForm(forms.Form):
    """The answer of the body, and whether it is the last one."""

    text = long_text(7, label=_("What do you answer?"))
    outcome = forms.ChoiceField(
        label=_("What becomes of the report?"),
        initial=OPEN,
        widget=forms.RadioSelect,
        choices=[
            (OPEN, _("It stays open: more has to be done or said")),
            (MENDED, _("It is closed, and the barrier is mended")),
            (NOT_MENDED, _("It is closed, and the barrier is not mended: the answer says why")),
        ],
    )

    def clean_outcome(self) -> str:
        """An answer that leaves the report open has no outcome."""
        chosen = self.cleaned_data["outcome"]
        return "" if chosen == OPEN else chosen


class StatementForm(InLanguages, forms.ModelForm):
    """What the body declares."""

    official_url = forms.URLField(
        label=_("Address of the statement at AgID"),
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text=_(
            "Italian public bodies fill in their statement at form.agid.gov.it as well: its address is shown here."
        ),
    )
    model = AccessibilityStatement
    texts = ("nonconforming", "burden", "outside", "alternatives", "method_note", "enforcement")
    markdown_texts = texts
    text_help = {
        "nonconforming": _(
            "Point by point: which pages or contents, what is missing, by when it will be mended."
        ),
        "burden": _("Only after an assessment, and with its reasons (directive (EU) 2016/2102, art. 5)."),
        "outside": _("For example contents of third parties that the body neither pays for nor controls."),
        "alternatives": _("What people can use or ask for meanwhile."),
        "method_note": _("Who tried what, with which tools."),
        "enforcement": _(
            "Empty: the Difensore civico per il digitale at AgID. Write here who enforces the rules in "
            "another country."
        ),
    }

    class Meta:
        model = AccessibilityStatement
        fields = (
            "body", "email", "phone", "status", "method", "assessed_on", "online_since", "official_url",
        )  # fmt: skip
        help_texts = {
            "body": _("The body that answers for this site, by its full legal name."),
            "email": _("People write here too, if the form is no way for them."),
        }

    def __init__(self, data: Any, statement: AccessibilityStatement):
        self.spoken: Sequence[str] = [code for code, _name in settings.LANGUAGES]
        super().__init__(data, instance=statement, initial=self.stored_texts(statement, self.spoken))
        for name in ("body", "email"):
            self.fields[name].required = True
        own, self.fields = self.fields, {}
        self.add_texts(self.spoken)
        self.fields = own | self.fields

    def text_field(self, name: str, language: str) -> forms.Field:
        field = super().text_field(name, language)
        field.validators.append(MaxLengthValidator(LONGEST_TEXT))
        field.widget.attrs["rows"] = 5
        return field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        assessed = data.get("method") in (Assessment.OWN, Assessment.THIRD_PARTY)
        if assessed and not data.get("assessed_on") and "assessed_on" not in self.errors:
            self.add_error("assessed_on", _t("Say on which day it was assessed."))
        return data

    @property
    def values(self) -> dict[str, Any]:
        """What `actions.declare` takes."""
        plain = {name: self.cleaned_data[name] for name in self._meta.fields}
        return {"values": plain, "texts": self.written_texts(self.cleaned_data)}
