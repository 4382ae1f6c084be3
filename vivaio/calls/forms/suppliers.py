"""Suppliers typed in a form, one a line."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.calls import vouchers


class SuppliersField(forms.CharField):
    """Lines “Name; tax code”; its value is what `vouchers.suppliers` reads of them."""

    def __init__(self, **more: Any):
        given = {
            "label": _("From whom"),
            "required": False,
            "widget": forms.Textarea(attrs={"rows": 4, "maxlength": vouchers.LONGEST}),
            "help_text": _(
                "One a line: name; VAT number or tax code. The public page shows the names alone."
            ),
        }
        super().__init__(**{**given, **more})

    def prepare_value(self, value: Any) -> Any:
        return vouchers.typed(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, list) else vouchers.suppliers(super().to_python(value) or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != (initial or []))
        except forms.ValidationError:
            return True
