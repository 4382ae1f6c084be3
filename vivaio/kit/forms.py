"""How every form is drawn: label above, help, control, error, all tied together for those who listen.

Any Django form drawn by this renderer gets the look without doing anything: `{{ form }}`,
`{{ form.name.as_field_group }}`, or the component `c-form`.
"""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from vivaio.kit.reconcile import FIRST_YEAR, LAST_YEAR

BOXED = ("checkbox", "radio")
PLAIN = ("file", "hidden", *BOXED)
# What the fields of django-allauth's forms are called here.
SIGNING_IN = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "remember": _("Stay signed in on this device"),
    "oldpassword": _("The password you have now"),
    "password2": _("The same password again"),
    "code": _("Code"),
}


def posted(request: HttpRequest) -> Any:
    """What was sent, be it an empty form; None where nothing was, so that the page is drawn without reproach."""
    return request.POST if request.method == "POST" else None


def needed_sometimes(field: forms.Field) -> forms.Field:
    """A field that may be empty here and is needed there: its help says when, so its label does not say “optional”."""
    field.needed_sometimes = True  # type: ignore[attr-defined]
    return field


def in_reach(value: dt.date) -> None:
    """Raise `ValidationError` for a day or instant in a year that not every database and time zone can tell."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(
            _("Check the year: it lies between %(first)s and %(last)s."),
            params={"first": FIRST_YEAR, "last": LAST_YEAR},
        )


class BoundField(forms.BoundField):
    """A field that knows which of the look's patterns it is drawn with."""

    def __init__(self, form: Any, field: Any, name: str):
        super().__init__(form, field, name)
        self._native(field.widget)
        if type(form).__module__.startswith("allauth."):  # its placeholders only repeat the labels
            field.widget.attrs.pop("placeholder", None)
            self.label = SIGNING_IN.get(name, self.label)

    @staticmethod
    def _native(widget: Any) -> None:
        """Dates and instants use the browser's own picker, which speaks only ISO."""
        if getattr(widget, "input_type", "") != "text":
            return
        if isinstance(widget, forms.DateTimeInput):
            widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
        elif isinstance(widget, forms.DateInput):
            widget.input_type, widget.format = "date", "%Y-%m-%d"
        elif isinstance(widget, forms.TimeInput):
            widget.input_type, widget.format = "time", "%H:%M"

    @property
    def pattern(self) -> str:
        """`group` (several boxes under a legend), `box` (one box), or `line` (all else)."""
        widget = self.field.widget
        if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)) or self.use_fieldset:
            return "group"
        return "box" if isinstance(widget, forms.CheckboxInput) else "line"

    @property
    def optional(self) -> bool:
        """Whether the label says that the answer may be left out; a box says so by itself."""
        told = self.pattern == "box" or getattr(self.field, "needed_sometimes", False)
        return not self.field.required and not told

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        kind = getattr(widget, "input_type", "")
        if kind == "select":
            look = "form-select"
        elif kind in PLAIN:
            look = ""
        else:
            look = "form-control"
        own = widget.attrs.get("class", "")
        if look and look not in own.split():
            built["class"] = f"{look} {own}".strip()
        if self.pattern == "group":  # the fieldset carries both for all its boxes
            built.pop("aria-invalid", None)
        elif self.errors and not widget.is_hidden:
            built["aria-describedby"] = self.described_by
        return built

    @property
    def described_by(self) -> str:
        """The help and the error, in the order in which they are read."""
        named = self.field.widget.attrs.get("aria-describedby")
        ids = [named] if named else []
        if self.auto_id and self.help_text and not named:
            ids.append(f"{self.auto_id}_helptext")
        if self.auto_id and self.errors:
            ids.append(f"{self.auto_id}_error")
        return " ".join(ids)

    @property
    def first_id(self) -> str:
        """The control an error links to: of a group, its first box."""
        if self.pattern == "group":
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id


class MarkdownInput(forms.Textarea):
    """A text that may carry Markdown; the page shows how it will look."""

    def __init__(self, attrs: dict[str, Any] | None = None):
        preview = {
            "rows": 8,
            "data-preview-url": reverse_lazy("kit:preview"),
            "data-preview-label": _("Show how it will look"),
            "data-preview-title": _("How it will look"),
        }
        super().__init__({**preview, **(attrs or {})})


class Renderer(TemplatesSetting):
    """Draws every form of the installation."""

    form_template_name = "kit/forms/form.html"
    field_template_name = "kit/forms/field.html"
    formset_template_name = "kit/forms/formset.html"
    bound_field_class = BoundField
