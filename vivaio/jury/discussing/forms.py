"""A message, and scores changed with a reason."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.calls.models import Criterion
from vivaio.jury.discussing import rules
from vivaio.jury.forms.scoring import LinesField, field_of


class MessageForm(forms.Form):
    """Plain words; nothing in them is taken for markup."""

    text = LinesField(
        label=_("Your message"),
        max_length=rules.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your message first.")},
    )


class RevisionForm(forms.Form):
    """One field for each criterion with what was given, and one reason for all that changes."""

    def __init__(
        self, criteria: Iterable[Criterion], values: Mapping[UUID, int], data: Any = None, **kwargs: Any
    ):
        super().__init__(data, **kwargs)
        self.criteria = list(criteria)
        for one in self.criteria:
            self.fields[field_of(one)] = forms.IntegerField(
                label=one.title_i18n,
                min_value=one.scale_min,
                max_value=one.scale_max,
                initial=values.get(one.pk),
                help_text=_("From %(low)s to %(high)s") % {"low": one.scale_min, "high": one.scale_max},
            )
        self.fields["reason"] = forms.CharField(
            label=_("Why you change it"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
        )

    def values(self) -> dict[UUID, int]:
        return {one.pk: self.cleaned_data[field_of(one)] for one in self.criteria}
