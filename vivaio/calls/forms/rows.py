"""The rows a call is made of, several on a page: they are added and removed without script."""

import re
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.renderers import get_default_renderer
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from vivaio.calls import vouchers
from vivaio.calls.forms.conditions import ConditionForm
from vivaio.calls.forms.criteria import CriterionForm
from vivaio.calls.forms.row import RowForm
from vivaio.calls.forms.suppliers import SuppliersField
from vivaio.calls.models import Award, Call, CallDate, Track
from vivaio.calls.states import Purchase
from vivaio.kit.money import AmountField
from vivaio.people.states import OrganisationKind


class TrackForm(RowForm):
    translated = ("title", "description")
    lines = (("title",), ("description",), ("places", "minimum_score"), ("organisation_kinds",))
    organisation_kinds = forms.MultipleChoiceField(
        label=_("Kinds of organisation"),
        choices=OrganisationKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None chosen: all of them."),
    )

    class Meta:
        model = Track
        fields = ("title", "description", "places", "minimum_score", "organisation_kinds")
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "minimum_score": _("Out of 100. Below it nobody is selected, even if places stay empty.")
        }


class AwardForm(RowForm):
    translated = ("title", "description")
    lines = (
        ("title",),
        ("description",),
        ("kind", "track"),
        ("amount", "currency", "quantity"),
        ("buys", "suppliers"),
        ("last_day", "lasts_months"),
    )
    amount = AmountField(label=_("Amount"), required=False)
    buys = forms.MultipleChoiceField(
        label=_("What it may buy"),
        choices=Purchase.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Of a voucher. None chosen: the call does not say."),
    )
    suppliers = SuppliersField()

    class Meta:
        model = Award
        fields = (
            "title",
            "description",
            "kind",
            "track",
            "amount",
            "currency",
            "quantity",
            "buys",
            "suppliers",
            "last_day",
            "lasts_months",
        )
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "last_day": vouchers.DAY_OR_MONTHS,
            "lasts_months": _("From the day on which it is awarded."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer_tracks()

    def clean_last_day(self) -> Any:
        return vouchers.early_enough(self.cleaned_data["last_day"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name, words in vouchers.problems(said):
            self.add_error(name, words)
        return said


class DateForm(RowForm):
    translated = ("title",)
    lines = (("title",), ("at",))

    class Meta:
        model = CallDate
        fields = ("title", "at")


PARTS: dict[str, type[RowForm]] = {
    "tracks": TrackForm,
    "conditions": ConditionForm,
    "criteria": CriterionForm,
    "awards": AwardForm,
    "dates": DateForm,
}


class Rows(forms.BaseFormSet):
    """The forms of a call's rows; each names its row, so that rows of others are never mixed up."""

    extra, min_num, max_num, absolute_max = 0, 0, 100, 120
    can_order = can_delete = can_delete_extra = False
    validate_min = validate_max = False
    edit_only = False
    renderer: Any = None  # the installation's, taken when the page is made

    def __init__(self, data: Any = None, *, call: Call, part: str, locked: Any = None):
        self.call, self.part, self.locked = call, part, locked
        self.form: Any = PARTS[part]
        self.standing = list(getattr(call, part).all())
        self.tracks = list(call.tracks.all())
        self.extra = len(self.standing) or (0 if locked else 1)
        self.renderer = get_default_renderer()
        super().__init__(data, prefix=part)

    @property
    def named(self) -> dict[str, Any]:
        return {str(row.pk): row for row in self.standing}

    def row_at(self, index: int) -> Any:
        """The row that a form is about: the one it names, else a new one."""
        if self.is_bound:
            named = self.named.get(self.data.get(f"{self.prefix}-{index}-row", ""))
            return named or self.form.Meta.model(call=self.call)
        return self.standing[index] if index < len(self.standing) else self.form.Meta.model(call=self.call)

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        row = self.row_at(i)
        is_new = row._state.adding
        return super()._construct_form(
            i,
            instance=row,
            call=self.call,
            place=i + 1,
            tracks=self.tracks,
            empty_permitted=is_new,
            locked=bool(self.locked),
            **kwargs,
        )

    def is_valid(self) -> bool:
        """All rows are sound, those to be removed apart."""
        super().is_valid()
        return self.management_form.is_valid() and all(not form.errors for form in self.forms)

    def as_typed(self) -> "Rows":
        """The page again with everything as it was typed, and no reproach."""
        for form in self.forms:
            form._errors = ErrorDict()
            form.cleaned_data = {}
        self._errors, self._non_form_errors = [], self.error_class()
        return self

    def kept(self) -> list[Any]:
        """The forms in the order that was asked for, blank new ones left out."""
        said = [form for form in self.forms if form.has_changed() or not form.instance._state.adding]
        return sorted(said, key=lambda form: form.place())

    def total_weight(self) -> Any:
        """What the weights typed so far add up to."""
        return sum(form.weight_now() for form in self.forms if not form.to_remove)


def rows_form(call: Call, part: str, data: Any = None, *, add: bool = False, locked: Any = None) -> Rows:
    """The rows of a part; `add` puts one more blank one after what was typed."""
    if data is not None and add:
        data = data.copy()
        key = f"{part}-TOTAL_FORMS"
        count = int(data[key]) if re.fullmatch("[0-9]{1,3}", str(data.get(key, ""))) else 0
        data[key] = str(min(count + 1, Rows.max_num))
        blank: Sequence[tuple[str, Any]] = PARTS[part].blank(call, count + 1)
        for name, value in blank:
            data[f"{part}-{count}-{name}"] = value
        data[f"{part}-{count}-row"] = str(uuid.uuid4())
    return Rows(data, call=call, part=part, locked=locked)
