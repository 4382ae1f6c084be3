"""The form of a notice: everything that may change, as it stands; what is typed over it changes."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.calls import vouchers
from vivaio.calls.forms.instants import guard
from vivaio.calls.forms.suppliers import SuppliersField
from vivaio.calls.models import Award, Call
from vivaio.calls.notices import queries, rules
from vivaio.calls.notices.changes import Part, parts
from vivaio.calls.states import Purchase
from vivaio.kit.forms import MarkdownInput
from vivaio.kit.language_fields import language_name
from vivaio.kit.money import AmountField

MOST = {"places": 32767, "quantity": 32767}
# What stands side by side, of a row that has more than a line.
LINES = {"buys": 1, "suppliers": 1, "last_day": 2, "lasts_months": 2}
GROUPS = (
    ("", _("Windows and days")),
    ("texts", _("Texts")),
    ("tracks", _("Tracks and places")),
    ("conditions", _("Conditions")),
    ("awards", _("What one receives")),
    ("dates", _("Other dates")),
    ("stages", _("Stages")),
)


class NoticeForm(forms.Form):
    """Reasons, every part that may change, documents to announce, whether letters are held."""

    def __init__(self, data: Any = None, *, call: Call, announced: Collection[UUID] = ()):
        super().__init__(data)
        self.call = call
        self.languages = call.programme.languages or ["it"]
        self.parts = list(parts(call))
        for language in self.languages:
            self.fields[f"reason_{language}"] = forms.CharField(
                label=_t("Why (%(language)s)") % {"language": language_name(language)}
                if len(self.languages) > 1
                else _t("Why"),
                required=language == self.languages[0],
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3, "lang": language}),
                error_messages={"required": _t("Write why: everybody reads it.")},
            )
        for part in self.parts:
            self.fields[part.key] = field_of(part)
            self.initial[part.key] = part.value(call)
        new = call.documents.filter(created_at__gt=call.opens_at)
        self.documents_to_choose = {str(one.pk): one for one in new if one.pk not in announced}
        self.fields["documents"] = forms.MultipleChoiceField(
            label=_("Documents to announce"),
            choices=[(key, one.title) for key, one in self.documents_to_choose.items()],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Those added since the call opened, which no notice has announced."),
        )
        self.fields["hold"] = forms.BooleanField(
            label=_("Hold the letters until somebody has read and released them"), required=False
        )
        self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, initial=queries.stands(call))
        guard(self)

    def groups(self) -> list[tuple[Any, list[list[Any]], bool]]:
        """Title, lines of fields, and whether something in it was typed over."""
        found = []
        for key, title in GROUPS:
            mine = [one for one in self.parts if self.group_of(one) == key]
            lines: dict[tuple[str, Any, int], list[Any]] = {}
            for one in mine:
                line = one.name if not one.section and key else one.key if not key else str(one.row.pk)
                lines.setdefault((key, line, LINES.get(one.name, 0)), []).append(self[one.key])
            typed = any(one.key in self.changed_data or self.errors.get(one.key) for one in mine)
            if mine:
                found.append((title, list(lines.values()), bool(self.is_bound and typed) or not key))
        return found

    @staticmethod
    def group_of(part: Part) -> str:
        return part.section or ("texts" if part.kind == "text" else "")

    def clean(self) -> dict[str, Any]:
        """What an award buys holds together, and can be claimed; told beside the field."""
        said = super().clean() or self.cleaned_data
        awards: dict[Award, dict[str, str]] = {}
        for part in self.parts:
            if part.kind in TERMS:
                awards.setdefault(part.row, {})[part.name] = part.key
        closes = said.get("closes_at") or self.call.closes_at
        for award, keys in awards.items():
            terms = {name: said.get(key) for name, key in keys.items()}
            for name, words in vouchers.problems({"kind": award.kind, **terms}):
                self.add_error(keys[name], words)
            day = terms["last_day"]
            moved = day != award.last_day or closes > self.call.closes_at
            if moved and (words := rules.claimable(day, closes, self.call.time_zone)):
                self.add_error(keys["last_day"], words)
        return said

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {part.key: self.cleaned_data.get(part.key) for part in self.parts if not self._as_drawn(part)}

    def _as_drawn(self, part: Part) -> bool:
        """An instant of which the field shows the minutes alone, left as it was."""
        stands = part.value(self.call)
        typed = self.cleaned_data.get(part.key)
        return (
            part.kind == "instant"
            and bool(stands and typed)
            and typed == stands.replace(second=0, microsecond=0)
        )

    @property
    def said(self) -> dict[str, Any]:
        """Why, what was seen, and the documents to announce: what the actions take beside the values."""
        chosen = [self.documents_to_choose[key] for key in self.cleaned_data["documents"]]
        return {"reasons": self.reasons, "seen": self.cleaned_data["seen"], "documents": chosen}

    @property
    def reasons(self) -> dict[str, str]:
        return {one: self.cleaned_data.get(f"reason_{one}") or "" for one in self.languages}


class PurchasesField(forms.MultipleChoiceField):
    """What may be bought, in the order of the list; nothing chosen: the call does not say."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **more: Any):
        said = _("None chosen: the call does not say.")
        super().__init__(choices=Purchase.choices, help_text=said, **more)


class LastDayField(forms.DateField):
    """A day on which something ends."""

    def __init__(self, **more: Any):
        super().__init__(validators=[vouchers.early_enough], help_text=vouchers.DAY_OR_MONTHS, **more)


class MonthsField(forms.IntegerField):
    """How long something lasts."""

    def __init__(self, **more: Any):
        last = vouchers.MOST_MONTHS
        super().__init__(
            min_value=1, max_value=last, help_text=_("From the day on which it is awarded."), **more
        )


TERMS: dict[str, type[forms.Field]] = {
    "purchases": PurchasesField,
    "suppliers": SuppliersField,
    "day": LastDayField,
    "months": MonthsField,
}


def field_of(part: Part) -> forms.Field:
    """A field for a part."""
    label = part.label
    if part.kind == "instant":
        return forms.DateTimeField(
            label=label, required=part.name in ("opens_at", "closes_at", "at"), widget=forms.DateTimeInput
        )
    if part.kind == "amount":
        return AmountField(label=label, required=False)
    if part.kind in TERMS:
        return TERMS[part.kind](label=label, required=False)
    if part.kind == "number":
        return forms.IntegerField(
            label=label, required=part.name == "places", min_value=0, max_value=MOST[part.name]
        )
    attrs = {"lang": part.language}
    if part.name == "title":
        needed = part.language == "it"
        return forms.CharField(
            label=label, max_length=300, required=needed, widget=forms.Textarea(attrs={**attrs, "rows": 2})
        )
    rows = 12 if part.name == "text" else 5
    return forms.CharField(
        label=label, max_length=100_000, required=False, widget=MarkdownInput(attrs={**attrs, "rows": rows})
    )
