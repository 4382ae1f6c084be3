"""How long a kind of data is kept, and why it is held back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.kit.language_fields import InLanguages
from vivaio.programmes.models import RetentionHold, RetentionRule
from vivaio.programmes.retaining import Period


class RetentionForm(InLanguages, forms.Form):
    """A period in days, with its reason in each language."""

    model = RetentionRule
    texts = ("reason",)
    days = forms.IntegerField(
        label=_("Days"), min_value=1, max_value=36500, help_text=_("365 are a year, 3650 are ten.")
    )

    def __init__(self, data: Any, period: Period, languages: list[str]):
        stored = self.stored_texts(period.rule, languages) if period.rule else {}
        super().__init__(data, initial={"days": period.days, **stored})
        self.add_texts(languages)
        self.order_fields(["days"])

    @property
    def values(self) -> dict[str, Any]:
        """What `actions.set_retention` takes."""
        return {"days": self.cleaned_data["days"], "texts": self.written_texts(self.cleaned_data)}


class HoldForm(forms.ModelForm):
    """Why nothing goes for the time being."""

    class Meta:
        model = RetentionHold
        fields = ("reason",)
        help_texts = {
            "reason": _("Like: appeal pending before the administrative court, audit of the funder.")
        }
