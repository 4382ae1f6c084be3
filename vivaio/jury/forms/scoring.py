"""The score sheet, and the staff's decisions on the scoring window."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vivaio.calls.models import Criterion
from vivaio.jury.commenting.queries import OVERALL
from vivaio.jury.commenting.rules import LIMIT
from vivaio.jury.models import Panel
from vivaio.jury.states import Confidence

NOTE_LIMIT = 5000


def field_of(criterion: Criterion) -> str:
    """The name of a criterion's field."""
    return f"score-{criterion.key}"


def changes(body: bytes) -> dict[str, Any]:
    """What a saving page sent, as form data: `{"changes": [{"path": .., "value": ..}]}`; nonsense is nothing."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    rows = sent.get("changes") if isinstance(sent, dict) else None
    if not isinstance(rows, list):
        return {}
    return {
        str(row["path"]): _whole(str(row["value"]))
        for row in rows
        if isinstance(row, dict) and "path" in row and row.get("value") is not None
    }


def _whole(text: str) -> str:
    """Text without half characters, which JSON can carry and the database cannot keep."""
    return text.encode("utf-8", "replace").decode("utf-8")


def sure_of(criterion: Criterion) -> str:
    """The name of the field that says how sure a juror is."""
    return f"sure-{criterion.key}"


def comment_of(criterion: Criterion) -> str:
    """The name of the field with the comment for the applicants."""
    return f"comment-{criterion.key}"


class LinesField(forms.CharField):
    """Lines of text: the end of each counts as one character, as it does while one types."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class CommentField(LinesField):
    """A comment as it is kept."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=LIMIT, strip=False)


class SheetForm(forms.Form):
    """The scores of a sheet. A value that is no whole number of the scale is told at its criterion."""

    note = forms.CharField(required=False, max_length=NOTE_LIMIT, strip=False)

    def __init__(self, criteria: Iterable[Criterion], data: Mapping[str, Any], *, partial: bool = False):
        super().__init__(data)
        self.criteria = list(criteria)
        for criterion in self.criteria:
            if partial and field_of(criterion) not in data:
                continue
            self.fields[field_of(criterion)] = forms.IntegerField(
                required=False,
                min_value=criterion.scale_min,
                max_value=criterion.scale_max,
                error_messages=dict.fromkeys(
                    ("invalid", "min_value", "max_value"),
                    _("Write a whole number from %(low)s to %(high)s.")
                    % {"low": criterion.scale_min, "high": criterion.scale_max},
                ),
            )
        for name in (OVERALL, *map(comment_of, self.criteria)):
            if name in data:
                self.fields[name] = CommentField()
        if partial and "note" not in data:
            del self.fields["note"]

    def values(self) -> dict[UUID, int | None]:
        """What was understood, by criterion; call after `is_valid`, whatever it said."""
        return {
            criterion.pk: self.cleaned_data[field_of(criterion)]
            for criterion in self.criteria
            if field_of(criterion) in self.cleaned_data
        }

    def confidence(self) -> dict[str, str]:
        """How sure the juror is, by the criterion's key, as far as it came with this request."""
        given = {one.key: str(self.data[sure_of(one)]) for one in self.criteria if sure_of(one) in self.data}
        return {key: level for key, level in given.items() if level in ("", *Confidence.values)}

    def comments(self) -> dict[UUID | None, str]:
        """The comments for the applicants by criterion, as far as they came with this request; none: on the whole."""
        names: dict[UUID | None, str] = {None: OVERALL, **{one.pk: comment_of(one) for one in self.criteria}}
        return {key: self.cleaned_data[name] for key, name in names.items() if name in self.cleaned_data}

    def want(self, criterion: Criterion, words: str) -> None:
        """Tell at a criterion what its comment lacks, whether or not it came with this request."""
        self.fields.setdefault(comment_of(criterion), CommentField())
        self.add_error(comment_of(criterion), words)

    def note_given(self) -> str | None:
        """The note, if it came with this request."""
        return self.cleaned_data.get("note")


class CloseForm(forms.Form):
    """Closing before time."""

    prefix = "close"
    reason = forms.CharField(
        label=gettext_lazy("Why before its time?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class UntilForm(forms.Form):
    """A new end of the scoring, in the programme's own time."""

    until = forms.DateTimeField(
        label=gettext_lazy("Until when"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, panel: Panel, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(panel.call.programme.time_zone)

    def clean_until(self) -> dt.datetime:
        """The typed hour is the programme's, wherever the reader is."""
        typed: dt.datetime = self.cleaned_data["until"]
        return timezone.make_aware(timezone.make_naive(typed), self.zone)
